//! Checked conditions: every name resolved to a slot, every number at one scale, every calculation known to fit.

use super::node::Compare;
use crate::verdict::Test;
use std::sync::Arc;

/// Whose record a value is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Who {
    /// The candidate of a person-level programme, or the person a derived fact is about.
    Candidate,
    /// The member a list function is looking at.
    Bound,
}

/// A slot of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum At {
    Household(u16),
    Person(Who, u16),
}

/// A condition.
#[derive(Debug, Clone)]
pub(crate) enum Cond {
    Const(bool),
    Not(Box<Cond>),
    And(Vec<Cond>),
    Or(Vec<Cond>),
    If(Box<[Cond; 3]>),
    /// Both conditions have the same truth.
    Same(Box<[Cond; 2]>),
    Atom(Box<Atom>),
}

/// A comparison that a reason can show.
#[derive(Debug, Clone)]
pub(crate) struct Atom {
    pub(crate) kind: AtomKind,
    /// What is needed for it to hold, and for its opposite to hold.
    pub(crate) tests: [Arc<Test>; 2],
}

/// What a comparison does.
#[derive(Debug, Clone)]
pub(crate) enum AtomKind {
    Fact(At),
    /// Never `Ne`: that is the opposite of `Eq`.
    Number(Compare, Num, Num),
    OneOf(CodeOf, Vec<u16>),
    Has(At, u16),
    Some(Cond),
    All(Cond),
}

/// A number, at a scale its user knows.
#[derive(Debug, Clone)]
pub(crate) enum Num {
    Const(i64),
    Fact(At),
    Score(u16),
    AgeYears(Who),
    AgeMonths(Who),
    Neg(Box<Num>),
    Add(Box<[Num; 2]>),
    Sub(Box<[Num; 2]>),
    Mul(Box<[Num; 2]>),
    Div(Box<Num>, i64),
    /// The same number with more digits after the point: times a power of ten.
    Raised(Box<Num>, i64),
    If(Box<(Cond, Num, Num)>),
    /// How many members there are.
    Size,
    Count(Box<Cond>),
    /// A sum over the members for whom a condition holds, with the bounds of one member's part.
    Sum(Box<SumOf>),
}

/// A sum over members.
#[derive(Debug, Clone)]
pub(crate) struct SumOf {
    pub(crate) condition: Cond,
    pub(crate) part: Num,
    pub(crate) part_bounds: crate::Interval,
}

/// A code of one dictionary.
#[derive(Debug, Clone)]
pub(crate) enum CodeOf {
    Const(u16),
    Fact(At),
    If(Box<(Cond, CodeOf, CodeOf)>),
}

/// A derived fact's expression, by the type of its value.
#[derive(Debug, Clone)]
pub(crate) enum Derived {
    Bool(Cond),
    Number(Num),
    Code(CodeOf),
}

impl Cond {
    /// Whether it reads the candidate.
    pub(crate) fn is_personal(&self) -> bool {
        let any = |parts: &[Cond]| parts.iter().any(Cond::is_personal);
        match self {
            Cond::Const(_) => false,
            Cond::Not(inner) => inner.is_personal(),
            Cond::And(parts) | Cond::Or(parts) => any(parts),
            Cond::If(parts) => any(&parts[..]),
            Cond::Same(parts) => any(&parts[..]),
            Cond::Atom(atom) => match &atom.kind {
                AtomKind::Fact(at) | AtomKind::Has(at, _) => at.is_personal(),
                AtomKind::Number(_, a, b) => a.is_personal() || b.is_personal(),
                AtomKind::OneOf(code, _) => code.is_personal(),
                AtomKind::Some(inner) | AtomKind::All(inner) => inner.is_personal(),
            },
        }
    }
}

impl At {
    fn is_personal(self) -> bool {
        matches!(self, At::Person(Who::Candidate, _))
    }
}

impl Num {
    /// Whether it reads the candidate.
    pub(crate) fn is_personal(&self) -> bool {
        match self {
            Num::Const(_) | Num::Score(_) | Num::Size => false,
            Num::Fact(at) => at.is_personal(),
            Num::AgeYears(who) | Num::AgeMonths(who) => *who == Who::Candidate,
            Num::Neg(inner) | Num::Div(inner, _) | Num::Raised(inner, _) => inner.is_personal(),
            Num::Add(two) | Num::Sub(two) | Num::Mul(two) => two.iter().any(Num::is_personal),
            Num::If(parts) => parts.0.is_personal() || parts.1.is_personal() || parts.2.is_personal(),
            Num::Count(cond) => cond.is_personal(),
            Num::Sum(sum) => sum.condition.is_personal() || sum.part.is_personal(),
        }
    }
}

impl CodeOf {
    fn is_personal(&self) -> bool {
        match self {
            CodeOf::Const(_) => false,
            CodeOf::Fact(at) => at.is_personal(),
            CodeOf::If(parts) => parts.0.is_personal() || parts.1.is_personal() || parts.2.is_personal(),
        }
    }
}
