//! Appending events: envelopes and payloads, several rows a statement.

use super::commit::Commit;
use crate::{
    db::{Conn, Db, Value, args, tuples},
    error::{Result, StoreError},
};
use domain::{
    Date, Instant, Version,
    event::{Change, FORMAT, Record},
    ids::OfficerId,
};
use rand::RngExt;
use sha2::{Digest, Sha256};

/// What an event's application may use beside its payload.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Envelope {
    /// Whose event.
    pub record: Record,
    /// The version it makes.
    pub version: Version,
    /// The stated day.
    pub happened_on: Date,
    /// The server's clock.
    pub recorded_at: Instant,
    /// Who.
    pub officer: Option<OfficerId>,
}

impl Envelope {
    /// The envelope of a change that is being committed.
    pub(super) fn of(commit: &Commit, change: &Change) -> Self {
        Envelope {
            record: change.record,
            version: change.version,
            happened_on: change.happened_on,
            recorded_at: commit.at,
            officer: commit.command.officer,
        }
    }
}

/// SHA-256 of salt and payload: proves a payload without holding it, and cannot be guessed back from a short one.
pub(super) fn payload_hash(salt: &[u8], payload: &str) -> Vec<u8> {
    Sha256::new().chain_update(salt).chain_update(payload.as_bytes()).finalize().to_vec()
}

/// Appends the events of a commit; a version already taken is a conflict.
pub(super) async fn append(conn: &mut Conn<'_>, commit: &Commit) -> Result<()> {
    let mut rest = commit.changes.as_slice();
    while !rest.is_empty() {
        // Powers of two keep the number of distinct statements small, so that they stay prepared.
        let take = [64, 32, 16, 8, 4, 2, 1].into_iter().find(|n| *n <= rest.len()).unwrap_or(1);
        let (chunk, after) = rest.split_at(take);
        append_chunk(conn, commit, chunk).await?;
        rest = after;
    }
    Ok(())
}

async fn append_chunk(conn: &mut Conn<'_>, commit: &Commit, chunk: &[Change]) -> Result<()> {
    let mut envelopes = Vec::with_capacity(chunk.len() * 10);
    let mut payloads = Vec::with_capacity(chunk.len() * 4);
    for change in chunk {
        let payload = change.event.payload();
        let salt: [u8; 16] = rand::rng().random();
        envelopes.extend([
            Value::from(change.record.kind.code()),
            Value::from(change.record.id),
            Value::from(change.version),
            Value::from(change.event.kind()),
            Value::from(i64::from(FORMAT)),
            Value::from(change.happened_on),
            Value::from(commit.at),
            Value::from(commit.command.officer),
            Value::from(commit.command.id),
            Value::from(payload_hash(&salt, &payload)),
        ]);
        payloads.extend([
            Value::from(change.record.id),
            Value::from(change.version),
            Value::from(salt.to_vec()),
            Value::from(payload),
        ]);
    }
    let sql = format!(
        "insert into journal (record_kind, record_id, version, kind, format, happened_on, recorded_at, officer_id,
         command_id, payload_hash) values {}",
        tuples(chunk.len(), 10)
    );
    conn.execute(sql, envelopes).await.map_err(|error| conflict(error, chunk[0].record))?;
    let sql =
        format!("insert into journal_payload (record_id, version, salt, payload) values {}", tuples(chunk.len(), 4));
    conn.execute(sql, payloads).await.map(drop)
}

/// When the newest event was recorded, in microseconds; 0 for an empty journal. Entries stand in the order of the clock
/// but for what requests under way at once differ, so the last ones tell and no million is read at the start.
pub(crate) async fn newest_instant(db: &Db) -> Result<i64> {
    let sql =
        "select max(l.recorded_at) from (select j.recorded_at from journal j order by j.position desc limit 1000) l";
    let row = db.row(sql, args![]).await?;
    let newest: Option<Instant> = row.map(|row| row.get(0)).transpose()?.flatten();
    Ok(newest.map_or(0, |at| at.timestamp_micros()))
}

/// PostgreSQL's code when two commits take the same records in opposite orders: one of them is a conflict.
const DEADLOCK: &str = "40P01";

/// What is taken already (a version, a token's number, a sign-in name) is a conflict on its record; anything else stays
/// what it is.
pub(super) fn conflict(error: StoreError, record: Record) -> StoreError {
    match &error {
        StoreError::Database(sqlx::Error::Database(inner))
            if inner.is_unique_violation() || inner.code().as_deref() == Some(DEADLOCK) =>
        {
            StoreError::Conflict(record)
        }
        _ => error,
    }
}
