//! What may leave the centre: counts of families so few that somebody could be known by them are not told exactly.
//!
//! Source of the practice: A. Hundepool and others, *Handbook on Statistical Disclosure Control* (ESSnet SDC, 2010),
//! sections 4.4 (rounding) and 4.3 (suppression). Rounding is deterministic, so that the same table asked twice tells
//! no more than once.

/// Fewer than so many are few.
pub const FEW: u64 = 5;

/// Who reads what is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Readers {
    /// Anybody: counts to the nearest five, and no lists of households.
    #[default]
    Anybody,
    /// The centre itself: everything as it is.
    Inside,
}

impl Readers {
    /// A count as these readers see it.
    pub fn count(self, count: u64) -> u64 {
        match self {
            Self::Inside => count,
            Self::Anybody => (count + FEW / 2) / FEW * FEW,
        }
    }

    /// Whether something that rests on so many sampled households may be told.
    pub fn may_see(self, sampled: u64) -> bool {
        self == Self::Inside || sampled == 0 || sampled >= FEW
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_go_to_the_nearest_five() {
        let seen: Vec<u64> = (0..=13).map(|count| Readers::Anybody.count(count)).collect();
        assert_eq!(seen, [0, 0, 0, 5, 5, 5, 5, 5, 10, 10, 10, 10, 10, 15]);
        assert!((0..=13).all(|count| Readers::Inside.count(count) == count));
    }
}
