//! Migrations: one text for both databases; column types that differ are written as `{{name}}`.

use super::{Conn, args};
use crate::error::{Result, StoreError};

/// Every migration, in order. A released one is never edited.
pub(crate) const MIGRATIONS: &[(i64, &str)] = &[
    (1, include_str!("../../migrations/0001_journal.sql")),
    (2, include_str!("../../migrations/0002_people.sql")),
    (3, include_str!("../../migrations/0003_visits.sql")),
    (4, include_str!("../../migrations/0004_applications.sql")),
    (5, include_str!("../../migrations/0005_access.sql")),
    (6, include_str!("../../migrations/0006_search_keys.sql")),
    (7, include_str!("../../migrations/0007_search_cards.sql")),
    (8, include_str!("../../migrations/0008_consent.sql")),
    (9, include_str!("../../migrations/0009_lists.sql")),
    (10, include_str!("../../migrations/0010_grievances.sql")),
    (11, include_str!("../../migrations/0011_services.sql")),
    (12, include_str!("../../migrations/0012_kept_answers.sql")),
    (13, include_str!("../../migrations/0013_links.sql")),
    (14, include_str!("../../migrations/0014_said.sql")),
    (15, include_str!("../../migrations/0015_guard.sql")),
    (16, include_str!("../../migrations/0016_counter.sql")),
    (17, include_str!("../../migrations/0017_messages.sql")),
    (18, include_str!("../../migrations/0018_keys.sql")),
    (19, include_str!("../../migrations/0019_openings.sql")),
    (20, include_str!("../../migrations/0020_letters.sql")),
    (21, include_str!("../../migrations/0021_family.sql")),
    (22, include_str!("../../migrations/0022_rows.sql")),
    (30, include_str!("../../migrations/0030_account.sql")),
];

/// Which migrations a database has seen.
pub(crate) struct Seen(Vec<i64>);

impl Seen {
    /// The newest; 0 for an empty database.
    pub(crate) fn newest(&self) -> i64 {
        self.0.iter().max().copied().unwrap_or(0)
    }

    /// The first one that is missing below the newest: the database was opened by a program from between two releases.
    pub(crate) fn missing(&self) -> Option<i64> {
        MIGRATIONS.iter().map(|(number, _)| *number).find(|number| *number < self.newest() && !self.0.contains(number))
    }

    /// The newest one up to which none is missing.
    pub(crate) fn reached(&self) -> i64 {
        let whole = |number: &i64| self.missing().is_none_or(|missing| *number < missing);
        self.0.iter().copied().filter(whole).max().unwrap_or(0)
    }
}

/// Reads which migrations a database has seen.
pub(crate) async fn seen(conn: &mut Conn<'_>) -> Result<Seen> {
    let rows = conn.rows("select number from migration order by number", args![]).await?;
    Ok(Seen(rows.iter().map(|row| row.get(0)).collect::<Result<_>>()?))
}

/// Applies the migrations that the database has not seen, lower ones that it missed as well, each in a transaction of its
/// own.
pub(crate) async fn migrate(conn: &mut Conn<'_>) -> Result<()> {
    conn.script("create table if not exists migration (number bigint primary key)").await?;
    let known = MIGRATIONS.last().map_or(0, |(number, _)| *number);
    let seen = seen(conn).await?;
    let found = seen.newest();
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    for (number, text) in MIGRATIONS.iter().filter(|(number, _)| !seen.0.contains(number)) {
        conn.script("begin").await?;
        conn.script(for_database(text, conn.is_postgres())).await?;
        conn.execute("insert into migration (number) values ($1)", args![*number]).await?;
        conn.script("commit").await?;
    }
    Ok(())
}

/// Makes the tables as they stood after a migration, inside the caller's transaction.
pub(crate) async fn make_tables(conn: &mut Conn<'_>, last: i64) -> Result<()> {
    conn.script("create table migration (number bigint primary key)").await?;
    for (number, text) in MIGRATIONS.iter().filter(|(number, _)| *number <= last) {
        conn.script(for_database(text, conn.is_postgres())).await?;
        conn.execute("insert into migration (number) values ($1)", args![*number]).await?;
    }
    Ok(())
}

/// The text with each `{{name}}` as the database calls it.
fn for_database(text: &str, postgres: bool) -> String {
    let names = [
        ("{{uuid}}", "uuid", "blob"),
        ("{{date}}", "date", "text"),
        ("{{time}}", "timestamptz", "text"),
        ("{{bytes}}", "bytea", "blob"),
        ("{{bool}}", "boolean", "boolean"),
        ("{{position}}", "bigint generated always as identity primary key", "integer primary key autoincrement"),
        // The transaction that wrote the row: the sealer takes only rows older than every running transaction.
        ("{{writer_xid}}", "writer bigint not null default (pg_current_xact_id()::text::bigint),", ""),
        // A small row stands in its key's tree itself instead of in a second one.
        ("{{without_rowid}}", "", "without rowid"),
        // A statement on one line that the other database has no use for.
        ("{{on_postgres}}", "", "--"),
        ("{{now}}", "now()", "(strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'))"),
    ];
    names.iter().fold(text.to_owned(), |text, (name, on_postgres, on_sqlite)| {
        text.replace(name, if postgres { on_postgres } else { on_sqlite })
    })
}
