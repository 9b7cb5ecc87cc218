//! The list of pairs that may be one person: made behind the writers from the search keys, looked at by officers.
//!
//! Whoever is registered or corrected is noted in `review_due` by the same transaction; a job then holds each of them
//! against the persons filed under the same keys. Everything here can be thrown away and made again.

use super::{
    candidates,
    judge::{self, Known},
    keys::{self, Keyed},
    links,
    merging::{self, Stake},
    read::{People, visible_household},
    search::MatchCard,
};
use crate::{
    Store,
    access::scope::Filter,
    db::{self, Conn, Row, Value, args, placeholders, with_conn},
    error::{Result, StoreError},
};
use domain::{
    ids::{HouseholdId, LinkId, PersonId},
    money::Paisa,
    people::{LinkDecision, link::ordered},
};
use linkage::Match;
use std::collections::{BTreeMap, BTreeSet, HashMap};

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

/// Which part of the list is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueueView {
    /// Nothing was decided yet.
    Open,
    /// Somebody was not sure.
    NotSure,
    /// One officer said that they are one person; another must confirm.
    Waiting,
    /// Joined, or told apart.
    Decided,
}

/// One pair in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueRow {
    /// Its key.
    pub link: LinkId,
    /// The record with the smaller key.
    pub first: Face,
    /// The other one.
    pub second: Face,
    /// Codes of the evidence, the weightiest first.
    pub why: Vec<String>,
    /// What stands on both together in a year.
    pub yearly: Paisa,
    /// Their open applications.
    pub open: i64,
    /// What was said, if anything.
    pub decision: Option<LinkDecision>,
    /// The records are joined.
    pub merged: bool,
}

/// A person in a list of pairs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// Who.
    pub person: PersonId,
    /// The household the record stands in.
    pub household: HouseholdId,
    /// What may be shown.
    pub card: MatchCard,
    /// Lies within the reader's scope.
    pub yours: bool,
}

/// Which pairs, of a household row `h1` and `h2`, a scope decides about.
fn decides(people: &People<'_>) -> Filter {
    if !links::reviews(people.scope) {
        return Filter::nothing();
    }
    match people.scope.officer().and_then(|officer| officer.district()) {
        Some(district) => {
            Filter::new("(h1.district = {} or h2.district = {})", vec![Value::from(district), Value::from(district)])
        }
        None => Filter::all(),
    }
}

const BOTH: &str = "join person p1 on p1.person_id = q.first join household h1 on h1.household_id = p1.household_id
    join person p2 on p2.person_id = q.second join household h2 on h2.household_id = p2.household_id";

