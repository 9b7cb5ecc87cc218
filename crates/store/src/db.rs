//! Two databases behind one small door: one SQL text with `$1` placeholders, typed values in, typed columns out.
//!
//! The query library's own "any database" type cannot read UUID, timestamp or JSON columns on PostgreSQL, so the
//! two connection kinds stand side by side here and nowhere else.

mod column;
mod direct;
mod migrate;
pub(crate) mod schema;
mod value;

pub(crate) use column::Column;
pub(crate) use direct::{Direct, at_once};
pub(crate) use migrate::{make_tables, migrate, seen};
pub(crate) use value::{Row, Value, args, json};

use crate::error::{Result, StoreError};
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection as _, Executor, PgConnection, PgPool, SqliteConnection, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};
use std::{str::FromStr, time::Duration};

/// Readers on SQLite, connections on PostgreSQL.
const POOL: u32 = 8;
/// How many rows the library's SQLite thread reads ahead before it waits for the reader.
const ROWS_AHEAD: usize = 512;
/// How long a connection to a server rests before it is asked whether it still stands.
const ASK_AFTER: Duration = Duration::from_secs(1);

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
    /// SQLite, a reader.
    Sqlite(&'c mut SqliteConnection),
    /// SQLite, the writing connection.
    Direct(&'c mut Direct),
    /// PostgreSQL.
    Postgres(&'c mut PgConnection),
}

/// Runs a body with a connection of either pool as `$conn: Conn`.
macro_rules! with_conn {
    ($db:expr, $conn:ident => $body:expr) => {
        match $db {
            $crate::db::Db::Sqlite(pool) => {
                let mut held = $crate::patience::wait(pool.acquire()).await??;
                let mut $conn = $crate::db::Conn::Sqlite(&mut held);
                $body
            }
            $crate::db::Db::Postgres(pool) => {
                let mut held = $crate::patience::wait(pool.acquire()).await??;
                let mut $conn = $crate::db::Conn::Postgres(&mut held);
                $body
            }
        }
    };
}
pub(crate) use with_conn;

/// The file of a `sqlite:PATH` address; `None` for another kind of address.
pub(crate) fn sqlite_path(url: &str) -> Result<Option<std::path::PathBuf>> {
    if !url.starts_with("sqlite:") {
        return Ok(None);
    }
    Ok(Some(SqliteConnectOptions::from_str(url)?.get_filename().to_owned()))
}

/// One connection to PostgreSQL beside the pools.
pub(crate) async fn pg_connection(url: &str) -> Result<PgConnection> {
    if !url.starts_with("postgres:") && !url.starts_with("postgresql:") {
        return Err(StoreError::Address(url.to_owned()));
    }
    Ok(PgConnectOptions::from_str(url)?.disable_statement_logging().connect().await?)
}

/// The options of a reader of SQLite.
fn reader_options(url: &str) -> Result<SqliteConnectOptions> {
    Ok(SqliteConnectOptions::from_str(url)?
        .read_only(true)
        .create_if_missing(false)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .statement_cache_capacity(512)
        .row_buffer_size(ROWS_AHEAD)
        .pragma("cache_size", "-65536")
        .disable_statement_logging())
}

impl Db {
    /// Opens the pools and brings the tables up to date.
    pub(crate) async fn open(url: &str) -> Result<(Db, Option<Direct>)> {
        if url.starts_with("sqlite:") {
            let mut writer = Direct::open(url)?;
            migrate(&mut Conn::Direct(&mut writer)).await?;
            let pool = SqlitePoolOptions::new()
                .max_connections(POOL)
                // A file does not hang up, and asking whether it did costs two hand-overs between threads.
                .test_before_acquire(false)
                .connect_with(reader_options(url)?)
                .await?;
            return Ok((Db::Sqlite(pool), Some(writer)));
        }
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let options = PgConnectOptions::from_str(url)?.statement_cache_capacity(512).disable_statement_logging();
            let pool = PgPoolOptions::new()
                .max_connections(POOL * 2)
                // A server may have been restarted; a connection used a moment ago is not asked whether it was.
                .test_before_acquire(false)
                .before_acquire(|conn, meta| {
                    Box::pin(async move {
                        if meta.idle_for >= ASK_AFTER {
                            conn.ping().await?;
                        }
                        Ok(true)
                    })
                })
                .connect_with(options)
                .await?;
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
        tracing::trace!(target: "store::sql", text = self.text());
        self
    }

    fn text(&self) -> &str {
        match self {
            Sql::Fixed(text) => text,
            Sql::Built(text) => text,
        }
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
    /// Runs a statement; the number of rows it touched.
    pub(crate) async fn execute(&mut self, sql: impl Into<Sql>, args: Vec<Value>) -> Result<u64> {
        let sql = sql.into().note();
        Ok(match self {
            Conn::Direct(conn) => conn.execute(sql.text(), &args)?,
            Conn::Sqlite(conn) => run!(sql, args, query => query.execute(&mut **conn).await?.rows_affected()),
            Conn::Postgres(conn) => run!(sql, args, query => query.execute(&mut **conn).await?.rows_affected()),
        })
    }

    /// Inserts rows, `columns` values each, `into` a table with its columns named. PostgreSQL takes many rows a
    /// statement to save round trips; SQLite has none, and runs one prepared statement for each row.
    pub(crate) async fn insert(
        &mut self,
        into: &str,
        columns: usize,
        values: Vec<Value>,
        end: &'static str,
    ) -> Result<()> {
        if let Conn::Direct(conn) = self {
            let sql = Sql::Built(format!("insert into {into} values {} {end}", tuples(1, columns))).note();
            return conn.each(sql.text(), columns, &values);
        }
        let mut rest = values.as_slice();
        while !rest.is_empty() {
            // Powers of two keep the number of distinct statements small, so that they stay prepared.
            let rows = [64, 32, 16, 8, 4, 2, 1].into_iter().find(|n| n * columns <= rest.len()).unwrap_or(1);
            let (chunk, after) = rest.split_at(rows * columns);
            let sql = format!("insert into {into} values {} {end}", tuples(rows, columns));
            self.execute(sql, chunk.to_vec()).await?;
            rest = after;
        }
        Ok(())
    }

    /// Runs a statement and reads all its rows.
    pub(crate) async fn rows(&mut self, sql: impl Into<Sql>, args: Vec<Value>) -> Result<Vec<Row>> {
        let sql = sql.into().note();
        Ok(match self {
            Conn::Direct(conn) => conn.rows(sql.text(), &args)?,
            Conn::Sqlite(conn) => {
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
        let sql = sql.into();
        let text = sql.text().to_owned();
        match self {
            Conn::Direct(conn) => conn.script(&text)?,
            Conn::Sqlite(conn) => conn.execute(AssertSqlSafe(text)).await.map(drop)?,
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
fn tuples(rows: usize, columns: usize) -> String {
    let row = |i: usize| format!("({})", placeholders(1 + i * columns, columns));
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}
