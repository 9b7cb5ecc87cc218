//! Who writes: on SQLite one connection with group commit, on PostgreSQL every connection of the pool.
//!
//! What waits is bounded, and a request waits for a moment only ([`crate::patience`]). What nobody waits for any more is
//! not written when its turn comes; what was begun is written to its end, and a repeat of its command finds it done.

use super::{
    checkpoint,
    commit::{self, Command, Commit, Committed, Prepared},
    standing::{Watch, Writing},
};
use crate::{
    blobs::Blobs,
    db::{Conn, Db, Direct, Sql, Value, at_once},
    error::{Result, StoreError},
    patience,
};
use domain::Instant;
use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicI64, Ordering},
    mpsc::SyncSender,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

/// How many commits share one fsync at most.
const GROUP: usize = 64;

/// How much waits to be written at most, whoever sends it.
const LONGEST_QUEUE: usize = 1024;

/// One thing to write.
enum Job {
    Commit(Box<Prepared>, oneshot::Sender<Result<Committed>>),
    Statements(Vec<(Sql, Vec<Value>)>, oneshot::Sender<Result<()>>),
    /// Statements that nobody waits for.
    Offered(Vec<(Sql, Vec<Value>)>),
}

/// The writing connection of SQLite: of the writer's thread, or of maintenance while that holds it.
#[derive(Clone)]
pub(crate) struct Single(Arc<(Mutex<()>, Mutex<Direct>)>);

impl Single {
    fn new(conn: Direct) -> Self {
        Single(Arc::new((Mutex::new(()), Mutex::new(conn))))
    }

    /// The connection, in turn. A writer that always has something to write would take a plain lock again before
    /// anybody who waits for it is awake; whoever waits holds the turn, so that it cannot.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Direct> {
        let (turn, conn) = &*self.0;
        let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
        conn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The writing side of a store.
#[derive(Clone)]
pub(crate) struct Writer {
    db: Db,
    /// Where the rows of lists stand that events name.
    blobs: Blobs,
    queue: Option<mpsc::Sender<Job>>,
    /// The writing connection on SQLite, shared with maintenance.
    single: Option<Single>,
    /// On PostgreSQL: a place for everything under way, so that it is bounded there too.
    places: Arc<Semaphore>,
    watch: Watch,
    /// When the newest event was recorded, in microseconds: the clock may not run behind it.
    newest: Arc<AtomicI64>,
}

impl Writer {
    /// Starts the writer; on SQLite a thread of its own, which ends when the store is dropped.
    pub(crate) fn start(db: Db, single: Option<Direct>, url: &str, newest: i64, blobs: Blobs) -> Result<Self> {
        let single = single.map(Single::new);
        let (mut queue, watch) = (None, Watch::new());
        if let Some(conn) = single.clone() {
            let (send, receive) = mpsc::channel(LONGEST_QUEUE);
            let (moving, watch) = (checkpoint::start(url, conn.clone())?, watch.clone());
            std::thread::Builder::new()
                .name("journal-writer".to_owned())
                .spawn(move || write_groups(&conn, receive, &moving, &watch))?;
            queue = Some(send);
        }
        let (places, newest) = (Arc::new(Semaphore::new(LONGEST_QUEUE)), Arc::new(AtomicI64::new(newest)));
        Ok(Writer { db, blobs, queue, single, places, watch, newest })
    }

    /// Writes a commit; the answer comes after its fsync.
    pub(crate) async fn commit(&self, commit: Commit) -> Result<Committed> {
        self.check_clock(commit.at)?;
        let prepared = Prepared::of(commit, &self.blobs)?;
        let (send, receive) = oneshot::channel();
        self.give(Job::Commit(Box::new(prepared), send)).await?;
        patience::wait(receive).await?.map_err(|_| StoreError::Closed)?
    }

