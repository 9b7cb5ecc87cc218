//! Reading a snapshot block by block: only the columns asked for, each checked against its checksum.
//!
//! Columns are read into memory that is used again from block to block instead of being mapped: a file that is cut
//! short under a mapping kills the process, a read gives an error; and mapping has no safe interface.

use super::{
    HOUSEHOLDS, INDEX, PERSONS,
    index::{Block, Index},
};
use crate::{
    chunk::Chunk,
    column::Column,
    fault::{Fault, Faults, io},
    ids::{Ids, Texts},
};
use std::{
    fs::File,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
};

/// An open snapshot.
#[derive(Debug)]
pub struct Snapshot {
    index: Index,
    files: [(PathBuf, File); 2],
}

/// Which columns are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Places in the layout's household columns.
    pub household: Vec<usize>,
    /// Places in the layout's person columns.
    pub person: Vec<usize>,
    /// Whether the households' ids are wanted.
    pub ids: bool,
    /// Whether the persons' ids are wanted.
    pub person_ids: bool,
}

/// Opens a snapshot: its description is whole and its files have the length it says.
///
/// # Errors
/// When it is no snapshot, of another version, changed, or cut short.
pub fn open(folder: &Path) -> Result<Snapshot, Faults> {
    let index = Index::load(&folder.join(INDEX))?;
    let file = |name: &str, length: u64| -> Result<(PathBuf, File), Faults> {
        let path = folder.join(name);
        let file = File::open(&path).map_err(io(&path, "read"))?;
        let found = file.metadata().map_err(io(&path, "read"))?.len();
        if found == length {
            return Ok((path, file));
        }
        let message = format!("It has {found} bytes and should have {length}.");
        let fault = Fault::of(&path.display().to_string(), message);
        Err(fault.suggest("Copy the snapshot again, or make it again.").into())
    };
    let files = [file(HOUSEHOLDS, index.bytes[0])?, file(PERSONS, index.bytes[1])?];
    Ok(Snapshot { index, files })
}

impl Snapshot {
    /// What it is.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// How many blocks it has.
    pub fn blocks(&self) -> usize {
        self.index.blocks.len()
    }

    /// Everything that it holds.
    pub fn everything(&self) -> Selection {
        Selection {
            household: (0..self.index.layout.household.len()).collect(),
            person: (0..self.index.layout.person.len()).collect(),
            ids: true,
            person_ids: self.index.person_ids.is_some(),
        }
    }

    /// No households yet, with room for the columns of a selection.
    pub fn room(&self, selection: &Selection) -> Chunk {
        let layout = &self.index.layout;
        let ids = |text: bool| if text { Ids::Text(Texts::default()) } else { Ids::Number(vec![]) };
        Chunk {
            ids: ids(self.index.text_ids),
            districts: vec![],
            members: vec![0],
            household: selection.household.iter().map(|at| Column::empty(layout.household[*at].physical)).collect(),
            person_ids: self.index.person_ids.filter(|_| selection.person_ids).map(ids),
            person: selection.person.iter().map(|at| Column::empty(layout.person[*at].physical)).collect(),
        }
    }

    /// Reads the selected columns of a block into room made for them. Ids that are not selected stay empty.
    ///
    /// # Errors
    /// When bytes are missing or do not match their checksum.
    pub fn read(&self, block: usize, selection: &Selection, into: &mut Chunk) -> Result<(), Faults> {
        let described = &self.index.blocks[block];
        let (households, persons) = (described.households as usize, described.persons as usize);
        let household = Buffers { snapshot: self, block, persons: false, entries: &described.household };
        let person = Buffers { snapshot: self, block, persons: true, entries: &described.person };
        let first = 1 + usize::from(self.index.text_ids);
        if selection.ids {
            household.ids(&mut into.ids, households)?;
        }
        into.districts.clear();
        into.districts.resize(households, described.district);
        into.members.resize(households + 1, 0);
        household.read(first + 1, bytemuck::cast_slice_mut(&mut into.members[1..]))?;
        for (column, at) in into.household.iter_mut().zip(&selection.household) {
            household.read(first + 2 + at, column.bytes_mut(households))?;
        }
        let first = self.index.person_ids.map_or(0, |text| 1 + usize::from(text));
        if let Some(ids) = &mut into.person_ids {
            person.ids(ids, persons)?;
        }
        for (column, at) in into.person.iter_mut().zip(&selection.person) {
            person.read(first + at, column.bytes_mut(persons))?;
        }
        let sound = into.members.is_sorted() && into.members.last() == Some(&described.persons);
        if sound { Ok(()) } else { Err(household.damaged(first + 1)) }
    }

    /// A block with all its columns.
    ///
    /// # Errors
    /// As [`Snapshot::read`].
    pub fn chunk(&self, block: usize) -> Result<Chunk, Faults> {
        let everything = self.everything();
        let mut chunk = self.room(&everything);
        self.read(block, &everything, &mut chunk)?;
        Ok(chunk)
    }

    /// Reads everything and compares it with the checksums.
    ///
    /// # Errors
    /// The first column of the first block that was changed.
    pub fn verify(&self) -> Result<(), Faults> {
        let everything = self.everything();
        let mut room = self.room(&everything);
        (0..self.blocks()).try_for_each(|block| self.read(block, &everything, &mut room))
    }

    /// The blocks with their places, by district and id.
    pub fn by_district(&self) -> impl Iterator<Item = (usize, &Block)> {
        self.index.blocks.iter().enumerate()
    }
}

/// The buffers of one block in one file.
struct Buffers<'a> {
    snapshot: &'a Snapshot,
    block: usize,
    persons: bool,
    entries: &'a [(u64, u64, u32)],
}

impl Buffers<'_> {
    fn read(&self, entry: usize, into: &mut [u8]) -> Result<(), Faults> {
        let Some((start, length, sum)) = self.entries.get(entry) else { return Err(self.damaged(entry)) };
        if *length < into.len() as u64 {
            return Err(self.damaged(entry));
        }
        let (path, file) = &self.snapshot.files[usize::from(self.persons)];
        file.read_exact_at(into, *start).map_err(io(path, "read"))?;
        if crc32fast::hash(into) == *sum { Ok(()) } else { Err(self.damaged(entry)) }
    }

    /// Ids stand first; texts in two buffers, where they end and their bytes.
    fn ids(&self, ids: &mut Ids, count: usize) -> Result<(), Faults> {
        match ids {
            Ids::Number(numbers) => {
                numbers.resize(count, 0);
                self.read(0, bytemuck::cast_slice_mut(numbers))
            }
            Ids::Text(texts) => {
                texts.ends.resize(count + 1, 0);
                self.read(0, bytemuck::cast_slice_mut(&mut texts.ends))?;
                texts.ends.remove(0);
                let bytes = texts.ends.last().copied().unwrap_or(0);
                texts.bytes.resize(usize::try_from(bytes).unwrap_or(0), 0);
                self.read(1, &mut texts.bytes)?;
                if texts.ends.is_sorted() { Ok(()) } else { Err(self.damaged(0)) }
            }
        }
    }

    fn damaged(&self, entry: usize) -> Faults {
        let (path, _) = &self.snapshot.files[usize::from(self.persons)];
        let message = format!("Block {} is damaged: buffer {entry} does not match its checksum.", self.block);
        let fault = Fault::of(&path.display().to_string(), message);
        fault.suggest("Copy the snapshot again, or make it again.").into()
    }
}
