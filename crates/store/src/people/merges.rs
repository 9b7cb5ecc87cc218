//! The merges that a person took part in: what was joined, by whom, why, and what was undone.

use super::{
    keys::{self, Keyed},
    links::{self, LinkStep},
    read::{People, visible_household},
    review,
    search::MatchCard,
};
use crate::{
    access::scope::Filter,
    db::{Conn, Row, Value, args, with_conn},
    error::{Result, corrupt},
};
use domain::{
    event::{Event, FORMAT},
    ids::{HouseholdId, LinkId, PersonId},
};
use std::collections::BTreeMap;

/// Two records that are joined, or were once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// The pair that it was decided on.
    pub link: LinkId,
    /// The other record: in full while it is joined or within the reader's scope, a match card otherwise.
    pub other: MatchCard,
    /// The records are joined now.
    pub joined: bool,
    /// Everything that was decided about the pair, oldest first; reasons only for whoever decides about pairs.
    pub steps: Vec<LinkStep>,
}

impl People<'_> {
    /// The members of a visible household whose records were ever joined to another, by their keys.
    pub async fn ever_joined(&self, household: HouseholdId) -> Result<Vec<PersonId>> {
        if self.version(household).await?.is_none() {
            return Ok(Vec::new());
        }
        with_conn!(&self.store.db, conn => {
            let mut persons = Vec::new();
            for (kept, absorbed, _) in joins(&mut conn, household).await? {
                for person in [kept, absorbed] {
                    let sql = "select 1 from person p where p.person_id = $1 and p.household_id = $2";
                    if conn.row(sql, args![person, household]).await?.is_some() {
                        persons.push(person);
                    }
                }
            }
            persons.sort_unstable();
            persons.dedup();
            Ok(persons)
        })
    }

    /// The merges of a member of a visible household, by their pairs; those of records joined to theirs among them. `None`
    /// when nothing of it is the scope's to see.
    pub async fn merges(&self, household: HouseholdId, person: PersonId) -> Result<Option<Vec<Merge>>> {
        if self.version(household).await?.is_none() || !links::reviews(self.scope) {
            return Ok(None);
        }
        let (condition, scope) = visible(self);
        with_conn!(&self.store.db, conn => {
            let conn = &mut conn;
            let sql = "select 1 from person p where p.person_id = $1 and p.household_id = $2";
            if conn.row(sql, args![person, household]).await?.is_none() {
                return Ok(None);
            }
            let mut pairs: BTreeMap<LinkId, PersonId> = BTreeMap::new();
            for record in review::group(conn, person).await? {
                let sql = "select p.household_id from person p where p.person_id = $1";
                let Some(row) = conn.row(sql, args![record]).await? else { continue };
                for (kept, absorbed, link) in joins(conn, row.id(0)?).await? {
                    let other = if record == kept { absorbed } else { kept };
                    if (record == kept || record == absorbed) && other != person {
                        pairs.insert(link, other);
                    }
                }
            }
            let mut merges = Vec::new();
            for (link, other) in pairs {
                let joined = links::now(conn, link).await?.is_some_and(|now| now.merged);
                let Some(card) = keys::card(conn, other).await? else { continue };
                let sql = format!("select p.left_on is not null, {condition} from person p
                     join household h on h.household_id = p.household_id where p.person_id = $1");
                let mut values = args![other];
                values.extend(scope.clone());
                let row = conn.row(sql, values).await?.ok_or_else(|| corrupt("a pair without its records"))?;
                let (left, yours): (bool, bool) = (row.get(0)?, row.get(1)?);
                let card = MatchCard::of(Keyed::of_card(&card)?, left);
                let other = if joined || yours { card } else { card.hidden() };
                merges.push(Merge { link, other, joined, steps: links::history(conn, link).await? });
            }
            Ok(Some(merges))
        })
    }
}

fn visible(people: &People<'_>) -> (String, Vec<Value>) {
    let filter: Filter = visible_household(people.scope);
    filter.sql(2)
}

/// Every merge that a household's record tells of: kept, absorbed, the pair.
async fn joins(conn: &mut Conn<'_>, household: HouseholdId) -> Result<Vec<(PersonId, PersonId, LinkId)>> {
    let sql = "select j.kind, j.format, p.payload from journal j
               join journal_payload p on p.record_id = j.record_id and p.version = j.version
               where j.record_id = $1 and j.kind = 'records-joined' order by j.version";
    let joined = |row: &Row| {
        let format = i32::try_from(row.get::<i64>(1)?).unwrap_or(FORMAT);
        match row.get::<Option<String>>(2)? {
            Some(payload) => match Event::decode(&row.get::<String>(0)?, format, &payload).map_err(corrupt)? {
                Event::RecordsJoined(e) => Ok(Some((e.kept, e.absorbed, e.link))),
                _ => Ok(None),
            },
            None => Ok(None),
        }
    };
    let all: Result<Vec<_>> = conn.rows(sql, args![household]).await?.iter().map(joined).collect();
    Ok(all?.into_iter().flatten().collect())
}