    /// Gives something to be written. A request does not wait for a place in the queue.
    async fn give(&self, job: Job) -> Result<()> {
        let request = patience::is_request();
        if let Some(queue) = &self.queue {
            return match queue.try_send(job) {
                Ok(()) => Ok(()),
                Err(mpsc::error::TrySendError::Full(job)) if !request => {
                    queue.send(job).await.map_err(|_| StoreError::Closed)
                }
                Err(mpsc::error::TrySendError::Full(_)) => Err(StoreError::Overloaded),
                Err(mpsc::error::TrySendError::Closed(_)) => Err(StoreError::Closed),
            };
        }
        let Db::Postgres(pool) = &self.db else { return Err(StoreError::Closed) };
        let places = self.places.clone();
        let place = match places.clone().try_acquire_owned() {
            Ok(place) => place,
            Err(_) if request => return Err(StoreError::Overloaded),
            Err(_) => places.acquire_owned().await.map_err(|_| StoreError::Closed)?,
        };
        // A task of its own: what was begun is not broken off when whoever sent it has lost patience.
        tokio::spawn(job.write_on_its_own(pool.clone(), place));
        Ok(())
    }

    /// How the writer stands.
    pub(super) fn standing(&self) -> Writing {
        let waiting = match &self.queue {
            Some(queue) => queue.max_capacity() - queue.capacity(),
            None => LONGEST_QUEUE - self.places.available_permits(),
        };
        Writing { waiting, at_it: self.watch.at_it() }
    }

    /// Every place of PostgreSQL's writers that is free now.
    pub(super) fn all_places(&self) -> Option<OwnedSemaphorePermit> {
        let free = u32::try_from(self.places.available_permits()).unwrap_or(u32::MAX);
        self.places.clone().try_acquire_many_owned(free).ok()
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
        let (send, receive) = oneshot::channel();
        self.give(Job::Statements(statements, send)).await?;
        patience::wait(receive).await?.map_err(|_| StoreError::Closed)?
    }

    /// Gives the writer one statement that no request waits for and that may be lost: when others wait already, it is.
    pub(crate) async fn offer_one(&self, sql: impl Into<Sql>, args: Vec<Value>) -> Result<()> {
        if !patience::is_request() {
            return self.run_one(sql, args).await;
        }
        let job = Job::Offered(vec![(sql.into(), args)]);
        match (&self.queue, &self.db) {
            (Some(queue), _) if self.standing().waiting < GROUP => drop(queue.try_send(job)),
            (None, Db::Postgres(pool)) => {
                if let Ok(place) = self.places.clone().try_acquire_owned() {
                    tokio::spawn(job.write_on_its_own(pool.clone(), place));
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Runs one operational statement.
    pub(crate) async fn run_one(&self, sql: impl Into<Sql>, args: Vec<Value>) -> Result<()> {
        self.run(vec![(sql.into(), args)]).await
    }

    /// The connection for maintenance on SQLite, which keeps the writers out while it is held.
    pub(crate) fn single(&self) -> Option<Single> {
        self.single.clone()
    }
}

/// Requests that read the clock in one order may arrive here in another; a second of that is no broken clock.
const CLOCK_SLACK: i64 = 5_000_000;

async fn run_all(conn: &mut Conn<'_>, statements: &[(Sql, Vec<Value>)]) -> Result<()> {
    for (sql, args) in statements {
        conn.execute(sql.clone(), args.clone()).await?;
    }
    Ok(())
}

/// Runs maintenance with the writing connection, which keeps the writer out meanwhile.
pub(crate) async fn alone<T: Send + 'static>(
    single: Single,
    work: impl FnOnce(&mut Direct) -> Result<T> + Send + 'static,
) -> Result<T> {
    let work = move || work(&mut single.lock());
    tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Closed)?
}

/// Runs maintenance in one transaction, which stays or is taken back.
pub(crate) async fn held<T: Send + 'static>(
    single: Single,
    keep: bool,
    work: impl FnOnce(&mut Direct) -> Result<T> + Send + 'static,
) -> Result<T> {
    let within = move |conn: &mut Direct| {
        conn.script("begin immediate")?;
        let done = work(conn).and_then(|done| if keep { conn.script("commit").map(|()| done) } else { Ok(done) });
        conn.take_back()?;
        done
    };
    alone(single, within).await
}

/// Takes what is waiting, writes it under one fsync, then answers everybody.
fn write_groups(conn: &Single, mut queue: mpsc::Receiver<Job>, moving: &SyncSender<()>, watch: &Watch) {
    let mut jobs = Vec::with_capacity(GROUP);
    while queue.blocking_recv_many(&mut jobs, GROUP) > 0 {
        watch.begin();
        let mut held = conn.lock();
        jobs.retain(|job| !job.is_given_up());
        write_group(&mut held, std::mem::take(&mut jobs));
        watch.end();
        // Word that waits already, or a thread that has gone, needs no second one: the next commit tells again.
        let _ = moving.try_send(());
    }
}

/// What a job came to; its answer waits for the group's fsync.
enum Done {
    Commit(Result<Committed>),
    Statements(Result<()>),
}

impl Done {
    fn failed(&self) -> bool {
        matches!(self, Done::Commit(Err(_)) | Done::Statements(Err(_)))
    }
}

fn write_group(conn: &mut Direct, jobs: Vec<Job>) {
    match write_all(conn, &jobs) {
        Ok(done) => jobs.into_iter().zip(done).for_each(|(job, done)| job.answer(done)),
        Err(error) => {
            tracing::error!(%error, "the group did not commit");
            if let Err(error) = conn.take_back() {
                tracing::error!(%error, "the group was not taken back");
            }
            // Dropping the jobs tells their senders that the store did not write.
        }
    }
}

/// Writes the jobs in one transaction. Failures are rare, so the first try keeps no way back for each job, which would
/// copy every page that the job touches; when one fails, all are written again, each with its way back.
fn write_all(conn: &mut Direct, jobs: &[Job]) -> Result<Vec<Done>> {
    conn.script("begin immediate")?;
    let mut done = Vec::with_capacity(jobs.len());
    for job in jobs {
        let this = job.write(conn);
        if this.failed() {
            conn.take_back()?;
            conn.script("begin immediate")?;
            done = jobs.iter().map(|job| job.write_apart(conn)).collect::<Result<_>>()?;
            break;
        }
        done.push(this);
    }
    conn.script("commit")?;
    Ok(done)
}

impl Job {
    /// Whether nobody waits for it any more.
    fn is_given_up(&self) -> bool {
        match self {
            Job::Commit(_, send) => send.is_closed(),
            Job::Statements(_, send) => send.is_closed(),
            Job::Offered(_) => false,
        }
    }

