//! `keys seal-old`: what was written before the registry had a key is sealed, some rows at a time, beside the work.
//!
//! A row that is sealed already is passed over, so that it goes on where it was interrupted.

use super::{Family, Sealed, Vault, columns, is_sealed};
use crate::{
    Store,
    blobs::Blobs,
    db::{Conn, args},
    error::{Result, StoreError},
};
use domain::event::RecordKind;
use std::collections::BTreeSet;
use uuid::Uuid;

/// The setting that says that nothing protected lies open any more.
pub(crate) const OLD_IS_SEALED: &str = "old-is-sealed";

/// How many rows are looked at in one transaction.
const PAGE: i64 = 500;

/// What was sealed in one run.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct SealedNow {
    /// Contents of events.
    pub events: u64,
    /// Texts of tables.
    pub texts: u64,
    /// Copies of papers.
    pub papers: u64,
}

/// Where a page ended, and what it did.
struct Page {
    after: Option<(Uuid, i64)>,
    sealed: u64,
    files: BTreeSet<String>,
}

impl Store {
    /// Whether something protected that was written before the key may still lie open.
    pub async fn old_lies_open(&self) -> Result<bool> {
        Ok(self.blobs().vault().seals() && self.setting(OLD_IS_SEALED).await?.is_none())
    }

    /// Seals what was written before the registry had a key: contents of events, columns, copies of papers. May be
    /// interrupted and called again, and others may work meanwhile.
    ///
    /// # Errors
    /// [`StoreError::NotSealed`] for a registry without a key.
    pub async fn seal_old(&self) -> Result<SealedNow> {
        if !self.blobs().vault().seals() {
            return Err(StoreError::NotSealed);
        }
        let mut now = SealedNow::default();
        let mut after = (Uuid::nil(), 0);
        loop {
            let page = self.seal_events(after).await?;
            // Papers first named by events: their bytes are sealed before the event that tells of them.
            for hash in &page.files {
                now.papers += u64::from(self.blobs().seal_there(hash).await?);
            }
            now.events += page.sealed;
            let Some(next) = page.after else { break };
            after = next;
        }
        for column in columns::ALL {
            let mut after = (Uuid::nil(), 0);
            loop {
                let page = self.seal_column(column, after).await?;
                now.texts += page.sealed;
                let Some(next) = page.after else { break };
                after = next;
            }
        }
        for table in columns::ALL.iter().map(|column| column.table).chain(["journal_payload"]).collect::<BTreeSet<_>>()
        {
            self.leave_nothing_behind(table).await?;
        }
        self.empty_log(true).await?;
        if self.lies_open().await?.is_empty() {
            self.keep_setting(OLD_IS_SEALED, "yes").await?;
        }
        Ok(now)
    }

    /// The columns with texts that lie open although they belong sealed, each with how many; the whole tables are read.
    pub async fn lies_open(&self) -> Result<Vec<(String, i64)>> {
        crate::db::with_conn!(&self.db, conn => open_texts(&mut conn).await)
    }

    async fn seal_events(&self, after: (Uuid, i64)) -> Result<Page> {
        let blobs = self.blobs().clone();
        crate::maintain!(self, true, conn => events(&mut conn, &blobs, after).await)
    }

    async fn seal_column(&self, column: &'static Sealed, after: (Uuid, i64)) -> Result<Page> {
        let vault = self.blobs().vault().clone();
        crate::maintain!(self, true, conn => texts(&mut conn, &vault, column, after).await)
    }

    /// PostgreSQL keeps old rows until their place is used again; SQLite overwrites them at once.
    async fn leave_nothing_behind(&self, table: &str) -> Result<()> {
        match &self.db {
            crate::db::Db::Sqlite(_) => Ok(()),
            crate::db::Db::Postgres(pool) => {
                let mut held = pool.acquire().await?;
                Conn::Postgres(&mut held).script(format!("vacuum full {table}")).await
            }
        }
    }
}

