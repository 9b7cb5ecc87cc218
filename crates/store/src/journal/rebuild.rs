//! `journal rebuild`: replays the journal into empty record tables; they must come out as they were.

use super::{append::Envelope, apply, seal::hex};
use crate::{
    blobs::Blobs,
    db::{Conn, Row, args},
    error::{Result, corrupt},
    people::{self, lists::Batches},
    sealing::Vault,
    tables::RECORD_TABLES,
};
use domain::event::{Event, Record, RecordKind};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// What a rebuild found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebuilt {
    /// Events replayed.
    pub events: u64,
    /// Events whose content was erased by decision; their rows show "removed".
    pub redacted: u64,
    /// Record tables whose rows differ from before: empty when the journal tells the whole story.
    pub differing: Vec<String>,
}

/// How many events are read at a time.
const PAGE: i64 = 2_000;

/// Events as they are replayed, in the order of [`envelope`]'s columns.
const EVENTS: &str = "select j.position, j.record_kind, j.record_id, j.version, j.kind, j.format, j.happened_on,
    j.recorded_at, j.officer_id, p.payload from journal j
    left join journal_payload p on p.record_id = j.record_id and p.version = j.version";

/// Replays everything inside the caller's transaction.
pub(crate) async fn rebuild(conn: &mut Conn<'_>, blobs: &Blobs) -> Result<Rebuilt> {
    hold_writers(conn).await?;
    let before = digests(conn).await?;
    for table in RECORD_TABLES.iter().rev() {
        conn.execute(format!("delete from {}", table.name), args![]).await?;
    }
    people::key_rows::remove_all(conn).await?;
    people::lists::keys::remove_all(conn).await?;
    people::remove_derived(conn).await?;
    let (events, redacted) = replay(conn, blobs).await?;
    let after = digests(conn).await?;
    let differing = before.iter().zip(&after).filter(|(b, a)| b != a).map(|(b, _)| b.0.clone()).collect();
    Ok(Rebuilt { events, redacted, differing })
}

/// Keeps other writers out until the transaction ends. On SQLite the caller's transaction already does.
pub(super) async fn hold_writers(conn: &mut Conn<'_>) -> Result<()> {
    if conn.is_postgres() { conn.script("lock table journal in share row exclusive mode").await } else { Ok(()) }
}

async fn replay(conn: &mut Conn<'_>, blobs: &Blobs) -> Result<(u64, u64)> {
    let sql = format!("{EVENTS} where j.position > $1 order by j.position limit $2");
    let (mut after, mut events, mut redacted) = (0i64, 0, 0);
    loop {
        let rows = conn.rows(sql.clone(), args![after, PAGE]).await?;
        let Some(last) = rows.last() else { return Ok((events, redacted)) };
        after = last.get(0)?;
        for row in &rows {
            events += 1;
            redacted += u64::from(!replay_row(conn, row, blobs).await?);
        }
    }
}

/// Replays what is left of one record, after its rows were removed.
pub(super) async fn replay_record(conn: &mut Conn<'_>, record: Record, blobs: &Blobs) -> Result<()> {
    let sql = format!("{EVENTS} where j.record_id = $1 order by j.version");
    for row in &conn.rows(sql, args![record.id]).await? {
        replay_row(conn, row, blobs).await?;
    }
    Ok(())
}

/// Applies one event; false when its content was erased.
async fn replay_row(conn: &mut Conn<'_>, row: &Row, blobs: &Blobs) -> Result<bool> {
    let on = envelope(row, blobs.vault())?;
    let Some(payload) = row.get::<Option<String>>(9)? else {
        apply::erased_version(conn, on.record, on.version).await?;
        return Ok(false);
    };
    let payload = on.vault.event(on.record.kind, (on.record.id, on.version), payload)?;
    let format = i32::try_from(row.get::<i64>(5)?).map_err(corrupt)?;
    let event = Event::decode(&row.get::<String>(4)?, format, &payload)?;
    let batches = Batches::of(blobs, std::iter::once(&event))?;
    apply::apply(conn, &on, &event, &batches).await?;
    apply::settle_version(conn, on.record, on.version).await?;
    people::keys::make_after(conn, std::iter::once((on.record, &event)), &HashMap::new()).await?;
    people::roots::make_after(conn, std::iter::once((on.record, &event))).await?;
    Ok(true)
}

fn envelope(row: &Row, vault: &Vault) -> Result<Envelope> {
    Ok(Envelope {
        record: Record { kind: row.code::<RecordKind>(1)?, id: row.get(2)? },
        version: row.get(3)?,
        happened_on: row.get(6)?,
        recorded_at: row.get(7)?,
        officer: row.id_opt(8)?,
        vault: vault.clone(),
    })
}

/// A digest of each record table's rows, in key order.
async fn digests(conn: &mut Conn<'_>) -> Result<Vec<(String, String)>> {
    let mut out = Vec::new();
    for table in RECORD_TABLES {
        let sql = if conn.is_postgres() {
            format!("select t::text from {} t order by {}", table.name, table.key)
        } else {
            let names = columns(conn, table.name).await?;
            let quoted: Vec<String> = names.iter().map(|name| format!("quote({name})")).collect();
            format!("select {} from {} order by {}", quoted.join(" || ',' || "), table.name, table.key)
        };
        let mut hash = Sha256::new();
        for row in conn.rows(sql, args![]).await? {
            hash.update(row.get::<String>(0)?);
            hash.update(b"\n");
        }
        out.push((table.name.to_owned(), hex(&hash.finalize())));
    }
    Ok(out)
}

/// The columns of a SQLite table.
async fn columns(conn: &mut Conn<'_>, table: &str) -> Result<Vec<String>> {
    let rows = conn.rows(format!("select name from pragma_table_info('{table}') order by cid"), args![]).await?;
    rows.iter().map(|row| row.get::<String>(0)).collect()
}
