//! Who read what: the newest entries of the read log, for auditors.

use crate::{
    App,
    applications::inbox_rows::Day,
    request::{PageError, Visitor},
    shell::{Choice, Shell, page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use chrono::FixedOffset;
use domain::Instant;
use serde::Deserialize;
use store::access::ReadEntry;

/// The most entries shown.
const NEWEST: i64 = 500;

#[derive(Template)]
#[template(path = "access/reads.html")]
struct ReadsPage {
    shell: Shell,
    entries: Vec<Entry>,
    officers: Vec<Choice>,
    shown: usize,
}

/// One line of the log.
struct Entry {
    day: Day,
    time: String,
    login: String,
    what: String,
    record: String,
    purpose: String,
    reason: String,
}

/// Of whom.
#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    officer: String,
}

/// The clock on the wall in Pakistan, `14:05`.
pub(super) fn wall_clock(at: Instant) -> String {
    let local = FixedOffset::east_opt(5 * 3600).map(|offset| at.with_timezone(&offset));
    local.map(|at| at.format("%H:%M").to_string()).unwrap_or_default()
}

/// `GET /access/reads`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let log = app.store.read_log(&visitor.scope, NEWEST).await?;
    let mut logins: Vec<(String, String)> = log.iter().map(|e| (e.officer.to_string(), e.login.clone())).collect();
    logins.sort_by(|a, b| a.1.cmp(&b.1));
    logins.dedup();
    let choice = |(value, text): (String, String)| Choice { chosen: value == wanted.officer, value, text };
    let of = |entry: &ReadEntry| wanted.officer.is_empty() || entry.officer.to_string() == wanted.officer;
    let entries: Vec<Entry> = log.into_iter().filter(of).map(|entry| line(t, entry)).collect();
    let officers = logins.into_iter().map(choice).collect();
    page(&ReadsPage { shell: visitor.shell(&app), shown: entries.len(), entries, officers })
}

fn line(t: T, entry: ReadEntry) -> Entry {
    let (kind, rest) = entry.purpose.split_once(':').unwrap_or(("reason", &entry.purpose));
    let kind = if matches!(kind, "visit" | "task" | "complaint" | "call" | "correction") { kind } else { "reason" };
    let what = if t.has(&format!("read-{}", entry.what)) { t.code("read", &entry.what) } else { entry.what.clone() };
    Entry {
        day: Day::of(t, crate::app::local_day(entry.at)),
        time: wall_clock(entry.at),
        login: entry.login,
        what,
        // Ids only: what is behind them opens with a scope of its own.
        record: entry.record.map(|id| id.to_string()).unwrap_or_default(),
        purpose: t.code("purpose", kind),
        reason: if kind == "reason" { rest.to_owned() } else { String::new() },
    }
}
