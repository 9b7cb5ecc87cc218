//! Search over situations, programmes and districts that forgives spelling, in three languages and roman Urdu. The words
//! that people type are matched and forgotten: they are neither logged nor counted.

use super::content::Content;
use domain::services::TextSubject;
use linkage::{jaro_winkler, names};
use rules::Pack;
use std::collections::BTreeMap;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// A situation, by id.
    Situation(String),
    /// A programme, by id.
    Programme(String),
    /// A district, by code.
    District(String),
}

/// One word as it is looked up: its folded spelling, its consonants, and how much it tells in its place.
#[derive(Debug, Clone)]
struct Word {
    folded: String,
    skeletons: [String; 2],
    weight: i32,
}

/// Everything that can be searched, word by word.
#[derive(Debug, Default)]
pub struct Index {
    entries: Vec<(Found, Vec<Word>)>,
}

/// Words that stand in every second sentence and tell nothing.
const IDLE: &[&str] = &[
    "a",
    "an",
    "and",
    "am",
    "are",
    "at",
    "do",
    "for",
    "from",
    "get",
    "has",
    "have",
    "help",
    "how",
    "i",
    "in",
    "is",
    "it",
    "me",
    "my",
    "need",
    "no",
    "of",
    "on",
    "or",
    "our",
    "the",
    "to",
    "us",
    "want",
    "we",
    "what",
    "with",
    "who",
    "ka",
    "ki",
    "ke",
    "ko",
    "hai",
    "hain",
    "ho",
    "mera",
    "meri",
    "mere",
    "mujhe",
    "kya",
    "se",
    "mein",
    "main",
    "koi",
    "chahiye",
    "madad",
    "nahi",
    "nahin",
    "gaya",
    "gai",
    "کا",
    "کی",
    "کے",
    "کو",
    "ہے",
    "ہیں",
    "ہو",
    "میرا",
    "میری",
    "میرے",
    "مجھے",
    "کیا",
    "سے",
    "میں",
    "کوئی",
    "چاہیے",
    "مدد",
    "نہیں",
    "گیا",
    "گئی",
    "اور",
    "یا",
    "کر",
    "د",
    "په",
    "کې",
    "ته",
    "له",
    "زما",
    "یم",
    "دی",
    "ده",
    "چې",
    "لپاره",
    "مرسته",
    "غواړم",
    "سره",
];

/// The most words of a question that are looked at.
const MOST_WORDS: usize = 8;
/// The most answers.
const MOST: usize = 12;
/// The least similarity of two spellings, in permille.
const ALIKE: i32 = 900;

impl Index {
    /// The words of a pack and of what was corrected in its pages.
    pub fn of(pack: &Pack, content: &Content) -> Index {
        let mut words: BTreeMap<Found, Vec<Word>> = BTreeMap::new();
        let mut add =
            |found: Found, text: &str, weight: i32| words.entry(found).or_default().extend(split(text, weight));
        for situation in pack.situations() {
            let found = || Found::Situation(situation.id.to_string());
            situation.words.iter().for_each(|word| add(found(), word, 100));
            [&situation.tile, &situation.title].iter().for_each(|w| w.0.values().for_each(|t| add(found(), t, 90)));
            situation.line.0.values().for_each(|text| add(found(), text, 40));
        }
        for programme in pack.programmes() {
            let found = || Found::Programme(programme.id.to_string());
            programme.name.words.0.values().for_each(|text| add(found(), text, 100));
            add(found(), &programme.id.as_str().replace('-', " "), 80);
            programme.target_groups.iter().for_each(|text| add(found(), text, 60));
            programme.line.words.0.values().for_each(|text| add(found(), text, 50));
            programme.benefits.iter().for_each(|b| b.text.0.values().for_each(|text| add(found(), text, 40)));
            let operator = pack.operator(&programme.operator);
            operator.iter().for_each(|o| o.name.0.values().for_each(|text| add(found(), text, 30)));
        }
        for place in pack.places() {
            let found = || Found::District(place.code.to_string());
            place.name.0.values().for_each(|text| add(found(), text, 100));
            let aliases = place.columns.get("aliases").map(String::as_str).unwrap_or_default();
            aliases.split('|').for_each(|text| add(found(), text, 90));
            place.columns.get("hq_town").iter().for_each(|text| add(found(), text, 90));
        }
        for (subject, name, text) in content.texts() {
            let found = match subject {
                TextSubject::Situation => Found::Situation(name.to_owned()),
                TextSubject::Programme => Found::Programme(name.to_owned()),
            };
            add(found, text, 60);
        }
        Index { entries: words.into_iter().collect() }
    }

    /// What fits a question best, best first. Every telling word counts; one that fits nothing is passed over.
    pub fn find(&self, asked: &str) -> Vec<Found> {
        let asked: Vec<Word> = split(asked, 100).into_iter().take(MOST_WORDS).collect();
        let score = |words: &[Word]| -> i32 {
            asked.iter().map(|ask| words.iter().map(|word| fit(ask, word)).max().unwrap_or(0)).sum()
        };
        let mut found: Vec<(i32, &Found)> =
            self.entries.iter().map(|(found, words)| (score(words), found)).filter(|(score, _)| *score > 0).collect();
        found.sort_by(|left, right| right.0.cmp(&left.0).then(left.1.cmp(right.1)));
        // What fits less than half as well as the best is chance.
        let best = found.first().map_or(0, |(score, _)| *score);
        found.into_iter().filter(|(score, _)| score * 2 > best).take(MOST).map(|(_, found)| found.clone()).collect()
    }
}

/// The telling words of a text.
fn split(text: &str, weight: i32) -> Vec<Word> {
    let parts = names::parts(text).into_iter().filter(|part| !IDLE.contains(&part.folded.as_str()));
    parts
        .map(|part| {
            let other = part.other.clone().unwrap_or_else(|| part.skeleton.clone());
            Word { folded: part.folded, skeletons: [part.skeleton, other], weight }
        })
        .collect()
}

/// How well a word that was asked fits one of the index.
fn fit(ask: &Word, word: &Word) -> i32 {
    let letters = ask.folded.chars().count();
    let alike = if ask.folded == word.folded {
        100
    } else if letters >= 3 && word.folded.starts_with(&ask.folded) {
        80
    } else if same_sound(ask, word) {
        70
    } else if letters >= 5 && near(&ask.folded, &word.folded) {
        60
    } else {
        0
    };
    alike * word.weight / 100
}

/// Whether two spellings have the same consonants, enough of them to tell.
fn same_sound(ask: &Word, word: &Word) -> bool {
    ask.skeletons.iter().any(|one| one.chars().count() >= 3 && word.skeletons.contains(one))
}

/// Whether two spellings of one script differ by a slip.
fn near(ask: &str, word: &str) -> bool {
    ask.is_ascii() == word.is_ascii() && jaro_winkler::similarity(&bytes(ask), &bytes(word)) >= ALIKE
}

/// One byte a letter, so that a slip in Arabic script costs what it costs in Latin.
fn bytes(text: &str) -> Vec<u8> {
    text.chars().map(|letter| u8::try_from(u32::from(letter) & 0xFF).unwrap_or(0)).collect()
}
