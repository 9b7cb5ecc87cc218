//! A commit: one command, its events, and where the reader goes next.

use super::{append, apply};
use crate::{
    blobs::Blobs,
    db::{Conn, args},
    error::{Result, StoreError},
    people::{self, lists::Batches},
    sealing::Vault,
};
use domain::{
    Instant, Version,
    event::{Change, Event},
    ids::{CommandId, OfficerId, PersonId},
    people::AnswerGiven,
};
use std::collections::HashMap;
use uuid::Uuid;

/// A command as a browser sent it. A repeat carries the same id, route and body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// Drawn when the form was made.
    pub id: CommandId,
    /// Who sent it; `None` for the public.
    pub officer: Option<OfficerId>,
    /// The route, without ids.
    pub route: String,
    /// SHA-256 of the address and the body.
    pub body_hash: Vec<u8>,
}

/// What is to be written, whole or not at all.
#[derive(Debug, Clone)]
pub struct Commit {
    /// The command that asks for it.
    pub command: Command,
    /// The events, in order.
    pub changes: Vec<Change>,
    /// What a repeat of the command is answered with: the address to go to next.
    pub outcome: String,
    /// The server's clock.
    pub at: Instant,
}

/// The answer to a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Committed {
    /// Written now.
    First(String),
    /// Written before, by the same command; nothing was written again.
    Repeat(String),
}

impl Committed {
    /// The outcome, whichever time it was.
    pub fn outcome(&self) -> &str {
        match self {
            Committed::First(outcome) | Committed::Repeat(outcome) => outcome,
        }
    }
}

/// A commit with all that can be reckoned before its turn to be written: on SQLite the writer is one for everybody.
pub(super) struct Prepared {
    /// What is to be written.
    pub commit: Commit,
    /// The content of each change.
    pub payloads: Vec<append::Payload>,
    /// The search keys of persons who come with their household.
    keys: HashMap<PersonId, people::key_rows::Filed>,
    /// The rows of lists that its events name.
    batches: Batches,
    /// What seals the columns that hold something protected.
    vault: Vault,
}

impl Prepared {
    /// Encodes and hashes the content, reads the rows of lists that it names, and makes search keys.
    pub(super) fn of(commit: Commit, blobs: &Blobs) -> Result<Self> {
        let vault = blobs.vault().clone();
        let payloads = commit.changes.iter().map(|change| append::Payload::of(change, &vault)).collect();
        let keys = people::keys::of_new(commit.changes.iter().map(|change| (change.record, &change.event)));
        let batches = Batches::of(blobs, commit.changes.iter().map(|change| &change.event))?;
        Ok(Prepared { commit, payloads, keys, batches, vault })
    }
}

/// Writes a commit inside the caller's transaction.
pub(super) async fn write(conn: &mut Conn<'_>, prepared: &Prepared) -> Result<Committed> {
    let commit = &prepared.commit;
    let command = &commit.command;
    let fresh = conn
        .execute(
            "insert into command (command_id, officer_id, route, body_hash, outcome, recorded_at)
             values ($1, $2, $3, $4, $5, $6) on conflict (command_id) do nothing",
            args![command.id, command.officer, &command.route, command.body_hash.clone(), &commit.outcome, commit.at],
        )
        .await?;
    if fresh == 0 {
        return match seen(conn, command).await? {
            Some(outcome) => Ok(Committed::Repeat(outcome)),
            None => Err(StoreError::OtherBody),
        };
    }
    follows(conn, &commit.changes).await?;
    if let Some(first) = commit.changes.first() {
        let appended = append::append(conn, prepared).await;
        appended.map_err(|error| append::conflict(error, first.record))?;
        apply_all(conn, prepared).await.map_err(|error| append::conflict(error, first.record))?;
    }
    Ok(Committed::First(commit.outcome.clone()))
}

/// Applies the events in order; answers that follow one another go in together.
async fn apply_all(conn: &mut Conn<'_>, prepared: &Prepared) -> Result<()> {
    let commit = &prepared.commit;
    let mut rest = commit.changes.as_slice();
    while let Some(first) = rest.first() {
        let run = rest.iter().map_while(plain_answer).count().max(1);
        let (these, after) = rest.split_at(run);
        let answer = |change| plain_answer(change).map(|e| (append::Envelope::of(commit, change, &prepared.vault), e));
        let answers: Vec<_> = these.iter().filter_map(answer).collect();
        let applied = if answers.len() > 1 && these.iter().all(|change| change.record == first.record) {
            people::apply::answers_given(conn, &answers).await
        } else {
            apply_each(conn, prepared, these).await
        };
        applied.map_err(|error| append::conflict(error, first.record))?;
        rest = after;
    }
    let events = commit.changes.iter().map(|change| (change.record, &change.event));
    people::keys::make_after(conn, events.clone(), &prepared.keys).await?;
    people::roots::make_after(conn, events.clone()).await?;
    people::restake::make_after(conn, events).await?;
    let mut settled: HashMap<Uuid, &Change> = HashMap::new();
    for change in &commit.changes {
        settled.insert(change.record.id, change);
    }
    for change in settled.into_values() {
        apply::settle_version(conn, change.record, change.version).await?;
    }
    Ok(())
}

async fn apply_each(conn: &mut Conn<'_>, prepared: &Prepared, changes: &[Change]) -> Result<()> {
    for change in changes {
        let on = append::Envelope::of(&prepared.commit, change, &prepared.vault);
        apply::apply(conn, &on, &change.event, &prepared.batches).await?;
    }
    Ok(())
}

/// An answer that sets none aside.
fn plain_answer(change: &Change) -> Option<&AnswerGiven> {
    match &change.event {
        Event::AnswerGiven(answer) if answer.replaces.is_empty() => Some(answer),
        _ => None,
    }
}

/// Refuses a version that does not follow what its record has: an old one is a conflict, and one from nowhere (a form
/// changed by hand) would leave a gap that nobody could explain.
async fn follows(conn: &mut Conn<'_>, changes: &[Change]) -> Result<()> {
    let mut newest: HashMap<Uuid, Version> = HashMap::new();
    for change in changes {
        let seen = match newest.get(&change.record.id) {
            Some(seen) => *seen,
            // A first event needs no look-up: the unique key finds a second one.
            None if change.version == 1 => 0,
            None => {
                let sql = "select max(version) from journal where record_id = $1";
                let row = conn.row(sql, args![change.record.id]).await?;
                row.map(|row| row.get::<Option<i64>>(0)).transpose()?.flatten().unwrap_or(0)
            }
        };
        if change.version != seen + 1 {
            return Err(StoreError::Conflict(change.record));
        }
        newest.insert(change.record.id, change.version);
    }
    Ok(())
}

/// The outcome of a command that was carried out before; `OtherBody` when its id came with something else.
pub(super) async fn seen(conn: &mut Conn<'_>, command: &Command) -> Result<Option<String>> {
    let sql = "select officer_id, route, body_hash, outcome from command where command_id = $1";
    let Some(row) = conn.row(sql, args![command.id]).await? else { return Ok(None) };
    let same = row.id_opt::<OfficerId>(0)? == command.officer
        && row.get::<String>(1)? == command.route
        && row.get::<Vec<u8>>(2)? == command.body_hash;
    if same { Ok(Some(row.get(3)?)) } else { Err(StoreError::OtherBody) }
}
