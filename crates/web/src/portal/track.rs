//! Tracking: the form for code and secret, and opening a receipt with them.

use crate::{
    App,
    request::{Errors, Fields, PageError, Sent, Visitor, cookie, set_cookie},
    shell::{Shell, form_page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::applications::{ReceiptCode, ReceiptCodeRefused};
use serde::Deserialize;
use store::{Scope, applications::Tracked};

/// How long a phone that proved code and secret stays trusted, in seconds: half an hour.
pub(crate) const TRUSTED: i64 = 30 * 60;

#[derive(Template)]
#[template(path = "portal/track.html")]
struct TrackPage {
    shell: Shell,
    errors: Errors,
    code: String,
    /// What the citizen came for: to complain about it, to have the file corrected, or nothing said.
    then: String,
    /// The same as a sentence.
    first: String,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default, rename = "for")]
    then: String,
}

/// The form, with the code filled in when the address brought one.
pub(crate) fn form(app: &App, visitor: &Visitor, code: &str, errors: Errors) -> Result<Response, PageError> {
    form_for(app, visitor, code, "", errors)
}

/// The form of somebody who came to complain, to have the file corrected, or for nothing said.
pub(crate) fn form_for(
    app: &App,
    visitor: &Visitor,
    code: &str,
    then: &str,
    errors: Errors,
) -> Result<Response, PageError> {
    let first = match then {
        "complain" => visitor.t().m("complain-open-first"),
        "correct" => visitor.t().m("correct-open-first"),
        _ => String::new(),
    };
    let then = if first.is_empty() { String::new() } else { then.to_owned() };
    let page = TrackPage { shell: visitor.shell(app), errors, code: code.to_owned(), then, first };
    form_page(&page, &page.errors)
}

/// `GET /track`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, PageError> {
    form_for(&app, &visitor, "", &wanted.then, Errors::default())
}

/// Code and second secret as people type them: any case, digits, spaces and dashes.
pub(crate) fn typed(t: T, fields: &Fields) -> Result<(ReceiptCode, String), Errors> {
    let typed = linkage::text::ascii_digits(fields.text("code"));
    let secret: String =
        linkage::text::ascii_digits(fields.text("secret")).chars().filter(char::is_ascii_digit).collect();
    let mut errors = Errors::default();
    let code = match typed.parse::<ReceiptCode>() {
        Ok(code) => Some(code),
        Err(ReceiptCodeRefused::Shape) => {
            errors.add("code", t.m("track-code-shape"));
            None
        }
        Err(ReceiptCodeRefused::Check) => {
            errors.add("code", t.m("track-code-check"));
            None
        }
    };
    if secret.len() != 6 {
        errors.add("secret", t.m("track-secret-shape"));
    }
    match code.filter(|_| errors.is_empty()) {
        Some(code) => Ok((code, secret)),
        None => Err(errors),
    }
}

/// The scope of a receipt or complaint that this phone proved by its code and secret.
pub(crate) async fn proven(app: &App, headers: &HeaderMap, code: &ReceiptCode) -> Result<Option<Scope>, PageError> {
    let Some(proof) = cookie(headers, &cookie_name(code)) else { return Ok(None) };
    Ok(app.store.receipt_again(code, proof).await?)
}

/// The name of the cookie that says a receipt was opened on this phone.
pub(crate) fn cookie_name(code: &ReceiptCode) -> String {
    format!("receipt-{}", code.plain())
}

/// `POST /track`: an unknown code and a wrong secret are answered alike.
pub async fn open(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, PageError> {
    let t = visitor.t();
    let then = sent.fields.text("then");
    let (code, secret) = match typed(t, &sent.fields) {
        Ok(typed) => typed,
        Err(errors) => return form_for(&app, &visitor, sent.fields.text("code"), then, errors),
    };
    let refused = match app.store.track(&code, &secret, app.now()).await? {
        Tracked::Open(scope) => {
            let proof = app.store.proof_of(&scope, &code).await?.ok_or(PageError::Broken)?;
            let line = set_cookie(&cookie_name(&code), &proof, app.config.secure_cookies, Some(TRUSTED));
            let to = match (scope.grievance(), then) {
                (Some(_), _) => format!("/complain/{}", code.plain()),
                (None, "complain") => format!("/complain/about/{}", code.plain()),
                (None, "correct") => format!("/track/{}/correct", code.plain()),
                (None, _) => format!("/track/{}", code.plain()),
            };
            let to = Redirect::to(&to);
            return Ok(([(header::SET_COOKIE, line)], to).into_response());
        }
        Tracked::Unknown => Errors::one("code", t.m("track-wrong")),
        Tracked::Wait { seconds } => Errors::one("code", t.a("track-wait", "seconds", seconds)),
    };
    app.brake.hold().await;
    form_for(&app, &visitor, &code.to_string(), then, refused)
}

/// `POST /track/{code}/forget`: this phone no longer opens the receipt without its secret.
pub async fn forget(State(app): State<App>, Path(code): Path<String>, _sent: Sent) -> Result<Response, PageError> {
    let code: ReceiptCode = code.parse().map_err(|_| PageError::NotFound)?;
    let line = set_cookie(&cookie_name(&code), "", app.config.secure_cookies, Some(0));
    Ok(([(header::SET_COOKIE, line)], Redirect::to("/track")).into_response())
}
