//! Bech32 (BIP 173) as keys are written: a prefix, `1`, the bytes in groups of five bits, six symbols of checksum.

const SYMBOLS: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/// Writes 32 bytes under a prefix in lower case.
pub(crate) fn encode(prefix: &str, bytes: &[u8; 32]) -> String {
    let mut groups = regroup(bytes, 8, 5, true).unwrap_or_default();
    let check = checksum(prefix, &groups);
    groups.extend(check);
    let symbols = groups.iter().map(|group| char::from(SYMBOLS[usize::from(*group)]));
    format!("{prefix}1{}", symbols.collect::<String>())
}

/// Reads 32 bytes under this prefix; `None` when a letter is wrong or the checksum does not fit.
pub(crate) fn decode(prefix: &str, text: &str) -> Option<[u8; 32]> {
    let one_case = text.to_lowercase() == text || text.to_uppercase() == text;
    let lower = text.to_lowercase();
    let symbols = lower.strip_prefix(prefix)?.strip_prefix('1').filter(|_| one_case)?;
    let group = |byte: u8| SYMBOLS.iter().position(|symbol| *symbol == byte).and_then(|at| u8::try_from(at).ok());
    let groups: Vec<u8> = symbols.bytes().map(group).collect::<Option<_>>()?;
    let (data, check) = groups.split_at_checked(groups.len().checked_sub(6)?)?;
    if checksum(prefix, data) != check {
        return None;
    }
    regroup(data, 5, 8, false)?.try_into().ok()
}

/// Bits of one width as bits of another; `None` when bits that only fill up are not zero.
fn regroup(data: &[u8], from: u32, to: u32, fill: bool) -> Option<Vec<u8>> {
    let (mut held, mut bits, mut out) = (0u32, 0, Vec::new());
    let mask = (1u32 << to) - 1;
    for value in data {
        held = (held << from) | u32::from(*value);
        bits += from;
        while bits >= to {
            bits -= to;
            out.push(((held >> bits) & mask) as u8);
        }
        held &= (1 << bits) - 1;
    }
    match (fill, bits) {
        (true, 1..) => out.push(((held << (to - bits)) & mask) as u8),
        (false, _) if bits >= from || held != 0 => return None,
        _ => {}
    }
    Some(out)
}

fn checksum(prefix: &str, data: &[u8]) -> [u8; 6] {
    let high = prefix.bytes().map(|byte| byte >> 5);
    let low = prefix.bytes().map(|byte| byte & 31);
    let all = high.chain([0]).chain(low).chain(data.iter().copied()).chain([0; 6]);
    let rest = all.fold(1u32, |rest, value| step(rest) ^ u32::from(value)) ^ 1;
    std::array::from_fn(|at| ((rest >> (5 * (5 - at))) & 31) as u8)
}

fn step(rest: u32) -> u32 {
    const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    let top = rest >> 25;
    let taken = (0..5).filter(|bit| (top >> bit) & 1 == 1);
    taken.fold((rest & 0x01ff_ffff) << 5, |rest, bit| rest ^ GENERATOR[bit])
}
