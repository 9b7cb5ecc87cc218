//! The outbox: messages that wait, are sent, dropped, or given up.

use super::{AFTER_SEAL, Messages, due::day_of};
use crate::{
    db::{Row, Sql, Value, args},
    error::{Result, StoreError},
    sealing::{Vault, columns},
};
use domain::{
    Instant,
    access::Doing,
    ids::HouseholdId,
    language::Lang,
    messages::{MessageStep, pause},
};
use uuid::Uuid;

pub use domain::messages::MessageState;

/// A message that was composed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMessage {
    /// The event it tells of; one message for each.
    pub position: i64,
    /// The family.
    pub household: HouseholdId,
    /// The receipt, application or complaint.
    pub about: Uuid,
    /// What it tells.
    pub step: MessageStep,
    /// The language of its words.
    pub language: Lang,
    /// Where to, E.164.
    pub phone: String,
    /// Its words.
    pub words: String,
}

/// A message for a sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Its key: the same at every try, so that a sender may notice a second one.
    pub id: Uuid,
    /// The family.
    pub household: HouseholdId,
    /// Where to, E.164.
    pub phone: String,
    /// The language of its words.
    pub language: Lang,
    /// Its words.
    pub words: String,
    /// Failed tries before.
    pub tries: u32,
}

/// A message as an officer may see it: neither number nor words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageLine {
    /// Its key.
    pub id: Uuid,
    /// Where it stands.
    pub state: MessageState,
    /// When it was made.
    pub made_at: Instant,
    /// Failed tries.
    pub tries: i64,
    /// When it is tried next.
    pub next_at: Instant,
    /// Why the last try failed.
    pub fault: String,
}

/// How many messages stand where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MessageTotals {
    /// State and count, for states with any.
    pub counts: Vec<(MessageState, i64)>,
    /// When the oldest one that waits was made.
    pub oldest: Option<Instant>,
}

impl MessageTotals {
    /// How many stand in a state.
    pub fn of(&self, state: MessageState) -> i64 {
        self.counts.iter().filter(|(at, _)| *at == state).map(|(_, count)| *count).sum()
    }
}

/// The longest note about a failed try, in characters.
const MAX_FAULT: usize = 200;

