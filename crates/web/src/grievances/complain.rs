//! `GET /complain`: with a receipt, without one, or back to a complaint that was made.

use crate::{
    App,
    request::{PageError, Visitor},
    shell::{Shell, page},
};
use askama::Template;
use axum::{extract::State, response::Response};

#[derive(Template)]
#[template(path = "grievances/complain.html")]
struct ComplainPage {
    shell: Shell,
    days: u32,
}

/// `GET /complain`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    let days = app.pack.grievances().limits.answer;
    page(&ComplainPage { shell: visitor.shell(&app), days })
}
