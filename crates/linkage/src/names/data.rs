//! The name parts that many people share, and spellings that no rule reaches: data, kept in one place to be corrected.
//!
//! Spellings are folded as by [`crate::text::fold`]. The parts with low weight are those that the notes on names list
//! (Muhammad, Syed, Hafiz, Haji, Malik, Khan, Mian, Mst, Bibi, Begum, Gul, Jan, Shah, Ullah) and their close kin; the
//! kin are general knowledge.

/// How much a part of a name tells about who the person is, from nothing to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// A form of address: Haji, Hafiz, Mst.
    Title,
    /// Shared by a large part of all people: Muhammad, Khan, Bibi.
    Filler,
    /// A companion that is often written together with the name: Gul, Jan, Shah, Ullah.
    Light,
    /// The person's own.
    Own,
}

impl Weight {
    /// Weight in comparison.
    pub(crate) fn points(self) -> i32 {
        match self {
            Weight::Title => 0,
            Weight::Filler => 8,
            Weight::Light => 16,
            Weight::Own => 40,
        }
    }

    /// What it costs when only one of two names has the part: a Bibi or Khan is left out as often as it is said.
    pub(crate) fn spare_points(self) -> i32 {
        match self {
            Weight::Title => 0,
            Weight::Filler => 1,
            Weight::Light => 8,
            Weight::Own => 20,
        }
    }
}

/// The weight of a folded word; `leads` says that more words follow it, as an abbreviated Muhammad needs.
pub(super) fn weight(word: &str, leads: bool) -> Weight {
    if is_muhammad(word) || is_syed(word) || (leads && ["m", "md"].contains(&word)) {
        return Weight::Filler;
    }
    let listed = |list: &[&[&str]]| list.iter().any(|spellings| spellings.contains(&word));
    if TITLES.contains(&word) {
        Weight::Title
    } else if listed(FILLERS) {
        Weight::Filler
    } else if listed(LIGHT) {
        Weight::Light
    } else {
        Weight::Own
    }
}

const TITLES: &[&str] = &[
    "mst",
    "mstt",
    "musammat",
    "mussammat",
    "mosammat",
    "haji",
    "hajji",
    "haaji",
    "alhaj",
    "hafiz",
    "hafeez",
    "qari",
    "maulana",
    "molana",
    "moulana",
    "molvi",
    "moulvi",
    "mufti",
    "dr",
    "doctor",
    "mr",
    "mrs",
    "ms",
    "miss",
    "engr",
    "late",
    "مسماہ",
    "مسمات",
    "حاجی",
    "حافظ",
    "قاری",
    "مولانا",
    "مولوی",
    "مفتی",
    "ڈاکٹر",
    "مرحوم",
    "مرحومہ",
];

/// Spellings of one companion together.
const FILLERS: &[&[&str]] = &[
    &["khan", "khaan", "خان"],
    &["bibi", "bibee", "beebi", "بیبی"],
    &["begum", "begam", "بیگم"],
    &["malik", "malak", "ملک"],
    &["mian", "miyan", "mia", "میان"],
    &["khatoon", "khatun", "خاتون"],
    &["bano", "banu", "بانو"],
];

/// Spellings of one companion together.
const LIGHT: &[&[&str]] = &[
    &["gul", "gull", "گل"],
    &["jan", "jaan", "جان"],
    &["shah", "sha", "شاہ", "شہ"],
    &["ullah", "ulla", "allah", "اللہ"],
];

/// Which companion a folded word is, as its place in a row of bits; spellings of one have one place.
pub(crate) fn companion(word: &str) -> Option<u32> {
    if is_syed(word) {
        return Some(1);
    }
    if is_muhammad(word) || ["m", "md"].contains(&word) {
        return Some(0);
    }
    let at = FILLERS.iter().chain(LIGHT).position(|spellings| spellings.contains(&word))?;
    u32::try_from(at + 2).ok()
}

/// Muhammad in its many spellings: those letters in order, any short vowels, but no long u before the d (Mahmood).
pub(super) fn is_muhammad(word: &str) -> bool {
    if ["mohd", "muhd", "mhd", "محمد", "مہمد"].contains(&word) {
        return true;
    }
    let Some(rest) = word.strip_prefix(['m']) else { return false };
    let rest = rest.trim_start_matches(['o', 'u', 'a', 'e']);
    let Some(rest) = rest.strip_prefix('h').map(|rest| rest.trim_start_matches(['a', 'e'])) else { return false };
    let after_m = rest.trim_start_matches('m');
    after_m.len() < rest.len() && matches!(after_m, "ad" | "ed" | "d" | "id" | "at")
}

