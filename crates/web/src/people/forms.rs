//! The parts of forms about people, filled from what was typed or from what is on file.

use super::words;
use crate::{App, request::Fields, shell::Choice, text::T};
use chrono::Datelike;
use domain::{
    Date,
    people::{Birth, IdentityCheck, MaritalStatus, PersonDetails, PhoneEntry, Place, Relationship, Sex},
};

/// The fields about one person.
#[derive(Debug, Clone)]
pub(super) struct PersonForm {
    pub given: String,
    pub father: String,
    pub sex: Vec<Choice>,
    pub birth_day: String,
    pub birth_month: String,
    pub birth_year: String,
    pub about: String,
    /// Empty when the form is about the head.
    pub relationship: Vec<Choice>,
    pub marital: Vec<Choice>,
    pub number_kind: Vec<Choice>,
    pub number: String,
    pub number_check: Vec<Choice>,
}

impl PersonForm {
    /// As typed.
    pub fn typed(app: &App, t: T, fields: &Fields, head: bool) -> Self {
        let text = |name: &str| fields.text(name).to_owned();
        let fact =
            |fact: &str, codes: &[&str], field: &str| words::fact_choices(app, t, fact, codes, fields.text(field));
        let related: Vec<&str> = if head { Vec::new() } else { Relationship::ALL.iter().map(|c| c.code()).collect() };
        PersonForm {
            given: text("given"),
            father: text("father"),
            sex: fact("person.sex", &Sex::ALL.iter().map(|c| c.code()).collect::<Vec<_>>(), "sex"),
            birth_day: text("birth_day"),
            birth_month: text("birth_month"),
            birth_year: text("birth_year"),
            about: text("about"),
            relationship: fact("person.relationship_to_head", &related, "relationship"),
            marital: fact(
                "person.marital_status",
                &MaritalStatus::ALL.iter().map(|c| c.code()).collect::<Vec<_>>(),
                "marital_status",
            ),
            number_kind: words::identity_kinds(t, fields.text("number_kind")),
            number: text("number"),
            number_check: checks(t, fields.text("number_check")),
        }
    }

    /// An empty form; most numbers are cards.
    pub fn empty(app: &App, t: T, head: bool) -> Self {
        let mut fields = Fields::default();
        fields.add("number_kind", "cnic");
        fields.add("number_check", IdentityCheck::NotYetVerified.code());
        PersonForm::typed(app, t, &fields, head)
    }

    /// As on file.
    pub fn on_file(app: &App, t: T, details: &PersonDetails, today: Date) -> Self {
        PersonForm::typed(app, t, &fields_of(details, today), false)
    }
}

/// "Verified" is offered only where the authority has said so.
fn checks(t: T, chosen: &str) -> Vec<Choice> {
    let offered = |check: &&IdentityCheck| **check != IdentityCheck::Verified || chosen == check.code();
    let codes: Vec<&str> = IdentityCheck::ALL.iter().filter(offered).map(|check| check.code()).collect();
    Choice::codes(t, "identity-check", &codes, chosen)
}

/// The fields that a form with these details would send.
pub(super) fn fields_of(details: &PersonDetails, today: Date) -> Fields {
    let mut fields = Fields::default();
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            fields.add(name, &value);
        }
    };
    put("given", Some(details.given.clone()));
    put("father", details.father_or_husband.clone());
    put("sex", details.sex.map(|c| c.to_string()));
    put("relationship", details.relationship.map(|c| c.to_string()));
    put("marital_status", details.marital_status.map(|c| c.to_string()));
    let (day, month, year, about) = match details.birth {
        None => (None, None, None, None),
        Some(Birth::About(year)) => (None, None, None, Some(today.year() - year)),
        Some(Birth::Year(year)) => (None, None, Some(year), None),
        Some(Birth::Month(year, month)) => (None, Some(month), Some(year), None),
        Some(Birth::Day(day)) => (Some(day.day()), Some(day.month()), Some(day.year()), None),
    };
    put("birth_day", day.map(|n| n.to_string()));
    put("birth_month", month.map(|n| n.to_string()));
    put("birth_year", year.map(|n| n.to_string()));
    put("about", about.map(|n| n.to_string()));
    let identity = details.identities.first();
    put("number_kind", Some(identity.map_or("cnic", |i| i.number.kind.code()).to_owned()));
    put("number", identity.map(|i| i.number.to_string()));
    put("number_check", Some(identity.map_or(IdentityCheck::NotYetVerified, |i| i.check).to_string()));
    fields
}

/// The fields about where a family lives.
#[derive(Debug, Clone)]
pub(super) struct PlaceForm {
    pub district: Vec<Choice>,
    pub province: Vec<Choice>,
    pub tehsil: String,
    pub union_council: String,
    pub village: String,
    pub directions: String,
}

impl PlaceForm {
    /// As typed.
    pub fn typed(app: &App, t: T, fields: &Fields) -> Self {
        let text = |name: &str| fields.text(name).to_owned();
        PlaceForm {
            district: crate::shell::districts(app, t, fields.text("district")),
            province: words::provinces(app, t, fields.text("province_permanent")),
            tehsil: text("tehsil"),
            union_council: text("union_council"),
            village: text("village"),
            directions: text("directions"),
        }
    }

    /// Nothing but the centre's own district: the province of the card is asked, not guessed.
    pub fn empty(app: &App, t: T, district: &str) -> Self {
        let mut fields = Fields::default();
        fields.add("district", district);
        PlaceForm::typed(app, t, &fields)
    }

    /// As on file.
    pub fn on_file(app: &App, t: T, place: &Place) -> Self {
        let mut fields = Fields::default();
        let all = [
            ("district", Some(&place.district.0)),
            ("province_permanent", place.province_permanent.as_ref()),
            ("tehsil", place.tehsil.as_ref()),
            ("union_council", place.union_council.as_ref()),
            ("village", place.village.as_ref()),
            ("directions", place.directions.as_ref()),
        ];
        for (name, value) in all {
            fields.add(name, value.map_or("", String::as_str));
        }
        PlaceForm::typed(app, t, &fields)
    }
}

/// The fields about one phone.
#[derive(Debug, Clone, Default)]
pub(super) struct PhoneForm {
    /// The ending of its fields' names.
    pub ending: String,
    pub number: String,
    pub whose: String,
    pub may_message: bool,
}

impl PhoneForm {
    /// As typed.
    pub fn typed(fields: &Fields, ending: &str) -> Self {
        PhoneForm {
            ending: ending.to_owned(),
            number: fields.text(&format!("phone{ending}")).to_owned(),
            whose: fields.text(&format!("phone_whose{ending}")).to_owned(),
            may_message: fields.is(&format!("phone_message{ending}"), "yes"),
        }
    }

    /// As on file.
    pub fn on_file(entry: &PhoneEntry, ending: &str) -> Self {
        PhoneForm {
            ending: ending.to_owned(),
            number: words::phone_words(entry),
            whose: entry.whose.clone().unwrap_or_default(),
            may_message: entry.may_message,
        }
    }

    /// The name of a field of this phone.
    pub fn name(&self, field: &str) -> String {
        format!("{field}{}", self.ending)
    }
}
