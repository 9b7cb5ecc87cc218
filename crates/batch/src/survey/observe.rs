//! What is looked at of each household of a survey.

use super::LeftOut;
use crate::{
    chunk::{Chunk, Layout},
    column::Column,
    fault::{Fault, Faults},
    mapping::SURVEY,
    run::Ran,
    target::groups::Groups,
};

/// Which columns a survey has.
#[derive(Debug)]
pub(super) struct Columns {
    consumption: &'static str,
    pub(super) per: &'static str,
    pub(super) weight: bool,
    pub(super) size: bool,
}

/// Where they stand among the columns of a chunk.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places {
    consumption: Option<usize>,
    weight: Option<usize>,
    size: Option<usize>,
    has: (bool, bool),
}

impl Columns {
    pub(super) fn of(layout: &Layout) -> Result<Self, Faults> {
        let has = |name: &str| layout.household.iter().any(|field| field.fact == name);
        let [person, adult, weight, size] = SURVEY;
        let (consumption, per) = match (has(person), has(adult)) {
            (true, false) => (person, "person"),
            (false, true) => (adult, "adult_equivalent"),
            (true, true) => {
                let message = "It tells consumption for each person and for each adult equivalent.";
                return Err(Fault::of("survey", message).suggest("Map one of them.").into());
            }
            (false, false) => {
                let fault = Fault::of("survey", "No column tells what households consume.");
                let what = "Name it in the mapping under [survey.consumption_per_person] or \
                            [survey.consumption_per_adult_equivalent]; see docs/guide/score-check.md.";
                return Err(fault.suggest(what).into());
            }
        };
        Ok(Self { consumption, per, weight: has(weight), size: has(size) })
    }

    pub(super) fn placed(&self, place: impl Fn(&str) -> Option<usize>) -> Places {
        let [_, _, weight, size] = SURVEY;
        Places {
            consumption: place(self.consumption),
            weight: place(weight),
            size: place(size),
            has: (self.weight, self.size),
        }
    }
}

/// Households, column by column.
#[derive(Debug, Default)]
pub(super) struct Observed {
    scores: Vec<(i32, i32)>,
    consumption: Vec<Option<i64>>,
    weights: Vec<Option<i64>>,
    sizes: Vec<Option<i64>>,
    /// The district, then each way to count.
    labels: Vec<Vec<u16>>,
}

/// One household that can be compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct One {
    pub(super) score: (i64, i64),
    pub(super) consumption: i64,
    pub(super) weight: u128,
    pub(super) size: u128,
}

impl One {
    /// Whether its score is not one number.
    pub(super) fn is_open(&self) -> bool {
        self.score.0 != self.score.1
    }

    /// What it consumes, and how many people it stands for.
    pub(super) fn persons(&self) -> (i64, u128) {
        (self.consumption, self.weight * self.size)
    }
}

impl Observed {
    pub(super) fn of(ran: &Ran, places: &Places, groups: &Groups) -> Self {
        let range = ran.range.clone();
        let column = |place: Option<usize>| -> Vec<Option<i64>> {
            let column: Option<&Column> = place.and_then(|at| ran.chunk.household.get(at));
            range.clone().map(|at| column.and_then(|column| column.get(at))).collect()
        };
        let (weighted, sized) = places.has;
        let mut labels = vec![ran.chunk.districts[range.clone()].to_vec()];
        labels.extend(groups.labels(ran.chunk, range.clone()));
        let scores = ran.decisions.scores.first();
        Self {
            scores: scores.map_or(vec![], |s| s.low.iter().copied().zip(s.high.iter().copied()).collect()),
            consumption: column(places.consumption),
            weights: if weighted { column(places.weight) } else { vec![Some(1); range.len()] },
            sizes: if sized { column(places.size) } else { range.map(|at| listed(ran.chunk, at)).collect() },
            labels,
        }
    }

    pub(super) fn append(&mut self, mut more: Self) {
        self.scores.append(&mut more.scores);
        self.consumption.append(&mut more.consumption);
        self.weights.append(&mut more.weights);
        self.sizes.append(&mut more.sizes);
        self.labels.resize(more.labels.len(), vec![]);
        self.labels.iter_mut().zip(&mut more.labels).for_each(|(own, more)| own.append(more));
    }

    pub(super) fn len(&self) -> usize {
        self.consumption.len()
    }

    pub(super) fn households(&self) -> u64 {
        self.len() as u64
    }

    /// Whether a household can be compared; if not, it is counted under what it lacks.
    pub(super) fn measured(&self, at: usize, left_out: &mut LeftOut) -> bool {
        match (self.consumption[at], self.weights[at], self.sizes[at].filter(|size| *size > 0)) {
            (None, _, _) => left_out.consumption += 1,
            (_, None, _) => left_out.weight += 1,
            (_, _, None) => left_out.size += 1,
            _ => return true,
        }
        false
    }

    /// A household that can be compared.
    pub(super) fn one(&self, at: usize) -> One {
        let (low, high) = self.scores[at];
        let number = |value: Option<i64>| u128::from(value.unwrap_or_default().unsigned_abs());
        One {
            score: (low.into(), high.into()),
            consumption: self.consumption[at].unwrap_or_default(),
            weight: number(self.weights[at]),
            size: number(self.sizes[at]),
        }
    }

    pub(super) fn labels(&self, at: usize) -> impl Iterator<Item = u16> {
        self.labels.iter().map(move |labels| labels[at])
    }
}

/// How many persons a household lists; a household without any says nothing of its size.
fn listed(chunk: &Chunk, at: usize) -> Option<i64> {
    Some(i64::from(chunk.members[at + 1] - chunk.members[at])).filter(|persons| *persons > 0)
}
