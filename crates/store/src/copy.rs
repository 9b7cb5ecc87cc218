//! Copying a registry: into a backup and out of it again, and from one database to the other.
//!
//! What is read is one moment of the registry, while others go on writing. Rows travel as lines of JSON in the types of
//! the migrations, so that what SQLite wrote PostgreSQL reads.

mod backup;
mod facts;
mod load;
mod moving;
mod restore;
mod row;
mod snapshot;

pub use backup::{BackedUp, Backup, check_written, missing_papers, note_backup};
pub use facts::{About, FORMAT, Sums, TableSum};
pub use moving::{Moved, move_registry, take_back};
pub use restore::{Restored, restore};

pub(crate) use moving::moved_to;

/// A connection to a registry that changes nothing of it.
pub(crate) async fn connect(url: &str) -> crate::Result<snapshot::Held> {
    snapshot::Held::connect(url).await
}

/// Tables that are not copied. Sessions and wrong tries belong to a machine and an hour: after a restore everybody signs
/// in again. The rest is made from records at the first start.
const NOT_COPIED: &[&str] = &["session", "attempt", "migration"];

/// The setting that says when the registry was backed up last.
pub(crate) const BACKED_UP: &str = "backed-up";

/// Settings that are not copied: by which builder search keys and pairs were made, because they are made again; and what is true of
/// one database only.
const SETTINGS_NOT_COPIED: &[&str] = &[
    crate::people::remake::MADE_BY,
    crate::people::lists::keys::MADE_BY,
    crate::people::review::MADE_BY,
    moving::MOVED,
    BACKED_UP,
    crate::LOG_HOLDS_ERASED,
    crate::journal::SEALED_BELOW,
];

/// The tables that are copied of a registry at a migration, in the order of their making.
fn tables_at(migration: i64) -> Vec<crate::db::schema::Table> {
    let left = |name: &str| NOT_COPIED.contains(&name) || crate::tables::DERIVED_TABLES.contains(&name);
    crate::db::schema::tables(migration).into_iter().filter(|table| !left(&table.name)).collect()
}
