//! Imports of lists: opened, taken batch by batch, finished or cancelled.
//!
//! A batch's number is one less than the version its event makes: a batch that is taken twice is refused by the order of
//! versions, and an import that was interrupted goes on with the batch after the last.

use super::{ListHead, ListMapping, ListedState};
use crate::{
    Instant, Version, codes,
    ids::{ImportId, OfficerId},
};
use serde::{Deserialize, Serialize};

codes! {
    /// How an import stands.
    ImportState {
        /// Rows are being taken, or will be.
        Running = "running",
        /// Every row was taken or refused.
        Finished = "finished",
        /// Stopped by an officer; what was taken stays.
        Cancelled = "cancelled",
    }
}

/// How many rows came to what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Nobody the registry knew.
    pub new: u64,
    /// One person of the registry.
    pub matched: u64,
    /// An officer decides.
    pub review: u64,
    /// Not taken.
    pub refused: u64,
}

impl Tally {
    /// Counts a row.
    pub fn count(&mut self, state: ListedState) {
        match state {
            ListedState::New => self.new += 1,
            ListedState::Matched => self.matched += 1,
            ListedState::Review => self.review += 1,
            ListedState::Refused => self.refused += 1,
        }
    }

    /// Both together.
    pub fn plus(self, other: Tally) -> Tally {
        Tally {
            new: self.new + other.new,
            matched: self.matched + other.matched,
            review: self.review + other.review,
            refused: self.refused + other.refused,
        }
    }

    /// All rows.
    pub fn rows(self) -> u64 {
        self.new + self.matched + self.review + self.refused
    }
}

/// An import of a list was opened: which file, how it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportOpened {
    /// What the list is.
    pub list: ListHead,
    /// The address of the file in the blob folder: SHA-256 in hex.
    pub file: String,
    /// What the file was called.
    pub file_name: String,
    /// Which column holds what.
    pub mapping: ListMapping,
    /// The head of every column, in order: what the cells of a row stand under.
    pub head: Vec<String>,
    /// Rows in a batch; the last may have fewer.
    pub batch_rows: u32,
    /// The model and keys by which rows are matched.
    pub matched_by: String,
}

/// A batch of rows was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowsAccepted {
    /// 1 for the first.
    pub batch: u32,
    /// The address in the blob folder of the rows, one JSON object a line: SHA-256 in hex.
    pub rows: String,
    /// What they came to.
    pub tally: Tally,
}

/// Every row was taken or refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportFinished {
    /// What all rows came to.
    pub tally: Tally,
}

/// An officer stopped it; what was taken stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportCancelled {
    /// Why.
    pub reason: String,
}

/// An import as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Key.
    pub id: ImportId,
    /// Events seen.
    pub version: Version,
    /// How it was opened.
    pub opened: ImportOpened,
    /// When.
    pub opened_at: Instant,
    /// By whom; `None` from the terminal.
    pub opened_by: Option<OfficerId>,
    /// How it stands.
    pub state: ImportState,
    /// Batches taken.
    pub batches: u32,
    /// What the rows taken so far came to.
    pub tally: Tally,
    /// When it ended.
    pub ended_at: Option<Instant>,
}

/// Why an import was not opened or changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportRefused {
    /// No column holds names.
    #[error("Say which column holds the beneficiary's name: without it no row can be read.")]
    NameUnmapped,
    /// One column stands for two things.
    #[error("The column \"{0}\" stands for two things. Choose it once.")]
    Twice(String),
    /// A column that the file does not have.
    #[error("The file has no column \"{0}\". Choose the columns again.")]
    NoColumn(String),
    /// Nobody keeps it.
    #[error("Say who keeps this list: the department or the organisation.")]
    SourceMissing,
    /// It has no name.
    #[error("Say what the list is called, so that it can be told from others of the same office.")]
    TitleMissing,
    /// A day that has not come.
    #[error("The list cannot be of a day that has not come. Check the date printed on it.")]
    Future,
    /// It is over.
    #[error("This import is over already. Look at what came of it.")]
    Over,
}

impl ImportOpened {
    /// Checks what was said of a list before anything is read by it.
    pub fn check(&self, today: crate::Date) -> Result<(), ImportRefused> {
        use super::ListField;
        if self.list.source.trim().is_empty() {
            return Err(ImportRefused::SourceMissing);
        }
        if self.list.title.trim().is_empty() {
            return Err(ImportRefused::TitleMissing);
        }
        if self.list.stated_on > today {
            return Err(ImportRefused::Future);
        }
        let columns: Vec<&String> = self.mapping.0.values().collect();
        if let Some(gone) = columns.iter().find(|column| !self.head.contains(column)) {
            return Err(ImportRefused::NoColumn((*gone).clone()));
        }
        if let Some((_, twice)) = columns.iter().enumerate().find(|(at, column)| columns[..*at].contains(column)) {
            return Err(ImportRefused::Twice((*twice).clone()));
        }
        if !self.mapping.0.contains_key(&ListField::Given) {
            return Err(ImportRefused::NameUnmapped);
        }
        Ok(())
    }
}

impl Import {
    /// Decides to stop it.
    pub fn cancel(&self, reason: &str) -> Result<ImportCancelled, ImportRefused> {
        match self.state {
            ImportState::Running => Ok(ImportCancelled { reason: reason.trim().to_owned() }),
            ImportState::Finished | ImportState::Cancelled => Err(ImportRefused::Over),
        }
    }
}
