//! Checks a mapping against the facts of a pack.

use super::{
    COMPLETE, Complete, DateAs, Mapping, SURVEY, Source,
    raw::{RawComplete, RawMapping, RawSource, RawText, line_of},
};
use crate::{
    fault::{Fault, Faults, Place},
    field::{Field, MOST_PARTS, fields_of},
};
use rules::{
    Date, Pack, did_you_mean,
    pack::fact::{FactKind, FactType},
};
use toml::Spanned;

struct Checker<'a> {
    file: &'a str,
    text: &'a str,
    pack: &'a Pack,
    faults: Vec<Fault>,
}

pub(super) fn check(file: &str, text: &str, raw: RawMapping, pack: &Pack) -> Result<Mapping, Faults> {
    let mut checker = Checker { file, text, pack, faults: vec![] };
    let mapping = checker.mapping(raw);
    checker.faults.sort();
    if checker.faults.is_empty() { Ok(mapping) } else { Err(Faults(checker.faults)) }
}

impl Checker<'_> {
    fn mapping(&mut self, raw: RawMapping) -> Mapping {
        let mut mapping = Mapping {
            file: self.file.to_owned(),
            day: raw.day.and_then(|day| self.date(&day)),
            household_id: raw.households.id,
            district: raw.households.district,
            person_household: raw.persons.household,
            person_id: raw.persons.id,
            household_null: texts(&raw.households.null),
            person_null: texts(&raw.persons.null),
            ..Mapping::default()
        };
        match raw.members_complete {
            None => {}
            Some(RawComplete::Always(always)) => mapping.complete = Complete::Always(always),
            Some(RawComplete::Column(source)) => {
                mapping.complete = Complete::Column;
                mapping.facts.insert(COMPLETE.into(), self.source(COMPLETE, None, *source));
            }
        }
        let sections =
            [("household", raw.household), ("person", raw.person), ("scores", raw.scores), ("survey", raw.survey)];
        for (record, sources) in sections {
            for (name, source) in sources {
                let id = format!("{record}.{}", name.get_ref());
                if let Some(source) = self.fact(&id, name.span().start, source) {
                    mapping.facts.insert(id, source);
                }
            }
        }
        if mapping.facts.contains_key(COMPLETE) {
            mapping.complete = Complete::Column;
        }
        self.district_as_fact(&mut mapping);
        mapping
    }

    /// A column of districts is the fact `household.district` where the pack declares one.
    fn district_as_fact(&self, mapping: &mut Mapping) {
        if self.pack.fact("household.district").is_none_or(|fact| fact.kind_of_value != FactType::Code) {
            return;
        }
        if let Some(column) = mapping.district.take() {
            mapping.facts.entry("household.district".into()).or_insert(Source { column, ..Source::default() });
        }
    }

    fn say(&mut self, at: usize, message: String, suggestion: Option<String>) {
        let place = line_of(self.text, at);
        self.faults.push(Fault { file: self.file.into(), place, column: String::new(), message, suggestion });
    }

    fn fact(&mut self, id: &str, at: usize, raw: RawSource) -> Option<Source> {
        if let Some(fact) = self.pack.fact(id).filter(|fact| fact.kind == FactKind::Derived) {
            let message = format!("`{id}` is derived from `{}`, so it is not read from a table.", fact.derive);
            self.say(at, message, Some("Map the facts it is derived from.".into()));
            return None;
        }
        let Some(field) = fields_of(self.pack, id).into_iter().next() else {
            if id == COMPLETE {
                return Some(self.source(id, None, raw));
            }
            let scores: Vec<String> = self.pack.scores().iter().map(|s| format!("scores.{}", s.id)).collect();
            let known = self.pack.facts().iter().map(|f| &*f.id).chain(scores.iter().map(String::as_str));
            let near = did_you_mean(id, known.chain(SURVEY));
            let message = match id.strip_prefix("survey.") {
                Some(_) => format!("`{id}` is nothing that a survey tells: {}.", SURVEY.join(", ")),
                None => format!("The policy declares no fact `{id}`."),
            };
            self.say(at, message, near);
            return None;
        };
        if fields_of(self.pack, id).len() > MOST_PARTS {
            let message = format!("`{id}` has {} codes; a set read from a table may have 128.", field.codes.len());
            self.say(at, message, None);
        }
        Some(self.source(id, Some(&field), raw))
    }

    fn source(&mut self, id: &str, field: Option<&Field>, raw: RawSource) -> Source {
        let kind = field.map_or(FactType::Bool, |f| f.kind);
        self.fitting(id, kind, &raw);
        let codes = raw.codes.into_iter().map(|(from, to)| {
            let known = field.is_none_or(|f| f.codes.iter().any(|code| code == to.get_ref()));
            if !known && !to.get_ref().is_empty() {
                let near = did_you_mean(to.get_ref(), field.into_iter().flat_map(|f| &f.codes).map(String::as_str));
                self.say(to.span().start, format!("`{id}` has no code `{}`.", to.get_ref()), near);
            }
            (from, to.into_inner())
        });
        let codes = codes.collect();
        let factor = raw.factor.and_then(|factor| {
            let read = fraction(&factor.get_ref().text());
            if read.is_none() {
                let message = format!("`{}` is no factor.", factor.get_ref().text());
                self.say(
                    factor.span().start,
                    message,
                    Some("Write a number or a fraction: 1000, 0.5, \"1/12\".".into()),
                );
            }
            read
        });
        let outside_is_unknown = raw.outside.as_ref().is_some_and(|o| o.get_ref() == "unknown");
        if let Some(other) = raw.outside.filter(|_| !outside_is_unknown) {
            let message = format!("`outside` cannot be `{}`.", other.get_ref());
            self.say(other.span().start, message, Some("It may be \"unknown\", or be left out.".into()));
        }
        Source {
            column: raw.column,
            codes,
            factor,
            round: raw.round,
            null: texts(&raw.null),
            yes: texts(&raw.yes),
            no: texts(&raw.no),
            date: raw.date,
            at: raw.at.and_then(|at| self.date(&at)),
            separator: raw.separator,
            some_codes: raw.complete == Some(false),
            outside_is_unknown,
        }
    }

    /// Settings that mean nothing for the fact's type are a slip of the pen.
    fn fitting(&mut self, id: &str, kind: FactType, raw: &RawSource) {
        let number = matches!(kind, FactType::Int | FactType::Decimal { .. });
        let coded = matches!(kind, FactType::Code | FactType::Set);
        let wrong = [
            ("codes", !raw.codes.is_empty() && !coded),
            ("factor", raw.factor.is_some() && !number),
            ("round", raw.round.is_some() && !number),
            ("outside", raw.outside.is_some() && !number),
            ("yes", !raw.yes.is_empty() && kind != FactType::Bool),
            ("no", !raw.no.is_empty() && kind != FactType::Bool),
            ("as", raw.date != DateAs::Date && kind != FactType::Date),
            ("at", raw.at.is_some() && raw.date != DateAs::Age),
            ("separator", raw.separator.is_some() && kind != FactType::Set),
            ("complete", raw.complete.is_some() && kind != FactType::Set),
        ];
        for (setting, _) in wrong.into_iter().filter(|(_, wrong)| *wrong) {
            let message = format!("`{setting}` means nothing for `{id}`, which is {}.", in_words(kind));
            let fault = Fault { column: raw.column.clone(), ..Fault::of(self.file, message) };
            self.faults.push(fault.at(Place::Whole));
        }
    }

    fn date(&mut self, written: &Spanned<String>) -> Option<Date> {
        let date = written.get_ref().parse().ok();
        if date.is_none() {
            let message = format!("`{}` is no day.", written.get_ref());
            self.say(written.span().start, message, Some("Write it as \"2026-06-30\".".into()));
        }
        date
    }
}

