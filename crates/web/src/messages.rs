//! Messages to families: their words, the worker that makes and sends them, and the page of whoever runs the program.

pub mod office;
pub mod words;
pub mod work;

pub use work::{Post, Sender};
