//! The quick way through a Parquet column: a dictionary page becomes a table of the fact's own numbers, and the places
//! in the data pages are looked up in it, without an array of values or of validity in between.
//!
//! It knows flat columns in dictionary and plain encoding, which is what nearly all writers write; whatever else it
//! meets it leaves to [`super::generic`].

use super::{
    Got, Want,
    generic::Shape,
    hybrid::{self, Corrupt, Present, gather},
    parquet::{broken, sentence},
    raw::Raw,
    translate::{Parts, Translator},
};
use crate::{
    column::{Column, Narrow, each},
    fault::{Fault, Faults, Place},
    ids::{Ids, Texts},
};
use bytes::Bytes;
use parquet::{
    basic::{Encoding, Type},
    column::page::{Page, PageReader},
    schema::types::ColumnDescriptor,
};

/// Which rows of which file are read, for messages.
#[derive(Clone, Copy)]
pub(crate) struct Where<'a> {
    pub(crate) file: &'a str,
    /// Rows of the groups before.
    pub(crate) before: u64,
    pub(crate) rows: usize,
}

/// Reads a column, or gives `None` when it holds something this way does not know.
pub(super) fn read(
    mut pages: Box<dyn PageReader>,
    descriptor: &ColumnDescriptor,
    want: &Want,
    place: Where,
) -> Result<Option<Got>, Faults> {
    let shape = Shape::of(descriptor);
    if descriptor.max_def_level() > 1 || shape == Shape::Other {
        return Ok(None);
    }
    let mut reader = match Reader::new(want, shape, descriptor, place) {
        Some(reader) => reader,
        None => return Ok(None),
    };
    loop {
        let page = pages.get_next_page().map_err(|error| broken(place.file, want.column(), &sentence(&error)))?;
        let Some(page) = page else { break };
        match reader.page(&page) {
            Ok(true) => {}
            Ok(false) => return Ok(None),
            Err(Stop::Corrupt) => return Err(broken(place.file, want.column(), "its bytes do not follow the format")),
            Err(Stop::Fault(fault)) => return Err((*fault).into()),
        }
    }
    if reader.done != place.rows {
        return Err(broken(place.file, want.column(), "it has fewer values than the file has rows"));
    }
    Ok(Some(reader.got))
}

enum Stop {
    Corrupt,
    Fault(Box<Fault>),
}

impl From<Corrupt> for Stop {
    fn from(_: Corrupt) -> Self {
        Self::Corrupt
    }
}

struct Reader<'a> {
    want: &'a Want,
    shape: Shape,
    physical: Type,
    optional: bool,
    place: Where<'a>,
    /// Rows done.
    done: usize,
    got: Got,
    dictionary: Dictionary,
}

/// A dictionary page in the fact's own numbers.
#[derive(Default)]
struct Dictionary {
    columns: Vec<Column>,
    numbers: Vec<i64>,
    texts: Vec<Bytes>,
    /// Entries that do not fit, which matter only if a row names them.
    faults: Vec<(u32, Fault)>,
    size: u32,
}

impl<'a> Reader<'a> {
    fn new(want: &'a Want, shape: Shape, descriptor: &ColumnDescriptor, place: Where<'a>) -> Option<Self> {
        let physical = descriptor.physical_type();
        let got = match want {
            Want::Fact(translator) => {
                Got::Columns(translator.fields.iter().map(|f| Column::empty(f.physical)).collect())
            }
            Want::Ids(_) => match (shape, physical) {
                (Shape::Int, Type::INT64) => Got::Ids(Ids::Number(vec![])),
                (Shape::Text, Type::BYTE_ARRAY) => Got::Ids(Ids::Text(Texts::default())),
                _ => return None,
            },
        };
        let optional = descriptor.max_def_level() == 1;
        Some(Self { want, shape, physical, optional, place, done: 0, got, dictionary: Dictionary::default() })
    }

    /// Takes one page in; false when it is of a kind not known here.
    fn page(&mut self, page: &Page) -> Result<bool, Stop> {
        match page {
            Page::DictionaryPage { buf, num_values, .. } => self.dictionary(buf, *num_values as usize),
            Page::DataPage { buf, num_values, encoding, def_level_encoding, .. } => {
                if self.optional && *def_level_encoding != Encoding::RLE {
                    return Ok(false);
                }
                let (levels, values) = if self.optional { prefixed(buf)? } else { (&buf[..0], &buf[..]) };
                self.data(levels, values, *num_values as usize, *encoding)
            }
            Page::DataPageV2 { buf, num_values, encoding, def_levels_byte_len, .. } => {
                let at = *def_levels_byte_len as usize;
                let (levels, values) = buf.split_at_checked(at).ok_or(Corrupt)?;
                self.data(levels, values, *num_values as usize, *encoding)
            }
        }
    }

