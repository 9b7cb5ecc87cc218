//! Learned weights as whole numbers, and what they say of a pattern.

use super::describe::{Description, Role};
use super::levels::{self, Coarse, LEVELS};
use super::pattern::{Layout, Pattern};

/// What may be true of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// One person.
    Same = 0,
    /// Two people of one household.
    Household = 1,
    /// Strangers.
    Stranger = 2,
}

impl Class {
    /// The stable word, for message ids.
    pub fn code(self) -> &'static str {
        match self {
            Class::Same => "one_person",
            Class::Household => "one_household",
            Class::Stranger => "strangers",
        }
    }
}

/// Thousandths of a bit: 1000 doubles the odds.
pub type MilliBits = i32;

/// Weights of a field: how likely each level is in each class, given how far the field agrees roughly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldModel {
    /// log2 of the share, by class and level.
    pub levels: [[MilliBits; LEVELS]; 3],
    /// What agreement is worth among strangers is given for values of this rarity; rarer ones are worth more.
    pub rarity: MilliBits,
}

/// Weights of fields read jointly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupModel {
    /// log2 of the share of each combination of [`Coarse`], the first field in the lowest two bits, by class. The group with
    /// an excuse has a second half, for excused pairs.
    pub joint: [Vec<MilliBits>; 3],
}

/// Everything learned from a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// What the list holds.
    pub description: Description,
    /// Weights, in the order of the fields.
    pub fields: Vec<FieldModel>,
    /// Weights, in the order of the groups.
    pub groups: Vec<GroupModel>,
    /// log2 of the share of each class among all pairs of the list.
    pub priors: [MilliBits; 3],
    /// From here on two records are one person: log2 of the odds.
    pub threshold: MilliBits,
}

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Fields whose evidence is read jointly, each with the word for how far it agrees.
    pub fields: Vec<(String, &'static str)>,
    /// Whom it tells about.
    pub role: Role,
    /// For (positive) or against one person, against the best other explanation.
    pub weight: MilliBits,
}

/// A model made ready for scoring.
pub struct Scorer<'m> {
    model: &'m Model,
    layout: Layout,
    excused: Option<usize>,
    groups: Vec<ReadyGroup>,
    /// The most that the family's evidence can say for one person against one household; none when a group is of both.
    family_at_most: Option<MilliBits>,
}

/// A group with what every level of its fields comes to, looked up before.
struct ReadyGroup {
    is_personal: bool,
    /// Where the half for excused pairs begins.
    excused_from: usize,
    fields: Vec<ReadyField>,
}

struct ReadyField {
    field: usize,
    /// Two bits in the place of the field in a combination, by level.
    rough: [usize; LEVELS],
    /// log2 of the share by level and class; nothing for a missing value.
    shares: [[MilliBits; 3]; LEVELS],
    /// By level, whether agreement is worth more on a rare value.
    by_frequency: [bool; LEVELS],
    rarity: MilliBits,
    is_personal: bool,
}

impl ReadyField {
    fn new(model: &Model, field: usize, nth: usize) -> Self {
        let (known, weights) = (&model.description.fields[field], &model.fields[field]);
        let mut ready = Self {
            field,
            rough: [0; LEVELS],
            shares: [[0; 3]; LEVELS],
            by_frequency: [false; LEVELS],
            rarity: weights.rarity,
            is_personal: known.role == Role::Person,
        };
        for level in 0..LEVELS {
            let rough = levels::coarse(known.kind, level as u8);
            ready.rough[level] = (rough as usize) << (2 * nth);
            if rough != Coarse::Missing {
                ready.shares[level] = std::array::from_fn(|class| weights.levels[class][level]);
                ready.by_frequency[level] = levels::by_frequency(known.kind, level as u8);
            }
        }
        ready
    }
}

/// See [`Scorer::is_hopeless`].
fn family_at_most(model: &Model) -> Option<MilliBits> {
    let mut most = 0;
    for (group, weights) in model.description.groups.iter().zip(&model.groups) {
        let own = group.iter().filter(|field| model.description.fields[**field].role == Role::Person).count();
        match own {
            0 => {
                let combinations = weights.joint[0].iter().zip(&weights.joint[1]);
                most += combinations.map(|(same, household)| same - household).max().unwrap_or(0);
                most += group.iter().map(|field| level_at_most(&model.fields[*field])).sum::<MilliBits>();
            }
            own if own == group.len() => {}
            _ => return None,
        }
    }
    Some(most)
}

fn level_at_most(weights: &FieldModel) -> MilliBits {
    let levels = weights.levels[0].iter().zip(&weights.levels[1]);
    levels.map(|(same, household)| same - household).max().unwrap_or(0).max(0)
}

impl<'m> Scorer<'m> {
    /// A scorer of patterns of the model's description.
    pub fn new(model: &'m Model) -> Self {
        let description = &model.description;
        let groups = description.groups.iter().map(|group| ReadyGroup {
            // A group is personal when any of its fields is.
            is_personal: group.iter().any(|field| description.fields[*field].role == Role::Person),
            excused_from: 1 << (2 * group.len()),
            fields: group.iter().enumerate().map(|(nth, field)| ReadyField::new(model, *field, nth)).collect(),
        });
        let groups = groups.collect();
        let family_at_most = family_at_most(model);
        Self { model, layout: Layout::new(description), excused: description.excused_group(), groups, family_at_most }
    }

