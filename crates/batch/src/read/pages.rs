//! The quick way through a Parquet column: a dictionary page becomes a table of the fact's own numbers, and the places
//! in the data pages are looked up in it, without an array of values or of validity in between.
//!
//! It knows flat columns in dictionary and plain encoding, which is what nearly all writers write; whatever else it
//! meets it leaves to [`super::generic`].

mod gathered;
mod plain;

pub(super) use gathered::push;

use super::{
    Got, Want,
    generic::Shape,
    hybrid::{self, Corrupt, Present, gather},
    parquet::{broken, sentence},
};
use crate::{
    column::Column,
    fault::{Fault, Faults, Place},
    ids::{Ids, Texts},
};
use bytes::Bytes;
use gathered::{Written, as_they_are, gather_into, is_present, nth_present, translated, truths};
use parquet::{
    basic::{Encoding, Type},
    column::page::{Page, PageReader},
    schema::types::ColumnDescriptor,
};
use plain::{numbers, plain, prefixed, texts};

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
