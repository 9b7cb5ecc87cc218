//! How far down the ranking a yearly budget or a number of places reaches.
//!
//! The rule, the same for every programme:
//! 1. Households are ranked by the most their score can be, the lowest first; then by the least it can be; then by lot
//!    ([`super::seed`]), then by id. An answer that is missing therefore never moves a household ahead of others.
//! 2. From the first, each household that meets the criteria gets a place while its district has one left; where it has
//!    none, the household waits and the next is looked at.
//! 3. Each is charged the most it can cost in the year. At the first household for which what is left of the budget is
//!    too little, the budget is spent: nobody behind is taken in its stead.
//! 4. A household whose verdict is unknown gets no place and loses none: it keeps its rank and stands apart until its
//!    missing answers are known.
//!
//! Since scores and verdicts may be unknown, each household is also told what no missing answer can change: whether it
//! would be reached in every case, in some, or in none.

mod bounds;

use super::cost::Between;
use crate::disclosure::Readers;
use bounds::Bounds;
use std::{cmp::Ordering, collections::BTreeMap};

/// A household in the ranking of a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Its id as text.
    pub household: String,
    /// Its district; empty when not known.
    pub district: String,
    /// The least and the most its score can be, times ten to the score's digits.
    pub score: (i64, i64),
    /// Whether it meets the criteria; otherwise that cannot be told.
    pub meets: bool,
    /// What it costs in the year.
    pub cost: Between,
    /// Its lot.
    pub lot: u128,
}

/// What there is to give.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limits {
    /// Paisa for the year; `None`: only places are limited.
    pub budget: Option<i128>,
    /// Households by district; a district that is not named has no limit.
    pub quotas: BTreeMap<String, u64>,
}

/// Where a household ends up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// It is reached.
    Reached,
    /// It waits: the places of its district are taken.
    WaitsForPlace,
    /// It waits: the budget is spent.
    WaitsForBudget,
    /// Whether it meets the criteria is unknown; it stands where it would be reached if it did.
    UnclearAhead,
    /// Whether it meets the criteria is unknown; it stands where it would wait.
    UnclearBehind,
}

/// What the missing answers can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    /// It is reached whatever they are.
    Always,
    /// It depends on them.
    Depends,
    /// It is not reached whatever they are.
    Never,
}

/// A household with its rank, place and certainty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    /// The household.
    pub standing: Standing,
    /// Where it ends up.
    pub place: Place,
    /// What the missing answers can change.
    pub sure: Sure,
}

/// The ranking of a programme, the first first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// Every household that meets the criteria or may.
    pub ranked: Vec<Ranked>,
    /// What the reached cost in the year.
    pub spent: Between,
}

/// How many, in words for a table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Reached.
    pub reached: u64,
    /// Of the reached, those that are reached whatever the missing answers are.
    pub reached_always: u64,
    /// Wait for a place of their district.
    pub wait_place: u64,
    /// Wait for money.
    pub wait_budget: u64,
    /// Of those who wait, those who may be reached once missing answers are known.
    pub wait_depends: u64,
    /// Unclear, and would be reached.
    pub unclear_ahead: u64,
    /// Unclear, and would wait.
    pub unclear_behind: u64,
}

impl Tally {
    /// The same counts as these readers may see them.
    pub fn seen_by(self, readers: Readers) -> Self {
        Self {
            reached: readers.count(self.reached),
            reached_always: readers.count(self.reached_always),
            wait_place: readers.count(self.wait_place),
            wait_budget: readers.count(self.wait_budget),
            wait_depends: readers.count(self.wait_depends),
            unclear_ahead: readers.count(self.unclear_ahead),
            unclear_behind: readers.count(self.unclear_behind),
        }
    }
}

impl Place {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::WaitsForPlace => "waits_for_place",
            Self::WaitsForBudget => "waits_for_budget",
            Self::UnclearAhead => "unclear_ahead",
            Self::UnclearBehind => "unclear_behind",
        }
    }
}

