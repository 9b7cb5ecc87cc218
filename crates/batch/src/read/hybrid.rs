//! The run-length / bit-packed encoding of Parquet, for definition levels and places in a dictionary.
//!
//! Source: Apache Parquet format, `Encodings.md`, "Run Length Encoding / Bit-Packing Hybrid (RLE = 3)".

/// The bytes do not follow the encoding, or end too early.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Corrupt;

/// One run of equal or of packed values.
enum Run<'a> {
    Same { value: u32, count: usize },
    Packed { bytes: &'a [u8], count: usize },
}

struct Runs<'a> {
    bytes: &'a [u8],
    width: u32,
}

impl<'a> Runs<'a> {
    fn next(&mut self, most: usize) -> Result<Run<'a>, Corrupt> {
        let header = self.varint()?;
        let length = usize::try_from(header >> 1).map_err(|_| Corrupt)?;
        if header & 1 == 0 {
            let (value, rest) = self.bytes.split_at_checked(self.width.div_ceil(8) as usize).ok_or(Corrupt)?;
            self.bytes = rest;
            let value = value.iter().rev().fold(0, |all, byte| all << 8 | u32::from(*byte));
            return Ok(Run::Same { value, count: length.min(most) });
        }
        let count = length.checked_mul(8).ok_or(Corrupt)?.min(most);
        let whole = length.checked_mul(self.width as usize).ok_or(Corrupt)?;
        // Some writers leave out the padding of the last run.
        let needed = (count * self.width as usize).div_ceil(8);
        let (bytes, rest) = self.bytes.split_at(whole.min(self.bytes.len()));
        self.bytes = rest;
        if bytes.len() < needed { Err(Corrupt) } else { Ok(Run::Packed { bytes, count }) }
    }

    fn varint(&mut self) -> Result<u64, Corrupt> {
        let mut value = 0u64;
        for shift in (0..63).step_by(7) {
            let (byte, rest) = self.bytes.split_first().ok_or(Corrupt)?;
            self.bytes = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(Corrupt)
    }
}

/// Adds `count` values of a dictionary, each named by its place in `width` bits.
pub(crate) fn gather<T: Copy>(
    bytes: &[u8],
    width: u32,
    count: usize,
    dictionary: &[T],
    out: &mut Vec<T>,
) -> Result<(), Corrupt> {
    if width > 32 {
        return Err(Corrupt);
    }
    let mut runs = Runs { bytes, width };
    let mut left = count;
    out.reserve(count);
    while left > 0 {
        match runs.next(left)? {
            Run::Same { count: 0, .. } | Run::Packed { count: 0, .. } => return Err(Corrupt),
            Run::Same { value, count } => {
                let value = *dictionary.get(value as usize).ok_or(Corrupt)?;
                out.resize(out.len() + count, value);
                left -= count;
            }
            Run::Packed { bytes, count } => {
                unpack(bytes, width, count, dictionary, out)?;
                left -= count;
            }
        }
    }
    Ok(())
}

/// Values of a packed run through the dictionary, eight at a time.
pub(crate) fn unpack<T: Copy>(
    bytes: &[u8],
    width: u32,
    count: usize,
    dictionary: &[T],
    out: &mut Vec<T>,
) -> Result<(), Corrupt> {
    if width == 0 {
        let value = *dictionary.first().ok_or(Corrupt)?;
        out.resize(out.len() + count, value);
        return Ok(());
    }
    let mask = (1u64 << width) - 1;
    let group = width as usize;
    let start = out.len();
    out.resize(start + count, *dictionary.first().ok_or(Corrupt)?);
    let mut sound = true;
    for (eight, values) in out[start..].chunks_mut(8).enumerate() {
        let mut padded = [0u8; 40];
        let bytes = &bytes[(eight * group).min(bytes.len())..];
        let here = bytes.len().min(group);
        padded[..here].copy_from_slice(&bytes[..here]);
        if width <= 8 {
            let word = u64::from_le_bytes([
                padded[0], padded[1], padded[2], padded[3], padded[4], padded[5], padded[6], padded[7],
            ]);
            for (i, value) in values.iter_mut().enumerate() {
                let place = (word >> (i as u32 * width) & mask) as usize;
                match dictionary.get(place) {
                    Some(entry) => *value = *entry,
                    None => sound = false,
                }
            }
            continue;
        }
        for (i, value) in values.iter_mut().enumerate() {
            let bit = i * width as usize;
            let (byte, shift) = (bit / 8, bit % 8);
            let eight: [u8; 8] = padded[byte..byte + 8].try_into().map_err(|_| Corrupt)?;
            match dictionary.get((u64::from_le_bytes(eight) >> shift & mask) as usize) {
                Some(entry) => *value = *entry,
                None => sound = false,
            }
        }
    }
    if sound { Ok(()) } else { Err(Corrupt) }
}

/// Which rows have a value: one bit per row, the first lowest; `None` when all have.
pub(crate) struct Present {
    pub(crate) bits: Option<Vec<u8>>,
    pub(crate) values: usize,
}

/// Reads definition levels of one bit each.
pub(crate) fn present(bytes: &[u8], rows: usize) -> Result<Present, Corrupt> {
    let mut runs = Runs { bytes, width: 1 };
    let mut bits: Vec<u8> = Vec::with_capacity(rows.div_ceil(8) + 1);
    let (mut done, mut values) = (0, 0);
    while done < rows {
        match runs.next(rows - done)? {
            Run::Same { count: 0, .. } | Run::Packed { count: 0, .. } => return Err(Corrupt),
            Run::Same { value, count } => {
                append_same(&mut bits, done, value & 1 == 1, count);
                values += if value & 1 == 1 { count } else { 0 };
                done += count;
            }
            Run::Packed { bytes, count } => {
                append_packed(&mut bits, done, bytes, count);
                values += ones(bytes, count);
                done += count;
            }
        }
    }
    Ok(Present { bits: (values < rows).then_some(bits), values })
}

