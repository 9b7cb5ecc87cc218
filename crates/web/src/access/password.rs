//! Changing one's password; ends every session of the officer.

use crate::{
    App,
    request::{Errors, PageError, Sent, Visitor},
    shell::{Shell, form_page},
    text::T,
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

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
}

fn must_change(visitor: &Visitor) -> bool {
    visitor.session.as_ref().is_some_and(|session| session.must_change)
}

/// `GET /password`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    let page =
        PasswordPage { shell: visitor.shell(&app), errors: Errors::default(), must_change: must_change(&visitor) };
    form_page(&page, &page.errors)
}

/// `POST /password`
pub async fn update(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, PageError> {
    let Some(officer) = visitor.scope.officer_id() else { return Err(PageError::NotFound) };
    let (old, new, again) = (sent.fields.text("old"), sent.fields.text("new"), sent.fields.text("again"));
    let t = visitor.t();
    let mut errors = Errors::default();
    if !app.store.is_password(officer, old).await? {
        errors.add("old", t.m("password-wrong"));
    }
    check_new(t, new, again, &mut errors);
    if new == old && errors.of("new").is_none() {
        errors.add("new", t.m("password-same"));
    }
    if !errors.is_empty() {
        let page = PasswordPage { shell: visitor.shell(&app), errors, must_change: must_change(&visitor) };
        return form_page(&page, &page.errors);
    }
    app.store.keep_password(officer, new, false).await?;
    Ok(Redirect::to("/sign-in").into_response())
}

/// What is asked of a new password, typed twice.
pub(super) fn check_new(t: T, new: &str, again: &str, errors: &mut Errors) {
    if !(SHORTEST..=LONGEST).contains(&new.chars().count()) {
        errors.add("new", t.a("password-length", "count", SHORTEST));
    }
    if new != again {
        errors.add("again", t.m("password-differs"));
    }
}
