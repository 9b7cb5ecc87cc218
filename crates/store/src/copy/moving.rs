//! Moving a registry from one database to another, and closing the one it left.

use super::{
    facts::Sums,
    load::Loading,
    snapshot::{Held, Reading, Snapshot},
    tables_at,
};
use crate::{
    Store, Verified,
    db::{Db, args, schema, sqlite_path},
    error::{Result, StoreError},
};
use archive::OfficeKey;
use std::path::Path;

/// A registry that was moved.
pub struct Moved {
    /// Rows of every table, equal in both.
    pub tables: Sums,
    /// What the check of the journal found at the new place.
    pub verified: Verified,
}

/// The setting of a database whose registry has gone elsewhere.
pub(super) const MOVED: &str = "moved";

/// Copies a registry to an empty database, reads both and compares them table by table, and then closes the one it came
/// from: whoever still has that open can no longer write, so that no change is made where nobody looks any more. Writers
/// wait meanwhile, or are told that the database is busy. Papers stay in their folder.
///
/// # Errors
/// [`StoreError::NotEmpty`] when the new place is not empty; [`StoreError::Differs`] when a table came out differently. The
/// registry is then where it was.
pub async fn move_registry(
    from: &str,
    to: &str,
    blobs: &Path,
    key: Option<&OfficeKey>,
    at: domain::Instant,
) -> Result<Moved> {
    if sqlite_path(to)?.is_some_and(|path| path.exists()) {
        return Err(StoreError::NotEmpty(to.to_owned()));
    }
    let source = Snapshot::begin(from).await?;
    let (found, known) = (source.migration, schema::newest());
    if found < known {
        return Err(StoreError::Pending { found, known });
    }
    drop(source);
    let mut held = Held::connect(from).await?;
    crate::sealing::read_vault(&mut held.conn(), key).await?;
    keep_writers_out(&mut held).await?;
    let mut source = Snapshot::within(held).await?;
    let mut loading = Loading::begin(to, source.migration).await?;
    let sums = copy(&mut source, &mut loading).await?;
    loading.finish(&sums).await?;
    compare(&sums, to).await?;
    close(source.into_held(), to).await?;
    let store = Store::open_with(to, blobs, key).await?;
    store.seal_left_behind(at).await?;
    let verified = store.verify().await?;
    store.close().await;
    Ok(Moved { tables: sums, verified })
}

async fn keep_writers_out(held: &mut Held) -> Result<()> {
    let mut conn = held.conn();
    if !conn.is_postgres() {
        return conn.script("begin immediate").await;
    }
    // The moment that a transaction sees is that of its first query, and a lock is none: it sees what came before.
    conn.script("begin isolation level repeatable read").await?;
    let names: Vec<String> = tables_at(schema::newest()).into_iter().map(|table| table.name).collect();
    conn.script(format!("lock table {} in share row exclusive mode", names.join(", "))).await
}

async fn copy(source: &mut Snapshot, loading: &mut Loading) -> Result<Sums> {
    let mut sums = Sums::new();
    for table in source.tables() {
        let mut reading = Reading::of(&table);
        loop {
            let rows = source.next(&mut reading).await?;
            if rows.is_empty() {
                break;
            }
            let rows: Vec<_> = rows.into_iter().map(|(json, _)| json).collect();
            loading.add(&table.name, &rows).await?;
        }
        sums.push(reading.sum());
    }
    Ok(sums)
}

/// Reads the new place again.
async fn compare(wanted: &Sums, to: &str) -> Result<()> {
    let mut target = Snapshot::begin(to).await?;
    for (table, wanted) in target.tables().iter().zip(wanted) {
        if target.sum(table).await? != *wanted {
            return Err(StoreError::Differs(table.name.clone()));
        }
    }
    Ok(())
}

const CHANGES: [&str; 3] = ["insert", "update", "delete"];

/// Marks the old place and refuses every change of it.
async fn close(mut held: Held, to: &str) -> Result<()> {
    let mut conn = held.conn();
    // An address may hold a password.
    let place = to.rsplit_once('@').map_or(to, |(_, place)| place);
    conn.execute("insert into setting (name, value) values ($1, $2)", args![MOVED, place]).await?;
    if conn.is_postgres() {
        conn.script(
            "create or replace function onewindow_moved() returns trigger language plpgsql as
             $$ begin raise exception 'this registry has moved to another database'; end $$",
        )
        .await?;
    }
    for (name, change) in triggers() {
        let refuse = if conn.is_postgres() {
            "execute function onewindow_moved()"
        } else {
            "begin select raise(abort, 'this registry has moved to another database'); end"
        };
        conn.script(format!("create trigger moved_{name}_{change} before {change} on {name} for each row {refuse}"))
            .await?;
    }
    conn.script("commit").await
}

fn triggers() -> impl Iterator<Item = (String, &'static str)> {
    let tables = tables_at(schema::newest()).into_iter().map(|table| table.name);
    tables.flat_map(|name| CHANGES.map(|change| (name.clone(), change)))
}

/// Opens a registry again that was moved away: for when the new place turned out wrong. What was written there since is
/// not brought back.
///
/// # Errors
/// When the database does not answer.
pub async fn take_back(url: &str) -> Result<()> {
    let mut held = Held::connect(url).await?;
    let mut conn = held.conn();
    conn.script("begin").await?;
    for (name, change) in triggers() {
        let on = if conn.is_postgres() { format!(" on {name}") } else { String::new() };
        conn.script(format!("drop trigger if exists moved_{name}_{change}{on}")).await?;
    }
    conn.execute("delete from setting where name = $1", args![MOVED]).await?;
    conn.script("commit").await
}

/// Refuses a database whose registry has moved.
pub(crate) async fn moved_to(db: &Db) -> Result<()> {
    match db.row("select value from setting where name = $1", args![MOVED]).await? {
        Some(row) => Err(StoreError::Moved(row.get(0)?)),
        None => Ok(()),
    }
}
