//! A list from CSV, row by row.

use super::{Fault, Lists, Places};
use crate::link::mapping::Mapping;
use std::{io::Read, path::Path};

pub(super) fn read(mapping: &Mapping, file: &Path, from: impl Read, list: u8, lists: &mut Lists) -> Result<(), Fault> {
    let mut rows = csv::ReaderBuilder::new().trim(csv::Trim::Headers).from_reader(from);
    let faulty = |why: &csv::Error| {
        let line = why.position().map_or(1, csv::Position::line);
        let said = match why.kind() {
            csv::ErrorKind::Utf8 { .. } => "this is not UTF-8".to_owned(),
            csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                format!("the row has {len} cells and the head {expected_len}")
            }
            _ => why.to_string(),
        };
        Fault::Row(file.to_owned(), line, said)
    };
    let head = rows.headers().map_err(|why| faulty(&why))?.clone();
    let names: Vec<&str> = head.iter().map(|name| name.trim_start_matches('\u{FEFF}')).collect();
    let places = Places::of(mapping, file, &names)?;
    let mut row = csv::StringRecord::new();
    while rows.read_record(&mut row).map_err(|why| faulty(&why))? {
        lists.records.push(list, |field, nth| places.fields[field].get(nth).map(|at| &row[*at]));
        match places.id {
            Some(at) => lists.ids.push(&row[at]),
            None => lists.ids.push(&format!("{}-{}", list + 1, row.position().map_or(0, csv::Position::line))),
        }
    }
    Ok(())
}
