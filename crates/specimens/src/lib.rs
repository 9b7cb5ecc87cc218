//! Random policies and random households, for tests only: whatever evaluates the policy language can be set beside
//! another evaluator over thousands of policies nobody thought of.
//!
//! Everything follows from a seed: the same seed gives the same policy and the same households on every machine. A
//! [`Policy`] covers every construct of the language (see [`expr`]); [`families`] draws households for any pack, near
//! its bounds and cut-offs, with nulls, partial birth dates and open lists at stated [`Rates`]. [`mutants`] gives a
//! policy with one operator changed, to see whether a comparison would notice; [`shrink`] gives smaller families.

mod codes;
mod conditions;
mod cutoffs;
mod dictionary;
mod draw;
pub mod expr;
mod families;
mod files;
mod mutants;
mod numbers;
mod policy;
mod programmes;
mod rng;
mod shrink;

pub use families::{Rates, families, families_with, fresh};
pub use mutants::{Change, Mutant, mutants};
pub use policy::{Alternative, Criterion, Fact, Kind, Policy, Programme, Score};
pub use rng::Rng;
pub use shrink::shrink;

use rules::{Date, Pack};

/// The day every specimen is screened on: 22 November 2026. Dates in force are drawn around it.
///
/// # Panics
/// Never: the day exists.
#[must_use]
pub fn day() -> Date {
    Date::from_ymd_opt(2026, 11, 22).expect("a day of the calendar")
}

/// A random policy as the files of a pack, (path, text).
#[must_use]
pub fn pack_files(seed: u64) -> Vec<(String, String)> {
    Policy::random(seed).files()
}

/// A random policy, loaded.
///
/// # Panics
/// When the loader refuses it, with the seed and the loader's words: every specimen is meant to be valid.
#[must_use]
pub fn pack(seed: u64) -> Pack {
    Policy::random(seed).load().unwrap_or_else(|why| panic!("the policy of seed {seed} does not load:\n{why}"))
}
