//! The errors of targeting, from the least to the most they can be.
//!
//! | measure | is | source |
//! |---|---|---|
//! | exclusion error | the poor who are not reached, of all poor; also *undercoverage* | 1, annex 7A; 2, chapter 2 |
//! | inclusion error | those reached who are not poor, of all reached | 1, annex 7A |
//! | coverage | those reached, of everybody | 1, chapter 2 |
//! | leakage | what goes to households that are not poor, of all that is paid, when each household is paid the same | 2 |
//! | CGH | the share of all that is paid which goes to the poor, over the share of the people who are poor | 2; 3 |
//!
//! 1. M. Grosh, P. Leite, M. Wai-Poi, E. Tesliuc (eds.), *Revisiting Targeting in Social Assistance: A New Look at Old
//!    Dilemmas*, World Bank 2022.
//! 2. D. Coady, M. Grosh, J. Hoddinott, *Targeting of Transfers in Developing Countries: Review of Lessons and
//!    Experience*, World Bank and IFPRI 2004.
//! 3. The same, *Targeting Outcomes Redux*, IFPRI FCND Discussion Paper 144, 2002.
//!
//! The first three count people: a household's weight times its members. Leakage counts households, since a payment goes
//! to a household. CGH is 1 when money goes to the poor as if by chance, and above 1 when more does.
//!
//! With `u` poor and `v` other people whose score lies across the cut-off, exclusion lies between `out / poor` and
//! `(out + u) / poor`; inclusion is least when all unclear poor and no unclear others are reached, and most the other
//! way round, since it falls with each poor person reached and grows with each other.

/// Households of one class at one cut-off.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cell {
    /// Households in the survey itself.
    pub sampled: u64,
    /// Households they stand for.
    pub households: u128,
    /// People they stand for.
    pub persons: u128,
}

impl Cell {
    fn plus(self, other: Self) -> Self {
        Self {
            sampled: self.sampled + other.sampled,
            households: self.households + other.households,
            persons: self.persons + other.persons,
        }
    }
}

/// Households by whether they are poor and whether a cut-off reaches them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// The poor: reached, unclear, not reached.
    pub poor: [Cell; 3],
    /// Everybody else: reached, unclear, not reached.
    pub other: [Cell; 3],
}

/// A share in hundredths of a percent, rounded half up: the least and the most it can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// The least it can be.
    pub low: u64,
    /// The most it can be.
    pub high: u64,
    /// Households of the survey that it is a share of.
    pub sampled: u64,
    /// The fewest households of the survey in any class that it is made of, classes without anybody left out; 0 when all
    /// are: whoever knows the rate and its whole knows each of them.
    pub fewest: u64,
}

/// The fewest of several counts that are not nothing.
fn fewest<const N: usize>(counts: [u64; N]) -> u64 {
    counts.into_iter().filter(|count| *count > 0).min().unwrap_or(0)
}

impl Tally {
    /// Counts a household; `(surely, perhaps)` says whether the cut-off reaches it.
    pub(super) fn add(&mut self, poor: bool, (surely, perhaps): (bool, bool), weight: u128, size: u128) {
        let class = match (surely, perhaps) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => 2,
        };
        let cells = if poor { &mut self.poor } else { &mut self.other };
        cells[class] = cells[class].plus(Cell { sampled: 1, households: weight, persons: weight * size });
    }

    /// The poor.
    pub fn all_poor(&self) -> Cell {
        self.poor.into_iter().fold(Cell::default(), Cell::plus)
    }

    /// Everybody.
    pub fn everybody(&self) -> Cell {
        self.other.into_iter().fold(self.all_poor(), Cell::plus)
    }

    /// Whose score lies across the cut-off.
    pub fn unclear(&self) -> Cell {
        self.poor[1].plus(self.other[1])
    }

    pub(super) fn poor_persons(&self) -> u128 {
        self.all_poor().persons
    }

    /// People reached, at least and at most.
    pub(super) fn reached_persons(&self) -> [u128; 2] {
        let surely = self.poor[0].persons + self.other[0].persons;
        [surely, surely + self.unclear().persons]
    }

    /// The share of people who are poor; `None` when there is nobody.
    pub fn poverty(&self) -> Option<Rate> {
        let share = share(self.all_poor().persons, self.everybody().persons)?;
        let (all, poor) = (self.everybody().sampled, self.all_poor().sampled);
        Some(Rate { low: share, high: share, sampled: all, fewest: fewest([poor, all - poor]) })
    }

    /// Of the poor, who is not reached; `None` when nobody is poor.
    pub fn exclusion(&self) -> Option<Rate> {
        let [_, unclear, out] = self.poor.map(|cell| cell.persons);
        let poor = self.poor_persons();
        let fewest = fewest(self.poor.map(|cell| cell.sampled));
        let (low, high) = (share(out, poor)?, share(out + unclear, poor)?);
        Some(Rate { low, high, sampled: self.all_poor().sampled, fewest })
    }

    /// Of those reached, who is not poor; `None` when nobody is reached.
    pub fn inclusion(&self) -> Option<Rate> {
        self.of_reached(|cell| cell.persons)
    }

    /// Of equal payments to each household reached, what goes to those who are not poor; `None` when nobody is reached.
    pub fn leakage(&self) -> Option<Rate> {
        self.of_reached(|cell| cell.households)
    }

    fn of_reached(&self, count: fn(&Cell) -> u128) -> Option<Rate> {
        let [[poor, poor_unclear, _], [other, other_unclear, _]] =
            [self.poor, self.other].map(|cells| cells.map(|cell| count(&cell)));
        let high = share(other + other_unclear, other + other_unclear + poor);
        // When it may be that nobody is reached, there is an error only if somebody is.
        let low = share(other, other + poor + poor_unclear).or(high);
        let reached = [self.poor[0], self.other[0], self.unclear()];
        let sampled = reached.iter().map(|cell| cell.sampled).sum();
        let classes = [self.poor[0], self.poor[1], self.other[0], self.other[1]].map(|cell| cell.sampled);
        Some(Rate { low: low?, high: high.or(low)?, sampled, fewest: fewest(classes) })
    }

    /// Of everybody, who is reached; `None` when there is nobody.
    pub fn coverage(&self) -> Option<Rate> {
        let all = self.everybody();
        let [low, high] = self.reached_persons().map(|reached| share(reached, all.persons));
        let both = [0, 1, 2].map(|class| self.poor[class].plus(self.other[class]).sampled);
        Some(Rate { low: low?, high: high?, sampled: all.sampled, fewest: fewest(both) })
    }

    /// The measure of Coady, Grosh and Hoddinott in hundredths: 100 is what chance would do. `None` when nobody is
    /// reached or nobody is poor.
    pub fn cgh(&self) -> Option<Rate> {
        let (leakage, all) = (self.leakage()?, self.everybody());
        let poor = self.poor_persons();
        let of = |leaks: u64| -> Option<u64> {
            let to_poor = u128::from(10_000 - leaks.min(10_000)) * all.persons;
            u64::try_from((to_poor * 2 + 100 * poor) / (200 * poor).max(1)).ok().filter(|_| poor > 0)
        };
        let fewest = fewest([leakage.fewest, self.poverty()?.fewest]);
        Some(Rate { low: of(leakage.high)?, high: of(leakage.low)?, sampled: leakage.sampled, fewest })
    }
}

