//! What an approval grants, as far as the department states it: an amount, how often, and from when.

use crate::{Date, codes, money::Paisa};
use serde::{Deserialize, Serialize};

codes! {
    /// How often a granted amount comes.
    GrantEvery {
        /// Each month.
        Month = "month",
        /// Each three months.
        Quarter = "quarter",
        /// Each year.
        Year = "year",
        /// One time.
        Once = "once",
    }
}

/// What was granted. Each part may be unstated; none of them is ever guessed from the programme's published amounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Granted {
    /// The amount, and how often it comes.
    pub amount: Option<(Paisa, GrantEvery)>,
    /// The first day it is granted for.
    pub from: Option<Date>,
}

/// Why a grant was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GrantRefused {
    /// No amount, or none above zero.
    #[error("Write the amount as a whole number of rupees above zero.")]
    Amount,
    /// An amount without how often.
    #[error("Choose how often the amount comes.")]
    EveryMissing,
    /// How often, without an amount.
    #[error("Write the amount, or leave open how often it comes.")]
    AmountMissing,
    /// A year mistyped.
    #[error("This day is more than two years away. Check the year.")]
    Far,
}

/// Days before and after today between which a grant begins; beyond them a year was mistyped (assumed).
const FAR: i64 = 731;

impl Granted {
    /// Decides what an approval states; `None` when it states nothing.
    pub fn decide(
        amount: Option<Paisa>,
        every: Option<GrantEvery>,
        from: Option<Date>,
        today: Date,
    ) -> Result<Option<Granted>, GrantRefused> {
        let amount = match (amount, every) {
            (Some(amount), _) if amount.0 <= 0 => return Err(GrantRefused::Amount),
            (Some(amount), Some(every)) => Some((amount, every)),
            (Some(_), None) => return Err(GrantRefused::EveryMissing),
            (None, Some(_)) => return Err(GrantRefused::AmountMissing),
            (None, None) => None,
        };
        if from.is_some_and(|from| (from - today).num_days().abs() > FAR) {
            return Err(GrantRefused::Far);
        }
        Ok((amount.is_some() || from.is_some()).then_some(Granted { amount, from }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_says_how_often_it_comes_and_nothing_is_guessed() {
        let day = |text: &str| text.parse::<Date>().expect("a test date");
        let rupees = |amount: i64| Paisa::from_rupees(amount);
        let check = |amount, every, from: Option<&str>, want: Result<bool, GrantRefused>| {
            let granted = Granted::decide(amount, every, from.map(day), day("2026-11-22"));
            assert_eq!(granted.map(|granted| granted.is_some()), want, "{amount:?} {every:?} {from:?}");
        };
        check(None, None, None, Ok(false));
        check(rupees(4_833), Some(GrantEvery::Month), Some("2026-12-01"), Ok(true));
        check(rupees(30_000), Some(GrantEvery::Once), None, Ok(true));
        check(None, None, Some("2026-12-01"), Ok(true));
        check(rupees(0), Some(GrantEvery::Month), None, Err(GrantRefused::Amount));
        check(rupees(4_833), None, None, Err(GrantRefused::EveryMissing));
        check(None, Some(GrantEvery::Year), None, Err(GrantRefused::AmountMissing));
        check(None, None, Some("2062-12-01"), Err(GrantRefused::Far));
    }
}
