//! How an input is changed: bytes, words, lines, numbers, and pieces of other inputs.

use crate::demo::Dice;

/// What readers stumble over.
const ODD: &[&[u8]] = &[
    b"0",
    b"-1",
    b"00",
    b"1e309",
    b"NaN",
    b"9223372036854775807",
    b"-9223372036854775808",
    b"18446744073709551616",
    b"4294967296",
    b"0x",
    b"\0",
    b"\"",
    b"'",
    b"\\",
    b"\r\n",
    b"\n\n",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xC3\x28",
    b"\xED\xA0\x80",
    "\u{202E}".as_bytes(),
    "\u{0660}\u{06F9}".as_bytes(),
    "\u{FDFA}".as_bytes(),
    "\u{1F469}\u{200D}\u{1F467}".as_bytes(),
    b"%00",
    b"%C3%28",
    b"%u0041",
    b"../",
    b"[[",
    b"]]",
    b"{{",
    b"}}",
    b"((((((((",
    b"))))))))",
    b"&&",
    b"=",
    b";",
    b",",
    b"\t",
    b"<!--",
    b"<script>",
    b"31",
    b"29",
    b"1900-02-29",
    b"9999-12-31",
    b"-0001-01-01",
    b"null",
    b"true",
];

/// The words that stand in a corpus: what a format is made of.
pub(super) fn words(pool: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let mut words: Vec<Vec<u8>> = pool
        .iter()
        .flat_map(|input| input.split(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_'))
        .filter(|word| (2..40).contains(&word.len()))
        .map(<[u8]>::to_vec)
        .collect();
    words.sort();
    words.dedup();
    words.truncate(5_000);
    words
}

/// One input, changed in one to eight places.
pub(super) fn one(pool: &[Vec<u8>], words: &[Vec<u8>], dice: &mut Dice, longest: usize) -> Vec<u8> {
    let mut input = dice.pick(pool).clone();
    for _ in 0..dice.between(1, 8) {
        change(&mut input, pool, words, dice);
        input.truncate(longest);
    }
    input
}

fn change(input: &mut Vec<u8>, pool: &[Vec<u8>], words: &[Vec<u8>], dice: &mut Dice) {
    let at = place(input.len(), dice);
    let end = (at + place(input.len().min(64) + 1, dice)).min(input.len());
    match dice.between(0, 10) {
        0 if at < input.len() => input[at] ^= 1 << dice.between(0, 7),
        1 if at < input.len() => input[at] = dice.next().to_le_bytes()[0],
        2 => drop(input.drain(at..end)),
        3 => insert(input, at, &dice.next().to_le_bytes()),
        4 => insert(input, at, dice.pick::<&[u8]>(ODD)),
        5 if !words.is_empty() => insert(input, at, &dice.pick(words).clone()),
        6 => {
            let piece = input[at..end].to_vec();
            for _ in 0..dice.between(1, 16) {
                insert(input, at, &piece);
            }
        }
        7 => {
            let other = dice.pick(pool);
            let from = place(other.len(), dice);
            let to = (from + place(other.len() + 1, dice)).min(other.len());
            let piece = other[from..to].to_vec();
            input.splice(at..end, piece);
        }
        8 => number(input, at, dice),
        9 => lines(input, dice),
        _ => input.truncate(at),
    }
}

fn place(length: usize, dice: &mut Dice) -> usize {
    usize::try_from(dice.next() % (length as u64).max(1)).unwrap_or(0)
}

fn insert(input: &mut Vec<u8>, at: usize, piece: &[u8]) {
    input.splice(at..at, piece.iter().copied());
}

/// Another number in the place of the next one.
fn number(input: &mut Vec<u8>, at: usize, dice: &mut Dice) {
    let Some(begin) = (at..input.len()).find(|at| input[*at].is_ascii_digit()) else { return };
    let end = (begin..input.len()).find(|at| !input[*at].is_ascii_digit()).unwrap_or(input.len());
    let other = match dice.between(0, 3) {
        0 => dice.next().to_string(),
        1 => dice.between(0, 300).to_string(),
        2 => "9".repeat(usize::try_from(dice.between(1, 40)).unwrap_or(1)),
        _ => "0".to_owned(),
    };
    input.splice(begin..end, other.into_bytes());
}

/// Two lines change places.
fn lines(input: &mut Vec<u8>, dice: &mut Dice) {
    let mut all: Vec<Vec<u8>> = input.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let (a, b) = (place(all.len(), dice), place(all.len(), dice));
    all.swap(a, b);
    *input = all.join(&b'\n');
}
