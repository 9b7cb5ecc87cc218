//! What a program decided: a bit per household for yes and for no, an interval per score.

use crate::{
    Id, Interval, K3, Outcome,
    pack::programme::{Completeness, State, settled},
};

/// Decisions over a block. Reuse one for many blocks: its room is kept.
#[derive(Debug, Clone, Default)]
pub struct Decisions {
    pub(crate) households: usize,
    pub(crate) persons: usize,
    /// One entry per wanted programme, in the program's order.
    pub programmes: Vec<Verdicts>,
    /// One entry per wanted score, in the program's order.
    pub scores: Vec<Intervals>,
}

/// The decisions on one programme.
#[derive(Debug, Clone)]
pub struct Verdicts {
    /// The programme.
    pub programme: Id,
    /// The truth of its criteria for each household: whether anybody there meets them.
    pub truth: Planes,
    /// Bit per household: somebody receives it already and nobody else meets the criteria.
    pub receives: Vec<u64>,
    /// The truth for each person, for a person-level programme when candidates are wanted; persons are counted from
    /// the block's first.
    pub candidates: Option<Planes>,
    pub(crate) state: State,
    pub(crate) rules: Completeness,
}

/// Three-valued truth as two bit planes, row `i` at bit `i % 64` of word `i / 64`; neither bit: unknown. Bits past the
/// last row are off.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Planes {
    /// Bit on: yes.
    pub yes: Vec<u64>,
    /// Bit on: no.
    pub no: Vec<u64>,
}

/// A score as far as it is known, one row per household.
#[derive(Debug, Clone)]
pub struct Intervals {
    /// The score's id.
    pub score: Id,
    /// Its decimals.
    pub digits: u8,
    /// The least it can be, times ten to `digits`.
    pub low: Vec<i32>,
    /// The most it can be.
    pub high: Vec<i32>,
}

/// How many households.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Meet the criteria.
    pub yes: u64,
    /// Do not.
    pub no: u64,
    /// Cannot be told.
    pub unknown: u64,
    /// Of all these, have a member (or are a household) that receives it already, with nobody else meeting the criteria.
    pub receives: u64,
}

impl Decisions {
    /// How many households were decided.
    pub fn households(&self) -> usize {
        self.households
    }

    /// The truth of a programme's criteria for a household.
    pub fn truth(&self, programme: usize, household: usize) -> K3 {
        self.programmes[programme].truth.get(household)
    }

    /// The outcome that the row evaluator gives: truth read with state, completeness and what is received already.
    pub fn outcome(&self, programme: usize, household: usize) -> Outcome {
        let verdicts = &self.programmes[programme];
        let receives = bit(&verdicts.receives, household);
        match (verdicts.state, verdicts.rules, self.truth(programme, household)) {
            (State::Closed, ..) => Outcome::ClosedHere,
            _ if receives => Outcome::AlreadyReceives,
            (_, Completeness::OpenToAll, _) => Outcome::Meets,
            (_, Completeness::NotPublished, _) | (_, _, K3::Unknown) => Outcome::CannotTell,
            (_, _, K3::No) => Outcome::No,
            (_, Completeness::Complete, K3::Yes) => Outcome::Meets,
            (_, Completeness::Partial, K3::Yes) => Outcome::MayQualify,
        }
    }

    /// Sets the truth of every programme that its state settles before any criterion ([`settled`]): what is given, not
    /// what is met. Lists over many households count so.
    pub fn as_given(&mut self) {
        for verdicts in &mut self.programmes {
            if let Some(truth) = settled(verdicts.state, verdicts.rules) {
                verdicts.truth.fill(truth, self.households);
                if let Some(candidates) = &mut verdicts.candidates {
                    candidates.fill(truth, self.persons);
                }
            }
        }
    }

    /// The interval of a score for a household.
    pub fn score(&self, score: usize, household: usize) -> Interval {
        let intervals = &self.scores[score];
        Interval::new(i64::from(intervals.low[household]), i64::from(intervals.high[household]))
    }

    /// How many households of the block have each answer.
    pub fn totals(&self, programme: usize) -> Totals {
        let verdicts = &self.programmes[programme];
        let (yes, no) = (ones(&verdicts.truth.yes), ones(&verdicts.truth.no));
        let all = u64::try_from(self.households).unwrap_or(u64::MAX);
        Totals { yes, no, unknown: all - yes - no, receives: ones(&verdicts.receives) }
    }
}

impl Planes {
    /// The truth of a row.
    pub fn get(&self, row: usize) -> K3 {
        match (bit(&self.yes, row), bit(&self.no, row)) {
            (true, _) => K3::Yes,
            (_, true) => K3::No,
            _ => K3::Unknown,
        }
    }

    /// The same truth for every row.
    fn fill(&mut self, truth: K3, rows: usize) {
        self.reset(rows);
        let plane = match truth {
            K3::Yes => &mut self.yes,
            K3::No => &mut self.no,
            K3::Unknown => return,
        };
        plane.fill(u64::MAX);
        if let Some(last) = plane.last_mut().filter(|_| !rows.is_multiple_of(64)) {
            *last = (1 << (rows % 64)) - 1;
        }
    }

    /// All unknown, for this many rows.
    pub(crate) fn reset(&mut self, rows: usize) {
        for plane in [&mut self.yes, &mut self.no] {
            plane.clear();
            plane.resize(rows.div_ceil(64), 0);
        }
    }
}

impl std::ops::Add for Totals {
    type Output = Totals;
    fn add(self, other: Totals) -> Totals {
        Totals {
            yes: self.yes + other.yes,
            no: self.no + other.no,
            unknown: self.unknown + other.unknown,
            receives: self.receives + other.receives,
        }
    }
}

fn bit(plane: &[u64], row: usize) -> bool {
    plane[row / 64] >> (row % 64) & 1 == 1
}

fn ones(plane: &[u64]) -> u64 {
    plane.iter().map(|word| u64::from(word.count_ones())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filled_plane_has_a_bit_for_each_row_and_none_behind() {
        for rows in [0, 1, 63, 64, 65, 130] {
            for truth in [K3::Yes, K3::No, K3::Unknown] {
                let mut planes = Planes::default();
                planes.fill(truth, rows);
                assert!((0..rows).all(|row| planes.get(row) == truth), "{rows} {truth:?}");
                let bits = ones(&planes.yes) + ones(&planes.no);
                assert_eq!(bits, if truth == K3::Unknown { 0 } else { rows as u64 }, "{rows} {truth:?}");
            }
        }
    }
}
