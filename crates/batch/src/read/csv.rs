//! CSV tables: one line of names, then a record per line.

use super::{
    Got, Want,
    pages::push,
    raw::Raw,
    translate::{Parts, Translator},
};
use crate::{
    column::Column,
    fault::{Fault, Faults, Place, io},
    ids::{Ids, Texts},
};
use csv::{ByteRecord, Position, ReaderBuilder};
use std::{
    collections::HashMap,
    fs::File,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
};

/// Records read at a time.
const RECORDS: usize = 65_536;

/// The most distinct texts of a column whose meaning is kept at hand.
const REMEMBERED: usize = 4096;

/// An open CSV table.
pub(crate) struct Csv {
    pub(super) file: String,
    path: PathBuf,
    separator: u8,
    /// Its length.
    pub(super) bytes: u64,
    names: Vec<String>,
}

impl Csv {
    pub(super) fn open(path: &Path, bytes: u64) -> Result<Self, Faults> {
        let file = path.display().to_string();
        let mut first = vec![];
        let mut reader = BufReader::new(File::open(path).map_err(io(path, "read"))?);
        reader.read_until(b'\n', &mut first).map_err(io(path, "read"))?;
        if first.contains(&0) || std::str::from_utf8(&first).is_err() {
            let fault = Fault::of(&file, "This is neither Parquet nor CSV text.");
            return Err(fault.suggest("Give a .parquet file, or a .csv file in UTF-8.").into());
        }
        let count = |separator: &u8| first.iter().filter(|byte| *byte == separator).count();
        let separator = [b',', b';', b'\t'].into_iter().rev().max_by_key(count).unwrap_or(b',');
        let mut table = Self { file, path: path.to_owned(), separator, bytes, names: vec![] };
        let mut records = table.reader()?;
        let names = records.byte_headers().map_err(|error| table.wrong(&error))?.clone();
        let name = |name: &[u8]| String::from_utf8_lossy(name).trim().trim_start_matches('\u{feff}').to_owned();
        table.names = names.iter().map(name).collect();
        Ok(table)
    }

    pub(super) fn columns(&self) -> Vec<(String, &'static str)> {
        self.names.iter().map(|name| (name.clone(), "text")).collect()
    }

    fn reader(&self) -> Result<csv::Reader<File>, Faults> {
        let file = File::open(&self.path).map_err(io(&self.path, "read"))?;
        Ok(ReaderBuilder::new().delimiter(self.separator).from_reader(file))
    }

    pub(super) fn records(&self) -> Result<Records, Faults> {
        Ok(Records { reader: self.reader()? })
    }

    fn wrong(&self, error: &csv::Error) -> Faults {
        wrong(&self.file, error)
    }
}

fn wrong(file: &str, error: &csv::Error) -> Faults {
    let place = error.position().map_or(Place::Whole, |at| Place::Line(at.line()));
    let message = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("The line has {len} values and the first line names {expected_len} columns.")
        }
        _ => format!("The line cannot be read: {error}."),
    };
    Fault::of(file, message).at(place).into()
}

/// Lines being read.
pub(crate) struct Records {
    reader: csv::Reader<File>,
}

impl Records {
    pub(super) fn next(&mut self, file: &str) -> Result<Option<Lines>, Faults> {
        let mut lines = Lines { records: Vec::new() };
        let mut record = ByteRecord::new();
        while lines.records.len() < RECORDS && self.reader.read_byte_record(&mut record).map_err(|e| wrong(file, &e))? {
            lines.records.push(record.clone());
        }
        Ok((!lines.records.is_empty()).then_some(lines))
    }
}

/// Some lines.
pub(crate) struct Lines {
    records: Vec<ByteRecord>,
}

impl Lines {
    pub(super) fn len(&self) -> usize {
        self.records.len()
    }

    pub(super) fn read(&self, table: &Csv, want: &Want) -> Result<Got, Faults> {
        let at =
            table.names.iter().position(|name| name == want.column()).ok_or_else(|| {
                Faults::from(Fault::of(&table.file, format!("There is no column `{}`.", want.column())))
            })?;
        match want {
            Want::Ids(column) => self.ids(at, table, column),
            Want::Fact(translator) => self.facts(at, translator),
        }
    }

    fn ids(&self, at: usize, table: &Csv, column: &str) -> Result<Got, Faults> {
        let mut ids = Texts::default();
        for record in &self.records {
            let text = record.get(at).unwrap_or_default().trim_ascii();
            if text.is_empty() {
                let fault = Fault::of(&table.file, "The id is missing.").column(column).at(line(record));
                return Err(fault.suggest("Every row needs the id of its household.").into());
            }
            ids.push(text);
        }
        Ok(Got::Ids(Ids::Text(ids)))
    }

    fn facts(&self, at: usize, translator: &Translator) -> Result<Got, Faults> {
        let mut columns: Vec<Column> = translator.fields.iter().map(|f| Column::empty(f.physical)).collect();
        let mut known: HashMap<&[u8], Parts> = HashMap::new();
        for record in &self.records {
            let bytes = record.get(at).unwrap_or_default();
            if let Some(parts) = known.get(bytes) {
                push(&mut columns, parts);
                continue;
            }
            let raw = std::str::from_utf8(bytes).map_or(Raw::Bytes, Raw::Text);
            let parts = translator.parts(raw).map_err(|fault| fault.at(line(record)))?;
            push(&mut columns, &parts);
            if known.len() < REMEMBERED {
                known.insert(bytes, parts);
            }
        }
        Ok(Got::Columns(columns))
    }
}

fn line(record: &ByteRecord) -> Place {
    record.position().map(Position::line).map_or(Place::Whole, Place::Line)
}