impl Messages<'_> {
    /// Keeps the messages of a seal's events and that the seal was read, together: neither a kill in between nor a second
    /// run makes one twice or loses one.
    pub async fn keep(&self, seal: i64, new: Vec<NewMessage>, at: Instant) -> Result<()> {
        self.only_the_program()?;
        let vault = self.store.vault();
        let insert = |one: NewMessage| {
            let sql = "insert into message (message_id, position, household_id, about, step, language, phone, words,
                       state, tries, next_at, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', 0, $9, $9)
                       on conflict (position) do nothing";
            let id = Uuid::now_v7();
            let (step, language) = (one.step.code(), one.language.code());
            let phone = vault.seal(&columns::MESSAGE_PHONE, id, 0, &one.phone);
            let words = vault.seal(&columns::MESSAGE_WORDS, id, 0, &one.words);
            let args = args![id, one.position, one.household, one.about, step, language, phone, words, at];
            (Sql::from(sql), args)
        };
        let mut statements: Vec<(Sql, Vec<Value>)> = new.into_iter().map(insert).collect();
        let sql = "insert into setting (name, value) values ($1, $2)
                   on conflict (name) do update set value = excluded.value";
        statements.push((sql.into(), args![AFTER_SEAL, seal.to_string()]));
        self.store.writer.run(statements).await
    }

    /// The next message to send, the longest waiting first. One whose family agrees no more, or to another phone, is dropped
    /// instead, however late that was said.
    pub async fn next(&self, at: Instant) -> Result<Option<Outgoing>> {
        self.only_the_program()?;
        let sql = "select m.message_id, m.household_id, m.phone, m.language, m.words, m.tries from message m
                   where m.state = 'waiting' and m.next_at <= $1 order by m.next_at, m.position limit 1";
        loop {
            let Some(row) = self.store.db.row(sql, args![at]).await? else { return Ok(None) };
            let message = outgoing(&row, self.store.vault())?;
            if self.may_go(&message, at).await? {
                return Ok(Some(message));
            }
            self.drop_one(message.id, at).await?;
        }
    }

    /// Whether the family still agrees to messages at this phone.
    async fn may_go(&self, message: &Outgoing, at: Instant) -> Result<bool> {
        let phone = self.phone_of(message.household, day_of(at)).await?;
        Ok(phone.is_some_and(|(phone, _)| phone.number == message.phone))
    }

    /// The sender took it: its number and words go.
    pub async fn sent(&self, id: Uuid, at: Instant) -> Result<()> {
        self.only_the_program()?;
        let sql = "update message set state = 'sent', phone = '', words = '', fault = null, ended_at = $2
                   where message_id = $1 and state = 'waiting'";
        self.store.writer.run_one(sql, args![id, at]).await
    }

    /// The sender did not take it: it is tried again after a growing pause, or given up.
    pub async fn failed(&self, message: &Outgoing, fault: &str, at: Instant) -> Result<()> {
        self.only_the_program()?;
        let tries = message.tries + 1;
        let (state, next) = match pause(tries) {
            Some(seconds) => (MessageState::Waiting, at + chrono::TimeDelta::seconds(seconds)),
            None => (MessageState::Dead, at),
        };
        let fault: String = fault.chars().take(MAX_FAULT).collect();
        let sql = "update message set state = $2, tries = $3, next_at = $4, fault = $5
                   where message_id = $1 and state = 'waiting'";
        let args = args![message.id, state.code(), i64::from(tries), next, fault];
        self.store.writer.run_one(sql, args).await
    }

    async fn drop_one(&self, id: Uuid, at: Instant) -> Result<()> {
        let sql = "update message set state = 'dropped', phone = '', words = '', fault = null, ended_at = $2
                   where message_id = $1 and state = 'waiting'";
        self.store.writer.run_one(sql, args![id, at]).await
    }

    /// Drops what is not sent yet to a family of the scope, at the moment it agrees no more.
    pub async fn stop(&self, household: HouseholdId, at: Instant) -> Result<()> {
        if self.store.people(self.scope).version(household).await?.is_none() {
            return Err(StoreError::NotYours);
        }
        let sql = "update message set state = 'dropped', phone = '', words = '', fault = null, ended_at = $2
                   where household_id = $1 and state in ('waiting', 'dead')";
        self.store.writer.run_one(sql, args![household, at]).await
    }

    /// How many are not sent yet to a family of the scope.
    pub async fn unsent(&self, household: HouseholdId) -> Result<i64> {
        if self.store.people(self.scope).version(household).await?.is_none() {
            return Ok(0);
        }
        let sql = "select count(*) from message where household_id = $1 and state in ('waiting', 'dead')";
        let row = self.store.db.row(sql, args![household]).await?;
        row.map_or(Ok(0), |row| row.get(0))
    }

    /// How many stand where; for those who run the program.
    pub async fn totals(&self) -> Result<MessageTotals> {
        if !self.runs() {
            return Ok(MessageTotals::default());
        }
        self.store.message_totals().await
    }

    /// Those that were given up, and those that failed and are tried again, the oldest first.
    pub async fn troubled(&self, limit: i64) -> Result<Vec<MessageLine>> {
        if !self.runs() {
            return Ok(Vec::new());
        }
        let mut lines = Vec::new();
        for state in [MessageState::Dead, MessageState::Waiting] {
            let sql = "select message_id, made_at, tries, next_at, fault, state from message
                       where state = $1 and fault is not null order by next_at limit $2";
            let rows = self.store.db.rows(sql, args![state.code(), limit]).await?;
            lines.extend(rows.iter().map(line).collect::<Result<Vec<_>>>()?);
        }
        Ok(lines)
    }

    /// Everything that was given up is tried again, from the beginning.
    pub async fn try_again(&self, at: Instant) -> Result<()> {
        if !self.runs() {
            return Err(StoreError::NotYours);
        }
        let sql = "update message set state = 'waiting', tries = 0, next_at = $1 where state = 'dead'";
        self.store.writer.run_one(sql, args![at]).await
    }

    fn runs(&self) -> bool {
        self.scope.is_system() || self.scope.may(Doing::Administer)
    }

    fn only_the_program(&self) -> Result<()> {
        if self.scope.is_system() { Ok(()) } else { Err(StoreError::NotYours) }
    }
}

impl crate::Store {
    /// How many messages stand where: numbers of nobody in particular.
    pub(crate) async fn message_totals(&self) -> Result<MessageTotals> {
        let rows = self.db.rows("select state, count(*) from message group by state order by state", args![]).await?;
        let counts = rows.iter().map(|row| Ok((row.code(0)?, row.get(1)?))).collect::<Result<_>>()?;
        let row = self.db.row("select min(made_at) from message where state = 'waiting'", args![]).await?;
        Ok(MessageTotals { counts, oldest: row.map(|row| row.get(0)).transpose()?.flatten() })
    }
}

fn outgoing(row: &Row, vault: &Vault) -> Result<Outgoing> {
    let id: Uuid = row.get(0)?;
    Ok(Outgoing {
        id,
        household: row.id(1)?,
        phone: vault.text(row, 2, &columns::MESSAGE_PHONE, id, 0)?,
        language: row.code(3)?,
        words: vault.text(row, 4, &columns::MESSAGE_WORDS, id, 0)?,
        tries: u32::try_from(row.get::<i64>(5)?).unwrap_or(u32::MAX),
    })
}

fn line(row: &Row) -> Result<MessageLine> {
    Ok(MessageLine {
        id: row.get(0)?,
        state: row.code(5)?,
        made_at: row.get(1)?,
        tries: row.get(2)?,
        next_at: row.get(3)?,
        fault: row.get::<Option<String>>(4)?.unwrap_or_default(),
    })
}
