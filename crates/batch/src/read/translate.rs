//! From a cell of somebody's table to the numbers of a fact's columns. Nothing is guessed: a cell that does not fit is
//! a fault, unless the mapping says that it means *not known*.

use super::raw::{Raw, day};
use crate::{
    column::UNKNOWN,
    fault::Fault,
    field::{DAY_LAST, Field, MOST_PARTS, Part},
    mapping::{DateAs, Round, Source, in_words},
};
use chrono::Months;
use rules::{Birth, Date, did_you_mean, pack::fact::FactType};
use std::collections::HashMap;

/// The numbers of one value, one per column of its fact.
pub(crate) type Parts = [i64; MOST_PARTS];

/// Reads the cells of one column as values of one fact.
#[derive(Debug)]
pub(crate) struct Translator {
    /// The columns it fills.
    pub(crate) fields: Vec<Field>,
    /// The table, for messages.
    file: String,
    source: Source,
    null: Vec<String>,
    codes: HashMap<String, Option<i64>>,
    /// The day at which ages were stated.
    at: Date,
    unknown: Parts,
}

impl Translator {
    /// For a fact's columns, from a source in a table with its own words for *not known*.
    pub(crate) fn new(file: &str, fields: Vec<Field>, source: Source, null: &[String], day: Date) -> Self {
        let dictionary = fields.first().map_or(&[][..], |field| &field.codes);
        let place = |code: &str| dictionary.iter().position(|c| c == code).and_then(|at| i64::try_from(at).ok());
        let own = dictionary.iter().map(|code| (code.clone(), place(code)));
        let theirs = source.codes.iter().map(|(from, to)| (from.clone(), place(to)));
        let codes = own.chain(theirs).collect();
        let null = null.iter().chain(&source.null).cloned().collect();
        let unknown = match fields.first().map(|f| f.kind) {
            Some(FactType::Set) => [0; MOST_PARTS],
            _ => [UNKNOWN; MOST_PARTS],
        };
        Self { file: file.to_owned(), at: source.at.unwrap_or(day), fields, source, null, codes, unknown }
    }

    /// The table's column it reads.
    pub(crate) fn column(&self) -> &str {
        &self.source.column
    }

    fn kind(&self) -> FactType {
        self.fields.first().map_or(FactType::Bool, |field| field.kind)
    }

    fn fact(&self) -> &str {
        self.fields.first().map_or("", |field| &field.fact)
    }

    /// What every part of an unknown value is.
    pub(crate) fn unknown(&self) -> Parts {
        self.unknown
    }

    /// The bounds of whole numbers that are taken as they are, when nothing else needs to be looked at.
    pub(crate) fn as_it_is(&self) -> Option<(i64, i64)> {
        let plain = self.null.is_empty() && self.source.factor.is_none() && !self.source.outside_is_unknown;
        let field = self.fields.first().filter(|field| plain && field.kind == FactType::Int)?;
        Some((field.low, field.high))
    }

    /// The numbers of a cell.
    pub(crate) fn parts(&self, raw: Raw<'_>) -> Result<Parts, Fault> {
        if self.is_null(&raw) {
            return Ok(self.unknown);
        }
        match self.kind() {
            FactType::Bool => self.truth(raw).map(one),
            FactType::Int => self.number(raw, 0).map(one),
            FactType::Decimal { scale } => self.number(raw, scale).map(one),
            FactType::Code => self.code(&raw.text(), raw).map(|code| one(code.unwrap_or(UNKNOWN))),
            FactType::Date => self.date(raw),
            FactType::Set => self.set(raw),
        }
    }

    fn is_null(&self, raw: &Raw<'_>) -> bool {
        match raw {
            Raw::Null => true,
            // Tools without whole numbers that can be absent write the absent as "not a number".
            Raw::Double(number) if number.is_nan() => true,
            Raw::Text(text) if text.trim().is_empty() => true,
            _ if self.null.is_empty() => false,
            raw => {
                let text = raw.text();
                self.null.iter().any(|null| *null == text)
            }
        }
    }

    fn wrong(&self, message: String) -> Fault {
        Fault::of(&self.file, message).column(&self.source.column)
    }

    fn unfit(&self, raw: Raw<'_>) -> Fault {
        let fact = self.fact();
        let what = in_words(self.kind());
        let message = format!("`{raw}` is {}; `{fact}` is {what}.", raw.in_words());
        self.wrong(message).suggest("If it means that the value is not known, name it under `null` in the mapping.")
    }

    fn truth(&self, raw: Raw<'_>) -> Result<i64, Fault> {
        let text = raw.text();
        let any = |own: &[String], usual: &[&str]| match own {
            [] => usual.iter().any(|word| text.eq_ignore_ascii_case(word)),
            own => own.iter().any(|word| *word == text),
        };
        if any(&self.source.yes, &["true", "yes", "1"]) {
            return Ok(1);
        }
        if any(&self.source.no, &["false", "no", "0"]) {
            return Ok(0);
        }
        let message = format!("`{raw}` is neither yes nor no for `{}`.", self.fact());
        Err(self.wrong(message).suggest("Say in the mapping what stands for `yes`, `no` and `null`."))
    }

