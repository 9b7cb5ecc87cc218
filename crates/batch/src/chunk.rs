//! Whole households with their persons, as columns.

use crate::{column::Column, field::Field, ids::Ids};
use serde::{Deserialize, Serialize};

/// The district of a household of which none is known.
pub const NO_DISTRICT: u16 = u16::MAX;

/// What the columns of chunks are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// Columns with a row per household.
    pub household: Vec<Field>,
    /// Columns with a row per person.
    pub person: Vec<Field>,
    /// Districts by number.
    pub districts: Vec<String>,
}

/// A run of households. Household `h` has the persons `members[h] .. members[h + 1]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// The households' ids.
    pub ids: Ids,
    /// The households' districts, by number.
    pub districts: Vec<u16>,
    /// One more than there are households, from 0.
    pub members: Vec<u32>,
    /// Columns with a row per household.
    pub household: Vec<Column>,
    /// The persons' ids, when their table has any.
    pub person_ids: Option<Ids>,
    /// Columns with a row per person.
    pub person: Vec<Column>,
}

impl Chunk {
    /// How many households.
    pub fn households(&self) -> usize {
        self.members.len() - 1
    }

    /// How many persons.
    pub fn persons(&self) -> usize {
        self.members.last().map_or(0, |last| *last as usize)
    }

    /// No households, in the same columns.
    pub(crate) fn empty_like(&self) -> Self {
        let empty = |columns: &[Column]| columns.iter().map(|c| Column::empty(c.physical())).collect();
        Self {
            ids: self.ids.empty_like(),
            districts: vec![],
            members: vec![0],
            household: empty(&self.household),
            person_ids: self.person_ids.as_ref().map(Ids::empty_like),
            person: empty(&self.person),
        }
    }

    /// Adds some households of another chunk.
    pub(crate) fn extend_from(&mut self, other: &Chunk, range: std::ops::Range<usize>) {
        let persons = other.members[range.start] as usize..other.members[range.end] as usize;
        let base = self.persons() as u32;
        let first = other.members[range.start];
        self.members.extend(other.members[range.start + 1..=range.end].iter().map(|end| end - first + base));
        self.ids.extend_from(&other.ids, range.clone());
        self.districts.extend_from_slice(&other.districts[range.clone()]);
        for (to, from) in self.household.iter_mut().zip(&other.household) {
            to.extend_from(from, range.clone());
        }
        for (to, from) in self.person.iter_mut().zip(&other.person) {
            to.extend_from(from, persons.clone());
        }
        if let (Some(to), Some(from)) = (&mut self.person_ids, &other.person_ids) {
            to.extend_from(from, persons);
        }
    }

    /// The households of one range, as a chunk.
    pub(crate) fn part(&self, range: std::ops::Range<usize>) -> Chunk {
        let mut part = self.empty_like();
        part.extend_from(self, range);
        part
    }
}
