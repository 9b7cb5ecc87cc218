//! Whose records a condition reads: with less to read, fewer rows are decided.

use crate::expr::rule::{At, AtomKind, CodeOf, Cond, Num, Who};

/// Whether the candidate's and the bound member's records are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Reach {
    pub(crate) candidate: bool,
    pub(crate) bound: bool,
}

impl Reach {
    fn and(self, other: Reach) -> Reach {
        Reach { candidate: self.candidate || other.candidate, bound: self.bound || other.bound }
    }

    fn of(who: Who) -> Reach {
        Reach { candidate: who == Who::Candidate, bound: who == Who::Bound }
    }

    /// Seen from outside a list function, whose member is its own.
    fn outside(self) -> Reach {
        Reach { bound: false, ..self }
    }
}

fn all<'a>(conds: impl IntoIterator<Item = &'a Cond>) -> Reach {
    conds.into_iter().map(reach_of).fold(Reach::default(), Reach::and)
}

pub(crate) fn reach_of(cond: &Cond) -> Reach {
    match cond {
        Cond::Const(_) => Reach::default(),
        Cond::Not(inner) => reach_of(inner),
        Cond::And(parts) | Cond::Or(parts) => all(parts),
        Cond::If(parts) => all(&parts[..]),
        Cond::Same(parts) => all(&parts[..]),
        Cond::Atom(atom) => match &atom.kind {
            AtomKind::Fact(at) | AtomKind::Has(at, _) => of_place(*at),
            AtomKind::Number(_, a, b) => of_number(a).and(of_number(b)),
            AtomKind::OneOf(code, _) => of_code(code),
            AtomKind::Some(inner) | AtomKind::All(inner) => reach_of(inner).outside(),
        },
    }
}

pub(crate) fn of_number(num: &Num) -> Reach {
    match num {
        Num::Const(_) | Num::Score(_) | Num::Size => Reach::default(),
        Num::Fact(at) => of_place(*at),
        Num::AgeYears(who) | Num::AgeMonths(who) => Reach::of(*who),
        Num::Neg(inner) | Num::Div(inner, _) | Num::Raised(inner, _) => of_number(inner),
        Num::Add(two) | Num::Sub(two) | Num::Mul(two) => of_number(&two[0]).and(of_number(&two[1])),
        Num::If(parts) => reach_of(&parts.0).and(of_number(&parts.1)).and(of_number(&parts.2)),
        Num::Count(cond) => reach_of(cond).outside(),
        Num::Sum(sum) => reach_of(&sum.condition).and(of_number(&sum.part)).outside(),
    }
}

pub(crate) fn of_code(code: &CodeOf) -> Reach {
    match code {
        CodeOf::Const(_) => Reach::default(),
        CodeOf::Fact(at) => of_place(*at),
        CodeOf::If(parts) => reach_of(&parts.0).and(of_code(&parts.1)).and(of_code(&parts.2)),
    }
}

fn of_place(at: At) -> Reach {
    match at {
        At::Household(_) => Reach::default(),
        At::Person(who, _) => Reach::of(who),
    }
}
