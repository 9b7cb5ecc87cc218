//! Rules from pack to verdict. One binary: linking is what costs.

mod cards;
mod column;
mod columns_of_random_policies;
mod conformance;
mod pakistan;
mod policy_errors;
mod properties;
mod questions;
mod random_policies;
mod sql;
mod support;
mod verdicts;
