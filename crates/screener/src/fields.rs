//! The fields of a sent form, cleaned as they are read; and what is wrong with them.

use domain::Date;
use std::{collections::BTreeMap, str::FromStr};

/// The fields of a form by name; a name may stand several times.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    values: BTreeMap<String, Vec<String>>,
}

impl Fields {
    /// Reads `application/x-www-form-urlencoded` text.
    pub fn parse(body: &str) -> Self {
        let mut fields = Fields::default();
        for pair in body.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            fields.add(&decode(name), &decode(value));
        }
        fields
    }

    /// Adds a value. Direction overrides and control characters never come in.
    pub fn add(&mut self, name: &str, value: &str) {
        self.values.entry(name.to_owned()).or_default().push(linkage::text::clean_input(value));
    }

    /// The first value of a field, cleaned; empty when it was not sent.
    pub fn text(&self, name: &str) -> &str {
        self.values.get(name).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// The first value, or `None` when it is empty.
    pub fn opt(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// Every value of a field.
    pub fn all(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether a box with this value is ticked, or a radio chosen.
    pub fn is(&self, name: &str, value: &str) -> bool {
        self.all(name).iter().any(|v| v == value)
    }

    /// A field read as its type; `Ok(None)` when it is empty.
    pub fn read<V: FromStr>(&self, name: &str) -> Result<Option<V>, V::Err> {
        self.opt(name).map(|text| text.parse()).transpose()
    }

    /// A whole number in any digits people type, with or without separators.
    pub fn number(&self, name: &str) -> Option<Result<i64, NotANumber>> {
        let typed = self.opt(name)?;
        let digits: String =
            linkage::text::ascii_digits(&typed).chars().filter(|c| !matches!(c, ',' | ' ' | '٬')).collect();
        Some(digits.parse().map_err(|_| NotANumber))
    }

    /// A date from the parts `NAME_day`, `NAME_month`, `NAME_year`, or from `NAME` as `2026-11-22`.
    pub fn date(&self, name: &str) -> Option<Result<Date, NotANumber>> {
        if let Some(text) = self.opt(name) {
            return Some(linkage::text::ascii_digits(&text).parse().map_err(|_| NotANumber));
        }
        let part = |part: &str| self.number(&format!("{name}_{part}"));
        let (day, month, year) = (part("day"), part("month"), part("year"));
        if day.is_none() && month.is_none() && year.is_none() {
            return None;
        }
        let whole = || {
            let year = i32::try_from(year?.ok()?).ok()?;
            Date::from_ymd_opt(year, u32::try_from(month?.ok()?).ok()?, u32::try_from(day?.ok()?).ok()?)
        };
        Some(whole().ok_or(NotANumber))
    }

    /// Every field and value, for pages that give a form back.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().flat_map(|(name, values)| values.iter().map(move |value| (name.as_str(), value.as_str())))
    }
}

/// Typed text that is no number, or parts that are no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotANumber;

fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = |b: u8| (b as char).to_digit(16);
        match (first, after) {
            (b'+', _) => bytes.push(b' '),
            (b'%', [high, low, ..]) if hex(*high).is_some() && hex(*low).is_some() => {
                let value = hex(*high).unwrap_or(0) * 16 + hex(*low).unwrap_or(0);
                bytes.push(u8::try_from(value).unwrap_or(b'?'));
                rest = &after[2..];
                continue;
            }
            (byte, _) => bytes.push(*byte),
        }
        rest = after;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What is wrong with a form: a sentence per field, in the reader's language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Errors {
    list: Vec<(String, String)>,
}

impl Errors {
    /// Notes a sentence about a field.
    pub fn add(&mut self, field: &str, sentence: impl Into<String>) {
        self.list.push((field.to_owned(), sentence.into()));
    }

    /// One sentence about one field.
    pub fn one(field: &str, sentence: impl Into<String>) -> Self {
        let mut errors = Errors::default();
        errors.add(field, sentence);
        errors
    }

    /// Nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many sentences there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The sentence about a field.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.list.iter().find(|(name, _)| name == field).map(|(_, sentence)| sentence.as_str())
    }

    /// Every field and sentence, for the summary.
    pub fn all(&self) -> &[(String, String)] {
        &self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_typed_and_cleaned() {
        let fields =
            Fields::parse("name=Amina+Bibi&village=%D9%BE%D8%A8%DB%8C&pick=a&pick=b&bad=%zz%4&spoof=%E2%80%AEabc");
        assert_eq!(fields.text("name"), "Amina Bibi");
        assert_eq!(fields.text("village"), "پبی");
        assert_eq!(fields.all("pick"), ["a", "b"]);
        assert_eq!(fields.text("bad"), "%zz%4");
        assert_eq!(fields.text("spoof"), "abc");
        assert_eq!(fields.opt("absent"), None);
    }

    #[test]
    fn a_date_in_parts_takes_any_digits() {
        let check = |body: &str, want: Option<Result<&str, NotANumber>>| {
            let want = want.map(|w| w.map(|d| d.parse::<Date>().expect("a test date")));
            assert_eq!(Fields::parse(body).date("on"), want, "{body}");
        };
        check("on_day=22&on_month=11&on_year=2026", Some(Ok("2026-11-22")));
        check("on_day=%DB%B2%DB%B2&on_month=11&on_year=2026", Some(Ok("2026-11-22")));
        check("on_day=31&on_month=2&on_year=2026", Some(Err(NotANumber)));
        check("on_day=&on_month=&on_year=", None);
    }
}
