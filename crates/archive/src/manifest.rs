//! The manifest: what an archive holds, written after everything else.

use serde::{Deserialize, Serialize};

/// The manifest's own name.
pub(crate) const NAME: &str = "manifest.json";

/// One entry as the manifest states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its name, a path with `/`.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of its content, in hex.
    pub sha256: String,
}

/// Every entry of an archive, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The entries before it.
    pub entries: Vec<Entry>,
}
