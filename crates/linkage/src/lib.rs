//! Are these two records one person? Names and numbers are normalised, keyed, compared and explained here.
//!
//! Pure: no file, clock, network, thread or database, and no floating point. The way of a search:
//! [`query::parse`] reads what was typed, [`keys::query_keys`] says which keys to look up among those that
//! [`keys::person_keys`] made for everybody, and [`compare::rank`] orders the candidates and says why each one matched.
//! Nothing here decides: a person confirms every match.

pub mod bulk;
mod candidate;
pub mod compare;
pub mod jaro_winkler;
pub mod keys;
pub mod names;
pub mod query;
#[cfg(test)]
mod speed;
pub mod text;

pub use candidate::{Candidate, Candidates};
pub use compare::{Evidence, Match, Ranker, Strength, match_strength, rank, similar_people};
pub use keys::{BUILDER_VERSION, KeyKind, person_keys, query_keys, registration_keys};
pub use query::Query;

/// What matching knows about a person; names in any script, an unknown as `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PersonForKeys<'a> {
    /// The person's own name as typed.
    pub given: &'a str,
    /// Father's or husband's name as typed.
    pub father_or_husband: Option<&'a str>,
    /// Village or neighbourhood as typed.
    pub village: Option<&'a str>,
    /// District by any of its names.
    pub district: Option<&'a str>,
    /// Year of birth in the Gregorian calendar, however it became known.
    pub birth_year: Option<i32>,
    /// Identity numbers as ASCII digits.
    pub numbers: &'a [&'a str],
    /// Phone numbers as E.164.
    pub phones: &'a [&'a str],
}
