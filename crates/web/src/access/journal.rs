//! The newest seal of the journal, to be printed and kept outside the machine.

use super::reads::wall_clock;
use crate::{
    App,
    app::local_day,
    applications::inbox_rows::Day,
    request::{Errors, PageError, Visitor},
    shell::{Shell, form_page},
};
use askama::Template;
use axum::{extract::State, response::Response};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "access/journal.html")]
struct JournalPage {
    shell: Shell,
    seal: Option<Seal>,
    printed: (Day, String),
    days: Days,
    errors: Errors,
}

/// The seal as printed.
struct Seal {
    number: i64,
    groups: Vec<String>,
    day: Day,
    time: String,
}

/// The days of an extract, as typed.
#[derive(Default, Deserialize)]
pub struct Days {
    #[serde(default)]
    pub(super) from: String,
    #[serde(default)]
    pub(super) to: String,
}

/// `GET /access/journal`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    with(&app, &visitor, Days::default(), Errors::default()).await
}

/// The page with what was typed for an extract, and what is wrong with it.
pub(super) async fn with(app: &App, visitor: &Visitor, days: Days, errors: Errors) -> Result<Response, PageError> {
    let t = visitor.t();
    let seal = app.store.newest_seal().await?.map(|seal| Seal {
        number: seal.number,
        // Groups of eight: two people compare them aloud.
        groups: seal.hash.as_bytes().chunks(8).map(|group| String::from_utf8_lossy(group).into_owned()).collect(),
        day: Day::of(t, local_day(seal.sealed_at)),
        time: wall_clock(seal.sealed_at),
    });
    let printed = (Day::of(t, app.today()), wall_clock(app.now()));
    let wrong = errors.clone();
    form_page(&JournalPage { shell: visitor.shell(app), seal, printed, days, errors }, &wrong)
}
