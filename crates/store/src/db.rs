//! Two databases behind one small door: one SQL text with `$1` placeholders, typed values in, typed columns out.
//!
//! The query library's own "any database" type cannot read UUID, timestamp or JSON columns on PostgreSQL, so the
//! two connection kinds stand side by side here and nowhere else.

mod migrate;
mod value;

pub(crate) use migrate::migrate;
pub(crate) use value::{Row, Value, args, json};

use crate::error::{Result, StoreError};
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection, PgPool, SqliteConnection, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{str::FromStr, time::Duration};

/// Readers on SQLite, connections on PostgreSQL.
const POOL: u32 = 8;

/// The pools of an open store.
#[derive(Clone)]
pub(crate) enum Db {
    /// Readers only; the one writing connection belongs to the writer.
    Sqlite(SqlitePool),
    /// Readers and writers.
    Postgres(PgPool),
}

/// One connection of either kind.
pub(crate) enum Conn<'c> {
    /// SQLite.
    Sqlite(&'c mut SqliteConnection),
    /// SQLite, with statements gathered until one of them must be answered.
    Gathering(&'c mut SqliteConnection, Gathered),
    /// PostgreSQL.
    Postgres(&'c mut PgConnection),
}

/// Statements that wait to be sent together.
///
/// The library runs SQLite on a thread of its own, and each statement costs two hand-overs between threads, which is
/// many times the statement's own work. Statements that need no answer go over together.
#[derive(Default)]
pub(crate) struct Gathered {
    sql: String,
    values: Vec<Value>,
    count: usize,
}

/// How many statements go over together at most.
const GATHER: usize = 48;

impl Gathered {
    /// Adds a statement; its placeholders are numbered on from those before it.
    fn add(&mut self, sql: &str, values: Vec<Value>) {
        let offset = self.values.len();
        let mut parts = sql.split('$');
        self.sql.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let digits = part.bytes().take_while(u8::is_ascii_digit).count();
            let number: usize = part[..digits].parse().unwrap_or(0);
            self.sql.push_str(&format!("${}{}", number + offset, &part[digits..]));
        }
        self.sql.push_str(";\n");
        self.values.extend(values);
        self.count += 1;
    }
}

/// Runs a body with a connection of either pool as `$conn: Conn`.
macro_rules! with_conn {
    ($db:expr, $conn:ident => $body:expr) => {
        match $db {
            $crate::db::Db::Sqlite(pool) => {
                let mut held = pool.acquire().await?;
                let mut $conn = $crate::db::Conn::Sqlite(&mut held);
                $body
            }
            $crate::db::Db::Postgres(pool) => {
                let mut held = pool.acquire().await?;
                let mut $conn = $crate::db::Conn::Postgres(&mut held);
                $body
            }
        }
    };
}
pub(crate) use with_conn;

/// The options of a SQLite connection: WAL, an fsync for every commit, no remains of what was deleted.
pub(crate) fn sqlite_options(url: &str) -> Result<SqliteConnectOptions> {
    Ok(SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .statement_cache_capacity(512)
        .pragma("cache_size", "-65536")
        // What is deleted or replaced is overwritten, so that an erased person does not live on in free space.
        .pragma("secure_delete", "on")
        .disable_statement_logging())
}

impl Db {
    /// Opens the pools and brings the tables up to date.
    pub(crate) async fn open(url: &str) -> Result<(Db, Option<SqliteConnection>)> {
        if url.starts_with("sqlite:") {
            let options = sqlite_options(url)?;
            let mut writer = SqliteConnection::connect_with(&options).await?;
            migrate(&mut Conn::Sqlite(&mut writer)).await?;
            let pool = SqlitePoolOptions::new()
                .max_connections(POOL)
                .connect_with(options.read_only(true).create_if_missing(false))
                .await?;
            return Ok((Db::Sqlite(pool), Some(writer)));
        }
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let options = PgConnectOptions::from_str(url)?.statement_cache_capacity(512).disable_statement_logging();
            let pool = PgPoolOptions::new().max_connections(POOL * 2).connect_with(options).await?;
            let mut held = pool.acquire().await?;
            migrate(&mut Conn::Postgres(&mut held)).await?;
            drop(held);
            return Ok((Db::Postgres(pool), None));
        }
        Err(StoreError::Address(url.to_owned()))
    }

    /// All rows of a query, on any reader.
    pub(crate) async fn rows(&self, sql: impl Into<Sql>, args: Vec<Value>) -> Result<Vec<Row>> {
        let sql = sql.into();
        with_conn!(self, conn => conn.rows(sql, args).await)
    }

    /// The first row of a query, if any.
    pub(crate) async fn row(&self, sql: impl Into<Sql>, args: Vec<Value>) -> Result<Option<Row>> {
        Ok(self.rows(sql, args).await?.into_iter().next())
    }

    /// Closes the pools.
    pub(crate) async fn close(&self) {
        match self {
            Db::Sqlite(pool) => pool.close().await,
            Db::Postgres(pool) => pool.close().await,
        }
    }
}

