//! Evidence for and against, and its points.

use std::borrow::Cow;

use super::{FAMILY_CAP, Match, NAMES_ALIKE, NAMES_DIFFER, STRONG, Strength};

/// One reason why a record matches or does not; the page turns it into a sentence in the reader's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// The identity number is the same.
    SameNumber,
    /// The numbers differ in one digit, or one has a digit more.
    NumberOneDigitOff,
    /// The numbers differ by two neighbouring digits swapped.
    NumberDigitsSwapped,
    /// The given name is spelled the same.
    SameGivenName,
    /// The given name is alike.
    SimilarGivenName {
        /// How alike, in permille.
        permille: i32,
    },
    /// Father's or husband's name is spelled the same.
    SameFather,
    /// Father's or husband's name is alike.
    SimilarFather {
        /// How alike, in permille.
        permille: i32,
    },
    /// The phone is the same; households often share one.
    SamePhone,
    /// The village is the same.
    SameVillage,
    /// The district is the same.
    SameDistrict,
    /// The year of birth is the same.
    SameBirthYear,
    /// The whole date of birth is the same.
    SameBirthDate,
    /// The years of birth are one or two apart.
    CloseBirthYear,
    /// Against: the given names are different.
    DifferentGivenName,
    /// Against: both have a number, and the numbers are different.
    DifferentNumber,
    /// Against: father's or husband's names are different; a woman may stand under either.
    DifferentFather,
    /// Against: the years of birth are more than five apart.
    DifferentBirthYear,
    /// Against: words of the search are neither name, father nor village of this person.
    OtherWords {
        /// How many.
        count: i32,
    },
    /// Against: one is a woman, the other a man.
    DifferentSex,
}

impl Evidence {
    /// Whether it speaks against one person.
    pub fn is_against(self) -> bool {
        self.points() < 0
    }

    /// Whether it is about the person and not about the family.
    pub fn is_personal(self) -> bool {
        use Evidence::*;
        let number = matches!(self, SameNumber | NumberOneDigitOff | NumberDigitsSwapped);
        number || matches!(self, SameGivenName | SimilarGivenName { .. })
    }

    /// Whether relatives share it: by itself it is no evidence of one person.
    pub fn is_shared_by_families(self) -> bool {
        use Evidence::*;
        matches!(self, SameFather | SimilarFather { .. } | SamePhone | SameVillage | SameDistrict)
    }

    /// Whether it is a reason to look at a record at all; thousands share a village or a year of birth.
    fn is_telling(self) -> bool {
        use Evidence::*;
        self.is_personal() || matches!(self, SamePhone | SameFather | SimilarFather { .. })
    }

    /// The stable code, for message ids.
    pub fn code(self) -> &'static str {
        use Evidence::*;
        match self {
            SameNumber => "same_number",
            NumberOneDigitOff => "number_one_digit_off",
            NumberDigitsSwapped => "number_digits_swapped",
            SameGivenName => "same_given_name",
            SimilarGivenName { .. } => "similar_given_name",
            SameFather => "same_father",
            SimilarFather { .. } => "similar_father",
            SamePhone => "same_phone",
            SameVillage => "same_village",
            SameDistrict => "same_district",
            SameBirthYear => "same_birth_year",
            SameBirthDate => "same_birth_date",
            CloseBirthYear => "close_birth_year",
            DifferentGivenName => "different_given_name",
            DifferentNumber => "different_number",
            DifferentFather => "different_father",
            DifferentBirthYear => "different_birth_year",
            OtherWords { .. } => "other_words",
            DifferentSex => "different_sex",
        }
    }

    /// Points, chosen by hand for ordering a short list: no probability, and no decision hangs on them.
    pub fn points(self) -> i32 {
        use Evidence::*;
        match self {
            SameNumber => 1000,
            NumberOneDigitOff | NumberDigitsSwapped => 450,
            SameGivenName => GIVEN,
            SimilarGivenName { permille } => GIVEN * likeness(permille) / 1000,
            SameFather => FATHER,
            SimilarFather { permille } => FATHER * likeness(permille) / 1000,
            SamePhone => 220,
            SameBirthYear => 120,
            SameVillage => 100,
            // Beside the year, which is counted too.
            SameBirthDate => 120,
            CloseBirthYear => 80,
            SameDistrict => 30,
            DifferentGivenName => -300,
            DifferentNumber => -150,
            DifferentFather => -80,
            DifferentBirthYear => -150,
            OtherWords { count } => -80 * count,
            DifferentSex => -400,
        }
    }
}

/// Points of the same given name.
const GIVEN: i32 = 300;
/// Points of the same father's or husband's name.
const FATHER: i32 = 200;

/// How much of a name's points its likeness is worth, both in permille. Another spelling, another script or a Bibi left
/// out is nearly the same name; one telling word of two is much less.
fn likeness(permille: i32) -> i32 {
    match permille {
        940.. => 950 + (permille - 940) * 50 / 60,
        900.. => 830 + (permille - 900) * 120 / 40,
        _ => (600 + (permille - 850) * 230 / 50).max(0),
    }
}