    /// Whether a pair stays below `least` whatever its families share, from a pattern that holds the person's own fields
    /// only. Without personal evidence in favour it does whatever `least` is. Never so where there are no households.
    pub fn is_hopeless(&self, own: Pattern, least: MilliBits) -> bool {
        let Some(family) = self.family_at_most.filter(|_| self.model.description.households) else { return false };
        let mut sums = [0; 3];
        for group in (0..self.groups.len()).filter(|group| self.groups[*group].is_personal) {
            sums.iter_mut().zip(self.group(own, group)).for_each(|(sum, weight)| *sum += weight);
        }
        let (against_household, against_strangers) = (sums[0] - sums[1], sums[0] - sums[2]);
        let at_best = self.model.priors[0] - self.model.priors[1] + against_household + family;
        at_best < least || (against_household <= 0 && against_strangers <= 0)
    }

    /// log2 of the odds that this is one person, in milli-bits, against the best other explanation.
    ///
    /// Where there are households, evidence of the family alone never reaches the threshold: without personal evidence the
    /// score stays below it.
    pub fn score(&self, pattern: Pattern) -> MilliBits {
        self.within(pattern, 0)
    }

    /// As [`Scorer::score`], for two records whose homes make it by `trust` less likely that they are strangers, or more
    /// likely when it is negative. That they are two people of one home is as likely as ever.
    pub fn score_at_home(&self, pattern: Pattern, trust: MilliBits) -> MilliBits {
        self.within(pattern, trust)
    }

    fn within(&self, pattern: Pattern, trust: MilliBits) -> MilliBits {
        let mut totals = self.model.priors;
        totals[2] -= trust;
        let mut personal = [0; 3];
        for group in 0..self.groups.len() {
            let weights = self.group(pattern, group);
            let is_personal = self.groups[group].is_personal;
            for class in 0..3 {
                totals[class] += weights[class];
                personal[class] += if is_personal { weights[class] } else { 0 };
            }
        }
        let other = self.other(&totals);
        let score = totals[0] - totals[other];
        let impersonal = personal[0] <= personal[other] && self.model.description.households;
        if impersonal { score.min(self.model.threshold - 1) } else { score }
    }

    /// The best explanation other than one person.
    fn other(&self, totals: &[MilliBits; 3]) -> usize {
        if self.model.description.households && totals[1] > totals[2] { 1 } else { 2 }
    }

    fn role(&self, group: usize) -> Role {
        if self.groups[group].is_personal { Role::Person } else { Role::Family }
    }

    fn group(&self, pattern: Pattern, group: usize) -> [MilliBits; 3] {
        let ready = &self.groups[group];
        let excused = pattern.is_excused() && self.excused == Some(group);
        let mut at = if excused { ready.excused_from } else { 0 };
        let mut sums = [0; 3];
        for field in &ready.fields {
            let (level, bits) = self.layout.read(pattern, field.field);
            let level = usize::from(level) % LEVELS;
            at |= field.rough[level];
            for (sum, share) in sums.iter_mut().zip(&field.shares[level]) {
                *sum += share;
            }
            if field.by_frequency[level] {
                let rarer = i32::from(bits) * 500 - field.rarity;
                sums[2] -= rarer;
                // Two of one household have one name by chance too; their father they share whoever he is.
                if field.is_personal {
                    sums[1] -= rarer;
                }
            }
        }
        for (sum, joint) in sums.iter_mut().zip(&self.model.groups[group].joint) {
            *sum += joint[at];
        }
        sums
    }

    /// The evidence for and against, the weightiest first, and the best explanation other than one person.
    pub fn explain(&self, pattern: Pattern) -> (Class, Vec<Reason>) {
        let mut totals = self.model.priors;
        let groups: Vec<[MilliBits; 3]> = (0..self.model.groups.len()).map(|at| self.group(pattern, at)).collect();
        for weights in &groups {
            (0..3).for_each(|class| totals[class] += weights[class]);
        }
        let other = self.other(&totals);
        let mut reasons: Vec<Reason> = groups
            .iter()
            .enumerate()
            .map(|(at, weights)| Reason {
                fields: self.words(pattern, at),
                role: self.role(at),
                weight: weights[0] - weights[other],
            })
            .collect();
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.weight.abs()));
        (if other == 1 { Class::Household } else { Class::Stranger }, reasons)
    }

    fn words(&self, pattern: Pattern, group: usize) -> Vec<(String, &'static str)> {
        let description = &self.model.description;
        let word = |field: &usize| {
            let known = &description.fields[*field];
            let level = self.layout.read(pattern, *field).0;
            let excused = known.excused_by.is_some() && pattern.is_excused();
            let differs = levels::coarse(known.kind, level) == Coarse::Differ;
            (known.name.clone(), if excused && differs { levels::EXCUSED } else { levels::code(known.kind, level) })
        };
        description.groups[group].iter().map(word).collect()
    }
}
