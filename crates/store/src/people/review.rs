//! The list of pairs that may be one person: made behind the writers from the search keys, looked at by officers.
//!
//! Whoever is registered or corrected is noted in `review_due` by the same transaction; a job then holds each of them
//! against the persons filed under the same keys. Everything here can be thrown away and made again.

mod list;

pub use list::{Face, QueueRow, QueueView};

use super::{
    candidates,
    judge::{self, Known},
    keys::{self, Keyed},
    merging::{self, Stake},
};
use crate::{
    Store,
    db::{self, Conn, args, with_conn},
    error::Result,
};
use domain::{
    ids::{LinkId, PersonId},
    money::Paisa,
    people::link::ordered,
};
use linkage::Match;
use std::collections::BTreeMap;

/// Version of the way pairs are found and weighed; raise it with every change that should make them again.
const REVIEW_VERSION: i64 = 1;
/// The setting that says by which version the pairs were made.
pub(crate) const MADE_BY: &str = "review-pairs";

/// What one turn of the job did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reviewed {
    /// Persons held against the others.
    pub persons: u64,
    /// Pairs found with them.
    pub pairs: u64,
}

/// Notes that somebody has to be held against the others (again).
pub(crate) async fn due(conn: &mut Conn<'_>, persons: impl Iterator<Item = PersonId>) -> Result<()> {
    let values = persons.flat_map(|person| args![person]).collect();
    conn.insert("review_due (person_id)", 1, values, "on conflict do nothing").await
}

/// Forgets every pair, before everything is replayed.
pub(crate) async fn remove_all(conn: &mut Conn<'_>) -> Result<()> {
    conn.execute("delete from review_due", args![]).await?;
    conn.execute("delete from review_pair", args![]).await.map(drop)
}

/// Forgets the pairs of some persons, and that they are due.
pub(super) async fn remove(conn: &mut Conn<'_>, persons: &[PersonId]) -> Result<()> {
    for person in persons {
        conn.execute("delete from review_due where person_id = $1", args![*person]).await?;
        conn.execute("delete from review_pair where first = $1", args![*person]).await?;
        conn.execute("delete from review_pair where second = $1", args![*person]).await?;
    }
    Ok(())
}

/// The records of a person: the one they are known by, and those joined to it.
pub(super) async fn group(conn: &mut Conn<'_>, person: PersonId) -> Result<Vec<PersonId>> {
    let sql = "select person_id from person_root where root = $1 order by person_id";
    let rows = conn.rows(sql, args![person]).await?;
    let joined = rows.iter().map(|row| row.id(0)).collect::<Result<Vec<PersonId>>>()?;
    Ok(std::iter::once(person).chain(joined).collect())
}

async fn root_of(conn: &mut Conn<'_>, person: PersonId) -> Result<PersonId> {
    let row = conn.row("select root from person_root where person_id = $1", args![person]).await?;
    Ok(row.map(|row| row.id(0)).transpose()?.unwrap_or(person))
}

/// A pair that was found.
struct Found {
    first: Known,
    second: Known,
    found: Match,
    yearly: Paisa,
    open: i64,
}

/// Everything found about one person, with what it was found from.
struct Looked {
    due: PersonId,
    /// The records whose pairs are replaced.
    records: Vec<PersonId>,
    pairs: Vec<Found>,
    /// The search card as it was read: another one meanwhile means the person has to be looked at again.
    card: Option<String>,
}

impl Store {
    /// Brings the list to the state of this release: when pairs were made by another one, everybody is due again.
    pub async fn review_up_to_date(&self) -> Result<()> {
        if self.setting(MADE_BY).await?.as_deref() == Some(builder().as_str()) {
            return Ok(());
        }
        self.review_again().await?;
        self.keep_setting(MADE_BY, &builder()).await
    }

    /// Throws the list away and notes everybody as due.
    pub async fn review_again(&self) -> Result<()> {
        crate::maintain!(self, true, conn => mark_all(&mut conn).await)
    }

    /// How many persons are due.
    pub async fn review_waiting(&self) -> Result<i64> {
        let row = self.db.row("select count(*) from review_due", args![]).await?;
        Ok(row.map(|row| row.get(0)).transpose()?.unwrap_or(0))
    }

    /// Holds at most `limit` of those who are due against everybody. Looking happens beside the writers; only what was
    /// found is written in their turn.
    pub async fn review_due(&self, stake: &Stake, limit: i64) -> Result<Reviewed> {
        let rows = self.db.rows("select person_id from review_due order by person_id limit $1", args![limit]).await?;
        let mut looked = Vec::with_capacity(rows.len());
        for row in rows {
            let person: PersonId = row.id(0)?;
            looked.push(with_conn!(&self.db, conn => look(&mut conn, person, stake).await)?);
        }
        let done = Reviewed {
            persons: looked.len() as u64,
            pairs: looked.iter().map(|looked| looked.pairs.len() as u64).sum(),
        };
        if !looked.is_empty() {
            self.write_pairs(looked).await?;
        }
        Ok(done)
    }

