//! Learning a model without labels: expectation and maximisation over the patterns of candidate pairs.
//!
//! What strangers look like is counted on random pairs, where hardly any two are one person or one household. What one
//! person and one household look like, and how many of each there are, is learned from the candidates. Floats are used
//! here only; the model that comes out is whole numbers.

mod shares;

use super::generate::Random;
use super::run::Sample;
use linkage::bulk::{
    Coarse, Comparer, Description, FieldModel, GroupModel, Kind, LEVELS, Model, Pattern, Records, Role, by_frequency,
    coarse, level_count,
};
use shares::{fine, guess_fine, in_halves, marginal};
use std::collections::HashMap;

/// How learning goes.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Random pairs of strangers.
    pub strangers: usize,
    /// Records whose candidates are learned from.
    pub records: usize,
    /// The most rounds.
    pub rounds: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { strangers: 1_000_000, records: 100_000, rounds: 40 }
    }
}

const CLASSES: usize = 3;
const SAME: usize = 0;
const HOUSEHOLD: usize = 1;
const STRANGER: usize = 2;

/// A pattern taken apart.
struct Seen {
    /// Level and rarity of each field.
    fields: Vec<(u8, u8)>,
    /// Combination of rough levels of each group.
    groups: Vec<usize>,
    weight: f64,
}

/// Shares, as learned so far.
struct Shares {
    /// By field, class, level; given the rough level.
    levels: Vec<[[f64; LEVELS]; CLASSES]>,
    /// By group, class, combination.
    joint: Vec<[Vec<f64>; CLASSES]>,
    /// log2 of the mean share of a value among strangers, by field.
    rarity: Vec<f64>,
    priors: [f64; CLASSES],
}

/// Learns a model from a sample of candidates.
pub fn learn(records: &Records, sample: &Sample, settings: Settings) -> Model {
    let description = records.description();
    let mut comparer = Comparer::new(records);
    let strangers = strangers(records, settings.strangers, &mut comparer);
    let seen = counted(description, &comparer, sample.patterns.iter().copied());
    let all_pairs = sample.all_pairs as f64;
    let mut shares = begin(description, records, &strangers, all_pairs);
    for _ in 0..settings.rounds {
        let before = shares.priors[SAME];
        round(description, &seen, sample.scale, all_pairs, &mut shares);
        if (shares.priors[SAME] / before - 1.0).abs() < SETTLED {
            break;
        }
    }
    whole_numbers(description, &shares)
}

/// Pairs are taken for one person from odds of two to one: a wrong merge costs a family more than a missed one.
const THRESHOLD: i32 = 1000;

/// Learning ends when a round moves the number of pairs of one person by less.
const SETTLED: f64 = 0.0005;

fn take_apart(description: &Description, comparer: &Comparer<'_>, pattern: Pattern, weight: f64) -> Seen {
    let fields: Vec<(u8, u8)> = (0..description.fields.len()).map(|at| comparer.read(pattern, at)).collect();
    let groups = description.groups.iter().map(|group| {
        let rough = |at: &usize| coarse(description.fields[*at].kind, fields[*at].0) as usize;
        group.iter().enumerate().map(|(nth, at)| rough(at) << (2 * nth)).sum()
    });
    let mut groups: Vec<usize> = groups.collect();
    if let Some(excused) = description.excused_group().filter(|_| pattern.is_excused()) {
        groups[excused] += 1 << (2 * description.groups[excused].len());
    }
    Seen { groups, fields, weight }
}

/// Equal patterns together, in order.
fn counted(description: &Description, comparer: &Comparer<'_>, patterns: impl Iterator<Item = Pattern>) -> Vec<Seen> {
    let mut counts: HashMap<Pattern, u64> = HashMap::new();
    patterns.for_each(|pattern| *counts.entry(pattern).or_default() += 1);
    let mut counts: Vec<(Pattern, u64)> = counts.into_iter().collect();
    counts.sort_unstable();
    counts.into_iter().map(|(pattern, count)| take_apart(description, comparer, pattern, count as f64)).collect()
}

