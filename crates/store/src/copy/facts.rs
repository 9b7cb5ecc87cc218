//! What a backup says about itself, and sums by which two copies are compared.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The layout of backups written here. A newer one is refused.
pub const FORMAT: u32 = 1;

/// The first entry of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The layout.
    pub format: u32,
    /// The release that wrote it.
    pub release: String,
    /// `sqlite` or `postgres`.
    pub database: String,
    /// The newest migration of its tables.
    pub migration: i64,
    /// When it was made.
    pub made_at: domain::Instant,
    /// Number and hash of the newest seal, to be compared with the printed one.
    pub seal: Option<(i64, String)>,
}

/// Rows and their sum, which does not depend on their order: databases sort differently.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableSum {
    /// The table.
    pub table: String,
    /// How many rows.
    pub rows: u64,
    /// The SHA-256 of every row's line, added up, in hex.
    pub sum: String,
}

/// Every table that was copied.
pub type Sums = Vec<TableSum>;

/// Adds up rows.
#[derive(Default)]
pub(super) struct Adding {
    rows: u64,
    parts: [u64; 4],
}

impl Adding {
    /// Adds a row's line.
    pub(super) fn add(&mut self, line: &[u8]) {
        let hash = Sha256::digest(line);
        for (part, bytes) in self.parts.iter_mut().zip(hash.as_chunks::<8>().0) {
            *part = part.wrapping_add(u64::from_be_bytes(*bytes));
        }
        self.rows += 1;
    }

    /// The sum of a table.
    pub(super) fn of(&self, table: &str) -> TableSum {
        let sum = self.parts.iter().map(|part| format!("{part:016x}")).collect();
        TableSum { table: table.to_owned(), rows: self.rows, sum }
    }
}
