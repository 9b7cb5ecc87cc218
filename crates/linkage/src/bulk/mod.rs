//! Linkage of whole lists: which of a million records are of one person.
//!
//! A [`Description`] says which columns there are, what they hold ([`Kind`]), whether they tell about the person or the
//! family ([`Role`]), and which keys make candidates. [`Records`] holds every value once, normalised; [`Blocks`] finds the
//! candidates; [`Comparer`] turns a pair into a [`Pattern`] of small whole numbers; a [`Model`] of learned whole-number
//! weights says how much better "one person" explains the pattern than the best other explanation; [`Clusters`] keeps
//! groups consistent. Learning the weights from unlabelled pairs is the caller's work; nothing here holds a float.
//!
//! The other explanations are two: strangers, and **two people of one household**. Relatives share father, village, phone
//! and tribe all at once, so that evidence is read jointly and says little between "one person" and "one household".

mod blocks;
mod clusters;
mod column;
mod companions;
mod date;
mod describe;
mod hash;
mod homes;
mod levels;
mod model;
mod number;
mod pattern;
mod records;
#[cfg(test)]
mod tests;
mod text;
mod tribes;

pub use blocks::{BlockReport, Blocks, BlocksBuilder};
pub use clusters::Clusters;
pub use describe::{Description, Excuse, Fault, Field, Group, Kind, Role, Rule, View};
pub use homes::{Between, Homes, Partners};
pub use levels::{Coarse, LEVELS, Level};
pub use levels::{by_frequency, coarse, code, count as level_count};
pub use model::{Class, FieldModel, GroupModel, MilliBits, Model, Reason, Scorer};
pub use pattern::{Comparer, Pattern};
pub use records::Records;