fn strangers(records: &Records, count: usize, comparer: &mut Comparer<'_>) -> Vec<Seen> {
    let mut random = Random::new(0x5EED);
    let mut patterns = vec![];
    for _ in 0..count {
        let (a, b) = (random.below(records.len()) as u32, random.below(records.len()) as u32);
        if a != b {
            patterns.push(comparer.compare(a, b));
        }
    }
    counted(records.description(), comparer, patterns.into_iter())
}

/// The first guess: one person agrees on personal evidence, a household on the family's, strangers as counted.
fn begin(description: &Description, records: &Records, strangers: &[Seen], all_pairs: f64) -> Shares {
    let mut shares = Shares {
        levels: vec![[[0.0; LEVELS]; CLASSES]; description.fields.len()],
        joint: vec![],
        rarity: description.fields.iter().enumerate().map(|(at, _)| rarity(records, at)).collect(),
        priors: [0.0; CLASSES],
    };
    let people = records.len() as f64;
    shares.priors = [0.1 * people / all_pairs, 2.0 * people / all_pairs, 1.0];
    for (at, field) in description.fields.iter().enumerate() {
        let counts = count_levels(strangers, at);
        shares.levels[at][STRANGER] = fine(field.kind, &counts, 1.0);
        shares.levels[at][SAME] = guess_fine(field.kind);
        shares.levels[at][HOUSEHOLD] = guess_fine(field.kind);
    }
    for (at, group) in description.groups.iter().enumerate() {
        let counted = count_joint(strangers, at, description.combinations(at));
        let missing: Vec<f64> = (0..group.len()).map(|nth| marginal(&counted, nth)[0]).collect();
        let guess = |class: usize| {
            let mut joint = vec![1.0; counted.len()];
            for (combination, share) in joint.iter_mut().enumerate() {
                for (nth, field) in group.iter().enumerate() {
                    let rough = combination >> (2 * nth) & 3;
                    let agree = match (class, description.fields[*field].role) {
                        (SAME, _) => [0.0, 0.8, 0.12, 0.08],
                        (_, Role::Family) => [0.0, 0.65, 0.1, 0.25],
                        (_, Role::Person) => [0.0, 0.03, 0.07, 0.9],
                    };
                    *share *= if rough == 0 { missing[nth] } else { agree[rough] * (1.0 - missing[nth]) };
                }
            }
            joint
        };
        shares.joint.push([guess(SAME), guess(HOUSEHOLD), in_halves(&counted, group.len(), 20.0)]);
    }
    only_what_is_known(description, &mut shares);
    shares
}

/// That a field says nothing, because the one it is read along with does not agree, tells of no class.
fn only_what_is_known(description: &Description, shares: &mut Shares) {
    for (at, group) in description.groups.iter().enumerate() {
        if !matches!(group.as_slice(), [field] if description.fields[*field].along.is_some()) {
            continue;
        }
        for joint in &mut shares.joint[at] {
            let known: f64 = joint[1..].iter().sum();
            joint[1..].iter_mut().for_each(|share| *share /= known.max(1e-12));
            joint[0] = 1.0;
        }
    }
}

/// log2 of the chance that two random records share a value, weighed as agreement on it will be.
fn rarity(records: &Records, field: usize) -> f64 {
    let (mut sum, mut all) = (0.0, 0.0);
    for (uses, bits) in records.frequencies(field) {
        all += f64::from(uses);
        sum += f64::from(uses) * (-f64::from(bits) / 2.0).exp2();
    }
    if all == 0.0 { 0.0 } else { -(sum / all).log2() }
}

fn count_levels(seen: &[Seen], field: usize) -> [f64; LEVELS] {
    let mut counts = [0.0; LEVELS];
    seen.iter().for_each(|seen| counts[usize::from(seen.fields[field].0)] += seen.weight);
    counts
}

fn count_joint(seen: &[Seen], group: usize, combinations: usize) -> Vec<f64> {
    let mut counts = vec![0.0; combinations];
    seen.iter().for_each(|seen| counts[seen.groups[group]] += seen.weight);
    counts
}

