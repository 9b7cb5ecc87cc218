//! Screening: from the registry's records to the rules' family, questions, verdicts, the package.

pub mod answers;
mod ask;
mod change;
mod choose;
pub mod desk;
pub mod family;
pub mod help;
pub mod package;
pub mod panel;
pub mod programme;
pub mod programmes;
pub mod questions;
pub mod record;
mod view;

pub use screener::{group, reasons, values};
