//! What a change of policy does: who gains and who loses, what it costs in a year, and how far a budget reaches.

pub mod change;
mod compare;
pub mod cost;
pub mod flows;
pub mod reach;
pub mod report;
pub mod seed;
mod side;

pub use compare::{Ask, ProgrammeReach, Simulation, compare};
