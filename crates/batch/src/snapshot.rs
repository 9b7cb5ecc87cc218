//! A registry as Arrow columns on disk: read once from other people's tables, then as often as there are policies.
//!
//! A snapshot is a folder. `households.arrow` and `persons.arrow` are ordinary Arrow IPC files that every data tool
//! opens; a record batch is a **block**: households of one district, in the order of their ids, and in the other file
//! their persons in the same order. `snapshot.json` says what the columns mean, what they were made from, where each
//! column of each block lies, and its checksum. A column is checked whenever it is read: nothing is decided from bytes
//! that changed.

mod arrow;
mod index;
mod read;
mod write;

pub use index::{Block, Index, Source};
pub use read::{Selection, Snapshot, open};
pub use write::{Made, Making, Writer, write};

/// The households' file.
pub const HOUSEHOLDS: &str = "households.arrow";
/// The persons' file.
pub const PERSONS: &str = "persons.arrow";
/// What the snapshot is.
pub const INDEX: &str = "snapshot.json";

/// The most households of one block.
pub const MOST_HOUSEHOLDS: usize = 65_536;
