//! Everybody's search keys made again, after the builder of keys has changed.
//!
//! Keys fall all over their index, so filing them person by person would write nearly every page of it for every few
//! persons. The lists of all persons come first, then the index from its lowest key to its highest. Both go on where an
//! interrupted run stopped.

use super::{
    key_rows,
    keys::{CARD_VERSION, PERSONS, made},
};
use crate::{
    db::{Conn, args},
    error::Result,
};
use domain::ids::PersonId;
use uuid::Uuid;

/// The setting that says by which builder the keys were made.
pub(crate) const MADE_BY: &str = "search-keys";
/// How many persons are read at once.
const BATCH: i64 = 5_000;
/// About how many persons' keys are held in memory at once, a dozen of 24 bytes each.
const SLICE: i64 = 200_000;

/// Makes the keys again when they are those of another builder.
pub(crate) async fn bring_up_to_date(conn: &mut Conn<'_>) -> Result<()> {
    let done = format!("{}, card {CARD_VERSION}", linkage::BUILDER_VERSION);
    let making = format!("making {done}");
    let row = conn.row("select value from setting where name = $1", args![MADE_BY]).await?;
    let have: Option<String> = row.map(|row| row.get(0)).transpose()?;
    if have.as_ref() == Some(&done) {
        return Ok(());
    }
    if have.as_ref() != Some(&making) {
        conn.script("begin").await?;
        key_rows::remove_all(conn).await?;
        note(conn, &making).await?;
        conn.script("commit").await?;
    }
    while list_some(conn).await? {}
    file_all(conn).await?;
    note(conn, &done).await
}

async fn note(conn: &mut Conn<'_>, value: &str) -> Result<()> {
    let sql =
        "insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value";
    conn.execute(sql, args![MADE_BY, value]).await.map(drop)
}

/// Lists the keys of the next persons who have no list, in the order of their ids; false when there was none.
async fn list_some(conn: &mut Conn<'_>) -> Result<bool> {
    let last = conn.row("select person_id from person_keys order by person_id desc limit 1", args![]).await?;
    let last: PersonId = last.map(|row| row.id(0)).transpose()?.unwrap_or(PersonId(Uuid::nil()));
    let sql = format!("{PERSONS} where p.person_id > $1 order by p.person_id limit {BATCH}");
    let persons = made(&conn.rows(sql, args![last]).await?)?;
    conn.script("begin").await?;
    key_rows::list(conn, &persons).await?;
    conn.script("commit").await?;
    Ok(!persons.is_empty())
}

/// Files everybody by their lists, a slice of the keys at a time.
async fn file_all(conn: &mut Conn<'_>) -> Result<()> {
    let persons = conn.row("select count(*) from person_keys", args![]).await?;
    let persons: i64 = persons.map(|row| row.get(0)).transpose()?.unwrap_or(0);
    let filed = conn.row("select key from person_key order by key desc limit 1", args![]).await?;
    let filed: Option<i64> = filed.map(|row| row.get(0)).transpose()?;
    // A slice is written whole and in order: one that ends at the last key on file, or below it, is there.
    for (from, to) in slices(persons / SLICE + 1).filter(|(_, to)| filed.is_none_or(|filed| *to > filed)) {
        let mut rows = Vec::new();
        let mut after = PersonId(Uuid::nil());
        loop {
            let sql = format!(
                "select person_id, keys from person_keys where person_id > $1 order by person_id limit {BATCH}"
            );
            let lists = conn.rows(sql, args![after]).await?;
            let Some(last) = lists.last() else { break };
            after = last.id(0)?;
            for row in &lists {
                let (person, keys): (PersonId, Vec<u8>) = (row.id(0)?, row.get(1)?);
                let within = key_rows::listed(&keys).filter(|key| (from..=to).contains(key));
                rows.extend(within.map(|key| (key, person)));
            }
        }
        conn.script("begin").await?;
        key_rows::file(conn, rows).await?;
        conn.script("commit").await?;
    }
    Ok(())
}

/// All 64-bit numbers in so many stretches, from the lowest.
fn slices(count: i64) -> impl Iterator<Item = (i64, i64)> {
    let count = count.max(1);
    let width = u64::MAX / count.unsigned_abs();
    let at = move |n: i64| i64::MIN.wrapping_add_unsigned(width.wrapping_mul(n.unsigned_abs()));
    (0..count).map(move |n| (at(n), if n + 1 == count { i64::MAX } else { at(n + 1) - 1 }))
}

#[cfg(test)]
mod tests {
    use super::slices;

    #[test]
    fn slices_leave_nothing_out() {
        for count in [0, 1, 2, 3, 7, 50, 1_000] {
            let all: Vec<(i64, i64)> = slices(count).collect();
            assert_eq!((all[0].0, all[all.len() - 1].1), (i64::MIN, i64::MAX), "{count}");
            assert!(all.windows(2).all(|pair| pair[0].1 + 1 == pair[1].0), "{count}: {all:?}");
        }
    }
}