    fn dictionary(&mut self, bytes: &Bytes, count: usize) -> Result<bool, Stop> {
        let mut dictionary = Dictionary { size: u32::try_from(count).map_err(|_| Corrupt)?, ..Dictionary::default() };
        match (self.want, &self.got) {
            (Want::Ids(_), Got::Ids(Ids::Number(_))) => dictionary.numbers = numbers(bytes, count)?,
            (Want::Ids(_), _) => dictionary.texts = texts(bytes, count)?,
            (Want::Fact(translator), _) => {
                dictionary.columns = translator.fields.iter().map(|f| Column::empty(f.physical)).collect();
                let Some(values) = plain(self.physical, self.shape, bytes, count)? else { return Ok(false) };
                for (at, raw) in values.enumerate() {
                    let parts = match translator.parts(raw?) {
                        Ok(parts) => parts,
                        Err(fault) => {
                            dictionary.faults.push((u32::try_from(at).map_err(|_| Corrupt)?, fault));
                            translator.unknown()
                        }
                    };
                    push(&mut dictionary.columns, &parts);
                }
            }
        }
        self.dictionary = dictionary;
        Ok(true)
    }

    fn data(&mut self, levels: &[u8], values: &[u8], rows: usize, encoding: Encoding) -> Result<bool, Stop> {
        let present = match self.optional {
            true => hybrid::present(levels, rows)?,
            false => Present { bits: None, values: rows },
        };
        if matches!(self.want, Want::Ids(_)) && present.values < rows {
            return Err(self.no_id(&present, rows));
        }
        #[allow(deprecated, reason = "PLAIN_DICTIONARY is what older writers call it")]
        let known = match encoding {
            Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY => self.places(&present, values, rows)?,
            Encoding::PLAIN => self.plain(&present, values, rows)?,
            _ => false,
        };
        self.done += rows;
        Ok(known)
    }

