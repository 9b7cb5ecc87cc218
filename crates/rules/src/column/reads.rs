//! Which values of the records some conditions read in the end, through derived facts, `applies` and scores.

use crate::{
    expr::rule::{At, AtomKind, CodeOf, Cond, Derived, Num},
    pack::fact::{FactType, Record},
    plan::{Plan, SlotPlan},
};
use std::collections::BTreeSet;

/// What is read.
#[derive(Debug)]
pub(crate) struct Reads<'p> {
    plan: &'p Plan,
    seen: BTreeSet<(bool, u16)>,
    /// Slots whose held value is read.
    pub(crate) household: BTreeSet<u16>,
    pub(crate) person: BTreeSet<u16>,
    pub(crate) birth: bool,
    /// Whether it matters that the member list is complete.
    pub(crate) list: bool,
    pub(crate) scores: BTreeSet<usize>,
}

impl<'p> Reads<'p> {
    pub(crate) fn new(plan: &'p Plan) -> Self {
        Self {
            plan,
            seen: BTreeSet::new(),
            household: BTreeSet::new(),
            person: BTreeSet::new(),
            birth: false,
            list: false,
            scores: BTreeSet::new(),
        }
    }

    pub(crate) fn cond(&mut self, cond: &Cond) {
        match cond {
            Cond::Const(_) => {}
            Cond::Not(inner) => self.cond(inner),
            Cond::And(parts) | Cond::Or(parts) => parts.iter().for_each(|p| self.cond(p)),
            Cond::If(parts) => parts.iter().for_each(|p| self.cond(p)),
            Cond::Same(parts) => parts.iter().for_each(|p| self.cond(p)),
            Cond::Atom(atom) => match &atom.kind {
                AtomKind::Fact(at) | AtomKind::Has(at, _) => self.at(*at),
                AtomKind::OneOf(code, _) => self.code(code),
                AtomKind::Number(_, a, b) => {
                    self.num(a);
                    self.num(b);
                }
                AtomKind::Some(inner) | AtomKind::All(inner) => self.members(inner),
            },
        }
    }

    fn members(&mut self, cond: &Cond) {
        self.list = true;
        self.cond(cond);
    }

    fn num(&mut self, num: &Num) {
        match num {
            Num::Const(_) => {}
            Num::Fact(at) => self.at(*at),
            Num::Score(score) => self.score(usize::from(*score)),
            Num::AgeYears(_) | Num::AgeMonths(_) => self.birth = true,
            Num::Neg(inner) | Num::Div(inner, _) | Num::Raised(inner, _) => self.num(inner),
            Num::Add(two) | Num::Sub(two) | Num::Mul(two) => two.iter().for_each(|n| self.num(n)),
            Num::If(parts) => {
                self.cond(&parts.0);
                self.num(&parts.1);
                self.num(&parts.2);
            }
            Num::Size => self.list = true,
            Num::Count(cond) => self.members(cond),
            Num::Sum(sum) => {
                self.members(&sum.condition);
                self.num(&sum.part);
            }
        }
    }

    fn code(&mut self, code: &CodeOf) {
        match code {
            CodeOf::Const(_) => {}
            CodeOf::Fact(at) => self.at(*at),
            CodeOf::If(parts) => {
                self.cond(&parts.0);
                self.code(&parts.1);
                self.code(&parts.2);
            }
        }
    }

    /// A score, whether a registry supplies it or its card adds it up.
    pub(crate) fn score(&mut self, score: usize) {
        if self.scores.insert(score) {
            let plan = self.plan;
            plan.scores[score].indicators.iter().flatten().for_each(|(cond, _)| self.cond(cond));
        }
    }

    fn at(&mut self, at: At) {
        match at {
            At::Household(slot) => self.slot(Record::Household, slot),
            At::Person(_, slot) => self.slot(Record::Person, slot),
        }
    }

    /// A fact as rules see it.
    pub(crate) fn slot(&mut self, record: Record, slot: u16) {
        if !self.seen.insert((record == Record::Person, slot)) {
            return;
        }
        let plan: &SlotPlan = match record {
            Record::Household => &self.plan.household[usize::from(slot)],
            Record::Person => &self.plan.person[usize::from(slot)],
        };
        match &plan.derive {
            Some(Derived::Bool(cond)) => return self.cond(cond),
            Some(Derived::Number(num)) => return self.num(num),
            Some(Derived::Code(code)) => return self.code(code),
            None => {}
        }
        if let Some((applies, _)) = &plan.applies {
            self.cond(applies);
        }
        match record {
            Record::Household if self.plan.complete == Some(slot) => self.list = true,
            _ if plan.kind_of_value == FactType::Date => {}
            Record::Household => drop(self.household.insert(slot)),
            Record::Person => drop(self.person.insert(slot)),
        }
    }
}
