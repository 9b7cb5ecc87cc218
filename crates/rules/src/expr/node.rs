//! The expression as written, before its names and types are checked.

/// Byte range of a part of an expression within its source text.
pub(crate) type Span = std::ops::Range<usize>;

/// One part of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) kind: Kind,
}

/// What a part of an expression is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    Bool(bool),
    Int(i64),
    /// The digits as written; they are read at the scale of what they are compared with, never as a double.
    Decimal(String),
    Text(String),
    /// `a` or `a.b`, by its parts.
    Name(Vec<String>),
    Not(Box<Node>),
    Neg(Box<Node>),
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
    Compare(Compare, Box<Node>, Box<Node>),
    Arith(Arith, Box<Node>, Box<Node>),
    In(Box<Node>, Box<Node>),
    List(Vec<Node>),
    If(Box<Node>, Box<Node>, Box<Node>),
    Call {
        name: String,
        target: Option<Box<Node>>,
        args: Vec<Node>,
    },
    /// `over.exists(var, body)` and its kin, folded back from what the parser expands them to.
    Members {
        how: Quantifier,
        over: Box<Node>,
        var: String,
        body: Box<Node>,
    },
}

/// A comparison sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Compare {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

/// An arithmetic sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arith {
    Add,
    Sub,
    Mul,
    Div,
}

/// What a comprehension does with each member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quantifier {
    Exists,
    All,
    Filter,
    Map,
}
