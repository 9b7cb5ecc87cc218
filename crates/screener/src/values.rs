//! Values in words: one wording for questions, reasons, answers and the terminal.

use crate::text::T;
use domain::money::Paisa;
use rules::{
    Interval, Pack, Value,
    pack::fact::{Fact, FactType},
};

/// The unit of an age in completed years.
pub const YEARS: &str = "years";
/// The unit of an age in completed months.
pub const MONTHS: &str = "months";
/// The unit of a count of members.
pub const PERSONS: &str = "persons";

/// Yes or no.
pub fn yes_no(t: T, yes: bool) -> String {
    t.m(if yes { "value-yes" } else { "value-no" })
}

/// A value of a fact as people read it; programmes and places by their codes, where no pack is at hand.
pub fn value(t: T, fact: &Fact, value: &Value) -> String {
    in_words(t, fact, value, &|code| fact.code_text(code, t.lang()).to_owned())
}

/// A value of a fact as people read it, programmes and places by name.
pub fn named(pack: &Pack, t: T, fact: &Fact, value: &Value) -> String {
    in_words(t, fact, value, &|code| code_text(pack, t, fact, code))
}

fn in_words(t: T, fact: &Fact, value: &Value, code: &dyn Fn(&str) -> String) -> String {
    match value {
        Value::Bool(yes) => yes_no(t, *yes),
        Value::Int(n) | Value::Decimal(n) => number(t, *n, scale(fact), &fact.unit),
        Value::Code(one) => code(one),
        Value::Set { has, .. } if has.is_empty() => t.m("value-none"),
        Value::Set { has, .. } => list(t, has.iter().map(|one| code(one))),
        Value::Date(birth) if birth.earliest == birth.latest => t.date(birth.earliest),
        Value::Date(birth) => {
            t.with("value-between", &[("low", t.date(birth.earliest).into()), ("high", t.date(birth.latest).into())])
        }
    }
}

/// What a code means; a programme or a place by its name.
pub fn code_text(pack: &Pack, t: T, fact: &Fact, code: &str) -> String {
    let told = fact.codes.iter().find(|c| c.id == *code).filter(|c| !c.text.is_empty()).map(|c| t.pack(&c.text));
    let named = || pack.programme(code).map(|programme| t.pack(&programme.name.words));
    let placed = || pack.place(code).map(|place| t.pack(&place.name));
    told.or_else(named).or_else(placed).unwrap_or(code).to_owned()
}

/// An amount that is never broken over two lines, where its parts would change places in right-to-left text.
pub fn money(t: T, amount: Paisa) -> String {
    t.money(amount).replace(' ', "\u{a0}")
}

/// Digits after the point of a fact's numbers.
pub fn scale(fact: &Fact) -> u8 {
    match fact.kind_of_value {
        FactType::Decimal { scale } => scale,
        _ => 0,
    }
}

/// A number that stands for itself times ten to `scale`, with its unit; rupees as money.
pub fn number(t: T, n: i64, scale: u8, unit: &str) -> String {
    with_unit(t, written(t, n, scale, unit), unit)
}

fn written(t: T, n: i64, scale: u8, unit: &str) -> String {
    let rupees = unit.starts_with("PKR") && scale == 0;
    match Paisa::from_rupees(n).filter(|_| rupees) {
        Some(amount) => money(t, amount),
        None => digits(n, scale),
    }
}

fn with_unit(t: T, written: String, unit: &str) -> String {
    let id = format!("unit-{}", slug(unit));
    match unit {
        "" => written,
        _ if t.has(&id) => t.a(&id, "n", written),
        _ => format!("{written} {unit}"),
    }
}

/// A number of which only the bounds are known.
pub fn interval(t: T, seen: Interval, scale: u8, unit: &str) -> String {
    match seen.known() {
        Some(n) => number(t, n, scale, unit),
        None => {
            let (low, high) = (written(t, seen.low, scale, unit), written(t, seen.high, scale, unit));
            with_unit(t, t.with("value-between", &[("low", low.into()), ("high", high.into())]), unit)
        }
    }
}

/// `PKR per month` as message ids spell it: `pkr-per-month`.
fn slug(unit: &str) -> String {
    let words = unit.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

/// Decimal digits, without zeros at the end of the fraction.
pub fn digits(n: i64, scale: u8) -> String {
    let sign = if n < 0 { "-" } else { "" };
    let power = 10u64.checked_pow(u32::from(scale)).unwrap_or(1);
    let (whole, rest) = (n.unsigned_abs() / power, n.unsigned_abs() % power);
    let fraction = format!("{rest:0width$}", width = usize::from(scale));
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        fraction => format!("{sign}{whole}.{fraction}"),
    }
}

/// Several things in a row, in the reader's punctuation.
pub fn list(t: T, items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(&t.m("value-comma"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::language::Lang;

    #[test]
    fn numbers_are_written_with_their_unit() {
        let check = |n: i64, scale: u8, unit: &str, want: &str| {
            let text = number(T(Lang::En), n, scale, unit).replace('\u{a0}', " ");
            let plain: String = text.replace(['\u{2068}', '\u{2069}'], "");
            assert_eq!(plain, want);
        };
        check(34, 0, "years", "34 years");
        check(32_000, 0, "PKR per month", "Rs 32,000 a month");
        check(3_199, 2, "", "31.99");
        check(3_200, 2, "", "32");
        check(-50, 2, "", "-0.5");
        check(7, 0, "camels", "7 camels");
        let between = interval(T(Lang::En), Interval::new(40, 41), 0, "years").replace(['\u{2068}', '\u{2069}'], "");
        assert_eq!(between, "between 40 and 41 years");
    }
}
