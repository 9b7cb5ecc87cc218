//! Telling events to a store: one command after the other, each record's versions counted along.

use super::Base;
use domain::{
    Date, Instant, Version,
    event::{Change, Event, Record},
    ids::CommandId,
};
use std::collections::HashMap;
use store::{Command, Commit, Committed, Result, Scope};
use uuid::Uuid;

/// Tells events and keeps the time: each command is a second later than the last.
pub struct Teller<'a> {
    /// Where it is told.
    pub base: &'a Base,
    /// When the last command was sent.
    pub at: Instant,
    seen: HashMap<Uuid, Version>,
}

/// The day on which every story begins.
pub fn first_day() -> Date {
    Date::from_ymd_opt(2026, 11, 2).expect("a day")
}

/// Ten in the morning in Peshawar on the first day.
pub fn first_instant() -> Instant {
    first_day().and_hms_opt(5, 0, 0).expect("a time").and_utc()
}

impl<'a> Teller<'a> {
    /// Begins on the first day.
    pub fn new(base: &'a Base) -> Self {
        Teller { base, at: first_instant(), seen: HashMap::new() }
    }

    /// The newest version of a record.
    pub fn version(&self, record: impl Into<Record>) -> Version {
        self.seen.get(&record.into().id).copied().unwrap_or(0)
    }

    /// The record has seen one event that somebody else told.
    pub fn saw(&mut self, record: impl Into<Record>) {
        *self.seen.entry(record.into().id).or_default() += 1;
    }

    /// A day of the story, from the first.
    pub fn today(&self) -> Date {
        self.at.date_naive()
    }

    /// The next events of records, as one command.
    pub fn commit<E: Into<Event>>(&mut self, events: impl IntoIterator<Item = (Record, E)>) -> Commit {
        self.at += chrono::TimeDelta::seconds(1);
        let mut next = self.seen.clone();
        let mut changes = Vec::new();
        for (record, event) in events {
            let seen = next.entry(record.id).or_default();
            changes.push(Change::after(record, *seen, event, self.today()));
            *seen += 1;
        }
        Commit { command: command(CommandId(Uuid::now_v7())), changes, outcome: "/next".to_owned(), at: self.at }
    }

    /// Sends the next events of records as one command of the scope.
    pub async fn try_tell<E: Into<Event>>(
        &mut self,
        scope: &Scope,
        events: impl IntoIterator<Item = (Record, E)>,
    ) -> Result<Committed> {
        let commit = self.commit(events);
        let versions: Vec<(Uuid, Version)> = commit.changes.iter().map(|c| (c.record.id, c.version)).collect();
        let done = self.base.store.commit(scope, commit).await?;
        self.seen.extend(versions);
        Ok(done)
    }

    /// As [`Self::try_tell`], when nothing may go wrong.
    pub async fn tell<E: Into<Event>>(&mut self, scope: &Scope, events: impl IntoIterator<Item = (Record, E)>) {
        let done = self.try_tell(scope, events).await.expect("a commit");
        assert!(matches!(done, Committed::First(_)), "a new command is written");
    }

    /// One event of one record.
    pub async fn one(&mut self, scope: &Scope, record: impl Into<Record>, event: impl Into<Event>) {
        self.tell(scope, [(record.into(), event)]).await;
    }
}

/// A command as a form of this id would send it.
pub fn command(id: CommandId) -> Command {
    Command { id, officer: None, route: "POST /test".to_owned(), body_hash: vec![7; 32] }
}
