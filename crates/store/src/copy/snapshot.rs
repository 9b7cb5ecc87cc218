//! One moment of a registry, read table by table while others write.
//!
//! SQLite gives a reader the file as it was when its transaction began; PostgreSQL does under repeatable read. Neither
//! keeps a writer waiting. On SQLite the write-ahead log grows while a long reading lasts.

use super::{SETTINGS_NOT_COPIED, facts::Adding, facts::TableSum, row, tables_at};
use crate::{
    blobs::Blobs,
    db::{Conn, Direct, Row, args, pg_connection, schema, schema::Table},
    error::{Result, StoreError, corrupt},
    journal::hex,
};
use serde_json::Value as Json;
use sqlx::PgConnection;

/// How many rows are read at a time.
const ROWS: usize = 2_000;

/// A connection of its own, held inside one transaction.
pub(crate) enum Held {
    Sqlite(Box<Direct>),
    Postgres(Box<PgConnection>),
}

/// One moment of a registry.
pub(super) struct Snapshot {
    held: Held,
    /// The newest migration of its tables.
    pub migration: i64,
}

impl Held {
    /// Connects to a registry without changing anything of it.
    pub(super) async fn connect(url: &str) -> Result<Held> {
        if url.starts_with("sqlite:") {
            return Ok(Held::Sqlite(Box::new(Direct::open_there(url)?)));
        }
        Ok(Held::Postgres(Box::new(pg_connection(url).await?)))
    }

    pub(crate) fn conn(&mut self) -> Conn<'_> {
        match self {
            Held::Sqlite(conn) => Conn::Direct(conn),
            Held::Postgres(conn) => Conn::Postgres(conn),
        }
    }

    pub(super) fn name(&self) -> &'static str {
        match self {
            Held::Sqlite(_) => "sqlite",
            Held::Postgres(_) => "postgres",
        }
    }
}

impl Snapshot {
    /// The registry as it is now.
    pub(super) async fn begin(url: &str) -> Result<Snapshot> {
        let mut held = Held::connect(url).await?;
        let mut conn = held.conn();
        conn.script(if conn.is_postgres() { REPEATABLE } else { "begin" }).await?;
        Snapshot::within(held).await
    }

    /// The registry as the transaction under way sees it.
    pub(super) async fn within(mut held: Held) -> Result<Snapshot> {
        let seen = crate::db::seen(&mut held.conn()).await?;
        let (migration, known) = (seen.newest(), schema::newest());
        if let Some(missing) = seen.missing() {
            return Err(StoreError::Hole { missing, found: migration });
        }
        if migration > known {
            return Err(StoreError::Newer { found: migration, known });
        }
        Ok(Snapshot { held, migration })
    }

    /// The connection, still inside its transaction.
    pub(super) fn into_held(self) -> Held {
        self.held
    }

    pub(super) fn database(&self) -> &'static str {
        self.held.name()
    }

    /// The tables that are copied.
    pub(super) fn tables(&self) -> Vec<Table> {
        tables_at(self.migration)
    }

    /// Number and hash of the newest seal.
    pub(super) async fn seal(&mut self) -> Result<Option<(i64, String)>> {
        let row =
            self.held.conn().row("select number, last_hash from seal order by number desc limit 1", args![]).await?;
        row.map(|row| Ok((row.get(0)?, hex(&row.get::<Vec<u8>>(1)?)))).transpose()
    }

    /// The next rows of a table, as JSON and as its text; none after the last.
    pub(super) async fn next(&mut self, reading: &mut Reading<'_>) -> Result<Vec<(Json, Vec<u8>)>> {
        let mut conn = self.held.conn();
        let rows = if conn.is_postgres() {
            // A name of its own: what is fetched from it has columns of its own.
            let cursor = format!("copied_{}", reading.table.name);
            if std::mem::take(&mut reading.fresh) {
                conn.script(format!("declare {cursor} no scroll cursor for {}", reading.select(""))).await?;
            }
            let rows = conn.rows(format!("fetch forward {ROWS} from {cursor}"), args![]).await?;
            if rows.is_empty() {
                conn.script(format!("close {cursor}")).await?;
            }
            rows
        } else {
            let sql = reading.select(&format!(" rowid > $1 order by rowid limit {ROWS}"));
            let rows = conn.rows(sql, args![reading.after]).await?;
            if let Some(row) = rows.last() {
                reading.after = row.get(reading.table.columns.len())?;
            }
            rows
        };
        rows.iter().map(|row| reading.line(row)).collect()
    }

    /// The sum of a table.
    pub(super) async fn sum(&mut self, table: &Table) -> Result<TableSum> {
        let mut reading = Reading::of(table);
        while !self.next(&mut reading).await?.is_empty() {}
        Ok(reading.sum())
    }

    /// The files that records name: copies of papers, bundles of packs, rows of lists.
    pub(super) async fn files(&mut self) -> Result<Vec<String>> {
        let bundles = self.held.conn().rows("select bundle from pack", args![]).await?;
        let mut files: Vec<String> = bundles.iter().map(|row| row.get(0)).collect::<Result<_>>()?;
        for row in self.held.conn().rows("select file from paper where file is not null", args![]).await? {
            let copy: Json = row.json(0)?;
            files.extend(copy["hash"].as_str().map(str::to_owned));
        }
        let rows = "select p.payload from journal j
                    join journal_payload p on p.record_id = j.record_id and p.version = j.version
                    where j.kind = 'rows-accepted'";
        for row in self.held.conn().rows(rows, args![]).await? {
            let accepted: Json = row.json(0)?;
            files.extend(accepted["rows"].as_str().map(str::to_owned));
        }
        files.retain(|hash| Blobs::is_name(hash));
        files.sort_unstable();
        files.dedup();
        Ok(files)
    }
}

/// A table being read, and its sum so far.
pub(super) struct Reading<'t> {
    table: &'t Table,
    adding: Adding,
    /// The place in SQLite's file up to which it is read.
    after: i64,
    /// Nothing is read yet.
    fresh: bool,
}

impl<'t> Reading<'t> {
    /// From the first row.
    pub(super) fn of(table: &'t Table) -> Self {
        Reading { table, adding: Adding::default(), after: i64::MIN, fresh: true }
    }

    fn select(&self, page: &str) -> String {
        let mut names: Vec<&str> = self.table.columns.iter().map(|(name, _)| name.as_str()).collect();
        if !page.is_empty() {
            names.push("rowid");
        }
        let mut only = Vec::new();
        if self.table.name == "setting" {
            let left: Vec<String> = SETTINGS_NOT_COPIED.iter().map(|name| format!("'{name}'")).collect();
            only.push(format!(" name not in ({})", left.join(", ")));
        }
        only.extend(Some(page.to_owned()).filter(|page| !page.is_empty()));
        let only = if only.is_empty() { String::new() } else { format!(" where{}", only.join(" and")) };
        format!("select {} from {}{only}", names.join(", "), self.table.name)
    }

    fn line(&mut self, row: &Row) -> Result<(Json, Vec<u8>)> {
        let json = row::to_json(row, &self.table.columns)?;
        let line = serde_json::to_vec(&json).map_err(corrupt)?;
        self.adding.add(&line);
        Ok((json, line))
    }

    /// The sum of what was read.
    pub(super) fn sum(&self) -> TableSum {
        self.adding.of(&self.table.name)
    }
}

/// A transaction that sees one moment and cannot write.
const REPEATABLE: &str = "begin isolation level repeatable read, read only";
