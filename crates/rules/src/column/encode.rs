//! Families as columns: for tests, for the registry's own households, and as the definition of the encoding.

use super::{
    block::{Block, BlockError, Column},
    input::{Input, Kind, Part, Physical},
    program::Program,
};
use crate::{Birth, Date, Family, Held, Value, pack::fact::Record};

/// The last day number: 5 June 2059. Later days are given as it.
pub const DAY_LAST: u16 = u16::MAX - 1;

/// A day as counted from 1 January 1880. Days before count as that day and days after the last as the last: at the
/// reference dates a program accepts, that changes no age.
pub fn day_number(date: Date) -> u16 {
    let zero = Date::from_ymd_opt(1880, 1, 1).unwrap_or_default();
    let days = (date - zero).num_days().clamp(0, i64::from(DAY_LAST));
    u16::try_from(days).unwrap_or(DAY_LAST)
}

/// The day of a day number.
pub(crate) fn day_of(number: i64) -> Date {
    let zero = Date::from_ymd_opt(1880, 1, 1).unwrap_or_default();
    zero + chrono::Days::new(number.unsigned_abs())
}

/// Owned columns of some families, in the encoding of one program.
#[derive(Debug, Clone)]
pub struct Columns {
    members: Vec<u32>,
    columns: Vec<Owned>,
}

#[derive(Debug, Clone)]
enum Owned {
    U8(Vec<u8>),
    U16(Vec<u16>),
    I32(Vec<i32>),
    I64(Vec<i64>),
    U64(Vec<u64>),
}

impl Columns {
    /// Encodes families for a program. A value that does not fit its fact, or is too old at the program's date, is
    /// unknown, as it is for the row evaluator.
    pub fn of(program: &Program, families: &[Family]) -> Self {
        let mut members = vec![0u32];
        members.extend(families.iter().scan(0u32, |sum, family| {
            *sum += u32::try_from(family.members.len()).unwrap_or(u32::MAX);
            Some(*sum)
        }));
        let columns = program.inputs().iter().map(|input| column(input, families, program.at())).collect();
        Self { members, columns }
    }

    /// The columns as a block.
    ///
    /// # Errors
    /// When they were made for another program.
    pub fn block(&self, program: &Program) -> Result<Block<'_>, BlockError> {
        let columns = self.columns.iter().map(|owned| Some(owned.lend())).collect();
        Block::new(program, &self.members, columns)
    }
}

impl Owned {
    fn lend(&self) -> Column<'_> {
        match self {
            Owned::U8(v) => Column::U8(v),
            Owned::U16(v) => Column::U16(v),
            Owned::I32(v) => Column::I32(v),
            Owned::I64(v) => Column::I64(v),
            Owned::U64(v) => Column::U64(v),
        }
    }
}

fn column(input: &Input, families: &[Family], at: Date) -> Owned {
    let mut values: Vec<Option<i64>> = vec![];
    let short = input.fact.split_once('.').map_or("", |(_, short)| short);
    for family in families {
        match input.record {
            _ if input.fact.starts_with("scores.") => {
                values.push(family.scores.get(short).copied().filter(|s| input.allows(*s)));
            }
            Record::Household if short == "members_complete" => values.push(Some(i64::from(list_closed(family)))),
            Record::Household => values.push(encoded(input, family.household.get(short), at)),
            Record::Person => values.extend(family.members.iter().map(|member| match (input.part, member.birth) {
                (Part::Earliest | Part::Latest, Some(birth)) => day(input.part, birth),
                _ => encoded(input, member.facts.get(short), at),
            })),
        }
    }
    store(input.physical, &values)
}

fn list_closed(family: &Family) -> bool {
    let said = family.household.get("members_complete").is_some_and(|held| held.value == Value::Bool(true));
    family.members_complete || said
}

fn encoded(input: &Input, held: Option<&Held>, at: Date) -> Option<i64> {
    let fresh = held.filter(|held| !held.is_stale(input.fresh_months, at))?;
    input.encode(&fresh.value)
}

fn day(part: Part, birth: Birth) -> Option<i64> {
    Some(i64::from(day_number(if part == Part::Latest { birth.latest } else { birth.earliest })))
}

fn store(physical: Physical, values: &[Option<i64>]) -> Owned {
    macro_rules! narrow {
        ($kind:ident, $type:ty) => {
            Owned::$kind(
                values.iter().map(|v| v.and_then(|v| <$type>::try_from(v).ok()).unwrap_or(<$type>::MAX)).collect(),
            )
        };
    }
    match physical {
        Physical::U8 => narrow!(U8, u8),
        Physical::U16 => narrow!(U16, u16),
        Physical::I32 => narrow!(I32, i32),
        Physical::I64 => narrow!(I64, i64),
        Physical::U64 => Owned::U64(values.iter().map(|v| v.unwrap_or(0).cast_unsigned()).collect()),
    }
}

impl Input {
    /// A value as this column stores it; `None`, which is unknown, when it does not fit.
    pub fn encode(&self, value: &Value) -> Option<i64> {
        let place = |code: &str| self.codes.iter().position(|c| *c == *code).and_then(|c| i64::try_from(c).ok());
        match (value, self.kind) {
            (Value::Bool(b), Kind::Bool) => Some(i64::from(*b)),
            (Value::Int(n), Kind::Number { .. }) | (Value::Decimal(n), Kind::Number { .. }) => {
                Some(*n).filter(|n| self.allows(*n))
            }
            (Value::Code(code), Kind::Code) => place(code),
            (Value::Date(birth), Kind::Day) => day(self.part, *birth),
            (Value::Set { complete, .. }, _) if self.part == Part::Complete => Some(i64::from(*complete)),
            (Value::Set { has, .. }, Kind::Bits) => {
                let Part::Has(word) = self.part else { return None };
                let word = i64::try_from(word).unwrap_or(0) * 64;
                let bits = has.iter().filter_map(|c| place(c)).filter(|c| (word..word + 64).contains(c));
                Some(bits.fold(0u64, |all, c| all | 1 << (c - word)).cast_signed())
            }
            _ => None,
        }
    }

    fn allows(&self, number: i64) -> bool {
        self.bounds.low <= number && number <= self.bounds.high
    }
}
