//! Appending events: envelopes and payloads.

use super::commit::{Commit, Prepared};
use crate::{
    db::{Conn, Db, Value, args},
    error::{Result, StoreError},
    sealing::Vault,
};
use domain::{
    Date, Instant, Version,
    event::{Change, FORMAT, Record},
    ids::OfficerId,
};
use rand::RngExt;
use sha2::{Digest, Sha256};

/// What an event's application may use beside its payload.
#[derive(Clone)]
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
    /// What seals the columns that hold something protected.
    pub vault: Vault,
}

impl Envelope {
    /// The envelope of a change that is being committed.
    pub(super) fn of(commit: &Commit, change: &Change, vault: &Vault) -> Self {
        Envelope {
            record: change.record,
            version: change.version,
            happened_on: change.happened_on,
            recorded_at: commit.at,
            officer: commit.command.officer,
            vault: vault.clone(),
        }
    }
}

/// SHA-256 of salt and payload: proves a payload without holding it, and cannot be guessed back from a short one.
pub(super) fn payload_hash(salt: &[u8], payload: &str) -> Vec<u8> {
    Sha256::new().chain_update(salt).chain_update(payload.as_bytes()).finalize().to_vec()
}

/// The content of one event as the journal keeps it.
#[derive(Debug, Clone)]
pub(super) struct Payload {
    /// As stored: sealed where the record's content is.
    text: String,
    salt: Vec<u8>,
    /// Of the salt and the content as it was said, so that it holds however the content is stored.
    hash: Vec<u8>,
}

impl Payload {
    /// Encodes an event, draws its salt and seals both.
    pub(super) fn of(change: &Change, vault: &Vault) -> Self {
        let (text, salt) = (change.event.payload(), rand::rng().random::<[u8; 16]>());
        let hash = payload_hash(&salt, &text);
        let (salt, text) = vault.seal_event(change.record.kind, (change.record.id, change.version), &salt, &text);
        Payload { text, salt, hash }
    }
}

const ENVELOPES: &str = "journal (record_kind, record_id, version, kind, format, happened_on, recorded_at, officer_id,
    command_id, payload_hash)";
const PAYLOADS: &str = "journal_payload (record_id, version, salt, payload)";

/// Appends the events of a commit; a version already taken is a conflict.
pub(super) async fn append(conn: &mut Conn<'_>, prepared: &Prepared) -> Result<()> {
    let commit = &prepared.commit;
    let mut envelopes = Vec::with_capacity(commit.changes.len() * 10);
    let mut payloads = Vec::with_capacity(commit.changes.len() * 4);
    for (change, payload) in commit.changes.iter().zip(&prepared.payloads) {
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
            Value::from(payload.hash.clone()),
        ]);
        payloads.extend([
            Value::from(change.record.id),
            Value::from(change.version),
            Value::from(payload.salt.clone()),
            Value::from(payload.text.clone()),
        ]);
    }
    conn.insert(ENVELOPES, 10, envelopes, "").await?;
    conn.insert(PAYLOADS, 4, payloads, "").await
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
        StoreError::File(inner) if taken(inner) => StoreError::Conflict(record),
        StoreError::Database(sqlx::Error::Database(inner))
            if inner.is_unique_violation() || inner.code().as_deref() == Some(DEADLOCK) =>
        {
            StoreError::Conflict(record)
        }
        _ => error,
    }
}

/// Whether a key was there already.
fn taken(error: &rusqlite::Error) -> bool {
    use rusqlite::ffi::{SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE};
    let code = error.sqlite_error().map(|inner| inner.extended_code);
    code.is_some_and(|code| [SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE].contains(&code))
}
