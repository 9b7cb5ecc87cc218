//! Changing one's password; ends every session of the officer.

use crate::{
    App,
    app::local_time,
    applications::inbox_rows::Day,
    request::{Errors, PageError, SESSION, Sent, Visitor, cookie},
    shell::{Shell, form_page},
    text::T,
};
use askama::Template;
use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use domain::access::is_easily_guessed;

/// The shortest password taken; length protects more than rules about letters (NIST SP 800-63B).
const SHORTEST: usize = 12;
/// The longest: hashing must not become a way to keep the server busy.
const LONGEST: usize = 200;

#[derive(Template)]
#[template(path = "access/password.html")]
struct PasswordPage {
    shell: Shell,
    errors: Errors,
    must_change: bool,
    sessions: Vec<Line>,
}

/// A session of the officer.
struct Line {
    day: Day,
    time: String,
    seen: String,
    this: bool,
}

async fn page(app: &App, visitor: &Visitor, headers: &HeaderMap, errors: Errors) -> Result<Response, PageError> {
    let token = cookie(headers, SESSION).unwrap_or_default();
    let line = |session: store::access::OwnSession| {
        let (day, time) = local_time(session.started);
        Line { day: Day::of(visitor.t(), day), time, seen: local_time(session.seen).1, this: session.this }
    };
    let sessions = app.store.own_sessions(&visitor.scope, token, app.now()).await?;
    let page = PasswordPage {
        shell: visitor.shell(app),
        errors,
        must_change: must_change(visitor),
        sessions: sessions.into_iter().map(line).collect(),
    };
    form_page(&page, &page.errors)
}

fn must_change(visitor: &Visitor) -> bool {
    visitor.session.as_ref().is_some_and(|session| session.must_change)
}

/// `GET /password`
pub async fn show(State(app): State<App>, visitor: Visitor, headers: HeaderMap) -> Result<Response, PageError> {
    page(&app, &visitor, &headers, Errors::default()).await
}

/// `POST /password/others`: ends the officer's other sessions.
pub async fn end_others(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    _sent: Sent,
) -> Result<Response, PageError> {
    app.store.end_other_sessions(&visitor.scope, cookie(&headers, SESSION).unwrap_or_default()).await?;
    Ok(back().await)
}

/// `GET` of a form's own address.
pub async fn back() -> Response {
    Redirect::to("/password").into_response()
}

/// `POST /password`
pub async fn update(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    sent: Sent,
) -> Result<Response, PageError> {
    let Some(officer) = visitor.scope.officer_id() else { return Err(PageError::NotFound) };
    let (old, new, again) = (sent.fields.text("old"), sent.fields.text("new"), sent.fields.text("again"));
    let t = visitor.t();
    let mut errors = Errors::default();
    if !app.store.is_password(officer, old).await? {
        errors.add("old", t.m("password-wrong"));
    }
    let me = visitor.session.as_ref().map(|session| &session.officer);
    let (login, name) = me.map_or(("", ""), |me| (me.login.as_str(), me.name.as_str()));
    check_new(t, (login, name), new, again, &mut errors);
    if new == old && errors.of("new").is_none() {
        errors.add("new", t.m("password-same"));
    }
    if !errors.is_empty() {
        return page(&app, &visitor, &headers, errors).await;
    }
    app.store.keep_password(officer, new, false).await?;
    Ok(Redirect::to("/sign-in").into_response())
}

/// What is asked of a new password of somebody with this sign-in name and name, typed twice.
pub(super) fn check_new(t: T, (login, name): (&str, &str), new: &str, again: &str, errors: &mut Errors) {
    if !(SHORTEST..=LONGEST).contains(&new.chars().count()) {
        errors.add("new", t.a("password-length", "count", SHORTEST));
    } else if is_easily_guessed(new, login, name) {
        errors.add("new", t.m("password-guessed"));
    }
    if new != again {
        errors.add("again", t.m("password-differs"));
    }
}
