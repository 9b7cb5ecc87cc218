//! Money as integer paisa. One hundred paisa are one Pakistani rupee.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An amount of Pakistani money in paisa, never a float.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Paisa(pub i64);

impl Paisa {
    /// Whole rupees as an amount; `None` on overflow.
    pub fn from_rupees(rupees: i64) -> Option<Self> {
        rupees.checked_mul(100).map(Self)
    }

    /// The amount in whole rupees, rounded toward zero.
    pub fn rupees(self) -> i64 {
        self.0 / 100
    }

    /// The sum, or `None` on overflow.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }
}

/// `Rs 4,833`; with paisa only when there are any: `Rs 12.50`.
impl fmt::Display for Paisa {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, whole) = if self.0 < 0 { ("-", self.0.unsigned_abs()) } else { ("", self.0.unsigned_abs()) };
        write!(f, "{sign}Rs {}", grouped(whole / 100))?;
        match whole % 100 {
            0 => Ok(()),
            rest => write!(f, ".{rest:02}"),
        }
    }
}

/// Digits in groups of three, as receipts print them.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Paisa;

    #[test]
    fn amounts_print_as_receipts_show_them() {
        let check = |paisa: i64, want: &str| assert_eq!(Paisa(paisa).to_string(), want);
        check(483_300, "Rs 4,833");
        check(1_250, "Rs 12.50");
        check(100_000_000, "Rs 1,000,000");
        check(-100, "-Rs 1");
        check(0, "Rs 0");
    }
}
