//! What was typed about a person, a place or a phone, read field by field; each refusal is a sentence of its own.

use crate::{
    request::{Errors, Fields},
    text::T,
};
use chrono::Datelike;
use domain::{
    Date,
    identity::{IdentityKind, IdentityNumber, IdentityRefused, Phone, PhoneRefused},
    people::{
        Birth, BirthRefused, Identity, IdentityCheck, MAX_NAME, MaritalStatus, PersonDetails, PhoneEntry, Place,
        Relationship, Sex,
    },
    programmes::DistrictId,
};

/// The longest reason taken, in characters.
const MAX_REASON: usize = 500;

/// Reads a form and collects what is wrong with it.
pub(super) struct Reader<'f> {
    /// Messages.
    pub t: T,
    /// The form.
    pub fields: &'f Fields,
    /// What is wrong so far.
    pub errors: Errors,
    /// Today.
    pub today: Date,
}

impl<'f> Reader<'f> {
    /// Begins to read a form.
    pub fn new(t: T, fields: &'f Fields, today: Date) -> Self {
        Reader { t, fields, errors: Errors::default(), today }
    }

    fn wrong(&mut self, field: &str, message: &str) {
        let sentence = self.t.m(message);
        self.errors.add(field, sentence);
    }

    /// Text of a name or place: not too long, and no word that mixes alphabets to look like another.
    pub fn words(&mut self, field: &str) -> Option<String> {
        let text = self.fields.opt(field)?;
        if text.chars().count() > MAX_NAME {
            let sentence =
                self.t.with("people-too-long", &[("most", MAX_NAME.into()), ("count", text.chars().count().into())]);
            self.errors.add(field, sentence);
        } else if text.split_whitespace().any(is_mixed) {
            self.wrong(field, "people-mixed");
        }
        Some(text)
    }

    /// A name: words with at least one letter.
    fn name(&mut self, field: &str) -> Option<String> {
        let text = self.words(field)?;
        if !text.chars().any(char::is_alphabetic) && self.errors.of(field).is_none() {
            self.wrong(field, "people-no-letters");
        }
        Some(text)
    }

    /// The reason of a correction.
    pub fn reason(&mut self) -> String {
        let text = self.fields.text("reason").to_owned();
        if text.is_empty() {
            self.wrong("reason", "people-reason-missing");
        } else if text.chars().count() > MAX_REASON {
            let values = [("most", MAX_REASON.into()), ("count", text.chars().count().into())];
            let sentence = self.t.with("people-too-long", &values);
            self.errors.add("reason", sentence);
        }
        text
    }

    /// One code of a list; what is not in the list came from no page of ours.
    pub fn code<V: std::str::FromStr>(&mut self, field: &str) -> Option<V> {
        let read = self.fields.read(field);
        if read.is_err() {
            self.wrong(field, "people-not-in-list");
        }
        read.ok().flatten()
    }

    /// A person's details; `known` are those on file, of which numbers that the form does not show stay.
    pub fn person(&mut self, known: Option<&PersonDetails>, head: bool) -> PersonDetails {
        let given = self.name("given").unwrap_or_default();
        if given.is_empty() {
            self.wrong("given", "people-name-missing");
        }
        let relationship = if head { Some(Relationship::Head) } else { self.code("relationship") };
        PersonDetails {
            given,
            father_or_husband: self.name("father"),
            sex: self.code::<Sex>("sex"),
            birth: self.birth(),
            relationship,
            marital_status: self.code::<MaritalStatus>("marital_status"),
            identities: self.identities(known.map_or(&[], |details| details.identities.as_slice())),
        }
    }