/// The shares as log2, so that a pattern is a sum.
struct Logs {
    levels: Vec<[[f64; LEVELS]; CLASSES]>,
    joint: Vec<[Vec<f64>; CLASSES]>,
    priors: [f64; CLASSES],
}

impl Logs {
    fn of(shares: &Shares) -> Self {
        let log = |share: &f64| share.max(1e-30).log2();
        Self {
            levels: shares.levels.iter().map(|field| field.map(|class| class.map(|share| log(&share)))).collect(),
            joint: shares
                .joint
                .iter()
                .map(|joint| joint.each_ref().map(|class| class.iter().map(log).collect()))
                .collect(),
            priors: shares.priors.map(|share| log(&share)),
        }
    }

    /// log2 of the share of a pattern in each class.
    fn classes(&self, description: &Description, rarity: &[f64], seen: &Seen) -> [f64; CLASSES] {
        let mut logs = self.priors;
        for (joint, at) in self.joint.iter().zip(&seen.groups) {
            (0..CLASSES).for_each(|class| logs[class] += joint[class][*at]);
        }
        for (field, (level, bits)) in seen.fields.iter().enumerate() {
            (0..CLASSES).for_each(|class| logs[class] += self.levels[field][class][usize::from(*level)]);
            if by_frequency(description.fields[field].kind, *level) {
                let rarer = f64::from(*bits) / 2.0 - rarity[field];
                logs[STRANGER] -= rarer;
                if description.fields[field].role == Role::Person {
                    logs[HOUSEHOLD] -= rarer;
                }
            }
        }
        if !description.households {
            logs[HOUSEHOLD] = f64::NEG_INFINITY;
        }
        logs
    }
}

/// One round: who is likely what under the shares, then the shares under that.
fn round(description: &Description, seen: &[Seen], scale: f64, all_pairs: f64, shares: &mut Shares) {
    let classes = if description.households { vec![SAME, HOUSEHOLD, STRANGER] } else { vec![SAME, STRANGER] };
    let mut levels = vec![[[0.0; LEVELS]; CLASSES]; description.fields.len()];
    let mut joint: Vec<[Vec<f64>; CLASSES]> =
        shares.joint.iter().map(|joint| std::array::from_fn(|_| vec![0.0; joint[0].len()])).collect();
    let mut totals = [0.0; CLASSES];
    let now = Logs::of(shares);
    for seen in seen {
        let logs = now.classes(description, &shares.rarity, seen);
        let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let odds = logs.map(|log| (log - most).exp2());
        let sum: f64 = odds.iter().sum();
        for class in 0..CLASSES {
            let part = odds[class] / sum * seen.weight;
            totals[class] += part;
            for (group, at) in seen.groups.iter().enumerate() {
                joint[group][class][*at] += part;
            }
            for (field, (level, _)) in seen.fields.iter().enumerate() {
                levels[field][class][usize::from(*level)] += part;
            }
        }
    }
    for class in [SAME, HOUSEHOLD].into_iter().filter(|class| classes.contains(class)) {
        shares.priors[class] = (totals[class] * scale / all_pairs).max(1e-15);
        for (at, field) in description.fields.iter().enumerate() {
            shares.levels[at][class] = fine(field.kind, &levels[at][class], 2.0);
        }
        for (at, group) in description.groups.iter().enumerate() {
            shares.joint[at][class] = in_halves(&joint[at][class], group.len(), 30.0);
            shares.joint[at][class]
                .chunks_mut(1 << (2 * group.len()))
                .for_each(|half| hold(description, group, class, half));
        }
    }
    family_says_no_more_than_family(description, shares);
    // How a family's name was spelled says which list it stands on, not who is meant: both classes share those levels.
    for (at, field) in description.fields.iter().enumerate().filter(|(_, field)| field.role == Role::Family) {
        let agree = (0..level_count(field.kind)).filter(|level| coarse(field.kind, *level as u8) == Coarse::Agree);
        agree.for_each(|level| shares.levels[at][HOUSEHOLD][level] = shares.levels[at][SAME][level]);
    }
    shares.priors[STRANGER] = 1.0 - shares.priors[SAME] - shares.priors[HOUSEHOLD];
    numbers_of_strangers(description, scale, all_pairs, &joint, &levels, shares);
    only_what_is_known(description, shares);
}

