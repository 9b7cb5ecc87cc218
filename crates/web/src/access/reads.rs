//! Who read what: the read log for auditors, by officer, by file, by day, and what was opened with no visit, task or
//! complaint behind it; as pages and as a table to take away.

use crate::{
    App,
    applications::inbox_rows::Day,
    people::looked::asked,
    request::{PageError, Visitor},
    shell::{Choice, Shell, page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use chrono::FixedOffset;
use domain::{Date, Instant, insights::neutral};
use serde::Deserialize;
use store::access::{Purpose, ReadAsked, ReadEntry};

/// Entries of a page.
const PAGE: i64 = 100;
/// The most entries of a file.
const MOST: i64 = 100_000;

#[derive(Template)]
#[template(path = "access/reads.html")]
struct ReadsPage {
    shell: Shell,
    entries: Vec<Entry>,
    officers: Vec<Choice>,
    wanted: Wanted,
    shown: usize,
    /// The filters as a query, for links.
    query: String,
    /// The filters without the view.
    others: String,
    newer: Option<i64>,
    older: Option<i64>,
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

/// Which entries are wanted.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Wanted {
    view: String,
    officer: String,
    record: String,
    from: String,
    to: String,
    page: i64,
}

impl Wanted {
    /// The filters as the store takes them; what cannot be read filters nothing and is shown as typed.
    fn asked(&self) -> ReadAsked {
        let day = |text: &str| linkage::text::ascii_digits(text).parse::<Date>().ok();
        ReadAsked {
            officer: self.officer.parse().ok(),
            record: self.record.trim().parse().ok(),
            unbound: self.view == "unbound",
            from: day(&self.from).and_then(midnight),
            before: day(&self.to).and_then(|day| day.succ_opt()).and_then(midnight),
        }
    }

    fn others(&self) -> String {
        let pairs = [("officer", &self.officer), ("record", &self.record), ("from", &self.from), ("to", &self.to)];
        let word = |text: &str| crate::request::encoded(text.trim()).replace('/', "%2F");
        let filled = pairs.into_iter().filter(|(_, value)| !value.trim().is_empty());
        filled.map(|(name, value)| format!("&{name}={}", word(value))).collect()
    }
}

/// When a day begins in Pakistan.
fn midnight(day: Date) -> Option<Instant> {
    let local = day.and_hms_opt(0, 0, 0)?.and_local_timezone(FixedOffset::east_opt(5 * 3600)?);
    local.single().map(|at| at.to_utc())
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
    let number = wanted.page.clamp(0, 10_000);
    let mut log = app.store.reads(&visitor.scope, &wanted.asked(), number * PAGE, PAGE + 1).await?;
    let more = i64::try_from(log.len()).unwrap_or(0) > PAGE;
    log.truncate(usize::try_from(PAGE).unwrap_or(100));
    let officers = app.store.officers(&visitor.scope).list().await?.into_iter().map(|officer| Choice {
        value: officer.id.to_string(),
        chosen: officer.id.to_string() == wanted.officer,
        text: officer.login,
    });
    let others = wanted.others();
    let page_of = ReadsPage {
        shell: visitor.shell(&app),
        shown: log.len(),
        entries: log.into_iter().map(|entry| line(t, entry)).collect(),
        officers: officers.collect(),
        query: format!("view={}{others}", if wanted.view == "unbound" { "unbound" } else { "all" }),
        others,
        newer: (number > 0).then(|| number - 1),
        older: more.then_some(number + 1),
        wanted,
    };
    page(&page_of)
}

/// `GET /access/reads/export`: the same entries as CSV. Taking the log away is itself an entry of it.
pub async fn export(
    State(app): State<App>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, PageError> {
    let log = app.store.reads(&visitor.scope, &wanted.asked(), 0, MOST).await?;
    let purpose = Purpose::Reason("read log".to_owned());
    app.store.log_read(&visitor.scope, "export", None, &purpose, app.now()).await?;
    let mut csv = String::from("at,officer,what,record,purpose,words\r\n");
    for entry in log {
        let record = entry.record.map(|id| id.to_string()).unwrap_or_default();
        let (kind, words) = entry.purpose.split_once(':').unwrap_or(("reason", &entry.purpose));
        let cells = [entry.at.to_rfc3339(), entry.login, entry.what, record, kind.to_owned(), words.to_owned()];
        csv.push_str(&cells.map(|cell| quoted(&cell)).join(","));
        csv.push_str("\r\n");
    }
    let heads = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"read-log.csv\""),
    ];
    Ok((heads, csv).into_response())
}

/// A cell that no spreadsheet takes for a formula.
fn quoted(text: &str) -> String {
    format!("\"{}\"", neutral(text).replace('"', "\"\""))
}

fn line(t: T, entry: ReadEntry) -> Entry {
    let (kind, rest) = entry.purpose.split_once(':').unwrap_or(("reason", &entry.purpose));
    const KINDS: [&str; 6] = ["visit", "task", "complaint", "correction", "call", "opening"];
    let kind = if KINDS.contains(&kind) { kind } else { "reason" };
    let what = if t.has(&format!("read-{}", entry.what)) { t.code("read", &entry.what) } else { entry.what.clone() };
    Entry {
        day: Day::of(t, crate::app::local_day(entry.at)),
        time: wall_clock(entry.at),
        login: entry.login,
        what,
        // Ids only: what is behind them opens with a scope of its own.
        record: entry.record.map(|id| id.to_string()).unwrap_or_default(),
        purpose: asked(t, kind, rest),
        reason: if kind == "reason" { rest.to_owned() } else { String::new() },
    }
}