/// Syed, told from Saeed by the y in front of the last vowel or the short first vowel.
pub(super) fn is_syed(word: &str) -> bool {
    matches!(
        word,
        "syed"
            | "sayed"
            | "sayyed"
            | "sayyid"
            | "sayid"
            | "saiyed"
            | "saiyid"
            | "sayyad"
            | "syad"
            | "syid"
            | "syeda"
            | "sayeda"
            | "sayyeda"
            | "sayyida"
            | "saiyida"
            | "سید"
            | "سیدہ"
    )
}

/// Words that are only half a name: Abdul Rehman, عبد الرحمان, and the article in front of a letter it is heard before.
pub(super) const BINDS_NEXT: &[&str] = &[
    "abd",
    "abdul",
    "abdal",
    "abdel",
    "abdur",
    "abdus",
    "abdun",
    "abduz",
    "abdud",
    "abdut",
    "abdush",
    "عبد",
    "عبدال",
    "ul",
    "al",
    "el",
];

/// The article as a word of its own.
pub(super) const ARTICLES: &[&str] = &["ul", "al", "el", "ur", "ud", "us", "uz", "un", "ut", "ush", "ال"];

/// Ends of joined words and the part they stand for, longest first.
pub(super) const JOINED_TAILS: &[(&str, &str)] = &[
    ("ullah", "ullah"),
    ("uallah", "ullah"),
    ("ulla", "ullah"),
    ("uddeen", "din"),
    ("uddin", "din"),
    ("udeen", "din"),
    ("udin", "din"),
    ("unnisa", "nisa"),
    ("unisa", "nisa"),
    ("اللہ", "اللہ"),
    ("الدین", "دین"),
    ("النساء", "نسا"),
    ("النسا", "نسا"),
];

/// Words whose skeleton no rule finds: the spelling, then the Latin spelling that stands for it.
pub(super) const AS_IF: &[(&str, &str)] = &[
    ("uthman", "usman"),
    ("othman", "usman"),
    ("uthmaan", "usman"),
    ("haris", "haris"),
    ("harith", "haris"),
    ("نوشہرہ", "nowshera"),
    ("نوشہر", "nowshera"),
    ("شمالی", "north"),
    ("جنوبی", "south"),
    ("لر", "lower"),
    ("بر", "upper"),
    ("ramadan", "ramzan"),
    ("ramadhan", "ramzan"),
    ("اسحاق", "ishaq"),
    ("اسحق", "ishaq"),
    ("abubakar", "abukar"),
    ("abubakr", "abukar"),
    ("abobakar", "abukar"),
    ("ابوبکر", "abukar"),
    ("chaudhry", "chaudri"),
    ("chaudhary", "chaudri"),
    ("choudhry", "chaudri"),
    ("chowdhry", "chaudri"),
    ("choudhary", "chaudri"),
    ("chaudry", "chaudri"),
    ("چوہدری", "chaudri"),
    ("چودھری", "chaudri"),
];

/// Words that say that something is a village, district or quarter.
pub(super) const PLACE_WORDS: &[&str] = &[
    "village", "vill", "gaon", "mohalla", "muhalla", "kalay", "kaley", "kali", "kalai", "killi", "district", "distt",
    "گاون", "موضع", "محلہ", "ضلع", "کلی", "کلے",
];

/// Words that stand before or after the name of a district.
pub(super) const DIRECTIONS: &[&str] =
    &["lower", "upper", "north", "south", "لوئر", "لویر", "اپر", "لر", "بر", "شمالی", "جنوبی"];

/// Folded names of districts that no rule brings together with the usual one.
pub(super) const PLACE_ALIASES: &[(&str, &str)] = &[
    ("d i khan", "dera ismail khan"),
    ("di khan", "dera ismail khan"),
    ("dikhan", "dera ismail khan"),
    ("ڈی ای خان", "dera ismail khan"),
    ("بنون", "bannu"),
    ("مومند", "mohmand"),
];