    async fn write_pairs(&self, looked: Vec<Looked>) -> Result<()> {
        crate::maintain!(self, true, conn => write(&mut conn, &looked).await)
    }
}

/// The version of everything that shapes a pair.
fn builder() -> String {
    format!("{REVIEW_VERSION}, keys {}", linkage::BUILDER_VERSION)
}

async fn mark_all(conn: &mut Conn<'_>) -> Result<()> {
    remove_all(conn).await?;
    conn.execute("insert into review_due (person_id) select person_id from person_keys", args![]).await.map(drop)
}

/// Finds the pairs of a person, by all of their records.
async fn look(conn: &mut Conn<'_>, due: PersonId, stake: &Stake) -> Result<Looked> {
    let root = root_of(conn, due).await?;
    let group = group(conn, root).await?;
    let card = keys::card(conn, due).await?;
    let mut records = group.clone();
    records.push(due);
    let mut best: BTreeMap<PersonId, Match> = BTreeMap::new();
    for record in &group {
        let Some(mine) = judge::known(conn, *record).await? else { continue };
        for other in alike(conn, &mine).await? {
            let (other_root, Some(theirs)) = (root_of(conn, other).await?, judge::known(conn, other).await?) else {
                continue;
            };
            let (first, second) = if mine.person <= other { (&mine, &theirs) } else { (&theirs, &mine) };
            let Some(found) = judge::judge(first, second).filter(Match::is_worth_reviewing) else { continue };
            // A family named both as its members: alike is not enough.
            if mine.household == theirs.household && !found.is_more_than_a_similar_name() {
                continue;
            }
            if other_root != root && best.get(&other_root).is_none_or(|have| have.rank_key() < found.rank_key()) {
                best.insert(other_root, found);
            }
        }
    }
    let mut pairs = Vec::new();
    for (other, found) in best {
        let (first, second) = ordered(root, other);
        let Some((first, second)) = merging::both(conn, first, second).await? else { continue };
        if !told_apart(conn, &first, &second).await? {
            let (yearly, open) = merging::at_stake(conn, &first, &second, stake).await?;
            pairs.push(Found { first, second, found, yearly, open });
        }
    }
    Ok(Looked { due, records, pairs, card })
}

/// Persons filed under the same keys who are more than relatives.
async fn alike(conn: &mut Conn<'_>, mine: &Known) -> Result<Vec<PersonId>> {
    let query = mine.card.borrowed(linkage::Query::of_person);
    let ranker = linkage::Ranker::new(&query);
    let mut found = Vec::new();
    for (person, card) in candidates::read(conn, &linkage::query_keys(&query)).await? {
        let matched = Keyed::of_card(&card)?.borrowed(|other| ranker.compare(other));
        if person != mine.person && matched.is_some_and(|matched| matched.may_be_the_same()) {
            found.push(person);
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// Whether an officer said that these are two people, about any of their records.
async fn told_apart(conn: &mut Conn<'_>, first: &Known, second: &Known) -> Result<bool> {
    let (ours, theirs) = (group(conn, first.person).await?, group(conn, second.person).await?);
    for one in &ours {
        for other in &theirs {
            let sql = "select 1 from person_link l where l.link_id = $1 and l.decision = 'different'";
            if conn.row(sql, args![LinkId::of(*one, *other)]).await?.is_some() {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

async fn write(conn: &mut Conn<'_>, looked: &[Looked]) -> Result<()> {
    for one in looked {
        for record in &one.records {
            conn.execute("delete from review_pair where first = $1", args![*record]).await?;
            conn.execute("delete from review_pair where second = $1", args![*record]).await?;
        }
        for pair in &one.pairs {
            let codes: Vec<&str> = pair.found.why.iter().map(|evidence| evidence.code()).collect();
            let values = args![
                LinkId::of(pair.first.person, pair.second.person),
                pair.first.person,
                pair.second.person,
                &pair.first.card.district,
                &pair.second.card.district,
                i64::from(pair.found.score),
                db::json(&codes)?,
                pair.yearly.0,
                pair.open,
                REVIEW_VERSION
            ];
            let into = "review_pair (link_id, first, second, first_district, second_district, score, evidence, yearly,
                open, builder)";
            conn.insert(into, 10, values, "on conflict do nothing").await?;
        }
        let sql = "delete from review_due where person_id = $1 and coalesce((select c.card from person_keys c
                   where c.person_id = $1), '') = $2";
        conn.execute(sql, args![one.due, one.card.clone().unwrap_or_default()]).await?;
    }
    Ok(())
}
