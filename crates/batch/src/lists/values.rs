//! What cells say: numbers, dates, amounts as people write them, in any digits.

use chrono::Datelike;
use domain::{
    Date,
    money::Paisa,
    people::{Birth, Sex},
};
use linkage::text::ascii_digits;

/// Digits of an identity number: `None` when they cannot be one.
pub(super) fn number(typed: &str) -> Option<String> {
    let plain = ascii_digits(typed);
    // 1.72011E+12 is what a spreadsheet leaves of a number: its last digits are lost.
    if plain.to_ascii_uppercase().contains("E+") {
        return None;
    }
    let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
    let same = digits.bytes().all(|digit| Some(digit) == digits.bytes().next());
    ((11..=14).contains(&digits.len()) && !same).then_some(digits)
}

/// A date of birth. A first of January is a year: forms want a day and people know only the year.
pub(super) fn birth(typed: &str, on: Date) -> Option<Birth> {
    let found = match date(typed) {
        Some(day) if day.month() == 1 && day.day() == 1 => Birth::Year(day.year()),
        Some(day) => Birth::Day(day),
        None => Birth::parse(ascii_digits(typed).trim()).ok()?,
    };
    found.checked(on).ok()
}

/// An age in whole years.
pub(super) fn age(typed: &str, on: Date) -> Option<Birth> {
    let plain = ascii_digits(typed);
    let digits: String = plain.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    let age: i32 = digits.parse().ok().filter(|age| (0..=120).contains(age))?;
    Some(Birth::about_age(age, on))
}

/// A whole date: `2026-11-22`, `22-11-2026`, `22/11/2026`, `22.11.2026`.
pub(super) fn date(typed: &str) -> Option<Date> {
    let plain = ascii_digits(typed);
    let day = plain.split(['T', ' ']).next().unwrap_or_default();
    let parts: Vec<&str> = day.split(['-', '/', '.']).map(str::trim).collect();
    let number = |text: &str| text.parse::<u32>().ok();
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => (number(year)?, number(month)?, number(day)?),
        [day, month, year] if year.len() == 4 => (number(year)?, number(month)?, number(day)?),
        _ => return None,
    };
    Date::from_ymd_opt(i32::try_from(year).ok()?, month, day).filter(|day| (1880..2200).contains(&day.year()))
}

/// Rupees as `12,000`, `Rs 12000/-`, `12000.50`.
pub(super) fn amount(typed: &str) -> Option<Paisa> {
    let plain = ascii_digits(typed);
    let plain = plain.trim().trim_end_matches("/-").trim_end_matches("/=").trim();
    let begun = plain.find(|c: char| c.is_ascii_digit())?;
    let (before, rest) = plain.split_at(begun);
    // A minus, or letters that are no "Rs", are no amount.
    let rupees = before.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect::<String>();
    if before.contains('-') || !["", "rs", "pkr", "روپے", "روپیہ"].contains(&rupees.as_str()) {
        return None;
    }
    let rest: String = rest.chars().filter(|c| !matches!(c, ',' | ' ' | '٬')).collect();
    let (whole, part) = rest.split_once('.').unwrap_or((&rest, ""));
    let part = if part.is_empty() { 0 } else { format!("{part:0<2}").get(..2)?.parse::<i64>().ok()? };
    let whole: i64 = whole.parse().ok()?;
    whole.checked_mul(100)?.checked_add(part).map(Paisa)
}

/// As written in English, Urdu or Pashto, or by a letter.
pub(super) fn sex(typed: &str) -> Option<Sex> {
    Some(match typed.to_lowercase().trim() {
        "f" | "female" | "woman" | "girl" | "عورت" | "خاتون" | "زنانہ" | "مونث" | "ښځه" | "ښځينه" | "ښځینه" => {
            Sex::Female
        }
        "m" | "male" | "man" | "boy" | "مرد" | "مردانہ" | "مذکر" | "نر" | "نارينه" | "نارینه" => {
            Sex::Male
        }
        "t" | "x" | "trans" | "transgender" | "خواجہ سرا" | "خواجہسرا" => Sex::Transgender,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Date {
        Date::from_ymd_opt(2026, 11, 22).expect("a day")
    }

    #[test]
    fn a_number_that_a_spreadsheet_spoiled_is_no_number() {
        let check = |typed: &str, want: Option<&str>| assert_eq!(number(typed).as_deref(), want, "{typed}");
        check("17201-2345678-2", Some("1720123456782"));
        check("۱۷۲۰۱-۲۳۴۵۶۷۸-۲", Some("1720123456782"));
        check("1.72012E+12", None);
        check("11111-1111111-1", None);
        check("172012345678", Some("172012345678"));
        check("nil", None);
    }

    #[test]
    fn dates_and_ages_keep_what_is_known() {
        let check = |typed: &str, want: Option<&str>| {
            assert_eq!(birth(typed, today()).map(|b| b.to_string()).as_deref(), want, "{typed}");
        };
        check("02/03/1988", Some("1988-03-02"));
        check("1988-03-02", Some("1988-03-02"));
        check("01-01-1988", Some("1988"));
        check("۱۹۸۸", Some("1988"));
        check("2030-05-01", None);
        check("31/02/1988", None);
        assert_eq!(age("34 years", today()).map(|b| b.to_string()).as_deref(), Some("~1992"));
        assert_eq!(age("-", today()), None);
    }

    #[test]
    fn amounts_are_read_as_offices_write_them() {
        let check = |typed: &str, want: Option<i64>| assert_eq!(amount(typed).map(|a| a.0), want, "{typed}");
        check("12,000", Some(1_200_000));
        check("Rs. 12000/-", Some(1_200_000));
        check("۱۲۰۰۰", Some(1_200_000));
        check("12000.5", Some(1_200_050));
        check("-500", None);
        check("see note", None);
        check("99999999999999999999", None);
    }
}