/// A statement: nearly always a constant; built text only ever holds constants and placeholders.
#[derive(Clone)]
pub(crate) enum Sql {
    /// A constant.
    Fixed(&'static str),
    /// Put together from constants.
    Built(String),
}

impl From<&'static str> for Sql {
    fn from(text: &'static str) -> Self {
        Sql::Fixed(text)
    }
}

impl From<String> for Sql {
    fn from(text: String) -> Self {
        Sql::Built(text)
    }
}

impl Sql {
    /// Names the statement to whoever listens at level trace. Its text holds constants and placeholders, never a value.
    fn note(self) -> Sql {
        let text = match &self {
            Sql::Fixed(text) => text,
            Sql::Built(text) => text.as_str(),
        };
        tracing::trace!(target: "store::sql", text);
        self
    }
}

macro_rules! run {
    ($sql:expr, $args:expr, $query:ident => $body:expr) => {
        match $sql {
            Sql::Fixed(text) => {
                let mut $query = sqlx::query(text);
                for value in $args {
                    $query = value::bind!($query, value);
                }
                $body
            }
            Sql::Built(text) => {
                let mut $query = sqlx::query(AssertSqlSafe(text));
                for value in $args {
                    $query = value::bind!($query, value);
                }
                $body
            }
        }
    };
}

impl Conn<'_> {
    /// The same connection, gathering statements where that helps. What is gathered runs at [`Conn::send`], or before
    /// the next statement that must be answered.
    pub(crate) fn gathering(&mut self) -> Conn<'_> {
        match self {
            Conn::Sqlite(conn) | Conn::Gathering(conn, _) => Conn::Gathering(conn, Gathered::default()),
            Conn::Postgres(conn) => Conn::Postgres(conn),
        }
    }

    /// Runs what was gathered.
    pub(crate) async fn send(&mut self) -> Result<()> {
        let Conn::Gathering(conn, gathered) = self else { return Ok(()) };
        if gathered.count == 0 {
            return Ok(());
        }
        let Gathered { sql, values, count } = std::mem::take(gathered);
        // Long texts differ nearly every time: keeping them prepared would only push the others out.
        let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(count <= 4);
        for value in values {
            query = value::bind!(query, value);
        }
        query.execute(&mut **conn).await?;
        Ok(())
    }

    /// Runs a statement; the number of rows it touched, or 0 where it was only gathered.
    pub(crate) async fn execute(&mut self, sql: impl Into<Sql>, args: Vec<Value>) -> Result<u64> {
        let sql = sql.into().note();
        if let Conn::Gathering(_, gathered) = self {
            match sql {
                Sql::Fixed(text) => gathered.add(text, args),
                Sql::Built(text) => gathered.add(&text, args),
            }
            if gathered.count >= GATHER {
                self.send().await?;
            }
            return Ok(0);
        }
        Ok(match self {
            Conn::Gathering(..) => 0,
            Conn::Sqlite(conn) => run!(sql, args, query => query.execute(&mut **conn).await?.rows_affected()),
            Conn::Postgres(conn) => run!(sql, args, query => query.execute(&mut **conn).await?.rows_affected()),
        })
    }

    /// Runs a statement and reads all its rows.
    pub(crate) async fn rows(&mut self, sql: impl Into<Sql>, args: Vec<Value>) -> Result<Vec<Row>> {
        let sql = sql.into().note();
        self.send().await?;
        Ok(match self {
            Conn::Sqlite(conn) | Conn::Gathering(conn, _) => {
                run!(sql, args, query => query.fetch_all(&mut **conn).await?.into_iter().map(Row::Sqlite).collect())
            }
            Conn::Postgres(conn) => {
                run!(sql, args, query => query.fetch_all(&mut **conn).await?.into_iter().map(Row::Postgres).collect())
            }
        })
    }

    /// Runs a statement and reads its first row, if any.
    pub(crate) async fn row(&mut self, sql: impl Into<Sql>, args: Vec<Value>) -> Result<Option<Row>> {
        Ok(self.rows(sql, args).await?.into_iter().next())
    }

    /// Runs several statements without arguments, such as a migration or `begin`.
    pub(crate) async fn script(&mut self, sql: impl Into<Sql>) -> Result<()> {
        let text = match sql.into() {
            Sql::Fixed(text) => text.to_owned(),
            Sql::Built(text) => text,
        };
        self.send().await?;
        match self {
            Conn::Sqlite(conn) | Conn::Gathering(conn, _) => conn.execute(AssertSqlSafe(text)).await.map(drop)?,
            Conn::Postgres(conn) => conn.execute(sqlx::raw_sql(AssertSqlSafe(text))).await.map(drop)?,
        }
        Ok(())
    }

    /// Whether this is PostgreSQL.
    pub(crate) fn is_postgres(&self) -> bool {
        matches!(self, Conn::Postgres(_))
    }
}

/// `$1, $2, ..` for a list of `count` values starting at placeholder `first`.
pub(crate) fn placeholders(first: usize, count: usize) -> String {
    (first..first + count).map(|i| format!("${i}")).collect::<Vec<_>>().join(", ")
}

/// `($1, $2), ($3, $4), ..`: the rows of an insert.
pub(crate) fn tuples(rows: usize, columns: usize) -> String {
    let row = |i: usize| format!("({})", placeholders(1 + i * columns, columns));
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}