    /// A birth from parts, from a year alone, or from "about N years".
    fn birth(&mut self) -> Option<Birth> {
        let part = |name: &str| self.fields.number(name).map(|read| read.map_err(drop));
        let parts = [part("birth_day"), part("birth_month"), part("birth_year")];
        let age = part("about");
        if age.is_some() && parts.iter().any(Option::is_some) {
            self.wrong("birth_year", "people-birth-both");
            return None;
        }
        let read = match (age, parts) {
            (None, [None, None, None]) => return None,
            (Some(Ok(age @ 0..=120)), _) => i32::try_from(age).ok().map(|age| Birth::about_age(age, self.today)),
            (Some(_), _) => {
                self.wrong("about", "people-age");
                return None;
            }
            (None, [day, month, year]) => birth_of_parts(day, month, year),
        };
        let Some(birth) = read else {
            self.wrong("birth_year", "people-birth-unreadable");
            return None;
        };
        match birth.checked(self.today) {
            Ok(birth) => Some(birth),
            Err(BirthRefused::Future(_)) => {
                self.wrong("birth_year", "people-birth-future");
                None
            }
            Err(_) => {
                self.wrong("birth_year", "people-birth-old");
                None
            }
        }
    }

    /// The one number that the form shows, and those on file that it does not. No number is an ordinary answer.
    fn identities(&mut self, known: &[Identity]) -> Vec<Identity> {
        let rest = known.iter().skip(1).cloned();
        let Some(typed) = self.fields.opt("number") else { return rest.collect() };
        let Some(kind) = self.code::<IdentityKind>("number_kind") else {
            if self.errors.of("number_kind").is_none() {
                self.wrong("number_kind", "people-number-kind");
            }
            return rest.collect();
        };
        let number = match IdentityNumber::parse(kind, &typed) {
            Ok((number, _)) => number,
            Err(refused) => {
                let sentence = number_refused(self.t, &refused);
                self.errors.add("number", sentence);
                return rest.collect();
            }
        };
        let before = known.first().filter(|identity| identity.number == number);
        let check = self.check(before);
        let expires = before.and_then(|identity| identity.expires);
        std::iter::once(Identity { number, check, expires }).chain(rest).collect()
    }

    /// Only the issuing authority makes a number verified: the desk keeps that state, it never sets it.
    fn check(&mut self, before: Option<&Identity>) -> IdentityCheck {
        let was = before.map(|identity| identity.check);
        match self.code::<IdentityCheck>("number_check") {
            Some(IdentityCheck::Verified) | None if was == Some(IdentityCheck::Verified) => IdentityCheck::Verified,
            Some(IdentityCheck::PaperSeen) => IdentityCheck::PaperSeen,
            _ => IdentityCheck::NotYetVerified,
        }
    }

    /// Where the family lives. The district is one of the pack's places.
    pub fn place(&mut self, pack: &rules::Pack) -> Place {
        let district = self.fields.text("district").to_owned();
        if pack.place(&district).is_none() {
            self.wrong("district", "people-district-missing");
        }
        let province = self.fields.opt("province_permanent");
        let known = |code: &str| {
            pack.fact("household.province_permanent").is_some_and(|f| f.codes.iter().any(|c| &*c.id == code))
        };
        if province.as_deref().is_some_and(|code| !known(code)) {
            self.wrong("province_permanent", "people-not-in-list");
        }
        Place {
            district: DistrictId(district),
            province_permanent: province,
            tehsil: self.words("tehsil"),
            union_council: self.words("union_council"),
            village: self.words("village"),
            directions: self.words("directions"),
        }
    }

    /// One phone of the form, whose fields are `phone`, `phone_whose`, `phone_message` with an ending.
    pub fn phone(&mut self, ending: &str) -> Option<PhoneEntry> {
        let field = format!("phone{ending}");
        let whose = self.words(&format!("phone_whose{ending}"));
        let typed = self.fields.opt(&field)?;
        match Phone::parse(&typed) {
            Ok(phone) => Some(PhoneEntry {
                number: phone.e164().to_owned(),
                whose,
                may_message: self.fields.is(&format!("phone_message{ending}"), "yes"),
            }),
            Err(refused) => {
                let sentence = phone_refused(self.t, &refused);
                self.errors.add(&field, sentence);
                None
            }
        }
    }
}

type Typed = Option<Result<i64, ()>>;

/// A day needs its month, a month its year; two-digit years are not guessed.
fn birth_of_parts(day: Typed, month: Typed, year: Typed) -> Option<Birth> {
    let year = i32::try_from(year?.ok()?).ok().filter(|year| (1000..=9999).contains(year))?;
    let small = |typed: Typed| typed.map(|n| n.ok().and_then(|n| u32::try_from(n).ok()));
    match (small(day), small(month)) {
        (None, None) => Some(Birth::Year(year)),
        (None, Some(month)) => Date::from_ymd_opt(year, month?, 1).map(|first| Birth::Month(year, first.month())),
        (Some(day), Some(month)) => Date::from_ymd_opt(year, month?, day?).map(Birth::Day),
        (Some(_), None) => None,
    }
}

