//! Reading the list of pairs: by what is at stake, within the districts that a scope decides about.

use super::super::{
    keys::Keyed,
    links,
    read::{People, visible_household},
    search::MatchCard,
};
use crate::{
    access::scope::Filter,
    db::{Row, Value, args, placeholders},
    error::{Result, StoreError},
};
use domain::{
    ids::{HouseholdId, LinkId, PersonId},
    money::Paisa,
    people::LinkDecision,
};
use std::collections::{BTreeSet, HashMap};

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