/// Evidence collected for one candidate.
#[derive(Default)]
pub(super) struct Weighed(Vec<Evidence>);

impl Weighed {
    pub(super) fn of(evidence: impl Iterator<Item = Evidence>) -> Self {
        Weighed(evidence.collect())
    }

    pub(super) fn add(&mut self, evidence: Evidence) {
        self.0.push(evidence);
    }

    /// The best agreement of any two numbers; different only when both sides have a whole one and none is near.
    pub(super) fn numbers(&mut self, asked: &[String], known: &[&str]) {
        let pairs = asked.iter().flat_map(|asked| known.iter().map(move |known| (asked.as_str(), *known)));
        let best = pairs.filter_map(|(asked, known)| number_evidence(asked, known)).max_by_key(|found| found.points());
        self.0.extend(best);
    }

    pub(super) fn phones(&mut self, asked: &[String], known: &[&str]) {
        if asked.iter().any(|asked| known.contains(&asked.as_str())) {
            self.add(Evidence::SamePhone);
        }
    }

    pub(super) fn given(&mut self, permille: i32) {
        match permille {
            1000.. => self.add(Evidence::SameGivenName),
            NAMES_ALIKE.. => self.add(Evidence::SimilarGivenName { permille }),
            _ if permille < NAMES_DIFFER => self.add(Evidence::DifferentGivenName),
            _ => {}
        }
    }

    pub(super) fn father(&mut self, permille: i32) {
        self.father_if_alike(permille);
        if permille < NAMES_DIFFER {
            self.add(Evidence::DifferentFather);
        }
    }

    /// For words that may be no father's name at all: only agreement counts.
    pub(super) fn father_if_alike(&mut self, permille: i32) {
        match permille {
            1000.. => self.add(Evidence::SameFather),
            NAMES_ALIKE.. => self.add(Evidence::SimilarFather { permille }),
            _ => {}
        }
    }

    pub(super) fn village(&mut self, permille: i32) {
        if permille >= NAMES_ALIKE {
            self.add(Evidence::SameVillage);
        }
    }

    pub(super) fn left_over(&mut self, words: usize) {
        if let Some(count) = i32::try_from(words).ok().filter(|count| *count > 0) {
            self.add(Evidence::OtherWords { count });
        }
    }

    pub(super) fn birth_years(&mut self, asked: Option<i32>, known: Option<i32>) {
        let (Some(asked), Some(known)) = (asked, known) else { return };
        match asked.abs_diff(known) {
            0 => self.add(Evidence::SameBirthYear),
            1 | 2 => self.add(Evidence::CloseBirthYear),
            3..=5 => {}
            _ => self.add(Evidence::DifferentBirthYear),
        }
    }

    pub(super) fn into_match(mut self) -> Option<Match> {
        if !self.0.iter().any(|evidence| evidence.is_telling()) {
            return None;
        }
        let personal = self.0.iter().any(|evidence| evidence.is_personal());
        let other_name = self.0.contains(&Evidence::DifferentGivenName);
        let sum: i32 = self.0.iter().map(|evidence| evidence.points()).sum();
        self.0.sort_by_key(|evidence| (std::cmp::Reverse(evidence.points().abs()), *evidence));
        let (score, strength) = match personal {
            false => (sum.clamp(1, FAMILY_CAP), Strength::FamilyOnly),
            true if sum >= STRONG && !other_name => (sum, Strength::Strong),
            true => (sum.max(1), Strength::Possible),
        };
        Some(Match { score, strength, why: self.0 })
    }
}

fn number_evidence(asked: &str, known: &str) -> Option<Evidence> {
    let (asked, known) = (digits(asked), digits(known));
    if asked == known {
        return (!asked.is_empty()).then_some(Evidence::SameNumber);
    }
    if asked.len().abs_diff(known.len()) == 1 && asked.len().min(known.len()) >= 11 {
        return one_more(&asked, &known).then_some(Evidence::NumberOneDigitOff);
    }
    if asked.len() != known.len() || asked.len() < 11 {
        return None;
    }
    let differ: Vec<usize> = (0..asked.len()).filter(|at| asked[*at] != known[*at]).collect();
    match differ.as_slice() {
        [_] => Some(Evidence::NumberOneDigitOff),
        [a, b] if a + 1 == *b && asked[*a] == known[*b] && asked[*b] == known[*a] => {
            Some(Evidence::NumberDigitsSwapped)
        }
        _ => Some(Evidence::DifferentNumber),
    }
}

fn digits(number: &str) -> Cow<'_, [u8]> {
    if number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Cow::Borrowed(number.as_bytes());
    }
    Cow::Owned(number.bytes().filter(u8::is_ascii_digit).collect())
}

/// Whether the longer one is the shorter one with one digit put in.
fn one_more(left: &[u8], right: &[u8]) -> bool {
    let (short, long) = if left.len() < right.len() { (left, right) } else { (right, left) };
    let same = short.iter().zip(long).take_while(|(s, l)| s == l).count();
    short[same..] == long[same + 1..]
}
