//! Lists from CSV and Parquet files, read once.

mod csv;
mod parquet;

use super::mapping::Mapping;
use crate::fault::Faults;
use linkage::bulk::Records;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why a list cannot be read. Nothing is left out in silence: a faulty row stops the run and is named.
#[derive(Debug, Error)]
pub enum Fault {
    /// The file is not there or not ours to read.
    #[error("{0} cannot be read: {1}. Check the path and its rights.")]
    File(PathBuf, std::io::Error),
    /// A row has another shape, or is not UTF-8.
    #[error("{0}, line {1}: {2}. Save the list as CSV in UTF-8 with the same columns in every row.")]
    Row(PathBuf, u64, String),
    /// A column of the mapping is missing.
    #[error("{file} has no column `{column}`, which the mapping names for `{field}`. Its columns are: {known}.")]
    Column {
        /// The file.
        file: PathBuf,
        /// The column.
        column: String,
        /// The field that wants it.
        field: String,
        /// What there is.
        known: String,
    },
    /// Two columns of one name.
    #[error("{0} has two columns named `{1}`: give them different names, so that nothing is read from the wrong one.")]
    Twice(PathBuf, String),
    /// A Parquet file cannot be read.
    #[error("{0}")]
    Parquet(Faults),
    /// Too many files.
    #[error("{0} files are too many: at most 255 lists can be linked at once.")]
    Many(usize),
    /// Two records of one name.
    #[error("The id `{0}` stands on two records. Ids must be unique over all lists.")]
    Id(String),
}

/// Records of all lists and what they are called.
pub struct Lists {
    /// The records, ready to be linked.
    pub records: Records,
    /// Their ids.
    pub ids: Ids,
}

/// Ids of records, one text for all.
#[derive(Debug, Default)]
pub struct Ids {
    text: String,
    ends: Vec<u32>,
}

impl Ids {
    fn push(&mut self, id: &str) {
        self.text.push_str(id);
        self.ends.push(self.text.len() as u32);
    }

    /// The id of a record.
    pub fn get(&self, record: u32) -> &str {
        let from = record.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.text[from as usize..self.ends[record as usize] as usize]
    }

    /// The record of an id.
    pub fn find(&self, id: &str) -> Option<u32> {
        (0..self.ends.len() as u32).find(|record| self.get(*record) == id)
    }
}

/// Reads lists through a mapping.
///
/// # Errors
/// The first fault, with the file and line.
pub fn read(mapping: &Mapping, files: &[PathBuf]) -> Result<Lists, Fault> {
    if files.len() > 255 {
        return Err(Fault::Many(files.len()));
    }
    let mut lists = Lists { records: Records::new(mapping.description.clone()), ids: Ids::default() };
    for (list, file) in files.iter().enumerate() {
        let mut open = std::fs::File::open(file).map_err(|why| Fault::File(file.clone(), why))?;
        match is_parquet(&mut open).map_err(|why| Fault::File(file.clone(), why))? {
            true => parquet::read(mapping, file, list as u8, &mut lists)?,
            false => csv::read(mapping, file, open, list as u8, &mut lists)?,
        }
    }
    lists.records.finish();
    unique(&lists.ids)?;
    Ok(lists)
}

/// A Parquet file says so in its first four bytes; a CSV of four bytes is none.
fn is_parquet(file: &mut std::fs::File) -> std::io::Result<bool> {
    let mut first = Vec::new();
    file.by_ref().take(4).read_to_end(&mut first)?;
    file.rewind()?;
    Ok(first == b"PAR1")
}

/// Where the columns of a mapping stand in a file.
struct Places {
    id: Option<usize>,
    /// Of each field, its columns.
    fields: Vec<Vec<usize>>,
}

impl Places {
    fn of(mapping: &Mapping, file: &Path, names: &[&str]) -> Result<Places, Fault> {
        if let Some((_, twice)) = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)) {
            return Err(Fault::Twice(file.to_owned(), (*twice).to_owned()));
        }
        let place = |column: &str, field: &str| {
            names.iter().position(|name| *name == column).ok_or_else(|| Fault::Column {
                file: file.to_owned(),
                column: column.to_owned(),
                field: field.to_owned(),
                known: names.join(", "),
            })
        };
        let id = mapping.id.as_deref().map(|column| place(column, "id")).transpose()?;
        let of = |field: &linkage::bulk::Field| field.columns.iter().map(|column| place(column, &field.name)).collect();
        let fields = mapping.description.fields.iter().map(of).collect::<Result<_, Fault>>()?;
        Ok(Places { id, fields })
    }
}

fn unique(ids: &Ids) -> Result<(), Fault> {
    let mut order: Vec<u32> = (0..ids.ends.len() as u32).collect();
    order.sort_unstable_by_key(|record| ids.get(*record));
    let twice = order.windows(2).find(|pair| ids.get(pair[0]) == ids.get(pair[1]));
    twice.map_or(Ok(()), |pair| Err(Fault::Id(ids.get(pair[0]).to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::mapping;
    use expect_test::{Expect, expect};

    #[test]
    fn a_faulty_list_is_refused_with_the_place_and_the_next_step() {
        let mapping = mapping::read("id = \"no\"\n[[field]]\nname = \"name\"\nkind = \"name\"\nrole = \"person\"\n[[block]]\nkey = [\"name\"]\nmost = 9\n").unwrap();
        let check = |text: &[u8], want: Expect| {
            let mut lists = Lists { records: Records::new(mapping.description.clone()), ids: Ids::default() };
            let read = csv::read(&mapping, Path::new("a.csv"), text, 0, &mut lists).and_then(|()| unique(&lists.ids));
            want.assert_eq(&read.map_or_else(|why| why.to_string(), |()| format!("{} read", lists.records.len())));
        };
        check("no,name\n1,Amina\n2,آمنہ\n".as_bytes(), expect!["2 read"]);
        check("\u{FEFF}no,name\n1,Amina\n".as_bytes(), expect!["1 read"]);
        check(
            b"no,named\n1,Amina\n",
            expect!["a.csv has no column `name`, which the mapping names for `name`. Its columns are: no, named."],
        );
        check(
            b"no,name\n1,Amina,x\n",
            expect![
                "a.csv, line 2: the row has 3 cells and the head 2. Save the list as CSV in UTF-8 with the same columns in every row."
            ],
        );
        check(
            b"no,name\n1,Am\xff\n",
            expect![
                "a.csv, line 2: this is not UTF-8. Save the list as CSV in UTF-8 with the same columns in every row."
            ],
        );
        check(b"no,name\n1,A\n1,B\n", expect!["The id `1` stands on two records. Ids must be unique over all lists."]);
        check(
            b"no,name,name\n1,A,B\n",
            expect![
                "a.csv has two columns named `name`: give them different names, so that nothing is read from the wrong one."
            ],
        );
    }
}
