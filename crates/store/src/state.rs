//! How a registry stands: what an IT officer is told and what a monitor counts. Numbers only, of nobody in particular, and
//! none of protected applications.

use crate::{
    Store,
    applications::apply::open_statuses,
    db::{Db, args, schema},
    error::{Result, StoreError},
    messages::MessageTotals,
    tables::{JOURNAL_TABLES, OPERATIONAL_TABLES, RECORD_TABLES},
};
use domain::{Date, Instant};

/// A setting of the database that a registry depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pragma {
    /// Its name.
    pub name: String,
    /// What it is.
    pub value: String,
    /// What it should be; `None` when this is as it should be, or only told.
    pub wanted: Option<String>,
}

/// A registry's state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// `SQLite` or `PostgreSQL` with its version.
    pub database: String,
    /// What the registry depends on.
    pub pragmas: Vec<Pragma>,
    /// The newest migration.
    pub migration: i64,
    /// Events, counted by the place of the last.
    pub events: i64,
    /// Events after the newest seal's last.
    pub unsealed: i64,
    /// When the newest event was recorded.
    pub newest_event: Option<Instant>,
    /// When the newest seal was made.
    pub newest_seal: Option<Instant>,
    /// When the last backup was written.
    pub backed_up: Option<Instant>,
    /// Tokens of today that nobody has called.
    pub waiting: i64,
    /// Applications that wait for an answer.
    pub open_applications: i64,
    /// Those of them whose day has passed.
    pub overdue: i64,
    /// Sessions seen within half an hour.
    pub sessions: i64,
    /// Officers who may sign in as administrators.
    pub administrators: i64,
    /// Messages to families.
    pub messages: MessageTotals,
}

impl Store {
    /// How the registry stands on this day.
    pub async fn state(&self, today: Date, now: Instant) -> Result<State> {
        let half_an_hour = now - chrono::TimeDelta::minutes(30);
        let open = format!("from application where protected = false and status in ({})", open_statuses());
        let backed_up = self.setting(crate::copy::BACKED_UP).await?;
        let backed_up = backed_up.and_then(|text| chrono::DateTime::parse_from_rfc3339(&text).ok());
        Ok(State {
            database: self.text("select version()", "select 'SQLite ' || sqlite_version()").await?,
            pragmas: self.pragmas().await?,
            migration: self.number("select coalesce(max(number), 0) from migration", vec![]).await?,
            events: self.number("select coalesce(max(position), 0) from journal", vec![]).await?,
            unsealed: self.number(UNSEALED, vec![]).await?,
            newest_event: self.instant("select recorded_at from journal order by position desc limit 1").await?,
            newest_seal: self.instant("select sealed_at from seal order by number desc limit 1").await?,
            backed_up: backed_up.map(|at| at.to_utc()),
            waiting: self.number(WAITING, args![today]).await?,
            open_applications: self.number(&format!("select count(*) {open}"), vec![]).await?,
            overdue: self.number(&format!("select count(*) {open} and due < $1"), args![today]).await?,
            sessions: self.number("select count(*) from session where seen_at > $1", args![half_an_hour]).await?,
            administrators: self.number(ADMINISTRATORS, vec![]).await?,
            messages: self.message_totals().await?,
        })
    }

    /// Rows of every table, for a support bundle.
    pub async fn rows_of_tables(&self) -> Result<Vec<(&'static str, i64)>> {
        let records = RECORD_TABLES.iter().map(|table| table.name);
        let mut rows = Vec::new();
        for table in records.chain(JOURNAL_TABLES.iter().copied()).chain(OPERATIONAL_TABLES.iter().copied()) {
            rows.push((table, self.number(&format!("select count(*) from {table}"), vec![]).await?));
        }
        Ok(rows)
    }

