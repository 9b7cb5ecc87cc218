//! Why a condition holds or not: comparisons with what they looked at, what they saw and what they needed.

use crate::{Id, Interval, K3, family::Provenance};
use domain::Date;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One comparison: what was looked at, what was seen, what was needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Because {
    /// What was looked at and what was needed; the same for every family.
    pub test: Arc<Test>,
    /// Whose value; none for the household and for scores.
    pub member: Option<Id>,
    /// What was seen.
    pub seen: Seen,
    /// Whether the need is met.
    pub truth: K3,
    /// For a number that misses: by how much at least, at the test's scale.
    pub short_by: Option<i64>,
    /// How the value was shown, when one value decided.
    pub source: Option<Provenance>,
    /// When it was learnt.
    pub on: Option<Date>,
    /// The value is too old to count; it is seen as unknown and was learnt `on`.
    pub stale: bool,
}

/// The unchanging part of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Test {
    /// What is looked at.
    pub subject: Subject,
    /// How it is compared.
    pub operator: Operator,
    /// With what.
    pub needed: Needed,
    /// Digits after the point of the numbers in this comparison.
    pub scale: u8,
}

/// What a comparison looks at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A fact, by its full id.
    Fact(Id),
    /// Completed years of age.
    Age,
    /// Completed months of age.
    AgeMonths,
    /// A score, by its id.
    Score(Id),
    /// How many members there are.
    Members,
    /// Members for whom a condition holds, or something about them.
    MembersWho {
        /// Whether some, all, how many, or a sum.
        how: How,
        /// Facts the condition reads, by full id.
        facts: Vec<Id>,
        /// The condition's source text, for officers.
        text: String,
    },
    /// A calculation, by its source text and the facts it reads.
    Calculation {
        /// Facts it reads, by full id.
        facts: Vec<Id>,
        /// Its source text, for officers.
        text: String,
    },
}

/// What is asked of the members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// At least one.
    Some,
    /// Every one.
    All,
    /// How many.
    Count,
    /// A sum over them.
    Sum,
}

/// How the seen value is compared with the needed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    /// Is this value.
    Is,
    /// Is not this value.
    IsNot,
    /// Is this number or less.
    AtMost,
    /// Is below this number.
    LessThan,
    /// Is this number or more.
    AtLeast,
    /// Is above this number.
    MoreThan,
    /// Is one of these codes.
    OneOf,
    /// Is none of these codes.
    NoneOf,
    /// The set has this code.
    Has,
    /// The set has not this code.
    HasNot,
}

/// What a comparison needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Needed {
    /// Yes or no.
    Bool(bool),
    /// A number, times ten to the test's scale.
    Number(i64),
    /// One of these codes.
    Codes(Vec<Id>),
    /// The value of another calculation, by its source text.
    Calculation(String),
}

/// What was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// Nothing is known.
    Unknown,
    /// Yes or no.
    Bool(bool),
    /// A number at the test's scale, perhaps only within bounds.
    Number(Interval),
    /// A code.
    Code(Id),
    /// The members for whom a condition holds or may hold.
    Members(Box<MembersSeen>),
}

/// Members for whom a condition holds and for whom it is not known, by key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembersSeen {
    /// It holds for these.
    pub yes: Vec<Id>,
    /// Not known for these.
    pub unknown: Vec<Id>,
    /// The member list is not complete, so more may come.
    pub open: bool,
}
