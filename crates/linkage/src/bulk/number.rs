//! Identity numbers and phones as packed digits.

use crate::text;

/// Digits, four bits each, behind their count: equal numbers are equal words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Digits {
    pub(super) packed: u64,
    pub(super) count: u8,
}

/// The most digits that one word holds.
const MOST: usize = 16;

/// The digits of a typed number in any script; `None` when there are fewer than four, or all are the same (people type
/// 11111 to satisfy a form).
pub(super) fn read(typed: &str) -> Option<Digits> {
    let plain;
    let ascii = if typed.is_ascii() {
        typed
    } else {
        plain = text::ascii_digits(typed);
        &plain
    };
    let (mut packed, mut count, mut same) = (0_u64, 0_u8, true);
    for digit in ascii.bytes().filter(u8::is_ascii_digit).take(MOST) {
        let digit = u64::from(digit - b'0');
        same &= count == 0 || packed & 15 == digit;
        packed = packed << 4 | digit;
        count += 1;
    }
    (count >= 4 && !same).then_some(Digits { packed, count })
}

/// The last ten digits of a phone number: 0345 1234567, 0092 345..., +92345... are one.
pub(super) fn read_phone(typed: &str) -> Option<Digits> {
    let digits = read(typed)?;
    if digits.count <= 10 {
        return (digits.count >= 7).then_some(digits);
    }
    let packed = digits.packed & ((1 << 40) - 1);
    Some(Digits { packed, count: 10 })
}

/// Whether one slip of the hand makes one number of the other: a digit replaced, left out, put in, or two changed over.
pub(super) fn one_slip(left: Digits, right: Digits) -> bool {
    match left.count.abs_diff(right.count) {
        0 => {
            let differ = left.packed ^ right.packed;
            let places = (0..MOST).filter(|at| differ >> (4 * at) & 15 != 0);
            let mut places = places.collect::<Vec<_>>().into_iter();
            match (places.next(), places.next(), places.next()) {
                (Some(_), None, None) => true,
                (Some(low), Some(high), None) => high == low + 1 && swapped(left, right, low),
                _ => false,
            }
        }
        1 => one_more(left, right),
        _ => false,
    }
}

fn digit(digits: Digits, at: usize) -> u64 {
    digits.packed >> (4 * at) & 15
}

fn swapped(left: Digits, right: Digits, low: usize) -> bool {
    digit(left, low) == digit(right, low + 1) && digit(left, low + 1) == digit(right, low)
}

fn one_more(left: Digits, right: Digits) -> bool {
    let (short, long) = if left.count < right.count { (left, right) } else { (right, left) };
    let below = (0..usize::from(short.count)).take_while(|at| digit(short, *at) == digit(long, *at)).count();
    long.packed.checked_shr(4 * (below as u32 + 1)).unwrap_or(0) == short.packed >> (4 * below)
}

/// The number without each third of its digits, counted from both ends so that a digit too few spoils one group only.
pub(super) fn less_groups(digits: Digits) -> [u64; 3] {
    let count = u32::from(digits.count);
    let third = count / 3;
    let tail = |keep: u32| digits.packed & ((1_u64 << (4 * keep.min(15))) - 1);
    let head = |keep: u32| digits.packed >> (4 * (count - keep.min(count)));
    [tail(2 * third) | 1 << 62, head(third) << 24 | tail(third) | 2 << 62, head(2 * third) | 3 << 62]
}

#[cfg(test)]
mod tests {
    use super::{less_groups, one_slip, read, read_phone};

    #[test]
    fn one_slip_is_one_digit_or_two_changed_over() {
        let check = |left: &str, right: &str, want: bool| {
            let (a, b) = (read(left).unwrap(), read(right).unwrap());
            assert_eq!(one_slip(a, b), want, "{left} {right}");
            assert_eq!(one_slip(b, a), want, "{right} {left}");
            if want && !left.contains('x') {
                let shared = less_groups(a).iter().any(|key| less_groups(b).contains(key));
                println!("{left} {right}: shares a key: {shared}");
            }
        };
        check("1720112345672", "1720112345673", true);
        check("1720112345672", "7720112345672", true);
        check("1720112345672", "1720113245672", true);
        check("1720112345672", "172011234567", true);
        check("1720112345672", "720112345672", true);
        check("1720112345672", "17201123455672", true);
        check("1720112345672", "1720112345692", true);
        check("1720112345672", "1720112345781", false);
        check("1720112345672", "1720132145672", false);
    }

    #[test]
    fn a_number_is_its_digits_in_any_script_and_a_placeholder_is_none() {
        assert_eq!(read("17201-1234567-2"), read("1720112345672"));
        assert_eq!(read("۱۷۲۰۱۱۲۳۴۵۶۷۲"), read("1720112345672"));
        assert_eq!(read("11111-1111111-1"), None);
        assert_eq!(read("-"), None);
        assert_eq!(read_phone("+92 345 1234567"), read_phone("0345-1234567"));
        assert_eq!(read_phone("0092 345 1234567"), read_phone("3451234567"));
        assert_eq!(read_phone("12"), None);
    }
}
