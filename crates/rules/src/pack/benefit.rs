//! What a programme gives, in dated amounts, and what may honestly be added up.

use super::words::{Status, Words};
use domain::{Date, money::Paisa};
use serde::{Deserialize, Serialize};

/// What kind of help it is. Only cash and pensions are ever added together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BenefitKind {
    /// Money to spend freely.
    Cash,
    /// A pension.
    Pension,
    /// Goods.
    InKind,
    /// A service.
    Service,
    /// A fee not charged.
    FeeWaiver,
    /// Money to pay back.
    Loan,
    /// Cover that pays a third party.
    Insurance,
}

/// What one amount is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    /// Each day the help lasts; how many days is not known, so never added up.
    Day,
    /// Each month.
    Month,
    /// Each three months.
    Quarter,
    /// Each year.
    Year,
    /// One time.
    Once,
    /// Each case, as it arises.
    Case,
    /// Each family and year.
    FamilyYear,
    /// Each loan.
    Loan,
    /// Each award.
    Award,
}

/// One published amount and when it is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Amount {
    /// The least paid.
    pub low: Paisa,
    /// The most paid; equal to `low` when one amount is published.
    pub high: Paisa,
    /// First day in force.
    pub from: Option<Date>,
    /// Last day in force.
    pub until: Option<Date>,
    /// How well its source supports it.
    pub status: Status,
}

/// One thing a programme gives.
#[derive(Debug, Clone, Serialize)]
pub struct Benefit {
    /// Its id within the programme.
    pub id: crate::Id,
    /// What kind of help.
    pub kind: BenefitKind,
    /// What it is, in words.
    pub text: Words,
    /// What one amount is for.
    pub per: Per,
    /// Condition under which a candidate would get this variant; empty: always.
    pub applies: String,
    /// Dated amounts; none: unpublished.
    pub amounts: Vec<Amount>,
    /// How well its source supports it.
    pub status: Status,
}

/// The value of a benefit on a day, fit for adding up with its own kind only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Worth {
    /// Comes regularly: at least and at most this much per month and per year (low, high).
    Regular {
        /// Per month.
        monthly: (Paisa, Paisa),
        /// Per year.
        yearly: (Paisa, Paisa),
    },
    /// Comes once, or per case or award: stands apart, never spread over months.
    Once(Paisa, Paisa),
    /// A loan, insurance, waiver, goods or service, or a daily amount: shown, never added.
    NotAdded(Paisa, Paisa),
    /// The amount is not published: said so, never shown as zero.
    Unpublished,
}

impl Benefit {
    /// The amount in force on a day, the latest to begin first; `None` when unpublished.
    pub fn current(&self, at: Date) -> Option<&Amount> {
        let in_force = |a: &&Amount| a.from.is_none_or(|f| f <= at) && a.until.is_none_or(|u| at <= u);
        self.amounts.iter().filter(in_force).max_by_key(|a| a.from)
    }

    /// The value on a day. Monthly values of quarterly and yearly amounts are rounded down to whole paisa.
    pub fn worth(&self, at: Date) -> Worth {
        let Some(Amount { low, high, .. }) = self.current(at).cloned() else { return Worth::Unpublished };
        if !matches!(self.kind, BenefitKind::Cash | BenefitKind::Pension) {
            return Worth::NotAdded(low, high);
        }
        let per_year = match self.per {
            Per::Month => 12,
            Per::Quarter => 4,
            Per::Year | Per::FamilyYear => 1,
            Per::Once | Per::Case | Per::Award => return Worth::Once(low, high),
            Per::Day | Per::Loan => return Worth::NotAdded(low, high),
        };
        let yearly = |p: Paisa| Paisa(p.0.saturating_mul(per_year));
        let monthly = |p: Paisa| Paisa(yearly(p).0 / 12);
        Worth::Regular { monthly: (monthly(low), monthly(high)), yearly: (yearly(low), yearly(high)) }
    }
}

