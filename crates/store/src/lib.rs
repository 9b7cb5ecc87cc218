//! The only room with SQL: journal and tables on SQLite and PostgreSQL, one suite of statements for both.
//!
//! Every read takes a [`Scope`]; every change of record goes through [`Store::commit`].

pub mod access;
pub mod applications;
pub mod blobs;
pub mod copy;
mod db;
mod error;
pub mod grievances;
pub mod insights;
pub mod journal;
pub mod messages;
pub mod papers;
mod patience;
pub mod people;
mod private;
pub mod programmes;
pub mod sealing;
pub mod services;
pub mod state;
pub mod tables;
pub mod visits;

pub use access::scope::{OfficerScope, Scope, SystemKey};
pub use error::{Result, StoreError};
pub use journal::{
    Command, Commit, Committed, Forgetting, Rebuilt, Redaction, RedactionRefused, SealInfo, Verified, WritersHeld,
    Writing,
};
pub use patience::within;

use archive::OfficeKey;
use blobs::Blobs;
use db::{Conn, Db, args};
use domain::{Instant, access::Doing, ids::HouseholdId};
use journal::Writer;
use std::{path::Path, sync::Arc};

/// Runs work with `$conn: Conn` in one transaction on the writing side, which stays or is taken back.
macro_rules! maintain {
    ($store:expr, $keep:expr, $conn:ident => $work:expr) => {{
        if let Some(single) = $store.writer.single() {
            return $crate::journal::held(single, $keep, move |writer| {
                let mut $conn = $crate::db::Conn::Direct(writer);
                $crate::db::at_once(async move { $work })
            })
            .await;
        }
        let $crate::db::Db::Postgres(pool) = &$store.db else { return Err($crate::StoreError::Closed) };
        let mut tx = pool.begin().await?;
        let mut $conn = $crate::db::Conn::Postgres(&mut tx);
        let done = $work?;
        if $keep {
            tx.commit().await?
        } else {
            tx.rollback().await?
        };
        Ok(done)
    }};
}
pub(crate) use maintain;

/// Makes again what is derived, where its builder changed.
async fn made_again(conn: &mut Conn<'_>) -> Result<()> {
    people::remake::bring_up_to_date(conn).await?;
    people::lists::keys::bring_up_to_date(conn).await
}

/// The setting that says that something was erased which the write-ahead log of SQLite still holds.
pub(crate) const LOG_HOLDS_ERASED: &str = "log-holds-erased";

/// Notes it in the transaction that erases, so that no crash in between forgets it.
async fn note_log(conn: &mut Conn<'_>) -> Result<()> {
    if conn.is_postgres() {
        return Ok(());
    }
    let sql = "insert into setting (name, value) values ($1, 'yes') on conflict (name) do nothing";
    conn.execute(sql, args![LOG_HOLDS_ERASED]).await.map(drop)
}

/// An open registry: one database and one folder of papers.
#[derive(Clone)]
pub struct Store {
    db: Db,
    writer: Writer,
    blobs: Blobs,
    access: Arc<access::Memory>,
}

impl Store {
    /// Opens the database at `url` (`sqlite:PATH` or `postgres://USER@HOST/NAME`), brings its tables up to date, and
    /// uses `blobs` as the folder of papers and packs.
    ///
    /// # Errors
    /// [`StoreError::KeyMissing`] for a registry whose papers and protected facts are sealed: see [`Store::open_with`].
    pub async fn open(url: &str, blobs: &Path) -> Result<Store> {
        Store::open_with(url, blobs, None).await
    }

