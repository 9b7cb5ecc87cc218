//! Conditions, numbers and codes of the policy language as SQL expressions.

use super::{
    facts::Read,
    numbers::Number,
    writer::{Frame, Writer, literal, literals},
};
use crate::{
    Interval,
    expr::{
        check::{AGE_MAX, AGE_MONTHS_MAX},
        rule::{At, AtomKind, CodeOf, Cond, Num, Who},
    },
};

impl Writer<'_> {
    /// A condition; safe beside any operator.
    pub(super) fn cond(&mut self, cond: &Cond, frame: &mut Frame) -> String {
        match cond {
            Cond::Const(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
            Cond::Not(inner) => format!("(NOT {})", self.cond(inner, frame)),
            Cond::And(parts) => self.joined(parts, "AND", "TRUE", frame),
            Cond::Or(parts) => self.joined(parts, "OR", "FALSE", frame),
            Cond::If(parts) => {
                let [c, a, b] = [0, 1, 2].map(|part: usize| self.cond(&parts[part], frame));
                // While the condition is not known, the answer is known only if it is the same either way.
                format!("(CASE WHEN {c} THEN {a} WHEN NOT {c} THEN {b} WHEN {a} = {b} THEN {a} END)")
            }
            Cond::Same(two) => format!("({} = {})", self.cond(&two[0], frame), self.cond(&two[1], frame)),
            Cond::Atom(atom) => self.atom(&atom.kind, frame),
        }
    }

    fn joined(&mut self, parts: &[Cond], word: &str, nothing: &str, frame: &mut Frame) -> String {
        let parts: Vec<String> = parts.iter().map(|part| self.cond(part, frame)).collect();
        if parts.is_empty() { nothing.to_owned() } else { format!("({})", parts.join(&format!(" {word} "))) }
    }

    fn atom(&mut self, kind: &AtomKind, frame: &mut Frame) -> String {
        match kind {
            AtomKind::Fact(at) => self.column(*at, Read::Value, frame),
            AtomKind::Has(at, code) => self.column(*at, Read::Has(*code), frame),
            AtomKind::Number(sign, a, b) => {
                let (a, b) = (self.number(a, frame), self.number(b, frame));
                Number::compare(*sign, &a, &b)
            }
            AtomKind::OneOf(code, codes) => self.one_of(code, codes, frame),
            AtomKind::Some(body) => {
                let (yes, unknown) = self.members_who(body, frame);
                let open = frame.household("open");
                format!("(CASE WHEN {yes} > 0 THEN TRUE WHEN {unknown} = 0 AND NOT {open} THEN FALSE END)")
            }
            AtomKind::All(body) => {
                let (yes, unknown) = self.members_who(body, frame);
                let (open, members) = (frame.household("open"), frame.household("members"));
                format!(
                    "(CASE WHEN {yes} + {unknown} < {members} THEN FALSE WHEN {unknown} = 0 AND NOT {open} THEN TRUE END)"
                )
            }
        }
    }

    fn one_of(&mut self, code: &CodeOf, codes: &[u16], frame: &mut Frame) -> String {
        let slot = first_fact(code);
        let text = self.code(code, frame, slot);
        let names = slot.map(|at| self.codes_of(at)).unwrap_or_default();
        let wanted: Vec<&str> = codes.iter().filter_map(|code| names.get(usize::from(*code)).copied()).collect();
        if wanted.is_empty() {
            return format!("(CASE WHEN {text} IS NOT NULL THEN FALSE END)");
        }
        format!("({text} IN ({}))", literals(wanted.into_iter()))
    }

    /// A code as text, NULL when not known. `like` is a fact with the same codes, to read written ones by number.
    pub(super) fn code(&mut self, code: &CodeOf, frame: &mut Frame, like: Option<At>) -> String {
        match code {
            CodeOf::Const(number) => {
                let names = like.map(|at| self.codes_of(at)).unwrap_or_default();
                names.get(usize::from(*number)).map_or("NULL".to_owned(), |code| literal(code))
            }
            CodeOf::Fact(at) => self.column(*at, Read::Value, frame),
            CodeOf::If(parts) => {
                let cond = self.cond(&parts.0, frame);
                let (a, b) = (self.code(&parts.1, frame, like), self.code(&parts.2, frame, like));
                format!("(CASE WHEN {cond} THEN {a} WHEN NOT {cond} THEN {b} WHEN {a} = {b} THEN {a} END)")
            }
        }
    }

    /// A number at the scale its user knows.
    pub(super) fn number(&mut self, num: &Num, frame: &mut Frame) -> Number {
        let age = |most: i64| Interval { low: 0, high: most };
        match num {
            Num::Const(value) => Number::constant(*value),
            Num::Fact(at) => self.number_fact(*at, frame),
            Num::Score(score) => self.score(usize::from(*score), frame),
            Num::AgeYears(who) => self.age(*who, "age", age(AGE_MAX), frame),
            Num::AgeMonths(who) => self.age(*who, "months", age(AGE_MONTHS_MAX), frame),
            Num::Neg(inner) => self.number(inner, frame).neg(),
            Num::Add(two) => self.number(&two[0], frame).plus("+", self.number(&two[1], frame)),
            Num::Sub(two) => self.number(&two[0], frame).plus("-", self.number(&two[1], frame)),
            Num::Mul(two) => self.number(&two[0], frame).times(self.number(&two[1], frame)),
            Num::Raised(inner, factor) => self.number(inner, frame).times(Number::constant(*factor)),
            Num::Div(inner, by) => self.number(inner, frame).over(*by),
            Num::If(parts) => {
                let cond = self.cond(&parts.0, frame);
                Number::choice(&cond, self.number(&parts.1, frame), self.number(&parts.2, frame))
            }
            Num::Size => self.size(frame),
            Num::Count(body) => self.count(body, frame),
            Num::Sum(sum) => self.sum(sum, frame),
        }
    }

    fn age(&mut self, who: Who, unit: &str, bounds: Interval, frame: &mut Frame) -> Number {
        self.base_ages();
        let mut end = |end: &str| frame.person(who == Who::Bound, &format!("person.{unit}.{end}"));
        Number::between(end("low"), end("high"), bounds)
    }
}

/// The first fact of a choice between codes; all of them have the same codes.
fn first_fact(code: &CodeOf) -> Option<At> {
    match code {
        CodeOf::Const(_) => None,
        CodeOf::Fact(at) => Some(*at),
        CodeOf::If(parts) => first_fact(&parts.1).or_else(|| first_fact(&parts.2)),
    }
}
