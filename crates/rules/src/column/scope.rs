//! Whose records a condition reads, and how many rows that makes.

use super::{graph::Rows, reach::Reach};
use crate::pack::fact::Record;

/// Whose records a condition can read where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The household alone.
    Household,
    /// The candidate, one a row.
    Candidate,
    /// The member a list function looks at, one a row.
    Member,
    /// The candidate beside each member.
    Both,
}

impl Scope {
    pub(crate) fn rows(self) -> Rows {
        match self {
            Scope::Household => Rows::Household,
            Scope::Candidate | Scope::Member => Rows::Person,
            Scope::Both => Rows::Pair,
        }
    }
}

/// The scope of a record's own derived facts and `applies`.
pub(crate) fn own(record: Record) -> Scope {
    if record == Record::Household { Scope::Household } else { Scope::Candidate }
}

pub(crate) fn rows(record: Record) -> Rows {
    if record == Record::Household { Rows::Household } else { Rows::Person }
}

impl Reach {
    /// The narrowest scope within another that has what is read.
    pub(crate) fn within(self, scope: Scope) -> Scope {
        match (self.candidate, self.bound) {
            (false, false) => Scope::Household,
            (true, false) => Scope::Candidate,
            (false, true) => Scope::Member,
            (true, true) => scope,
        }
    }
}
