//! What missing answers can change: who may stand ahead of a household, and who does whatever is found out.

use super::{Limits, Standing, Sure};
use std::collections::BTreeMap;

/// Who may stand ahead of a household, and who does whatever is found out.
pub(super) struct Bounds {
    /// Of everybody: the least the score can be, ascending, with the most that all up to here cost.
    may: Sums,
    /// Of those who meet the criteria: the most the score can be, ascending, with the least that all up to here cost.
    must: Sums,
    /// The same two by district, without costs.
    districts: BTreeMap<String, (Vec<i64>, Vec<i64>)>,
}

/// Scores in ascending order with running sums of costs, one more than there are scores.
struct Sums {
    scores: Vec<i64>,
    costs: Vec<i128>,
}

impl Sums {
    fn of(mut pairs: Vec<(i64, i128)>) -> Self {
        pairs.sort_unstable();
        let mut sum = 0;
        let mut costs = vec![0];
        costs.extend(pairs.iter().map(|(_, cost)| {
            sum += cost;
            sum
        }));
        Self { scores: pairs.into_iter().map(|(score, _)| score).collect(), costs }
    }
}

impl Bounds {
    pub(super) fn of(standings: &[Standing], limits: &Limits) -> Self {
        let meets = || standings.iter().filter(|s| s.meets);
        let mut districts: BTreeMap<String, (Vec<i64>, Vec<i64>)> = BTreeMap::new();
        for standing in standings.iter().filter(|s| limits.quotas.contains_key(&s.district)) {
            let (may, must) = districts.entry(standing.district.clone()).or_default();
            may.push(standing.score.0);
            must.extend(standing.meets.then_some(standing.score.1));
        }
        for (may, must) in districts.values_mut() {
            may.sort_unstable();
            must.sort_unstable();
        }
        Self {
            may: Sums::of(standings.iter().map(|s| (s.score.0, s.cost.high)).collect()),
            must: Sums::of(meets().map(|s| (s.score.1, s.cost.low)).collect()),
            districts,
        }
    }

    /// Whether a household is reached in every case, in some, or in none.
    pub(super) fn sure(&self, of: &Standing, limits: &Limits) -> Sure {
        // Both include the household itself; equal scores may stand ahead by lot.
        let may_be_ahead = |scores: &[i64]| scores.partition_point(|low| *low <= of.score.1);
        // Never includes the household itself, since its own most is not below its least.
        let must_be_ahead = |scores: &[i64]| scores.partition_point(|high| *high < of.score.0);
        let district = limits.quotas.get(&of.district).and_then(|quota| {
            let (may, must) = self.districts.get(&of.district)?;
            let as_count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
            Some((as_count(may_be_ahead(may)) <= *quota, as_count(must_be_ahead(must)) < *quota))
        });
        let (place_always, place_ever) = district.unwrap_or((true, true));
        let (money_always, money_ever) = limits.budget.map_or((true, true), |budget| {
            let always = self.may.costs[may_be_ahead(&self.may.scores)] <= budget;
            // With quotas, some of those ahead may not cost anything: only the household's own cost is certain.
            let ahead = if limits.quotas.is_empty() { self.must.costs[must_be_ahead(&self.must.scores)] } else { 0 };
            (always, ahead + of.cost.low <= budget)
        });
        match (of.meets && place_always && money_always, place_ever && money_ever) {
            (true, _) => Sure::Always,
            (_, true) => Sure::Depends,
            _ => Sure::Never,
        }
    }
}
