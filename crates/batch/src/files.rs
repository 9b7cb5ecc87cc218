//! A table of households and a table of persons, joined into whole households.

mod assemble;
mod join;
mod reorder;
mod spill;

use crate::{
    bind::{Asked, Binding, bind},
    chunk::{Chunk, Layout},
    fault::{Fault, Faults, io},
    read::Table,
};
use rules::Date;
use sha2::{Digest, Sha256};
use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

/// Two tables, opened and bound to the facts of a pack.
pub struct Files {
    households: Table,
    persons: Table,
    binding: Binding,
    threads: usize,
    room: Room,
    /// Where rows are laid aside while they are put in order.
    spill: PathBuf,
}

/// How much is held at once while tables are put in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Households of a bucket, about.
    pub households: u64,
    /// Bytes of rows held before they go to temporary files.
    pub bytes: usize,
}

impl Default for Room {
    /// 400,000 households and 256 MiB.
    fn default() -> Self {
        Self { households: 400_000, bytes: 256 << 20 }
    }
}

/// How the chunks come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// As the tables have them, if these go by household id; otherwise by district and id.
    AsTheyCome,
    /// By district, then id.
    ByDistrict,
}

impl Files {
    /// Opens both tables. `spill` is a folder for rows that do not fit in memory while they are put in order.
    ///
    /// # Errors
    /// Tables that are missing, empty, cut short or of a foreign kind; columns that are no fact, or are not there.
    pub fn open(
        households: &Path,
        persons: &Path,
        asked: &Asked,
        threads: usize,
        spill: &Path,
    ) -> Result<Self, Faults> {
        let both = [Table::open(households), Table::open(persons)];
        let [households, persons] = match both {
            [Ok(a), Ok(b)] => [a, b],
            [a, b] => return Err(Faults([a.err(), b.err()].into_iter().flatten().flat_map(|f| f.0).collect())),
        };
        let empty = |table: &Table, what: &str| {
            let fault = Fault::of(table.file(), format!("The table has no {what}."));
            (table.rows() == Some(0)).then(|| fault.suggest("Check that it is the right file."))
        };
        let faults: Vec<Fault> =
            [empty(&households, "households"), empty(&persons, "persons")].into_iter().flatten().collect();
        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        let binding = bind(asked, &households, &persons)?;
        let room = Room::default();
        Ok(Self { households, persons, binding, threads, room, spill: spill.to_owned() })
    }

    /// With other room for putting tables in order.
    pub fn with_room(self, room: Room) -> Self {
        Self { room, ..self }
    }

    /// What the columns of its chunks are.
    pub fn layout(&self) -> &Layout {
        &self.binding.layout
    }

    /// The day the data stand for.
    pub fn day(&self) -> Date {
        self.binding.day
    }

    /// Columns of the tables that no fact comes from.
    pub fn left_out(&self) -> &[String] {
        &self.binding.left_out
    }

    /// Whether household ids are text; otherwise numbers.
    pub fn has_text_ids(&self) -> bool {
        let id = self.binding.household[0].column();
        !self.households.columns().iter().any(|(name, holds)| name == id && *holds == "whole numbers")
    }

    /// Rows of the households' table, when it says how many.
    pub fn rows(&self) -> Option<u64> {
        self.households.rows()
    }

    /// Gives every household to `sink`, in runs about as large as a row group. When the tables turn out to need
    /// sorting, `restart` is called once and everything comes again in order from the first household.
    ///
    /// # Errors
    /// What does not fit in a table, with file, row and column; and whatever `sink` fails with.
    pub fn chunks(
        &self,
        order: Order,
        sink: &mut dyn FnMut(Chunk) -> Result<(), Faults>,
        restart: &mut dyn FnMut() -> Result<(), Faults>,
    ) -> Result<(), Faults> {
        match join::run(self, order, sink)? {
            join::End::Done => Ok(()),
            join::End::NeedsSorting => {
                restart()?;
                reorder::run(self, sink)
            }
        }
    }
}

/// SHA-256 of a file's bytes in hexadecimal, so that a snapshot can name what it was made from.
///
/// # Errors
/// When the file cannot be read.
pub fn hash_of(path: &Path) -> Result<String, Faults> {
    let mut file = File::open(path).map_err(io(path, "read"))?;
    let (mut sum, mut bytes) = (Sha256::new(), vec![0; 1 << 20]);
    loop {
        match file.read(&mut bytes).map_err(io(path, "read"))? {
            0 => return Ok(crate::mapping::hex(&sum.finalize())),
            read => sum.update(&bytes[..read]),
        }
    }
}
