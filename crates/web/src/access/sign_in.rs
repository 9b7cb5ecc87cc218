//! Signing in and out.

use crate::{
    App,
    request::{BROWSER, BROWSER_SECONDS, Errors, PageError, SESSION, Sent, Visitor, cookie, set_cookie},
    shell::{Shell, form_page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::{HeaderMap, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use domain::ids::OfficerId;
use serde::Deserialize;
use store::access::{Browser, Session, SignIn, SignInRefused, Stage};

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
    if visitor.session.is_some() || half(&visitor, Stage::Locked).is_some() {
        return elsewhere(&visitor);
    }
    let page =
        SignInPage { shell: visitor.shell(&app), errors: Errors::default(), user: String::new(), next: query.next };
    form_page(&page, &page.errors)
}

/// `POST /sign-in`
pub async fn create(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    sent: Sent,
) -> Result<Response, PageError> {
    let (user, next) = (sent.fields.text("user").to_lowercase(), sent.fields.text("next").to_owned());
    let browser = Browser(cookie(&headers, BROWSER));
    match app.store.sign_in_from(&user, sent.fields.text("password"), browser, app.now()).await? {
        Ok(signed_in) => signed_in_to(&app, &signed_in, &next).await,
        Err(why) => {
            note_refusal(&app, &user, why).await?;
            not_signed_in(&app, &visitor, user, next, why)
        }
    }
}

/// A refusal is written down, with whom it was tried for when there is such an officer. What was typed instead may be a
/// password, and is not.
async fn note_refusal(app: &App, user: &str, why: SignInRefused) -> Result<(), PageError> {
    let officer = app.store.officer_of(user).await?.map(|officer| officer.to_string());
    let why = match why {
        SignInRefused::Wrong => "wrong",
        SignInRefused::Wait { .. } => "too many tries",
        SignInRefused::TooOld => "first password too old",
    };
    tracing::warn!(officer = officer.as_deref().unwrap_or("unknown"), why, "a sign-in was refused");
    Ok(())
}

fn not_signed_in(
    app: &App,
    visitor: &Visitor,
    user: String,
    next: String,
    why: SignInRefused,
) -> Result<Response, PageError> {
    let errors = Errors::one("user", refused(visitor.t(), why, "sign-in-wrong"));
    if half(visitor, Stage::Locked).is_some() {
        return super::lock::page(app, visitor, user, errors);
    }
    let page = SignInPage { shell: visitor.shell(app), errors, user, next };
    form_page(&page, &page.errors)
}

/// The session of this browser that waits at a stage.
pub(super) fn half(visitor: &Visitor, stage: Stage) -> Option<&Session> {
    visitor.half.as_ref().filter(|half| half.stage == stage)
}

/// To where a visitor belongs whose step this is not.
pub(super) fn elsewhere(visitor: &Visitor) -> Result<Response, PageError> {
    Ok(Redirect::to(onward(visitor)).into_response())
}

/// The answer to a right password: the session's cookie, and the way to the second step where one is missing.
pub(super) async fn signed_in_to(app: &App, signed_in: &SignIn, next: &str) -> Result<Response, PageError> {
    let to = match signed_in.stage {
        Stage::Enrol => "/sign-in/second".to_owned(),
        Stage::Code if inside(next) == "/" => "/sign-in/code".to_owned(),
        Stage::Code => format!("/sign-in/code?next={}", crate::request::encoded(next)),
        _ if signed_in.must_change => "/password".to_owned(),
        _ if app.store.password_news(&signed_in.token).await? => "/password".to_owned(),
        _ => landing(app, signed_in.officer, next).await?,
    };
    let secure = app.config.secure_cookies;
    let session = set_cookie(SESSION, &signed_in.token, secure, None);
    let browser = set_cookie(BROWSER, &signed_in.browser, secure, Some(BROWSER_SECONDS));
    let cookies = AppendHeaders([(header::SET_COOKIE, session), (header::SET_COOKIE, browser)]);
    Ok((cookies, Redirect::to(&to)).into_response())
}

/// Where an officer goes who is in: to what was kept while the screen was locked, or on.
pub(super) async fn landing(app: &App, officer: OfficerId, next: &str) -> Result<String, PageError> {
    let kept = app.store.keeps_forms(officer, app.now()).await?;
    Ok(if kept { "/kept".to_owned() } else { inside(next).to_owned() })
}

/// Where a visitor belongs who asks for a step of signing in that is not theirs.
fn onward(visitor: &Visitor) -> &'static str {
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
        SignInRefused::TooOld => t.m("sign-in-too-old"),
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
    let line = set_cookie(SESSION, "", app.config.secure_cookies, Some(0));
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
