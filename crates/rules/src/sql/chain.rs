//! Parts of the query: each reads the one before and adds columns.

use super::writer::{Def, Level, quoted};
use std::{collections::BTreeSet, fmt::Write};

/// One `WITH` part.
pub(super) struct Part {
    pub(super) name: String,
    pub(super) comment: Vec<String>,
    pub(super) body: String,
    /// Read more than once, so kept rather than reckoned again.
    pub(super) kept: bool,
}

/// The rows of households, or of persons, as far as they are written.
pub(super) struct Chain {
    pub(super) level: Level,
    /// The part that has all columns so far.
    pub(super) last: String,
    /// Columns of its own record.
    pub(super) own: BTreeSet<String>,
    /// On persons' rows: columns of the household brought over.
    pub(super) brought: BTreeSet<String>,
}

impl Chain {
    pub(super) fn keys(&self) -> &'static str {
        match self.level {
            Level::Household => "household_id",
            Level::Person => "household_id, person_id",
        }
    }

    /// Adds columns that do not read one another, each under its rule.
    pub(super) fn add(&mut self, name: &str, defs: &[Def]) -> Part {
        let mut body = String::from("  SELECT *");
        for def in defs {
            for (number, (column, expression)) in def.columns.iter().enumerate() {
                body.push(',');
                for line in def.comment.iter().filter(|_| number == 0) {
                    let _ = write!(body, "\n    -- {}", line.split_whitespace().collect::<Vec<_>>().join(" "));
                }
                let _ = write!(body, "\n    {expression} AS {}", quoted(column));
            }
        }
        let _ = write!(body, "\n  FROM {}", quoted(&self.last));
        self.own.extend(defs.iter().flat_map(|def| &def.columns).map(|(column, _)| column.clone()));
        name.clone_into(&mut self.last);
        Part { name: name.to_owned(), comment: vec![], body, kept: false }
    }

    /// Keeps the rows with the columns that are still wanted.
    pub(super) fn keep(&mut self, name: &str, wanted: &BTreeSet<String>, brought: &BTreeSet<String>) -> Part {
        self.own.retain(|column| wanted.contains(column));
        self.brought.retain(|column| brought.contains(column));
        let mut body = format!("  SELECT {}", self.keys());
        for column in self.own.iter().chain(&self.brought) {
            let _ = write!(body, ", {}", quoted(column));
        }
        let _ = write!(body, "\n  FROM {}", quoted(&self.last));
        name.clone_into(&mut self.last);
        Part { name: name.to_owned(), comment: vec![], body, kept: true }
    }

    /// Adds columns of another part with the same keys.
    pub(super) fn join(&mut self, name: &str, from: &str, how: &str, columns: &[(String, String)]) -> Part {
        let mut body = String::from("  SELECT o.*");
        for (column, expression) in columns {
            let _ = write!(body, ",\n    {expression} AS {}", quoted(column));
        }
        let keys = if from.starts_with("pairs") { "household_id, person_id" } else { "household_id" };
        let _ = write!(body, "\n  FROM {} o {how} {} n USING ({keys})", quoted(&self.last), quoted(from));
        name.clone_into(&mut self.last);
        Part { name: name.to_owned(), comment: vec![], body, kept: false }
    }
}
