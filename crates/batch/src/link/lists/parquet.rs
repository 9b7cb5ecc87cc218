//! A list from Parquet, one row group in memory at a time, only the columns that the mapping names.

use super::{Fault, Lists, Places};
use crate::{ids::Texts, link::mapping::Mapping, read::parquet::Parquet};
use std::{borrow::Cow, path::Path};

pub(super) fn read(mapping: &Mapping, file: &Path, list: u8, lists: &mut Lists) -> Result<(), Fault> {
    let table = Parquet::open(file).map_err(Fault::Parquet)?;
    let columns = table.columns();
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    let places = Places::of(mapping, file, &names)?;
    let mut before = 0u64;
    for group in 0..table.groups() {
        let mut held: Vec<Option<Texts>> = names.iter().map(|_| None).collect();
        for at in places.fields.iter().flatten().chain(&places.id) {
            if held[*at].is_none() {
                held[*at] = Some(table.texts(group, names[*at], before).map_err(Fault::Parquet)?);
            }
        }
        // Every text was made from UTF-8, so nothing is replaced here.
        let cell = |at: usize, row: usize| {
            held[at].as_ref().map_or(Cow::Borrowed(""), |texts| String::from_utf8_lossy(texts.get(row)))
        };
        let mut row_texts: Vec<Cow<'_, str>> = vec![Cow::Borrowed(""); names.len()];
        for row in 0..table.rows(group) {
            for (at, text) in row_texts.iter_mut().enumerate() {
                *text = cell(at, row);
            }
            lists.records.push(list, |field, nth| places.fields[field].get(nth).map(|at| &*row_texts[*at]));
            match places.id {
                Some(at) => lists.ids.push(&row_texts[at]),
                None => lists.ids.push(&format!("{}-{}", list + 1, before + row as u64 + 1)),
            }
        }
        before += table.rows(group) as u64;
    }
    Ok(())
}
