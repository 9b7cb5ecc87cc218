//! Consonant skeletons from Latin, Urdu and Pashto spelling.

use super::data;

/// Stands for any vowel at the beginning of a word.
pub(super) const FIRST_VOWEL: char = 'A';

/// Two readings of one word (equal for most words) and its sound for similarity.
pub(super) struct Skeleton {
    pub first: String,
    pub second: String,
    pub sound: String,
}

impl Skeleton {
    fn with_room() -> Self {
        Self { first: String::with_capacity(8), second: String::with_capacity(8), sound: String::with_capacity(12) }
    }

    fn both(&mut self, sound: char) {
        self.push(Some(sound), Some(sound));
    }

    fn push(&mut self, first: Option<char>, second: Option<char>) {
        self.first.extend(first);
        self.second.extend(second);
        self.sound.extend(first.map(spoken));
    }
}

/// Consonant signs with their own capital letter count as near their plain neighbour when names are compared.
fn spoken(sign: char) -> char {
    if sign == FIRST_VOWEL { 'a' } else { sign }
}

/// The skeleton of one folded word.
pub(super) fn of(word: &str) -> Skeleton {
    if data::is_syed(word) {
        // The y keeps Syed apart from Saeed.
        return Skeleton { first: "syd".into(), second: "syd".into(), sound: "syd".into() };
    }
    if data::is_muhammad(word) || word == "m" || word == "md" {
        return Skeleton { first: "mhmd".into(), second: "mhmd".into(), sound: "muhamad".into() };
    }
    let word = data::AS_IF.iter().find(|(spelling, _)| *spelling == word).map_or(word, |(_, latin)| latin);
    if word.is_ascii() { latin(word.as_bytes()) } else { script(word) }
}

/// Letters before which the article loses its l, in both scripts.
pub(super) fn is_sun_letter(letter: char) -> bool {
    matches!(
        letter,
        't' | 'd'
            | 'r'
            | 'z'
            | 's'
            | 'n'
            | 'ت'
            | 'ث'
            | 'د'
            | 'ذ'
            | 'ر'
            | 'ز'
            | 'س'
            | 'ش'
            | 'ص'
            | 'ض'
            | 'ط'
            | 'ظ'
            | 'ن'
    )
}

fn latin(word: &[u8]) -> Skeleton {
    let mut out = Skeleton::with_room();
    let mut at = 0;
    let mut after_vowel = true;
    while let Some(letter) = word.get(at).copied() {
        if let Some(vowel) = latin_vowel(word, at) {
            if at == 0 {
                out.both(FIRST_VOWEL);
            } else if !out.sound.ends_with(vowel) {
                out.sound.push(vowel);
            }
            after_vowel = true;
            at += 1;
            continue;
        }
        let (first, second, used) = latin_consonant(word, at, letter);
        let doubled = !after_vowel && first.is_some() && out.first.chars().last() == first;
        if !doubled && !article_l(word, at) {
            out.push(first, second);
        }
        after_vowel = false;
        at += used;
    }
    out
}

