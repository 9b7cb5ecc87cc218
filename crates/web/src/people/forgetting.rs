//! The families who asked that what they said is not kept: what waits for two officers to decide on an erasure.

use crate::{
    App,
    request::{PageError, Visitor},
    shell::{Shell, page},
};
use askama::Template;
use axum::{extract::State, response::Response};
use domain::{Date, ids::HouseholdId};

#[derive(Template)]
#[template(path = "people/forgetting.html")]
struct ForgettingPage {
    shell: Shell,
    rows: Vec<Row>,
}

/// One family.
struct Row {
    household: HouseholdId,
    head: String,
    on: Date,
    how: String,
    open: i64,
    /// One officer has decided; another one has yet to confirm.
    decided: bool,
}

/// `GET /people/forgetting`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    let t = visitor.t();
    let asked = app.store.people(&visitor.scope).asked_to_forget().await?;
    let row = |one: store::people::AskedToForget| Row {
        household: one.household,
        head: one.head,
        on: one.stated_on,
        how: t.code("consent-how", one.how.code()),
        open: one.open,
        decided: one.decided,
    };
    page(&ForgettingPage { shell: visitor.shell(&app), rows: asked.into_iter().map(row).collect() })
}
