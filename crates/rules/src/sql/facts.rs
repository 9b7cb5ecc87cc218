//! Facts: held, applying only under a condition, or derived.

use super::{
    numbers::Number,
    writer::{Frame, Level, Writer, literal},
};
use crate::{
    expr::rule::{At, Derived, Who},
    pack::fact::Fact,
    plan::{Otherwise, SlotPlan},
};

/// What of a fact is read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Read {
    /// Its value.
    Value,
    /// Whether a set has a code.
    Has(u16),
}

impl<'a> Writer<'a> {
    pub(super) fn slot(&self, at: At) -> (&'a SlotPlan, &'a Fact, Level) {
        let (slot, level) = match at {
            At::Household(slot) => (&self.plan.household[usize::from(slot)], Level::Household),
            At::Person(_, slot) => (&self.plan.person[usize::from(slot)], Level::Person),
        };
        (slot, &self.pack.facts[slot.fact], level)
    }

    /// A fact's codes in the order of their numbers.
    pub(super) fn codes_of(&self, at: At) -> Vec<&'a str> {
        self.slot(at).1.codes.iter().map(|code| &*code.id).collect()
    }

    /// The column of a yes/no fact, a code, or a code within a set.
    pub(super) fn column(&mut self, at: At, what: Read, frame: &mut Frame) -> String {
        let name = self.made(at, what);
        named(at, &name, frame)
    }

    /// A number fact: one column when held, two when derived.
    pub(super) fn number_fact(&mut self, at: At, frame: &mut Frame) -> Number {
        let slot = self.slot(at).0;
        let name = self.made(at, Read::Value);
        if slot.derive.is_none() {
            return Number::single(named(at, &name, frame), slot.bounds);
        }
        let mut end = |end: &str| named(at, &format!("{name}.{end}"), frame);
        Number::between(end("low"), end("high"), slot.bounds)
    }

    /// Makes sure that a fact's column is defined and gives its name.
    fn made(&mut self, at: At, what: Read) -> String {
        let (slot, fact, _) = self.slot(at);
        let name = match what {
            Read::Value => fact.id.to_string(),
            Read::Has(code) => format!("{} has {}", fact.id, code_of(fact, code)),
        };
        if !slot.is_computed() {
            self.held(at, what, &name);
        } else if self.is_new(&name) {
            match &slot.derive {
                Some(derived) => self.derived(at, derived),
                None => self.applying(at, what, &name),
            }
        }
        name
    }

    /// A fact with a condition of its own: held value, the declared other value, or what is the same either way.
    fn applying(&mut self, at: At, what: Read, name: &str) {
        let (slot, fact, level) = self.slot(at);
        let Some((applies, otherwise)) = &slot.applies else { return };
        let held = format!("{name} held");
        self.held(at, what, &held);
        let mut frame = Frame::default();
        let cond = self.cond(applies, &mut frame);
        let value = named(at, &held, &mut frame);
        let other = match otherwise {
            Otherwise::Bool(true) => "TRUE".to_owned(),
            Otherwise::Bool(false) | Otherwise::EmptySet => "FALSE".to_owned(),
            Otherwise::Number(number) => number.to_string(),
            Otherwise::Code(code) => literal(code_of(fact, *code)),
        };
        let same = if *otherwise == Otherwise::EmptySet {
            let empty = format!("{} surely empty", fact.id);
            self.surely_empty(at, &empty);
            named(at, &empty, &mut frame)
        } else {
            format!("{value} = {other}")
        };
        let text = format!("CASE WHEN {cond} THEN {value} WHEN NOT {cond} THEN {other} WHEN {same} THEN {other} END");
        let comment = vec![format!("facts.toml:{}: applies = {}", slot.line, fact.applies)];
        self.define(level, comment, vec![(name.to_owned(), text)], frame.reads);
    }

    fn derived(&mut self, at: At, derived: &Derived) {
        let (slot, fact, level) = self.slot(at);
        let mut frame = Frame::default();
        let name = fact.id.to_string();
        let columns = match derived {
            Derived::Bool(cond) => vec![(name.clone(), self.cond(cond, &mut frame))],
            Derived::Code(code) => vec![(name.clone(), self.code(code, &mut frame, Some(at)))],
            Derived::Number(num) => {
                let Number { low, high, .. } = self.number(num, &mut frame);
                vec![(format!("{name}.low"), low), (format!("{name}.high"), high)]
            }
        };
        let comment = vec![format!("facts.toml:{}: derive = {}", slot.line, fact.derive)];
        self.define(level, comment, columns, frame.reads);
    }
}

/// A column of the record that an expression means.
fn named(at: At, name: &str, frame: &mut Frame) -> String {
    match at {
        At::Household(_) => frame.household(name),
        At::Person(who, _) => frame.person(who == Who::Bound, name),
    }
}

/// A code by its number.
pub(super) fn code_of(fact: &Fact, code: u16) -> &str {
    fact.codes.get(usize::from(code)).map_or("", |code| &*code.id)
}

/// A number times ten to its scale, with its point.
pub(super) fn decimal(value: i64, scale: u8) -> String {
    let width = usize::from(scale);
    if width == 0 {
        return value.to_string();
    }
    let sign = if value < 0 { "-" } else { "" };
    let digits = format!("{:0>least$}", value.unsigned_abs(), least = width + 1);
    let (whole, fraction) = digits.split_at(digits.len() - width);
    format!("{sign}{whole}.{fraction}")
}
