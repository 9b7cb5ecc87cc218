//! The general way through a Parquet column, by the library's own readers: every encoding, nested groups, old types.

use super::{
    Got, Want,
    pages::{Where, push},
    parquet::{broken, sentence},
    raw::Raw,
    translate::Translator,
};
use crate::{
    column::Column,
    fault::{Fault, Faults, Place},
    ids::{IdRef, Ids, Texts},
};
use parquet::{
    basic::{ConvertedType, LogicalType, TimeUnit, Type},
    column::{
        page::PageReader,
        reader::{ColumnReader, ColumnReaderImpl, get_column_reader},
    },
    data_type::{ByteArray, DataType},
    errors::ParquetError,
    schema::types::{ColumnDescPtr, ColumnDescriptor},
};

const DAY_MILLIS: i64 = 86_400_000;

/// What the values of a Parquet column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Bool,
    Int,
    /// Unsigned, stored in the bits of a signed number of this many bits.
    Unsigned(u8),
    Decimal(u8),
    Double,
    Days,
    /// Moments since 1970, so many in a day.
    Moments(i64),
    Text,
    /// Intervals, lists, maps and the like.
    Other,
}

impl Shape {
    pub(crate) fn of(column: &ColumnDescriptor) -> Self {
        match (column.physical_type(), column.logical_type_ref(), column.converted_type()) {
            (Type::BOOLEAN, ..) => Self::Bool,
            (Type::FLOAT | Type::DOUBLE, ..) => Self::Double,
            (Type::INT96, ..) => Self::Other,
            (Type::BYTE_ARRAY | Type::FIXED_LEN_BYTE_ARRAY, logical, converted) => bytes(logical, converted),
            (physical, logical, converted) => whole(column, physical, logical, converted),
        }
    }

    /// A stored whole number as what it means.
    pub(crate) fn of_int<'a>(self, number: i64) -> Raw<'a> {
        match self {
            Self::Unsigned(32) => Raw::Int(number & i64::from(u32::MAX)),
            Self::Unsigned(_) if number < 0 => Raw::Double(number.cast_unsigned() as f64),
            Self::Decimal(scale) => Raw::Decimal(number, scale),
            Self::Days => Raw::Days(number),
            Self::Moments(per_day) => Raw::Days(number.div_euclid(per_day)),
            _ => Raw::Int(number),
        }
    }

    /// In words, for messages.
    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Self::Bool => "yes or no",
            Self::Int | Self::Unsigned(_) => "whole numbers",
            Self::Decimal(_) | Self::Double => "numbers",
            Self::Days | Self::Moments(_) => "days",
            Self::Text => "text",
            Self::Other => "something else",
        }
    }
}

fn bytes(logical: Option<&LogicalType>, converted: ConvertedType) -> Shape {
    match (logical, converted) {
        (Some(LogicalType::String | LogicalType::Enum | LogicalType::Json), _) => Shape::Text,
        (None, ConvertedType::UTF8 | ConvertedType::ENUM | ConvertedType::JSON | ConvertedType::NONE) => Shape::Text,
        _ => Shape::Other,
    }
}

fn whole(column: &ColumnDescriptor, physical: Type, logical: Option<&LogicalType>, converted: ConvertedType) -> Shape {
    let width = if physical == Type::INT32 { 32 } else { 64 };
    match (logical, converted) {
        (_, ConvertedType::DATE) => Shape::Days,
        (_, ConvertedType::TIMESTAMP_MILLIS) => Shape::Moments(DAY_MILLIS),
        (_, ConvertedType::TIMESTAMP_MICROS) => Shape::Moments(DAY_MILLIS * 1000),
        (Some(LogicalType::Timestamp(stamp)), _) => match stamp.unit {
            TimeUnit::MILLIS => Shape::Moments(DAY_MILLIS),
            TimeUnit::MICROS => Shape::Moments(DAY_MILLIS * 1000),
            TimeUnit::NANOS => Shape::Moments(DAY_MILLIS * 1_000_000),
        },
        (_, ConvertedType::DECIMAL) => Shape::Decimal(u8::try_from(column.type_scale()).unwrap_or(0)),
        (_, ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 | ConvertedType::UINT_64) => {
            Shape::Unsigned(width)
        }
        (_, ConvertedType::TIME_MILLIS | ConvertedType::TIME_MICROS | ConvertedType::INTERVAL) => Shape::Other,
        (Some(LogicalType::Time(_)), _) => Shape::Other,
        _ => Shape::Int,
    }
}

/// A single-precision number as the shortest decimal that reads back as it.
pub(super) fn of_float<'a>(number: f32) -> Raw<'a> {
    Raw::Double(number.to_string().parse().unwrap_or(f64::NAN))
}

/// Reads a column of any encoding.
pub(super) fn read(
    pages: Box<dyn PageReader>,
    descriptor: ColumnDescPtr,
    want: &Want,
    place: Where,
) -> Result<Got, Faults> {
    let most = descriptor.max_def_level();
    let (file, rows) = (place.file, place.rows);
    let sink = Sink { want, place, most };
    each(pages, descriptor, (file, want.column()), rows, |levels, values| sink.take(levels, values))
}

/// Reads a column of any encoding as texts, as a person would write its values; where nothing is, the text is empty.
pub(super) fn texts(
    pages: Box<dyn PageReader>,
    descriptor: ColumnDescPtr,
    (file, column): (&str, &str),
    place: Where,
) -> Result<Texts, Faults> {
    let most = descriptor.max_def_level();
    each(pages, descriptor, (file, column), place.rows, |levels, values| {
        let mut texts = Texts::default();
        for row in 0..place.rows {
            let there = most == 0 || levels.get(row) == Some(&most);
            match if there { values.next().unwrap_or(Raw::Null) } else { Raw::Null } {
                Raw::Bytes => {
                    let fault = Fault::of(file, "This is not text in UTF-8.").column(column);
                    let at = Place::Row(place.before + row as u64 + 1);
                    return Err(fault.suggest("Write the column as text.").at(at).into());
                }
                value => texts.push(value.text().as_bytes()),
            }
        }
        Ok(texts)
    })
}

