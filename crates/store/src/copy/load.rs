//! Filling an empty place with the rows of a copy.

use super::{
    facts::{Adding, TableSum},
    row,
    snapshot::Held,
    tables_at,
};
use crate::{
    db::{Direct, Value, args, make_tables, pg_connection, schema::Table},
    error::{Result, StoreError, corrupt},
};
use archive::OfficeKey;
use serde_json::Value as Json;

/// A registry being filled: nothing of it is there before [`Loading::finish`].
pub(super) struct Loading {
    held: Held,
    tables: Vec<(Table, Adding)>,
}

impl Loading {
    /// Makes the tables as they stood after a migration. On SQLite the file must be a new one, and the caller gives it its
    /// name when all is done.
    ///
    /// # Errors
    /// [`StoreError::NotEmpty`] when tables are there already.
    pub(super) async fn begin(url: &str, migration: i64) -> Result<Loading> {
        let mut held = if url.starts_with("sqlite:") {
            Held::Sqlite(Box::new(Direct::open_new(url)?))
        } else {
            Held::Postgres(Box::new(pg_connection(url).await?))
        };
        let mut conn = held.conn();
        conn.script("begin").await?;
        if conn.is_postgres() {
            let sql = "select 1 from information_schema.tables where table_schema = current_schema() limit 1";
            if conn.row(sql, args![]).await?.is_some() {
                return Err(StoreError::NotEmpty(url.rsplit('/').next().unwrap_or(url).to_owned()));
            }
        }
        make_tables(&mut conn, migration).await?;
        // What a migration fills in comes with the copy.
        let tables: Vec<_> = tables_at(migration).into_iter().map(|table| (table, Adding::default())).collect();
        for (table, _) in tables.iter().rev() {
            conn.execute(format!("delete from {}", table.name), args![]).await?;
        }
        Ok(Loading { held, tables })
    }

    /// Adds lines of a table.
    pub(super) async fn add(&mut self, table: &str, lines: &[Json]) -> Result<()> {
        let found = self.tables.iter_mut().find(|(known, _)| known.name == table);
        let (table, adding) = found.ok_or_else(|| corrupt(format!("a table called {table} in a backup")))?;
        let mut values: Vec<Value> = Vec::with_capacity(lines.len() * table.columns.len());
        for line in lines {
            adding.add(&serde_json::to_vec(line).map_err(corrupt)?);
            values.extend(row::from_json(line, &table.columns)?);
        }
        let names: Vec<&str> = table.columns.iter().map(|(name, _)| name.as_str()).collect();
        let mut conn = self.held.conn();
        // Rows keep their places in the journal: seals are made over them.
        let keep = if conn.is_postgres() && table.counter.is_some() { " overriding system value" } else { "" };
        conn.insert(&format!("{} ({}){keep}", table.name, names.join(", ")), names.len(), values, "").await
    }

    /// Refuses a registry that is sealed with another key than this one, before anything of it is kept.
    pub(super) async fn opens_with(&mut self, key: Option<&OfficeKey>) -> Result<()> {
        match self.tables.iter().any(|(table, _)| table.name == "sealing_key") {
            true => crate::sealing::read_vault(&mut self.held.conn(), key).await.map(drop),
            false => Ok(()),
        }
    }

    /// Ends the filling when every table has the rows it should have.
    ///
    /// # Errors
    /// [`StoreError::Differs`] names the first table that has not; nothing is there then.
    pub(super) async fn finish(mut self, wanted: &[TableSum]) -> Result<()> {
        for (table, adding) in &self.tables {
            let loaded = adding.of(&table.name);
            if wanted.iter().find(|sum| sum.table == table.name) != Some(&loaded) {
                return Err(StoreError::Differs(table.name.clone()));
            }
        }
        let mut conn = self.held.conn();
        if conn.is_postgres() {
            for (table, _) in &self.tables {
                let Some(counter) = &table.counter else { continue };
                let name = &table.name;
                let sql = format!(
                    "select setval(pg_get_serial_sequence('{name}', '{counter}'), coalesce(max({counter}), 1),
                     max({counter}) is not null) from {name}"
                );
                conn.rows(sql, args![]).await?;
            }
        }
        conn.script("commit").await
    }
}
