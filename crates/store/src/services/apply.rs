//! Storing what the events of sites and page texts say.

use crate::{
    db::{Conn, args, json},
    error::Result,
    journal::Envelope,
};
use domain::services::{PageTextCorrected, PageTextWithdrawn, SiteAdded, SiteClosed, SiteCorrected, SiteReopened};

pub(crate) async fn added(conn: &mut Conn<'_>, on: &Envelope, e: &SiteAdded) -> Result<()> {
    let sql = "insert into service_site (site_id, version, kind, district, details) values ($1, $2, $3, $4, $5)";
    let d = &e.details;
    conn.execute(sql, args![on.record.id, on.version, d.kind.code(), &d.district, json(d)?]).await.map(drop)
}

pub(crate) async fn corrected(conn: &mut Conn<'_>, on: &Envelope, e: &SiteCorrected) -> Result<()> {
    let sql = "update service_site set version = $2, kind = $3, district = $4, details = $5 where site_id = $1";
    let d = &e.details;
    conn.execute(sql, args![on.record.id, on.version, d.kind.code(), &d.district, json(d)?]).await.map(drop)
}

pub(crate) async fn closed(conn: &mut Conn<'_>, on: &Envelope, e: &SiteClosed) -> Result<()> {
    let sql = "update service_site set version = $2, closed_on = $3, closed_reason = $4 where site_id = $1";
    conn.execute(sql, args![on.record.id, on.version, e.on, &e.reason]).await.map(drop)
}

pub(crate) async fn reopened(conn: &mut Conn<'_>, on: &Envelope, _: &SiteReopened) -> Result<()> {
    let sql = "update service_site set version = $2, closed_on = null, closed_reason = null where site_id = $1";
    conn.execute(sql, args![on.record.id, on.version]).await.map(drop)
}

pub(crate) async fn text_corrected(conn: &mut Conn<'_>, on: &Envelope, e: &PageTextCorrected) -> Result<()> {
    let sql = "insert into page_text (text_id, version, subject, name, part, words) values ($1, $2, $3, $4, $5, $6)
               on conflict (text_id) do update set version = excluded.version, words = excluded.words";
    let args = args![on.record.id, on.version, e.subject.code(), &e.name, e.part.code(), json(&e.words)?];
    conn.execute(sql, args).await.map(drop)
}

pub(crate) async fn text_withdrawn(conn: &mut Conn<'_>, on: &Envelope, _: &PageTextWithdrawn) -> Result<()> {
    let sql = "update page_text set version = $2, words = '{}' where text_id = $1";
    conn.execute(sql, args![on.record.id, on.version]).await.map(drop)
}
