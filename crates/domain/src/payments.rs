//! What people receive, as those who give it say.

use crate::{Date, codes, money::Paisa};
use serde::{Deserialize, Serialize};

codes! {
    /// What a benefit is for. Two benefits of one purpose may overlap; of two purposes they complete each other.
    Purpose {
        /// Money for daily needs.
        Cash = "cash",
        /// Treatment, medicine, insurance of it.
        Health = "health",
        /// School, college, books, stipends.
        Education = "education",
        /// Food, rations, meals.
        Food = "food",
        /// Shelter, building, rent.
        Housing = "housing",
        /// Training, tools, loans, work.
        Livelihood = "livelihood",
        /// Aids and allowances because of a disability.
        Disability = "disability",
        /// Marriage, funeral, or what fits nowhere else.
        Other = "other",
    }
}

codes! {
    /// How often an amount is paid.
    Period {
        /// One time.
        Once = "once",
        /// Each month.
        Month = "month",
        /// Each three months.
        Quarter = "quarter",
        /// Each half year.
        HalfYear = "half_year",
        /// Each year.
        Year = "year",
    }
}

impl Period {
    /// How often in a year; `None` for once, which is never added up with the others.
    pub fn times_a_year(self) -> Option<i64> {
        match self {
            Period::Once => None,
            Period::Month => Some(12),
            Period::Quarter => Some(4),
            Period::HalfYear => Some(2),
            Period::Year => Some(1),
        }
    }
}

/// Something a person receives, as a list states it. What the list does not say stays unknown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedBenefit {
    /// What it is for.
    pub purpose: Purpose,
    /// One payment.
    pub amount: Option<Paisa>,
    /// How often it is paid.
    pub per: Option<Period>,
    /// The first day.
    pub since: Option<Date>,
    /// The last day; `None` also when it goes on.
    pub until: Option<Date>,
}

impl ListedBenefit {
    /// What it comes to in a year: unknown without amount or period, and for what is paid once.
    pub fn yearly(&self) -> Option<Paisa> {
        let times = self.per?.times_a_year()?;
        Some(Paisa(self.amount?.0.checked_mul(times)?))
    }

    /// Whether it had not ended on a day, as far as the list says.
    pub fn runs_on(&self, day: Date) -> bool {
        self.until.is_none_or(|until| until >= day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_of_a_benefit_is_unknown_when_the_list_does_not_say() {
        let check = |amount: Option<i64>, per: Option<Period>, want: Option<i64>| {
            let benefit =
                ListedBenefit { purpose: Purpose::Cash, amount: amount.map(Paisa), per, since: None, until: None };
            assert_eq!(benefit.yearly(), want.map(Paisa), "{amount:?} {per:?}");
        };
        check(Some(100_000), Some(Period::Month), Some(1_200_000));
        check(Some(300_000), Some(Period::Quarter), Some(1_200_000));
        check(Some(100_000), Some(Period::Once), None);
        check(Some(100_000), None, None);
        check(None, Some(Period::Month), None);
        check(Some(i64::MAX), Some(Period::Month), None);
    }
}
