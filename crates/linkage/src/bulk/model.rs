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

/// What a model says of a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) score: MilliBits,
    pub(super) personal: MilliBits,
}

/// A model made ready for scoring.
pub struct Scorer<'m> {
    model: &'m Model,
    layout: Layout,
    excused: Option<usize>,
}

impl<'m> Scorer<'m> {
    /// A scorer of patterns of the model's description.
    pub fn new(model: &'m Model) -> Self {
        let description = &model.description;
        Self { model, layout: Layout::new(description), excused: description.excused_group() }
    }

    /// log2 of the odds that this is one person, in milli-bits, against the best other explanation.
    ///
    /// Evidence of the family alone never reaches the threshold: without personal evidence the score stays below it.
    pub fn score(&self, pattern: Pattern) -> MilliBits {
        let verdict = self.verdict(pattern);
        if verdict.personal <= 0 { verdict.score.min(self.model.threshold - 1) } else { verdict.score }
    }

    fn verdict(&self, pattern: Pattern) -> Verdict {
        let mut totals = self.model.priors;
        let mut personal = [0; 3];
        for group in 0..self.model.groups.len() {
            let weights = self.group(pattern, group);
            let is_personal = self.role(group) == Role::Person;
            for class in 0..3 {
                totals[class] += weights[class];
                personal[class] += if is_personal { weights[class] } else { 0 };
            }
        }
        let other = self.other(&totals);
        Verdict { score: totals[0] - totals[other], personal: personal[0] - personal[other] }
    }

    /// The best explanation other than one person.
    fn other(&self, totals: &[MilliBits; 3]) -> usize {
        if self.model.description.households && totals[1] > totals[2] { 1 } else { 2 }
    }

    /// A group is personal when any of its fields is.
    fn role(&self, group: usize) -> Role {
        let fields = &self.model.description.fields;
        let personal = self.model.description.groups[group].iter().any(|field| fields[*field].role == Role::Person);
        if personal { Role::Person } else { Role::Family }
    }

    fn group(&self, pattern: Pattern, group: usize) -> [MilliBits; 3] {
        let excused = pattern.is_excused() && self.excused == Some(group);
        let mut at = usize::from(excused) << (2 * self.model.description.groups[group].len());
        let mut sums = [0; 3];
        for (nth, field) in self.model.description.groups[group].iter().enumerate() {
            let kind = self.model.description.fields[*field].kind;
            let (level, bits) = self.layout.read(pattern, *field);
            at |= (levels::coarse(kind, level) as usize) << (2 * nth);
            if levels::coarse(kind, level) == Coarse::Missing {
                continue;
            }
            let weights = &self.model.fields[*field];
            for (sum, levels) in sums.iter_mut().zip(&weights.levels) {
                *sum += levels[usize::from(level)];
            }
            if levels::by_frequency(kind, level) {
                let rarer = i32::from(bits) * 500 - weights.rarity;
                sums[2] -= rarer;
                // Two of one household have one name by chance too; their father they share whoever he is.
                if self.model.description.fields[*field].role == Role::Person {
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
