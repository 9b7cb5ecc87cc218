//! Tokens, the waiting list, and the visit: one page that grows.

pub mod calling;
pub mod day;
pub mod display;
pub mod forms;
pub mod frame;
pub mod intake;
pub mod later;
pub mod list;
pub mod visit;

pub use frame::{Frame, StepName};
