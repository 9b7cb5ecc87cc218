//! Words of a search text, and the small words that say what follows: s/o, ولد, village, ضلع.

use super::Role;
use crate::text;

/// Words with their look-alike digits and dashes made plain. A slash stays inside a word, because `s/o` is one.
pub(super) fn split(stretch: &str) -> Vec<String> {
    stretch.split_whitespace().map(plain_digits).collect()
}

/// ASCII digits for a word of digits and separators; every other word stays as typed.
fn plain_digits(word: &str) -> String {
    let digit = |typed: char| {
        let folded = text::fold(typed.encode_utf8(&mut [0; 4]));
        folded.chars().next().filter(char::is_ascii_digit)
    };
    let separator =
        |typed: char| matches!(typed, '+' | '-' | '(' | ')' | '.' | '/' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    let is_number = word.chars().any(|typed| digit(typed).is_some())
        && word.chars().all(|typed| separator(typed) || digit(typed).is_some());
    if is_number {
        word.chars().filter_map(|typed| digit(typed).or((typed == '+').then_some('+'))).collect()
    } else {
        word.to_owned()
    }
}

pub(super) fn is_digits(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit()) && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'+')
}

/// The role that the words at the front announce, and how many words say so.
pub(super) fn marker(words: &[String]) -> Option<(Role, usize)> {
    let folded = |at: usize| words.get(at).map(|word: &String| text::fold(word).replace(' ', "")).unwrap_or_default();
    let (first, second) = (folded(0), folded(1));
    let slashed = words[0].contains(['/', '.', '\\', ':']);
    if TWO_WORDS.contains(&(first.as_str(), second.as_str())) {
        return Some((if first == "resident" { Role::Village } else { Role::Father }, 2));
    }
    let found = |list: &[&str]| list.contains(&first.as_str());
    let role = match () {
        () if slashed && found(&["so", "do", "wo", "co", "ho"]) => Role::Father,
        () if found(OF_FATHER) => Role::Father,
        () if slashed && found(&["ro", "vpo", "po"]) => Role::Village,
        () if found(IN_VILLAGE) => Role::Village,
        () if found(IN_DISTRICT) => Role::District,
        () => return None,
    };
    Some((role, 1))
}

const TWO_WORDS: &[(&str, &str)] = &[
    ("son", "of"),
    ("daughter", "of"),
    ("wife", "of"),
    ("widow", "of"),
    ("mother", "of"),
    ("resident", "of"),
    ("s", "o"),
    ("d", "o"),
    ("w", "o"),
];

const OF_FATHER: &[&str] = &[
    "ولد",
    "ولدیت",
    "بن",
    "بنت",
    "زوجہ",
    "بیوہ",
    "دختر",
    "زوی",
    "لور",
    "میرمن",
    "کونڈہ",
    // Pashto puts the relation last: د شېر زمان لور is the daughter of Sher Zaman.
    "د",
    "father",
    "husband",
    "wd/o",
    "wdo",
];

const IN_VILLAGE: &[&str] =
    &["village", "vill", "mohalla", "gaon", "گاون", "گاوں", "موضع", "محلہ", "سکنہ", "ساکن", "کلی"];

const IN_DISTRICT: &[&str] = &["district", "distt", "dist", "ضلع", "ولسوالی"];
