//! The loops: plain iterations over slices of equal length, which the compiler turns into vector instructions.

use super::truth::{NO, Table, UNKNOWN, YES};

/// How the values of a byte column are told apart, once the table is known.
#[derive(Debug, Clone)]
pub(crate) enum Shape {
    /// One range of values has one truth, other values another, and what is beyond the dictionary a third.
    Range { low: u8, width: u8, last: u8, inside: u8, outside: u8, beyond: u8 },
    /// Two such ranges.
    Ranges { ranges: [(u8, u8); 2], last: u8, inside: u8, outside: u8, beyond: u8 },
    /// Looked up value by value.
    Lookup,
}

impl Shape {
    /// The cheapest way to tell what the table tells, for values up to `last` and unknown beyond.
    pub(crate) fn of(table: &Table, last: u8) -> Shape {
        let beyond = table.get(u8::MAX);
        if (last..u8::MAX).skip(1).any(|b| table.get(b) != beyond) {
            return Shape::Lookup;
        }
        for (inside, outside) in [(YES, NO), (NO, YES), (UNKNOWN, NO), (NO, UNKNOWN), (YES, UNKNOWN), (UNKNOWN, YES)] {
            if (0..=last).any(|b| ![inside, outside].contains(&table.get(b))) {
                continue;
            }
            match runs(table, last, inside)[..] {
                [] => return Shape::Range { low: 0, width: 0, last, inside: table.get(0), outside, beyond },
                [(low, width)] => return Shape::Range { low, width, last, inside, outside, beyond },
                [a, b] => return Shape::Ranges { ranges: [a, b], last, inside, outside, beyond },
                _ => {}
            }
        }
        Shape::Lookup
    }
}

/// Runs of values with this truth: first value, and how many follow.
fn runs(table: &Table, last: u8, inside: u8) -> Vec<(u8, u8)> {
    let mut runs: Vec<(u8, u8)> = vec![];
    for byte in (0..=last).filter(|b| table.get(*b) == inside) {
        match runs.last_mut() {
            Some((low, width)) if *low + *width + 1 == byte => *width += 1,
            _ => runs.push((byte, 0)),
        }
    }
    runs
}

/// Room for a number of rows; what stood there is written over.
pub(crate) fn room<T: Clone + Default>(register: &mut Vec<T>, rows: usize) {
    register.resize(rows, T::default());
}

pub(crate) fn byte(out: &mut [u8], column: &[u8], shape: &Shape, table: &Table) {
    match *shape {
        // Truths are put together by exclusive or of masks, which takes fewer instructions than choosing.
        Shape::Range { low, width, last, inside, outside, beyond } => {
            let (inside, beyond) = (inside ^ outside, beyond ^ outside);
            for (o, x) in out.iter_mut().zip(column) {
                let within = if x.wrapping_sub(low) <= width { inside } else { 0 };
                *o = outside ^ within ^ if *x > last { beyond } else { 0 };
            }
        }
        Shape::Ranges { ranges: [a, b], last, inside, outside, beyond } => {
            let (inside, beyond) = (inside ^ outside, beyond ^ outside);
            for (o, x) in out.iter_mut().zip(column) {
                let within = (x.wrapping_sub(a.0) <= a.1) | (x.wrapping_sub(b.0) <= b.1);
                let within = if within { inside } else { 0 };
                *o = outside ^ within ^ if *x > last { beyond } else { 0 };
            }
        }
        Shape::Lookup => out.iter_mut().zip(column).for_each(|(o, x)| *o = table.get(*x)),
    }
}

/// Whether a wider column is at least `cut`; its greatest value is unknown.
pub(crate) fn reaches<T: PartialOrd + Copy>(out: &mut [u8], column: &[T], cut: T, unknown: T) {
    for (o, x) in out.iter_mut().zip(column) {
        let held = if *x >= cut { YES } else { NO };
        *o = if *x == unknown { UNKNOWN } else { held };
    }
}

/// Born on or before `cut`: surely when the last possible day is, possibly when the first is or none is known.
pub(crate) fn born(out: &mut [u8], earliest: &[u16], latest: Option<&[u16]>, cut: u16) {
    let surely = |day: u16| if day <= cut { 0b11u16 } else { 0 };
    match latest {
        None => {
            for (o, e) in out.iter_mut().zip(earliest) {
                *o = (surely(*e) | if *e == u16::MAX { 0b01 } else { 0 }) as u8;
            }
        }
        Some(latest) => {
            for ((o, e), l) in out.iter_mut().zip(earliest).zip(latest) {
                // One later, so that unknown comes before every day.
                let possibly = if e.wrapping_add(1) <= cut + 1 { 0b01 } else { 0 };
                *o = (surely(*l) | possibly) as u8;
            }
        }
    }
}

/// Whether an interval is at least `cut`: surely when its low end is, possibly when its high end is.
pub(crate) fn at_least<T: PartialOrd + Copy>(out: &mut [u8], low: &[T], high: &[T], cut: T) {
    for ((o, low), high) in out.iter_mut().zip(low).zip(high) {
        *o = if *high >= cut { 0b01 } else { 0 } | if *low >= cut { 0b10 } else { 0 };
    }
}

pub(crate) fn has(out: &mut [u8], words: &[u64], bit: u8, complete: Option<&[u8]>) {
    let held = |w: u64| if w >> bit & 1 == 1 { YES } else { NO };
    match complete {
        None => out.iter_mut().zip(words).for_each(|(o, w)| *o = held(*w) | UNKNOWN),
        Some(complete) => {
            for ((o, w), c) in out.iter_mut().zip(words).zip(complete) {
                *o = held(*w) | if *c == 1 { NO } else { UNKNOWN };
            }
        }
    }
}