/// Whether one word is written in letters of two alphabets, which disguises it.
fn is_mixed(word: &str) -> bool {
    let alphabet = |letter: char| match letter {
        'a'..='z' | 'A'..='Z' | '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' => 0,
        '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{08A0}'..='\u{08FF}' | '\u{FB50}'..='\u{FEFF}' => 1,
        _ => 2,
    };
    let mut letters = word.chars().filter(|letter| letter.is_alphabetic()).map(alphabet);
    letters.next().is_some_and(|first| letters.any(|next| next != first))
}

fn number_refused(t: T, refused: &IdentityRefused) -> String {
    match refused {
        IdentityRefused::Empty => t.m("people-number-empty"),
        IdentityRefused::NotADigit { found } => t.a("people-number-not-a-digit", "found", found.to_string()),
        IdentityRefused::WrongLength { found, needed } => {
            t.with("people-number-length", &[("found", (*found).into()), ("needed", (*needed).into())])
        }
        IdentityRefused::FirstDigitZero => t.m("people-number-zero"),
        IdentityRefused::AllEqual => t.m("people-number-all-equal"),
        IdentityRefused::TooLong => t.m("people-number-too-long"),
    }
}

fn phone_refused(t: T, refused: &PhoneRefused) -> String {
    match refused {
        PhoneRefused::Empty => t.m("people-phone-empty"),
        PhoneRefused::NotADigit { found } => t.a("people-phone-not-a-digit", "found", found.to_string()),
        PhoneRefused::Foreign => t.m("people-phone-foreign"),
        PhoneRefused::ServiceNumber => t.m("people-phone-service"),
        PhoneRefused::MobileLength { found } => t.a("people-phone-length", "found", *found),
        PhoneRefused::LandlineLength => t.m("people-phone-landline"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::language::Lang;

    fn read(body: &str) -> (PersonDetails, Vec<String>) {
        let fields = Fields::parse(body);
        let mut reader = Reader::new(T(Lang::En), &fields, "2026-11-22".parse().expect("a day"));
        let details = reader.person(None, true);
        (details, reader.errors.all().iter().map(|(field, _)| field.clone()).collect())
    }

    #[test]
    fn a_birth_is_taken_as_precisely_as_it_is_known() {
        let check = |body: &str, want: Option<&str>| {
            let (details, errors) = read(&format!("given=Hamza&{body}"));
            assert_eq!(details.birth.map(|birth| birth.to_string()).as_deref(), want, "{body} {errors:?}");
            assert_eq!(errors.is_empty(), want.is_some() || body.is_empty(), "{body} {errors:?}");
        };
        check("", None);
        check("birth_year=2019", Some("2019"));
        check("birth_month=1&birth_year=2019", Some("2019-01"));
        check("birth_day=15&birth_month=1&birth_year=2019", Some("2019-01-15"));
        check("about=34", Some("~1992"));
        check("about=%DB%B3%DB%B4", Some("~1992"));
        check("about=34&birth_year=1992", None);
        check("about=134", None);
        check("birth_day=31&birth_month=2&birth_year=1991", None);
        check("birth_day=15&birth_year=1991", None);
        check("birth_year=19", None);
        check("birth_year=2030", None);
        check("birth_year=1850", None);
    }

    #[test]
    fn the_desk_never_makes_a_number_verified() {
        let (details, errors) = read("given=Amina&number=1720123456782&number_kind=cnic&number_check=verified");
        assert_eq!(details.identities[0].check, IdentityCheck::NotYetVerified, "{errors:?}");
    }

    #[test]
    fn a_word_of_two_alphabets_is_refused_and_two_words_are_not() {
        let check = |word: &str, want: bool| assert_eq!(is_mixed(word), want, "{word}");
        check("Amina", false);
        check("آمنہ", false);
        check("Аmina", true);
        check("Aمina", true);
        check("Sher-Zaman", false);
    }
}
