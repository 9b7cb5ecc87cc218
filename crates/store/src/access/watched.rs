//! What a monitor watches of an office: counts since the program began, of nobody.

use crate::Store;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Counts of acts that are odd when there are many.
#[derive(Debug, Default)]
pub(super) struct Watch {
    refused: AtomicU64,
    waited: AtomicU64,
    opened: AtomicU64,
    exported: AtomicU64,
}

/// The same as plain numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Watched {
    /// Wrong passwords and wrong codes of the second step.
    pub refused: u64,
    /// Sign-ins that were told to wait first.
    pub waited: u64,
    /// Protected parts of files that were opened outside their visit.
    pub opened: u64,
    /// Lists, tables and extracts that left the program.
    pub exported: u64,
}

impl Watch {
    pub(super) fn refused(&self) {
        self.refused.fetch_add(1, Relaxed);
    }

    pub(super) fn waited(&self) {
        self.waited.fetch_add(1, Relaxed);
    }

    pub(super) fn opened(&self) {
        self.opened.fetch_add(1, Relaxed);
    }

    pub(super) fn exported(&self) {
        self.exported.fetch_add(1, Relaxed);
    }
}

impl Store {
    /// What was counted since the program began.
    pub fn watched(&self) -> Watched {
        let watch = &self.access.watch;
        Watched {
            refused: watch.refused.load(Relaxed),
            waited: watch.waited.load(Relaxed),
            opened: watch.opened.load(Relaxed),
            exported: watch.exported.load(Relaxed),
        }
    }
}
