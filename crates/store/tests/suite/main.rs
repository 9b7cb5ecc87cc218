//! The store's tests, each on SQLite and on PostgreSQL. One program, because linking it ten times would take longer
//! than running it.

#[path = "../common/mod.rs"]
mod common;

mod accounts;
mod asking;
mod commands;
mod copies;
mod crash;
mod damage;
mod drill;
mod extract;
mod journal;
mod lists;
mod lists_crash;
mod lists_rows;
mod merge;
mod messages;
mod overlap;
mod own;
mod plans;
mod protected;
mod quiet;
mod reads;
mod redaction;
mod review;
mod said;
mod scope;
mod sealing;
mod search;
mod tables;
mod tampering;
mod tracking;
mod upgrade;
