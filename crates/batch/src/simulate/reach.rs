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
mod tests {
    use super::{super::seed::Seed, *};
    use expect_test::{Expect, expect};

    /// `id district low-high yes|? cost`, one a line.
    fn standings(text: &str, seed: &str) -> Vec<Standing> {
        let standing = |line: &str| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let (low, high) = words[2].split_once('-').unwrap_or((words[2], words[2]));
            Standing {
                household: words[0].into(),
                district: words[1].into(),
                score: (low.parse().unwrap(), high.parse().unwrap()),
                meets: words[3] == "yes",
                cost: Between::exactly(words[4].parse().unwrap()),
                lot: Seed(seed.into()).lot(words[0]),
            }
        };
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(standing).collect()
    }

    fn limits(budget: Option<i128>, quotas: &[(&str, u64)]) -> Limits {
        Limits { budget, quotas: quotas.iter().map(|(district, quota)| ((*district).into(), *quota)).collect() }
    }

    fn lines(reach: &Reach) -> String {
        let line = |r: &Ranked| format!("{} {} {}\n", r.standing.household, r.place.word(), r.sure.word());
        reach.ranked.iter().map(line).collect()
    }

    fn check(text: &str, limits: &Limits, want: Expect) {
        want.assert_eq(&lines(&reach(standings(text, "spring"), limits)));
    }

    const PLAIN: &str = "
        Amina bannu 20 yes 100
        Gulalai bannu 25 yes 100
        Noor swat 15 yes 100
        Sher swat 30 yes 50";

    #[test]
    fn the_poorest_first_and_nobody_behind_the_one_who_did_not_fit() {
        check(
            PLAIN,
            &limits(Some(250), &[]),
            expect![[r#"
            Noor reached always
            Amina reached always
            Gulalai waits_for_budget never
            Sher waits_for_budget never
        "#]],
        );
    }

    #[test]
    fn a_full_district_is_passed_over() {
        check(
            PLAIN,
            &limits(None, &[("bannu", 1)]),
            expect![[r#"
            Noor reached always
            Amina reached always
            Gulalai waits_for_place never
            Sher reached always
        "#]],
        );
        check(
            PLAIN,
            &limits(Some(250), &[("bannu", 1)]),
            expect![[r#"
            Noor reached always
            Amina reached always
            Gulalai waits_for_place never
            Sher reached depends
        "#]],
        );
    }

    #[test]
    fn a_score_not_fully_known_ranks_by_the_most_it_can_be() {
        check(
            "
            Amina bannu 10-40 yes 100
            Noor swat 15 yes 100
            Gulalai bannu 20 yes 100",
            &limits(Some(200), &[]),
            expect![[r#"
                Noor reached always
                Gulalai reached depends
                Amina waits_for_budget depends
            "#]],
        );
    }

    #[test]
    fn an_unknown_verdict_takes_no_place_and_loses_none() {
        check(
            "
            Amina bannu 10 ? 100
            Noor swat 15 yes 100
            Gulalai bannu 20 yes 100
            Sher swat 30 ? 100",
            &limits(Some(200), &[]),
            expect![[r#"
                Amina unclear_ahead depends
                Noor reached always
                Gulalai reached depends
                Sher unclear_behind never
            "#]],
        );
    }

    #[test]
    fn equals_are_drawn_by_lot_and_another_seed_draws_others() {
        let equal: String = (0..40).map(|n| format!("h{n} bannu 20 yes 1\n")).collect();
        let reached = |seed: &str| -> Vec<String> {
            let reach = reach(standings(&equal, seed), &limits(Some(10), &[]));
            assert_eq!((reach.drawn(), reach.last_score()), ((10, 30), Some((20, 20))));
            let of = |r: Ranked| (r.place == Place::Reached).then_some(r.standing.household);
            reach.ranked.into_iter().filter_map(of).collect()
        };
        assert_eq!(reached("spring"), reached("spring"));
        assert_ne!(reached("spring"), reached("autumn"));
    }

    #[test]
    fn the_order_of_households_does_not_matter() {
        let mixed: String = (0..200)
            .map(|n| {
                let (low, more) = (n * 7 % 13, n % 3 * (n % 5));
                let verdict = if n % 4 == 0 { "?" } else { "yes" };
                format!("h{n} d{} {low}-{} {verdict} {}\n", n % 3, low + more, 50 + n % 2 * 50)
            })
            .collect();
        let limits = limits(Some(5000), &[("d1", 20)]);
        let mut households = standings(&mixed, "spring");
        let first = lines(&reach(households.clone(), &limits));
        for turn in [1, 7, 50, 199] {
            households.rotate_left(turn);
            assert_eq!(lines(&reach(households.clone(), &limits)), first, "turned by {turn}");
            households.reverse();
        }
    }

    /// Every way to fill in what is missing: whoever is always reached is, and whoever never is, is not.
    #[test]
    fn what_is_called_sure_holds_whatever_is_found_out() {
        let mut state = 0x2026_1122_u64;
        println!("seed {state}");
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        for round in 0..400 {
            let line = |n: u64, next: &mut dyn FnMut(u64) -> u64| {
                let low = next(6);
                let verdict = if next(3) == 0 { "?" } else { "yes" };
                format!("h{n} d{} {low}-{} {verdict} {}\n", next(2), low + next(3), 1 + next(3))
            };
            let text: String = (0..5).map(|n| line(n, &mut next)).collect();
            let quotas = if round % 2 == 0 { vec![] } else { vec![("d0", next(3))] };
            let limits = limits((round % 3 != 0).then(|| i128::from(next(9))), &quotas);
            let open = standings(&text, "spring");
            let said = reach(open.clone(), &limits);
            for filled in fillings(&open) {
                let known = reach(filled.clone(), &limits);
                for ranked in &known.ranked {
                    let id = &ranked.standing.household;
                    let before = said.ranked.iter().find(|r| r.standing.household == *id).unwrap();
                    let is_reached = ranked.place == Place::Reached;
                    assert!(before.sure != Sure::Always || is_reached, "{id} of\n{text}{limits:?}\n{filled:?}");
                    assert!(before.sure != Sure::Never || !is_reached, "{id} of\n{text}{limits:?}\n{filled:?}");
                }
                for gone in said.ranked.iter().filter(|r| r.sure == Sure::Always) {
                    assert!(known.ranked.iter().any(|r| r.standing.household == gone.standing.household));
                }
            }
        }
    }

    /// Households with every score and verdict decided; who turns out not to meet the criteria is not there.
    fn fillings(open: &[Standing]) -> Vec<Vec<Standing>> {
        let Some((first, rest)) = open.split_first() else { return vec![vec![]] };
        let mut all = vec![];
        for tail in fillings(rest) {
            for score in first.score.0..=first.score.1 {
                let known = Standing { score: (score, score), meets: true, ..first.clone() };
                all.push([vec![known], tail.clone()].concat());
            }
            if !first.meets {
                all.push(tail);
            }
        }
        all
    }
}