async fn events(conn: &mut Conn<'_>, blobs: &Blobs, after: (Uuid, i64)) -> Result<Page> {
    let sql = format!(
        "select p.record_id, p.version, p.salt, p.payload, j.record_kind, j.kind from journal_payload p
         join journal j on j.record_id = p.record_id and j.version = p.version
         where (p.record_id, p.version) > ($1, $2) order by p.record_id, p.version limit {PAGE}"
    );
    let mut page = Page { after: None, sealed: 0, files: BTreeSet::new() };
    for row in conn.rows(sql, args![after.0, after.1]).await? {
        let of: (Uuid, i64) = (row.get(0)?, row.get(1)?);
        page.after = Some(of);
        let (kind, text): (RecordKind, String) = (row.code(4)?, row.get(3)?);
        if Family::of(kind).is_none() {
            continue;
        }
        if row.get::<String>(5)? == "paper-recorded" {
            page.files.extend(paper_in(&blobs.vault().event(kind, of, text.clone())?));
        }
        if is_sealed(&text) {
            continue;
        }
        let (salt, sealed) = blobs.vault().seal_event(kind, of, &row.get::<Vec<u8>>(2)?, &text);
        let sql = "update journal_payload set salt = $3, payload = $4 where record_id = $1 and version = $2";
        conn.execute(sql, args![of.0, of.1, salt, sealed]).await?;
        page.sealed += 1;
    }
    Ok(page)
}

/// The file that a recorded paper names.
pub(crate) fn paper_in(payload: &str) -> Option<String> {
    let recorded: domain::papers::PaperRecorded = serde_json::from_str(payload).ok()?;
    recorded.file.map(|file| file.hash)
}

async fn texts(conn: &mut Conn<'_>, vault: &Vault, at: &Sealed, after: (Uuid, i64)) -> Result<Page> {
    let Sealed { table, column, id, only, .. } = at;
    let version = at.version.unwrap_or("0");
    let beyond = match at.version {
        Some(version) => format!("({id}, {version}) > ($1, $2)"),
        None => format!("{id} > $1 and $2 = 0"),
    };
    let sql = format!(
        "select {id}, cast({version} as bigint), {column} from {table} where {column} is not null and {only} and {beyond}
         order by 1, 2 limit {PAGE}"
    );
    let mut page = Page { after: None, sealed: 0, files: BTreeSet::new() };
    for row in conn.rows(sql, args![after.0, after.1]).await? {
        let (key, number, text): (Uuid, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        page.after = Some((key, number));
        if is_sealed(&text) {
            continue;
        }
        let same = at.version.map_or(String::new(), |version| format!(" and {version} = $4"));
        // A message may be sent meanwhile, and keeps nothing then.
        let sql = format!("update {table} set {column} = $2 where {id} = $1 and {column} = $3{same}");
        let mut values = args![key, vault.seal(at, key, number, &text), text];
        values.extend(at.version.map(|_| number.into()));
        page.sealed += conn.execute(sql, values).await?;
    }
    Ok(page)
}

/// How many texts of tables lie open although they belong sealed.
async fn open_texts(conn: &mut Conn<'_>) -> Result<Vec<(String, i64)>> {
    let mut left = Vec::new();
    for Sealed { table, column, only, .. } in columns::ALL {
        let sql = format!(
            "select count(*) from {table} where {column} is not null and {only} and substr({column}, 1, 4) <> $1"
        );
        let count = conn.row(sql, args!["\u{1}s1:"]).await?.map_or(Ok(0), |row| row.get(0))?;
        if count > 0 {
            left.push((format!("{table}.{column}"), count));
        }
    }
    let sql =
        "select count(*) from journal j join journal_payload p on p.record_id = j.record_id and p.version = j.version
               where j.record_kind in ('household', 'visit', 'application', 'receipt', 'grievance', 'correction', 'opening')
               and substr(p.payload, 1, 4) <> $1";
    let count = conn.row(sql, args!["\u{1}s1:"]).await?.map_or(Ok(0), |row| row.get(0))?;
    if count > 0 {
        left.push(("journal_payload.payload".to_owned(), count));
    }
    Ok(left)
}
