//! Borrowed columns of a block of households.

use super::{
    input::{Input, Physical},
    program::Program,
};
use crate::pack::fact::Record;

/// Values of one column, borrowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column<'a> {
    /// See [`Physical::U8`].
    U8(&'a [u8]),
    /// See [`Physical::U16`].
    U16(&'a [u16]),
    /// See [`Physical::I32`].
    I32(&'a [i32]),
    /// See [`Physical::I64`].
    I64(&'a [i64]),
    /// See [`Physical::U64`].
    U64(&'a [u64]),
}

/// Households with their members, as columns.
///
/// Household `h` has the persons `members[h] .. members[h + 1]` of the person columns; the first offset need not be
/// zero. An absent column is unknown everywhere. Values must be as their [`Input`] says; [`Block::check`] looks.
#[derive(Debug, Clone)]
pub struct Block<'a> {
    pub(crate) members: &'a [u32],
    pub(crate) columns: Vec<Option<Column<'a>>>,
}

/// Why columns cannot be a block.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BlockError {
    /// Not one entry per input.
    #[error("The program reads {expected} columns and {given} were given. Give one, or none, for each input in order.")]
    Columns {
        /// How many the program reads.
        expected: usize,
        /// How many were given.
        given: usize,
    },
    /// No offsets at all.
    #[error("The member offsets are empty. Give one more than there are households.")]
    NoOffsets,
    /// Offsets run backwards, or a household is too large.
    #[error("Household {household} of the block has an impossible member list. Offsets must ascend by at most 65,535.")]
    Offsets {
        /// Its place in the block.
        household: usize,
    },
    /// A column of the wrong type.
    #[error("The column `{column}` must be stored as {expected:?}.")]
    Type {
        /// The input's name.
        column: String,
        /// What it must be.
        expected: Physical,
    },
    /// A column too short.
    #[error("The column `{column}` has {rows} rows and needs {needed}.")]
    Short {
        /// The input's name.
        column: String,
        /// How many rows it has.
        rows: usize,
        /// How many the offsets call for.
        needed: usize,
    },
    /// A value that the input's encoding does not have.
    #[error(
        "The column `{column}` has a value outside its codes or bounds in row {row}. Give it as unknown, or mend it."
    )]
    Value {
        /// The input's name.
        column: String,
        /// The row within the column.
        row: usize,
    },
}

impl<'a> Block<'a> {
    /// Puts together a block for a program: member offsets (households and one more) and a column, or none, for each
    /// of its inputs in their order. Looks at lengths and types, not at values.
    ///
    /// # Errors
    /// When something has the wrong number, type or length.
    pub fn new(program: &Program, members: &'a [u32], columns: Vec<Option<Column<'a>>>) -> Result<Self, BlockError> {
        let inputs = program.inputs();
        if columns.len() != inputs.len() {
            return Err(BlockError::Columns { expected: inputs.len(), given: columns.len() });
        }
        let Some(&persons) = members.last() else { return Err(BlockError::NoOffsets) };
        let impossible = |w: &[u32]| w[1].checked_sub(w[0]).is_none_or(|size| size > u32::from(u16::MAX));
        if let Some(household) = members.windows(2).position(impossible) {
            return Err(BlockError::Offsets { household });
        }
        for (input, column) in inputs.iter().zip(&columns) {
            let Some(column) = column else { continue };
            if column.physical() != input.physical {
                return Err(BlockError::Type { column: input.name.clone(), expected: input.physical });
            }
            let needed = match input.record {
                Record::Household => members.len() - 1,
                Record::Person => persons as usize,
            };
            if column.len() < needed {
                return Err(BlockError::Short { column: input.name.clone(), rows: column.len(), needed });
            }
        }
        Ok(Self { members, columns })
    }

    /// How many households.
    pub fn households(&self) -> usize {
        self.members.len() - 1
    }

    /// How many persons.
    pub fn persons(&self) -> usize {
        (self.members[self.households()] - self.members[0]) as usize
    }

    /// Some of its households, for working in parts.
    pub fn part(&self, program: &Program, households: std::ops::Range<usize>) -> Block<'a> {
        let cut = |(input, column): (&Input, &Option<Column<'a>>)| match input.record {
            Record::Household => column.map(|c| c.cut(households.clone())),
            Record::Person => *column,
        };
        Block {
            members: &self.members[households.start..=households.end],
            columns: program.inputs().iter().zip(&self.columns).map(cut).collect(),
        }
    }

    /// Looks at every value: codes within the dictionary, numbers within bounds. For columns that others encoded.
    ///
    /// # Errors
    /// The first column and row whose value its input does not allow.
    pub fn check(&self, program: &Program) -> Result<(), BlockError> {
        for (input, column) in program.inputs().iter().zip(&self.columns) {
            let rows = match input.record {
                Record::Household => 0..self.households(),
                Record::Person => self.members[0] as usize..self.members[self.households()] as usize,
            };
            let first = rows.start;
            if let Some(row) = column.and_then(|c| c.cut(rows).outside(input)) {
                return Err(BlockError::Value { column: input.name.clone(), row: first + row });
            }
        }
        Ok(())
    }
}

impl<'a> Column<'a> {
    /// How it is stored.
    pub fn physical(&self) -> Physical {
        match self {
            Column::U8(_) => Physical::U8,
            Column::U16(_) => Physical::U16,
            Column::I32(_) => Physical::I32,
            Column::I64(_) => Physical::I64,
            Column::U64(_) => Physical::U64,
        }
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        match self {
            Column::U8(v) => v.len(),
            Column::U16(v) => v.len(),
            Column::I32(v) => v.len(),
            Column::I64(v) => v.len(),
            Column::U64(v) => v.len(),
        }
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(crate) fn cut(self, rows: std::ops::Range<usize>) -> Column<'a> {
        match self {
            Column::U8(v) => Column::U8(&v[rows]),
            Column::U16(v) => Column::U16(&v[rows]),
            Column::I32(v) => Column::I32(&v[rows]),
            Column::I64(v) => Column::I64(&v[rows]),
            Column::U64(v) => Column::U64(&v[rows]),
        }
    }

    /// The first row that is neither unknown nor a value of the input.
    fn outside(self, input: &Input) -> Option<usize> {
        let (low, high) = input.range();
        let wrong = |value: i64, sentinel: i64| value != sentinel && (value < low || value > high);
        match self {
            Column::U8(v) => v.iter().position(|x| wrong(i64::from(*x), i64::from(u8::MAX))),
            Column::U16(v) => v.iter().position(|x| wrong(i64::from(*x), i64::from(u16::MAX))),
            Column::I32(v) => v.iter().position(|x| wrong(i64::from(*x), i64::from(i32::MAX))),
            Column::I64(v) => v.iter().position(|x| wrong(*x, i64::MAX)),
            Column::U64(_) => None,
        }
    }
}
