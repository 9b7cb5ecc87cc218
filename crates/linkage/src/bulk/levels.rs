//! How far two values of a field agree, as a small whole number, with a code for explanations.

use super::describe::Kind;

/// How far two values agree: 0 is "one is missing"; the others depend on the kind, see [`code`].
pub type Level = u8;

/// The most levels of any kind.
pub const LEVELS: usize = 16;

/// A level of any kind, roughly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Coarse {
    /// One of the two is not known.
    Missing = 0,
    /// They agree.
    Agree = 1,
    /// Neither agreement nor difference.
    Between = 2,
    /// They differ.
    Differ = 3,
}

pub(super) const MISSING: Level = 0;
pub(super) const SAME: Level = 1;

/// Levels of names, places and words.
pub(super) mod text {
    pub(in super::super) const SAME_SOUND: u8 = 2;
    pub(in super::super) const SAME_CONSONANTS: u8 = 3;
    pub(in super::super) const PART_OF: u8 = 4;
    pub(in super::super) const ONE_SLIP: u8 = 5;
    pub(in super::super) const NEAR_BUT_BOTH_KNOWN: u8 = 6;
    pub(in super::super) const SHARES_A_PART: u8 = 7;
    pub(in super::super) const DIFFERENT: u8 = 8;
    pub(in super::super) const LOOSE: u8 = 9;
    pub(in super::super) const CROSSED: u8 = 10;
}

/// Levels of numbers and phones.
pub(super) mod number {
    pub(in super::super) const SAME_AS_MANY: u8 = 2;
    pub(in super::super) const ONE_SLIP: u8 = 3;
    pub(in super::super) const DIFFERENT: u8 = 4;
}

/// Levels of days and years.
pub(super) mod date {
    pub(in super::super) const SAME_YEAR: u8 = 2;
    pub(in super::super) const ONE_PART_OFF: u8 = 3;
    pub(in super::super) const ONE_YEAR_OFF: u8 = 4;
    pub(in super::super) const TWO_YEARS_OFF: u8 = 5;
    pub(in super::super) const OTHER_DAY: u8 = 6;
    pub(in super::super) const FEW_YEARS_OFF: u8 = 7;
    pub(in super::super) const MANY_YEARS_OFF: u8 = 8;
    pub(in super::super) const GENERATIONS_OFF: u8 = 9;
}

/// Levels of companions.
pub(super) mod companions {
    pub(in super::super) const SAME_AND_RARE: u8 = 1;
    pub(in super::super) const SAME: u8 = 2;
    pub(in super::super) const SAME_AS_MANY: u8 = 3;
    pub(in super::super) const SOME_SHARED: u8 = 4;
    pub(in super::super) const DIFFERENT: u8 = 5;
}

pub(super) const CODE_DIFFERENT: Level = 2;

const TEXT: &[&str] = &[
    "missing",
    "same",
    "same_sound",
    "same_consonants",
    "part_of",
    "one_slip",
    "near_but_both_known",
    "shares_a_part",
    "different",
    "loosely_alike",
    "crossed",
];
const NUMBER: &[&str] = &["missing", "same", "same_as_many", "one_slip", "different"];
const DATE: &[&str] = &[
    "missing",
    "same_day",
    "same_year",
    "one_part_off",
    "one_year_off",
    "two_years_off",
    "same_year_other_day",
    "few_years_off",
    "many_years_off",
    "generations_off",
];
const CODE: &[&str] = &["missing", "same", "different"];
const COMPANIONS: &[&str] = &["missing", "same_and_rare", "same", "same_as_many", "some_shared", "different"];

fn codes(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Name | Kind::Place | Kind::Words => TEXT,
        Kind::Number | Kind::Phone => NUMBER,
        Kind::Date => DATE,
        Kind::Code | Kind::Tribe => CODE,
        Kind::Companions => COMPANIONS,
    }
}

/// The word of a level of a kind, for message ids; empty for a level that the kind has not.
pub fn code(kind: Kind, level: Level) -> &'static str {
    codes(kind).get(usize::from(level)).copied().unwrap_or("")
}

/// The word for a difference that is ordinary, because both are grown women.
pub(super) const EXCUSED: &str = "different_excused";

/// How many levels a kind has.
pub fn count(kind: Kind) -> usize {
    codes(kind).len()
}

/// A level, roughly: joint tables of several fields hold this only.
pub fn coarse(kind: Kind, level: Level) -> Coarse {
    match (kind, level) {
        (_, MISSING) => Coarse::Missing,
        (_, SAME) => Coarse::Agree,
        // Lund and Lund Khwar are two villages; Amina and Amina Gul may be one woman.
        (Kind::Place, text::PART_OF) => Coarse::Between,
        (Kind::Name | Kind::Place | Kind::Words, ..=text::ONE_SLIP) => Coarse::Agree,
        (
            Kind::Name | Kind::Place | Kind::Words,
            text::NEAR_BUT_BOTH_KNOWN | text::SHARES_A_PART | text::LOOSE | text::CROSSED,
        ) => Coarse::Between,
        (Kind::Number | Kind::Phone, ..number::DIFFERENT) => Coarse::Between,
        (Kind::Date, ..=date::TWO_YEARS_OFF) => Coarse::Between,
        (Kind::Companions, ..=companions::SAME_AS_MANY) => Coarse::Agree,
        (Kind::Companions, companions::SOME_SHARED) => Coarse::Between,
        _ => Coarse::Differ,
    }
}

/// Whether agreement at this level is worth more on a rare value.
pub fn by_frequency(kind: Kind, level: Level) -> bool {
    match kind {
        Kind::Place => (SAME..=text::ONE_SLIP).contains(&level) && level != text::PART_OF,
        Kind::Name | Kind::Words => (SAME..=text::ONE_SLIP).contains(&level) || level == text::SHARES_A_PART,
        // Most people are young: an old year of birth is shared by fewer.
        Kind::Date => (SAME..=date::TWO_YEARS_OFF).contains(&level),
        _ => false,
    }
}
