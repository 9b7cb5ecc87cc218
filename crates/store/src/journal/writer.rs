//! Who writes: on SQLite one connection with group commit, on PostgreSQL every connection of the pool.

use super::commit::{self, Command, Commit, Committed};
use crate::{
    db::{Conn, Db, Sql, Value},
    error::{Result, StoreError},
};
use domain::Instant;
use sqlx::{Connection, SqliteConnection};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use tokio::sync::{Mutex, mpsc, oneshot};

/// How many commits share one fsync at most.
const GROUP: usize = 64;

/// One thing to write.
enum Job {
    Commit(Box<Commit>, oneshot::Sender<Result<Committed>>),
    Statements(Vec<(Sql, Vec<Value>)>, oneshot::Sender<Result<()>>),
}

/// The writing side of a store.
#[derive(Clone)]
pub(crate) struct Writer {
    db: Db,
    queue: Option<mpsc::Sender<Job>>,
    /// The writing connection on SQLite, shared with maintenance.
    single: Option<Arc<Mutex<SqliteConnection>>>,
    /// When the newest event was recorded, in microseconds: the clock may not run behind it.
    newest: Arc<AtomicI64>,
}

impl Writer {
    /// Starts the writer.
    pub(crate) fn start(db: Db, single: Option<SqliteConnection>, newest: i64) -> Self {
        let single = single.map(|conn| Arc::new(Mutex::new(conn)));
        let queue = single.clone().map(|conn| {
            let (send, receive) = mpsc::channel(1024);
            tokio::spawn(write_groups(conn, receive));
            send
        });
        Writer { db, queue, single, newest: Arc::new(AtomicI64::new(newest)) }
    }

    /// Writes a commit; the answer comes after its fsync.
    pub(crate) async fn commit(&self, commit: Commit) -> Result<Committed> {
        self.check_clock(commit.at)?;
        if let Some(queue) = &self.queue {
            let (send, receive) = oneshot::channel();
            queue.send(Job::Commit(Box::new(commit), send)).await.map_err(|_| StoreError::Closed)?;
            return receive.await.map_err(|_| StoreError::Closed)?;
        }
        let Db::Postgres(pool) = &self.db else { return Err(StoreError::Closed) };
        let mut tx = pool.begin().await?;
        let done = commit::write(&mut Conn::Postgres(&mut tx), &commit).await?;
        tx.commit().await?;
        Ok(done)
    }

    /// Refuses an instant that lies behind the newest event.
    pub(crate) fn check_clock(&self, now: Instant) -> Result<()> {
        let at = now.timestamp_micros();
        let newest = self.newest.fetch_max(at, Ordering::SeqCst);
        if newest > at + CLOCK_SLACK {
            return Err(StoreError::ClockBehind { last: Instant::from_timestamp_micros(newest).unwrap_or(now) });
        }
        Ok(())
    }

    /// The outcome of a command carried out before.
    pub(crate) async fn seen(&self, command: &Command) -> Result<Option<String>> {
        crate::db::with_conn!(&self.db, conn => commit::seen(&mut conn, command).await)
    }

    /// Runs operational statements in one transaction.
    pub(crate) async fn run(&self, statements: Vec<(Sql, Vec<Value>)>) -> Result<()> {
        if let Some(queue) = &self.queue {
            let (send, receive) = oneshot::channel();
            queue.send(Job::Statements(statements, send)).await.map_err(|_| StoreError::Closed)?;
            return receive.await.map_err(|_| StoreError::Closed)?;
        }
        let Db::Postgres(pool) = &self.db else { return Err(StoreError::Closed) };
        let mut tx = pool.begin().await?;
        run_all(&mut Conn::Postgres(&mut tx), statements).await?;
        Ok(tx.commit().await?)
    }

    /// Runs one operational statement.
    pub(crate) async fn run_one(&self, sql: impl Into<Sql>, args: Vec<Value>) -> Result<()> {
        self.run(vec![(sql.into(), args)]).await
    }

    /// The connection for maintenance on SQLite, which keeps the writers out while it is held.
    pub(crate) fn single(&self) -> Option<Arc<Mutex<SqliteConnection>>> {
        self.single.clone()
    }
}

