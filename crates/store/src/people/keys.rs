//! Search keys of a person: derived by the normaliser, made again when a name, number, phone or village changes.

use crate::{
    db::{Conn, Value, args, placeholders, tuples},
    error::Result,
};
use domain::{
    event::{Event, Record},
    ids::PersonId,
    people::{Birth, Identity, PhoneEntry},
};
use linkage::PersonForKeys;

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

/// Makes the search keys that some events call for: once they are applied, and for all of them together.
pub(crate) async fn make_after<'e>(
    conn: &mut Conn<'_>,
    events: impl Iterator<Item = (Record, &'e Event)>,
) -> Result<()> {
    let (mut fresh, mut again): (Vec<PersonId>, Vec<PersonId>) = (Vec::new(), Vec::new());
    for (record, event) in events {
        match event {
            Event::MemberAdded(e) => fresh.push(e.person),
            Event::PersonCorrected(e) => again.push(e.person),
            Event::HouseholdCorrected(_) => {
                let rows = conn.rows("select person_id from person where household_id = $1", args![record.id]).await?;
                for row in rows {
                    again.push(row.id(0)?);
                }
            }
            _ => {}
        }
    }
    again.sort();
    again.dedup();
    fresh.retain(|person| !again.contains(person));
    for person in &again {
        conn.execute("delete from person_key where person_id = $1", args![*person]).await?;
    }
    fresh.extend(again);
    for some in fresh.chunks(TOGETHER) {
        make(conn, some).await?;
    }
    Ok(())
}

/// How many persons are read in one statement.
const TOGETHER: usize = 8;

/// Makes the keys of persons who have none.
async fn make(conn: &mut Conn<'_>, persons: &[PersonId]) -> Result<()> {
    let Some(last) = persons.last() else { return Ok(()) };
    // A short list repeats its last person, so that there is one statement for every length.
    let padded = persons.iter().chain(std::iter::repeat_n(last, TOGETHER - persons.len()));
    let values: Vec<Value> = padded.map(|person| Value::from(*person)).collect();
    let sql = format!(
        "select {COLUMNS}, p.person_id from person p join household h on h.household_id = p.household_id
         where p.person_id in ({})",
        placeholders(1, TOGETHER)
    );
    let mut keys: Vec<[Value; 3]> = Vec::new();
    for row in conn.rows(sql, values).await? {
        let person: PersonId = row.id(7)?;
        let made = Keyed::read(&row, 0)?.borrowed(linkage::person_keys);
        keys.extend(made.into_iter().map(|(kind, key)| [kind.code().into(), key.into(), person.into()]));
    }
    let mut rest = keys.as_slice();
    while !rest.is_empty() {
        let take = [32, 8, 4, 2, 1].into_iter().find(|n| *n <= rest.len()).unwrap_or(1);
        let (chunk, after) = rest.split_at(take);
        let sql =
            format!("insert into person_key (kind, key, person_id) values {} on conflict do nothing", tuples(take, 3));
        conn.execute(sql, chunk.iter().flatten().cloned().collect()).await?;
        rest = after;
    }
    Ok(())
}