impl People<'_> {
    /// The pairs of a view, by what is at stake: the largest amounts a year first, then open applications, then how
    /// much speaks for one person. Decided ones: the newest first.
    pub async fn review(&self, view: QueueView, offset: i64, limit: i64) -> Result<Vec<QueueRow>> {
        let (condition, scope) = decides(self).sql(3);
        let mut values = args![limit, offset];
        values.extend(scope);
        let open = "from review_pair q left join person_link l on l.link_id = q.link_id";
        let decided = "from person_link q left join review_pair l on l.link_id = q.link_id";
        let (from, columns, which, order) = match view {
            QueueView::Open => (open, OPEN, "l.link_id is null", STAKE),
            QueueView::NotSure => (open, OPEN, "l.decision = 'not_sure'", STAKE),
            QueueView::Waiting => (decided, DECIDED, "q.decision = 'same' and q.merged = false", SINCE),
            QueueView::Decided => (decided, DECIDED, "(q.decision = 'different' or q.merged = true)", SINCE),
        };
        // A record that was joined meanwhile is looked at through the one it was joined to.
        let standing = if from == open { "p1.joined_to is null and p2.joined_to is null and" } else { "" };
        let sql = format!(
            "select {columns} {from} {BOTH} where {standing} {which} and {condition} order by {order} limit $1 offset $2"
        );
        self.rows_of(sql, values).await
    }

    /// The other pairs that one of two records stands in: what may be one person of several records is seen together.
    pub async fn review_around(&self, link: LinkId, first: PersonId, second: PersonId) -> Result<Vec<QueueRow>> {
        let (condition, scope) = decides(self).sql(4);
        let mut values = args![link, first, second];
        values.extend(scope);
        let sql = format!(
            "select {OPEN} from review_pair q left join person_link l on l.link_id = q.link_id {BOTH}
             where (q.first in ($2, $3) or q.second in ($2, $3)) and q.link_id <> $1 and l.link_id is null
             and p1.joined_to is null and p2.joined_to is null and {condition} order by {STAKE} limit 20"
        );
        self.rows_of(sql, values).await
    }

    /// How many pairs wait in each view but the decided ones.
    pub async fn review_counts(&self) -> Result<Vec<(QueueView, i64)>> {
        let (condition, values) = decides(self).sql(1);
        let sql = format!(
            "select l.link_id is not null, count(*) from review_pair q
             left join person_link l on l.link_id = q.link_id {BOTH}
             where p1.joined_to is null and p2.joined_to is null and (l.link_id is null or l.decision = 'not_sure')
             and {condition} group by l.link_id is not null"
        );
        let mut counts = Vec::new();
        for row in self.store.db.rows(sql, values.clone()).await? {
            let view = if row.get(0)? { QueueView::NotSure } else { QueueView::Open };
            counts.push((view, row.get(1)?));
        }
        let sql = format!(
            "select count(*) from person_link q {BOTH} where q.decision = 'same' and q.merged = false and {condition}"
        );
        let row = self.store.db.row(sql, values).await?;
        counts.push((QueueView::Waiting, row.map(|row| row.get(0)).transpose()?.unwrap_or(0)));
        Ok(counts)
    }

    async fn rows_of(&self, sql: String, values: Vec<Value>) -> Result<Vec<QueueRow>> {
        let rows = self.store.db.rows(sql, values).await?;
        let mut persons = BTreeSet::new();
        for row in &rows {
            persons.extend([row.id::<PersonId>(1)?, row.id(2)?]);
        }
        let faces = self.faces(persons.into_iter().collect()).await?;
        let mut found = Vec::new();
        for row in &rows {
            found.extend(queue_row(row, &faces)?);
        }
        Ok(found)
    }

    async fn faces(&self, persons: Vec<PersonId>) -> Result<HashMap<PersonId, Face>> {
        let mut faces = HashMap::new();
        for some in persons.chunks(FACES) {
            let mut values: Vec<Value> = some.iter().map(|person| Value::from(*person)).collect();
            values.resize(FACES, some[0].into());
            let (condition, scope) = visible_household(self.scope).sql(FACES + 1);
            values.extend(scope);
            let sql = format!(
                "select p.person_id, p.household_id, p.left_on is not null, {condition}, c.card from person p
                 join household h on h.household_id = p.household_id
                 join person_keys c on c.person_id = p.person_id where p.person_id in ({})",
                placeholders(1, FACES)
            );
            for row in self.store.db.rows(sql, values).await? {
                let face = face(&row)?;
                faces.insert(face.person, face);
            }
        }
        Ok(faces)
    }
}

/// How many cards are read in one statement.
const FACES: usize = 50;

fn face(row: &Row) -> Result<Face> {
    let (left, yours): (bool, bool) = (row.get(2)?, row.get(3)?);
    let card = MatchCard::of(Keyed::of_card(&row.get::<String>(4)?)?, left);
    let card = if yours { card } else { card.hidden() };
    Ok(Face { person: row.id(0)?, household: row.id(1)?, card, yours })
}

const OPEN: &str = "q.link_id, q.first, q.second, q.evidence, q.yearly, q.open, l.decision, coalesce(l.merged, false)";
const DECIDED: &str =
    "q.link_id, q.first, q.second, q.evidence, coalesce(l.yearly, 0), coalesce(l.open, 0), q.decision, q.merged";
const STAKE: &str = "q.yearly desc, q.open desc, q.score desc, q.link_id";
const SINCE: &str = "q.decided_on desc, q.link_id";

/// A row of a list; nothing when a record has gone since the pair was made.
fn queue_row(row: &Row, faces: &HashMap<PersonId, Face>) -> Result<Option<QueueRow>> {
    let face = |index: usize| Ok::<_, StoreError>(faces.get(&row.id(index)?).cloned());
    let (Some(first), Some(second)) = (face(1)?, face(2)?) else { return Ok(None) };
    Ok(Some(QueueRow {
        link: row.id(0)?,
        first,
        second,
        why: row.json(3)?,
        yearly: Paisa(row.get(4)?),
        open: row.get(5)?,
        decision: row.code_opt(6)?,
        merged: row.get(7)?,
    }))
}