pub(crate) fn one(out: &mut [u8], a: &[u8], f: impl Fn(u8) -> u8) {
    out.iter_mut().zip(a).for_each(|(o, a)| *o = f(*a));
}

pub(crate) fn two(out: &mut [u8], a: &[u8], b: &[u8], f: impl Fn(u8, u8) -> u8) {
    out.iter_mut().zip(a).zip(b).for_each(|((o, a), b)| *o = f(*a, *b));
}

pub(crate) fn three(out: &mut [u8], a: &[u8], b: &[u8], c: &[u8], f: impl Fn(u8, u8, u8) -> u8) {
    out.iter_mut().zip(a).zip(b).zip(c).for_each(|(((o, a), b), c)| *o = f(*a, *b, *c));
}

pub(crate) fn four(out: &mut [u8], a: [&[u8]; 4], f: impl Fn(u8, u8, u8, u8) -> u8) {
    let [a, b, c, d] = a;
    out.iter_mut().zip(a).zip(b).zip(c).zip(d).for_each(|((((o, a), b), c), d)| *o = f(*a, *b, *c, *d));
}

/// Folds many into one.
pub(crate) fn fold(out: &mut [u8], parts: &[&[u8]], f: impl Fn(u8, u8) -> u8 + Copy) {
    let (first, rest) = match parts {
        [a, b, c, d, rest @ ..] => {
            four(out, [a, b, c, d], |a, b, c, d| f(f(a, b), f(c, d)));
            (None, rest)
        }
        [a, b, c, rest @ ..] => {
            three(out, a, b, c, |a, b, c| f(f(a, b), c));
            (None, rest)
        }
        [a, b, rest @ ..] => {
            two(out, a, b, f);
            (None, rest)
        }
        [a, rest @ ..] => (Some(a), rest),
        [] => (None, parts),
    };
    if let Some(first) = first {
        out.copy_from_slice(first);
    }
    for part in rest {
        out.iter_mut().zip(*part).for_each(|(o, x)| *o = f(*o, *x));
    }
}

/// Two bits of up to four truths in one byte.
pub(crate) fn quad(out: &mut [u8], parts: &[&[u8]]) {
    match parts {
        [a] => out.copy_from_slice(a),
        [a, b] => two(out, a, b, |a, b| a | b << 2),
        [a, b, c] => three(out, a, b, c, |a, b, c| a | b << 2 | c << 4),
        [a, b, c, d] => four(out, [a, b, c, d], |a, b, c, d| a | b << 2 | c << 4 | d << 6),
        _ => {}
    }
}

/// Each byte with the one `ahead` of it, where that is of the same household.
pub(crate) fn or_ahead(out: &mut [u8], from: &[u8], same: &[u8], ahead: usize) {
    let paired = from.len().saturating_sub(ahead);
    let parts = from[..paired].iter().zip(&from[from.len() - paired..]).zip(&same[..paired]);
    out[..paired].iter_mut().zip(parts).for_each(|(o, ((a, b), same))| *o = a | (b & same));
    out[paired..].copy_from_slice(&from[paired..]);
}

/// What stands in the given rows.
pub(crate) fn take<T: Copy>(out: &mut [T], from: &[T], rows: &[u32]) {
    out.iter_mut().zip(rows).for_each(|(o, row)| *o = from[*row as usize]);
}

/// Bits of one plane of truths: `shift` 1 for surely, 0 for possibly. The first row is the lowest bit.
pub(crate) fn bits(truths: &[u8], shift: u32) -> impl Iterator<Item = u64> {
    truths.chunks(64).map(move |chunk| {
        let mut word = 0;
        let mut eights = chunk.chunks_exact(8);
        for (i, eight) in (&mut eights).enumerate() {
            let bytes = u64::from_le_bytes(eight.try_into().unwrap_or_default());
            let ones = bytes >> shift & 0x0101_0101_0101_0101;
            word |= (ones.wrapping_mul(0x0102_0408_1020_4080) >> 56) << (8 * i);
        }
        let first = chunk.len() & !7;
        for (i, truth) in eights.remainder().iter().enumerate() {
            word |= u64::from(truth >> shift & 1) << (first + i);
        }
        word
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_tells_what_its_table_tells() {
        for last in [1u8, 2, 5, 200, 254] {
            for seed in 0..400u32 {
                let digit = |b: u8| (seed.wrapping_mul(2_654_435_761) >> (b % 29)) % 3;
                let truth = |b: u8| [NO, UNKNOWN, YES][digit(b) as usize];
                // Of every other table the values beyond are not unknown.
                let beyond = if seed % 2 == 0 { UNKNOWN } else { NO };
                let table = Table::of(|b| if b <= last { truth(b) } else { beyond });
                let column: Vec<u8> = (0..=255).collect();
                let mut out = vec![0; 256];
                byte(&mut out, &column, &Shape::of(&table, last), &table);
                assert_eq!(out[..], table.0[..], "last {last}, seed {seed}");
            }
        }
    }

    #[test]
    fn bits_stand_in_the_order_of_rows() {
        let truths: Vec<u8> = (0..203u32).map(|i| [NO, UNKNOWN, YES][(i * i % 7 % 3) as usize]).collect();
        for shift in [0, 1] {
            let words: Vec<u64> = bits(&truths, shift).collect();
            for (i, truth) in truths.iter().enumerate() {
                assert_eq!(words[i / 64] >> (i % 64) & 1, u64::from(truth >> shift & 1), "row {i}");
            }
            assert_eq!(words[3] >> (203 % 64), 0, "past the end");
        }
    }
}
