//! The journal as it stands, page by page: for auditors and for keeping.

use crate::{
    Scope, Store,
    db::{Row, args},
    error::{Result, StoreError, corrupt},
    journal::hex,
    sealing::{Vault, is_sealed},
};
use domain::{Date, Instant, access::Doing, event::RecordKind};
use serde::Serialize;
use uuid::Uuid;

/// One event with its envelope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JournalEntry {
    /// Its place in the journal.
    pub position: i64,
    /// The record's kind.
    pub record_kind: String,
    /// The record.
    pub record_id: Uuid,
    /// The version it made.
    pub version: i64,
    /// What happened.
    pub kind: String,
    /// The payload's format.
    pub format: i64,
    /// The stated day.
    pub happened_on: Date,
    /// The server's clock.
    pub recorded_at: Instant,
    /// Who.
    pub officer_id: Option<Uuid>,
    /// The command.
    pub command_id: Uuid,
    /// SHA-256 of salt and payload, in hex.
    pub payload_hash: String,
    /// The seal that covers it.
    pub seal: Option<i64>,
    /// The salt, in hex; absent when the content was erased or is not the reader's.
    pub salt: Option<String>,
    /// The content; absent when it was erased or is not the reader's.
    pub payload: Option<String>,
}

impl Store {
    /// The entries after a position, in order. The program itself reads all of it; an auditor reads envelopes, seals and
    /// hashes, because contents hold what is protected too.
    pub async fn journal_page(&self, scope: &Scope, after: i64, limit: i64) -> Result<Vec<JournalEntry>> {
        if !scope.may(Doing::Audit) && !scope.is_system() {
            return Ok(Vec::new());
        }
        let sql =
            "select j.position, j.record_kind, j.record_id, j.version, j.kind, j.format, j.happened_on, j.recorded_at,
                   j.officer_id, j.command_id, j.payload_hash, e.number, p.salt, p.payload from journal j
                   left join journal_payload p on p.record_id = j.record_id and p.version = j.version
                   left join seal_entry e on e.position = j.position
                   where j.position > $1 order by j.position limit $2";
        let mut entries =
            self.db.rows(sql, args![after, limit]).await?.iter().map(entry).collect::<Result<Vec<_>>>()?;
        let whole = scope.is_system();
        entries.iter_mut().try_for_each(|entry| if whole { entry.open(self.vault()) } else { entry.close() })?;
        Ok(entries)
    }
}

impl JournalEntry {
    /// Without its content.
    fn close(&mut self) -> Result<()> {
        (self.salt, self.payload) = (None, None);
        Ok(())
    }

    /// With its content as it was recorded.
    fn open(&mut self, vault: &Vault) -> Result<()> {
        let Some(stored) = self.payload.take_if(|stored| is_sealed(stored)) else { return Ok(()) };
        let kind: RecordKind = self.record_kind.parse().map_err(|_| corrupt(&self.record_kind))?;
        let opened = vault.open_event(kind, (self.record_id, self.version), Vec::new(), stored);
        let (salt, text) = opened.ok_or_else(|| StoreError::Unreadable(format!("Event {}", self.position)))?;
        (self.salt, self.payload) = (Some(hex(&salt)), Some(text));
        Ok(())
    }
}

fn entry(row: &Row) -> Result<JournalEntry> {
    Ok(JournalEntry {
        position: row.get(0)?,
        record_kind: row.get(1)?,
        record_id: row.get(2)?,
        version: row.get(3)?,
        kind: row.get(4)?,
        format: row.get(5)?,
        happened_on: row.get(6)?,
        recorded_at: row.get(7)?,
        officer_id: row.get(8)?,
        command_id: row.get(9)?,
        payload_hash: hex(&row.get::<Vec<u8>>(10)?),
        seal: row.get(11)?,
        salt: row.get::<Option<Vec<u8>>>(12)?.map(|salt| hex(&salt)),
        payload: row.get(13)?,
    })
}