/// The type of a fact in words.
pub(crate) fn in_words(kind: FactType) -> String {
    match kind {
        FactType::Bool => "yes or no".into(),
        FactType::Int => "a whole number".into(),
        FactType::Decimal { scale } => format!("a number with {scale} decimals"),
        FactType::Code => "one code".into(),
        FactType::Set => "a set of codes".into(),
        FactType::Date => "a date".into(),
    }
}

fn texts(raw: &[RawText]) -> Vec<String> {
    raw.iter().map(RawText::text).collect()
}

/// `1000`, `0.5` or `1/12` as numerator and denominator, both above zero.
fn fraction(text: &str) -> Option<(i64, i64)> {
    let (above, below) = text.split_once('/').unwrap_or((text, "1"));
    let ((a, a_digits), (b, b_digits)) = (decimal(above.trim())?, decimal(below.trim())?);
    let ten = |digits: u8| 10i64.checked_pow(u32::from(digits));
    let (above, below) = (a.checked_mul(ten(b_digits)?)?, b.checked_mul(ten(a_digits)?)?);
    (above > 0 && below > 0).then_some((above, below))
}

/// The digits of a number written in the usual way, and how many stand after the point.
pub(crate) fn decimal(text: &str) -> Option<(i64, u8)> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let part = part.trim_end_matches('0');
    let sound =
        (!whole.is_empty() || !part.is_empty()) && whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit());
    if !sound {
        return None;
    }
    let all: i64 = format!("{whole}{part}").parse().ok()?;
    Some((sign * all, u8::try_from(part.len()).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_are_fractions() {
        let check = |text: &str, wanted| assert_eq!(fraction(text), wanted, "{text}");
        check("1000", Some((1000, 1)));
        check("0.5", Some((5, 10)));
        check("1/12", Some((1, 12)));
        check("2.5/0.1", Some((250, 10)));
        check("0", None);
        check("-1", None);
        check("a", None);
        check("", None);
    }
}
