//! Values in plain encoding: one after the other, texts behind their length.

use super::super::{
    generic::{self, Shape},
    hybrid::Corrupt,
    raw::Raw,
};
use bytes::Bytes;
use parquet::basic::Type;

/// Bytes after their length in four bytes, and what follows.
pub(super) fn prefixed(bytes: &[u8]) -> Result<(&[u8], &[u8]), Corrupt> {
    let (length, rest) = bytes.split_first_chunk::<4>().ok_or(Corrupt)?;
    rest.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or(Corrupt)
}

pub(super) fn numbers(bytes: &[u8], count: usize) -> Result<Vec<i64>, Corrupt> {
    let bytes = bytes.get(..count.checked_mul(8).ok_or(Corrupt)?).ok_or(Corrupt)?;
    Ok(bytes.as_chunks::<8>().0.iter().map(|eight| i64::from_le_bytes(*eight)).collect())
}

pub(super) fn texts(bytes: &Bytes, count: usize) -> Result<Vec<Bytes>, Corrupt> {
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
pub(super) type Values<'b> = Box<dyn Iterator<Item = Result<Raw<'b>, Corrupt>> + 'b>;

/// Plain values one by one; `None` for types left to the general way.
pub(super) fn plain<'b>(
    physical: Type,
    shape: Shape,
    bytes: &'b [u8],
    count: usize,
) -> Result<Option<Values<'b>>, Corrupt> {
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
            Box::new(fours.iter().map(|four| Ok(generic::of_float(f32::from_le_bytes(*four)))))
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