fn ones(bytes: &[u8], count: usize) -> usize {
    let whole: u32 = bytes[..count / 8].iter().map(|byte| byte.count_ones()).sum();
    let rest = if count.is_multiple_of(8) { 0 } else { (bytes[count / 8] & ((1 << (count % 8)) - 1)).count_ones() };
    (whole + rest) as usize
}

fn append_same(bits: &mut Vec<u8>, done: usize, on: bool, count: usize) {
    let mut left = count;
    while left > 0 && !(done + count - left).is_multiple_of(8) {
        let at = done + count - left;
        if on {
            bits[at / 8] |= 1 << (at % 8);
        }
        left -= 1;
    }
    let fill = if on { 0xff } else { 0 };
    bits.resize(bits.len() + left / 8, fill);
    if !left.is_multiple_of(8) {
        bits.push(fill & ((1u16 << (left % 8)) - 1) as u8);
    }
}

fn append_packed(bits: &mut Vec<u8>, done: usize, bytes: &[u8], count: usize) {
    let shift = done % 8;
    for (at, byte) in bytes[..count.div_ceil(8)].iter().enumerate() {
        let here = (count - at * 8).min(8);
        let byte = if here < 8 { byte & ((1u16 << here) - 1) as u8 } else { *byte };
        if shift == 0 {
            bits.push(byte);
            continue;
        }
        if let Some(last) = bits.last_mut() {
            *last |= byte << shift;
        }
        if here > 8 - shift {
            bits.push(byte >> (8 - shift));
        }
    }
}

/// Spreads values over their rows; rows without one get the unknown.
pub(crate) fn spread<T: Copy>(present: &[u8], rows: usize, values: &[T], unknown: T, out: &mut Vec<T>) {
    let start = out.len();
    out.resize(start + rows, unknown);
    let mut next = 0;
    for (rows, byte) in out[start..].chunks_mut(8).zip(present) {
        if *byte == 0xff && rows.len() == 8 && values.len() >= next + 8 {
            rows.copy_from_slice(&values[next..next + 8]);
            next += 8;
            continue;
        }
        for (i, row) in rows.iter_mut().enumerate() {
            let on = byte >> i & 1 == 1;
            *row = match values.get(next) {
                Some(value) if on => *value,
                _ => unknown,
            };
            next += usize::from(on);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Packs values as the format says, one packed run or runs of equals.
    fn packed(values: &[u32], width: u32) -> Vec<u8> {
        let groups = values.len().div_ceil(8);
        let mut bytes = vec![u8::try_from(groups << 1 | 1).unwrap()];
        let mut bits = vec![0u8; groups * width as usize];
        for (i, value) in values.iter().enumerate() {
            for bit in 0..width as usize {
                let at = i * width as usize + bit;
                bits[at / 8] |= u8::try_from(value >> bit & 1).unwrap() << (at % 8);
            }
        }
        bytes.extend(bits);
        bytes
    }

    #[test]
    fn packed_and_equal_runs_name_places_in_a_dictionary() {
        for width in 1..=20u32 {
            let top = (1u32 << width).min(3000);
            let dictionary: Vec<u32> = (0..top).map(|i| i * 7).collect();
            let places: Vec<u32> = (0..29).map(|i| (i * 37) % top).collect();
            let mut bytes = packed(&places, width);
            // Three times the place 1.
            bytes.push(3 << 1);
            bytes.extend(&1u32.to_le_bytes()[..width.div_ceil(8) as usize]);
            let mut out = vec![];
            // The packed run is padded to 32, so take it alone first.
            gather(&bytes, width, 29, &dictionary, &mut out).unwrap();
            assert_eq!(out, places.iter().map(|p| p * 7).collect::<Vec<_>>(), "width {width}");
            let mut out = vec![];
            gather(&bytes, width, 35, &dictionary, &mut out).unwrap();
            assert_eq!(out[32..], [7, 7, 7], "width {width}");
        }
    }

    #[test]
    fn what_is_cut_short_or_out_of_range_is_corrupt() {
        let bytes = packed(&[1, 2, 3, 1], 2);
        let mut out: Vec<u8> = vec![];
        assert_eq!(gather(&bytes[..1], 2, 4, &[9, 9, 9, 9], &mut out), Err(Corrupt));
        assert_eq!(gather(&bytes, 2, 4, &[9, 9], &mut out), Err(Corrupt));
        assert_eq!(gather(&[], 2, 4, &[9], &mut out), Err(Corrupt));
        assert_eq!(gather(&[0, 0], 1, 4, &[9], &mut out), Err(Corrupt));
    }

    #[test]
    fn rows_without_a_value_are_unknown() {
        // Five rows with a value, eleven without, then packed.
        let mut bytes = vec![5 << 1, 1, 11 << 1, 0];
        bytes.extend(packed(&[1, 0, 1, 1, 0, 0, 1, 0], 1));
        let read = present(&bytes, 24).unwrap();
        assert_eq!(read.values, 9);
        let values: Vec<u8> = (1..=9).collect();
        let mut out = vec![];
        spread(&read.bits.unwrap(), 24, &values, 0, &mut out);
        assert_eq!(out, [1, 2, 3, 4, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 7, 8, 0, 0, 9, 0]);
    }
}
