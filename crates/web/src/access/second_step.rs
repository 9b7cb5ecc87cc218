//! Enrolling the second step at the first sign-in, and giving its code at every later one.

use super::sign_in::{elsewhere, half, inside, refused};
use crate::{
    App,
    applications::inbox_rows::Day,
    request::{Errors, PageError, Sent, Visitor},
    shell::{Shell, form_page, page},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use screener::qr::{self, Qr};
use serde::Deserialize;
use store::access::{Enrolment, Stage};

#[derive(Template)]
#[template(path = "access/second_step.html")]
struct EnrolPage {
    shell: Shell,
    errors: Errors,
    login: String,
    groups: Vec<String>,
    qr: Option<Qr>,
    reset: Option<ResetView>,
}

/// A reset as the officer reads it.
struct ResetView {
    by: String,
    day: Day,
    reason: String,
}

#[derive(Template)]
#[template(path = "access/recovery_codes.html")]
struct RecoveryPage {
    shell: Shell,
    login: String,
    codes: Vec<String>,
    next: &'static str,
}

#[derive(Template)]
#[template(path = "access/code.html")]
struct CodePage {
    shell: Shell,
    errors: Errors,
    name: String,
    next: String,
}

/// Where to go afterwards.
#[derive(Deserialize)]
pub struct Next {
    #[serde(default)]
    next: String,
}

/// `GET /sign-in/second`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    enrol(&app, &visitor, Errors::default()).await
}

async fn enrol(app: &App, visitor: &Visitor, errors: Errors) -> Result<Response, PageError> {
    let Some(half) = half(visitor, Stage::Enrol) else { return elsewhere(visitor) };
    let t = visitor.t();
    let Some(Enrolment { secret, reset }) = app.store.begin_second_step(half.officer.id, app.now()).await? else {
        return Err(PageError::Broken);
    };
    let login = half.officer.login.clone();
    let address =
        format!("otpauth://totp/onewindow:{login}?secret={secret}&issuer=onewindow&algorithm=SHA1&digits=6&period=30");
    let reset = reset.map(|reset| ResetView {
        by: reset.by.unwrap_or_default(),
        day: Day::of(t, crate::app::local_day(reset.at)),
        reason: reset.reason,
    });
    let groups = secret.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
    let page = EnrolPage { shell: visitor.shell(app), errors, login, groups, qr: qr::draw(&address), reset };
    form_page(&page, &page.errors)
}

/// `POST /sign-in/second`: the first code confirms the secret; the recovery codes are shown this once.
pub async fn confirm(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    sent: Sent,
) -> Result<Response, PageError> {
    let Some(half) = half(&visitor, Stage::Enrol) else { return elsewhere(&visitor) };
    let token = crate::request::cookie(&headers, crate::request::SESSION).unwrap_or_default();
    match app.store.confirm_second_step(token, &typed(&sent), app.now()).await? {
        Ok(codes) => {
            let next = if half.must_change { "/password" } else { "/" };
            page(&RecoveryPage { shell: visitor.shell(&app), login: half.officer.login.clone(), codes, next })
        }
        Err(why) => {
            let sentence = refused(visitor.t(), why, "second-wrong");
            enrol(&app, &visitor, Errors::one("code", sentence)).await
        }
    }
}

/// `GET /sign-in/code`
pub async fn ask(State(app): State<App>, visitor: Visitor, Query(query): Query<Next>) -> Result<Response, PageError> {
    code_page(&app, &visitor, query.next, Errors::default())
}

fn code_page(app: &App, visitor: &Visitor, next: String, errors: Errors) -> Result<Response, PageError> {
    let Some(half) = half(visitor, Stage::Code) else { return elsewhere(visitor) };
    let page = CodePage { shell: visitor.shell(app), errors, name: half.officer.name.clone(), next };
    form_page(&page, &page.errors)
}

/// `POST /sign-in/code`
pub async fn take(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    sent: Sent,
) -> Result<Response, PageError> {
    let Some(half) = half(&visitor, Stage::Code) else { return elsewhere(&visitor) };
    let token = crate::request::cookie(&headers, crate::request::SESSION).unwrap_or_default();
    let next = sent.fields.text("next").to_owned();
    match app.store.take_code(token, &typed(&sent), app.now()).await? {
        Ok(()) if half.must_change => Ok(Redirect::to("/password").into_response()),
        Ok(()) if app.store.password_news(token).await? => Ok(Redirect::to("/password").into_response()),
        Ok(()) => Ok(Redirect::to(inside(&next)).into_response()),
        Err(why) => {
            let sentence = refused(visitor.t(), why, "second-wrong");
            code_page(&app, &visitor, next, Errors::one("code", sentence))
        }
    }
}

/// The code in the digits that machines count with.
fn typed(sent: &Sent) -> String {
    linkage::text::ascii_digits(sent.fields.text("code")).to_string()
}
