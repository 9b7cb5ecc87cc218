//! A small random number generator that gives the same numbers for ever (`SplitMix64`, Steele, Lea and Flood 2014), so
//! that a seed printed today can be followed up in ten years. Whole numbers only.

/// Numbers that follow from a seed.
#[derive(Debug, Clone)]
pub struct Rng(u64);

impl Rng {
    /// Starts from a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut rng = Self(seed ^ 0x9e37_79b9_7f4a_7c15);
        rng.bits();
        rng
    }

    /// Another generator, independent of this one, for a part with a number.
    #[must_use]
    pub fn part(&self, number: u64) -> Self {
        Self::new(self.0.wrapping_add(number.wrapping_mul(0xd134_2543_de82_ef95)))
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number from `low` to `high`, both included; `low` when they are the wrong way round.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = i128::from(high) - i128::from(low) + 1;
        if width <= 1 {
            return low;
        }
        let drawn = i128::from(low) + i128::from(self.bits()) % width;
        i64::try_from(drawn).unwrap_or(low)
    }

    /// An index below `len` (0 when `len` is 0).
    pub fn index(&mut self, len: usize) -> usize {
        let last = i64::try_from(len.saturating_sub(1)).unwrap_or(i64::MAX);
        usize::try_from(self.between(0, last)).unwrap_or(0)
    }

    /// True about `permille` times in a thousand.
    pub fn chance(&mut self, permille: u32) -> bool {
        self.between(0, 999) < i64::from(permille)
    }

    /// One of them; `None` of nothing.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.index(of.len()))
    }

    /// The place of one of these weights, each as likely as it is heavy.
    pub fn weighted(&mut self, weights: &[i64]) -> usize {
        let mut left = self.between(1, weights.iter().sum());
        weights
            .iter()
            .position(|weight| {
                left -= weight;
                left <= 0
            })
            .unwrap_or(0)
    }

    /// Puts them in a random order.
    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for last in (1..all.len()).rev() {
            all.swap(last, self.index(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_numbers_for_ever() {
        let mut rng = Rng::new(1);
        assert_eq!([rng.between(0, 99), rng.between(-5, 5), rng.between(7, 7)], [1, 3, 7]);
    }

    #[test]
    fn every_number_of_a_range_comes_up_and_no_other() {
        let mut rng = Rng::new(2);
        let mut seen = [0; 7];
        for _ in 0..7000 {
            seen[usize::try_from(rng.between(-3, 3) + 3).unwrap()] += 1;
        }
        assert!(seen.iter().all(|n| *n > 800), "{seen:?}");
    }
}
