//! Tracking: the form for code and secret, and opening a receipt with them.

use crate::{
    App,
    request::{Errors, PageError, Sent, Visitor, set_cookie},
    shell::{Shell, form_page},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use domain::applications::{ReceiptCode, ReceiptCodeRefused};
use store::applications::Tracked;

/// How long a phone that proved code and secret stays trusted, in seconds: half an hour.
const TRUSTED: i64 = 30 * 60;

#[derive(Template)]
#[template(path = "portal/track.html")]
struct TrackPage {
    shell: Shell,
    errors: Errors,
    code: String,
}

/// The form, with the code filled in when the address brought one.
pub(super) fn form(app: &App, visitor: &Visitor, code: &str, errors: Errors) -> Result<Response, PageError> {
    let page = TrackPage { shell: visitor.shell(app), errors, code: code.to_owned() };
    form_page(&page, &page.errors)
}

/// `GET /track`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    form(&app, &visitor, "", Errors::default())
}

/// The name of the cookie that says a receipt was opened on this phone.
pub(super) fn cookie_name(code: &ReceiptCode) -> String {
    format!("receipt-{}", code.plain())
}

/// `POST /track`: an unknown code and a wrong secret are answered alike.
pub async fn open(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, PageError> {
    let t = visitor.t();
    let typed = linkage::text::ascii_digits(sent.fields.text("code"));
    let secret: String =
        linkage::text::ascii_digits(sent.fields.text("secret")).chars().filter(char::is_ascii_digit).collect();
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
    let Some(code) = code.filter(|_| errors.is_empty()) else {
        return form(&app, &visitor, sent.fields.text("code"), errors);
    };
    let refused = match app.store.track(&code, &secret, app.now()).await? {
        Tracked::Open(scope) => {
            let proof = app.store.proof_of(&scope, &code).await?.ok_or(PageError::Broken)?;
            let line = set_cookie(&cookie_name(&code), &proof, app.config.secure_cookies, Some(TRUSTED));
            let to = Redirect::to(&format!("/track/{}", code.plain()));
            return Ok(([(header::SET_COOKIE, line)], to).into_response());
        }
        Tracked::Unknown => Errors::one("code", t.m("track-wrong")),
        Tracked::Wait { seconds } => Errors::one("code", t.a("track-wait", "seconds", seconds)),
    };
    app.brake.hold().await;
    form(&app, &visitor, &code.to_string(), refused)
}

/// `POST /track/{code}/forget`: this phone no longer opens the receipt without its secret.
pub async fn forget(State(app): State<App>, Path(code): Path<String>, _sent: Sent) -> Result<Response, PageError> {
    let code: ReceiptCode = code.parse().map_err(|_| PageError::NotFound)?;
    let line = set_cookie(&cookie_name(&code), "", app.config.secure_cookies, Some(0));
    Ok(([(header::SET_COOKIE, line)], Redirect::to("/track")).into_response())
}
