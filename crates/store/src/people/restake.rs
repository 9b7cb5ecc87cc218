//! What stands on a pair is worked out when the pair is made. Whoever stands in one is looked at again when that changes:
//! an application comes or moves, a list was taken, a listed row is decided, the pack pays otherwise.

use super::merging::Stake;
use crate::{
    Store,
    db::{Conn, args},
    error::Result,
};
use domain::{
    event::{Event, Record},
    ids::{ApplicationId, HouseholdId},
    people::{ListedConfirmed, ListedDecided, ListedTakenBack},
};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};
use uuid::Uuid;

/// The setting that says by which amounts the list was ordered.
const STAKE: &str = "review-stake";

/// Notes whoever stands in a pair and is concerned by some events that were just applied.
pub(crate) async fn make_after<'e>(
    conn: &mut Conn<'_>,
    events: impl Iterator<Item = (Record, &'e Event)>,
) -> Result<()> {
    let mut homes: BTreeSet<HouseholdId> = BTreeSet::new();
    let mut known: BTreeMap<Uuid, Option<HouseholdId>> = BTreeMap::new();
    let mut moved: BTreeSet<Uuid> = BTreeSet::new();
    for (record, event) in events {
        match event {
            // A protected application adds nothing to what a pair shows.
            Event::ApplicationSubmitted(e) => {
                known.insert(record.id, Some(e.household).filter(|_| !e.protected));
                homes.extend(known[&record.id]);
            }
            Event::ApplicationMoved(_) => {
                moved.insert(record.id);
            }
            Event::ImportFinished(_) | Event::ImportCancelled(_) => of_import(conn, record.id).await?,
            Event::ListedMatched(e) => of_person(conn, e.person.0).await?,
            Event::ListedDecided(ListedDecided { person: Some(person), .. })
            | Event::ListedConfirmed(ListedConfirmed { person, .. })
            | Event::ListedTakenBack(ListedTakenBack { person: Some(person), .. }) => of_person(conn, person.0).await?,
            _ => {}
        }
    }
    for application in moved.into_iter().filter(|id| !known.contains_key(id)) {
        let sql = "select household_id from application where application_id = $1 and protected = false";
        if let Some(row) = conn.row(sql, args![ApplicationId(application)]).await? {
            homes.insert(row.id(0)?);
        }
    }
    for home in homes {
        of_household(conn, home).await?;
    }
    Ok(())
}

const DUE: &str = "insert into review_due (person_id)";
const STANDS_IN_A_PAIR: &str = "(exists (select 1 from review_pair q where q.first = coalesce(r.root, p.person_id))
      or exists (select 1 from review_pair q where q.second = coalesce(r.root, p.person_id))) on conflict do nothing";

async fn of_household(conn: &mut Conn<'_>, household: HouseholdId) -> Result<()> {
    let sql = format!(
        "{DUE} select distinct coalesce(r.root, p.person_id) from person p
         left join person_root r on r.person_id = p.person_id where p.household_id = $1 and {STANDS_IN_A_PAIR}"
    );
    conn.execute(sql, args![household]).await.map(drop)
}

async fn of_person(conn: &mut Conn<'_>, person: Uuid) -> Result<()> {
    let sql = format!(
        "{DUE} select distinct coalesce(r.root, p.person_id) from person p
         left join person_root r on r.person_id = p.person_id where p.person_id = $1 and {STANDS_IN_A_PAIR}"
    );
    conn.execute(sql, args![person]).await.map(drop)
}

/// Whom a list names, once all of its rows are taken.
async fn of_import(conn: &mut Conn<'_>, import: Uuid) -> Result<()> {
    let sql = format!(
        "{DUE} select distinct coalesce(r.root, p.person_id) from benefit b join person p on p.person_id = b.person_id
         left join person_root r on r.person_id = p.person_id where b.import_id = $1 and {STANDS_IN_A_PAIR}"
    );
    conn.execute(sql, args![import]).await.map(drop)
}

impl Store {
    /// Says what programmes are worth now; when that is not what the list of pairs was ordered by, everybody in it is
    /// looked at again.
    pub async fn review_stake_is(&self, stake: &Stake) -> Result<()> {
        let mark = mark(stake);
        if self.setting(STAKE).await?.as_deref() == Some(mark.as_str()) {
            return Ok(());
        }
        let sql = format!("{DUE} select q.first from review_pair q where q.builder >= 0 on conflict do nothing");
        self.due_again(sql).await?;
        self.keep_setting(STAKE, &mark).await
    }

    async fn due_again(&self, sql: String) -> Result<()> {
        crate::maintain!(self, true, conn => conn.execute(sql, args![]).await.map(drop))
    }
}

/// The amounts in short: the first half of a hash of all of them, in the order of their programmes.
fn mark(stake: &Stake) -> String {
    let amounts: BTreeMap<&str, i64> = stake.yearly.iter().map(|(id, worth)| (id.0.as_str(), worth.0)).collect();
    let mut text = String::new();
    for (programme, worth) in amounts {
        // Writing to a text never fails.
        let _ = writeln!(text, "{programme} {worth}");
    }
    Sha256::digest(text).iter().take(16).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