/// Requests that read the clock in one order may arrive here in another; a second of that is no broken clock.
const CLOCK_SLACK: i64 = 5_000_000;

async fn run_all(conn: &mut Conn<'_>, statements: Vec<(Sql, Vec<Value>)>) -> Result<()> {
    for (sql, args) in statements {
        conn.execute(sql, args).await?;
    }
    Ok(())
}

/// Takes what is waiting, writes it under one fsync, then answers everybody.
async fn write_groups(conn: Arc<Mutex<SqliteConnection>>, mut queue: mpsc::Receiver<Job>) {
    let mut jobs = Vec::with_capacity(GROUP);
    while queue.recv_many(&mut jobs, GROUP).await > 0 {
        let mut held = conn.lock().await;
        write_group(&mut held, std::mem::take(&mut jobs)).await;
    }
}

/// An answer that waits for the group's fsync.
enum Answer {
    Commit(oneshot::Sender<Result<Committed>>, Result<Committed>),
    Statements(oneshot::Sender<Result<()>>, Result<()>),
}

async fn write_group(conn: &mut SqliteConnection, jobs: Vec<Job>) {
    let mut tx = match conn.begin_with("BEGIN IMMEDIATE").await {
        Ok(tx) => tx,
        // Dropping the jobs tells their senders that the store did not write.
        Err(error) => return tracing::error!(%error, "the group transaction did not begin"),
    };
    let mut answers = Vec::with_capacity(jobs.len());
    for job in jobs {
        answers.push(write_job(&mut tx, job).await);
    }
    let committed = tx.commit().await;
    if let Err(error) = &committed {
        tracing::error!(%error, "the group did not commit");
    }
    for answer in answers {
        let lost = || StoreError::Closed;
        // A receiver that has gone away no longer wants its answer.
        match answer {
            Answer::Commit(send, done) => drop(send.send(if committed.is_ok() { done } else { Err(lost()) })),
            Answer::Statements(send, done) => drop(send.send(if committed.is_ok() { done } else { Err(lost()) })),
        }
    }
}

/// Writes one job inside a savepoint, so that its failure leaves the others of the group alone.
async fn write_job(conn: &mut SqliteConnection, job: Job) -> Answer {
    let mut conn = Conn::Sqlite(conn);
    let begun = conn.script("savepoint job").await;
    match job {
        Job::Commit(commit, send) => {
            let done = match begun {
                Ok(()) => commit::write(&mut conn, &commit).await,
                Err(error) => Err(error),
            };
            Answer::Commit(send, settle(&mut conn, done).await)
        }
        Job::Statements(statements, send) => {
            let done = match begun {
                Ok(()) => run_all(&mut conn, statements).await,
                Err(error) => Err(error),
            };
            Answer::Statements(send, settle(&mut conn, done).await)
        }
    }
}

async fn settle<T>(conn: &mut Conn<'_>, done: Result<T>) -> Result<T> {
    match done {
        Ok(done) => conn.script("release job").await.map(|()| done),
        Err(error) => {
            conn.script("rollback to job; release job").await?;
            Err(error)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        Store,
        db::{Conn, Db, args},
    };

    #[tokio::test]
    async fn the_writing_connection_waits_for_the_disk() {
        let dir = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", dir.path().join("registry.db").display());
        let store = Store::open(&url, dir.path()).await.expect("a store");
        let single = store.writer.single().expect("the writing connection");
        let mut held = single.lock().await;
        let mut conn = Conn::Sqlite(&mut held);
        // 2 is FULL: an fsync for every commit.
        for (pragma, want) in [("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)] {
            let row = conn.row(format!("pragma {pragma}"), args![]).await.expect("an answer").expect("a value");
            assert_eq!(row.get::<i64>(0).expect("a number"), want, "{pragma}");
        }
        let row = conn.row("pragma journal_mode", args![]).await.expect("an answer").expect("a value");
        assert_eq!(row.get::<String>(0).expect("text"), "wal");
        let Db::Sqlite(readers) = &store.db else { panic!("SQLite") };
        let mut reader = readers.acquire().await.expect("a reader");
        let written = Conn::Sqlite(&mut reader).execute("delete from setting", args![]).await;
        assert!(written.is_err(), "readers only read");
    }
}
