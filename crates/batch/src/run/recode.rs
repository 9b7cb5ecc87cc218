//! Columns made for one dictionary, read under another: codes by their names, numbers by their bounds. What the new
//! dictionary does not have is unknown, as it is for the row evaluator.

use crate::{
    chunk::Chunk,
    column::{Column, Physical, UNKNOWN},
    field::{Field, Part},
};
use rules::pack::fact::{FactType, Record};

/// How a column becomes another.
#[derive(Debug)]
pub(super) struct Recode {
    record: Record,
    /// Places of the columns it is made from.
    from: Vec<usize>,
    physical: Physical,
    how: How,
}

#[derive(Debug)]
enum How {
    /// The new place of each old code.
    Codes(Vec<i64>),
    /// Numbers outside these bounds are unknown.
    Bounds(i64, i64),
    /// For each new bit, the old word and bit, if the old dictionary had the code.
    Bits(Vec<Option<(usize, u32)>>),
}

impl Recode {
    /// From old fields of a fact to one new field; `None` when their types differ. `place` gives an old field's place.
    pub(super) fn new(old: &[&Field], new: &Field, mut place: impl FnMut(&Field) -> usize) -> Option<Self> {
        let first = old.first().filter(|field| field.kind == new.kind)?;
        let code = |code: &String| new.codes.iter().position(|c| c == code);
        let (from, how) = match (new.kind, new.part) {
            (FactType::Set, Part::Has(word)) => {
                let words: Vec<&&Field> = old.iter().filter(|f| matches!(f.part, Part::Has(_))).collect();
                let bit = |code: &String| {
                    let at = first.codes.iter().position(|c| c == code)?;
                    Some((at / 64, (at % 64) as u32))
                };
                let codes = new.codes.iter().skip(word * 64).take(64);
                (words.iter().map(|f| place(f)).collect(), How::Bits(codes.map(bit).collect()))
            }
            (FactType::Code, _) => {
                let codes =
                    first.codes.iter().map(|c| code(c).and_then(|at| i64::try_from(at).ok()).unwrap_or(UNKNOWN));
                (vec![place(first)], How::Codes(codes.collect()))
            }
            _ => {
                let same = old.iter().find(|f| f.part == new.part)?;
                (vec![place(same)], How::Bounds(new.low, new.high))
            }
        };
        Some(Self { record: new.record(), from, physical: new.physical, how })
    }

    /// The new column of a chunk. `selected` says where a place stands among the chunk's columns.
    pub(super) fn column(&self, chunk: &Chunk, selected: impl Fn(Record, usize) -> usize) -> Column {
        let columns = if self.record == Record::Household { &chunk.household } else { &chunk.person };
        let from: Vec<&Column> = self.from.iter().map(|place| &columns[selected(self.record, *place)]).collect();
        let mut made = Column::empty(self.physical);
        let rows = if self.record == Record::Household { chunk.households() } else { chunk.persons() };
        for row in 0..rows {
            let value = |column: usize| from.get(column).and_then(|c| c.get(row));
            made.push(match &self.how {
                How::Codes(codes) => {
                    let code = value(0).and_then(|at| codes.get(usize::try_from(at).ok()?).copied());
                    code.unwrap_or(UNKNOWN)
                }
                How::Bounds(low, high) => value(0).filter(|n| low <= n && n <= high).unwrap_or(UNKNOWN),
                How::Bits(bits) => {
                    let on = |(word, bit): (usize, u32)| value(word).is_some_and(|word| word >> bit & 1 == 1);
                    let bits = bits.iter().enumerate().filter(|(_, old)| old.is_some_and(on));
                    bits.fold(0u64, |all, (new, _)| all | 1 << new).cast_signed()
                }
            });
        }
        made
    }
}
