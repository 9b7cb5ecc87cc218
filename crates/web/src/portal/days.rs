//! The days on which offices are closed. Also where the quick exit leads: a page that tells nothing about its reader.

use crate::{
    App,
    request::{PageError, Visitor},
    shell::{Shell, open_page},
};
use askama::Template;
use axum::{extract::State, response::Response};

#[derive(Template)]
#[template(path = "portal/days.html")]
struct DaysPage {
    shell: Shell,
    days: Vec<DayOff>,
}

/// One day off that is still to come.
struct DayOff {
    iso: String,
    words: String,
    name: String,
    moon: bool,
}

/// `GET /days`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    let (t, today) = (visitor.t(), app.today());
    let to_come = app.pack.calendar().holidays.iter().filter(|holiday| holiday.on >= today);
    let day = |holiday: &rules::pack::catalogue::Holiday| DayOff {
        iso: holiday.on.to_string(),
        words: t.date(holiday.on),
        name: t.pack(&holiday.name).to_owned(),
        moon: holiday.expected,
    };
    open_page(&DaysPage { shell: visitor.shell(&app), days: to_come.map(day).collect() })
}
