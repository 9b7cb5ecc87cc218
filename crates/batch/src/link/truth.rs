//! Known truth: who is behind each record, from a column of the lists or from a file of its own.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The person behind each record, from a column of the lists themselves, numbered in order of appearance.
///
/// # Errors
/// A sentence, when a file cannot be read or has no such column.
pub fn column(files: &[PathBuf], column: &str) -> Result<Vec<u32>, String> {
    let mut numbers = Numbers::default();
    let mut truth = vec![];
    for file in files {
        let (at, mut rows) = open(file, column)?;
        let mut row = csv::StringRecord::new();
        while rows.read_record(&mut row).map_err(|why| why.to_string())? {
            truth.push(numbers.of(person(row.get(at).unwrap_or_default().trim())));
        }
    }
    Ok(truth)
}

/// The person behind each id, from a file with the columns `id` and `person`.
///
/// # Errors
/// A sentence, when it cannot be read or lacks a column.
pub fn by_id(file: &Path) -> Result<HashMap<String, u32>, String> {
    let (person, mut rows) = open(file, "person")?;
    let head = rows.headers().map_err(|why| why.to_string())?;
    let id = head.iter().position(|name| name == "id").ok_or(format!("{} has no column `id`.", file.display()))?;
    let mut numbers = Numbers::default();
    let mut truth = HashMap::new();
    for row in rows.records() {
        let row = row.map_err(|why| why.to_string())?;
        truth.insert(row[id].to_owned(), numbers.of(&row[person]));
    }
    Ok(truth)
}

fn open(file: &Path, column: &str) -> Result<(usize, csv::Reader<std::fs::File>), String> {
    let reader = csv::ReaderBuilder::new().trim(csv::Trim::Headers).from_path(file);
    let mut rows = reader.map_err(|why| format!("{} cannot be read: {why}.", file.display()))?;
    let head = rows.headers().map_err(|why| why.to_string())?;
    let at = head.iter().position(|name| name == column);
    Ok((at.ok_or(format!("{} has no column `{column}`.", file.display()))?, rows))
}

/// Of an id of the FEBRL sets (`rec-1496-dup-0`) the person; anything else is the person's name itself.
fn person(cell: &str) -> &str {
    let number = cell.strip_prefix("rec-").and_then(|rest| rest.find('-').map(|end| &rest[..end]));
    number.unwrap_or(cell)
}

#[derive(Default)]
struct Numbers(HashMap<String, u32>);

impl Numbers {
    fn of(&mut self, person: &str) -> u32 {
        let next = self.0.len() as u32;
        match self.0.get(person) {
            Some(known) => *known,
            None => *self.0.entry(person.to_owned()).or_insert(next),
        }
    }
}