impl Sure {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::Depends => "depends",
            Self::Never => "never",
        }
    }
}

fn rank(a: &Standing, b: &Standing) -> Ordering {
    let key = |s: &Standing| (s.score.1, s.score.0, s.lot);
    key(a).cmp(&key(b)).then_with(|| a.household.cmp(&b.household))
}

/// Ranks households and gives out what there is.
pub fn reach(mut standings: Vec<Standing>, limits: &Limits) -> Reach {
    standings.sort_unstable_by(rank);
    let bounds = Bounds::of(&standings, limits);
    let mut given: BTreeMap<String, u64> = BTreeMap::new();
    let mut reach = Reach::default();
    // Charged so far; the budget is spent once somebody did not fit.
    let (mut charged, mut is_spent) = (0, false);
    for standing in standings {
        let taken = given.get(&standing.district).copied().unwrap_or(0);
        let has_place = limits.quotas.get(&standing.district).is_none_or(|quota| taken < *quota);
        let fits = !is_spent && limits.budget.is_none_or(|budget| charged + standing.cost.high <= budget);
        let place = match (standing.meets, has_place, fits) {
            (false, true, true) => Place::UnclearAhead,
            (false, ..) => Place::UnclearBehind,
            (true, false, _) => Place::WaitsForPlace,
            (true, true, false) => Place::WaitsForBudget,
            (true, true, true) => Place::Reached,
        };
        is_spent |= place == Place::WaitsForBudget;
        if place == Place::Reached {
            charged += standing.cost.high;
            reach.spent.low += standing.cost.low;
            reach.spent.high += standing.cost.high;
            if let Some(given) = given.get_mut(&standing.district) {
                *given += 1;
            } else {
                given.insert(standing.district.clone(), 1);
            }
        }
        let sure = bounds.sure(&standing, limits);
        reach.ranked.push(Ranked { standing, place, sure });
    }
    reach
}

impl Reach {
    /// Counts, of everybody or of one district.
    pub fn tally(&self, district: Option<&str>) -> Tally {
        let mut tally = Tally::default();
        for ranked in self.ranked.iter().filter(|r| district.is_none_or(|d| r.standing.district == d)) {
            let waits = match ranked.place {
                Place::Reached => {
                    tally.reached_always += u64::from(ranked.sure == Sure::Always);
                    &mut tally.reached
                }
                Place::WaitsForPlace => &mut tally.wait_place,
                Place::WaitsForBudget => &mut tally.wait_budget,
                Place::UnclearAhead => &mut tally.unclear_ahead,
                Place::UnclearBehind => &mut tally.unclear_behind,
            };
            *waits += 1;
            let waits = matches!(ranked.place, Place::WaitsForPlace | Place::WaitsForBudget);
            tally.wait_depends += u64::from(waits && ranked.sure == Sure::Depends);
        }
        tally
    }

    /// The districts of the ranking, in order.
    pub fn districts(&self) -> Vec<&str> {
        let all: std::collections::BTreeSet<&str> =
            self.ranked.iter().map(|ranked| ranked.standing.district.as_str()).collect();
        all.into_iter().collect()
    }

    /// The score of the last household reached, as far as it is known.
    pub fn last_score(&self) -> Option<(i64, i64)> {
        self.ranked.iter().rfind(|ranked| ranked.place == Place::Reached).map(|ranked| ranked.standing.score)
    }

    /// How many households with the score of the last one reached were reached, and how many wait: the lot decided
    /// between them when both are more than none.
    pub fn drawn(&self) -> (u64, u64) {
        let Some(last) = self.last_score() else { return (0, 0) };
        let equal = || self.ranked.iter().filter(move |ranked| ranked.standing.score == last);
        let count = |of: fn(Place) -> bool| equal().filter(|ranked| of(ranked.place)).count() as u64;
        (
            count(|place| place == Place::Reached),
            count(|place| matches!(place, Place::WaitsForBudget | Place::WaitsForPlace)),
        )
    }
}

#[cfg(test)]
mod tests;
