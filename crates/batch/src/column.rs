//! Columns of whole numbers in the smallest type that holds their bounds, where the type's largest value is *unknown*.
//!
//! No validity bitmap is carried: a reader of a column meets the unknown as a value, which it must treat as one.

pub use rules::column::Physical;

/// The values of one field for a run of households or persons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    /// See [`Physical::U8`].
    U8(Vec<u8>),
    /// See [`Physical::U16`].
    U16(Vec<u16>),
    /// See [`Physical::I32`].
    I32(Vec<i32>),
    /// See [`Physical::I64`].
    I64(Vec<i64>),
    /// See [`Physical::U64`].
    U64(Vec<u64>),
}

/// The same for every kind of column.
macro_rules! each {
    ($column:expr, $values:ident => $body:expr) => {
        match $column {
            Column::U8($values) => $body,
            Column::U16($values) => $body,
            Column::I32($values) => $body,
            Column::I64($values) => $body,
            Column::U64($values) => $body,
        }
    };
}
pub(crate) use each;

impl Column {
    /// No values yet.
    pub fn empty(physical: Physical) -> Self {
        match physical {
            Physical::U8 => Self::U8(vec![]),
            Physical::U16 => Self::U16(vec![]),
            Physical::I32 => Self::I32(vec![]),
            Physical::I64 => Self::I64(vec![]),
            Physical::U64 => Self::U64(vec![]),
        }
    }

    /// So many unknowns.
    pub fn unknown(physical: Physical, len: usize) -> Self {
        let mut column = Self::empty(physical);
        column.push_unknown(len);
        column
    }

    /// How its values lie.
    pub fn physical(&self) -> Physical {
        match self {
            Self::U8(_) => Physical::U8,
            Self::U16(_) => Physical::U16,
            Self::I32(_) => Physical::I32,
            Self::I64(_) => Physical::I64,
            Self::U64(_) => Physical::U64,
        }
    }

    /// How many values.
    pub fn len(&self) -> usize {
        each!(self, values => values.len())
    }

    /// Whether it has no values.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value at a place; a mask as its bits. `None` is unknown.
    pub fn get(&self, at: usize) -> Option<i64> {
        match self {
            Self::U8(v) => v.get(at).filter(|v| **v != u8::MAX).map(|v| i64::from(*v)),
            Self::U16(v) => v.get(at).filter(|v| **v != u16::MAX).map(|v| i64::from(*v)),
            Self::I32(v) => v.get(at).filter(|v| **v != i32::MAX).map(|v| i64::from(*v)),
            Self::I64(v) => v.get(at).copied().filter(|v| *v != i64::MAX),
            Self::U64(v) => v.get(at).map(|v| v.cast_signed()),
        }
    }

    /// Adds a value, or [`UNKNOWN`]; bits as the number of the same bits. A number that does not fit the type becomes
    /// unknown, so callers check bounds first.
    pub fn push(&mut self, value: i64) {
        match self {
            Self::U8(v) => v.push(value.narrow()),
            Self::U16(v) => v.push(value.narrow()),
            Self::I32(v) => v.push(value.narrow()),
            Self::I64(v) => v.push(value.narrow()),
            Self::U64(v) => v.push(value.narrow()),
        }
    }

    /// Adds unknowns.
    pub fn push_unknown(&mut self, count: usize) {
        match self {
            Self::U8(v) => v.resize(v.len() + count, u8::MAX),
            Self::U16(v) => v.resize(v.len() + count, u16::MAX),
            Self::I32(v) => v.resize(v.len() + count, i32::MAX),
            Self::I64(v) => v.resize(v.len() + count, i64::MAX),
            Self::U64(v) => v.resize(v.len() + count, 0),
        }
    }

    /// Its values as bytes in the machine's order.
    pub fn bytes(&self) -> &[u8] {
        each!(self, values => bytemuck::cast_slice(values))
    }

    /// Room for `len` values, as bytes to be filled.
    pub(crate) fn bytes_mut(&mut self, len: usize) -> &mut [u8] {
        each!(self, values => {
            values.resize(len, Default::default());
            bytemuck::cast_slice_mut(values)
        })
    }

    /// Adds the values of a range of another column of the same type.
    pub(crate) fn extend_from(&mut self, other: &Column, range: std::ops::Range<usize>) {
        match (self, other) {
            (Self::U8(a), Self::U8(b)) => a.extend_from_slice(&b[range]),
            (Self::U16(a), Self::U16(b)) => a.extend_from_slice(&b[range]),
            (Self::I32(a), Self::I32(b)) => a.extend_from_slice(&b[range]),
            (Self::I64(a), Self::I64(b)) => a.extend_from_slice(&b[range]),
            (Self::U64(a), Self::U64(b)) => a.extend_from_slice(&b[range]),
            (a, b) => unreachable!("columns of one field have one type: {:?} {:?}", a.physical(), b.physical()),
        }
    }

    /// Forgets all but the first values.
    pub(crate) fn truncate(&mut self, count: usize) {
        each!(self, values => values.truncate(count));
    }

    /// The values in another order.
    pub(crate) fn take(&self, order: &[u32]) -> Column {
        fn pick<T: Copy>(values: &[T], order: &[u32]) -> Vec<T> {
            order.iter().map(|at| values[*at as usize]).collect()
        }
        match self {
            Self::U8(v) => Self::U8(pick(v, order)),
            Self::U16(v) => Self::U16(pick(v, order)),
            Self::I32(v) => Self::I32(pick(v, order)),
            Self::I64(v) => Self::I64(pick(v, order)),
            Self::U64(v) => Self::U64(pick(v, order)),
        }
    }
}

/// The unknown among values on their way into a column.
pub const UNKNOWN: i64 = i64::MAX;

/// Numbers on their way into a column: the unknown, and what does not fit, becomes the type's own unknown.
pub(crate) trait Narrow<T> {
    fn narrow(self) -> T;
}

macro_rules! narrow {
    ($($to:ty),*) => {
        $(impl Narrow<$to> for i64 {
            fn narrow(self) -> $to {
                <$to>::try_from(self).unwrap_or(<$to>::MAX)
            }
        })*
    };
}
narrow!(u8, u16, i32, i64);

impl Narrow<u64> for i64 {
    fn narrow(self) -> u64 {
        self.cast_unsigned()
    }
}
