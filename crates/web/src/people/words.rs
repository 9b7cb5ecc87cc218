//! People and places in words: ages, numbers with what is known of them, notes that an officer should look at.

use crate::{App, shell::Choice, text::T};
use chrono::Datelike;
use domain::{
    Date,
    identity::{IdentityKind, IdentityNote, IdentityNumber},
    people::{Birth, Household, Identity, IdentityCheck, Member, PersonDetails, PhoneEntry, Relationship},
};

/// A code of one of the pack's facts in words; the code itself where the pack has none.
pub fn code_words(app: &App, t: T, fact: &str, code: &str) -> String {
    match app.pack.fact(fact) {
        Some(fact) => fact.code_text(code, t.lang()).to_owned(),
        None => code.to_owned(),
    }
}

/// The choices of a fact that stands on the record, in the pack's words.
pub(super) fn fact_choices(app: &App, t: T, fact: &str, codes: &[&str], chosen: &str) -> Vec<Choice> {
    let choice = |code: &&str| Choice {
        value: (*code).to_owned(),
        text: code_words(app, t, fact, code),
        chosen: *code == chosen,
    };
    codes.iter().map(choice).collect()
}

/// The provinces that the pack knows.
pub(super) fn provinces(app: &App, t: T, chosen: &str) -> Vec<Choice> {
    const FACT: &str = "household.province_permanent";
    let codes: Vec<&str> = app.pack.fact(FACT).map(|f| f.codes.iter().map(|c| &*c.id).collect()).unwrap_or_default();
    fact_choices(app, t, FACT, &codes, chosen)
}

/// A district's name.
pub fn district(app: &App, t: T, code: &str) -> String {
    app.pack.place(code).map_or_else(|| code.to_owned(), |place| t.pack(&place.name).to_owned())
}

/// A birth as stated: `2 Mar 1988`, `Mar 1988`, `1988`, `about 1988`.
pub fn birth_words(t: T, birth: Birth) -> String {
    match birth {
        Birth::Day(day) => t.date(day),
        Birth::Month(year, month) => format!("{} {year}", t.m(&format!("month-{month}"))),
        Birth::Year(year) => year.to_string(),
        Birth::About(year) => t.a("people-about-year", "year", year.to_string()),
    }
}

/// The age that follows: `38 years`, `7 months`, `about 34 years`.
pub fn age_words(t: T, birth: Birth, today: Date) -> String {
    let (youngest, oldest) = birth.age_on(today);
    match birth {
        Birth::About(year) => t.a("people-about-age", "years", (today.year() - year).max(0)),
        Birth::Day(day) if oldest < 2 => {
            let months = (today.year() - day.year()) * 12 + today.month0() as i32 - day.month0() as i32;
            t.a("people-months", "months", (months - i32::from(today.day() < day.day())).max(0))
        }
        _ if youngest == oldest => t.a("people-age-years", "years", oldest),
        _ => t.with("people-age-between", &[("from", youngest.into()), ("to", oldest.into())]),
    }
}

/// A member as one line: relationship, sex, age, marital status. That somebody is the head is said beside the name.
pub fn member_words(app: &App, t: T, details: &PersonDetails, today: Date) -> Vec<String> {
    let code = |fact: &str, code: Option<&str>| code.map(|code| code_words(app, t, fact, code));
    let relationship = details.relationship.filter(|related| *related != Relationship::Head);
    let parts = [
        code("person.relationship_to_head", relationship.map(|c| c.code())),
        code("person.sex", details.sex.map(|c| c.code())),
        Some(details.birth.map_or_else(|| t.m("people-birth-unknown"), |birth| age_words(t, birth, today))),
        code("person.marital_status", details.marital_status.map(|c| c.code())),
    ];
    parts.into_iter().flatten().collect()
}

/// A number as a page shows it.
#[derive(Debug, Clone)]
pub(super) struct NumberView {
    /// Which document.
    pub kind: String,
    /// With the dashes of the card.
    pub number: String,
    /// How far it was checked.
    pub check: String,
}

impl NumberView {
    pub fn of(t: T, identity: &Identity) -> Self {
        NumberView {
            kind: t.code("identity", identity.number.kind.code()),
            number: identity.number.to_string(),
            check: t.code("identity-check", identity.check.code()),
        }
    }
}

