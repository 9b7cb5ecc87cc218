//! How the messages to families stand, for whoever runs the program: numbers, and what failed. Neither numbers of phones
//! nor words.

use crate::{
    App,
    app::local_time,
    applications::inbox_rows::Day,
    request::{PageError, Sent, Visitor},
    shell::{Shell, page},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{Instant, messages::MessageState};
use serde::Deserialize;

/// The most lines shown of a state.
const MOST: i64 = 100;

#[derive(Template)]
#[template(path = "messages/office.html")]
struct MessagesPage {
    shell: Shell,
    /// Just asked for: what was given up is tried again.
    again: bool,
    counts: Vec<(String, i64)>,
    oldest: Option<Moment>,
    dead: i64,
    lines: Vec<Line>,
}

/// A day and a time of day.
struct Moment {
    day: Day,
    time: String,
}

/// A message that failed at least once.
struct Line {
    id: String,
    made: Moment,
    tries: i64,
    /// Nothing when it was given up.
    next: Option<Moment>,
    fault: String,
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

/// `GET /messages`
pub async fn show(State(app): State<App>, visitor: Visitor, Query(done): Query<Done>) -> Result<Response, PageError> {
    let t = visitor.t();
    let room = app.store.messages(&visitor.scope);
    let totals = room.totals().await?;
    let moment = |at: Instant| {
        let (day, time) = local_time(at);
        Moment { day: Day::of(t, day), time }
    };
    let line = |line: store::messages::MessageLine| Line {
        id: line.id.to_string(),
        made: moment(line.made_at),
        tries: line.tries,
        next: (line.state == MessageState::Waiting).then(|| moment(line.next_at)),
        fault: line.fault,
    };
    let count = |state: &MessageState| (t.code("message-state", state.code()), totals.of(*state));
    page(&MessagesPage {
        shell: visitor.shell(&app),
        again: done.done == "again",
        counts: MessageState::ALL.iter().map(count).collect(),
        oldest: totals.oldest.map(moment),
        dead: totals.of(MessageState::Dead),
        lines: room.troubled(MOST).await?.into_iter().map(line).collect(),
    })
}

/// `POST /messages/again`: what was given up is tried again from the beginning.
pub async fn again(State(app): State<App>, visitor: Visitor, _sent: Sent) -> Result<Response, PageError> {
    app.store.messages(&visitor.scope).try_again(app.now()).await?;
    Ok(Redirect::to("/messages?done=again").into_response())
}

/// `GET /messages/again`, as after choosing another language.
pub async fn back() -> Response {
    Redirect::to("/messages").into_response()
}