/// Hundredths of a percent, half up.
fn share(part: u128, all: u128) -> Option<u64> {
    (all > 0).then(|| u64::try_from((part * 20_000 + all) / (2 * all)).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(poor: [u64; 3], other: [u64; 3]) -> Tally {
        let cell = |n: u64| Cell { sampled: n, households: n.into(), persons: u128::from(n) * 2 };
        Tally { poor: poor.map(cell), other: other.map(cell) }
    }

    fn say(rate: Option<Rate>) -> String {
        rate.map_or("none".into(), |rate| format!("{}-{} of {}", rate.low, rate.high, rate.sampled))
    }

    #[test]
    fn errors_lie_between_what_unclear_scores_allow() {
        // 10 poor: 5 in, 3 unclear, 2 out; 30 others: 4 in, 6 unclear, 20 out.
        let tally = tally([5, 3, 2], [4, 6, 20]);
        let said = [tally.exclusion(), tally.inclusion(), tally.coverage(), tally.leakage(), tally.poverty()].map(say);
        // 2/10 to 5/10; 4/12 to 10/15; 9/40 to 18/40; 10/40.
        assert_eq!(
            said,
            ["2000-5000 of 10", "3333-6667 of 18", "2250-4500 of 40", "3333-6667 of 18", "2500-2500 of 40"]
        );
        // (1 - 0.6667) / 0.25 and (1 - 0.3333) / 0.25.
        assert_eq!(say(tally.cgh()), "133-267 of 18");
    }

    #[test]
    fn every_way_the_unclear_can_fall_lies_between() {
        for (poor_in, other_in) in (0..=3u64).flat_map(|a| (0..=6u64).map(move |b| (a, b))) {
            let settled = tally([5 + poor_in, 0, 5 - poor_in], [4 + other_in, 0, 26 - other_in]);
            let open = tally([5, 3, 2], [4, 6, 20]);
            let within = |one: Option<Rate>, all: Option<Rate>| {
                let (one, all) = (one.unwrap(), all.unwrap());
                assert!(all.low <= one.low && one.high <= all.high, "{poor_in} {other_in}: {one:?} {all:?}");
            };
            within(settled.exclusion(), open.exclusion());
            within(settled.inclusion(), open.inclusion());
            within(settled.coverage(), open.coverage());
            within(settled.leakage(), open.leakage());
            within(settled.cgh(), open.cgh());
        }
    }

    #[test]
    fn a_rate_knows_its_smallest_class() {
        let fewest = |poor, other| {
            let tally = tally(poor, other);
            let rates = [tally.exclusion(), tally.inclusion(), tally.coverage(), tally.cgh(), tally.poverty()];
            rates.map(|rate| rate.map_or(0, |rate| rate.fewest))
        };
        // Two poor are missed: that is 2 of 10, whoever knows the rate and the poor.
        assert_eq!(fewest([8, 0, 2], [9, 0, 20]), [2, 8, 17, 8, 10]);
        assert_eq!(fewest([8, 1, 0], [9, 3, 20]), [1, 1, 4, 1, 9]);
    }

    #[test]
    fn there_is_no_error_of_nobody() {
        assert_eq!(say(tally([0, 0, 4], [0, 0, 6]).inclusion()), "none");
        assert_eq!(say(tally([0, 0, 0], [3, 0, 6]).exclusion()), "none");
        assert_eq!(say(tally([0, 0, 4], [0, 2, 6]).inclusion()), "10000-10000 of 2");
        assert_eq!(say(tally([0, 2, 4], [0, 0, 6]).inclusion()), "0-0 of 2");
    }
}
