//! The newest seal of the journal, to be printed and kept outside the machine.

use super::reads::wall_clock;
use crate::{
    App,
    app::local_day,
    applications::inbox_rows::Day,
    request::{PageError, Visitor},
    shell::{Shell, page},
};
use askama::Template;
use axum::{extract::State, response::Response};

#[derive(Template)]
#[template(path = "access/journal.html")]
struct JournalPage {
    shell: Shell,
    seal: Option<Seal>,
    printed: (Day, String),
}

/// The seal as printed.
struct Seal {
    number: i64,
    groups: Vec<String>,
    day: Day,
    time: String,
}

/// `GET /access/journal`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    let t = visitor.t();
    let seal = app.store.newest_seal().await?.map(|seal| Seal {
        number: seal.number,
        // Groups of eight: two people compare them aloud.
        groups: seal.hash.as_bytes().chunks(8).map(|group| String::from_utf8_lossy(group).into_owned()).collect(),
        day: Day::of(t, local_day(seal.sealed_at)),
        time: wall_clock(seal.sealed_at),
    });
    let printed = (Day::of(t, app.today()), wall_clock(app.now()));
    page(&JournalPage { shell: visitor.shell(&app), seal, printed })
}
