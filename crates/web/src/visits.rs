//! Tokens, the waiting list, and the visit: one page that grows.

pub mod frame;
pub mod intake;
pub mod list;
pub mod visit;

pub use frame::{Frame, StepName};