/// What an officer should look at; nothing of it stops anything.
pub(super) fn notes(t: T, details: &PersonDetails) -> Vec<String> {
    let of = |identity: &Identity| {
        let number = &identity.number;
        let shape = IdentityNumber::parse(number.kind, &number.digits).map(|(_, notes)| notes).unwrap_or_default();
        // A number that its authority confirmed needs no second look.
        let sex = details.sex.filter(|_| identity.check != IdentityCheck::Verified);
        shape.into_iter().chain(sex.and_then(|sex| number.sex_digit_note(sex))).collect::<Vec<_>>()
    };
    details.identities.iter().flat_map(of).map(|note| note_words(t, note)).collect()
}

fn note_words(t: T, note: IdentityNote) -> String {
    match note {
        IdentityNote::FirstDigitNine => t.m("people-note-nine"),
        IdentityNote::OldCard => t.m("people-note-old-card"),
        IdentityNote::SexDigitUnusual => t.m("people-note-sex-digit"),
    }
}

/// The documents a number may stand on.
pub(super) fn identity_kinds(t: T, chosen: &str) -> Vec<Choice> {
    let codes: Vec<&str> = IdentityKind::ALL.iter().map(|kind| kind.code()).collect();
    Choice::codes(t, "identity", &codes, chosen)
}

/// A member in a list.
#[derive(Debug, Clone)]
pub(super) struct MemberView {
    /// The person's key.
    pub id: String,
    /// Name.
    pub name: String,
    /// Father's or husband's name.
    pub father: String,
    /// Whether this is the head.
    pub head: bool,
    /// What is known, part by part.
    pub words: Vec<String>,
    /// Numbers.
    pub numbers: Vec<NumberView>,
    /// What to look at.
    pub notes: Vec<String>,
    /// Other records of the same person that were joined to this one: as whom, and where.
    pub also: Vec<String>,
    /// Why and when this person left, or that they count with another household; empty while they belong.
    pub left: String,
}

impl MemberView {
    pub fn of(app: &App, t: T, member: &Member, head: bool) -> Self {
        let details = &member.details;
        let left = |(reason, on): (domain::people::LeaveReason, Date)| {
            t.with("people-left-on", &[("why", t.code("leave", reason.code()).into()), ("date", t.date(on).into())])
        };
        MemberView {
            id: member.id.to_string(),
            name: details.given.clone(),
            father: details.father_or_husband.clone().unwrap_or_default(),
            head,
            words: member_words(app, t, details, app.today()),
            numbers: details.identities.iter().map(|identity| NumberView::of(t, identity)).collect(),
            notes: notes(t, details),
            also: member.records.iter().map(|record| also(app, t, record)).collect(),
            left: match member.joined_to {
                Some(_) => t.m("people-joined-elsewhere"),
                None => member.left.map(left).unwrap_or_default(),
            },
        }
    }
}

/// A joined record in a line: the name it was written under, its numbers, its district.
fn also(app: &App, t: T, record: &domain::people::SourceRecord) -> String {
    let numbers = record.details.identities.iter().map(|identity| identity.number.to_string());
    let parts: Vec<String> = std::iter::once(record.details.given.clone())
        .chain(record.details.father_or_husband.clone())
        .chain(numbers)
        .chain([district(app, t, &record.district.0)])
        .collect();
    t.a("people-also-registered", "record", parts.join(" · "))
}

/// A phone in a list.
#[derive(Debug, Clone)]
pub(super) struct PhoneView {
    /// As people say it.
    pub number: String,
    /// Whose it is.
    pub whose: String,
    /// Whether messages may go there.
    pub may_message: bool,
}

impl PhoneView {
    pub fn of(entry: &PhoneEntry) -> Self {
        PhoneView {
            number: phone_words(entry),
            whose: entry.whose.clone().unwrap_or_default(),
            may_message: entry.may_message,
        }
    }
}

/// A phone as people say it.
pub(super) fn phone_words(entry: &PhoneEntry) -> String {
    domain::identity::Phone::parse(&entry.number).map_or_else(|_| entry.number.clone(), |phone| phone.to_string())
}

/// What a family that agreed to messages said about them, and why none can be sent where none can.
pub(super) fn messages(t: T, household: &Household) -> String {
    let Some((phone, _)) = household.message_phone() else { return t.m("messages-phone-not-asked") };
    let number = domain::identity::Phone::parse(&phone.number).map_or_else(|_| phone.number.clone(), |p| p.to_string());
    let parts = [
        ("number", number.into()),
        ("whose", phone.whose.clone().into()),
        ("seen", t.code("seen-by", phone.seen_by.code()).into()),
    ];
    t.with("messages-agreed", &parts)
}
