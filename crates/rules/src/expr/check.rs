//! Checks types, names, codes, scales and bounds, and turns a [`Node`] into a rule.

use super::{
    describe::Describe,
    names::{Names, Scope},
    node::{Arith, Compare, Kind, Node},
    number::{Number, literal, unify},
    parse::{Mistake, parse},
    rule::{At, Atom, AtomKind, CodeOf, Cond, Derived, Num},
};
use crate::pack::fact::{Fact, FactType, Score};
use std::collections::BTreeSet;

/// The highest age a person is thought to have, in years; it bounds the age of a person whose birth is unknown.
pub(crate) const AGE_MAX: i64 = 130;
/// The same in months.
pub(crate) const AGE_MONTHS_MAX: i64 = AGE_MAX * 12 + 11;

/// What an expression reads, to follow derived facts and protection.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reads {
    pub(crate) facts: BTreeSet<usize>,
    pub(crate) scores: BTreeSet<usize>,
}

/// A part of an expression with its type.
pub(crate) enum Typed {
    Cond(Cond),
    Number(Number),
    Code { code: CodeOf, fact: usize },
    Set { at: At, fact: usize },
    Date,
    Text(String),
}

impl Typed {
    fn name(&self) -> &'static str {
        match self {
            Typed::Cond(_) => "a condition",
            Typed::Number(_) => "a number",
            Typed::Code { .. } => "a code",
            Typed::Set { .. } => "a set of codes",
            Typed::Date => "a date",
            Typed::Text(_) => "a text",
        }
    }
}

/// Checks one expression against the dictionary.
pub(crate) struct Checker<'a> {
    pub(crate) names: &'a Names,
    pub(crate) facts: &'a [Fact],
    pub(crate) scores: &'a [Score],
    pub(crate) source: &'a str,
    pub(crate) scope: Scope,
    pub(crate) reads: Reads,
    mistakes: Vec<Mistake>,
}

/// Every mistake is recorded; `None` says a part has one.
pub(super) type Checked<T> = Option<T>;

impl<'a> Checker<'a> {
    pub(crate) fn new(names: &'a Names, facts: &'a [Fact], scores: &'a [Score], source: &'a str, scope: Scope) -> Self {
        Self { names, facts, scores, source, scope, reads: Reads::default(), mistakes: vec![] }
    }

    /// A condition with what it reads.
    pub(crate) fn condition(mut self) -> Result<(Cond, Reads), Vec<Mistake>> {
        let node = parse(self.source)?;
        let cond = self.cond(&node);
        self.finish(cond)
    }

    /// A derived fact's expression, in the fact's own type.
    pub(crate) fn derived(mut self, fact: usize) -> Result<(Derived, Reads), Vec<Mistake>> {
        let node = parse(self.source)?;
        let derived = match self.facts[fact].kind_of_value {
            FactType::Bool => self.cond(&node).map(Derived::Bool),
            FactType::Int => self.number_within(&node, fact, 0).map(Derived::Number),
            FactType::Decimal { scale } => self.number_within(&node, fact, scale).map(Derived::Number),
            FactType::Code => self.code_for(&node, fact).map(Derived::Code),
            FactType::Set | FactType::Date => self.refuse(&node, "A set or a date cannot be derived."),
        };
        self.finish(derived)
    }

    fn finish<T>(self, checked: Checked<T>) -> Result<(T, Reads), Vec<Mistake>> {
        match checked {
            Some(checked) if self.mistakes.is_empty() => Ok((checked, self.reads)),
            _ => Err(self.mistakes),
        }
    }

    pub(super) fn refuse<T>(&mut self, node: &Node, message: impl Into<String>) -> Checked<T> {
        self.note(Mistake::new(node.span.start, message))
    }

    pub(super) fn note<T>(&mut self, mistake: Mistake) -> Checked<T> {
        self.mistakes.push(mistake);
        None
    }