    /// Opens a registry with the office's key. From the first time on, papers and protected facts are sealed with it on
    /// the disk, and the registry opens with that key only.
    ///
    /// # Errors
    /// [`StoreError::OtherKey`] when it is sealed with another key, [`StoreError::WrappedKey`] when its keys were changed.
    pub async fn open_with(url: &str, blobs: &Path, key: Option<&OfficeKey>) -> Result<Store> {
        let (db, mut single) = Db::open(url).await?;
        copy::moved_to(&db).await?;
        let vault = match &mut single {
            Some(writer) => sealing::open_vault(&mut Conn::Direct(writer), key).await?,
            None => db::with_conn!(&db, conn => sealing::open_vault(&mut conn, key).await?),
        };
        state::refuse_newer_journal(db.row(state::NEWEST_FORMAT, args![]).await?)?;
        match &mut single {
            Some(writer) => made_again(&mut Conn::Direct(writer)).await?,
            None => db::with_conn!(&db, conn => made_again(&mut conn).await?),
        }
        let newest = journal::newest_instant(&db).await?;
        let blobs = Blobs::open(blobs, vault)?;
        let writer = Writer::start(db.clone(), single, url, newest, blobs.clone())?;
        let memory = access::Memory::load(&db, &writer, blobs.vault()).await?;
        let store = Store { db, writer, blobs, access: Arc::new(memory) };
        store.seal_own().await?;
        if store.log_holds_erased().await? {
            store.empty_log(false).await?;
        }
        Ok(store)
    }

    /// Writes events, the command that asked for them, and the tables they change: whole or not at all.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when a record moved on since it was read; [`StoreError::OtherBody`] when the command id
    /// came before with other content; [`StoreError::ClockBehind`] when the server's clock is behind the journal.
    pub async fn commit(&self, scope: &Scope, mut commit: Commit) -> Result<Committed> {
        commit.command.officer = scope.officer_id();
        self.writer.commit(commit).await
    }

    /// The first outcome of a command that was carried out before, so that a repeat is harmless.
    pub async fn seen(&self, scope: &Scope, mut command: Command) -> Result<Option<String>> {
        command.officer = scope.officer_id();
        self.writer.seen(&command).await
    }

    /// Seals the committed events that no seal covers yet; how many it took.
    pub async fn seal(&self, at: Instant) -> Result<i64> {
        if self.log_holds_erased().await? {
            self.empty_log(false).await?;
        }
        self.seal_some(at, false).await
    }

    async fn seal_some(&self, at: Instant, below: bool) -> Result<i64> {
        maintain!(self, true, conn => journal::seal_next(&mut conn, at, below).await)
    }

    /// Seals also what stands below the newest seal: PostgreSQL may have it so, and SQLite never looks there.
    pub(crate) async fn seal_left_behind(&self, at: Instant) -> Result<()> {
        if self.writer.single().is_none() {
            return Ok(());
        }
        while self.seal_some(at, true).await? > 0 {}
        Ok(())
    }

    /// The newest seal.
    pub async fn newest_seal(&self) -> Result<Option<SealInfo>> {
        journal::newest_seal(&self.db).await
    }

    /// Checks every payload, seal and version of the journal.
    pub async fn verify(&self) -> Result<Verified> {
        db::with_conn!(&self.db, conn => journal::verify_all(&mut conn, self.vault()).await)
    }

    /// The keys that protected facts and papers are sealed with.
    pub(crate) fn vault(&self) -> &sealing::Vault {
        self.blobs.vault()
    }

    /// Replays the journal into empty record tables. With `keep` the replayed rows stay; without, everything is put
    /// back and only the comparison is answered.
    ///
    /// # Errors
    /// [`StoreError::OldLiesOpen`] while what was written before the registry's key is not sealed yet.
    pub async fn rebuild(&self, keep: bool) -> Result<Rebuilt> {
        if self.old_lies_open().await? {
            return Err(StoreError::OldLiesOpen);
        }
        let blobs = self.blobs.clone();
        maintain!(self, keep, conn => journal::rebuild_all(&mut conn, &blobs).await)
    }

    /// Erases the content of events for good: wrong person, court order, retention over. What stays is that something
    /// was erased, when, why, and by whose decision; how many events it was.
    ///
    /// # Errors
    /// [`StoreError::Redaction`] when something is missing or already gone; nothing was erased then.
    pub async fn redact(&self, scope: &Scope, redaction: Redaction, at: Instant) -> Result<usize> {
        redaction.check(scope)?;
        self.writer.check_clock(at)?;
        let (count, files) = self.erase(&redaction, at).await?;
        for hash in files {
            self.blobs.remove(&hash).await?;
        }
        self.empty_log(true).await?;
        Ok(count)
    }

    /// Forgets a person, or a whole family, everywhere: their own events are erased, and what applications and words of
    /// officers copied from them is taken out. How many events lost something.
    ///
    /// # Errors
    /// [`StoreError::Redaction`] when something is missing, or applications of a whole family are still open; nothing
    /// was erased then.
    pub async fn forget(&self, scope: &Scope, asked: Forgetting, at: Instant) -> Result<usize> {
        asked.check(scope)?;
        self.forget_for_good(asked, false, at).await
    }

