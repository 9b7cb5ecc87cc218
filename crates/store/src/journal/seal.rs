//! Seals: blocks of committed events chained by hash, made behind the writers so that nobody queues for them.

use crate::{
    db::{Conn, Db, Row, args},
    error::Result,
};
use domain::Instant;
use sha2::{Digest, Sha256};

/// The newest seal, as printed and kept outside the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealInfo {
    /// Its number; the first is 1.
    pub number: i64,
    /// The chain's hash after it, in hex.
    pub hash: String,
    /// When it was made.
    pub sealed_at: Instant,
}

/// How many events one seal takes at most.
const BLOCK: i64 = 5_000;

/// The columns that an entry's hash covers, in the order of `entry_hash`.
pub(super) const ENTRY: &str = "j.position, j.record_kind, j.record_id, j.version, j.kind, j.format, j.happened_on,
    j.recorded_at, j.officer_id, j.command_id, j.payload_hash";

/// The chain's next hash: over the previous one and every column of the envelope.
pub(super) fn entry_hash(previous: &[u8], row: &Row) -> Result<Vec<u8>> {
    let mut hash = Sha256::new();
    hash.update(previous);
    hash.update(row.get::<i64>(0)?.to_be_bytes());
    let text = |hash: &mut Sha256, text: String| {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text);
    };
    text(&mut hash, row.get(1)?);
    hash.update(row.get::<uuid::Uuid>(2)?.as_bytes());
    hash.update(row.get::<i64>(3)?.to_be_bytes());
    text(&mut hash, row.get(4)?);
    hash.update(row.get::<i64>(5)?.to_be_bytes());
    text(&mut hash, row.get::<domain::Date>(6)?.to_string());
    hash.update(row.get::<Instant>(7)?.timestamp_micros().to_be_bytes());
    hash.update(row.get::<Option<uuid::Uuid>>(8)?.unwrap_or_default().as_bytes());
    hash.update(row.get::<uuid::Uuid>(9)?.as_bytes());
    hash.update(row.get::<Vec<u8>>(10)?);
    Ok(hash.finalize().to_vec())
}

/// Seals what is committed and not sealed yet, inside the caller's transaction; how many events it took. `below` looks, on
/// SQLite, also below the newest seal, and only there.
pub(crate) async fn seal_next(conn: &mut Conn<'_>, at: Instant, below: bool) -> Result<i64> {
    if conn.is_postgres() {
        // One sealer at a time; writers do not touch this table and do not wait.
        conn.script("lock table seal in share row exclusive mode").await?;
    }
    let last = conn.row("select number, last_hash from seal order by number desc limit 1", args![]).await?;
    let (number, mut hash) = match &last {
        Some(row) => (row.get::<i64>(0)? + 1, row.get::<Vec<u8>>(1)?),
        None => (1, vec![0; 32]),
    };
    let rows = if conn.is_postgres() { unsealed_on_postgres(conn).await? } else { unsealed(conn, below).await? };
    let mut positions = Vec::with_capacity(rows.len());
    for row in &rows {
        hash = entry_hash(&hash, row)?;
        positions.push(row.get::<i64>(0)?);
    }
    if positions.is_empty() {
        return Ok(0);
    }
    let count = positions.len() as i64;
    conn.execute(
        "insert into seal (number, last_hash, events, sealed_at) values ($1, $2, $3, $4)",
        args![number, hash, count, at],
    )
    .await?;
    let entries = positions.into_iter().flat_map(|position| args![position, number]).collect();
    conn.insert("seal_entry (position, number)", 2, entries, "").await?;
    Ok(count)
}

/// What is not sealed on SQLite: with its one writer, what is new stands above; `below` looks for the rest.
async fn unsealed(conn: &mut Conn<'_>, below: bool) -> Result<Vec<Row>> {
    let unsealed = if below {
        "j.position < (select max(position) from seal_entry)
         and not exists (select 1 from seal_entry e where e.position = j.position)"
    } else {
        "j.position > coalesce((select max(position) from seal_entry), 0)"
    };
    let sql = format!("select {ENTRY} from journal j where {unsealed} order by j.position limit {BLOCK}");
    conn.rows(sql, args![]).await
}

/// The setting that says on PostgreSQL below which transaction everything is sealed.
pub(crate) const SEALED_BELOW: &str = "sealed-below-transaction";

/// What may be sealed on PostgreSQL, in the order of positions.
///
/// A position is not commit order there: rows of transactions still running, or younger than one, must wait, and may
/// then stand below what is sealed. Transactions are finished in the order of their numbers as far as the oldest running
/// one, so only rows from the last such limit on are looked at, however long the journal is.
async fn unsealed_on_postgres(conn: &mut Conn<'_>) -> Result<Vec<Row>> {
    let sql = "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
               (select value from setting where name = $1)";
    let Some(limits) = conn.row(sql, args![SEALED_BELOW]).await? else { return Ok(Vec::new()) };
    let (finished, sealed): (i64, Option<String>) = (limits.get(0)?, limits.get(1)?);
    let sealed = sealed.and_then(|text| text.parse::<i64>().ok()).unwrap_or(0);
    // On another server the numbers begin again: then everything is looked at once.
    let sealed = if sealed > finished { 0 } else { sealed };
    let sql = format!(
        "select {ENTRY}, j.writer from journal j where j.writer >= $1 and j.writer < $2
         and not exists (select 1 from seal_entry e where e.position = j.position)
         order by j.writer, j.position limit {BLOCK}"
    );
    let mut rows = conn.rows(sql, args![sealed, finished]).await?;
    // A full block may end within a transaction, whose other rows come next.
    let whole = (rows.len() as i64) < BLOCK;
    let next = match rows.last() {
        None => return Ok(rows),
        Some(_) if whole => finished,
        Some(row) => row.get(11)?,
    };
    let sql =
        "insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value";
    conn.execute(sql, args![SEALED_BELOW, next.to_string()]).await?;
    let mut positions: Vec<(i64, Row)> =
        rows.drain(..).map(|row| Ok((row.get(0)?, row))).collect::<Result<Vec<_>>>()?;
    positions.sort_by_key(|(position, _)| *position);
    Ok(positions.into_iter().map(|(_, row)| row).collect())
}

/// The newest seal.
pub(crate) async fn newest(db: &Db) -> Result<Option<SealInfo>> {
    let row = db.row("select number, last_hash, sealed_at from seal order by number desc limit 1", args![]).await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(SealInfo { number: row.get(0)?, hash: hex(&row.get::<Vec<u8>>(1)?), sealed_at: row.get(2)? }))
}

/// Bytes as hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