    fn write(&self, conn: &mut Direct) -> Done {
        let mut conn = Conn::Direct(conn);
        match self {
            Job::Commit(commit, _) => Done::Commit(at_once(commit::write(&mut conn, commit))),
            Job::Statements(statements, _) | Job::Offered(statements) => {
                Done::Statements(at_once(run_all(&mut conn, statements)))
            }
        }
    }

    /// Writes it in a transaction of its own, and answers.
    async fn write_on_its_own(self, pool: sqlx::PgPool, _place: OwnedSemaphorePermit) {
        let begun = pool.begin().await.map_err(StoreError::from);
        if self.is_given_up() {
            return;
        }
        let done = match begun {
            Ok(tx) => self.write_in(tx).await,
            Err(error) => self.failed(error),
        };
        self.answer(done);
    }

    async fn write_in(&self, mut tx: sqlx::Transaction<'_, sqlx::Postgres>) -> Done {
        let mut conn = Conn::Postgres(&mut tx);
        let done = match self {
            Job::Commit(commit, _) => Done::Commit(commit::write(&mut conn, commit).await),
            Job::Statements(statements, _) | Job::Offered(statements) => {
                Done::Statements(run_all(&mut conn, statements).await)
            }
        };
        match (done.failed(), tx) {
            (true, _) => done,
            (false, tx) => match tx.commit().await {
                Ok(()) => done,
                Err(error) => self.failed(error.into()),
            },
        }
    }

    fn failed(&self, error: StoreError) -> Done {
        match self {
            Job::Commit(..) => Done::Commit(Err(error)),
            Job::Statements(..) | Job::Offered(_) => Done::Statements(Err(error)),
        }
    }

    /// Writes inside a savepoint, so that a failure leaves the others of the group alone.
    fn write_apart(&self, conn: &mut Direct) -> Result<Done> {
        conn.script("savepoint job")?;
        let done = self.write(conn);
        conn.script(if done.failed() { "rollback to job; release job" } else { "release job" })?;
        Ok(done)
    }

    /// Answers the sender; one that has gone away no longer wants it.
    fn answer(self, done: Done) {
        match (self, done) {
            (Job::Commit(_, send), Done::Commit(done)) => drop(send.send(done)),
            (Job::Statements(_, send), Done::Statements(done)) => drop(send.send(done)),
            (Job::Offered(_), Done::Statements(done)) => drop(done),
            _ => unreachable!("a job is done as what it is"),
        }
    }
}

#[cfg(test)]
mod tests;
