//! The tables as the migrations make them, read from the migrations' own text: a copy from one database to another needs
//! to know what a column means, and SQLite keeps a key and bytes alike.

use super::migrate::MIGRATIONS;

/// What a column holds, on both databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A key.
    Uuid,
    /// Text, JSON included.
    Text,
    /// A whole number.
    Int,
    /// Yes or no.
    Bool,
    /// A civil date.
    Date,
    /// An instant.
    Time,
    /// Bytes.
    Bytes,
}

/// A table with its columns in order. What only one of the databases has is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    /// Its name.
    pub name: String,
    /// Name and kind of each column.
    pub columns: Vec<(String, Kind)>,
    /// The column that numbers its rows by itself, if one does.
    pub counter: Option<String>,
}

/// The newest migration known here.
pub(crate) fn newest() -> i64 {
    MIGRATIONS.last().map_or(0, |(number, _)| *number)
}

/// The tables after the migrations up to `number`.
pub(crate) fn tables(number: i64) -> Vec<Table> {
    let mut tables = Vec::new();
    for (_, text) in MIGRATIONS.iter().filter(|(at, _)| *at <= number) {
        let plain: Vec<&str> = text.lines().map(|line| line.split("--").next().unwrap_or("")).collect();
        plain.join("\n").split(';').for_each(|statement| follow(&mut tables, statement));
    }
    tables
}

/// What one statement does to the tables.
fn follow(tables: &mut Vec<Table>, statement: &str) {
    let words: Vec<&str> = statement.split_whitespace().collect();
    match words[..] {
        ["create", "table", name, ..] => tables.extend(created(name, statement)),
        ["drop", "table", name, ..] => tables.retain(|table| table.name != name),
        ["alter", "table", name, "add", "column", column, kind, ..] => {
            let added = kind_of(kind).map(|kind| (column.to_owned(), kind));
            let table = tables.iter_mut().find(|table| table.name == name);
            table.into_iter().for_each(|table| table.columns.extend(added.clone()));
        }
        ["alter", "table", name, "drop", "column", column, ..] => {
            let table = tables.iter_mut().find(|table| table.name == name);
            table.into_iter().for_each(|table| table.columns.retain(|(known, _)| known != column));
        }
        _ => {}
    }
}

fn created(name: &str, statement: &str) -> Option<Table> {
    let (_, body) = statement.split_once('(')?;
    let mut table = Table { name: name.to_owned(), columns: Vec::new(), counter: None };
    for line in body.lines() {
        let mut words = line.split_whitespace();
        let (Some(column), Some(kind)) = (words.next(), words.next()) else { continue };
        let Some(kind) = kind_of(kind.trim_end_matches(',')) else { continue };
        if line.contains("{{position}}") {
            table.counter = Some(column.to_owned());
        }
        table.columns.push((column.to_owned(), kind));
    }
    Some(table)
}

/// The kind by the word of the migrations.
fn kind_of(word: &str) -> Option<Kind> {
    Some(match word {
        "{{uuid}}" => Kind::Uuid,
        "text" => Kind::Text,
        "bigint" | "{{position}}" => Kind::Int,
        "{{bool}}" => Kind::Bool,
        "{{date}}" => Kind::Date,
        "{{time}}" => Kind::Time,
        "{{bytes}}" => Kind::Bytes,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Kind, newest, tables};
    use crate::db::{Conn, Db, args};

    /// What SQLite calls a column of this kind.
    fn declared(kind: Kind) -> &'static [&'static str] {
        match kind {
            Kind::Uuid | Kind::Bytes => &["blob"],
            Kind::Text | Kind::Date | Kind::Time => &["text"],
            Kind::Int => &["bigint", "integer"],
            Kind::Bool => &["boolean"],
        }
    }

    #[tokio::test]
    async fn the_tables_read_from_the_migrations_are_those_of_the_database() {
        let dir = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", dir.path().join("registry.db").display());
        let (_, writer) = Db::open(&url).await.expect("a database");
        let mut writer = writer.expect("the writing connection");
        let mut conn = Conn::Direct(&mut writer);
        let sql =
            "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name <> 'migration'
                   order by name";
        let there = conn.rows(sql, args![]).await.expect("tables");
        let mut read = tables(newest());
        read.sort_by(|a, b| a.name.cmp(&b.name));
        let names: Vec<String> = there.iter().map(|row| row.get(0).expect("a name")).collect();
        assert_eq!(names, read.iter().map(|table| table.name.clone()).collect::<Vec<_>>());
        for table in read {
            let sql = format!("select name, lower(type) from pragma_table_info('{}') order by cid", table.name);
            let columns = conn.rows(sql, args![]).await.expect("columns");
            let columns: Vec<(String, String)> =
                columns.iter().map(|row| (row.get(0).expect("a name"), row.get(1).expect("a type"))).collect();
            assert_eq!(columns.len(), table.columns.len(), "{}", table.name);
            for ((name, kind), (found, of)) in table.columns.iter().zip(&columns) {
                assert!(name == found && declared(*kind).contains(&of.as_str()), "{}.{found}: {of}", table.name);
            }
        }
    }

    #[test]
    fn a_counter_is_known_as_one() {
        let counters = tables(newest()).into_iter().filter_map(|table| Some((table.name, table.counter?)));
        let position = "position".to_owned();
        assert_eq!(
            counters.collect::<Vec<_>>(),
            [("journal".to_owned(), position.clone()), ("read_log".to_owned(), position)]
        );
    }
}
