//! Whole numbers known only within bounds. Bounds are declared in the pack, so every interval is finite.

use crate::K3;
use serde::{Deserialize, Serialize};

/// Some whole number from `low` to `high`, both included. At which decimal scale is known to its holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Interval {
    /// The least it can be.
    pub low: i64,
    /// The most it can be.
    pub high: i64,
}

/// An arithmetic result that does not fit in 64 bits; found when the pack is loaded, never at the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("This calculation can exceed what the machine can hold. Declare tighter bounds for its facts.")]
pub struct Overflow;

impl Interval {
    /// From `low` to `high`.
    pub fn new(low: i64, high: i64) -> Self {
        debug_assert!(low <= high, "an interval runs upwards");
        Self { low, high }
    }

    /// Known exactly.
    pub fn exactly(value: i64) -> Self {
        Self { low: value, high: value }
    }

    /// The value when it is known exactly.
    pub fn known(self) -> Option<i64> {
        (self.low == self.high).then_some(self.low)
    }

    /// The smallest interval that holds both.
    pub fn hull(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// Every possible sum.
    pub fn checked_add(self, other: Self) -> Result<Self, Overflow> {
        Ok(Self {
            low: self.low.checked_add(other.low).ok_or(Overflow)?,
            high: self.high.checked_add(other.high).ok_or(Overflow)?,
        })
    }

    /// The negative.
    pub fn checked_neg(self) -> Result<Self, Overflow> {
        Ok(Self { low: self.high.checked_neg().ok_or(Overflow)?, high: self.low.checked_neg().ok_or(Overflow)? })
    }

    /// Every possible difference.
    pub fn checked_sub(self, other: Self) -> Result<Self, Overflow> {
        self.checked_add(other.checked_neg()?)
    }

    /// Every possible product.
    pub fn checked_mul(self, other: Self) -> Result<Self, Overflow> {
        let times = |a: i64, b: i64| a.checked_mul(b).ok_or(Overflow);
        let corners = [
            times(self.low, other.low)?,
            times(self.low, other.high)?,
            times(self.high, other.low)?,
            times(self.high, other.high)?,
        ];
        let low = corners.iter().copied().min().unwrap_or_default();
        Ok(Self { low, high: corners.iter().copied().max().unwrap_or_default() })
    }

    /// Every possible quotient by a constant, rounded toward zero as CEL does. A zero divisor counts as overflow.
    pub fn checked_div(self, by: i64) -> Result<Self, Overflow> {
        let a = self.low.checked_div(by).ok_or(Overflow)?;
        let b = self.high.checked_div(by).ok_or(Overflow)?;
        Ok(Self { low: a.min(b), high: a.max(b) })
    }

    /// Whether it is at most the other.
    pub fn at_most(self, other: Self) -> K3 {
        decided(self.high <= other.low, self.low > other.high)
    }

    /// Whether it is less than the other.
    pub fn less(self, other: Self) -> K3 {
        decided(self.high < other.low, self.low >= other.high)
    }

    /// Whether both are the same number.
    pub fn equal(self, other: Self) -> K3 {
        let apart = self.high < other.low || other.high < self.low;
        decided(self.known().is_some() && self.known() == other.known(), apart)
    }
}

fn decided(yes: bool, no: bool) -> K3 {
    match (yes, no) {
        (true, _) => K3::Yes,
        (_, true) => K3::No,
        _ => K3::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use K3::{No, Unknown, Yes};

    #[test]
    fn a_comparison_is_decided_as_soon_as_the_interval_decides() {
        let check = |a: (i64, i64), b: (i64, i64), at_most: K3, less: K3, equal: K3| {
            let (a, b) = (Interval::new(a.0, a.1), Interval::new(b.0, b.1));
            assert_eq!((a.at_most(b), a.less(b), a.equal(b)), (at_most, less, equal), "{a:?} {b:?}");
        };
        check((1, 3), (3, 5), Yes, Unknown, Unknown);
        check((1, 2), (3, 5), Yes, Yes, No);
        check((3, 3), (3, 3), Yes, No, Yes);
        check((4, 9), (1, 4), Unknown, No, Unknown);
        check((5, 9), (1, 4), No, No, No);
        check((0, 9), (4, 4), Unknown, Unknown, Unknown);
    }

    #[test]
    fn arithmetic_covers_every_possible_value() {
        let (a, b) = (Interval::new(-2, 3), Interval::new(-5, 4));
        assert_eq!(a.checked_add(b), Ok(Interval::new(-7, 7)));
        assert_eq!(a.checked_sub(b), Ok(Interval::new(-6, 8)));
        assert_eq!(a.checked_mul(b), Ok(Interval::new(-15, 12)));
        assert_eq!(b.checked_div(-2), Ok(Interval::new(-2, 2)));
        assert_eq!(a.hull(Interval::exactly(9)), Interval::new(-2, 9));
    }

    #[test]
    fn overflow_is_an_error_never_a_wrapped_number() {
        let big = Interval::new(0, i64::MAX);
        assert_eq!(big.checked_add(Interval::exactly(1)), Err(Overflow));
        assert_eq!(big.checked_mul(Interval::exactly(2)), Err(Overflow));
        assert_eq!(Interval::exactly(i64::MIN).checked_neg(), Err(Overflow));
        assert_eq!(big.checked_div(0), Err(Overflow));
    }
}