/// What several benefits come to, kind by kind; nothing is added that cannot honestly be added.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Cash and pensions that come regularly, per month, at least and at most.
    pub monthly: (Paisa, Paisa),
    /// The same per year.
    pub yearly: (Paisa, Paisa),
    /// Cash paid once, per case or per award, at least and at most.
    pub once: (Paisa, Paisa),
    /// Benefits whose amount is not published.
    pub unpublished: usize,
    /// Loans, insurance, waivers, goods, services and daily amounts: counted, never added.
    pub not_added: usize,
}

impl Totals {
    /// Adds up benefits as they stand on a day. `None` when a sum does not fit.
    pub fn of<'a>(benefits: impl IntoIterator<Item = &'a Benefit>, at: Date) -> Option<Self> {
        let plus = |a: (Paisa, Paisa), b: (Paisa, Paisa)| Some((a.0.checked_add(b.0)?, a.1.checked_add(b.1)?));
        let mut totals = Self::default();
        for benefit in benefits {
            match benefit.worth(at) {
                Worth::Regular { monthly, yearly } => {
                    totals.monthly = plus(totals.monthly, monthly)?;
                    totals.yearly = plus(totals.yearly, yearly)?;
                }
                Worth::Once(low, high) => totals.once = plus(totals.once, (low, high))?,
                Worth::NotAdded(..) => totals.not_added += 1,
                Worth::Unpublished => totals.unpublished += 1,
            }
        }
        Some(totals)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn benefit(kind: BenefitKind, per: Per, rupees: Option<i64>) -> Benefit {
        let amount = |r: i64| Amount {
            low: Paisa(r * 100),
            high: Paisa(r * 100),
            from: None,
            until: None,
            status: Status::Assumed,
        };
        let amounts = rupees.map(amount).into_iter().collect();
        let (id, text, applies) = (crate::Id::from("b"), Words::default(), String::new());
        Benefit { id, kind, text, per, applies, amounts, status: Status::Assumed }
    }

    #[test]
    fn only_cash_and_pensions_are_added() {
        use BenefitKind::{Cash, InKind, Insurance, Loan, Pension};
        let all = [
            benefit(Cash, Per::Quarter, Some(14_500)),
            benefit(Pension, Per::Month, Some(5_000)),
            benefit(Cash, Per::Once, Some(30_000)),
            benefit(Cash, Per::Day, Some(500)),
            benefit(Loan, Per::Loan, Some(50_000)),
            benefit(Insurance, Per::FamilyYear, Some(1_000_000)),
            benefit(InKind, Per::Month, Some(2_000)),
            benefit(Cash, Per::Month, None),
        ];
        let totals = Totals::of(&all, Date::default()).unwrap();
        assert_eq!(totals.monthly.0.to_string(), "Rs 9,833.33");
        assert_eq!(totals.yearly.0.to_string(), "Rs 118,000");
        assert_eq!(totals.once.1.to_string(), "Rs 30,000");
        assert_eq!((totals.not_added, totals.unpublished), (4, 1));
    }

    #[test]
    fn the_amount_in_force_is_the_latest_begun() {
        let day = |y, m| Date::from_ymd_opt(y, m, 1);
        let mut paid = benefit(BenefitKind::Cash, Per::Month, Some(1));
        let amount =
            |low, from, until| Amount { low: Paisa(low), high: Paisa(low), from, until, status: Status::Verified };
        paid.amounts =
            vec![amount(1, day(2020, 1), day(2021, 1)), amount(2, day(2021, 1), None), amount(3, day(2023, 1), None)];
        let on = |y, m| paid.current(day(y, m).unwrap()).map(|a| a.low.0);
        assert_eq!(
            [on(2019, 1), on(2020, 6), on(2021, 1), on(2022, 1), on(2024, 1)],
            [None, Some(1), Some(2), Some(2), Some(3)]
        );
    }
}