    /// Whether the database can be read and written, in a word for a monitor; `None` when it can.
    pub async fn ailing(&self) -> Option<&'static str> {
        if !tokio::time::timeout(PATIENCE, self.healthy()).await.unwrap_or(false) {
            return Some("database");
        }
        // A group of nothing goes the whole way through the writer.
        let written = tokio::time::timeout(PATIENCE, self.writer.run(Vec::new())).await;
        match written {
            Ok(Ok(())) => None,
            _ => Some("writer"),
        }
    }

    async fn number(&self, sql: &str, args: Vec<crate::db::Value>) -> Result<i64> {
        let row = self.db.row(sql.to_owned(), args).await?;
        row.map_or(Ok(0), |row| row.get(0))
    }

    async fn instant(&self, sql: &'static str) -> Result<Option<Instant>> {
        self.db.row(sql, args![]).await?.map(|row| row.get(0)).transpose()
    }

    async fn text(&self, on_postgres: &'static str, on_sqlite: &'static str) -> Result<String> {
        let sql = if matches!(self.db, Db::Postgres(_)) { on_postgres } else { on_sqlite };
        let row = self.db.row(sql, args![]).await?;
        row.map_or(Ok(String::new()), |row| row.get(0))
    }

    /// The settings of the database, with what each should be.
    async fn pragmas(&self) -> Result<Vec<Pragma>> {
        let wanted: &[(&str, &str)] = match self.db {
            Db::Sqlite(_) => &[("journal_mode", "wal"), ("auto_vacuum", ""), ("page_size", "")],
            Db::Postgres(_) => &[
                ("fsync", "on"),
                ("synchronous_commit", "on"),
                ("full_page_writes", "on"),
                ("server_encoding", "UTF8"),
                ("data_checksums", ""),
            ],
        };
        let mut pragmas = Vec::new();
        for (name, wanted) in wanted {
            let sql = match self.db {
                Db::Sqlite(_) => format!("select cast({name} as text) from pragma_{name}"),
                Db::Postgres(_) => format!("select current_setting('{name}')"),
            };
            let row = self.db.row(sql, args![]).await?;
            let value: String = row.map(|row| row.get(0)).transpose()?.unwrap_or_default();
            let other = !wanted.is_empty() && value != *wanted;
            pragmas.push(Pragma { name: (*name).to_owned(), wanted: other.then(|| (*wanted).to_owned()), value });
        }
        Ok(pragmas)
    }
}

/// How long a monitor waits for the writer.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(5);

const UNSEALED: &str =
    "select count(*) from journal where position > (select coalesce(max(position), 0) from seal_entry)";
const WAITING: &str = "select count(*) from visit where day = $1 and outcome is null and officer_id is null";
const ADMINISTRATORS: &str = "select count(*) from officer where active = true and roles like '%\"administrator\"%'";

/// What a database holds before this release touches it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The newest migration in it up to which none is missing.
    pub migration: i64,
    /// The newest migration known here.
    pub known: i64,
}

/// How a registry stands before it is opened; `None` when there is none yet. Nothing is changed.
///
/// # Errors
/// [`StoreError::Newer`] and [`StoreError::NewerJournal`] for a registry of a newer release.
pub async fn standing(url: &str) -> Result<Option<Standing>> {
    if crate::db::sqlite_path(url)?.is_some_and(|path| !path.exists()) {
        return Ok(None);
    }
    let mut held = crate::copy::connect(url).await?;
    let mut conn = held.conn();
    let there = if conn.is_postgres() {
        "select 1 from information_schema.tables where table_schema = current_schema() and table_name = 'migration'"
    } else {
        "select 1 from sqlite_master where name = 'migration'"
    };
    if conn.row(there, args![]).await?.is_none() {
        return Ok(None);
    }
    let (seen, known) = (crate::db::seen(&mut conn).await?, schema::newest());
    let migration = seen.reached();
    if seen.newest() > known {
        return Err(StoreError::Newer { found: seen.newest(), known });
    }
    if seen.newest() > 0 {
        refuse_newer_journal(conn.row(NEWEST_FORMAT, args![]).await?)?;
    }
    Ok(Some(Standing { migration, known }))
}

/// The newest entries tell: a release never writes an older format than the one before it.
pub(crate) const NEWEST_FORMAT: &str =
    "select max(l.format) from (select j.format from journal j order by j.position desc limit 1000) l";

/// Refuses a journal with entries of a format that is not known here.
pub(crate) fn refuse_newer_journal(row: Option<crate::db::Row>) -> Result<()> {
    let found: Option<i64> = row.map(|row| row.get(0)).transpose()?.flatten();
    match found {
        Some(found) if found > i64::from(domain::event::FORMAT) => Err(StoreError::NewerJournal(found)),
        _ => Ok(()),
    }
}
