//! Two records on file held against each other: what their search cards tell, and what only the whole records do.

use super::{keys::Keyed, read};
use crate::{
    db::{Conn, Row, args},
    error::Result,
};
use domain::{
    ids::{HouseholdId, PersonId},
    people::{Birth, Listed, PersonDetails, Sex},
};
use linkage::{Evidence, Match, Query, Ranker};

/// A record with all that is compared.
#[derive(Clone)]
pub(super) struct Known {
    pub person: PersonId,
    pub household: HouseholdId,
    pub details: PersonDetails,
    pub card: Keyed,
    pub left: bool,
    pub joined_to: Option<PersonId>,
}

const KNOWN: &str = "p.household_id, p.left_on is not null, p.joined_to, h.village, h.district, h.phones from person p
    join household h on h.household_id = p.household_id";

/// Reads a record; `None` when it is not there.
pub(super) async fn known(conn: &mut Conn<'_>, person: PersonId) -> Result<Option<Known>> {
    let sql = format!("select {}, {KNOWN} where p.person_id = $1", read::DETAILS);
    conn.row(sql, args![person]).await?.map(|row| of_row(&row)).transpose()
}

fn of_row(row: &Row) -> Result<Known> {
    let details = read::details(row)?;
    let phones: Vec<domain::people::PhoneEntry> = row.json(13)?;
    let card = Keyed {
        given: details.given.clone(),
        father_or_husband: details.father_or_husband.clone(),
        village: row.get(11)?,
        district: row.get(12)?,
        birth_year: details.birth.map(Birth::year),
        numbers: details.identities.iter().map(|identity| identity.number.digits.clone()).collect(),
        phones: phones.into_iter().map(|phone| phone.number).collect(),
    };
    let (household, left, joined_to) = (row.id(8)?, row.get(9)?, row.id_opt(10)?);
    Ok(Known { person: row.id(0)?, household, details, card, left, joined_to })
}

/// Compares two records; `None` when nothing of weight agrees.
pub(super) fn judge(first: &Known, second: &Known) -> Option<Match> {
    let query = first.card.borrowed(Query::of_person);
    let found = second.card.borrowed(|other| Ranker::new(&query).compare(other))?;
    Some(found.with(whole_records(&first.details, &second.details)))
}

/// Compares the row of a list with a record.
pub(super) fn judge_row(row: &Listed, card: &Keyed, other: &Known) -> Option<Match> {
    let query = card.borrowed(Query::of_person);
    let found = other.card.borrowed(|other| Ranker::new(&query).compare(other))?;
    let details = PersonDetails {
        given: row.given.clone(),
        father_or_husband: row.father_or_husband.clone(),
        sex: row.sex,
        birth: row.birth,
        relationship: None,
        marital_status: None,
        identities: Vec::new(),
    };
    Some(found.with(whole_records(&details, &other.details)))
}

/// What a search card does not hold: the day of birth, and sex as said.
fn whole_records(first: &PersonDetails, second: &PersonDetails) -> Vec<Evidence> {
    let mut more = Vec::new();
    if let (Some(Birth::Day(one)), Some(Birth::Day(other))) = (first.birth, second.birth)
        && one == other
        && !is_placeholder(one)
    {
        more.push(Evidence::SameBirthDate);
    }
    let told_apart = |sexes: (Option<Sex>, Option<Sex>)| {
        matches!(sexes, (Some(Sex::Female), Some(Sex::Male)) | (Some(Sex::Male), Some(Sex::Female)))
    };
    if told_apart((first.sex, second.sex)) {
        more.push(Evidence::DifferentSex);
    }
    more
}

/// The first of January stands for "some day of that year".
fn is_placeholder(day: domain::Date) -> bool {
    use chrono::Datelike;
    (day.month(), day.day()) == (1, 1)
}
