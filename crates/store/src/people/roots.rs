//! Groups of joined records: which record each is known by. Derived from `person.joined_to`, so that a read needs one
//! look-up however often records were joined.

use crate::{
    db::{Conn, args},
    error::Result,
};
use domain::{
    event::{Event, Record},
    ids::PersonId,
};
use std::collections::{BTreeSet, HashMap};

/// The steps up a group at most; more than anybody was ever registered.
const DEEPEST: usize = 50;

/// Works out again the groups that some events touched, once these are applied.
pub(crate) async fn make_after<'e>(
    conn: &mut Conn<'_>,
    events: impl Iterator<Item = (Record, &'e Event)>,
) -> Result<()> {
    let touched: BTreeSet<PersonId> = events
        .filter_map(|(_, event)| match event {
            Event::RecordsJoined(e) => Some(e.absorbed),
            Event::RecordsParted(e) => Some(e.absorbed),
            _ => None,
        })
        .collect();
    for person in touched {
        for member in below(conn, person).await? {
            let root = root_of(conn, member).await?;
            conn.execute("delete from person_root where person_id = $1", args![member]).await?;
            if root != member {
                let sql = "insert into person_root (person_id, root) values ($1, $2)";
                conn.execute(sql, args![member, root]).await?;
            }
        }
    }
    Ok(())
}

/// A record and those joined to it, directly or over others. What was filed under the same root is enough to look at.
async fn below(conn: &mut Conn<'_>, person: PersonId) -> Result<Vec<PersonId>> {
    let sql = "select p.person_id, p.joined_to from person_root r join person p on p.person_id = r.person_id
               where r.root in ($1, (select o.root from person_root o where o.person_id = $1))";
    let mut parents: HashMap<PersonId, PersonId> = HashMap::new();
    for row in conn.rows(sql, args![person]).await? {
        if let Some(parent) = row.id_opt(1)? {
            parents.insert(row.id(0)?, parent);
        }
    }
    let mut group = vec![person];
    let mut at = 0;
    while let Some(parent) = group.get(at).copied() {
        let children: BTreeSet<PersonId> =
            parents.iter().filter(|(child, of)| **of == parent && !group.contains(child)).map(|(c, _)| *c).collect();
        group.extend(children);
        at += 1;
    }
    Ok(group)
}

async fn root_of(conn: &mut Conn<'_>, person: PersonId) -> Result<PersonId> {
    let mut at = person;
    for _ in 0..DEEPEST {
        let row = conn.row("select joined_to from person where person_id = $1", args![at]).await?;
        match row.map(|row| row.id_opt(0)).transpose()?.flatten() {
            Some(parent) => at = parent,
            None => break,
        }
    }
    Ok(at)
}

/// Forgets every group, before everything is replayed.
pub(crate) async fn remove_all(conn: &mut Conn<'_>) -> Result<()> {
    conn.execute("delete from person_root", args![]).await.map(drop)
}
