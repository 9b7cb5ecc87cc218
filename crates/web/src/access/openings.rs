//! Protected files that were opened outside their visit, for a second person to see.

use crate::{
    App,
    app::local_time,
    applications::inbox_rows::Day,
    request::{Errors, PageError, Sent, Visitor},
    shell::{Shell, form_page},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{access::ProtectedOpeningSeen, event::Change, ids::OpeningId};
use serde::Deserialize;
use store::access::Opening;

/// The most openings shown.
const NEWEST: i64 = 200;

#[derive(Template)]
#[template(path = "access/openings.html")]
struct OpeningsPage {
    shell: Shell,
    errors: Errors,
    all: bool,
    lines: Vec<Line>,
}

/// One opening.
struct Line {
    id: OpeningId,
    day: Day,
    time: String,
    name: String,
    why: String,
    words: String,
    household: String,
    /// It was this reader's own.
    mine: bool,
    seen: Option<(String, Day, String)>,
}

/// Which ones.
#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    view: String,
}

/// `GET /access/openings`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, PageError> {
    render(&app, &visitor, wanted.view == "all", Errors::default()).await
}

async fn render(app: &App, visitor: &Visitor, all: bool, errors: Errors) -> Result<Response, PageError> {
    let t = visitor.t();
    let stamp = |at| {
        let (day, time) = local_time(at);
        (Day::of(t, day), time)
    };
    let line = |opening: Opening| {
        let (day, time) = stamp(opening.at);
        let seen = opening.seen_by.clone().zip(opening.seen_at).map(|(name, at)| {
            let (day, time) = stamp(at);
            (name, day, time)
        });
        Line {
            id: opening.id,
            day,
            time,
            mine: visitor.scope.officer_id() == Some(opening.officer),
            name: opening.name,
            why: t.code("opening", opening.why.code()),
            words: opening.words,
            household: opening.household.to_string(),
            seen,
        }
    };
    let openings = app.store.openings(&visitor.scope, !all, NEWEST).await?;
    let page = OpeningsPage { shell: visitor.shell(app), errors, all, lines: openings.into_iter().map(line).collect() };
    form_page(&page, &page.errors)
}

/// `GET` of a form's own address.
pub async fn back() -> Response {
    Redirect::to("/access/openings").into_response()
}

/// `POST /access/openings/{opening}/seen`
pub async fn seen(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, PageError> {
    let id: OpeningId = id.parse().map_err(|_| PageError::NotFound)?;
    let opening = app.store.opening(&visitor.scope, id).await?.ok_or(PageError::NotFound)?;
    let me = visitor.scope.officer_id().ok_or(PageError::NotFound)?;
    if opening.seen_by.is_some() {
        return Ok(back().await);
    }
    match ProtectedOpeningSeen::decide(opening.officer, me) {
        Ok(event) => {
            let change = Change::after(id, opening.version, event, app.today());
            sent.carry_out(&app, &visitor, vec![change], "/access/openings".to_owned()).await
        }
        Err(_) => {
            let errors = Errors::one(&format!("opening-{id}"), visitor.t().m("openings-oneself"));
            render(&app, &visitor, false, errors).await
        }
    }
}
