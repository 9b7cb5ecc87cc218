//! Dates of birth as people know them: a day, a month, a year, or "about 34".

use crate::Date;
use chrono::Datelike;
use serde::{Deserialize, Serialize};

/// How many years either way an "about" age may be off.
///
/// Assumed: round ages such as 40 or 45 are heaped to the nearest five, so two years cover the neighbours.
pub const ABOUT_YEARS: i32 = 2;

/// A date of birth with the precision it was stated in. 1 January is stored as a day only when someone says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Birth {
    /// A full date.
    Day(Date),
    /// A month of a year.
    Month(i32, u32),
    /// Only the year.
    Year(i32),
    /// A guessed year: two years either way.
    About(i32),
}

/// Why a date of birth was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BirthRefused {
    /// Not a date in any accepted shape.
    #[error("\"{0}\" is not a date of birth. Write 1985, 1985-03, 1985-03-02, or an age such as 34.")]
    Unreadable(String),
    /// A date after the day it was stated on.
    #[error("The date of birth {0} is in the future. Check the year.")]
    Future(String),
    /// More than 120 years before the day it was stated on.
    #[error("The date of birth {0} makes this person older than 120. Check the year.")]
    TooOld(String),
}

impl Birth {
    /// Reads `1985`, `1985-03`, `1985-03-02`, `~1985`; without judging it against a day.
    pub fn parse(text: &str) -> Result<Self, BirthRefused> {
        let refused = || BirthRefused::Unreadable(text.to_owned());
        let trimmed = text.trim();
        if let Some(year) = trimmed.strip_prefix('~') {
            return year.parse().map(Birth::About).map_err(|_| refused());
        }
        let mut parts = trimmed.split('-');
        let year: i32 =
            parts.next().and_then(|y| y.parse().ok()).filter(|y| (1000..=9999).contains(y)).ok_or_else(refused)?;
        let month: Option<u32> = parts.next().map(|m| m.parse()).transpose().map_err(|_| refused())?;
        let day: Option<u32> = parts.next().map(|d| d.parse()).transpose().map_err(|_| refused())?;
        if parts.next().is_some() {
            return Err(refused());
        }
        match (month, day) {
            (None, _) => Ok(Birth::Year(year)),
            (Some(month), None) => {
                Date::from_ymd_opt(year, month, 1).map(|_| Birth::Month(year, month)).ok_or_else(refused)
            }
            (Some(month), Some(day)) => Date::from_ymd_opt(year, month, day).map(Birth::Day).ok_or_else(refused),
        }
    }

    /// A stated age in whole years, remembered as "about".
    pub fn about_age(age: i32, on: Date) -> Self {
        Birth::About(on.year() - age)
    }

    /// The same birth, or a refusal when it cannot be true on the day `on`.
    pub fn checked(self, on: Date) -> Result<Self, BirthRefused> {
        if self.earliest() > on {
            return Err(BirthRefused::Future(self.to_string()));
        }
        if on.year() - self.latest().year() > 120 {
            return Err(BirthRefused::TooOld(self.to_string()));
        }
        Ok(self)
    }

    /// The earliest day this person may have been born on.
    pub fn earliest(self) -> Date {
        match self {
            Birth::Day(day) => day,
            Birth::Month(year, month) => first_of(year, month),
            Birth::Year(year) => first_of(year, 1),
            Birth::About(year) => first_of(year - ABOUT_YEARS, 1),
        }
    }

    /// The latest day this person may have been born on.
    pub fn latest(self) -> Date {
        match self {
            Birth::Day(day) => day,
            Birth::Month(year, 12) => last_of_year(year),
            Birth::Month(year, month) => first_of(year, month + 1).pred_opt().unwrap_or(Date::MAX),
            Birth::Year(year) => last_of_year(year),
            Birth::About(year) => last_of_year(year + ABOUT_YEARS),
        }
    }

    /// The youngest and oldest whole age on the day `on`; equal when the date of birth is exact enough.
    pub fn age_on(self, on: Date) -> (i32, i32) {
        (whole_years(self.latest(), on).max(0), whole_years(self.earliest(), on).max(0))
    }

    /// The stated year, for search keys.
    pub fn year(self) -> i32 {
        match self {
            Birth::Day(day) => day.year(),
            Birth::Month(year, _) | Birth::Year(year) | Birth::About(year) => year,
        }
    }
}

fn first_of(year: i32, month: u32) -> Date {
    Date::from_ymd_opt(year, month, 1).unwrap_or(Date::MIN)
}

fn last_of_year(year: i32) -> Date {
    Date::from_ymd_opt(year, 12, 31).unwrap_or(Date::MAX)
}

/// Whole years between a birthday and a day; a child born on 29 February turns a year older on 1 March.
fn whole_years(born: Date, on: Date) -> i32 {
    let before_birthday = (on.month(), on.day()) < (born.month(), born.day());
    on.year() - born.year() - i32::from(before_birthday)
}

impl std::fmt::Display for Birth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Birth::Day(day) => write!(f, "{day}"),
            Birth::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Birth::Year(year) => write!(f, "{year:04}"),
            Birth::About(year) => write!(f, "~{year:04}"),
        }
    }
}

impl std::str::FromStr for Birth {
    type Err = BirthRefused;
    fn from_str(text: &str) -> Result<Self, BirthRefused> {
        Birth::parse(text)
    }
}

impl TryFrom<String> for Birth {
    type Error = BirthRefused;
    fn try_from(text: String) -> Result<Self, BirthRefused> {
        Birth::parse(&text)
    }
}

impl From<Birth> for String {
    fn from(birth: Birth) -> String {
        birth.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a test date")
    }

    #[test]
    fn a_partial_birth_gives_an_interval_of_ages() {
        let check = |birth: &str, on: &str, want: (i32, i32)| {
            assert_eq!(Birth::parse(birth).expect("a birth").age_on(day(on)), want, "{birth} on {on}");
        };
        check("1985-03-02", "2026-03-01", (40, 40));
        check("1985-03-02", "2026-03-02", (41, 41));
        check("1985-03", "2026-03-15", (40, 41));
        check("1985", "2026-06-01", (40, 41));
        check("~1985", "2026-06-01", (38, 43));
        check("2004-02-29", "2026-02-28", (21, 21));
        check("2004-02-29", "2026-03-01", (22, 22));
    }

    #[test]
    fn an_impossible_birth_is_refused_with_the_next_step() {
        let check = |birth: &str, want: &str| {
            let outcome = Birth::parse(birth).and_then(|b| b.checked(day("2026-11-22")));
            assert_eq!(outcome.expect_err("refused").to_string(), want);
        };
        check("1985-13", "\"1985-13\" is not a date of birth. Write 1985, 1985-03, 1985-03-02, or an age such as 34.");
        check("2027", "The date of birth 2027 is in the future. Check the year.");
        check("1850", "The date of birth 1850 makes this person older than 120. Check the year.");
    }
}
