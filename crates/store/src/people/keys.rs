//! Search keys of a person: derived by the normaliser, made again when a name, number, phone or village changes.

use super::key_rows::{self, Filed, hashed};
use crate::{
    db::{Conn, Row, Value, args, placeholders},
    error::{Result, corrupt},
};
use domain::{
    event::{Event, Record},
    ids::PersonId,
    people::{Birth, HouseholdRegistered, Identity, PersonDetails, PhoneEntry},
};
use linkage::PersonForKeys;
use serde_json::json;
use std::collections::HashMap;
use uuid::Uuid;

/// A person with what keys and comparisons read.
#[derive(Clone)]
pub(super) struct Keyed {
    pub given: String,
    pub father_or_husband: Option<String>,
    pub village: Option<String>,
    pub district: String,
    pub birth_year: Option<i32>,
    pub numbers: Vec<String>,
    pub phones: Vec<String>,
}

impl Keyed {
    /// A person who comes with their household.
    fn of_new(household: &HouseholdRegistered, person: &PersonDetails) -> Self {
        Keyed {
            given: person.given.clone(),
            father_or_husband: person.father_or_husband.clone(),
            birth_year: person.birth.map(Birth::year),
            numbers: person.identities.iter().map(|i| i.number.digits.clone()).collect(),
            village: household.place.village.clone(),
            district: household.place.district.0.clone(),
            phones: household.phones.iter().map(|p| p.number.clone()).collect(),
        }
    }

    /// Its keys, hashed, and its card.
    pub(super) fn filed(&self) -> Filed {
        let keys = self.borrowed(linkage::person_keys);
        Filed { keys: keys.iter().map(|(kind, key)| hashed(*kind, key)).collect(), card: self.card() }
    }

    /// Reads the columns given, father, birth, identities, village, district, phones from position `at`.
    pub(super) fn read(row: &crate::db::Row, at: usize) -> Result<Self> {
        let birth: Option<String> = row.get(at + 2)?;
        let identities: Vec<Identity> = row.json(at + 3)?;
        let phones: Vec<PhoneEntry> = row.json(at + 6)?;
        Ok(Keyed {
            given: row.get(at)?,
            father_or_husband: row.get(at + 1)?,
            birth_year: birth.and_then(|text| Birth::parse(&text).ok()).map(Birth::year),
            numbers: identities.into_iter().map(|i| i.number.digits).collect(),
            village: row.get(at + 4)?,
            district: row.get(at + 5)?,
            phones: phones.into_iter().map(|p| p.number).collect(),
        })
    }

    /// The same as one text, which a search reads in one column.
    fn card(&self) -> String {
        let names = json!([self.given, self.father_or_husband, self.village, self.district]);
        json!([names, self.birth_year, self.numbers, self.phones]).to_string()
    }

    /// Reads a card.
    pub(super) fn of_card(card: &str) -> Result<Self> {
        let (names, birth_year, numbers, phones) = serde_json::from_str(card).map_err(corrupt)?;
        let (given, father_or_husband, village, district) = names;
        Ok(Keyed { given, father_or_husband, village, district, birth_year, numbers, phones })
    }

    /// Calls `with` with the borrowed form that the normaliser takes.
    pub(super) fn borrowed<T>(&self, with: impl FnOnce(&PersonForKeys<'_>) -> T) -> T {
        let numbers: Vec<&str> = self.numbers.iter().map(String::as_str).collect();
        let phones: Vec<&str> = self.phones.iter().map(String::as_str).collect();
        with(&PersonForKeys {
            given: &self.given,
            father_or_husband: self.father_or_husband.as_deref(),
            village: self.village.as_deref(),
            district: Some(&self.district),
            birth_year: self.birth_year,
            numbers: &numbers,
            phones: &phones,
        })
    }
}

/// The keys of persons who come with their household: all that makes them is in the events.
pub(crate) fn of_new<'e>(events: impl Iterator<Item = (Record, &'e Event)>) -> HashMap<PersonId, Filed> {
    let mut households: HashMap<Record, &HouseholdRegistered> = HashMap::new();
    let mut keys = HashMap::new();
    for (record, event) in events {
        match event {
            Event::HouseholdRegistered(e) => {
                households.insert(record, e);
            }
            Event::MemberAdded(e) => {
                let made = households.get(&record).map(|household| Keyed::of_new(household, &e.details).filed());
                keys.extend(made.map(|made| (e.person, made)));
            }
            _ => {}
        }
    }
    keys
}

