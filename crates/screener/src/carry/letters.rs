//! How bytes stand as letters that are scanned, pasted or typed, and numbers as bytes.

/// What begins every code; it keeps a scanned receipt from being taken for answers.
pub(super) const PREFIX: &str = "OW";
/// The letters of Crockford's base 32.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// The longest text looked at.
const LONGEST: usize = 8_000;

/// Bytes as letters, five bits each.
pub(super) fn letters(bytes: &[u8]) -> String {
    let (mut out, mut held, mut bits) = (String::new(), 0u32, 0);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(char::from(LETTERS[(held >> bits) as usize & 31]));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        out.push(char::from(LETTERS[(held << (5 - bits)) as usize & 31]));
    }
    out
}

/// The bytes, and the bits that are left over: none in a whole code.
pub(super) fn bytes_of(text: &str) -> Option<(Vec<u8>, u32)> {
    if text.len() > LONGEST {
        return None;
    }
    let plain = linkage::text::ascii_digits(text).to_ascii_uppercase();
    let plain: String = plain.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let rest = plain.strip_prefix(PREFIX).or_else(|| plain.strip_prefix("0W"))?;
    let (mut out, mut held, mut bits) = (Vec::new(), 0u32, 0);
    for letter in rest.bytes() {
        let letter = match letter {
            b'O' => b'0',
            b'I' | b'L' => b'1',
            other => other,
        };
        let value = LETTERS.iter().position(|known| *known == letter)?;
        held = (held << 5) | u32::try_from(value).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from((held >> bits) & 255).ok()?);
            held &= (1 << bits) - 1;
        }
    }
    Some((out, held))
}

/// A number in as many bytes of seven bits as it needs.
pub(super) fn number(out: &mut Vec<u8>, mut n: u64) {
    while n >= 128 {
        out.push((n & 127) as u8 | 128);
        n >>= 7;
    }
    out.push(n as u8);
}

/// What is left to read.
pub(super) struct Reader<'b>(pub(super) &'b [u8]);

impl Reader<'_> {
    pub(super) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        let mut n = 0u64;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            n |= u64::from(byte & 127) << shift;
            if byte < 128 {
                return Some(n);
            }
        }
        None
    }
}
