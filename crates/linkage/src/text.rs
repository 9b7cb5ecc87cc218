//! Folding of Latin, Urdu, Pashto and Arabic writing into search keys, and cleaning of typed text.
//!
//! The text as typed is kept for display; a fold is only ever a key. The letter table follows the script notes of the
//! documentation: look-alikes of different keyboards become one letter, marks that people leave out are dropped.

/// The loosest form of a text, for keys and comparison: one letter for all look-alikes, no marks, ASCII digits, single
/// spaces, lower case. Texts that differ only in keyboard, marks or normal form fold alike.
pub fn fold(text: &str) -> String {
    letters(text).chars().map(across_languages).collect()
}

/// Letters that dialects pronounce differently or that only one of the languages writes, as one letter for all.
fn across_languages(letter: char) -> char {
    match letter {
        'ئ' => 'ی',
        'ځ' => 'ج',
        'څ' => 'چ',
        'ښ' => 'ش',
        'ږ' => 'گ',
        other => other,
    }
}

/// Like [`fold`], but keeps ئ ځ څ ښ ږ, whose sound decides between skeletons.
pub(crate) fn letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for typed in text.chars() {
        match typed {
            'a'..='z' | '0'..='9' => out.push(typed),
            'A'..='Z' => out.push(typed.to_ascii_lowercase()),
            HAMZA_ABOVE if out.ends_with('ی') => {
                out.pop();
                out.push('ئ');
            }
            _ if is_dropped(typed) && !typed.is_whitespace() => {}
            _ => push_folded(typed, &mut out),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

const HAMZA_ABOVE: char = '\u{0654}';

/// Vowel marks, tatweel, combining marks of both scripts, joiners and direction controls.
fn is_dropped(typed: char) -> bool {
    matches!(typed, '\u{0300}'..='\u{036F}' | '\u{0610}'..='\u{061A}' | '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}'
        | '\u{06D6}'..='\u{06ED}' | '\'' | '’' | '‘' | '`' | 'ʿ' | 'ʾ')
        || is_control(typed)
        || matches!(typed, '\u{200C}' | '\u{200D}')
}

/// Direction controls, the byte order mark and other invisible controls that can disguise a text.
fn is_control(typed: char) -> bool {
    matches!(typed, '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}' | '\u{00AD}')
        || typed.is_control()
}

fn push_folded(typed: char, out: &mut String) {
    match typed {
        '\u{FEF5}'..='\u{FEFC}' => out.push_str("لا"),
        '\u{FDF2}' => out.push_str("اللہ"),
        '\u{FDF4}' => out.push_str("محمد"),
        'ß' => out.push_str("ss"),
        _ => match letter(presented(typed)) {
            ' ' if out.is_empty() || out.ends_with(' ') => {}
            folded => out.push(folded),
        },
    }
}

/// One letter for all its look-alikes; whatever is neither letter nor digit becomes a space.
fn letter(typed: char) -> char {
    match typed {
        'ي' | 'ى' | 'ې' | 'ۍ' | 'ێ' => 'ی',
        'ۓ' => 'ے',
        'ك' | 'ڪ' => 'ک',
        'ګ' => 'گ',
        'ه' | 'ە' | 'ة' | 'ۃ' | 'ۂ' | 'ۀ' => 'ہ',
        'ں' | 'ڼ' | 'ڻ' => 'ن',
        'أ' | 'إ' | 'ٱ' | 'آ' => 'ا',
        'ؤ' => 'و',
        'ټ' => 'ٹ',
        'ډ' => 'ڈ',
        'ړ' => 'ڑ',
        '\u{0660}'..='\u{0669}' => ascii_digit(typed, 0x0660),
        '\u{06F0}'..='\u{06F9}' => ascii_digit(typed, 0x06F0),
        'À'..='ſ' => latin_base(typed),
        'Ḁ'..='ỿ' => latin_base(typed),
        _ if typed.is_alphanumeric() => typed,
        _ => ' ',
    }
}

fn ascii_digit(typed: char, zero: u32) -> char {
    char::from_digit(u32::from(typed).saturating_sub(zero), 10).unwrap_or(' ')
}

/// The letter under the accent, for the accents that transliterations use.
fn latin_base(typed: char) -> char {
    match typed {
        'À'..='Æ' | 'à'..='æ' | 'Ā'..='ą' | 'ạ' | 'Ạ' => 'a',
        'Ç' | 'ç' | 'Ć'..='č' => 'c',
        'Ď'..='đ' | 'ð' | 'Ð' | 'ḍ' | 'Ḍ' | 'ḏ' | 'Ḏ' => 'd',
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' => 'e',
        'Ĝ'..='ģ' | 'ḡ' | 'Ḡ' => 'g',
        'Ĥ'..='ħ' | 'ḥ' | 'Ḥ' | 'ḫ' | 'Ḫ' => 'h',
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' => 'i',
        'Ķ' | 'ķ' | 'ḳ' | 'Ḳ' => 'k',
        'Ñ' | 'ñ' | 'Ń'..='ŋ' | 'ṇ' | 'Ṇ' | 'ṉ' => 'n',
        'Ò'..='Ø' | 'ò'..='ø' | 'Ō'..='œ' => 'o',
        'Ŕ'..='ř' | 'ṛ' | 'Ṛ' => 'r',
        'Ś'..='š' | 'ṣ' | 'Ṣ' | 'ſ' => 's',
        'Ţ'..='ŧ' | 'ṭ' | 'Ṭ' | 'ṯ' | 'Ṯ' => 't',
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' => 'u',
        'Ý' | 'ý' | 'ÿ' | 'Ŷ'..='Ÿ' => 'y',
        'Ź'..='ž' | 'ẓ' | 'Ẓ' | 'ẕ' | 'Ẕ' => 'z',
        other => other.to_lowercase().next().unwrap_or(other),
    }
}

/// The ordinary letter behind a presentation form, as old software and PDF files leave them.
fn presented(typed: char) -> char {
    if !matches!(typed, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}') {
        return typed;
    }
    let at = PRESENTATION.partition_point(|(first, _)| *first <= typed);
    at.checked_sub(1).and_then(|found| PRESENTATION.get(found)).map_or(typed, |(_, letter)| *letter)
}

/// First code of each letter's run of presentation forms (Unicode blocks FB50 and FE70), in order of code.
const PRESENTATION: [(char, char); 58] = [
    ('\u{FB50}', 'ا'),
    ('\u{FB52}', 'ب'),
    ('\u{FB56}', 'پ'),
    ('\u{FB5A}', ' '),
    ('\u{FB66}', 'ٹ'),
    ('\u{FB6A}', 'ف'),
    ('\u{FB6E}', ' '),
    ('\u{FB7A}', 'چ'),
    ('\u{FB7E}', ' '),
    ('\u{FB88}', 'ڈ'),
    ('\u{FB8A}', 'ژ'),
    ('\u{FB8C}', 'ڑ'),
    ('\u{FB8E}', 'ک'),
    ('\u{FB92}', 'گ'),
    ('\u{FB96}', ' '),
    ('\u{FB9E}', 'ن'),
    ('\u{FBA4}', 'ہ'),
    ('\u{FBAA}', 'ھ'),
    ('\u{FBAE}', 'ے'),
    ('\u{FBB2}', ' '),
    ('\u{FBE4}', 'ی'),
    ('\u{FBE8}', ' '),
    ('\u{FBFC}', 'ی'),
    ('\u{FC00}', ' '),
    ('\u{FE80}', 'ء'),
    ('\u{FE81}', 'ا'),
    ('\u{FE85}', 'و'),
    ('\u{FE87}', 'ا'),
    ('\u{FE89}', 'ئ'),
    ('\u{FE8D}', 'ا'),
    ('\u{FE8F}', 'ب'),
    ('\u{FE93}', 'ہ'),
    ('\u{FE95}', 'ت'),
    ('\u{FE99}', 'ث'),
    ('\u{FE9D}', 'ج'),
    ('\u{FEA1}', 'ح'),
    ('\u{FEA5}', 'خ'),
    ('\u{FEA9}', 'د'),
    ('\u{FEAB}', 'ذ'),
    ('\u{FEAD}', 'ر'),
    ('\u{FEAF}', 'ز'),
    ('\u{FEB1}', 'س'),
    ('\u{FEB5}', 'ش'),
    ('\u{FEB9}', 'ص'),
    ('\u{FEBD}', 'ض'),
    ('\u{FEC1}', 'ط'),
    ('\u{FEC5}', 'ظ'),
    ('\u{FEC9}', 'ع'),
    ('\u{FECD}', 'غ'),
    ('\u{FED1}', 'ف'),
    ('\u{FED5}', 'ق'),
    ('\u{FED9}', 'ک'),
    ('\u{FEDD}', 'ل'),
    ('\u{FEE1}', 'م'),
    ('\u{FEE5}', 'ن'),
    ('\u{FEE9}', 'ہ'),
    ('\u{FEED}', 'و'),
    ('\u{FEEF}', 'ی'),
];

/// The same text with Urdu and Arabic digits as ASCII ones; everything else stays as typed.
pub fn ascii_digits(text: &str) -> String {
    let digit = |typed: char| match typed {
        '\u{0660}'..='\u{0669}' => ascii_digit(typed, 0x0660),
        '\u{06F0}'..='\u{06F9}' => ascii_digit(typed, 0x06F0),
        other => other,
    };
    text.chars().map(digit).collect()
}

/// Makes typed text safe to keep: no direction controls (which can disguise a text) and no control characters, no
/// spaces around it, single spaces inside. Letters, marks and the joiners ZWNJ and ZWJ stay as typed.
pub fn clean_input(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for typed in text.chars() {
        if typed.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_control(typed) {
            out.push(typed);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::{clean_input, fold};
    use expect_test::{Expect, expect};

    #[test]
    fn look_alike_letters_of_all_keyboards_fold_to_one() {
        let check = |typed: &[&str], want: &str| typed.iter().for_each(|text| assert_eq!(fold(text), want, "{text}"));
        check(&["علی", "علي", "على", "عَلِي", "عـلی", "علی\u{200F}", "ﻋﻠﻲ"], "علی");
        check(&["گل", "ګل", "ﮔﻞ"], "گل");
        check(&["کریم", "كريم", "ﻛﺮﻳﻢ"], "کریم");
        check(&["فاطمہ", "فاطمه", "فاطمة", "فاطمۃ", "ﻓﺎﻃﻤﻪ"], "فاطمہ");
        check(&["آمنہ", "ا\u{0653}منہ", "امنه", "أمنة", "ٱمنہ"], "امنہ");
        check(&["عائشہ", "عاي\u{0654}شه", "عایشہ"], "عایشہ");
        check(&["خاں", "خان", "خاڼ"], "خان");
        check(&["گلالۍ", "ګلالي", "گلالې"], "گلالی");
        check(&["اللہ", "ﷲ", "الله"], "اللہ");
        check(
            &["Amina", "AMINA", " amina ", "Āmīna", "a\u{0304}mi\u{0304}na", "Amina\u{202E}", "A\u{200B}mina"],
            "amina",
        );
        check(&["Noor-ul-Amin", "noor ul amin", "Noor  ul\tAmin", "noor\nul.amin"], "noor ul amin");
        check(&["۱۲۳۴۵", "١٢٣٤٥", "12345"], "12345");
        check(&["", " ", "؟", "\u{2066}\u{2069}"], "");
    }

    #[test]
    fn what_is_typed_is_kept_but_cannot_disguise_itself() {
        let check = |typed: &str, want: Expect| want.assert_eq(&clean_input(typed).escape_default().to_string());
        check("  Amina \t Bibi \r\n", expect!["Amina Bibi"]);
        check("Amina\u{202E}ibiB\u{202C}", expect!["AminaibiB"]);
        check("\u{2066}Amina\u{2069}\u{200F}\u{0}\u{7}", expect!["Amina"]);
        check("می\u{200C}روم", expect![[r"\u{645}\u{6cc}\u{200c}\u{631}\u{648}\u{645}"]]);
        check("\u{202E}", expect![""]);
    }
}
