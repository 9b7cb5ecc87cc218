//! What a clerk types for somebody on file: seldom what is written there.

use super::{
    names::{Script, Written},
    people::Known,
};
use crate::demo::Dice;
use domain::{ids::PersonId, people::Sex};

/// One search, and who is meant.
pub(super) struct Asked {
    pub typed: String,
    pub person: PersonId,
    /// Their place among the members.
    pub at: usize,
    /// What is on file of them.
    pub on_file: OnFile,
    /// What was typed of them.
    pub telling: Telling,
}

/// What a search tells of the person meant.
#[derive(Debug, Clone, Copy)]
pub(super) enum Telling {
    /// A number or a phone of their own family.
    Number,
    /// Own name and father's or husband's, without companions when `bare`; perhaps the village, or the year of birth.
    Names { bare: bool, village: bool, year: Option<i32> },
}

/// The names and the year under which somebody is on file.
pub(super) struct OnFile {
    pub given: String,
    pub father: String,
    pub village: String,
    pub year: Option<i32>,
}

impl OnFile {
    fn of(known: &Known, at: usize) -> Self {
        let details = &known.family.members[at].details;
        OnFile {
            given: details.given.clone(),
            father: details.father_or_husband.clone().unwrap_or_default(),
            village: known.family.registered.place.village.clone().unwrap_or_default(),
            year: details.birth.map(|birth| birth.year()),
        }
    }
}

/// The ways to ask, each with what is wrong in it.
pub(super) const WAYS: &[&str] = &[
    "the number",
    "the number with a wrong digit",
    "the number with a digit missing",
    "the number with two digits swapped",
    "the phone and the name",
    "name, father, village",
    "another spelling",
    "another spelling, filler words left out",
    "in Urdu, filler words left out",
    "village first, another spelling",
    "loose words, filler words left out",
    "name, father, year one off",
];

/// A search for a member of a family in some way; a way that the member has nothing for becomes a name.
pub(super) fn ask(known: &Known, way: &'static str, dice: &mut Dice) -> Asked {
    let at = usize::try_from(dice.next() % known.family.members.len() as u64).unwrap_or(0);
    let member = &known.family.members[at];
    let (own, father) = &known.names[at];
    let number = member.details.identities.first().map(|identity| identity.number.digits.clone());
    let phone = known.family.registered.phones.first().map(|phone| phone.number.clone());
    let female = member.details.sex == Some(Sex::Female);
    let (of, in_urdu) = if female { ("d/o", "دختر") } else { ("s/o", "ولد") };
    let bare = way.ends_with("left out") || way.ends_with("the name") || way.ends_with("off");
    let script = match way {
        "in Urdu, filler words left out" => Script::Urdu,
        "name, father, village" => Script::Latin,
        _ => Script::OtherSpelling,
    };
    let mut say = |name: &Written| name.text(script, bare, dice);
    let (own, father, village) = (say(own), say(father), say(&known.village));
    let name = format!("{own} {of} {father}, {village}");
    let mut telling = Telling::Names { bare, village: true, year: None };
    if (way.starts_with("the number") && number.is_some()) || (way.starts_with("the phone") && phone.is_some()) {
        telling = Telling::Number;
    }
    let typed = match way {
        "the number" => number.unwrap_or(name),
        "the number with a wrong digit" => number.map_or(name, |number| wrong(&number, dice)),
        "the number with a digit missing" => number.map_or(name, |number| missing(&number, dice)),
        "the number with two digits swapped" => number.map_or(name, |number| swapped(&number, dice)),
        "the phone and the name" => phone.map_or(name, |phone| format!("{phone} {own}")),
        "name, father, village" => format!("{own}, {father}, {village}"),
        "in Urdu, filler words left out" => format!("{own} {in_urdu} {father}، {village}"),
        "village first, another spelling" => format!("{village}, {father}, {own}"),
        "loose words, filler words left out" => format!("{own} {father} {village}"),
        "name, father, year one off" => {
            let year = 1 + member.details.birth.map_or(1990, |birth| birth.year());
            telling = Telling::Names { bare, village: false, year: Some(year) };
            format!("{own} {of} {father} {year}")
        }
        _ => name,
    };
    Asked { typed, person: member.id, at, on_file: OnFile::of(known, at), telling }
}

/// What the registration form holds of somebody who is on file already.
pub(super) struct Form {
    pub given: String,
    pub father: String,
    pub village: String,
    pub birth_year: Option<i32>,
    pub phone: Option<String>,
    pub person: PersonId,
}

/// Registers a member once more: other spellings, no number, the year of birth up to one off, the phone half the time.
pub(super) fn register_again(known: &Known, dice: &mut Dice) -> Form {
    let at = usize::try_from(dice.next() % known.family.members.len() as u64).unwrap_or(0);
    let member = &known.family.members[at];
    let off = i32::try_from(dice.between(-1, 1)).unwrap_or(0);
    let phone = known.family.registered.phones.first().filter(|_| dice.percent(50));
    let bare = dice.percent(50);
    let mut say = |name: &Written| name.text(Script::OtherSpelling, bare, dice);
    Form {
        given: say(&known.names[at].0),
        father: say(&known.names[at].1),
        village: say(&known.village),
        birth_year: member.details.birth.map(|birth| birth.year() + off),
        phone: phone.map(|phone| phone.number.clone()),
        person: member.id,
    }
}

fn place(number: &str, dice: &mut Dice) -> usize {
    usize::try_from(dice.between(5, number.len() as i64 - 2)).unwrap_or(5)
}

fn wrong(number: &str, dice: &mut Dice) -> String {
    let at = place(number, dice);
    let mut digits: Vec<char> = number.chars().collect();
    let digit = digits[at].to_digit(10).unwrap_or(0);
    digits[at] = char::from_digit((digit + u32::try_from(dice.between(1, 9)).unwrap_or(1)) % 10, 10).unwrap_or('0');
    digits.into_iter().collect()
}

fn missing(number: &str, dice: &mut Dice) -> String {
    let mut out = number.to_owned();
    out.remove(place(number, dice));
    out
}

fn swapped(number: &str, dice: &mut Dice) -> String {
    let at = place(number, dice);
    let mut digits: Vec<char> = number.chars().collect();
    digits.swap(at, at + 1);
    digits.into_iter().collect()
}
