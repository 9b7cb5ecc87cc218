//! Days and years of birth. A first of January is a year: forms want a day and people know only the year.

use crate::text;

/// A day, or a year alone (month and day 0).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Date {
    pub(super) year: u16,
    pub(super) month: u8,
    pub(super) day: u8,
}

impl Date {
    pub(super) fn is_day(self) -> bool {
        self.day > 0
    }

    pub(super) fn packed(self) -> u64 {
        u64::from(self.year) << 16 | u64::from(self.month) << 8 | u64::from(self.day)
    }
}

/// Reads `1988-03-21`, `19880321`, `21-03-1988`, `21/3/1988` and `1988`, in any digits. `None` for anything else.
pub(super) fn read(typed: &str) -> Option<Date> {
    let plain = text::ascii_digits(typed);
    let groups: Vec<&str> =
        plain.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let number = |part: &str| part.parse::<u32>().ok();
    let (year, month, day) = match groups.as_slice() {
        [all] if all.len() == 8 => (number(&all[..4])?, number(&all[4..6])?, number(&all[6..])?),
        [year] if year.len() == 4 => (number(year)?, 0, 0),
        [year, month, day, ..] if year.len() == 4 => (number(year)?, number(month)?, number(day)?),
        [day, month, year] if year.len() == 4 => (number(year)?, number(month)?, number(day)?),
        _ => return None,
    };
    if !(1850..=2200).contains(&year) {
        return None;
    }
    let year = u16::try_from(year).ok()?;
    let whole = (1..=12).contains(&month) && (1..=31).contains(&day) && (month, day) != (1, 1);
    let part = |value: u32| u8::try_from(value).ok().filter(|_| whole).unwrap_or(0);
    Some(Date { year, month: part(month), day: part(day) })
}

#[cfg(test)]
mod tests {
    use super::read;
    use expect_test::{Expect, expect};

    #[test]
    fn dates_are_read_as_people_write_them() {
        let check = |typed: &str, want: Expect| {
            let shown = read(typed).map(|date| format!("{} {} {}", date.year, date.month, date.day));
            want.assert_eq(&shown.unwrap_or_default());
        };
        check("1988-03-21", expect!["1988 3 21"]);
        check("19880321", expect!["1988 3 21"]);
        check("21/3/1988", expect!["1988 3 21"]);
        check("۱۹۸۸-۰۳-۲۱", expect!["1988 3 21"]);
        check("1988-03-21T00:00:00", expect!["1988 3 21"]);
        check("1988-01-01", expect!["1988 0 0"]);
        check("1988", expect!["1988 0 0"]);
        check("1988-13-44", expect!["1988 0 0"]);
        check("88", expect![""]);
        check("unknown", expect![""]);
    }
}