    /// Values named by their place in the dictionary.
    fn places(&mut self, present: &Present, bytes: &[u8], rows: usize) -> Result<bool, Stop> {
        // A page without any value may leave out the width.
        let (width, bytes) = bytes.split_first().map_or((0, bytes), |(width, rest)| (u32::from(*width), rest));
        let count = present.values;
        self.look_for_faults(present, width, bytes, rows)?;
        match (&mut self.got, self.want) {
            (Got::Ids(Ids::Number(ids)), _) => gather(bytes, width, count, &self.dictionary.numbers, ids)?,
            (Got::Ids(Ids::Text(texts)), _) => {
                let mut places = vec![];
                let all: Vec<u32> = (0..self.dictionary.size).collect();
                gather(bytes, width, count, &all, &mut places)?;
                places.iter().for_each(|place| texts.push(&self.dictionary.texts[*place as usize]));
            }
            (Got::Columns(columns), Want::Fact(translator)) => {
                let entries = self.dictionary.columns.iter().zip(translator.unknown());
                for (column, (entries, unknown)) in columns.iter_mut().zip(entries) {
                    gather_into(column, entries, present, Written::Runs(bytes, width), rows, unknown)?;
                }
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// An entry that does not fit is a fault of the first row that names it.
    fn look_for_faults(&self, present: &Present, width: u32, bytes: &[u8], rows: usize) -> Result<(), Stop> {
        if self.dictionary.faults.is_empty() {
            return Ok(());
        }
        let all: Vec<u32> = (0..self.dictionary.size).collect();
        let mut places = vec![];
        gather(bytes, width, present.values, &all, &mut places)?;
        let fault_of = |place: &u32| self.dictionary.faults.iter().find(|(at, _)| at == place).map(|(_, fault)| fault);
        let Some((nth, fault)) = places.iter().enumerate().find_map(|(at, p)| fault_of(p).map(|f| (at, f))) else {
            return Ok(());
        };
        Err(self.at_row(fault.clone(), nth_present(present, rows, nth)))
    }

    /// Values written one after the other.
    fn plain(&mut self, present: &Present, bytes: &[u8], rows: usize) -> Result<bool, Stop> {
        let count = present.values;
        match (&mut self.got, self.want) {
            (Got::Ids(Ids::Number(ids)), _) => ids.extend(numbers(bytes, count)?),
            (Got::Ids(Ids::Text(ids)), _) => {
                let mut bytes = bytes;
                for _ in 0..count {
                    let (text, rest) = prefixed(bytes)?;
                    ids.push(text);
                    bytes = rest;
                }
            }
            (Got::Columns(columns), Want::Fact(translator)) => {
                let done = match (self.shape, self.physical) {
                    (Shape::Int, Type::INT32) => as_they_are(translator, bytes, present, rows, columns)?,
                    (Shape::Bool, _) => truths(translator, bytes, present, rows, columns)?,
                    _ => false,
                };
                if done {
                    return Ok(true);
                }
                let Some(values) = plain(self.physical, self.shape, bytes, count)? else { return Ok(false) };
                let found = translated(translator, values, present, rows, columns);
                if let Err((nth, stop)) = found {
                    return Err(match stop {
                        Stop::Fault(fault) => self.at_row(*fault, nth_present(present, rows, nth)),
                        corrupt => corrupt,
                    });
                }
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn at_row(&self, fault: Fault, row: usize) -> Stop {
        Stop::Fault(Box::new(fault.at(Place::Row(self.place.before + (self.done + row) as u64 + 1))))
    }

    fn no_id(&self, present: &Present, rows: usize) -> Stop {
        let row = (0..rows).find(|row| !is_present(present, *row)).unwrap_or(0);
        let fault = Fault::of(self.place.file, "The id is missing.").column(self.want.column());
        self.at_row(fault.suggest("Every row needs the id of its household."), row)
    }
}

fn is_present(present: &Present, row: usize) -> bool {
    present.bits.as_ref().is_none_or(|bits| bits[row / 8] >> (row % 8) & 1 == 1)
}

/// The row of the nth value.
fn nth_present(present: &Present, rows: usize, nth: usize) -> usize {
    (0..rows).filter(|row| is_present(present, *row)).nth(nth).unwrap_or(0)
}

/// How places in a dictionary are written.
#[derive(Clone, Copy)]
enum Written<'b> {
    /// In runs, with places of this width.
    Runs(&'b [u8], u32),
    /// One bit after the other.
    Bits(&'b [u8]),
}

fn gather_into(
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
fn truths(
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
fn as_they_are(
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

fn translated<'b>(
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

pub(super) fn push(columns: &mut [Column], parts: &Parts) {
    columns.iter_mut().zip(parts).for_each(|(column, part)| column.push(*part));
}

/// Bytes after their length in four bytes, and what follows.
fn prefixed(bytes: &[u8]) -> Result<(&[u8], &[u8]), Corrupt> {
    let (length, rest) = bytes.split_first_chunk::<4>().ok_or(Corrupt)?;
    rest.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or(Corrupt)
}

fn numbers(bytes: &[u8], count: usize) -> Result<Vec<i64>, Corrupt> {
    let bytes = bytes.get(..count.checked_mul(8).ok_or(Corrupt)?).ok_or(Corrupt)?;
    Ok(bytes.as_chunks::<8>().0.iter().map(|eight| i64::from_le_bytes(*eight)).collect())
}

fn texts(bytes: &Bytes, count: usize) -> Result<Vec<Bytes>, Corrupt> {
    let mut left = &bytes[..];
    let mut texts = Vec::with_capacity(count);
    for _ in 0..count {
        let (text, rest) = prefixed(left)?;
        texts.push(bytes.slice_ref(text));
        left = rest;
    }
    Ok(texts)
}

/// Values one by one.
type Values<'b> = Box<dyn Iterator<Item = Result<Raw<'b>, Corrupt>> + 'b>;

/// Plain values one by one; `None` for types left to the general way.
fn plain<'b>(physical: Type, shape: Shape, bytes: &'b [u8], count: usize) -> Result<Option<Values<'b>>, Corrupt> {
    let fixed = |width: usize| bytes.get(..count.checked_mul(width).ok_or(Corrupt)?).ok_or(Corrupt);
    Ok(Some(match physical {
        Type::BOOLEAN => {
            let bits = bytes.get(..count.div_ceil(8)).ok_or(Corrupt)?;
            Box::new((0..count).map(move |at| Ok(Raw::Bool(bits[at / 8] >> (at % 8) & 1 == 1))))
        }
        Type::INT32 => {
            let fours = fixed(4)?.as_chunks::<4>().0;
            Box::new(fours.iter().map(move |four| Ok(shape.of_int(i64::from(i32::from_le_bytes(*four))))))
        }
        Type::INT64 => {
            let eights = fixed(8)?.as_chunks::<8>().0;
            Box::new(eights.iter().map(move |eight| Ok(shape.of_int(i64::from_le_bytes(*eight)))))
        }
        Type::FLOAT => {
            let fours = fixed(4)?.as_chunks::<4>().0;
            Box::new(fours.iter().map(|four| Ok(super::generic::of_float(f32::from_le_bytes(*four)))))
        }
        Type::DOUBLE => {
            let eights = fixed(8)?.as_chunks::<8>().0;
            Box::new(eights.iter().map(|eight| Ok(Raw::Double(f64::from_le_bytes(*eight)))))
        }
        Type::BYTE_ARRAY => {
            let mut left = bytes;
            Box::new((0..count).map(move |_| {
                let (text, rest) = prefixed(left)?;
                left = rest;
                Ok(std::str::from_utf8(text).map_or(Raw::Bytes, Raw::Text))
            }))
        }
        _ => return Ok(None),
    }))
}
