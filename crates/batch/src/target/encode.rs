//! Columns of a result as Parquet pages, written straight from bit planes and codes: a dictionary page, then one page
//! of places in it, packed.
//!
//! Source of the layout: Apache Parquet format, `Encodings.md` and `README.md`, "Dictionary Encoding" and "Data Pages".

use crate::fault::Fault;
use bytes::Bytes;
use parquet::{
    basic::{Compression, Encoding},
    column::{
        page::{CompressedPage, Page, PageWriter},
        writer::ColumnCloseResult,
    },
    data_type::DataType,
    errors::ParquetError,
    file::{
        metadata::ColumnChunkMetaData,
        properties::WriterPropertiesPtr,
        writer::{SerializedPageWriter, TrackedWrite},
    },
    schema::types::ColumnDescPtr,
};
use rules::column::Planes;

/// A column chunk: its bytes and its description.
pub(super) type ColumnChunk = (Bytes, ColumnCloseResult);

/// The texts of a verdict column, in the order of their places.
pub(super) const VERDICTS: [&str; 3] = ["no", "yes", "unknown"];

/// Places of verdicts in two bits each: 0 no, 1 yes, 2 unknown.
pub(super) fn verdict_places(truth: &Planes, households: usize) -> Vec<u8> {
    let words = households.div_ceil(64);
    let mut bytes = Vec::with_capacity(words * 16);
    for (yes, no) in truth.yes[..words].iter().zip(&truth.no[..words]) {
        let unknown = !(yes | no);
        for half in [0, 32] {
            let low = spread(yes >> half & u64::from(u32::MAX));
            let high = spread(unknown >> half & u64::from(u32::MAX));
            bytes.extend((low | high << 1).to_le_bytes());
        }
    }
    bytes.truncate(households.div_ceil(8) * 2);
    bytes
}

/// Each of 32 bits at an even place.
fn spread(bits: u64) -> u64 {
    let mut x = bits;
    x = (x | x << 16) & 0x0000_ffff_0000_ffff;
    x = (x | x << 8) & 0x00ff_00ff_00ff_00ff;
    x = (x | x << 4) & 0x0f0f_0f0f_0f0f_0f0f;
    x = (x | x << 2) & 0x3333_3333_3333_3333;
    (x | x << 1) & 0x5555_5555_5555_5555
}

/// Numbers of so many bits, packed.
pub(super) fn pack(places: &[u32], width: u32) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(places.len() * width as usize / 8 + 16);
    let (mut held, mut bits) = (0u64, 0);
    for place in places {
        held |= u64::from(*place) << bits;
        bits += width;
        while bits >= 8 {
            bytes.push(held as u8);
            held >>= 8;
            bits -= 8;
        }
    }
    if bits > 0 {
        bytes.push(held as u8);
    }
    bytes.resize((places.len().div_ceil(8)) * width as usize, 0);
    bytes
}

/// Places in a dictionary: packed, or the same for every row.
pub(super) enum Places {
    Packed { width: u32, bytes: Vec<u8> },
    Same(u32),
}

/// A column of texts by their places in a dictionary. `None` among the rows is told by `null`: every row is.
pub(super) fn dictionary_column(
    column: ColumnDescPtr,
    texts: &[&str],
    places: &Places,
    rows: usize,
) -> Result<ColumnChunk, ParquetError> {
    let mut entries = vec![];
    for text in texts {
        entries.extend((text.len() as u32).to_le_bytes());
        entries.extend(text.as_bytes());
    }
    write(column, texts.len(), entries, places, rows)
}

/// A column of 32-bit numbers by their places in a dictionary.
pub(super) fn number_dictionary_column(
    column: ColumnDescPtr,
    numbers: &[i32],
    places: &Places,
    rows: usize,
) -> Result<ColumnChunk, ParquetError> {
    let entries = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    write(column, numbers.len(), entries, places, rows)
}

