//! What is wrong with a file, said so that its owner can mend it: file, place, column, what was found, what to do.

use std::{fmt, path::Path};

/// The most faults that are collected before reading stops.
pub const MOST_FAULTS: usize = 20;

/// Where in a file something is wrong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The file as a whole.
    #[default]
    Whole,
    /// A line of a text file, counted from 1.
    Line(u64),
    /// A row of a table, counted from 1.
    Row(u64),
}

/// One thing that is wrong with a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file, as its owner named it.
    pub file: String,
    /// Where in it.
    pub place: Place,
    /// The column; empty when it is not about one.
    pub column: String,
    /// What is wrong, as a sentence.
    pub message: String,
    /// What to do about it.
    pub suggestion: Option<String>,
}

impl Fault {
    /// A fault of a whole file.
    pub fn of(file: &str, message: impl Into<String>) -> Self {
        Self { file: file.to_owned(), message: message.into(), ..Self::default() }
    }

    /// The same fault at a place.
    pub fn at(self, place: Place) -> Self {
        Self { place, ..self }
    }

    /// The same fault in a column.
    pub fn column(self, column: impl Into<String>) -> Self {
        Self { column: column.into(), ..self }
    }

    /// The same fault with what to do.
    pub fn suggest(self, suggestion: impl Into<String>) -> Self {
        Self { suggestion: Some(suggestion.into()), ..self }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        match self.place {
            Place::Whole => {}
            Place::Line(line) => write!(f, ", line {line}")?,
            Place::Row(row) => write!(f, ", row {row}")?,
        }
        if !self.column.is_empty() {
            write!(f, ", column `{}`", self.column)?;
        }
        write!(f, ": {}", self.message)?;
        self.suggestion.iter().try_for_each(|what| write!(f, " {what}"))
    }
}

/// Everything found wrong, in the order of files and places; never empty when it is an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl std::error::Error for Faults {}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().take(MOST_FAULTS).map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))?;
        match self.0.len().saturating_sub(MOST_FAULTS) {
            0 => Ok(()),
            more => write!(f, "\nand {more} more."),
        }
    }
}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Self(vec![fault])
    }
}

/// Turns an input or output error of a file into a fault.
pub(crate) fn io(path: &Path, doing: &str) -> impl FnOnce(std::io::Error) -> Fault {
    let file = path.display().to_string();
    let doing = doing.to_owned();
    move |error| {
        let fault = Fault::of(&file, format!("It cannot be {doing}: {error}."));
        match error.kind() {
            std::io::ErrorKind::StorageFull => fault.suggest("Make room on the disk and run the same command again."),
            std::io::ErrorKind::NotFound => fault.suggest("Check the name and the folder."),
            _ => fault,
        }
    }
}
