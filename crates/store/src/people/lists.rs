//! Lists of departments and organisations: their imports, the rows they took, whom these mean, what they receive.

pub(crate) mod apply;
mod batch;
mod benefits;
pub(crate) mod decided;
mod deciding;
mod find;
mod jobs;
pub(crate) mod keys;
mod matching;
mod queue;
mod read;

pub use benefits::Received;
pub use deciding::{RowCandidate, RowStep, RowToDecide};
pub use find::ListedHit;
pub use jobs::{ImportJob, JobState};
pub use matching::Ahead;
pub use queue::{RowLine, RowView};
pub use read::{ImportBrief, ListedRow};

pub(crate) use batch::{Batches, decoded, encoded};

use crate::{Scope, Store};
use domain::access::Doing;

/// The lists, seen through a scope.
pub struct Lists<'a> {
    store: &'a Store,
    scope: &'a Scope,
}

impl Store {
    /// Opens the lists.
    pub fn lists<'a>(&'a self, scope: &'a Scope) -> Lists<'a> {
        Lists { store: self, scope }
    }
}

impl Lists<'_> {
    /// Who imports lists reads them, and who reads everything.
    fn reads(&self) -> bool {
        self.takes() || self.scope.officer().is_some_and(|officer| officer.reads_everything())
    }

    /// Who may take rows.
    fn takes(&self) -> bool {
        self.scope.is_system() || self.scope.may(Doing::Import)
    }
}