fn write(
    column: ColumnDescPtr,
    count: usize,
    entries: Vec<u8>,
    places: &Places,
    rows: usize,
) -> Result<ColumnChunk, ParquetError> {
    let mut sink = TrackedWrite::new(Vec::with_capacity(entries.len() + rows / 2 + 256));
    let mut pages = SerializedPageWriter::new(&mut sink);
    let size = entries.len();
    let dictionary = Page::DictionaryPage {
        buf: entries.into(),
        num_values: count as u32,
        encoding: Encoding::PLAIN,
        is_sorted: false,
    };
    let first = pages.write_page(CompressedPage::new(dictionary, size))?;
    let mut body = vec![];
    if column.max_def_level() == 1 {
        let mut levels = vec![];
        varint((rows as u64) << 1, &mut levels);
        levels.push(1);
        body.extend((levels.len() as u32).to_le_bytes());
        body.extend(levels);
    }
    match places {
        Places::Same(place) => {
            let width = 32 - place.leading_zeros();
            body.push(width as u8);
            varint((rows as u64) << 1, &mut body);
            body.extend(&place.to_le_bytes()[..width.div_ceil(8) as usize]);
        }
        Places::Packed { width, bytes } => {
            body.push(*width as u8);
            varint((rows.div_ceil(8) as u64) << 1 | 1, &mut body);
            body.extend(bytes);
        }
    }
    let size = body.len();
    let data = Page::DataPage {
        buf: body.into(),
        num_values: rows as u32,
        encoding: Encoding::RLE_DICTIONARY,
        def_level_encoding: Encoding::RLE,
        rep_level_encoding: Encoding::RLE,
        statistics: None,
    };
    let second = pages.write_page(CompressedPage::new(data, size))?;
    pages.close()?;
    let length = (first.bytes_written + second.bytes_written) as i64;
    let metadata = ColumnChunkMetaData::builder(column)
        .set_encodings(vec![Encoding::PLAIN, Encoding::RLE, Encoding::RLE_DICTIONARY])
        .set_compression(Compression::UNCOMPRESSED)
        .set_num_values(rows as i64)
        .set_total_compressed_size(length)
        .set_total_uncompressed_size(length)
        .set_dictionary_page_offset(Some(0))
        .set_data_page_offset(first.bytes_written as i64)
        .build()?;
    closed(sink, metadata, rows)
}

fn closed(
    sink: TrackedWrite<Vec<u8>>,
    metadata: ColumnChunkMetaData,
    rows: usize,
) -> Result<ColumnChunk, ParquetError> {
    let bytes = Bytes::from(sink.into_inner()?);
    let close = ColumnCloseResult {
        bytes_written: bytes.len() as u64,
        rows_written: rows as u64,
        metadata,
        bloom_filter: None,
        column_index: None,
        offset_index: None,
    };
    Ok((bytes, close))
}

fn varint(mut value: u64, into: &mut Vec<u8>) {
    while value >= 0x80 {
        into.push(value as u8 | 0x80);
        value >>= 7;
    }
    into.push(value as u8);
}

/// A column by the library's own writer.
pub(super) fn library_column<T: DataType>(
    column: ColumnDescPtr,
    properties: &WriterPropertiesPtr,
    values: &[T::T],
    levels: Option<&[i16]>,
) -> Result<ColumnChunk, ParquetError> {
    let mut sink = TrackedWrite::new(vec![]);
    let close = {
        let pages = Box::new(SerializedPageWriter::new(&mut sink));
        let writer = parquet::column::writer::get_column_writer(column, properties.clone(), pages);
        let mut writer = parquet::column::writer::get_typed_column_writer::<T>(writer);
        writer.write_batch(values, levels, None)?;
        writer.close()?
    };
    Ok((Bytes::from(sink.into_inner()?), close))
}

/// A library's error about a file being written.
pub(super) fn failed(file: &str) -> impl Fn(ParquetError) -> Fault + use<> {
    let file = file.to_owned();
    move |error| {
        let text = error.to_string();
        let fault = Fault::of(&file, format!("It cannot be written: {}.", text.trim_end_matches('.')));
        if text.contains("No space left") {
            fault.suggest("Make room on the disk and run the same command again.")
        } else {
            fault
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_take_two_bits_each() {
        let truth = Planes { yes: vec![0b0101], no: vec![0b0010] };
        // From the lowest: yes, no, yes, unknown, then unknown to the end of the byte.
        assert_eq!(verdict_places(&truth, 4), [0b10_01_00_01, 0b10_10_10_10]);
    }

    #[test]
    fn numbers_are_packed_from_the_lowest_bit() {
        assert_eq!(pack(&[1, 2, 3, 0, 1], 2), [0b00_11_10_01, 0b01]);
        assert_eq!(pack(&[0x3ff, 0], 10), [0xff, 0x03, 0, 0, 0, 0, 0, 0, 0, 0]);
    }
}
