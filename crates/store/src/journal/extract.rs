//! An extract of the journal for whoever checks it elsewhere: envelopes, hashes of contents, seals; no content. Whoever has
//! it needs no key and no onewindow: `docs/audit/verify.py` checks it, `docs/guide/audit.md` says what each line is.

use super::seal::{self, hex};
use crate::{
    Scope, Store,
    db::{Conn, Row, args, with_conn},
    error::{Result, StoreError},
};
use domain::{Date, Instant, access::Doing};
use serde_json::{Value as Json, json};
use std::io::Write;

/// The layout of extracts.
const LAYOUT: u32 = 1;

/// Which days an extract covers, both included; it holds whole seals, so some days around them too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first day, by the server's clock in UTC; from the beginning when absent.
    pub from: Option<Date>,
    /// The last day; to the newest seal when absent.
    pub to: Option<Date>,
}

/// What an extract holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extracted {
    /// The first seal; 0 when there is none in these days.
    pub first: i64,
    /// How many seals.
    pub seals: u64,
    /// How many events.
    pub events: u64,
    /// Events after the newest seal, which no extract holds yet.
    pub unsealed: i64,
}

/// Writes an extract of a registry that is not opened and needs no key.
///
/// # Errors
/// When the registry does not answer or the extract cannot be written.
pub async fn extract(url: &str, days: Days, at: Instant, out: &mut (impl Write + Send)) -> Result<Extracted> {
    let mut held = crate::copy::connect(url).await?;
    write(&mut held.conn(), days, at, out).await
}

impl Store {
    /// Writes an extract for an auditor.
    ///
    /// # Errors
    /// [`StoreError::NotYours`] for anybody else.
    pub async fn extract(&self, scope: &Scope, days: Days, at: Instant) -> Result<(Vec<u8>, Extracted)> {
        if !scope.may(Doing::Audit) && !scope.is_system() {
            return Err(StoreError::NotYours);
        }
        let mut out = Vec::new();
        let done = with_conn!(&self.db, conn => write(&mut conn, days, at, &mut out).await?);
        Ok((out, done))
    }
}

async fn number(conn: &mut Conn<'_>, sql: &'static str, values: Vec<crate::db::Value>) -> Result<Option<i64>> {
    Ok(conn.row(sql, values).await?.map(|row| row.get::<Option<i64>>(0)).transpose()?.flatten())
}

/// The seals whose events were recorded in these days: a seal ends before the day when it was made before it.
async fn range(conn: &mut Conn<'_>, days: Days) -> Result<(i64, i64)> {
    let first = match days.from.and_then(|day| day.and_hms_opt(0, 0, 0)) {
        Some(start) => {
            number(conn, "select min(number) from seal where sealed_at >= $1", args![start.and_utc()]).await?
        }
        None => number(conn, "select min(number) from seal", args![]).await?,
    };
    let newest = number(conn, "select max(number) from seal", args![]).await?.unwrap_or(0);
    // What was recorded on the last day is sealed within it, or by the first seal after it.
    let last = match days.to.and_then(|day| day.succ_opt()).and_then(|day| day.and_hms_opt(0, 0, 0)) {
        Some(end) => number(conn, "select min(number) from seal where sealed_at >= $1", args![end.and_utc()]).await?,
        None => None,
    };
    Ok((first.unwrap_or(newest + 1), last.unwrap_or(newest)))
}

async fn write(conn: &mut Conn<'_>, days: Days, at: Instant, out: &mut (impl Write + Send)) -> Result<Extracted> {
    let (first, last) = range(conn, days).await?;
    let before = conn.row("select last_hash from seal where number = $1", args![first - 1]).await?;
    let mut hash = before.map_or(Ok(vec![0; 32]), |row| row.get::<Vec<u8>>(0))?;
    line(
        out,
        &json!({ "onewindow_extract": LAYOUT, "made_at": at.to_rfc3339(), "from": days.from, "to": days.to,
            "first_seal": first, "after": hex(&hash) }),
    )?;
    let mut done = Extracted { first: if first > last { 0 } else { first }, seals: 0, events: 0, unsealed: 0 };
    for number in first..=last {
        let Some(sealed) =
            conn.row("select last_hash, events, sealed_at from seal where number = $1", args![number]).await?
        else {
            continue;
        };
        let sql = format!(
            "select {} from seal_entry e join journal j on j.position = e.position where e.number = $1 order by e.position",
            seal::ENTRY
        );
        for row in conn.rows(sql, args![number]).await? {
            hash = seal::entry_hash(&hash, &row)?;
            line(out, &event(&row, &hash)?)?;
            done.events += 1;
        }
        hash = sealed.get(0)?;
        let (events, made): (i64, Instant) = (sealed.get(1)?, sealed.get(2)?);
        line(out, &json!({ "seal": number, "events": events, "hash": hex(&hash), "sealed_at": made.to_rfc3339() }))?;
        done.seals += 1;
    }
    line(out, &json!({ "end": true, "seals": done.seals, "events": done.events }))?;
    done.unsealed = number(conn, UNSEALED, args![]).await?.unwrap_or(0);
    Ok(done)
}

const UNSEALED: &str =
    "select count(*) from journal where position > (select coalesce(max(position), 0) from seal_entry)";

fn line(out: &mut impl Write, value: &Json) -> Result<()> {
    serde_json::to_writer(&mut *out, value).map_err(std::io::Error::from)?;
    Ok(out.write_all(b"\n")?)
}

/// An envelope as [`seal::ENTRY`] reads it, and the chain's hash after it.
fn event(row: &Row, hash: &[u8]) -> Result<Json> {
    let recorded = row.get::<Instant>(7)?.to_rfc3339_opts(chrono::SecondsFormat::Micros, false);
    Ok(json!({
        "position": row.get::<i64>(0)?,
        "record_kind": row.get::<String>(1)?,
        "record_id": row.get::<uuid::Uuid>(2)?,
        "version": row.get::<i64>(3)?,
        "kind": row.get::<String>(4)?,
        "format": row.get::<i64>(5)?,
        "happened_on": row.get::<Date>(6)?,
        "recorded_at": recorded,
        "officer_id": row.get::<Option<uuid::Uuid>>(8)?,
        "command_id": row.get::<uuid::Uuid>(9)?,
        "payload_hash": hex(&row.get::<Vec<u8>>(10)?),
        "chain": hex(hash),
    }))
}
