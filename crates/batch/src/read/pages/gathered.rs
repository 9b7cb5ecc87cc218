//! Values into the columns of a fact: looked up in a dictionary, as they are, or translated one by one.

use super::{
    super::{
        hybrid::{self, Corrupt, Present, gather},
        raw::Raw,
        translate::{Parts, Translator},
    },
    Stop,
};
use crate::column::{Column, Narrow, each};

pub(super) fn is_present(present: &Present, row: usize) -> bool {
    present.bits.as_ref().is_none_or(|bits| bits[row / 8] >> (row % 8) & 1 == 1)
}

/// The row of the nth value.
pub(super) fn nth_present(present: &Present, rows: usize, nth: usize) -> usize {
    (0..rows).filter(|row| is_present(present, *row)).nth(nth).unwrap_or(0)
}

/// How places in a dictionary are written.
#[derive(Clone, Copy)]
pub(super) enum Written<'b> {
    /// In runs, with places of this width.
    Runs(&'b [u8], u32),
    /// One bit after the other.
    Bits(&'b [u8]),
}

pub(super) fn gather_into(
    column: &mut Column,
    entries: &Column,
    present: &Present,
    written: Written,
    rows: usize,
    unknown: i64,
) -> Result<(), Corrupt> {
    fn values<T: Copy>(written: Written, count: usize, entries: &[T], out: &mut Vec<T>) -> Result<(), Corrupt> {
        match written {
            Written::Runs(bytes, width) => gather(bytes, width, count, entries, out),
            Written::Bits(bytes) if bytes.len() < count.div_ceil(8) => Err(Corrupt),
            Written::Bits(bytes) => hybrid::unpack(bytes, 1, count, entries, out),
        }
    }
    fn all<T: Copy>(
        out: &mut Vec<T>,
        entries: &[T],
        present: &Present,
        written: Written,
        rows: usize,
        unknown: T,
    ) -> Result<(), Corrupt> {
        let Some(bits) = &present.bits else { return values(written, rows, entries, out) };
        let mut known = Vec::with_capacity(present.values);
        if present.values > 0 {
            values(written, present.values, entries, &mut known)?;
        }
        hybrid::spread(bits, rows, &known, unknown, out);
        Ok(())
    }
    match (column, entries) {
        (Column::U8(out), Column::U8(from)) => all(out, from, present, written, rows, unknown.narrow()),
        (Column::U16(out), Column::U16(from)) => all(out, from, present, written, rows, unknown.narrow()),
        (Column::I32(out), Column::I32(from)) => all(out, from, present, written, rows, unknown.narrow()),
        (Column::I64(out), Column::I64(from)) => all(out, from, present, written, rows, unknown.narrow()),
        (Column::U64(out), Column::U64(from)) => all(out, from, present, written, rows, unknown.narrow()),
        _ => Err(Corrupt),
    }
}

/// Bits as yes and no; false when the mapping gives one of the two no meaning, which needs a closer look.
pub(super) fn truths(
    translator: &Translator,
    bytes: &[u8],
    present: &Present,
    rows: usize,
    columns: &mut [Column],
) -> Result<bool, Stop> {
    let both = [false, true].map(|truth| translator.parts(Raw::Bool(truth)));
    let [Ok(no), Ok(yes)] = both else { return Ok(false) };
    for ((at, column), unknown) in columns.iter_mut().enumerate().zip(translator.unknown()) {
        let mut entries = Column::empty(column.physical());
        entries.push(no[at]);
        entries.push(yes[at]);
        gather_into(column, &entries, present, Written::Bits(bytes), rows, unknown)?;
    }
    Ok(true)
}

/// Whole numbers within bounds that need no translation; false when some number needs a closer look.
pub(super) fn as_they_are(
    translator: &Translator,
    bytes: &[u8],
    present: &Present,
    rows: usize,
    columns: &mut [Column],
) -> Result<bool, Stop> {
    let (Some((low, high)), [column]) = (translator.as_it_is(), columns) else { return Ok(false) };
    let bytes = bytes.get(..present.values * 4).ok_or(Corrupt)?;
    let number = |four: &[u8]| i64::from(i32::from_le_bytes([four[0], four[1], four[2], four[3]]));
    if !bytes.chunks_exact(4).all(|four| (low..=high).contains(&number(four))) {
        return Ok(false);
    }
    fn all<T: Copy>(out: &mut Vec<T>, values: Vec<T>, present: &Present, rows: usize, unknown: T) {
        match &present.bits {
            Some(bits) => hybrid::spread(bits, rows, &values, unknown, out),
            None => out.extend(values),
        }
    }
    let unknown = translator.unknown()[0];
    each!(column, out => {
        all(out, bytes.chunks_exact(4).map(|four| number(four).narrow()).collect(), present, rows, unknown.narrow());
    });
    Ok(true)
}

pub(super) fn translated<'b>(
    translator: &Translator,
    mut values: impl Iterator<Item = Result<Raw<'b>, Corrupt>>,
    present: &Present,
    rows: usize,
    columns: &mut [Column],
) -> Result<(), (usize, Stop)> {
    let mut nth = 0;
    for row in 0..rows {
        let parts = if is_present(present, row) {
            let raw = values.next().unwrap_or(Err(Corrupt)).map_err(|_| (nth, Stop::Corrupt))?;
            nth += 1;
            translator.parts(raw).map_err(|fault| (nth - 1, Stop::Fault(Box::new(fault))))?
        } else {
            translator.unknown()
        };
        push(columns, &parts);
    }
    Ok(())
}

pub(in crate::read) fn push(columns: &mut [Column], parts: &Parts) {
    columns.iter_mut().zip(parts).for_each(|(column, part)| column.push(*part));
}