/// The share of a household's pairs in which a personal name may agree.
const MOST_ALIKE: f64 = 0.05;

/// Keeps the classes to their meaning. Namesakes of one village outnumber duplicates, and without a bound learning drifts
/// until "one person" means "of one name".
fn hold(description: &Description, group: &[usize], class: usize, joint: &mut [f64]) {
    for (nth, field) in group.iter().enumerate() {
        let field = &description.fields[*field];
        let (rough, most) = match (class, field.role, field.kind) {
            (SAME, Role::Person, kind) => (
                Coarse::Differ as usize,
                match kind {
                    Kind::Name => 0.02,
                    Kind::Code => 0.01,
                    Kind::Number => 0.03,
                    // Clerks put in a Khan or Bibi of their own.
                    Kind::Companions => 0.1,
                    _ => 0.015,
                },
            ),
            (HOUSEHOLD, Role::Person, Kind::Name) => (Coarse::Agree as usize, MOST_ALIKE),
            _ => continue,
        };
        let shares = marginal(joint, nth);
        let (there, known) = (shares[rough], 1.0 - shares[0]);
        if there <= most * known {
            continue;
        }
        let (down, up) = (most * known / there, (known - most * known) / (known - there));
        for (at, share) in joint.iter_mut().enumerate() {
            match at >> (2 * nth) & 3 {
                0 => {}
                this if this == rough => *share *= down,
                _ => *share *= up,
            }
        }
    }
}

/// What a family shares never speaks for one person against one household; it can only speak against. Relatives without a
/// common phone or father are found by no key, so without this they would seem rarer than they are.
fn family_says_no_more_than_family(description: &Description, shares: &mut Shares) {
    for (at, group) in description.groups.iter().enumerate() {
        if group.iter().any(|field| description.fields[*field].role == Role::Person) {
            continue;
        }
        let [same, household, _] = &mut shares.joint[at];
        household.iter_mut().zip(same.iter()).for_each(|(household, same)| *household = household.max(*same));
        for half in household.chunks_mut(1 << (2 * group.len())) {
            let sum: f64 = half.iter().sum();
            half.iter_mut().for_each(|share| *share /= sum);
        }
    }
}

/// Hardly any two strangers share a number, so random pairs cannot count it; but every pair that does is a candidate.
fn numbers_of_strangers(
    description: &Description,
    scale: f64,
    all_pairs: f64,
    joint: &[[Vec<f64>; CLASSES]],
    levels: &[[[f64; LEVELS]; CLASSES]],
    shares: &mut Shares,
) {
    for (at, group) in description.groups.iter().enumerate() {
        let [field] = group.as_slice() else { continue };
        if description.fields[*field].kind != Kind::Number {
            continue;
        }
        for rough in [Coarse::Agree, Coarse::Between] {
            let rough = rough as usize;
            shares.joint[at][STRANGER][rough] = (joint[at][STRANGER][rough] * scale + 0.5) / all_pairs;
        }
        shares.levels[*field][STRANGER] = fine(Kind::Number, &levels[*field][STRANGER], 2.0);
    }
}

fn whole_numbers(description: &Description, shares: &Shares) -> Model {
    let milli = |share: f64| (share.max(1e-30).log2() * 1000.0).round() as i32;
    let fields = (0..description.fields.len()).map(|at| FieldModel {
        levels: std::array::from_fn(|class| {
            std::array::from_fn(|level| {
                let known = level < level_count(description.fields[at].kind);
                if known { milli(shares.levels[at][class][level]) } else { 0 }
            })
        }),
        rarity: (shares.rarity[at] * 1000.0).round() as i32,
    });
    let groups = shares.joint.iter().map(|joint| GroupModel {
        joint: std::array::from_fn(|class| joint[class].iter().map(|share| milli(*share)).collect()),
    });
    Model {
        description: description.clone(),
        fields: fields.collect(),
        groups: groups.collect(),
        priors: shares.priors.map(milli),
        threshold: THRESHOLD,
    }
}
