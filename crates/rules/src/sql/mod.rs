//! A policy as SQL text: the same verdicts from an engine that shares nothing with the evaluators but the checked
//! expression tree. Its first use is to check them; its second, to run a policy where the data already is.
//!
//! A condition becomes a `BOOLEAN` whose NULL is *not known*, since SQL's `AND`, `OR` and `NOT` are Kleene's. A number
//! becomes a pair of columns, the least and the most it can be; where one fact and written numbers make a number, a
//! single column says the same (NULL: anywhere within the fact's bounds). Nothing is a floating-point number. What the
//! two input tables look like says [`tables`]; `docs/guide/sql.md` tells the rest.

mod aggregates;
mod base;
mod chain;
mod conditions;
mod facts;
mod layers;
mod numbers;
mod programmes;
mod scores;
mod tables;
mod writer;

use crate::{Date, Pack};

pub use tables::{Column, ColumnType, columns, tables};

/// The engine that will read the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// `DuckDB` 1.1 or newer.
    DuckDb,
}

/// What the rows of the answer are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// One row per household: each score's bounds; each programme's verdict and outcome.
    Households,
    /// One row per person: the verdict on that candidate of each person-level programme.
    Candidates,
}

/// The policy on a day, as one query over the tables `households` and `persons`.
///
/// For each score `"scores.<id>.low"` and `"scores.<id>.high"`, times ten to its digits. For each programme its id
/// (`yes`, `no` or `unknown`: whether somebody meets the criteria) and `"<id> outcome"` (`meets`, `may_qualify`,
/// `cannot_tell`, `already_receives`, `no`, `closed_here`: see [`crate::Outcome`]).
#[must_use]
pub fn text(pack: &Pack, at: Date, dialect: Dialect, rows: Rows) -> String {
    let Dialect::DuckDb = dialect;
    let mut writer = writer::Writer::new(pack, at);
    writer.scores();
    writer.programmes();
    layers::text(writer, rows)
}
