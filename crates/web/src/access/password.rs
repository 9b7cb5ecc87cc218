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
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::access::{Happened, SHORTEST_PASSWORD, Strength, strength};

#[derive(Template)]
#[template(path = "access/password.html")]
struct PasswordPage {
    shell: Shell,
    errors: Errors,
    must_change: bool,
    sessions: Vec<Line>,
    /// What happened to the account and is not known yet; and what is.
    news: Vec<NoticeLine>,
    earlier: Vec<NoticeLine>,
    /// How strong the new password is that was sent, in words.
    strength: String,
}

/// A session of the officer.
struct Line {
    day: Day,
    time: String,
    seen: String,
    this: bool,
}

/// Something that happened to the account.
struct NoticeLine {
    what: &'static str,
    day: Day,
    time: String,
    by: String,
}

impl NoticeLine {
    fn of(t: T, notice: store::access::Notice) -> Self {
        let (day, time) = local_time(notice.at);
        let by = notice.by.unwrap_or_default();
        NoticeLine { what: notice.what.code(), day: Day::of(t, day), time, by }
    }
}

async fn page(
    app: &App,
    visitor: &Visitor,
    headers: &HeaderMap,
    new: &str,
    errors: Errors,
) -> Result<Response, PageError> {
    let token = cookie(headers, SESSION).unwrap_or_default();
    let line = |session: store::access::OwnSession| {
        let (day, time) = local_time(session.started);
        Line { day: Day::of(visitor.t(), day), time, seen: local_time(session.seen).1, this: session.this }
    };
    let sessions = app.store.own_sessions(&visitor.scope, token, app.now()).await?;
    let notices = app.store.own_notices(&visitor.scope, token).await?;
    let (news, earlier): (Vec<_>, Vec<_>) = notices.into_iter().partition(|notice| notice.news);
    let lines = |notices: Vec<_>| notices.into_iter().map(|notice| NoticeLine::of(visitor.t(), notice)).collect();
    let page = PasswordPage {
        news: lines(news),
        earlier: lines(earlier),
        strength: in_words(visitor.t(), me(visitor), new),
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
    page(&app, &visitor, &headers, "", Errors::default()).await
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

/// `POST /password/known`: the officer knows what happened to the account, and goes on.
pub async fn known(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    _sent: Sent,
) -> Result<Response, PageError> {
    app.store.notices_known(&visitor.scope, cookie(&headers, SESSION).unwrap_or_default()).await?;
    let to = match visitor.scope.officer_id() {
        Some(officer) if !must_change(&visitor) => super::sign_in::landing(&app, officer, "/").await?,
        _ => "/password".to_owned(),
    };
    Ok(Redirect::to(&to).into_response())
}

/// `POST /password/strength`: how strong a new password is, in a word, while it is typed. Nothing of it is kept.
pub async fn say_strength(visitor: Visitor, sent: Sent) -> Response {
    let words = in_words(visitor.t(), me(&visitor), sent.fields.text("new"));
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], words).into_response()
}

/// Sign-in name and name of whoever is signed in.
fn me(visitor: &Visitor) -> (&str, &str) {
    let me = visitor.session.as_ref().map(|session| &session.officer);
    me.map_or(("", ""), |me| (me.login.as_str(), me.name.as_str()))
}

/// How strong a new password is, in words; nothing of nothing.
pub(super) fn in_words(t: T, (login, name): (&str, &str), new: &str) -> String {
    if new.is_empty() { String::new() } else { t.code("strength", strength(new, login, name).code()) }
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
    check_new(t, me(&visitor), new, again, &mut errors);
    if new == old && errors.of("new").is_none() {
        errors.add("new", t.m("password-same"));
    }
    if !errors.is_empty() {
        return page(&app, &visitor, &headers, new, errors).await;
    }
    app.store.keep_password(officer, new, false).await?;
    app.store.note_account(officer, Happened::PasswordChanged, None, app.now()).await?;
    Ok(Redirect::to("/sign-in").into_response())
}

/// What is asked of a new password of somebody with this sign-in name and name, typed twice.
pub(super) fn check_new(t: T, (login, name): (&str, &str), new: &str, again: &str, errors: &mut Errors) {
    match strength(new, login, name) {
        Strength::Length => errors.add("new", t.a("password-length", "count", SHORTEST_PASSWORD)),
        Strength::Guessed => errors.add("new", t.m("password-guessed")),
        Strength::Enough | Strength::Strong => {}
    }
    if new != again {
        errors.add("again", t.m("password-differs"));
    }
}
