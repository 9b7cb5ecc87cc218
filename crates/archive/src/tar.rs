//! Entries one after another as POSIX `ustar`: a block with name and length, the bytes, zeros to the next block.

use std::io::{self, Read, Write};

const BLOCK: usize = 512;

/// The block before an entry. Owner, group and mode say nothing here; the time is the same in every backup.
pub(crate) fn head(name: &str, length: u64) -> io::Result<[u8; BLOCK]> {
    let mut block = [0; BLOCK];
    if name.len() >= 100 || length >= 1 << 33 {
        return Err(io::Error::other(format!("{name}: too long a name, or too long, for the format")));
    }
    // A name ends at the first zero byte when it is read: what cannot come back as it is does not go in.
    if name.is_empty() || name.contains('\0') {
        return Err(io::Error::other(format!("{name:?} is no name for an entry")));
    }
    block[..name.len()].copy_from_slice(name.as_bytes());
    let mut put = |at: usize, text: &str| block[at..at + text.len()].copy_from_slice(text.as_bytes());
    put(100, "0000600\0");
    put(108, "0000000\0");
    put(116, "0000000\0");
    put(124, &format!("{length:011o}\0"));
    put(136, "00000000000\0");
    put(148, "        ");
    put(156, "0");
    put(257, "ustar\x0000");
    let sum = format!("{:06o}\0 ", sum(&block));
    block[148..156].copy_from_slice(sum.as_bytes());
    Ok(block)
}

fn sum(block: &[u8; BLOCK]) -> u32 {
    block.iter().map(|byte| u32::from(*byte)).sum()
}

/// Zeros to the end of the last block.
pub(crate) fn fill(length: u64) -> usize {
    (BLOCK - (length % BLOCK as u64) as usize) % BLOCK
}

/// Two empty blocks end the row of entries.
pub(crate) fn end(out: &mut impl Write) -> io::Result<()> {
    out.write_all(&[0; 2 * BLOCK])
}

/// What stands where an entry may begin.
pub(crate) enum Begun {
    /// An entry of this name and length.
    Entry(String, u64),
    /// The end.
    End,
    /// Nothing that was written here.
    Garbled,
}

/// Reads the block before an entry.
pub(crate) fn begin(from: &mut impl Read) -> io::Result<Begun> {
    let mut block = [0; BLOCK];
    let mut got = 0;
    while got < BLOCK {
        match from.read(&mut block[got..])? {
            0 => return Ok(Begun::Garbled),
            count => got += count,
        }
    }
    if block == [0; BLOCK] {
        return Ok(Begun::End);
    }
    Ok(parse(block).map_or(Begun::Garbled, |(name, length)| Begun::Entry(name, length)))
}

fn parse(mut block: [u8; BLOCK]) -> Option<(String, u64)> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.iter().copied().take_while(|b| *b != 0).collect()).ok();
    let number = |bytes: &[u8]| u64::from_str_radix(text(bytes)?.trim(), 8).ok();
    let (name, length, stated) = (text(&block[..100])?, number(&block[124..136])?, number(&block[148..156])?);
    block[148..156].fill(b' ');
    (u64::from(sum(&block)) == stated).then_some((name, length))
}

#[cfg(test)]
mod tests {
    use super::head;

    #[test]
    fn a_name_that_would_come_back_otherwise_is_refused() {
        for (name, goes) in [("tables/visit", true), ("", false), ("tables/\0visit", false), ("a\0", false)] {
            assert_eq!(head(name, 1).is_ok(), goes, "{name:?}");
        }
        assert!(head(&"n".repeat(99), 1).is_ok() && head(&"n".repeat(100), 1).is_err());
    }
}
