//! Letters of decision: what was decided, why, and what a family may do, as a page to print and as a PDF.

mod compose;
pub mod pages;
pub mod pdf;

pub use compose::{TOLD, told_in};
