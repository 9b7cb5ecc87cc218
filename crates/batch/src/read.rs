//! Tables of other people, Parquet or CSV, read in runs of rows: the columns asked for, as facts or as ids.

mod csv;
mod generic;
mod hybrid;
mod pages;
pub(crate) mod parquet;
pub(crate) mod raw;
pub(crate) mod translate;

use crate::{
    column::Column,
    fault::{Fault, Faults, io},
    ids::Ids,
    threads,
};
use std::{fs::File, io::Read, path::Path};
use translate::Translator;

/// Bytes of a line of CSV, as few as they may be on average.
const SHORT_LINE: u64 = 16;

/// What is wanted of a column.
#[derive(Debug)]
pub(crate) enum Want {
    /// The values of a fact.
    Fact(Box<Translator>),
    /// Ids, present in every row.
    Ids(String),
}

impl Want {
    /// The table's column.
    pub(crate) fn column(&self) -> &str {
        match self {
            Self::Fact(translator) => translator.column(),
            Self::Ids(column) => column,
        }
    }
}

/// What was read of a column.
#[derive(Debug)]
pub(crate) enum Got {
    /// The columns of a fact.
    Columns(Vec<Column>),
    /// Ids.
    Ids(Ids),
}

/// Some rows of a table.
pub(crate) struct Rows {
    pub(crate) count: usize,
    /// Rows of the table before these.
    pub(crate) before: u64,
    /// In the order of the wants.
    pub(crate) got: Vec<Got>,
}

/// An open table.
pub(crate) enum Table {
    Parquet(parquet::Parquet),
    Csv(csv::Csv),
}

impl Table {
    /// Opens a table; Parquet is known by its first bytes, everything else is read as CSV.
    pub(crate) fn open(path: &Path) -> Result<Self, Faults> {
        let mut magic = [0u8; 4];
        let mut file = File::open(path).map_err(io(path, "read"))?;
        let name = path.display().to_string();
        let length = file.metadata().map_err(io(path, "read"))?.len();
        if length == 0 {
            return Err(Fault::of(&name, "The file is empty.").suggest("Ask for it again.").into());
        }
        let read = file.read(&mut magic).map_err(io(path, "read"))?;
        let named = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("parquet"));
        if named || &magic[..read] == b"PAR1" {
            return Ok(Self::Parquet(parquet::Parquet::open(path)?));
        }
        Ok(Self::Csv(csv::Csv::open(path, length)?))
    }

    /// The file's name, for messages.
    pub(crate) fn file(&self) -> &str {
        match self {
            Self::Parquet(table) => &table.file,
            Self::Csv(table) => &table.file,
        }
    }

    /// Its columns and what they hold.
    pub(crate) fn columns(&self) -> Vec<(String, &'static str)> {
        match self {
            Self::Parquet(table) => table.columns(),
            Self::Csv(table) => table.columns(),
        }
    }

    /// How many rows it says it has, when it says so.
    pub(crate) fn rows(&self) -> Option<u64> {
        match self {
            Self::Parquet(table) => Some((0..table.groups()).map(|group| table.rows(group) as u64).sum()),
            Self::Csv(_) => None,
        }
    }

    /// No fewer rows than it has: exactly for Parquet, by the length of a short line for CSV.
    pub(crate) fn rows_at_most(&self) -> u64 {
        match self {
            Self::Parquet(_) => self.rows().unwrap_or(0),
            Self::Csv(table) => table.bytes / SHORT_LINE,
        }
    }

    /// Whether its days are always whole, so that one column holds a date.
    pub(crate) fn has_whole_days(&self, column: &str) -> bool {
        self.columns().iter().any(|(name, holds)| name == column && *holds == "days")
    }

    /// Starts reading columns from the first row.
    pub(crate) fn stream<'a>(&'a self, wants: &'a [Want], threads: usize) -> Result<Stream<'a>, Faults> {
        let reader = match self {
            Self::Parquet(_) => None,
            Self::Csv(table) => Some(table.records()?),
        };
        Ok(Stream { table: self, wants, threads, group: 0, before: 0, reader })
    }
}

/// A table being read from the first row to the last.
pub(crate) struct Stream<'a> {
    table: &'a Table,
    wants: &'a [Want],
    threads: usize,
    group: usize,
    before: u64,
    reader: Option<csv::Records>,
}

impl Stream<'_> {
    /// The next rows: a row group of Parquet, or some tens of thousands of lines.
    pub(crate) fn next(&mut self) -> Result<Option<Rows>, Faults> {
        let rows = match (self.table, &mut self.reader) {
            (Table::Parquet(table), _) => {
                if self.group == table.groups() {
                    return Ok(None);
                }
                let (group, before) = (self.group, self.before);
                let read = |at: usize| table.read(group, &self.wants[at], before);
                let got = gathered(threads::in_order(self.threads, self.wants.len(), read))?;
                self.group += 1;
                Rows { count: table.rows(group), before, got }
            }
            (Table::Csv(table), Some(records)) => {
                let Some(lines) = records.next(&table.file)? else { return Ok(None) };
                let read = |at: usize| lines.read(table, &self.wants[at]);
                let got = gathered(threads::in_order(self.threads, self.wants.len(), read))?;
                Rows { count: lines.len(), before: self.before, got }
            }
            (Table::Csv(_), None) => return Ok(None),
        };
        self.are_text(&rows)?;
        self.before += rows.count as u64;
        Ok(Some(rows))
    }

    /// Ids that are no text could not be written out again.
    fn are_text(&self, rows: &Rows) -> Result<(), Faults> {
        for (want, got) in self.wants.iter().zip(&rows.got) {
            let Got::Ids(Ids::Text(texts)) = got else { continue };
            if std::str::from_utf8(&texts.bytes).is_err() {
                let fault = Fault::of(self.table.file(), "The ids are not text in UTF-8.").column(want.column());
                return Err(fault.suggest("Write the file again in UTF-8.").into());
            }
        }
        Ok(())
    }
}

/// All results, or all faults.
fn gathered(results: Vec<Result<Got, Faults>>) -> Result<Vec<Got>, Faults> {
    let (mut got, mut faults) = (vec![], vec![]);
    for result in results {
        match result {
            Ok(one) => got.push(one),
            Err(more) => faults.extend(more.0),
        }
    }
    if faults.is_empty() { Ok(got) } else { Err(Faults(faults)) }
}
