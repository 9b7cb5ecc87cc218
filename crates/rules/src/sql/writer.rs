//! What is being written: definitions of columns, each with the columns it reads.

use crate::{Date, Pack, plan::Plan};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// On whose rows a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Household,
    Person,
}

/// Columns that something reads.
#[derive(Debug, Clone, Default)]
pub(super) struct Reads {
    pub(super) household: BTreeSet<String>,
    pub(super) person: BTreeSet<String>,
}

/// Some columns that belong together: a fact, a score, a condition, a programme.
#[derive(Debug)]
pub(super) struct Def {
    /// Where its rule is written, and the rule.
    pub(super) comment: Vec<String>,
    pub(super) level: Level,
    /// Name and expression.
    pub(super) columns: Vec<(String, String)>,
    pub(super) reads: Reads,
}

/// Columns gathered over the members of a household: for the household, or for each candidate when the condition
/// compares members with the candidate.
#[derive(Debug)]
pub(super) struct Gathered {
    pub(super) level: Level,
    /// What is reckoned for each member: name and expression.
    pub(super) each: Vec<(String, String)>,
    /// What is gathered of it: name and expression.
    pub(super) columns: Vec<(String, String)>,
    pub(super) reads: Reads,
}

/// Where an expression stands: how the columns of each record are named there, and what it has read so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Frame {
    /// Before a column of the household.
    pub(super) household: &'static str,
    /// Before a column of the candidate.
    pub(super) candidate: &'static str,
    /// Before a column of the member that a list function looks at.
    pub(super) bound: &'static str,
    pub(super) reads: Reads,
}

/// A policy being written.
pub(super) struct Writer<'a> {
    pub(super) pack: &'a Pack,
    pub(super) plan: &'a Plan,
    pub(super) at: Date,
    /// Columns taken straight from the tables, by name: household's and person's.
    pub(super) base: [BTreeMap<String, String>; 2],
    pub(super) defs: Vec<Def>,
    pub(super) gathered: Vec<Gathered>,
    /// Names of definitions made or being made.
    pub(super) made: BTreeSet<String>,
    /// Columns gathered over members, by what is gathered.
    pub(super) gathered_by: HashMap<String, String>,
    /// The final columns: name and expression.
    pub(super) answers: Vec<(String, String)>,
    pub(super) candidate_answers: Vec<(String, String)>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(pack: &'a Pack, at: Date) -> Self {
        Self {
            pack,
            plan: &pack.plan,
            at,
            base: Default::default(),
            defs: vec![],
            gathered: vec![],
            made: BTreeSet::new(),
            gathered_by: HashMap::new(),
            answers: vec![],
            candidate_answers: vec![],
        }
    }

    /// Adds a definition; what it reads was added before.
    pub(super) fn define(&mut self, level: Level, comment: Vec<String>, columns: Vec<(String, String)>, reads: Reads) {
        self.defs.push(Def { comment, level, columns, reads });
    }

    /// Whether a definition has yet to be made; from now on it counts as made.
    pub(super) fn is_new(&mut self, name: &str) -> bool {
        self.made.insert(name.to_owned())
    }

    /// A column taken straight from its table.
    pub(super) fn base(&mut self, level: Level, column: &str, expression: impl FnOnce() -> String) {
        let columns = &mut self.base[usize::from(level == Level::Person)];
        columns.entry(column.to_owned()).or_insert_with(expression);
    }
}

impl Frame {
    /// A column of the household.
    pub(super) fn household(&mut self, column: &str) -> String {
        self.reads.household.insert(column.to_owned());
        format!("{}{}", self.household, quoted(column))
    }

    /// A column of a person.
    pub(super) fn person(&mut self, bound: bool, column: &str) -> String {
        self.reads.person.insert(column.to_owned());
        format!("{}{}", if bound { self.bound } else { self.candidate }, quoted(column))
    }
}

/// A name as SQL writes it.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A text as SQL writes it.
pub(super) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Texts as a list between commas.
pub(super) fn literals<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    texts.map(literal).collect::<Vec<_>>().join(", ")
}