/// Hands all levels and values of a column over, whatever its type.
fn each<G>(
    pages: Box<dyn PageReader>,
    descriptor: ColumnDescPtr,
    (file, column): (&str, &str),
    rows: usize,
    take: impl for<'r> FnOnce(&[i16], &mut dyn Iterator<Item = Raw<'r>>) -> Result<G, Faults>,
) -> Result<G, Faults> {
    let shape = Shape::of(&descriptor);
    let wrong = |error: ParquetError| broken(file, column, &sentence(&error));
    if shape == Shape::Other {
        let fault = Fault::of(file, "A column of this type cannot be read.").column(column);
        return Err(fault.suggest("Write it as a number, text, a date, or yes and no.").into());
    }
    match get_column_reader(descriptor, pages) {
        ColumnReader::BoolColumnReader(reader) => {
            let (levels, values) = all(reader, rows).map_err(wrong)?;
            take(&levels, &mut values.iter().map(|v| Raw::Bool(*v)))
        }
        ColumnReader::Int32ColumnReader(reader) => {
            let (levels, values) = all(reader, rows).map_err(wrong)?;
            take(&levels, &mut values.iter().map(|v| shape.of_int(i64::from(*v))))
        }
        ColumnReader::Int64ColumnReader(reader) => {
            let (levels, values) = all(reader, rows).map_err(wrong)?;
            take(&levels, &mut values.iter().map(|v| shape.of_int(*v)))
        }
        ColumnReader::FloatColumnReader(reader) => {
            let (levels, values) = all(reader, rows).map_err(wrong)?;
            take(&levels, &mut values.iter().map(|v| of_float(*v)))
        }
        ColumnReader::DoubleColumnReader(reader) => {
            let (levels, values) = all(reader, rows).map_err(wrong)?;
            take(&levels, &mut values.iter().map(|v| Raw::Double(*v)))
        }
        ColumnReader::ByteArrayColumnReader(reader) => {
            let (levels, values) = all(reader, rows).map_err(wrong)?;
            let text = |value: &'_ ByteArray| -> Option<String> { value.as_utf8().ok().map(str::to_owned) };
            let texts: Vec<Option<String>> = values.iter().map(text).collect();
            take(&levels, &mut texts.iter().map(|t| t.as_deref().map_or(Raw::Bytes, Raw::Text)))
        }
        ColumnReader::Int96ColumnReader(_) | ColumnReader::FixedLenByteArrayColumnReader(_) => {
            let fault = Fault::of(file, "A column of this type cannot be read.").column(column);
            Err(fault.suggest("Write it as a number, text, a date, or yes and no.").into())
        }
    }
}

/// All levels and values of a column.
fn all<T: DataType>(mut reader: ColumnReaderImpl<T>, rows: usize) -> Result<(Vec<i16>, Vec<T::T>), ParquetError> {
    let (mut levels, mut values) = (vec![], vec![]);
    let mut done = 0;
    while done < rows {
        let (records, ..) = reader.read_records(rows - done, Some(&mut levels), None, &mut values)?;
        if records == 0 {
            return Err(ParquetError::EOF("it has fewer values than the file has rows".into()));
        }
        done += records;
    }
    Ok((levels, values))
}

struct Sink<'a> {
    want: &'a Want,
    place: Where<'a>,
    most: i16,
}

impl Sink<'_> {
    fn take<'r>(&self, levels: &[i16], values: &mut dyn Iterator<Item = Raw<'r>>) -> Result<Got, Faults> {
        let next = |row: usize| {
            let there = self.most == 0 || levels.get(row) == Some(&self.most);
            if there { values.next().unwrap_or(Raw::Null) } else { Raw::Null }
        };
        match self.want {
            Want::Fact(translator) => self.columns(translator, next),
            Want::Ids(_) => self.ids(next),
        }
    }

    fn columns<'r>(&self, translator: &Translator, mut next: impl FnMut(usize) -> Raw<'r>) -> Result<Got, Faults> {
        let mut columns: Vec<Column> = translator.fields.iter().map(|f| Column::empty(f.physical)).collect();
        for row in 0..self.place.rows {
            let parts = translator.parts(next(row)).map_err(|fault| self.at(fault, row))?;
            push(&mut columns, &parts);
        }
        Ok(Got::Columns(columns))
    }

    fn ids<'r>(&self, mut next: impl FnMut(usize) -> Raw<'r>) -> Result<Got, Faults> {
        let mut ids = Ids::Number(vec![]);
        for row in 0..self.place.rows {
            match next(row) {
                Raw::Int(number) => ids.push(IdRef::Number(number)),
                Raw::Null | Raw::Bytes => {
                    let fault = Fault::of(self.place.file, "The id is missing.").column(self.want.column());
                    return Err(self.at(fault.suggest("Every row needs the id of its household."), row));
                }
                other => {
                    if row == 0 {
                        ids = Ids::Text(Texts::default());
                    }
                    ids.push(IdRef::Text(other.text().as_bytes()));
                }
            }
        }
        Ok(Got::Ids(ids))
    }

    fn at(&self, fault: Fault, row: usize) -> Faults {
        fault.at(Place::Row(self.place.before + row as u64 + 1)).into()
    }
}
