//! What can go wrong in the store, as sentences.

use domain::event::{DecodeError, Record};

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Someone else changed the record since it was read.
    #[error("The {} record was changed by someone else meanwhile. Look at both versions and send again.", .0.kind)]
    Conflict(Record),
    /// The same command id came with other content.
    #[error("This form was already sent with other answers. Open the page again and repeat what changed.")]
    OtherBody,
    /// The clock runs behind the newest event.
    #[error(
        "The server's clock is behind its last entry ({last}). Set the clock, then try again; nothing was written."
    )]
    ClockBehind {
        /// When the newest event was recorded.
        last: domain::Instant,
    },
    /// The registry changes while it is read from end to end.
    #[error("The registry changes faster than it can be read. Try again at a quieter hour; nothing was written.")]
    Busy,
    /// A request waited long enough for the writer, a reader or the hashing of a password.
    #[error("The office is busy. Send it again in a moment; sent again, nothing is recorded twice.")]
    Overloaded,
    /// The journal cannot be read.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// A stored value does not fit its type.
    #[error("A stored value cannot be read: {0}. Run `onewindow journal verify`.")]
    Corrupt(String),
    /// The database failed.
    #[error("The database did not answer as expected: {0}")]
    Database(#[from] sqlx::Error),
    /// The database file failed.
    #[error("The database file did not answer as expected: {0}")]
    File(#[from] rusqlite::Error),
    /// The blob folder failed.
    #[error("The folder of papers cannot be used: {0}. Check that it exists and has space.")]
    Blobs(#[from] std::io::Error),
    /// Another release's tables.
    #[error("The database was made by a newer release (migration {found}; this one knows {known}). Upgrade onewindow.")]
    Newer {
        /// The newest migration in the database.
        found: i64,
        /// The newest migration known here.
        known: i64,
    },
    /// Another release's journal.
    #[error(
        "The journal has entries of format {0}, which this release does not know. Upgrade onewindow; nothing was changed."
    )]
    NewerJournal(i64),
    /// An earlier release's tables, where they are not brought up to date by the way.
    #[error(
        "The tables are of an earlier release (migration {found}; this one has {known}). Run `onewindow upgrade` first."
    )]
    Pending {
        /// The newest migration in the database.
        found: i64,
        /// The newest migration known here.
        known: i64,
    },
    /// A migration is missing below the newest.
    #[error(
        "The database has seen migration {found} and never {missing}: a program from between two releases opened it. Copy \
         its files yourself, then run `onewindow upgrade --without-copy`, which brings what is missing."
    )]
    Hole {
        /// The first one that is missing.
        missing: i64,
        /// The newest one that is there.
        found: i64,
    },
    /// The address of the database is not understood.
    #[error("\"{0}\" is not a database address. Write sqlite:PATH or postgres://USER@HOST/NAME.")]
    Address(String),
    /// An erasure that was not carried out.
    #[error(transparent)]
    Redaction(#[from] crate::journal::RedactionRefused),
    /// The rows of an import are gone from the blob folder.
    #[error("The rows of an import are not in the folder of papers: bring the file {0} back from the backup.")]
    RowsMissing(String),
    /// Something that this scope may not do; pages ask the access table before.
    #[error("Lists are imported by officers who may, and by `onewindow import` on the server.")]
    NotYours,
    /// Something for the server's own commands.
    #[error("Backups are made with `onewindow backup` on the server only.")]
    OnTheServer,
    /// A backup that cannot be used.
    #[error(transparent)]
    Backup(#[from] archive::Damage),
    /// Something is where a registry is to come.
    #[error(
        "{0} is not empty. A registry is restored or moved to an empty place only: name another, or remove what is there."
    )]
    NotEmpty(String),
    /// A copy that came out differently.
    #[error("The table {0} did not come out as it went in. Nothing was kept; keep the original and report this.")]
    Differs(String),
    /// The registry is in another database now.
    #[error(
        "This registry was moved to {0}. Start with that address; `onewindow move --take-back` opens this one again."
    )]
    Moved(String),
    /// A sealed registry and no key.
    #[error(
        "The papers and protected facts of this registry are sealed with the key {0}, and no key file is given. Bring the \
         key file back and name it with --key-file or ONEWINDOW_KEY_FILE; nothing was started."
    )]
    KeyMissing(String),
    /// A key of another registry, or an old one.
    #[error(
        "The key file holds the key {given}, and this registry is sealed with {wanted}. Name that key's file with --key-file \
         or ONEWINDOW_KEY_FILE; nothing was started."
    )]
    OtherKey {
        /// The name of the key that was given.
        given: String,
        /// The names of those that open the registry.
        wanted: String,
    },
    /// The keys of records were changed.
    #[error(
        "The key of {0} records in the table sealing_key was changed or is gone. Bring the database back from a backup; \
         nothing was started."
    )]
    WrappedKey(String),
    /// A registry without a key, where one is needed.
    #[error(
        "This registry is not sealed. Make a key with `onewindow keys new FILE` and name it in ONEWINDOW_KEY_FILE."
    )]
    NotSealed,
    /// Sealed content that does not open.
    #[error(
        "{0} cannot be opened: what is stored was changed, or belongs elsewhere. Run `onewindow journal verify`, and bring \
         it back from a backup."
    )]
    Unreadable(String),
    /// What was written before the key still lies open.
    #[error(
        "What was written before the key is not sealed yet, so tables cannot be compared. Run `onewindow keys seal-old` first."
    )]
    OldLiesOpen,
    /// The store was shut down.
    #[error("The store is closed.")]
    Closed,
}

/// What the store answers.
pub type Result<T> = std::result::Result<T, StoreError>;

/// A corrupt stored value, described.
pub(crate) fn corrupt(what: impl std::fmt::Display) -> StoreError {
    StoreError::Corrupt(what.to_string())
}
