//! Signing in and out.

use crate::{
    App,
    request::{Errors, PageError, SESSION, Sent, Visitor, cookie},
    shell::{Shell, form_page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::ids::OfficerId;
use serde::Deserialize;
use store::access::{SignIn, SignInRefused, Stage};

#[derive(Template)]
#[template(path = "access/sign_in.html")]
struct SignInPage {
    shell: Shell,
    errors: Errors,
    user: String,
    next: String,
}

/// Where to go after signing in.
#[derive(Deserialize)]
pub struct Next {
    #[serde(default)]
    next: String,
}

/// `GET /sign-in`
pub async fn show(State(app): State<App>, visitor: Visitor, Query(query): Query<Next>) -> Result<Response, PageError> {
    let locked = visitor.half.as_ref().is_some_and(|half| half.stage == Stage::Locked);
    if visitor.session.is_some() || locked {
        return Ok(Redirect::to(onward(&visitor)).into_response());
    }
    let page =
        SignInPage { shell: visitor.shell(&app), errors: Errors::default(), user: String::new(), next: query.next };
    form_page(&page, &page.errors)
}

/// `POST /sign-in`
pub async fn create(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, PageError> {
    let (user, next) = (sent.fields.text("user").to_lowercase(), sent.fields.text("next").to_owned());
    match app.store.sign_in(&user, sent.fields.text("password"), app.now()).await? {
        Ok(signed_in) => signed_in_to(&app, &signed_in, &next).await,
        Err(why) if visitor.half.as_ref().is_some_and(|half| half.stage == Stage::Locked) => {
            let sentence = refused(visitor.t(), why, "sign-in-wrong");
            super::lock::page(&app, &visitor, user, Errors::one("user", sentence))
        }
        Err(why) => {
            let errors = Errors::one("user", refused(visitor.t(), why, "sign-in-wrong"));
            let page = SignInPage { shell: visitor.shell(&app), errors, user, next };
            form_page(&page, &page.errors)
        }
    }
}

/// The answer to a right password: the session's cookie, and the way to the second step where one is missing.
pub(super) async fn signed_in_to(app: &App, signed_in: &SignIn, next: &str) -> Result<Response, PageError> {
    let to = match signed_in.stage {
        Stage::Enrol => "/sign-in/second".to_owned(),
        Stage::Code if inside(next) == "/" => "/sign-in/code".to_owned(),
        Stage::Code => format!("/sign-in/code?next={}", crate::request::encoded(next)),
        _ if signed_in.must_change => "/password".to_owned(),
        _ => landing(app, signed_in.officer, next).await?,
    };
    let line = crate::request::set_cookie(SESSION, &signed_in.token, app.config.secure_cookies, None);
    Ok(([(header::SET_COOKIE, line)], Redirect::to(&to)).into_response())
}

/// Where an officer goes who is in: to what was kept while the screen was locked, or on.
pub(super) async fn landing(app: &App, officer: OfficerId, next: &str) -> Result<String, PageError> {
    let kept = app.store.keeps_forms(officer, app.now()).await?;
    Ok(if kept { "/kept".to_owned() } else { inside(next).to_owned() })
}

/// Where a visitor belongs who asks for a step of signing in that is not theirs.
pub(super) fn onward(visitor: &Visitor) -> &'static str {
    match visitor.half.as_ref().map(|half| half.stage) {
        _ if visitor.session.is_some() => "/",
        Some(Stage::Code) => "/sign-in/code",
        Some(Stage::Enrol) => "/sign-in/second",
        Some(Stage::Locked) => "/lock",
        _ => "/sign-in",
    }
}

/// A refusal as a sentence; `wrong` is the message for what did not fit.
pub(super) fn refused(t: T, why: SignInRefused, wrong: &str) -> String {
    match why {
        SignInRefused::Wrong => t.m(wrong),
        SignInRefused::Wait { seconds } => t.a("sign-in-wait", "seconds", seconds),
    }
}

/// Only addresses of this server are gone to.
pub(super) fn inside(next: &str) -> &str {
    if next.starts_with('/') && !next.starts_with("//") && !next.contains('\\') { next } else { "/" }
}

/// `POST /sign-out`
pub async fn end(State(app): State<App>, headers: HeaderMap, _sent: Sent) -> Result<Response, PageError> {
    if let Some(token) = cookie(&headers, SESSION) {
        app.store.sign_out(token).await?;
    }
    let line = crate::request::set_cookie(SESSION, "", app.config.secure_cookies, Some(0));
    Ok(([(header::SET_COOKIE, line)], Redirect::to("/sign-in")).into_response())
}

#[cfg(test)]
mod tests {
    use super::inside;

    #[test]
    fn signing_in_never_leads_to_another_site() {
        let check = |next: &str, want: &str| assert_eq!(inside(next), want, "{next}");
        check("/desk", "/desk");
        check("//evil.example", "/");
        check("https://evil.example", "/");
        check("/\\evil.example", "/");
        check("", "/");
    }
}