    /// A number in the fact's unit, at its scale and within its bounds.
    fn number(&self, raw: Raw<'_>, scale: u8) -> Result<i64, Fault> {
        let Some((digits, found)) = raw.number() else { return Err(self.unfit(raw)) };
        let (above, below) = self.source.factor.unwrap_or((1, 1));
        let ten = |digits: u8| 10i128.pow(u32::from(digits.min(18)));
        let above = i128::from(digits) * i128::from(above) * ten(scale);
        let below = i128::from(below) * ten(found);
        let whole = match self.source.round {
            _ if above.rem_euclid(below) == 0 => above / below,
            Some(Round::Down) => above.div_euclid(below),
            Some(Round::Up) => above.div_euclid(below) + 1,
            Some(Round::Nearest) => (2 * above + below).div_euclid(2 * below),
            None => {
                let message = format!(
                    "`{raw}` falls between two values of `{}`, which is {}.",
                    self.fact(),
                    in_words(self.kind())
                );
                return Err(self.wrong(message).suggest("Say in the mapping how to `round`: down, up or nearest."));
            }
        };
        let (low, high) = self.fields.first().map_or((i64::MIN, i64::MAX), |field| (field.low, field.high));
        match i64::try_from(whole) {
            Ok(number) if low <= number && number <= high => Ok(number),
            _ if self.source.outside_is_unknown => Ok(UNKNOWN),
            _ => {
                let (low, high) = (Raw::Decimal(low, scale), Raw::Decimal(high, scale));
                let message = format!("`{raw}` is outside the bounds of `{}`, {low} to {high}.", self.fact());
                let what = "Mend it, name it under `null`, or say `outside = \"unknown\"` in the mapping.";
                Err(self.wrong(message).suggest(what))
            }
        }
    }

    fn code(&self, text: &str, raw: Raw<'_>) -> Result<Option<i64>, Fault> {
        if let Some(code) = self.codes.get(text) {
            return Ok(*code);
        }
        let message = format!("`{}` has no code `{text}`.", self.fact());
        let near = did_you_mean(text, self.codes.keys().map(String::as_str));
        let fault =
            self.wrong(if matches!(raw, Raw::Bytes) { "This column holds bytes, not codes.".into() } else { message });
        Err(fault.suggest(near.unwrap_or_else(|| "Say under `codes` in the mapping what it stands for.".into())))
    }

    fn date(&self, raw: Raw<'_>) -> Result<Parts, Fault> {
        let whole = || raw.number().filter(|(_, scale)| *scale == 0).map(|(digits, _)| digits);
        let birth = match (self.source.date, raw) {
            (DateAs::Date, Raw::Days(days)) => day(days).map(Birth::day),
            (DateAs::Date, Raw::Text(text)) => Birth::parse(text.trim()),
            (DateAs::Year, _) => whole().and_then(|year| Birth::year(i32::try_from(year).ok()?)),
            (DateAs::Age, _) => whole().and_then(|age| born(self.at, age)),
            _ => None,
        };
        let Some(birth) = birth else {
            let what = "Write days as 1985-03-02, or say in the mapping `as = \"year\"` or `as = \"age\"`.";
            return Err(self.wrong(format!("`{raw}` is no date for `{}`.", self.fact())).suggest(what));
        };
        let mut parts = self.unknown;
        for (part, field) in parts.iter_mut().zip(&self.fields) {
            *part = day_number(if field.part == Part::Latest { birth.latest } else { birth.earliest });
        }
        Ok(parts)
    }

    fn set(&self, raw: Raw<'_>) -> Result<Parts, Fault> {
        let text = raw.text();
        let separator = self.source.separator.as_deref().unwrap_or(";");
        let mut bits = [0u64; MOST_PARTS];
        for code in text.split(separator).map(str::trim).filter(|code| !code.is_empty()) {
            if let Some(at) = self.code(code, raw)?.and_then(|at| usize::try_from(at).ok()) {
                bits[at / 64] |= 1 << (at % 64);
            }
        }
        let mut parts = self.unknown;
        for (part, field) in parts.iter_mut().zip(&self.fields) {
            *part = match field.part {
                Part::Has(word) => bits[word].cast_signed(),
                _ => i64::from(!self.source.some_codes),
            };
        }
        Ok(parts)
    }
}

fn one(value: i64) -> Parts {
    let mut parts = [UNKNOWN; MOST_PARTS];
    parts[0] = value;
    parts
}

/// A day as columns count it, from 1 January 1880; days before and after what a column holds count as its ends.
pub(crate) fn day_number(date: Date) -> i64 {
    let zero = Date::from_ymd_opt(1880, 1, 1).unwrap_or_default();
    (date - zero).num_days().clamp(0, DAY_LAST)
}

/// The days on which a person of so many completed years can have been born.
fn born(at: Date, age: i64) -> Option<Birth> {
    let age = u32::try_from(age).ok().filter(|age| *age < 150)?;
    let before = |years: u32| at.checked_sub_months(Months::new(12 * years));
    Some(Birth { earliest: before(age + 1)?.succ_opt()?, latest: before(age)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_the_days_on_which_one_can_have_been_born() {
        for at in ["2026-06-30", "2024-02-29", "2025-03-01"] {
            let at: Date = at.parse().unwrap();
            for age in 0..100 {
                let birth = born(at, age).unwrap();
                assert_eq!(birth.age_years(at), (age, age), "{birth:?}");
                let wider =
                    Birth { earliest: birth.earliest.pred_opt().unwrap(), latest: birth.latest.succ_opt().unwrap() };
                assert_eq!(wider.age_years(at), ((age - 1).max(0), age + 1), "{wider:?}");
            }
        }
    }
}
