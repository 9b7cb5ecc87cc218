//! What a picture claims to be, held against the bytes it has, before anything is unpacked: a small file must not cost the
//! work of a large photograph, and no file more than the largest one does.
//!
//! Nothing that is whole is refused: the bounds are what the formats themselves need at the least, so a white page that packs
//! to almost nothing passes, and what lies below them ends before its picture does.

use domain::papers::{FileKind, FileRefused};

/// Points that a byte of a JPEG can stand for at most. Every block of 8 by 8 points takes a bit or more, that of its first
/// coefficient (ISO/IEC 10918-1, F.1.2.1; G.1.2.1 where it comes in several passes).
const JPEG_POINTS_A_BYTE: u64 = 8 * 64;
/// Bytes that a byte of a PNG can unpack to at most: 258 from two bits (RFC 1951, 3.2.5).
const PNG_BYTES_A_BYTE: u64 = 1032;
/// Points that all passes over a JPEG may touch together. Programs write ten passes or so, and a small picture within the
/// metadata begins like another one; sixteen passes over the largest photograph leave room for that.
const MAX_PASSED: u64 = 16 * super::file::MAX_PIXELS;
/// What begins a pass: the marker *start of scan*.
const PASS: [u8; 2] = [0xFF, 0xDA];

/// A JPEG up to its own end. Phones hang films and further pictures behind it, which nobody needs to read; all other kinds
/// stay as they are.
pub(super) fn own(kind: FileKind, bytes: &[u8]) -> &[u8] {
    if kind == FileKind::Jpeg { &bytes[..jpeg_end(bytes).unwrap_or(bytes.len())] } else { bytes }
}

/// Whether so many points can stand in these bytes, and can be read in bounded work.
///
/// # Errors
/// [`FileRefused::Unreadable`] when they cannot.
pub(super) fn hold(kind: FileKind, bytes: &[u8], points: u64) -> Result<(), FileRefused> {
    let size = bytes.len() as u64;
    let fits = match kind {
        FileKind::Jpeg => points <= size * JPEG_POINTS_A_BYTE && points.saturating_mul(passes(bytes)) <= MAX_PASSED,
        FileKind::Png => points.saturating_mul(png_bits(bytes)) / 8 <= size * PNG_BYTES_A_BYTE,
        FileKind::Pdf => true,
    };
    if fits { Ok(()) } else { Err(FileRefused::Unreadable) }
}

/// At most so many passes: whatever looks like the beginning of one counts, so that no reader sees more.
fn passes(bytes: &[u8]) -> u64 {
    bytes.windows(2).filter(|pair| **pair == PASS).count() as u64
}

/// Bits of a point as they are packed: depth and kind of colour of the header (ISO/IEC 15948, 11.2.2).
fn png_bits(bytes: &[u8]) -> u64 {
    let of = |place: usize| u64::from(bytes.get(place).copied().unwrap_or(1));
    let channels = match of(25) {
        2 => 3,
        4 => 2,
        6 => 4,
        _ => 1,
    };
    of(24) * channels
}

/// Where a JPEG ends: behind its first *end of image* that stands in none of its segments.
fn jpeg_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 2;
    loop {
        let marker =
            at + bytes.get(at..)?.windows(2).position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0 | 0xFF))?;
        at = match bytes[marker + 1] {
            0xD9 => return Some(marker + 2),
            // Markers that stand alone; those between two parts of a pass are among them.
            0x01 | 0xD0..=0xD8 => marker + 2,
            _ => {
                let length = bytes.get(marker + 2..marker + 4)?;
                marker + 2 + usize::from(u16::from_be_bytes([length[0], length[1]])).max(2)
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jpeg_holds_no_more_points_than_its_bits_can_tell_and_is_not_passed_over_for_ever() {
        let check = |size: usize, passes: usize, points: u64, want: bool| {
            let mut bytes = PASS.repeat(passes);
            bytes.resize(size, 0);
            assert_eq!(hold(FileKind::Jpeg, &bytes, points).is_ok(), want, "{size} bytes, {passes} passes, {points}");
        };
        check(377, 25, 9_211_137, false);
        check(93_750, 1, 48_000_000, true);
        check(93_749, 1, 48_000_000, false);
        check(1_000_000, 16, 60_000_000, true);
        check(1_000_000, 17, 60_000_000, false);
        check(1_000_000, 20, 48_000_000, true);
    }

    #[test]
    fn a_png_holds_no_more_than_it_can_unpack_to() {
        let check = |size: usize, depth: u8, colour: u8, points: u64, want: bool| {
            let mut bytes = vec![0; size];
            (bytes[24], bytes[25]) = (depth, colour);
            assert_eq!(hold(FileKind::Png, &bytes, points).is_ok(), want, "{size} bytes, {depth} bits of {colour}");
        };
        check(69, 8, 2, 50_000_000, false);
        // A white page of black and white points, 600 to the inch, packs to a few kilobytes.
        check(4_300, 1, 0, 35_000_000, true);
        check(4_200, 1, 0, 35_000_000, false);
        check(140_000, 8, 2, 48_000_000, true);
        check(139_000, 8, 2, 48_000_000, false);
        check(375_000, 16, 6, 48_000_000, true);
    }

    #[test]
    fn what_hangs_behind_a_photograph_is_not_read_and_what_lies_within_is() {
        let check = |bytes: &[u8], want: usize| assert_eq!(own(FileKind::Jpeg, bytes).len(), want, "{bytes:x?}");
        // A small picture within the metadata has an end of its own.
        let within = [0xFF, 0xD8, 0xFF, 0xE1, 0, 6, 0xFF, 0xD8, 0xFF, 0xD9];
        let rest = [0xFF, 0xDA, 0, 4, 1, 1, 7, 0xFF, 0, 9, 0xFF, 0xD3, 8, 0xFF, 0xFF, 0xD9];
        let whole = [&within[..], &rest[..]].concat();
        check(&whole, whole.len());
        check(&[&whole[..], b"a film", &PASS.repeat(9)].concat(), whole.len());
        check(&whole[..whole.len() - 1], whole.len() - 1);
        check(&[0xFF, 0xD8, 0xFF, 0xE1, 0xFF], 5);
    }
}
