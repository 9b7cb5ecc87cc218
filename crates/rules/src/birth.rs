//! A date known to the day, the month, the year, or only about: the earliest and latest day it can be.

use chrono::{Datelike, Months, NaiveDate};
use domain::Date;
use serde::{Deserialize, Serialize};

/// How far from the stated year an age told as "about" may be, in years either way (authored: families round to five).
const ABOUT_YEARS: i32 = 2;

/// A birth (or other) date as far as it is known: some day from `earliest` to `latest`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Birth {
    /// The first day it can be.
    pub earliest: Date,
    /// The last day it can be.
    pub latest: Date,
}

impl Birth {
    /// Known to the day.
    pub fn day(date: Date) -> Self {
        Self { earliest: date, latest: date }
    }

    /// Known to the month; `None` when there is no such month.
    pub fn month(year: i32, month: u32) -> Option<Self> {
        let earliest = NaiveDate::from_ymd_opt(year, month, 1)?;
        let latest = earliest.checked_add_months(Months::new(1))?.pred_opt()?;
        Some(Self { earliest, latest })
    }

    /// Known to the year; `None` outside the calendar.
    pub fn year(year: i32) -> Option<Self> {
        Some(Self { earliest: NaiveDate::from_ymd_opt(year, 1, 1)?, latest: NaiveDate::from_ymd_opt(year, 12, 31)? })
    }

    /// "About" this year: two years either way. `None` outside the calendar.
    pub fn about(year: i32) -> Option<Self> {
        let earliest = Self::year(year.checked_sub(ABOUT_YEARS)?)?.earliest;
        Some(Self { earliest, latest: Self::year(year.checked_add(ABOUT_YEARS)?)?.latest })
    }

    /// Reads `1985`, `1985-03`, `1985-03-02` or `~1985`; `None` for anything else or an impossible date.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(year) = text.strip_prefix('~') {
            return Self::about(year.trim().parse().ok()?);
        }
        let parts: Vec<&str> = text.split('-').collect();
        match parts[..] {
            [year] if year.len() == 4 => Self::year(year.parse().ok()?),
            [year, month] => Self::month(year.parse().ok()?, month.parse().ok()?),
            [y, m, d] => NaiveDate::from_ymd_opt(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?).map(Self::day),
            _ => None,
        }
    }

    /// Completed years at `at` as (least, most); a date after `at` counts as zero.
    pub fn age_years(self, at: Date) -> (i64, i64) {
        (self.age_months(at).0.div_euclid(12), self.age_months(at).1.div_euclid(12))
    }

    /// Completed months at `at` as (least, most).
    pub fn age_months(self, at: Date) -> (i64, i64) {
        (months_between(self.latest, at), months_between(self.earliest, at))
    }
}

/// Completed months from one day to another, never below zero. Born on the 29th of February: a year older on the
/// 1st of March of a common year (the day reached, as civil registries count).
fn months_between(from: Date, to: Date) -> i64 {
    let months = i64::from(to.year() - from.year()) * 12 + i64::from(to.month()) - i64::from(from.month());
    let completed = if to.day() < from.day() { months - 1 } else { months };
    completed.max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partial_date_gives_an_age_interval() {
        let at = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let check = |text: &str, years: (i64, i64)| {
            assert_eq!(Birth::parse(text).unwrap().age_years(at), years, "{text}");
        };
        check("1985-11-22", (41, 41));
        check("1985-11-23", (40, 40));
        check("1985-11", (40, 41));
        check("1985", (40, 41));
        check("~1985", (38, 43));
        check("2008-02-29", (18, 18));
        check("2027", (0, 0));
    }

    #[test]
    fn impossible_dates_are_refused() {
        for text in ["", "85", "1985-13", "1985-02-30", "~x", "1985-1-1-1"] {
            assert_eq!(Birth::parse(text), None, "{text}");
        }
    }

    #[test]
    fn months_turn_on_the_day_of_birth() {
        let born = Birth::parse("2025-12-31").unwrap();
        let on = |y, m, d| born.age_months(NaiveDate::from_ymd_opt(y, m, d).unwrap());
        assert_eq!(on(2026, 1, 30), (0, 0));
        assert_eq!(on(2026, 1, 31), (1, 1));
    }
}
