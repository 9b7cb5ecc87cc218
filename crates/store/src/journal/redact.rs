//! Erasing the content of events: the payload row goes, the envelope and its place in the chain stay.

use super::{
    commit::{self, Command, Commit, Prepared},
    rebuild,
};
use crate::{
    Scope,
    blobs::Blobs,
    db::{Conn, args},
    error::Result,
    people,
    sealing::paper_in,
    tables::RECORD_TABLES,
};
use domain::{
    Instant, Version,
    event::{Change, Event, Record, RecordKind, Redacted},
    ids::{CommandId, OfficerId},
};
use uuid::Uuid;

/// What is to be erased, and who decided it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redaction {
    /// Whose events.
    pub record: Record,
    /// Which of them. For a person: the event that added them and every one that corrected them.
    pub versions: Vec<Version>,
    /// Why: wrong person, court order, retention over.
    pub reason: String,
    /// The two officers who decided it.
    pub officers: (OfficerId, OfficerId),
}

/// Why nothing was erased.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RedactionRefused {
    /// Only a command of the program itself may erase.
    #[error("Content is erased with `onewindow` on the server only.")]
    NotAllowed,
    /// No reason.
    #[error("An erasure needs a reason. Write why the content must go.")]
    ReasonMissing,
    /// One officer alone.
    #[error("An erasure is decided by two officers. Name both.")]
    OneOfficer,
    /// Nobody decided it, or it was taken back.
    #[error("Nobody has decided to erase this family, or the decision was taken back. Open the family's page again.")]
    NotProposed,
    /// Who decided cannot confirm.
    #[error("Another officer than the one who decided must confirm an erasure.")]
    SameOfficer,
    /// Packs, sites, page texts and earlier erasures hold no person's facts.
    #[error("A {0} record holds nothing about a person and is never erased.")]
    Kind(RecordKind),
    /// Rows of lists go with whom they mean.
    #[error("Rows of lists are erased with the person they mean: use `onewindow journal forget`.")]
    Rows,
    /// Somebody still waits for an answer.
    #[error("Applications of this family are still open. Withdraw them or wait for the decisions, then erase.")]
    ApplicationsOpen,
    /// A merge stands on it.
    #[error(
        "Records of this family are joined with records of another one. Undo that first, so that nobody is lost with them."
    )]
    Joined,
    /// Nobody there.
    #[error("Nothing of this person or family is on file, or it is gone already.")]
    Nobody,
    /// Nothing there.
    #[error("Version {0} of this record does not exist, or its content is gone already.")]
    Gone(Version),
}

impl Redaction {
    /// Refuses before anything is read.
    pub(crate) fn check(&self, scope: &Scope) -> std::result::Result<(), RedactionRefused> {
        match self.record.kind {
            _ if !scope.is_system() => Err(RedactionRefused::NotAllowed),
            kind @ (RecordKind::Pack
            | RecordKind::Journal
            | RecordKind::Site
            | RecordKind::PageText
            | RecordKind::Closing
            | RecordKind::Dispatch
            | RecordKind::Deputy) => Err(RedactionRefused::Kind(kind)),
            RecordKind::Import | RecordKind::Listing => Err(RedactionRefused::Rows),
            _ if self.reason.trim().is_empty() => Err(RedactionRefused::ReasonMissing),
            _ if self.officers.0 == self.officers.1 => Err(RedactionRefused::OneOfficer),
            _ if self.versions.is_empty() => Err(RedactionRefused::Gone(0)),
            _ => Ok(()),
        }
    }
}

/// Erases inside the caller's transaction, and brings the record's rows to what a rebuild gives. Answers how many
/// events it was, and the files that no event names any more.
pub(crate) async fn redact(
    conn: &mut Conn<'_>,
    redaction: &Redaction,
    at: Instant,
    blobs: &Blobs,
) -> Result<(usize, Vec<String>)> {
    rebuild::hold_writers(conn).await?;
    let mut versions = redaction.versions.clone();
    versions.sort_unstable();
    versions.dedup();
    let mut positions = Vec::with_capacity(versions.len());
    let mut files = Vec::new();
    for version in &versions {
        let (position, file) = erase(conn, redaction.record, *version, blobs).await?;
        positions.push(position);
        files.extend(file);
    }
    commit::write(conn, &Prepared::of(commit_of(redaction, &positions, at), blobs)?).await?;
    remove_rows(conn, redaction.record).await?;
    forget_messages(conn, redaction.record).await?;
    rebuild::replay_record(conn, redaction.record, blobs).await?;
    Ok((versions.len(), unnamed(conn, files, blobs).await?))
}

