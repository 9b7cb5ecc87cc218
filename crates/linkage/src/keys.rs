//! The keys under which a person is looked up, and those a search probes.
//!
//! A key joins at least two things, because a bare common name stands for tens of thousands of people; a number or a
//! phone is enough on its own. The store files each person under the hashes of these keys and makes them again when
//! [`BUILDER_VERSION`] changes.

mod readings;
#[cfg(test)]
mod tests;

use crate::{PersonForKeys, Query, names, names::Part};

/// Version of everything that shapes a key; raise it with every change of a fold, a skeleton or a kind.
pub const BUILDER_VERSION: i64 = 2;

/// What a key is made of, the most telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyKind {
    /// The whole identity number.
    Number,
    /// A 13-digit number without its first five digits, or without one of the four pairs behind them: whatever is wrong
    /// within one group, the other keys hit. The first five are those of a tehsil, which everybody at a desk shares.
    NumberLessGroup,
    /// Phone, E.164.
    Phone,
    /// Skeletons of the given name and of the father's or husband's name.
    GivenFather,
    /// Skeletons of the given name and the village.
    GivenVillage,
    /// Skeletons of the father's or husband's name and the village: the family, whatever the given name was taken for.
    FatherVillage,
    /// Skeleton of the given name, and the year of birth.
    GivenYear,
    /// A given name of two or more telling parts, as folded.
    FullName,
    /// Skeletons of the given name and the district; broad, so the store bounds how many it reads.
    GivenDistrict,
}

impl KeyKind {
    /// Every kind, the most telling first; a search reads in this order until it has enough candidates.
    pub const ALL: &'static [KeyKind] = &[
        Self::Number,
        Self::NumberLessGroup,
        Self::Phone,
        Self::GivenFather,
        Self::GivenVillage,
        Self::FatherVillage,
        Self::GivenYear,
        Self::FullName,
        Self::GivenDistrict,
    ];

    /// The stable code in the key table.
    pub fn code(self) -> &'static str {
        match self {
            Self::Number => "num",
            Self::NumberLessGroup => "nlg",
            Self::Phone => "tel",
            Self::GivenFather => "gf",
            Self::GivenVillage => "gv",
            Self::FatherVillage => "fv",
            Self::GivenYear => "gy",
            Self::FullName => "full",
            Self::GivenDistrict => "gd",
        }
    }
}

/// The keys of a person, without repeats. About a dozen rows for most people.
pub fn person_keys(person: &PersonForKeys) -> Vec<(KeyKind, String)> {
    let mut keys = Keys::default();
    person.numbers.iter().for_each(|number| keys.number(number));
    person.phones.iter().for_each(|phone| keys.add(KeyKind::Phone, (*phone).to_owned()));
    let reading = Reading::of(person.given, person.father_or_husband, person.village);
    keys.names(&reading, person.district, person.birth_year.as_slice());
    keys.family(&reading.father, &reading.village);
    keys.0
}

/// The keys that a search probes, the most telling first. Empty when only a bare name is asked for.
pub fn query_keys(query: &Query) -> Vec<(KeyKind, String)> {
    let mut keys = Keys::default();
    for number in &query.numbers {
        keys.number(number);
        keys.swapped_at_seams(number);
    }
    query.phones.iter().for_each(|phone| keys.add(KeyKind::Phone, phone.clone()));
    // Ages are often a year off.
    let years: Vec<i32> = query.birth_year.map_or(vec![], |year| vec![year, year - 1, year + 1]);
    for reading in readings::whole(query) {
        keys.names(&reading, query.district.as_deref(), &years);
    }
    for reading in readings::of_loose_words(query) {
        keys.names(&reading, None, &[]);
    }
    for (father, village) in readings::families(query) {
        keys.family(&father, &village);
    }
    keys.0.sort_by_key(|(kind, _)| *kind);
    keys.0
}

/// The keys to probe for people who may be the one now being registered.
pub fn registration_keys(person: &PersonForKeys) -> Vec<(KeyKind, String)> {
    query_keys(&Query::of_person(person))
}

/// Where the pairs of digits begin that are left out in turn.
const PAIRS: [usize; 4] = [5, 7, 9, 11];

#[derive(Default)]
struct Keys(Vec<(KeyKind, String)>);

impl Keys {
    fn add(&mut self, kind: KeyKind, key: String) {
        if !key.is_empty() && !self.0.iter().any(|(k, other)| *k == kind && *other == key) {
            self.0.push((kind, key));
        }
    }

    fn number(&mut self, number: &str) {
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        // Counted from both ends, so that a digit too few or too many spoils only its own group.
        if (12..=14).contains(&digits.len()) {
            let end = digits.len();
            self.add(KeyKind::NumberLessGroup, format!("-{}", &digits[end - 8..]));
            for pair in PAIRS {
                let (before, behind) = (&digits[..pair], &digits[end - (11 - pair)..]);
                self.add(KeyKind::NumberLessGroup, format!("{before}-{behind}"));
            }
        }
        self.add(KeyKind::Number, digits);
    }

    /// Two neighbouring digits swapped across a seam of the groups spoil two groups; the right number is probed itself.
    fn swapped_at_seams(&mut self, number: &str) {
        for seam in PAIRS {
            let mut digits: Vec<char> = number.chars().collect();
            if digits.len() == 13 {
                digits.swap(seam - 1, seam);
                self.add(KeyKind::Number, digits.iter().collect());
            }
        }
    }

    fn family(&mut self, father: &[String], village: &[String]) {
        for father in father {
            village.iter().for_each(|village| self.add(KeyKind::FatherVillage, format!("{father}|{village}")));
        }
    }

    fn names(&mut self, reading: &Reading, district: Option<&str>, years: &[i32]) {
        let district = district.map(names::district_forms).unwrap_or_default();
        for given in &reading.given {
            reading.father.iter().for_each(|father| self.add(KeyKind::GivenFather, format!("{given}|{father}")));
            reading.village.iter().for_each(|village| self.add(KeyKind::GivenVillage, format!("{given}|{village}")));
            years.iter().for_each(|year| self.add(KeyKind::GivenYear, format!("{given}|{year}")));
            district.iter().for_each(|district| self.add(KeyKind::GivenDistrict, format!("{given}|{district}")));
        }
        self.add(KeyKind::FullName, reading.full.clone());
    }
}

/// The forms of a name, its father's name and its village under one way of reading a search.
#[derive(Default)]
struct Reading {
    given: Vec<String>,
    father: Vec<String>,
    village: Vec<String>,
    full: String,
}

impl Reading {
    fn of(given: &str, father: Option<&str>, village: Option<&str>) -> Self {
        let own = names::parts(given);
        let (father, village) = (father.map(names::parts), village.map(names::place_parts));
        Self::of_parts(&own, father.as_deref(), village.as_deref())
    }

    fn of_parts(given: &[Part], father: Option<&[Part]>, village: Option<&[Part]>) -> Self {
        Self {
            given: names::forms(given),
            father: father.map(names::forms).unwrap_or_default(),
            village: village.map(names::whole).unwrap_or_default(),
            full: full_name(given),
        }
    }
}

/// The folded spelling of a name with two or more telling parts; fewer would be a bare common name.
fn full_name(given: &[Part]) -> String {
    let telling = given.iter().filter(|part| part.weight == names::Weight::Own);
    if telling.clone().count() < 2 {
        return String::new();
    }
    telling.map(|part| part.folded.as_str()).collect()
}
