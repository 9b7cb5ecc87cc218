//! Search keys of a person: derived by the normaliser, made again when a name, number, phone or village changes.

use crate::{
    db::{Conn, Value, args, tuples},
    error::Result,
};
use domain::{
    ids::PersonId,
    people::{Birth, Identity, PhoneEntry},
};
use linkage::PersonForKeys;
use uuid::Uuid;

/// A person with what keys and comparisons read.
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

/// The columns that [`Keyed::read`] expects.
pub(super) const COLUMNS: &str = "p.given, p.father_or_husband, p.birth, p.identities, h.village, h.district, h.phones";

/// Makes a person's keys again.
pub(super) async fn rebuild_person(conn: &mut Conn<'_>, person: PersonId) -> Result<()> {
    conn.execute("delete from person_key where person_id = $1", args![person]).await?;
    make_person(conn, person).await
}

/// Makes the keys of a person who has none.
pub(super) async fn make_person(conn: &mut Conn<'_>, person: PersonId) -> Result<()> {
    let sql = "select p.given, p.father_or_husband, p.birth, p.identities, h.village, h.district, h.phones
               from person p join household h on h.household_id = p.household_id where p.person_id = $1";
    let Some(row) = conn.row(sql, args![person]).await? else { return Ok(()) };
    let keys = Keyed::read(&row, 0)?.borrowed(linkage::person_keys);
    let mut rest = keys.as_slice();
    while !rest.is_empty() {
        let take = [8, 4, 2, 1].into_iter().find(|n| *n <= rest.len()).unwrap_or(1);
        let (chunk, after) = rest.split_at(take);
        let values: Vec<Value> = chunk.iter().flat_map(|(kind, key)| args![kind.code(), key, person]).collect();
        let sql =
            format!("insert into person_key (kind, key, person_id) values {} on conflict do nothing", tuples(take, 3));
        conn.execute(sql, values).await?;
        rest = after;
    }
    Ok(())
}

/// Makes the keys of a household's members again.
pub(super) async fn rebuild_household(conn: &mut Conn<'_>, household: Uuid) -> Result<()> {
    let rows = conn.rows("select person_id from person where household_id = $1", args![household]).await?;
    for row in rows {
        rebuild_person(conn, row.id(0)?).await?;
    }
    Ok(())
}
