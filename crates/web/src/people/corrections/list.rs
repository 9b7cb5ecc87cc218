//! The centre's list of requests for corrections: what waits, the most urgent first, and what was answered.

use crate::{
    App,
    applications::inbox_rows::Day,
    request::{PageError, Visitor},
    shell::{Choice, ClockView, Shell, page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::{
    applications::ClockOwner,
    ids::CorrectionId,
    people::{Correction, CorrectionState},
};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "people/corrections/list.html")]
struct ListPage {
    shell: Shell,
    tabs: Vec<Choice>,
    answered: bool,
    rows: Vec<Line>,
}

/// One request.
struct Line {
    id: CorrectionId,
    field: String,
    whose: String,
    asked: Day,
    state: String,
    clock: Option<ClockView>,
}

/// Which of them.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    view: String,
}

/// `GET /people/corrections`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let room = app.store.corrections(&visitor.scope);
    let answered = wanted.view == "answered";
    let rows = if answered { room.answered().await? } else { room.waiting().await? };
    let tab = |value: &str, message: &str, chosen| Choice { value: value.to_owned(), text: t.m(message), chosen };
    page(&ListPage {
        shell: visitor.shell(&app),
        tabs: vec![
            tab("/people/corrections", "correct-tab-waiting", !answered),
            tab("/people/corrections?view=answered", "correct-tab-answered", answered),
        ],
        answered,
        rows: rows.iter().map(|one| line(&app, t, one)).collect(),
    })
}

fn line(app: &App, t: T, one: &Correction) -> Line {
    let waits = one.state == CorrectionState::Asked;
    Line {
        id: one.id,
        field: t.code("correction-field", one.asked.field.code()),
        whose: one.asked.whose.clone().unwrap_or_default(),
        asked: Day::of(t, one.asked.since),
        state: t.code("correction-state", one.state.code()),
        clock: ClockView::of(app, t, ClockOwner::Nobody, one.asked.since, Some(one.asked.due)).filter(|_| waits),
    }
}
