//! An extract of the journal for an auditor, to be checked elsewhere without this program. Each one stands in the read log.

use super::journal::{self, Days};
use crate::{
    App,
    request::{Errors, PageError, Visitor},
};
use axum::{
    extract::{Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use domain::Date;
use store::access::Purpose;

/// A day as a form sends it; `Err` when it is none, `Ok(None)` when it was left empty.
fn day(typed: &str) -> Result<Option<Date>, ()> {
    match typed.trim() {
        "" => Ok(None),
        typed => typed.parse().map(Some).map_err(|_| ()),
    }
}

/// The days that were typed; `None` when they are none, or the first comes after the last.
fn days(typed: &Days) -> Option<store::journal::Days> {
    let (from, to) = (day(&typed.from).ok()?, day(&typed.to).ok()?);
    let in_order = from.zip(to).is_none_or(|(from, to)| from <= to);
    in_order.then_some(store::journal::Days { from, to })
}

/// `GET /access/journal/extract`: lines of JSON without any content; see docs/guide/audit.md.
pub async fn download(
    State(app): State<App>,
    visitor: Visitor,
    Query(typed): Query<Days>,
) -> Result<Response, PageError> {
    let Some(days) = days(&typed) else {
        let mut errors = Errors::default();
        errors.add("days", visitor.t().m("extract-days"));
        return journal::with(&app, &visitor, typed, errors).await;
    };
    let (lines, _) = app.store.extract(&visitor.scope, days, app.now()).await?;
    let said = |day: Option<Date>| day.map_or("…".to_owned(), |day| day.to_string());
    let purpose = Purpose::Reason(format!("journal extract {} - {}", said(days.from), said(days.to)));
    app.store.log_read(&visitor.scope, "export", None, &purpose, app.now()).await?;
    let heads = [
        (header::CONTENT_TYPE, "application/jsonl; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"journal-extract.jsonl\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((heads, lines).into_response())
}
