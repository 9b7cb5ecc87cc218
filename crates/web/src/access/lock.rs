//! The locked screen: the officer's password brings the page and the form back, another officer signs in at once, and
//! nothing of a family stands in the page.

use super::sign_in::{elsewhere, half, inside, landing, refused};
use crate::{
    App,
    request::{BROWSER, Errors, Fields, PageError, SESSION, Sent, Visitor, cookie},
    shell::{Shell, form_page},
};
use askama::Template;
use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use store::access::{Browser, LeftForm, Session, Stage};

#[derive(Template)]
#[template(path = "access/lock.html")]
struct LockPage {
    shell: Shell,
    errors: Errors,
    name: String,
    user: String,
}

/// `GET /lock`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    page(&app, &visitor, String::new(), Errors::default())
}

/// The page; `user` is whoever tried to sign in instead.
pub(super) fn page(app: &App, visitor: &Visitor, user: String, errors: Errors) -> Result<Response, PageError> {
    let Some(session) = half(visitor, Stage::Locked) else { return elsewhere(visitor) };
    let page = LockPage { shell: visitor.shell(app), errors, name: session.officer.name.clone(), user };
    form_page(&page, &page.errors)
}

/// `POST /lock`: locks now; what was typed and not sent comes along from the page's script.
pub async fn lock(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    sent: Sent,
) -> Result<Response, PageError> {
    let session = visitor.session.as_ref().or(half(&visitor, Stage::Locked));
    let (Some(session), Some(token)) = (session, cookie(&headers, SESSION)) else { return elsewhere(&visitor) };
    let place = inside(sent.fields.text("page"));
    let values = sent.fields.text("draft");
    if !matches!(values, "" | "{}") {
        let draft = LeftForm::Draft { page: place.to_owned(), values: values.to_owned() };
        app.store.keep_form(session.officer.id, &draft, app.now()).await?;
    }
    app.store.lock(token, place).await?;
    Ok(Redirect::to("/lock").into_response())
}

/// `POST /unlock`
pub async fn unlock(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    sent: Sent,
) -> Result<Response, PageError> {
    let Some(session) = half(&visitor, Stage::Locked) else { return elsewhere(&visitor) };
    let token = cookie(&headers, SESSION).unwrap_or_default();
    let browser = Browser(cookie(&headers, BROWSER));
    match app.store.unlock(token, sent.fields.text("password"), browser, app.now()).await? {
        Ok(place) => Ok(Redirect::to(&landing(&app, session.officer.id, &place).await?).into_response()),
        Err(why) => {
            let sentence = refused(visitor.t(), why, "lock-wrong");
            page(&app, &visitor, String::new(), Errors::one("unlock", sentence))
        }
    }
}

/// A request that came while the screen was locked, or finds it idle for too long: a page is remembered, a form is kept.
pub(crate) async fn hold(
    app: &App,
    visitor: &Visitor,
    session: &Session,
    token: &str,
    form: Option<Fields>,
) -> Result<Response, PageError> {
    // What a page's script asks by the way is no work of anybody's.
    if !visitor.by_hand {
        return Ok(Redirect::to("/lock").into_response());
    }
    let place = if form.is_none() { visitor.address.as_str() } else { "/" };
    if let Some(fields) = form.filter(|fields| fields.text("csrf") == session.form_token) {
        let kept = |(name, _): &(&str, &str)| *name != "csrf" && !name.contains("password");
        let fields = fields.iter().filter(kept).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let sent = LeftForm::Sent { address: visitor.address.clone(), fields };
        app.store.keep_form(session.officer.id, &sent, app.now()).await?;
    }
    app.store.lock(token, place).await?;
    Ok(Redirect::to("/lock").into_response())
}
