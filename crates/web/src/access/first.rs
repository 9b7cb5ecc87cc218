//! The first administrator, over the link of `onewindow officer first`: valid once, for a day.

use super::{
    officer_form::refused,
    password::{check_new, in_words},
    sign_in::signed_in_to,
};
use crate::{
    App,
    request::{Errors, PageError, Sent, Visitor},
    shell::{Shell, form_page},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    access::{OfficerAppointed, Posting, Role},
    event::Change,
    ids::OfficerId,
};

#[derive(Template)]
#[template(path = "access/first.html")]
struct FirstPage {
    shell: Shell,
    errors: Errors,
    token: String,
    login: String,
    full_name: String,
    /// How strong the password is that was sent, in words.
    strength: String,
}

/// `GET /first/{token}`
pub async fn show(State(app): State<App>, visitor: Visitor, Path(token): Path<String>) -> Result<Response, PageError> {
    app.store.first_offer(&token, app.now()).await?.ok_or(PageError::NotFound)?;
    let (shell, errors) = (visitor.shell(&app), Errors::default());
    let page =
        FirstPage { shell, errors, token, login: String::new(), full_name: String::new(), strength: String::new() };
    form_page(&page, &page.errors)
}

/// `POST /first/{token}`: appoints the administrator and signs them in.
pub async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
    sent: Sent,
) -> Result<Response, PageError> {
    let command = app.store.first_offer(&token, app.now()).await?.ok_or(PageError::NotFound)?;
    let t = visitor.t();
    let (login, full_name) = (sent.fields.text("login").to_lowercase(), sent.fields.text("name").to_owned());
    let mut errors = Errors::default();
    if full_name.is_empty() || full_name.chars().count() > domain::people::MAX_NAME {
        errors.add("name", t.m("officer-name-missing"));
    }
    let decided = OfficerAppointed::decide(&login, &full_name, vec![Role::Administrator], Posting::default());
    if let Err(why) = &decided {
        refused(t, why).all().iter().for_each(|(field, sentence)| errors.add(field, sentence.clone()));
    }
    if app.store.login_taken(&login).await? {
        errors.add("login", t.m("officer-login-taken"));
    }
    check_new(t, (&login, &full_name), sent.fields.text("new"), sent.fields.text("again"), &mut errors);
    let Some(appointed) = decided.ok().filter(|_| errors.is_empty()) else {
        let strength = in_words(t, (&login, &full_name), sent.fields.text("new"));
        let page = FirstPage { shell: visitor.shell(&app), errors, token, login, full_name, strength };
        return form_page(&page, &page.errors);
    };
    let officer = OfficerId(uuid::Uuid::now_v7());
    let password = sent.fields.text("new").to_owned();
    let change = Change::after(officer, 0, appointed, app.today());
    // Of two who use one link at the same moment, the journal takes one.
    let commit = app.commit(store::Command { id: command, ..sent.command }, vec![change], "/sign-in".to_owned());
    if let store::Committed::First(_) = app.store.commit(&visitor.scope, commit).await? {
        app.store.keep_password(officer, &password, false).await?;
    }
    match app.store.sign_in(&login, &password, app.now()).await? {
        Ok(signed_in) => signed_in_to(&app, &signed_in, "/").await,
        Err(_) => Err(PageError::NotFound),
    }
}
