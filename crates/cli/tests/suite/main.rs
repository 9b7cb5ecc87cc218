//! The program as somebody at a terminal starts it.

mod keys;
mod measures;
mod registry;
