//! Tribes and castes that people of Khyber Pakhtunkhwa and its neighbours write behind their names, as data.
//!
//! A tribe says which family somebody may belong to and nothing of who they are. The list is general knowledge and is
//! not complete; a tribe that is not listed counts as a part of the name, and its frequency makes it weigh little.

use crate::names::{self, Part};

/// Folded words: Latin and script spellings whose skeletons stand for the tribe.
const TRIBES: &[&str] = &[
    "khattak",
    "afridi",
    "mehsud",
    "mahsud",
    "bangash",
    "marwat",
    "shinwari",
    "mohmand",
    "mahmand",
    "durrani",
    "durani",
    "swati",
    "utmankhel",
    "tanoli",
    "turi",
    "gandapur",
    "awan",
    "gujjar",
    "gujar",
    "jadoon",
    "tareen",
    "kakar",
    "baloch",
    "qureshi",
    "abbasi",
    "satti",
    "tirmizi",
    "bettani",
    "bhittani",
    "dawar",
    "daur",
    "khalil",
    "kundi",
    "babar",
    "mengal",
    "bugti",
    "rind",
    "marri",
    "jatoi",
    "rajput",
    "arain",
    "jatt",
    "mughal",
    "bhatti",
    "chaudhry",
    "gilani",
    "bukhari",
    "naqvi",
    "kazmi",
    "hashmi",
    "siddiqui",
    "farooqi",
    "ansari",
    "sheikh",
    "kiyani",
    "janjua",
    "tanha",
    "salarzai",
    "mashwani",
    "tarkani",
    "roghani",
    "mandanr",
    "safi",
    "sadat",
    "ghilzai",
    "momand",
    "wardak",
    "kharoti",
    "achakzai",
    "wazir",
];

/// Written words that hold the name of a tribe behind the person's own.
const SCRIPT: &[&str] = &[
    "خٹک",
    "آفریدی",
    "محسود",
    "بنگش",
    "مروت",
    "شنواری",
    "مہمند",
    "درانی",
    "سواتی",
    "تنولی",
    "طوری",
    "گنڈاپور",
    "اعوان",
    "گجر",
    "جدون",
    "ترین",
    "کاکڑ",
    "بلوچ",
    "قریشی",
    "عباسی",
    "ستی",
    "ترمذی",
    "بیٹنی",
    "داوڑ",
    "خلیل",
    "کنڈی",
    "وزیر",
    "مینگل",
    "بگٹی",
];

/// Which part of a name is a tribe, if one is: never the first, since Wazir is a given name too.
pub(super) fn tribe_at(parts: &[Part]) -> Option<usize> {
    (1..parts.len()).rev().find(|at| is_tribe(&parts[*at]))
}

pub(super) fn is_tribe(part: &Part) -> bool {
    let word = part.folded.as_str();
    // Yousafzai, Orakzai, Miankhel: sons of Yousaf, the people of Mian.
    let descends = [("zai", 6), ("khel", 7), ("زئی", 5), ("زیی", 5), ("خیل", 5)];
    if descends.iter().any(|(tail, least)| word.ends_with(tail) && word.chars().count() >= *least) {
        return true;
    }
    let listed = |list: &[&str]| list.contains(&word);
    listed(TRIBES) || listed(SCRIPT) || known_skeletons().contains(&part.skeleton)
}

/// Skeletons of the longer names of the list, under which other spellings of them come too.
fn known_skeletons() -> &'static [String] {
    static KNOWN: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
    KNOWN.get_or_init(|| {
        let all = TRIBES.iter().flat_map(|tribe| names::skeleton(tribe));
        let mut all: Vec<String> = all.filter(|skeleton| skeleton.len() >= 4).collect();
        all.sort();
        all.dedup();
        all
    })
}
