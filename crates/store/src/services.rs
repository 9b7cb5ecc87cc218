//! Service sites and the words of public pages: read by everybody, their history by who may correct them.

pub(crate) mod apply;
mod demand;

pub use demand::Demand;

use crate::{
    Scope, Store,
    db::{Row, args},
    error::{Result, corrupt},
};
use domain::{
    Instant, Version,
    access::Doing,
    event::{Event, Record},
    ids::{PageTextId, SiteId},
    services::{PageText, Site},
};

/// The services room, seen through a scope. What it holds is public; who changed it is not.
pub struct Services<'a> {
    store: &'a Store,
    scope: &'a Scope,
}

/// One change of a site or a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The version it made.
    pub version: Version,
    /// When.
    pub at: Instant,
    /// The name of the officer; absent for the program itself.
    pub by: Option<String>,
    /// What happened.
    pub event: Event,
}

const SITE: &str = "site_id, version, details, closed_on, closed_reason";
const TEXT: &str = "text_id, version, subject, name, part, words";

impl Store {
    /// Opens the services room.
    pub fn services<'a>(&'a self, scope: &'a Scope) -> Services<'a> {
        Services { store: self, scope }
    }
}

impl Services<'_> {
    /// Every site, those closed for good among them, by key.
    pub async fn sites(&self) -> Result<Vec<Site>> {
        let rows = self.store.db.rows(format!("select {SITE} from service_site order by site_id"), args![]).await?;
        rows.iter().map(site).collect()
    }

    /// One site.
    pub async fn site(&self, id: SiteId) -> Result<Option<Site>> {
        let sql = format!("select {SITE} from service_site where site_id = $1");
        self.store.db.row(sql, args![id]).await?.as_ref().map(site).transpose()
    }

    /// Every text that was ever written; those taken back have no words.
    pub async fn page_texts(&self) -> Result<Vec<PageText>> {
        let rows = self.store.db.rows(format!("select {TEXT} from page_text order by text_id"), args![]).await?;
        rows.iter().map(text).collect()
    }

    /// What happened to a site, the newest first; for who may correct it and for auditors.
    pub async fn history_of_site(&self, id: SiteId) -> Result<Vec<Changed>> {
        self.history(id.into()).await
    }

    /// What happened to a text, the newest first; for who may correct it and for auditors.
    pub async fn history_of_text(&self, id: PageTextId) -> Result<Vec<Changed>> {
        self.history(id.into()).await
    }

    async fn history(&self, record: Record) -> Result<Vec<Changed>> {
        let may = self.scope.is_system() || self.scope.may(Doing::Publish) || self.scope.may(Doing::Audit);
        if !may {
            return Ok(Vec::new());
        }
        let sql = "select j.version, j.recorded_at, o.name, j.kind, j.format, p.payload from journal j
                   join journal_payload p on p.record_id = j.record_id and p.version = j.version
                   left join officer o on o.officer_id = j.officer_id
                   where j.record_kind = $1 and j.record_id = $2 order by j.version desc";
        let rows = self.store.db.rows(sql, args![record.kind.code(), record.id]).await?;
        rows.iter().map(changed).collect()
    }
}

fn changed(row: &Row) -> Result<Changed> {
    let format = i32::try_from(row.get::<i64>(4)?).map_err(corrupt)?;
    let event = Event::decode(&row.get::<String>(3)?, format, &row.get::<String>(5)?)?;
    Ok(Changed { version: row.get(0)?, at: row.get(1)?, by: row.get(2)?, event })
}

fn site(row: &Row) -> Result<Site> {
    let closed = row.get::<Option<domain::Date>>(3)?;
    let reason = row.get::<Option<String>>(4)?.unwrap_or_default();
    Ok(Site { id: row.id(0)?, version: row.get(1)?, details: row.json(2)?, closed: closed.map(|on| (on, reason)) })
}

fn text(row: &Row) -> Result<PageText> {
    Ok(PageText {
        id: row.id(0)?,
        version: row.get(1)?,
        subject: row.code(2)?,
        name: row.get(3)?,
        part: row.code(4)?,
        words: row.json(5)?,
    })
}