/// The folded vowel at this place, if the letter is one: e, ai and ay sound a or i by spelling habit, o sounds u.
fn latin_vowel(word: &[u8], at: usize) -> Option<char> {
    let next = word.get(at + 1).copied().unwrap_or(b' ');
    match word[at] {
        b'a' => Some('a'),
        b'e' if next == b'e' || word.get(at.wrapping_sub(1)) == Some(&b'e') => Some('i'),
        b'e' => Some('a'),
        b'i' => Some('i'),
        b'o' | b'u' => Some('u'),
        b'y' if at > 0 || !is_vowel(next) => Some('i'),
        // At the end of a syllable w is half of a long vowel, as in Nowsheen.
        b'w' if at > 0 && !is_vowel(next) && next != b'w' => Some('u'),
        _ => None,
    }
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// The l of Abdul in front of the letters that swallow it: Abdul Rehman is also written Abdurrahman.
fn article_l(word: &[u8], at: usize) -> bool {
    let sun = word.get(at + 1).is_some_and(|next| is_sun_letter(char::from(*next)));
    word[at] == b'l' && sun && at == 4 && word.starts_with(b"abd")
}

/// Two readings of the consonant at this place, and how many letters it takes.
fn latin_consonant(word: &[u8], at: usize, letter: u8) -> (Option<char>, Option<char>, usize) {
    let next = word.get(at + 1).copied().unwrap_or(b' ');
    let ends = at + 2 >= word.len();
    let one = |sign| (Some(sign), Some(sign), 1);
    let two = |sign| (Some(sign), Some(sign), 2);
    match (letter, next) {
        (b's', b'h') => two('S'),
        (b'c', b'h') => (Some('C'), Some('C'), if word.get(at + 2) == Some(&b'h') { 3 } else { 2 }),
        // In front of another consonant the h is often left out: Ruksana, Aktar.
        (b'k', b'h') if at > 0 && word.get(at + 2).is_some_and(|after| is_consonant(*after)) => {
            (Some('K'), Some('k'), 2)
        }
        (b'k', b'h') => two('K'),
        (b'g', b'h') => two('g'),
        (b'p', b'h') => two('f'),
        (b'd', b'h') => (Some('z'), Some('d'), 2),
        (b'b' | b'j' | b't' | b'z', b'h') if ends => two(char::from(letter)),
        // Written bh it is one sound in Bhutto, two in Subhan: the h stands in the first reading only.
        (b'b' | b'j' | b't' | b'z', b'h') => (Some(char::from(letter)), Some(char::from(letter)), 1),
        (b'h', _) => latin_h(word, at, next),
        (b'c', b'k') => two('k'),
        (b'c', b'e' | b'i') => one('s'),
        (b'c' | b'q', _) => one('k'),
        (b'v', _) if at > 0 && is_consonant(word[at - 1]) => one('w'),
        (b'w' | b'v', _) if at > 0 => (Some('w'), None, 1),
        (b'w' | b'v', _) => one('w'),
        (b'x', _) => one('K'),
        (b't', b's') | (b'd', b'z') if at == 0 => two(char::from(next)),
        _ => one(char::from(letter)),
    }
}

fn is_consonant(letter: u8) -> bool {
    !is_vowel(letter)
}

fn latin_h(word: &[u8], at: usize, next: u8) -> (Option<char>, Option<char>, usize) {
    let after = at.checked_sub(1).map(|before| word[before]);
    let last = at + 1 == word.len();
    // Shahzad and Shah Zad, Shehnaz: the h of Shah falls silent in front of a consonant.
    let in_shah = at == 3 && word.starts_with(b"sh") && matches!(word[2], b'a' | b'e') && is_consonant(next);
    match after {
        _ if last || in_shah => (None, None, 1),
        // Garhi has one sound there, Farhan two.
        Some(b'b' | b'j' | b'r' | b't' | b'z') => (Some('h'), None, 1),
        _ => (Some('h'), Some('h'), 1),
    }
}

fn script(word: &str) -> Skeleton {
    let letters: Vec<char> = word.chars().collect();
    let mut out = Skeleton::with_room();
    for at in 0..letters.len() {
        let (first, second) = script_letter(&letters, at);
        let doubled_l = first == Some('l') && at > 0 && letters[at - 1] == 'ل' && letters.get(at + 1) == Some(&'ہ');
        if !doubled_l {
            out.push(first, second);
        }
        if at > 0 && first.is_none() {
            out.sound.extend(script_vowel(letters[at]));
        }
    }
    out
}

fn script_vowel(letter: char) -> Option<char> {
    match letter {
        'ا' => Some('a'),
        'ی' | 'ے' | 'ئ' => Some('i'),
        'و' => Some('u'),
        _ => None,
    }
}

/// Two readings of the letter at this place; a vowel, a silent letter or a breath has none.
fn script_letter(letters: &[char], at: usize) -> (Option<char>, Option<char>) {
    let before = at.checked_sub(1).map(|before| letters[before]);
    let next = letters.get(at + 1).copied();
    let both = |sign| (Some(sign), Some(sign));
    match letters[at] {
        'ا' | 'ع' if at == 0 => both(FIRST_VOWEL),
        'ا' | 'ع' | 'ء' | 'ئ' | 'ے' => (None, None),
        'ی' if at == 0 && next.is_some() => both('y'),
        'ی' => (None, None),
        'خ' if at > 0 && next.is_some_and(|next| script_vowel(next).is_none()) => (Some('K'), Some('k')),
        'و' => script_waw(letters, at),
        'ہ' | 'ح' => script_h(letters, at),
        'ھ' if at == 0 || !before.is_some_and(takes_breath) => both('h'),
        'ھ' => (None, None),
        'ل' if is_article_l(letters, at) => (None, None),
        other => script_consonant(other, next == Some('ھ')),
    }
}

/// و is w before a vowel letter, either after ا, and otherwise a vowel.
fn script_waw(letters: &[char], at: usize) -> (Option<char>, Option<char>) {
    let next = letters.get(at + 1).copied();
    let in_compound = next == Some('ا') && letters.get(at + 2) == Some(&'ل') && matches!(letters[0], 'ذ') && at == 1;
    let before = at.checked_sub(1).map(|before| letters[before]);
    let final_h = next == Some('ہ') && at + 2 == letters.len();
    match (before, next) {
        (None, _) => (Some('w'), Some('w')),
        _ if in_compound => (None, None),
        (_, Some('ا' | 'ی' | 'ے' | 'و')) => (Some('w'), Some('w')),
        (Some('ی'), _) if final_h => (Some('w'), Some('w')),
        (Some('ا'), _) => (Some('w'), None),
        _ => (None, None),
    }
}

/// h is silent at the end, and in شہزاد and شاہنواز, whose Latin spellings vary between Shah and Sha.
fn script_h(letters: &[char], at: usize) -> (Option<char>, Option<char>) {
    let Some(next) = letters.get(at + 1) else { return (None, None) };
    let consonant = script_vowel(*next).is_none();
    let in_shah = match &letters[..at] {
        ['ش'] => consonant,
        ['ش', 'ا'] => consonant && *next != 'د',
        _ => false,
    };
    if in_shah { (None, None) } else { (Some('h'), Some('h')) }
}

/// The ل of the article in front of a letter that swallows it: in عبدالرحمان.
fn is_article_l(letters: &[char], at: usize) -> bool {
    let swallows = letters.get(at + 1).is_some_and(|next| is_sun_letter(*next));
    swallows && at == 4 && letters.starts_with(&['ع', 'ب', 'د', 'ا'])
}

/// Letters after which ھ is a breath and no letter of its own.
fn takes_breath(letter: char) -> bool {
    matches!(letter, 'ب' | 'پ' | 'ت' | 'ٹ' | 'ج' | 'چ' | 'د' | 'ڈ' | 'ڑ' | 'ک' | 'گ' | 'ل' | 'م' | 'ن' | 'ر')
}

fn script_consonant(letter: char, breath: bool) -> (Option<char>, Option<char>) {
    let sign = match letter {
        'ب' => 'b',
        'پ' if breath => 'f',
        'پ' => 'p',
        'ت' | 'ٹ' | 'ط' => 't',
        'ث' | 'س' | 'ص' => 's',
        'ج' => 'j',
        'چ' => 'C',
        'خ' => 'K',
        'ک' if breath => 'K',
        'ک' | 'ق' => 'k',
        'د' | 'ڈ' => 'd',
        'ذ' | 'ز' | 'ض' | 'ظ' | 'ژ' => 'z',
        'ر' | 'ڑ' => 'r',
        'ش' => 'S',
        'غ' | 'گ' => 'g',
        'ف' => 'f',
        'ل' => 'l',
        'م' => 'm',
        'ن' => 'n',
        // Pashto letters that dialects pronounce in two ways.
        'ځ' => return (Some('z'), Some('j')),
        'څ' => return (Some('s'), Some('C')),
        'ښ' => return (Some('S'), Some('K')),
        'ږ' => return (Some('g'), Some('z')),
        other if other.is_ascii_digit() => other,
        _ => return (None, None),
    };
    (Some(sign), Some(sign))
}
