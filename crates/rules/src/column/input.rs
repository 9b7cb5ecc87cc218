//! The columns a program reads, and how each is encoded.

use crate::{Id, Interval, pack::fact::Record};
use serde::{Deserialize, Serialize};

/// One column that a program reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// What the column is called in files of our own: the full fact id, then `#` and the part when there are several.
    pub name: String,
    /// The full fact id (`household.x`, `person.x`, `scores.x`).
    pub fact: Id,
    /// Which part of the fact's value it holds.
    pub part: Part,
    /// One row per household, or one per person.
    pub record: Record,
    /// How values are encoded.
    pub physical: Physical,
    /// What the encoded numbers mean.
    pub kind: Kind,
    /// The least and most a number can be, at its scale; a value outside must be given as unknown.
    pub bounds: Interval,
    /// The codes of a code or set fact: a code is encoded by its place here.
    pub codes: Vec<Id>,
    /// Months after which a value reads as unknown, for readers that know each value's day; zero: never.
    pub fresh_months: u32,
}

/// Which part of a fact's value a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// All of it.
    Whole,
    /// The first day a birth can be.
    Earliest,
    /// The last day a birth can be; when the column is absent, every birth is known to the day.
    Latest,
    /// Of a set, codes `64 n` to `64 n + 63` as bits, the first lowest: on when the code is known to be in it.
    Has(usize),
    /// Of a set, whether the codes held are all of them: 1 yes, anything else not known.
    Complete,
}

/// How a column's values are stored; unknown is the type's greatest value, also below an Arrow null.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Physical {
    /// One byte; 255 is unknown.
    U8,
    /// Two bytes; 65,535 is unknown.
    U16,
    /// Four bytes, signed; 2,147,483,647 is unknown.
    I32,
    /// Eight bytes, signed; 9,223,372,036,854,775,807 is unknown.
    I64,
    /// Eight bytes of bits; nothing is reserved, since an unknown set has no bit on and is not complete.
    U64,
}

/// What the numbers of a column mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 0 no, 1 yes.
    Bool,
    /// A number times ten to this scale.
    Number {
        /// Digits after the point.
        scale: u8,
    },
    /// A code, by its place in [`Input::codes`].
    Code,
    /// A day, counted from 1 January 1880 (see [`super::day_number`]).
    Day,
    /// Bits of a set.
    Bits,
}

impl Physical {
    /// The narrowest encoding that holds every number within bounds and the sentinel.
    pub fn of_bounds(bounds: Interval) -> Self {
        let fits = |low: i64, sentinel: i64| low <= bounds.low && bounds.high < sentinel;
        match () {
            () if fits(0, i64::from(u8::MAX)) => Physical::U8,
            () if fits(0, i64::from(u16::MAX)) => Physical::U16,
            () if fits(i64::from(i32::MIN), i64::from(i32::MAX)) => Physical::I32,
            () => Physical::I64,
        }
    }

    /// The narrowest encoding of this many codes and the sentinel.
    pub fn of_codes(codes: usize) -> Self {
        if codes <= usize::from(u8::MAX) { Physical::U8 } else { Physical::U16 }
    }

    /// Bytes of one value.
    pub fn width(self) -> usize {
        match self {
            Self::U8 => 1,
            Self::U16 => 2,
            Self::I32 => 4,
            Self::I64 | Self::U64 => 8,
        }
    }
}

impl Input {
    /// The least and greatest encoded value that is not unknown.
    pub fn range(&self) -> (i64, i64) {
        match self.kind {
            Kind::Bool => (0, 1),
            Kind::Number { .. } => (self.bounds.low, self.bounds.high),
            Kind::Code => (0, i64::try_from(self.codes.len()).unwrap_or(i64::MAX) - 1),
            Kind::Day => (0, i64::from(super::DAY_LAST)),
            Kind::Bits => (i64::MIN, i64::MAX),
        }
    }
}