    /// Forgets a family as one officer decided and this one, another, confirms; see [`Store::forget`].
    ///
    /// # Errors
    /// [`StoreError::Redaction`] when nobody decided it, when it was this officer, or when applications are still open;
    /// nothing was erased then.
    pub async fn confirm_erasure(&self, scope: &Scope, household: HouseholdId, at: Instant) -> Result<usize> {
        let waiting = self.people(scope).erasure(household).await?.ok_or(RedactionRefused::NotProposed)?;
        let (Some(first), Some(second), true) = (waiting.officer, scope.officer_id(), scope.may(Doing::People)) else {
            return Err(RedactionRefused::NotAllowed.into());
        };
        if first == second {
            return Err(RedactionRefused::SameOfficer.into());
        }
        self.forget_for_good(
            Forgetting { household, person: None, reason: waiting.reason, officers: (first, second) },
            true,
            at,
        )
        .await
    }

    async fn forget_for_good(&self, asked: Forgetting, proposed: bool, at: Instant) -> Result<usize> {
        self.writer.check_clock(at)?;
        let (count, files) = self.forget_in_tables(asked, proposed, at).await?;
        for hash in files {
            self.blobs.remove(&hash).await?;
        }
        self.empty_log(true).await?;
        Ok(count)
    }

    async fn forget_in_tables(&self, asked: Forgetting, proposed: bool, at: Instant) -> Result<(usize, Vec<String>)> {
        let blobs = self.blobs.clone();
        maintain!(self, true, conn => {
            // It may have been taken back since it was read.
            if proposed && !people::apply::is_proposed(&mut conn, asked.household, asked.officers.0).await? {
                return Err(RedactionRefused::NotProposed.into());
            }
            note_log(&mut conn).await?;
            journal::forget_all(&mut conn, &asked, at, &blobs).await
        })
    }

    async fn erase(&self, redaction: &Redaction, at: Instant) -> Result<(usize, Vec<String>)> {
        let (redaction, blobs) = (redaction.clone(), self.blobs.clone());
        maintain!(self, true, conn => {
            note_log(&mut conn).await?;
            journal::redact_all(&mut conn, &redaction, at, &blobs).await
        })
    }

    /// On SQLite: moves everything into the database file and empties the write-ahead log, which still holds what was
    /// erased. While somebody reads from it that cannot be done: the next seal and the next start try again. PostgreSQL
    /// frees it with its next vacuum.
    async fn empty_log(&self, patient: bool) -> Result<()> {
        let Some(single) = self.writer.single() else { return Ok(()) };
        if journal::alone(single, move |conn| conn.empty_log(patient)).await? {
            self.writer.run_one("delete from setting where name = $1", args![LOG_HOLDS_ERASED]).await?;
        }
        Ok(())
    }

    /// Whether the write-ahead log of SQLite still holds something that was erased, because somebody reads from it.
    pub async fn log_holds_erased(&self) -> Result<bool> {
        Ok(self.setting(LOG_HOLDS_ERASED).await?.is_some())
    }

    /// The folder of papers and packs.
    pub fn blobs(&self) -> &Blobs {
        &self.blobs
    }

    /// Waits for the readers and closes the pools.
    pub async fn close(&self) {
        self.db.close().await;
    }

    /// A small setting of this installation; the key of receipt secrets is none of them.
    pub async fn setting(&self, name: &str) -> Result<Option<String>> {
        if name == access::SECRET_KEY {
            return Ok(None);
        }
        let row = self.db.row("select value from setting where name = $1", args![name]).await?;
        row.map(|row| row.get(0)).transpose()
    }

    /// Keeps a small setting of this installation; the key of receipt secrets is never replaced.
    pub async fn keep_setting(&self, name: &str, value: &str) -> Result<()> {
        if name == access::SECRET_KEY {
            return Ok(());
        }
        let sql =
            "insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value";
        self.writer.run_one(sql, args![name, value]).await
    }

    /// Whether the database answers.
    pub async fn healthy(&self) -> bool {
        self.db.row("select 1", args![]).await.is_ok()
    }
}