/// Makes the search keys that some events call for: once they are applied, and for all of them together. Some are
/// `made` already.
pub(crate) async fn make_after<'e>(
    conn: &mut Conn<'_>,
    events: impl Iterator<Item = (Record, &'e Event)>,
    made: &HashMap<PersonId, Filed>,
) -> Result<()> {
    let (mut fresh, mut again): (Vec<PersonId>, Vec<PersonId>) = (Vec::new(), Vec::new());
    let mut regrouped: Vec<PersonId> = Vec::new();
    for (record, event) in events {
        match event {
            Event::MemberAdded(e) => fresh.push(e.person),
            Event::PersonCorrected(e) => again.push(e.person),
            Event::HouseholdCorrected(_) => again.extend(of_household(conn, record.id).await?),
            Event::RecordsJoined(e) => regrouped.push(e.absorbed),
            Event::RecordsParted(e) => regrouped.push(e.absorbed),
            _ => {}
        }
    }
    again.sort();
    again.dedup();
    fresh.retain(|person| !again.contains(person));
    super::review::due(conn, fresh.iter().chain(&again).chain(&regrouped).copied()).await?;
    key_rows::remove(conn, &again).await?;
    let ready: Vec<_> = fresh.iter().filter_map(|person| Some((*person, made.get(person)?.clone()))).collect();
    key_rows::add(conn, &ready).await?;
    fresh.retain(|person| !made.contains_key(person));
    fresh.extend(again);
    make(conn, &fresh).await
}

/// The persons ever added to a household.
pub(crate) async fn of_household(conn: &mut Conn<'_>, household: Uuid) -> Result<Vec<PersonId>> {
    let rows = conn.rows("select person_id from person where household_id = $1", args![household]).await?;
    rows.iter().map(|row| row.id(0)).collect()
}

/// The search card of a person, as it is stored.
pub(super) async fn card(conn: &mut Conn<'_>, person: PersonId) -> Result<Option<String>> {
    let row = conn.row("select card from person_keys where person_id = $1", args![person]).await?;
    row.map(|row| row.get(0)).transpose()
}

/// How many persons are read in one statement.
const TOGETHER: usize = 8;

/// Makes the keys of persons who have none.
async fn make(conn: &mut Conn<'_>, persons: &[PersonId]) -> Result<()> {
    for some in persons.chunks(TOGETHER) {
        // A short list repeats its last person, so that there is one statement for every length.
        let padded = some.iter().chain(std::iter::repeat_n(&some[some.len() - 1], TOGETHER - some.len()));
        let values: Vec<Value> = padded.map(|person| Value::from(*person)).collect();
        let sql = format!("{PERSONS} where p.person_id in ({})", placeholders(1, TOGETHER));
        let filed = made(&conn.rows(sql, values).await?)?;
        key_rows::add(conn, &filed).await?;
    }
    Ok(())
}

/// A person with the columns of [`Keyed::read`] before it.
pub(super) const PERSONS: &str =
    "select p.given, p.father_or_husband, p.birth, p.identities, h.village, h.district, h.phones,
    p.person_id from person p join household h on h.household_id = p.household_id";

/// What persons read with [`PERSONS`] are filed by.
pub(super) fn made(rows: &[Row]) -> Result<Vec<(PersonId, Filed)>> {
    rows.iter().map(|row| Ok((row.id(7)?, Keyed::read(row, 0)?.filed()))).collect()
}

/// Version of [`Keyed::card`]; raise it with every change of its shape.
pub(super) const CARD_VERSION: i64 = 1;