/// Removes one payload; its position, and the file it names.
pub(super) async fn erase(
    conn: &mut Conn<'_>,
    record: Record,
    version: Version,
    blobs: &Blobs,
) -> Result<(i64, Option<String>)> {
    let sql = "select j.position, j.kind, p.payload from journal j
               join journal_payload p on p.record_id = j.record_id and p.version = j.version
               where j.record_kind = $1 and j.record_id = $2 and j.version = $3";
    let Some(row) = conn.row(sql, args![record.kind.code(), record.id, version]).await? else {
        return Err(RedactionRefused::Gone(version).into());
    };
    let is_paper = row.get::<String>(1)? == "paper-recorded";
    let file = match is_paper {
        true => paper_in(&blobs.vault().event(record.kind, (record.id, version), row.get(2)?)?),
        false => None,
    };
    conn.execute("delete from journal_payload where record_id = $1 and version = $2", args![record.id, version])
        .await?;
    Ok((row.get(0)?, file))
}

/// One event for each erased one, on a record of its own.
fn commit_of(redaction: &Redaction, positions: &[i64], at: Instant) -> Commit {
    let record = Record { kind: RecordKind::Journal, id: Uuid::now_v7() };
    let event = |position: i64| {
        let (reason, officers) = (redaction.reason.trim().to_owned(), redaction.officers);
        Event::from(Redacted { position, reason, officers, kept: None })
    };
    let today = at.date_naive();
    let changes = (0i64..).zip(positions).map(|(seen, position)| Change::after(record, seen, event(*position), today));
    let command = Command {
        id: CommandId(Uuid::now_v7()),
        officer: None,
        route: "journal redact".to_owned(),
        body_hash: record.id.as_bytes().to_vec(),
    };
    Commit { command, changes: changes.collect(), outcome: String::new(), at }
}

/// Removes a record's rows from every record table, and the search keys of its persons.
pub(super) async fn remove_rows(conn: &mut Conn<'_>, record: Record) -> Result<()> {
    if record.kind == RecordKind::Household {
        let persons = people::keys::of_household(conn, record.id).await?;
        people::key_rows::remove(conn, &persons).await?;
        people::remove_pairs(conn, &persons).await?;
    }
    for table in RECORD_TABLES.iter().rev().filter(|table| table.of.0 == record.kind) {
        let sql = format!("delete from {} where {} = $1", table.name, table.of.1);
        conn.execute(sql, args![record.id]).await?;
    }
    Ok(())
}

/// Messages to a family, or about one of its papers, sent or not: they go with what they were made from.
pub(super) async fn forget_messages(conn: &mut Conn<'_>, record: Record) -> Result<()> {
    conn.execute("delete from message where household_id = $1", args![record.id]).await?;
    conn.execute("delete from message where about = $1", args![record.id]).await.map(drop)
}

/// Those of the files that no remaining payload names.
pub(super) async fn unnamed(conn: &mut Conn<'_>, files: Vec<String>, blobs: &Blobs) -> Result<Vec<String>> {
    let mut unnamed = Vec::new();
    let files = if blobs.vault().seals() { without_named_papers(conn, files, blobs).await? } else { files };
    for hash in files {
        let pattern = format!("%{hash}%");
        let sql = "select 1 from journal_payload where payload like $1 limit 1";
        if conn.row(sql, args![pattern]).await?.is_none() {
            unnamed.push(hash);
        }
    }
    Ok(unnamed)
}

/// Those of the files that no sealed event names as a paper's copy. An erasure is rare, so all of them are opened.
async fn without_named_papers(conn: &mut Conn<'_>, mut files: Vec<String>, blobs: &Blobs) -> Result<Vec<String>> {
    let sql = "select j.position, j.record_id, j.version, p.payload from journal j
               join journal_payload p on p.record_id = j.record_id and p.version = j.version
               where j.kind = 'paper-recorded' and j.position > $1 order by j.position limit 2000";
    let mut after = 0i64;
    while !files.is_empty() {
        let rows = conn.rows(sql, args![after]).await?;
        let Some(last) = rows.last() else { break };
        after = last.get(0)?;
        for row in &rows {
            let payload = blobs.vault().event(RecordKind::Household, (row.get(1)?, row.get(2)?), row.get(3)?)?;
            if let Some(named) = paper_in(&payload) {
                files.retain(|file| *file != named);
            }
        }
    }
    Ok(files)
}
