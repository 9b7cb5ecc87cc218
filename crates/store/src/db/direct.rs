//! The writing connection of SQLite, driven on the calling thread.
//!
//! The query library runs each SQLite connection on a thread of its own and hands every statement over and back. A
//! commit has some two hundred small statements, so the hand-overs, and preparing texts put together to save some of
//! them, cost more than the writing. Here a statement is prepared once and runs where it is called.

use super::{Row, Value};
use crate::{
    error::{Result, StoreError},
    private,
};
use rusqlite::{CachedStatement, Connection, OpenFlags, types::ToSqlOutput, types::ValueRef};
use sqlx::sqlite::SqliteConnectOptions;
use std::{
    path::Path,
    str::FromStr,
    time::{Duration, Instant},
};

/// How many statements stay prepared: every one of the program, in its few lengths.
const PREPARED: usize = 512;

/// How long a patient [`Direct::empty_log`] tries, and how long it waits for a reader at each try. Writers wait as well.
const PATIENCE: Duration = Duration::from_secs(5);
const TRY: Duration = Duration::from_millis(500);
/// How long a statement waits for another connection.
const WAIT: Duration = Duration::from_secs(10);

/// How a file is opened for writing: WAL, an fsync for every commit, and no remains of what was deleted, so that an
/// erased person does not live on in free space. Another thread moves the log into the file; at four times
/// the length where that one keeps the writer out, SQLite has the writer move it after all.
const PRAGMAS: &str = "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;
    pragma secure_delete = on; pragma cache_size = -65536; pragma wal_autocheckpoint = 131072;";

/// An open database file with its prepared statements.
pub(crate) struct Direct(Connection);

impl Direct {
    /// Opens or creates the file of a `sqlite:PATH` address.
    pub(crate) fn open(url: &str) -> Result<Self> {
        let options = SqliteConnectOptions::from_str(url)?;
        let path: &Path = options.get_filename();
        // One thread at a time holds it: the library's own lock around every call is not needed.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        private::file(path)?;
        let conn = Connection::open_with_flags(path, flags)?;
        conn.busy_timeout(WAIT)?;
        conn.set_prepared_statement_cache_capacity(PREPARED);
        conn.execute_batch(PRAGMAS)?;
        Ok(Direct(conn))
    }

    /// Opens a file that is there, as it is.
    pub(crate) fn open_there(url: &str) -> Result<Self> {
        let options = SqliteConnectOptions::from_str(url)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(options.get_filename(), flags)?;
        conn.busy_timeout(Duration::from_secs(60))?;
        Ok(Direct(conn))
    }

    /// Makes a new file to be filled in one go: should the machine stop meanwhile, the file is thrown away.
    pub(crate) fn open_new(url: &str) -> Result<Self> {
        let options = SqliteConnectOptions::from_str(url)?;
        private::file(options.get_filename())?;
        let conn = Connection::open(options.get_filename())?;
        conn.execute_batch("pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -65536;")?;
        Ok(Direct(conn))
    }

    /// Runs a statement; the number of rows it touched.
    pub(crate) fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64> {
        Ok(self.bound(sql, values)?.raw_execute()? as u64)
    }

    /// Runs a statement once for every so many values.
    pub(crate) fn each(&mut self, sql: &str, columns: usize, values: &[Value]) -> Result<()> {
        let mut statement = self.prepared(sql)?;
        for row in values.chunks_exact(columns) {
            bind(&mut statement, row)?;
            statement.raw_execute()?;
        }
        Ok(())
    }

    /// Runs a statement and reads all its rows.
    pub(crate) fn rows(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>> {
        let mut statement = self.bound(sql, values)?;
        let columns = statement.column_count();
        let mut rows = statement.raw_query();
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(Row::Direct((0..columns).map(|at| row.get(at)).collect::<rusqlite::Result<_>>()?));
        }
        Ok(out)
    }

    /// Runs several statements without values.
    pub(crate) fn script(&mut self, sql: &str) -> Result<()> {
        Ok(self.0.execute_batch(sql)?)
    }

    /// Moves everything into the database file and empties the write-ahead log; false when somebody reads from it, who
    /// is waited for only when `patient`.
    pub(crate) fn empty_log(&mut self, patient: bool) -> Result<bool> {
        self.0.busy_timeout(if patient { TRY } else { Duration::ZERO })?;
        let emptied = self.try_to_empty_log(Instant::now() + if patient { PATIENCE } else { Duration::ZERO });
        self.0.busy_timeout(WAIT)?;
        emptied
    }

    fn try_to_empty_log(&mut self, until: Instant) -> Result<bool> {
        loop {
            let state = self.rows("pragma wal_checkpoint(truncate)", &[])?;
            if state.first().is_some_and(|row| row.get::<i64>(0).is_ok_and(|busy| busy == 0)) {
                return Ok(true);
            }
            if Instant::now() >= until {
                return Ok(false);
            }
            // SQLite waits for readers by itself, but answers "busy" at once while another thread moves the log.
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Takes back the transaction under way, if one is: some failures have ended it already.
    pub(crate) fn take_back(&mut self) -> Result<()> {
        if self.0.is_autocommit() { Ok(()) } else { self.script("rollback") }
    }

    fn bound(&mut self, sql: &str, values: &[Value]) -> Result<CachedStatement<'_>> {
        let mut statement = self.prepared(sql)?;
        bind(&mut statement, values)?;
        Ok(statement)
    }

    fn prepared(&mut self, sql: &str) -> Result<CachedStatement<'_>> {
        // `?2` is the second value wherever it stands; `$2` would be a name, numbered by where it is first met.
        Ok(self.0.prepare_cached(&sql.replace('$', "?"))?)
    }
}

fn bind(statement: &mut CachedStatement<'_>, values: &[Value]) -> Result<()> {
    for (at, value) in (1usize..).zip(values) {
        statement.raw_bind_parameter(at, value)?;
    }
    Ok(())
}

impl rusqlite::ToSql for Value {
    /// As the query library writes them: readers read what this connection wrote.
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let text = |text: String| ToSqlOutput::Owned(text.into());
        Ok(match self {
            Value::Uuid(Some(id)) => ToSqlOutput::Borrowed(ValueRef::Blob(id.as_bytes())),
            Value::Text(Some(v)) => ToSqlOutput::Borrowed(ValueRef::Text(v.as_bytes())),
            Value::Bytes(Some(v)) => ToSqlOutput::Borrowed(ValueRef::Blob(v)),
            Value::Int(Some(v)) => ToSqlOutput::Owned((*v).into()),
            Value::Bool(Some(v)) => ToSqlOutput::Owned((*v).into()),
            Value::Date(Some(v)) => text(v.to_string()),
            Value::Time(Some(v)) => text(v.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, false)),
            _ => ToSqlOutput::Borrowed(ValueRef::Null),
        })
    }
}

/// What a future gives that never waits: with [`super::Conn::Direct`] every statement has run when its call returns.
pub(crate) fn at_once<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(work).poll(&mut context) {
        std::task::Poll::Ready(done) => done,
        std::task::Poll::Pending => Err(StoreError::Closed),
    }
}
