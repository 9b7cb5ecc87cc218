//! Signing in and out.

use crate::{
    App,
    request::{Errors, PageError, Sent, Visitor, cookie},
    shell::{Shell, form_page},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use store::access::SignInRefused;

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
    if visitor.session.is_some() {
        return Ok(Redirect::to("/").into_response());
    }
    let page =
        SignInPage { shell: visitor.shell(&app), errors: Errors::default(), user: String::new(), next: query.next };
    form_page(&page, &page.errors)
}

/// `POST /sign-in`
pub async fn create(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, PageError> {
    let (user, next) = (sent.fields.text("user").to_lowercase(), sent.fields.text("next").to_owned());
    match app.store.sign_in(&user, sent.fields.text("password"), app.now()).await? {
        Ok(signed_in) => {
            let to = if signed_in.must_change { "/password" } else { inside(&next) };
            let line = crate::request::set_cookie("office-session", &signed_in.token, app.config.secure_cookies, None);
            Ok(([(header::SET_COOKIE, line)], Redirect::to(to)).into_response())
        }
        Err(refused) => {
            let t = visitor.t();
            let sentence = match refused {
                SignInRefused::Wrong => t.m("sign-in-wrong"),
                SignInRefused::Wait { seconds } => t.a("sign-in-wait", "seconds", seconds),
            };
            let page = SignInPage { shell: visitor.shell(&app), errors: Errors::one("user", sentence), user, next };
            form_page(&page, &page.errors)
        }
    }
}

/// Only addresses of this server are gone to.
fn inside(next: &str) -> &str {
    if next.starts_with('/') && !next.starts_with("//") && !next.contains('\\') { next } else { "/" }
}

/// `POST /sign-out`
pub async fn end(State(app): State<App>, headers: HeaderMap, _sent: Sent) -> Result<Response, PageError> {
    if let Some(token) = cookie(&headers, "office-session") {
        app.store.sign_out(token).await?;
    }
    let line = crate::request::set_cookie("office-session", "", app.config.secure_cookies, Some(0));
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
