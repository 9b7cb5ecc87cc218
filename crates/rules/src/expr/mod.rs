//! Conditions: parsed, checked against the dictionary, and turned into rules that need no names.

pub(crate) mod check;
mod check_calls;
pub(crate) mod describe;
pub(crate) mod names;
pub(crate) mod node;
pub(crate) mod number;
pub(crate) mod parse;
pub(crate) mod rule;