    pub(super) fn describe(&self) -> Describe<'a> {
        Describe { names: self.names, facts: self.facts, scores: self.scores, source: self.source }
    }

    pub(super) fn cond(&mut self, node: &Node) -> Checked<Cond> {
        match self.typed(node)? {
            Typed::Cond(cond) => Some(cond),
            other => self.refuse(node, format!("A condition is needed here, and this is {}.", other.name())),
        }
    }

    pub(super) fn number(&mut self, node: &Node) -> Checked<Number> {
        match self.typed(node)? {
            Typed::Number(number) => Some(number),
            other => self.refuse(node, format!("A number is needed here, and this is {}.", other.name())),
        }
    }

    /// A derived number must fit the bounds its fact declares, at the fact's scale.
    fn number_within(&mut self, node: &Node, fact: usize, scale: u8) -> Checked<Num> {
        let number = self.number(node)?;
        let raised = match number.at_scale(scale) {
            Ok(raised) => raised,
            Err(message) => return self.refuse(node, message),
        };
        let declared = self.facts[fact].bounds;
        if raised.bounds.low < declared.low || raised.bounds.high > declared.high {
            let (low, high) = (raised.bounds.low, raised.bounds.high);
            let message = format!("This can be from {low} to {high}, outside the bounds declared for the fact.");
            return self.note(
                Mistake::new(node.span.start, message).with(Some(format!("Declare min = {low} and max = {high}."))),
            );
        }
        Some(raised.num)
    }

    fn typed(&mut self, node: &Node) -> Checked<Typed> {
        match &node.kind {
            Kind::Bool(value) => Some(Typed::Cond(Cond::Const(*value))),
            Kind::Text(text) => Some(Typed::Text(text.clone())),
            Kind::Int(_) | Kind::Decimal(_) => self.literal(node).map(Typed::Number),
            Kind::Name(parts) => self.name(node, parts),
            Kind::Not(inner) => Some(Typed::Cond(Cond::Not(Box::new(self.cond(inner)?)))),
            Kind::Neg(inner) => {
                let number = self.number(inner)?;
                self.fits(node, number.neg())
            }
            Kind::And(a, b) => self.joined(a, b, true),
            Kind::Or(a, b) => self.joined(a, b, false),
            Kind::Compare(sign, a, b) => self.compare(node, *sign, a, b).map(Typed::Cond),
            Kind::Arith(sign, a, b) => self.arith(node, *sign, a, b),
            Kind::In(a, b) => self.contains(node, a, b).map(Typed::Cond),
            Kind::If(c, a, b) => self.either(node, c, a, b),
            Kind::Call { name, target, args } => self.call(node, name, target.as_deref(), args),
            Kind::Members { how, over, var, body } => self.quantified(node, *how, over, var, body),
            Kind::List(_) => self.refuse(node, "A list can only stand on the right of `in`."),
        }
    }

    fn literal(&mut self, node: &Node) -> Checked<Number> {
        literal(&node.kind)
            .or_else(|| self.refuse(node, "This number is too long. Use at most nine digits after the point."))
    }

    pub(super) fn fits(&mut self, node: &Node, number: Result<Number, String>) -> Checked<Typed> {
        match number {
            Ok(number) => Some(Typed::Number(number)),
            Err(message) => self.refuse(node, message),
        }
    }

    fn joined(&mut self, a: &Node, b: &Node, and: bool) -> Checked<Typed> {
        let (a, b) = (self.cond(a), self.cond(b)); // both, so that mistakes on both sides are reported
        let mut parts = vec![];
        for part in [a?, b?] {
            match (part, and) {
                (Cond::And(inner), true) | (Cond::Or(inner), false) => parts.extend(inner),
                (other, _) => parts.push(other),
            }
        }
        Some(Typed::Cond(if and { Cond::And(parts) } else { Cond::Or(parts) }))
    }

    fn name(&mut self, node: &Node, parts: &[String]) -> Checked<Typed> {
        let at = node.span.start;
        if let [first, id] = parts
            && first == "scores"
        {
            let score = match self.names.score(id, at) {
                Ok(score) => score,
                Err(mistake) => return self.note(mistake),
            };
            self.reads.scores.insert(score);
            return Some(Typed::Number(Number::of_score(score, &self.scores[score])));
        }
        let (fact, place) = match self.names.fact(&self.scope, parts, at) {
            Ok(found) => found,
            Err(mistake) => return self.note(mistake),
        };
        self.reads.facts.insert(fact);
        let bounds = self.facts[fact].bounds;
        Some(match self.facts[fact].kind_of_value {
            FactType::Bool => Typed::Cond(self.atom(AtomKind::Fact(place), node)),
            FactType::Int => Typed::Number(Number::new(Num::Fact(place), 0, bounds)),
            FactType::Decimal { scale } => Typed::Number(Number::new(Num::Fact(place), scale, bounds)),
            FactType::Code => Typed::Code { code: CodeOf::Fact(place), fact },
            FactType::Set => Typed::Set { at: place, fact },
            FactType::Date => Typed::Date,
        })
    }

    fn atom(&self, kind: AtomKind, node: &Node) -> Cond {
        let tests = self.describe().tests(&kind, node, 0, None);
        Cond::Atom(Box::new(Atom { kind, tests }))
    }

    fn compare(&mut self, node: &Node, sign: Compare, a: &Node, b: &Node) -> Checked<Cond> {
        let (left, right) = (self.typed(a), self.typed(b));
        let (left, right) = (left?, right?);
        let equality = matches!(sign, Compare::Eq | Compare::Ne);
        let is = match (left, right) {
            (Typed::Number(x), Typed::Number(y)) => return self.compare_numbers(node, sign, (a, x), (b, y)),
            (Typed::Code { code, fact }, Typed::Text(text)) if equality => self.one_of(a, code, fact, &[(b, text)])?,
            (Typed::Text(text), Typed::Code { code, fact }) if equality => self.one_of(b, code, fact, &[(a, text)])?,
            (Typed::Cond(Cond::Const(true)), Typed::Cond(c)) | (Typed::Cond(c), Typed::Cond(Cond::Const(true)))
                if equality =>
            {
                c
            }
            (Typed::Cond(Cond::Const(false)), Typed::Cond(c)) | (Typed::Cond(c), Typed::Cond(Cond::Const(false)))
                if equality =>
            {
                Cond::Not(Box::new(c))
            }
            (Typed::Cond(x), Typed::Cond(y)) if equality => Cond::Same(Box::new([x, y])),
            (Typed::Date, _) | (_, Typed::Date) => {
                return self.refuse(node, "Dates are not compared; use age(person, at) or age_months(person, at).");
            }
            (Typed::Set { .. }, _) | (_, Typed::Set { .. }) => {
                return self.refuse(node, "A set is not compared; ask `'code' in set`.");
            }
            (Typed::Code { .. }, Typed::Code { .. }) => {
                return self.refuse(node, "A code is compared with codes written out, not with another fact.");
            }
            (x, y) => {
                let message = format!("{} and {} cannot be compared this way.", x.name(), y.name());
                return self.refuse(node, capital(&message));
            }
        };
        Some(if sign == Compare::Ne { Cond::Not(Box::new(is)) } else { is })
    }

    fn compare_numbers(&mut self, node: &Node, sign: Compare, a: (&Node, Number), b: (&Node, Number)) -> Checked<Cond> {
        if let Err(message) = a.1.comparable(&b.1) {
            return self.refuse(node, message);
        }
        // What is looked at stands left of what is needed, whichever way it was written.
        let swap = a.1.is_constant() && !b.1.is_constant();
        let ((left_node, left), (right_node, right), sign) = if swap { (b, a, mirrored(sign)) } else { (a, b, sign) };
        let (left, right, scale) = match unify(left, right) {
            Ok(unified) => unified,
            Err(message) => return self.refuse(node, message),
        };
        let positive = if sign == Compare::Ne { Compare::Eq } else { sign };
        let kind = AtomKind::Number(positive, left.num, right.num);
        let tests = self.describe().tests(&kind, left_node, scale, Some(right_node));
        let atom = Cond::Atom(Box::new(Atom { kind, tests }));
        Some(if sign == Compare::Ne { Cond::Not(Box::new(atom)) } else { atom })
    }

    fn one_of(&mut self, node: &Node, code: CodeOf, fact: usize, texts: &[(&Node, String)]) -> Checked<Cond> {
        let mut codes: Vec<u16> = vec![];
        for (at, text) in texts {
            codes.push(self.code_number(at, fact, text)?);
        }
        codes.sort_unstable();
        codes.dedup();
        Some(self.atom(AtomKind::OneOf(code, codes), node))
    }

    fn code_number(&mut self, node: &Node, fact: usize, text: &str) -> Checked<u16> {
        if let Some(&number) = self.names.codes[fact].get(text) {
            return Some(number);
        }
        let fact = &self.facts[fact];
        let near = crate::pack::error::did_you_mean(text, fact.codes.iter().map(|c| &*c.id));
        self.note(Mistake::new(node.span.start, format!("`{}` has no code `{text}`.", fact.id)).with(near))
    }

    fn contains(&mut self, node: &Node, a: &Node, b: &Node) -> Checked<Cond> {
        if let Kind::List(items) = &b.kind {
            return self.in_list(node, a, items);
        }
        let (left, right) = (self.typed(a), self.typed(b));
        match (left?, right?) {
            (Typed::Text(text), Typed::Set { at, fact }) => {
                let code = self.code_number(a, fact, &text)?;
                Some(self.atom(AtomKind::Has(at, code), b))
            }
            _ => self.refuse(node, "`in` needs a code and a list, or a written code and a set."),
        }
    }

    fn in_list(&mut self, node: &Node, a: &Node, items: &[Node]) -> Checked<Cond> {
        match self.typed(a)? {
            Typed::Code { code, fact } => {
                let mut texts = vec![];
                for item in items {
                    match self.typed(item)? {
                        Typed::Text(text) => texts.push((item, text)),
                        _ => return self.refuse(item, "Only written codes can stand in this list."),
                    }
                }
                self.one_of(a, code, fact, &texts)
            }
            Typed::Number(number) => {
                let mut parts = vec![];
                for item in items {
                    let other = self.number(item)?;
                    parts.push(self.compare_numbers(node, Compare::Eq, (a, number.clone()), (item, other))?);
                }
                Some(Cond::Or(parts))
            }
            other => self.refuse(a, format!("{} cannot be looked up in a list.", capital(other.name()))),
        }
    }

    fn arith(&mut self, node: &Node, sign: Arith, a: &Node, b: &Node) -> Checked<Typed> {
        let (left, right) = (self.number(a), self.number(b));
        let (left, right) = (left?, right?);
        if left.score.is_some() || right.score.is_some() {
            return self.refuse(node, "A score is compared as it stands, not calculated with.");
        }
        if sign == Arith::Div {
            let Some(by) = right.constant().filter(|by| *by != 0 && right.scale == 0) else {
                return self.refuse(b, "Divide only by a whole number other than zero, written out.");
            };
            return self.fits(node, left.div(by));
        }
        self.fits(node, left.arith(sign, right))
    }

    fn either(&mut self, node: &Node, c: &Node, a: &Node, b: &Node) -> Checked<Typed> {
        let (cond, x, y) = (self.cond(c), self.typed(a), self.typed(b));
        match (cond?, x?, y?) {
            (cond, Typed::Cond(x), Typed::Cond(y)) => Some(Typed::Cond(Cond::If(Box::new([cond, x, y])))),
            (cond, Typed::Number(x), Typed::Number(y)) => self.fits(node, Number::either(cond, x, y)),
            (_, Typed::Text(_) | Typed::Code { .. }, Typed::Text(_) | Typed::Code { .. }) => {
                self.refuse(node, "A choice between codes can only derive a code fact.")
            }
            (_, x, y) => {
                self.refuse(node, format!("Both sides of `:` must be alike; here are {} and {}.", x.name(), y.name()))
            }
        }
    }

    /// A code-valued expression for a derived code fact: a written code, a fact with the same codes, or a choice.
    fn code_for(&mut self, node: &Node, fact: usize) -> Checked<CodeOf> {
        if let Kind::If(c, a, b) = &node.kind {
            let (cond, a, b) = (self.cond(c), self.code_for(a, fact), self.code_for(b, fact));
            return Some(CodeOf::If(Box::new((cond?, a?, b?))));
        }
        match self.typed(node)? {
            Typed::Text(text) => self.code_number(node, fact, &text).map(CodeOf::Const),
            Typed::Code { code, fact: other } if self.facts[other].codes == self.facts[fact].codes => Some(code),
            _ => self.refuse(node, "A code of this fact is needed here."),
        }
    }
}

/// The same comparison with its sides exchanged.
fn mirrored(sign: Compare) -> Compare {
    match sign {
        Compare::Lt => Compare::Gt,
        Compare::Le => Compare::Ge,
        Compare::Gt => Compare::Lt,
        Compare::Ge => Compare::Le,
        same => same,
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
