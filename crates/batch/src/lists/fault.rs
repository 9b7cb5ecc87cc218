//! What may be wrong with a file, or odd about it.

use super::file::{MOST_COLUMNS, MOST_ROWS};
use thiserror::Error;

/// Why a file cannot be read at all.
#[derive(Debug, Error)]
pub enum FileFault {
    /// The file is not there, or damaged.
    #[error("The file cannot be read: {0}. Save it again and try once more.")]
    Unreadable(String),
    /// Nothing in it.
    #[error("The file has no rows under its column names. Check that it is the right file.")]
    Empty,
    /// UTF-16, as "Unicode text" of office programs.
    #[error(
        "The file is in UTF-16. In the spreadsheet choose Save as, \"CSV UTF-8\", or give the workbook (.xlsx) itself."
    )]
    Utf16,
    /// Windows-1256 or another code page.
    #[error(
        "Line {line} is not UTF-8{}. In the spreadsheet choose Save as, \"CSV UTF-8\", or give the workbook (.xlsx) itself.",
        if *.arabic { "; it looks like Windows-1256, as older Urdu and Arabic programs write" } else { "" }
    )]
    Encoding {
        /// Where.
        line: u64,
        /// Whether it looks like Windows-1256.
        arabic: bool,
    },
    /// A workbook of before 2007, or one with a password.
    #[error("This is an old workbook (.xls) or one with a password. Save it as .xlsx without a password.")]
    OldWorkbook,
    /// PDF, picture, document.
    #[error("This is neither a table (.csv) nor a workbook (.xlsx). Ask for the list as one of these.")]
    NotATable,
    /// A ZIP bomb, or a damaged one.
    #[error("The workbook unpacks to far more than a list holds, so it was not opened. Ask for it as CSV.")]
    Bomb,
    /// More rows or columns than a list has.
    #[error(
        "The file has more than {MOST_ROWS} rows or {MOST_COLUMNS} columns. Split it, or remove what is not the list."
    )]
    TooLarge,
    /// A quote that nothing closes.
    #[error("In line {0} a quotation mark is opened and never closed. Remove it, or save the list again as CSV UTF-8.")]
    Quote(u64),
}

impl FileFault {
    /// The stable code, for message ids.
    pub fn code(&self) -> &'static str {
        match self {
            FileFault::Unreadable(_) => "unreadable",
            FileFault::Empty => "empty",
            FileFault::Utf16 => "utf16",
            FileFault::Encoding { arabic: true, .. } => "windows1256",
            FileFault::Encoding { arabic: false, .. } => "encoding",
            FileFault::OldWorkbook => "old_workbook",
            FileFault::NotATable => "not_a_table",
            FileFault::Bomb => "bomb",
            FileFault::TooLarge => "too_large",
            FileFault::Quote(_) => "quote",
        }
    }

    /// The line it is about, if it is about one.
    pub fn line(&self) -> Option<u64> {
        match self {
            FileFault::Encoding { line, .. } | FileFault::Quote(line) => Some(*line),
            _ => None,
        }
    }
}

/// Something odd about a file that can be read.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileNote {
    /// Two columns of one name: the second is called otherwise here.
    Twice(String),
    /// Rows above the head that were left out.
    Above(u64),
    /// A workbook of several sheets; this one is read.
    Sheet(String),
    /// Merged cells: what they hold stands in the first of them only.
    Merged(u64),
    /// Formulas: the values last calculated are read.
    Formulas(u64),
}

impl FileNote {
    /// The stable code, for message ids, and what it is about.
    pub fn code(&self) -> (&'static str, String) {
        match self {
            FileNote::Twice(name) => ("twice", name.clone()),
            FileNote::Above(rows) => ("above", rows.to_string()),
            FileNote::Sheet(name) => ("sheet", name.clone()),
            FileNote::Merged(count) => ("merged", count.to_string()),
            FileNote::Formulas(count) => ("formulas", count.to_string()),
        }
    }
}
