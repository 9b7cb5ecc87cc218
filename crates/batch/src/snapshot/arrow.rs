//! Chunks as Arrow record batches, with the checksum of every buffer of values.

use crate::{
    chunk::Chunk,
    column::{Column, Physical},
    field::Field,
    ids::Ids,
};
use arrow_array::{ArrayRef, Int64Array, LargeStringArray, PrimitiveArray, RecordBatch, UInt16Array, UInt32Array};
use arrow_buffer::{BooleanBuffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow_schema::{ArrowError, DataType, Field as ArrowField, Schema};
use rules::pack::fact::FactType;
use std::{collections::HashMap, ops::Range, sync::Arc};

/// A column's description for other tools: its name, type, and what its numbers mean.
pub(super) fn arrow_field(field: &Field) -> ArrowField {
    let physical = match field.physical {
        Physical::U8 => DataType::UInt8,
        Physical::U16 => DataType::UInt16,
        Physical::I32 => DataType::Int32,
        Physical::I64 => DataType::Int64,
        Physical::U64 => DataType::UInt64,
    };
    let means = match field.kind {
        FactType::Bool => "0 no, 1 yes".to_owned(),
        FactType::Int => "a number".into(),
        FactType::Decimal { scale } => format!("a number times ten to {scale}"),
        FactType::Code => "the place of a code in codes, from 0".into(),
        FactType::Set => "bits of codes, or whether they are all".into(),
        FactType::Date => "days since 1 January 1880".into(),
    };
    let mut metadata = HashMap::from([("means".to_owned(), means)]);
    if !field.codes.is_empty() {
        metadata.insert("codes".into(), field.codes.join(" "));
    }
    ArrowField::new(field.name(), physical, true).with_metadata(metadata)
}

pub(super) type Batch = (Result<RecordBatch, ArrowError>, Vec<u32>);

pub(super) fn household_batch(chunk: &Chunk, schema: &Arc<Schema>) -> Batch {
    let mut sums = vec![];
    let ids = match ids_array(&chunk.ids, &mut sums) {
        Ok(ids) => ids,
        Err(error) => return (Err(error), sums),
    };
    let mut arrays = vec![ids];
    let known = chunk.districts.iter().map(|district| *district != crate::chunk::NO_DISTRICT).collect();
    sums.push(crc32fast::hash(bytemuck::cast_slice(&chunk.districts)));
    arrays.push(Arc::new(UInt16Array::new(chunk.districts.clone().into(), nulls(known))));
    sums.push(crc32fast::hash(bytemuck::cast_slice(&chunk.members[1..])));
    arrays.push(Arc::new(UInt32Array::from(chunk.members[1..].to_vec())));
    arrays.extend(chunk.household.iter().map(|column| array(column, 0..chunk.households(), &mut sums)));
    (RecordBatch::try_new(Arc::clone(schema), arrays), sums)
}

pub(super) fn person_batch(chunk: &Chunk, schema: &Arc<Schema>) -> Batch {
    let mut sums = vec![];
    let ids: Result<Vec<ArrayRef>, ArrowError> = chunk.person_ids.iter().map(|ids| ids_array(ids, &mut sums)).collect();
    let mut arrays = match ids {
        Ok(ids) => ids,
        Err(error) => return (Err(error), sums),
    };
    arrays.extend(chunk.person.iter().map(|column| array(column, 0..chunk.persons(), &mut sums)));
    let rows = arrow_array::RecordBatchOptions::new().with_row_count(Some(chunk.persons()));
    (RecordBatch::try_new_with_options(Arc::clone(schema), arrays, &rows), sums)
}

fn ids_array(ids: &Ids, sums: &mut Vec<u32>) -> Result<ArrayRef, ArrowError> {
    match ids {
        Ids::Number(numbers) => {
            sums.push(crc32fast::hash(bytemuck::cast_slice(numbers)));
            Ok(Arc::new(Int64Array::from(numbers.clone())))
        }
        Ids::Text(texts) => {
            let offsets: Vec<i64> = std::iter::once(0).chain(texts.ends.iter().map(|end| end.cast_signed())).collect();
            sums.push(crc32fast::hash(bytemuck::cast_slice(&offsets)));
            sums.push(crc32fast::hash(&texts.bytes));
            let offsets = OffsetBuffer::new(ScalarBuffer::from(offsets));
            Ok(Arc::new(LargeStringArray::try_new(offsets, texts.bytes.clone().into(), None)?))
        }
    }
}

/// A column as an Arrow array: what is unknown is null, and its slot keeps the largest value.
fn array(column: &Column, rows: Range<usize>, sums: &mut Vec<u32>) -> ArrayRef {
    use arrow_array::types::{Int32Type, Int64Type, UInt8Type, UInt16Type, UInt64Type};
    sums.push(crc32fast::hash(column.bytes()));
    macro_rules! primitive {
        ($type:ty, $values:expr, $unknown:expr) => {{
            let values = &$values[rows];
            let known = BooleanBuffer::collect_bool(values.len(), |at| values[at] != $unknown);
            Arc::new(PrimitiveArray::<$type>::new(values.to_vec().into(), nulls(known)))
        }};
    }
    match column {
        Column::U8(v) => primitive!(UInt8Type, v, u8::MAX),
        Column::U16(v) => primitive!(UInt16Type, v, u16::MAX),
        Column::I32(v) => primitive!(Int32Type, v, i32::MAX),
        Column::I64(v) => primitive!(Int64Type, v, i64::MAX),
        Column::U64(v) => Arc::new(PrimitiveArray::<UInt64Type>::new(v[rows].to_vec().into(), None)),
    }
}

fn nulls(known: BooleanBuffer) -> Option<NullBuffer> {
    Some(NullBuffer::new(known)).filter(|nulls| nulls.null_count() > 0)
}
