//! Describes comparisons for reasons: what is looked at and what is needed, for a condition and for its opposite.

use super::{
    names::Names,
    node::{Compare, Node},
    rule::{At, AtomKind, CodeOf, Cond, Num},
};
use crate::{
    Id,
    pack::fact::{Fact, Record, Score},
    verdict::{How, Needed, Operator, Subject, Test},
};
use std::{collections::BTreeSet, sync::Arc};

/// Knows the names behind the slots.
pub(crate) struct Describe<'a> {
    pub(crate) names: &'a Names,
    pub(crate) facts: &'a [Fact],
    pub(crate) scores: &'a [Score],
    pub(crate) source: &'a str,
}

impl Describe<'_> {
    /// The two tests of a comparison other than one over members.
    pub(crate) fn tests(&self, kind: &AtomKind, node: &Node, scale: u8, needed: Option<&Node>) -> [Arc<Test>; 2] {
        match kind {
            AtomKind::Fact(at) => {
                let fact = Subject::Fact(self.fact_id(*at));
                pair(fact, (Operator::Is, Needed::Bool(true)), (Operator::Is, Needed::Bool(false)), 0)
            }
            AtomKind::Number(sign, left, right) => {
                let needed = match (right, needed) {
                    (Num::Const(value), _) => Needed::Number(*value),
                    (_, Some(node)) => Needed::Calculation(self.text(node)),
                    _ => Needed::Calculation(String::new()),
                };
                let (yes, no) = signs(*sign);
                pair(self.number(left, node), (yes, needed.clone()), (no, needed), scale)
            }
            AtomKind::OneOf(code, codes) => {
                let (subject, fact) = match code {
                    CodeOf::Fact(at) => (Subject::Fact(self.fact_id(*at)), Some(self.fact(*at))),
                    _ => (self.calculation(node, BTreeSet::new()), None),
                };
                let needed = Needed::Codes(fact.map_or(vec![], |f| code_ids(&self.facts[f], codes)));
                let (yes, no) = if codes.len() == 1 {
                    (Operator::Is, Operator::IsNot)
                } else {
                    (Operator::OneOf, Operator::NoneOf)
                };
                pair(subject, (yes, needed.clone()), (no, needed), 0)
            }
            AtomKind::Has(at, code) => {
                let needed = Needed::Codes(code_ids(&self.facts[self.fact(*at)], &[*code]));
                let subject = Subject::Fact(self.fact_id(*at));
                pair(subject, (Operator::Has, needed.clone()), (Operator::HasNot, needed), 0)
            }
            AtomKind::Some(_) => self.members(How::Some, kind, node),
            AtomKind::All(_) => self.members(How::All, kind, node),
        }
    }

    /// The two tests of `exists` or `all`, whose condition stands at a node.
    pub(crate) fn members(&self, how: How, kind: &AtomKind, node: &Node) -> [Arc<Test>; 2] {
        let mut reads = BTreeSet::new();
        if let AtomKind::Some(cond) | AtomKind::All(cond) = kind {
            self.reads_of(cond, &mut reads);
        }
        let subject = self.members_who(how, node, reads);
        pair(subject, (Operator::Is, Needed::Bool(true)), (Operator::Is, Needed::Bool(false)), 0)
    }

    fn number(&self, num: &Num, node: &Node) -> Subject {
        match num {
            Num::Fact(at) => Subject::Fact(self.fact_id(*at)),
            Num::Score(score) => Subject::Score(self.scores[usize::from(*score)].id.clone()),
            Num::AgeYears(_) => Subject::Age,
            Num::AgeMonths(_) => Subject::AgeMonths,
            Num::Size => Subject::Members,
            Num::Raised(inner, _) => self.number(inner, node), // still the same thing to a reader
            Num::Count(cond) => {
                let mut reads = BTreeSet::new();
                self.reads_of(cond, &mut reads);
                self.members_who(How::Count, node, reads)
            }
            Num::Sum(sum) => {
                let mut reads = BTreeSet::new();
                self.reads_of(&sum.condition, &mut reads);
                self.reads_of_num(&sum.part, &mut reads);
                self.members_who(How::Sum, node, reads)
            }
            other => {
                let mut reads = BTreeSet::new();
                self.reads_of_num(other, &mut reads);
                self.calculation(node, reads)
            }
        }
    }

    fn members_who(&self, how: How, node: &Node, facts: BTreeSet<Id>) -> Subject {
        Subject::MembersWho { how, facts: facts.into_iter().collect(), text: self.text(node) }
    }

    fn calculation(&self, node: &Node, facts: BTreeSet<Id>) -> Subject {
        Subject::Calculation { facts: facts.into_iter().collect(), text: self.text(node) }
    }

    /// The source of a node, closed where the parser's place ends before its brackets.
    fn text(&self, node: &Node) -> String {
        let mut end = node.span.end.min(self.source.len());
        loop {
            let text = &self.source[node.span.start..end];
            let open = text.matches('(').count() > text.matches(')').count();
            match self.source[end..].find(')') {
                Some(next) if open => end += next + 1,
                _ => return text.trim().to_owned(),
            }
        }
    }

    fn fact(&self, at: At) -> usize {
        let (record, slot) = match at {
            At::Household(slot) => (Record::Household, slot),
            At::Person(_, slot) => (Record::Person, slot),
        };
        let found = (0..self.facts.len()).find(|i| self.facts[*i].record == record && self.names.slots[*i] == slot);
        found.unwrap_or_default()
    }

    fn fact_id(&self, at: At) -> Id {
        self.facts[self.fact(at)].id.clone()
    }

    fn reads_of(&self, cond: &Cond, into: &mut BTreeSet<Id>) {
        match cond {
            Cond::Const(_) => {}
            Cond::Not(inner) => self.reads_of(inner, into),
            Cond::And(parts) | Cond::Or(parts) => parts.iter().for_each(|c| self.reads_of(c, into)),
            Cond::If(parts) => parts.iter().for_each(|c| self.reads_of(c, into)),
            Cond::Same(parts) => parts.iter().for_each(|c| self.reads_of(c, into)),
            Cond::Atom(atom) => match &atom.kind {
                AtomKind::Fact(at) | AtomKind::Has(at, _) | AtomKind::OneOf(CodeOf::Fact(at), _) => {
                    into.insert(self.fact_id(*at));
                }
                AtomKind::OneOf(..) => {}
                AtomKind::Number(_, a, b) => {
                    self.reads_of_num(a, into);
                    self.reads_of_num(b, into);
                }
                AtomKind::Some(c) | AtomKind::All(c) => self.reads_of(c, into),
            },
        }
    }

    fn reads_of_num(&self, num: &Num, into: &mut BTreeSet<Id>) {
        match num {
            Num::Const(_) | Num::Size => {}
            Num::Fact(at) => {
                into.insert(self.fact_id(*at));
            }
            Num::Score(score) => {
                into.insert(Id::from(format!("scores.{}", self.scores[usize::from(*score)].id)));
            }
            Num::AgeYears(_) | Num::AgeMonths(_) => {
                into.insert(Id::from("person.birth"));
            }
            Num::Neg(inner) | Num::Div(inner, _) | Num::Raised(inner, _) => self.reads_of_num(inner, into),
            Num::Add(two) | Num::Sub(two) | Num::Mul(two) => two.iter().for_each(|n| self.reads_of_num(n, into)),
            Num::If(parts) => {
                self.reads_of(&parts.0, into);
                self.reads_of_num(&parts.1, into);
                self.reads_of_num(&parts.2, into);
            }
            Num::Count(cond) => self.reads_of(cond, into),
            Num::Sum(sum) => {
                self.reads_of(&sum.condition, into);
                self.reads_of_num(&sum.part, into);
            }
        }
    }
}

fn code_ids(fact: &Fact, codes: &[u16]) -> Vec<Id> {
    codes.iter().filter_map(|c| fact.codes.get(usize::from(*c))).map(|c| c.id.clone()).collect()
}

fn signs(sign: Compare) -> (Operator, Operator) {
    match sign {
        Compare::Eq | Compare::Ne => (Operator::Is, Operator::IsNot),
        Compare::Lt => (Operator::LessThan, Operator::AtLeast),
        Compare::Le => (Operator::AtMost, Operator::MoreThan),
        Compare::Gt => (Operator::MoreThan, Operator::AtMost),
        Compare::Ge => (Operator::AtLeast, Operator::LessThan),
    }
}

fn pair(subject: Subject, yes: (Operator, Needed), no: (Operator, Needed), scale: u8) -> [Arc<Test>; 2] {
    let test = |(operator, needed)| Arc::new(Test { subject: subject.clone(), operator, needed, scale });
    [test(yes), test(no)]
}
