//! Officers: who works here in which role, appointing one, giving a new password.

use super::officer_form::{OfficerFields, decided, refused};
use crate::{
    App,
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Shell, form_page, page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    access::{Happened, Officer, OfficerAppointed},
    event::Change,
    ids::OfficerId,
};
use rand::RngExt;

#[derive(Template)]
#[template(path = "access/officers.html")]
struct OfficersPage {
    shell: Shell,
    errors: Errors,
    officers: Vec<OfficerLine>,
    login: String,
    full_name: String,
    fields: OfficerFields,
}

/// One officer in the list.
struct OfficerLine {
    id: OfficerId,
    login: String,
    name: String,
    roles: String,
    place: String,
    active: bool,
}

/// The page that shows a password, once.
#[derive(Template)]
#[template(path = "access/password_once.html")]
struct PasswordOncePage {
    shell: Shell,
    login: String,
    password: String,
}

/// Where an officer works, in words.
pub(super) fn posted(app: &App, t: T, officer: &Officer) -> String {
    let place = |code: &str| crate::portal::sentences::place(app, t, code);
    let operator = officer.posting.operator.as_ref().and_then(|id| app.pack.operator(&id.0));
    let operator = operator.map(|operator| t.pack(&operator.name).to_owned());
    let district = officer.posting.district.as_ref().map(|district| place(&district.0));
    operator.into_iter().chain(district).collect::<Vec<_>>().join(", ")
}

/// `GET /officers`
pub async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    render(&app, &visitor, &Fields::default(), Errors::default()).await
}

async fn render(app: &App, visitor: &Visitor, fields: &Fields, errors: Errors) -> Result<Response, PageError> {
    let t = visitor.t();
    let line = |officer: Officer| OfficerLine {
        id: officer.id,
        roles: officer.roles.iter().map(|role| t.code("role", role.code())).collect::<Vec<_>>().join(", "),
        place: posted(app, t, &officer),
        login: officer.login,
        name: officer.name,
        active: officer.active,
    };
    let page = OfficersPage {
        shell: visitor.shell(app),
        officers: app.store.officers(&visitor.scope).list().await?.into_iter().map(line).collect(),
        login: fields.text("login").to_owned(),
        full_name: fields.text("name").to_owned(),
        fields: OfficerFields::sent(app, t, fields),
        errors,
    };
    form_page(&page, &page.errors)
}

/// `POST /officers`: appoints an officer; the first password is shown once and must be changed.
pub async fn create(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, PageError> {
    let t = visitor.t();
    let (login, name) = (sent.fields.text("login").to_lowercase(), sent.fields.text("name").to_owned());
    let appointed = match decided(t, &login, &name, &sent.fields) {
        Ok(appointed) => appointed,
        Err(errors) => return render(&app, &visitor, &sent.fields, errors).await,
    };
    if app.store.officers(&visitor.scope).by_login(&login).await?.is_some() {
        return render(&app, &visitor, &sent.fields, Errors::one("login", t.m("officer-login-taken"))).await;
    }
    let id = OfficerId(uuid::Uuid::now_v7());
    let change = Change::after(id, 0, appointed, app.today());
    let commit = app.commit(sent.command, vec![change], format!("/officers/{id}"));
    match app.store.commit(&visitor.scope, commit).await? {
        store::Committed::First(_) => show_password(&app, &visitor, id, login).await,
        store::Committed::Repeat(to) => Ok(Redirect::to(&to).into_response()),
    }
}

/// `POST /officers/{officer}/password`: a new first password, for who forgot theirs; ends their sessions.
pub async fn renew(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    _sent: Sent,
) -> Result<Response, PageError> {
    let officer = find(&app, &visitor, &id).await?;
    // One's own password is changed by who knows the present one.
    if visitor.scope.officer_id() == Some(officer.id) {
        return Ok(Redirect::to("/password").into_response());
    }
    let shown = show_password(&app, &visitor, officer.id, officer.login).await?;
    app.store.note_account(officer.id, Happened::PasswordGiven, visitor.scope.officer_id(), app.now()).await?;
    Ok(shown)
}

/// An officer by the id in an address.
pub(super) async fn find(app: &App, visitor: &Visitor, id: &str) -> Result<Officer, PageError> {
    let id: OfficerId = id.parse().map_err(|_| PageError::NotFound)?;
    let officers = app.store.officers(&visitor.scope).list().await?;
    officers.into_iter().find(|officer| officer.id == id).ok_or(PageError::NotFound)
}

async fn show_password(app: &App, visitor: &Visitor, id: OfficerId, login: String) -> Result<Response, PageError> {
    let password = first_password();
    app.store.keep_first_password(id, &password, app.now()).await?;
    page(&PasswordOncePage { shell: visitor.shell(app), login, password })
}

/// Four groups of four letters and digits that cannot be taken for one another: 78 bits, read over the phone.
fn first_password() -> String {
    const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let mut rng = rand::rng();
    let mut group = || -> String { (0..4).map(|_| LETTERS[rng.random_range(0..LETTERS.len())] as char).collect() };
    [group(), group(), group(), group()].join("-")
}

/// Decides an appointment of the sent form, with refusals as sentences at their fields.
pub(super) fn appoint(t: T, login: &str, name: &str, fields: &Fields) -> Result<OfficerAppointed, Errors> {
    let roles = fields.all("role").iter().filter_map(|role| role.parse().ok()).collect();
    OfficerAppointed::decide(login, name, roles, super::officer_form::posting(fields)).map_err(|why| refused(t, &why))
}
