//! The public pages.

pub mod health;
