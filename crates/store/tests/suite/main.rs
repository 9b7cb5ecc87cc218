//! The store's tests, each on SQLite and on PostgreSQL. One program, because linking it twenty times would take longer
//! than running it.

#[path = "../common/mod.rs"]
mod common;

mod journal;
