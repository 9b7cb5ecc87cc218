//! What a calculation of the graph may be.

use super::super::truth::Table;
use crate::{Interval, expr::node::Compare};

/// A place in the graph.
pub(crate) type Node = usize;

/// What one row of a calculation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Rows {
    Household,
    Person,
    /// A person beside each member of the same household, for conditions that compare the two.
    Pair,
}

/// How values of few rows are laid beside more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Spread {
    HouseholdToPerson,
    HouseholdToPair,
    CandidateToPair,
    MemberToPair,
}

/// One calculation. The first part gives truths, the second numbers, the last codes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Calc {
    Const(Rows, u8),
    /// What a column of bytes comes to.
    Byte {
        input: usize,
        table: Table,
    },
    /// Whether a wider column is at least a number.
    Reaches {
        input: usize,
        cut: i64,
    },
    /// Whether somebody was born on or before a day.
    Born {
        earliest: usize,
        latest: Option<usize>,
        cut: u16,
    },
    /// Whether a set has a code.
    Has {
        word: usize,
        bit: u8,
        complete: Option<usize>,
    },
    /// Yes when a set is known to be empty, otherwise unknown.
    Empty {
        words: Vec<usize>,
        complete: usize,
    },
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Node),
    If([Node; 3]),
    Same([Node; 2]),
    /// When; if yes; if no; if unknown.
    Pick([Node; 4]),
    /// Yes unless it is surely so.
    NotYes(Node),
    /// The most that holds for any member listed; no where there are none.
    Any(Node),
    /// Unknown while somebody may still be named, otherwise no.
    Open,
    /// Whether anybody is listed.
    Somebody,
    AtLeast(Node, i64),
    Compare(Compare, [Node; 2]),
    OneOf(Node, Vec<u16>),
    /// Truths, numbers or codes of fewer rows beside more.
    Beside(Spread, Node),

    Number(Rows, Interval),
    Column {
        input: usize,
        bounds: Interval,
    },
    Age {
        earliest: usize,
        latest: Option<usize>,
        months: bool,
    },
    Neg(Node),
    Add([Node; 2]),
    Sub([Node; 2]),
    Mul([Node; 2]),
    Div(Node, i64),
    Times(Node, i64),
    NumberIf([Node; 3]),
    /// When; the value held; what it is when it does not apply; bounds where neither is known.
    Applied {
        when: Node,
        held: Node,
        otherwise: i64,
        bounds: Interval,
    },
    Size,
    Count(Node),
    Sum {
        condition: Node,
        part: Node,
        bounds: Interval,
    },
    /// Points of a score card: for each question its answers in order.
    Card(Vec<Vec<(Node, i64)>>),
    /// A column where it is known, something else where not.
    Supplied {
        input: usize,
        otherwise: Node,
    },

    Code(Rows, u16),
    Codes {
        input: usize,
    },
    CodeIf([Node; 3]),
}

impl Calc {
    pub(super) fn is_number(&self) -> bool {
        use Calc::*;
        matches!(
            self,
            Number(..)
                | Column { .. }
                | Age { .. }
                | Neg(_)
                | Add(_)
                | Sub(_)
                | Mul(_)
                | Div(..)
                | Times(..)
                | NumberIf(_)
                | Applied { .. }
                | Size
                | Count(_)
                | Sum { .. }
                | Card(_)
                | Supplied { .. }
        )
    }

    /// The calculations it is made from.
    pub(crate) fn parts(&self) -> Vec<Node> {
        use Calc::*;
        match self {
            Const(..) | Byte { .. } | Reaches { .. } | Born { .. } | Has { .. } | Empty { .. } | Open | Somebody => {
                vec![]
            }
            Number(..) | Column { .. } | Age { .. } | Size | Code(..) | Codes { .. } => vec![],
            And(parts) | Or(parts) => parts.clone(),
            Not(n) | NotYes(n) | Any(n) | AtLeast(n, _) | OneOf(n, _) | Beside(_, n) => vec![*n],
            Neg(n) | Div(n, _) | Times(n, _) | Count(n) => vec![*n],
            Same(p) | Compare(_, p) | Add(p) | Sub(p) | Mul(p) => p.to_vec(),
            If(p) | NumberIf(p) | CodeIf(p) => p.to_vec(),
            Pick(p) => p.to_vec(),
            Applied { when, held, .. } => vec![*when, *held],
            Sum { condition, part, .. } => vec![*condition, *part],
            Card(questions) => questions.iter().flatten().map(|(n, _)| *n).collect(),
            Supplied { otherwise, .. } => vec![*otherwise],
        }
    }
}
