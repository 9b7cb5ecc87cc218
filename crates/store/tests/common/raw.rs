//! A connection that knows nothing of the store: for looking at its tables, and for tampering with them.

use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, Row, SqliteConnection};
use std::{collections::BTreeMap, str::FromStr};
use store::tables::{DERIVED_TABLES, RECORD_TABLES};

/// A plain connection.
pub enum Raw {
    /// SQLite.
    Sqlite(SqliteConnection),
    /// PostgreSQL.
    Postgres(PgConnection),
}

impl Raw {
    /// Connects, without the checks that SQLite makes for the store.
    pub async fn connect(url: &str) -> Raw {
        if url.starts_with("sqlite:") {
            let options = sqlx::sqlite::SqliteConnectOptions::from_str(url).expect("an address").foreign_keys(false);
            return Raw::Sqlite(options.connect().await.expect("a connection"));
        }
        Raw::Postgres(PgConnection::connect(url).await.expect("a connection"))
    }

    /// Connects to a SQLite file that is not there yet.
    pub async fn connect_new(url: &str) -> Raw {
        let options = sqlx::sqlite::SqliteConnectOptions::from_str(url).expect("an address").foreign_keys(false);
        Raw::Sqlite(options.create_if_missing(true).connect().await.expect("a connection"))
    }

    /// Runs many statements.
    pub async fn script(&mut self, sql: &str) {
        let script = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        match self {
            Raw::Sqlite(conn) => script.execute(conn).await.map(drop).expect("a script"),
            Raw::Postgres(conn) => script.execute(conn).await.map(drop).expect("a script"),
        }
    }

    /// Runs a statement; the rows it touched.
    pub async fn execute(&mut self, sql: &str) -> u64 {
        let query = AssertSqlSafe(sql.to_owned());
        match self {
            Raw::Sqlite(conn) => sqlx::query(query).execute(conn).await.expect(sql).rows_affected(),
            Raw::Postgres(conn) => sqlx::query(query).execute(conn).await.expect(sql).rows_affected(),
        }
    }

    /// The first column of every row, which must be text.
    pub async fn texts(&mut self, sql: &str) -> Vec<String> {
        let query = AssertSqlSafe(sql.to_owned());
        match self {
            Raw::Sqlite(conn) => {
                sqlx::query(query).fetch_all(conn).await.expect(sql).iter().map(|row| row.get(0)).collect()
            }
            Raw::Postgres(conn) => {
                sqlx::query(query).fetch_all(conn).await.expect(sql).iter().map(|row| row.get(0)).collect()
            }
        }
    }

    /// How SQLite would run a statement, a line for each table it reads.
    pub async fn plan(&mut self, sql: &str) -> Vec<String> {
        let Raw::Sqlite(conn) = self else { return Vec::new() };
        let query = AssertSqlSafe(format!("explain query plan {sql}"));
        sqlx::query(query).fetch_all(conn).await.expect(sql).iter().map(|row| row.get(3)).collect()
    }

    /// How many rows a table has.
    pub async fn count(&mut self, table: &str) -> usize {
        let count = self.texts(&format!("select cast(count(*) as text) from {table}")).await;
        count[0].parse().expect("a number")
    }

    /// Every row of the record and derived tables as text.
    pub async fn dump(&mut self) -> BTreeMap<&'static str, Vec<String>> {
        let mut dump = BTreeMap::new();
        for table in RECORD_TABLES.iter().map(|table| table.name).chain(DERIVED_TABLES.iter().copied()) {
            let rows = self.rows(table).await;
            dump.insert(table, rows);
        }
        dump
    }

    async fn rows(&mut self, table: &str) -> Vec<String> {
        if matches!(self, Raw::Postgres(_)) {
            return self.texts(&format!("select t::text from {table} t order by 1")).await;
        }
        let names = self.texts(&format!("select name from pragma_table_info('{table}') order by cid")).await;
        let quoted: Vec<String> = names.iter().map(|name| format!("quote({name})")).collect();
        self.texts(&format!("select {} from {table} order by 1", quoted.join(" || ',' || "))).await
    }

    /// Every table of the database.
    pub async fn tables(&mut self) -> Vec<String> {
        let sql = match self {
            Raw::Sqlite(_) => "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'",
            Raw::Postgres(_) => "select table_name::text from information_schema.tables where table_schema = 'public'",
        };
        self.texts(sql).await
    }
}
