//! One officer: changing roles, posting or standing, with a reason.

use super::{
    officer_form::OfficerFields,
    officers::{appoint, find, posted},
};
use crate::{
    App,
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Shell, form_page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    access::{Officer, OfficerChanged},
    event::Change,
};

#[derive(Template)]
#[template(path = "access/officer.html")]
struct OfficerPage {
    shell: Shell,
    errors: Errors,
    officer: Officer,
    fields: OfficerFields,
    active: bool,
    reason: String,
    myself: bool,
}

/// `GET /officers/{officer}`
pub async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, PageError> {
    let officer = find(&app, &visitor, &id).await?;
    render(&app, &visitor, officer, None, Errors::default())
}

fn render(
    app: &App,
    visitor: &Visitor,
    officer: Officer,
    sent: Option<&Fields>,
    errors: Errors,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let page = OfficerPage {
        shell: visitor.shell(app),
        fields: match sent {
            Some(fields) => OfficerFields::sent(app, t, fields),
            None => OfficerFields::standing(app, t, &officer),
        },
        active: sent.map_or(officer.active, |fields| fields.is("active", "yes")),
        reason: sent.map(|fields| fields.text("reason").to_owned()).unwrap_or_default(),
        myself: visitor.scope.officer_id() == Some(officer.id),
        officer,
        errors,
    };
    form_page(&page, &page.errors)
}

/// `POST /officers/{officer}`
pub async fn update(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, PageError> {
    let officer = find(&app, &visitor, &id).await?;
    let t = visitor.t();
    if sent.version() != Some(officer.version) {
        let rows = both(&app, t, &officer, &sent.fields);
        return Err(PageError::stale(&sent.fields, &visitor.address, rows, Some(officer.version)));
    }
    let mut errors = match appoint(t, &officer.login, &officer.name, &sent.fields) {
        Ok(_) => Errors::default(),
        Err(errors) => errors,
    };
    // Nobody gives a right to themselves, nor locks the last administrator out by mistake.
    if visitor.scope.officer_id() == Some(officer.id) {
        errors.add("role", t.m("officer-not-oneself"));
    }
    let reason = sent.fields.text("reason").trim().to_owned();
    if reason.is_empty() {
        errors.add("reason", t.m("officer-reason-missing"));
    }
    let appointed = appoint(t, &officer.login, &officer.name, &sent.fields).ok().filter(|_| errors.is_empty());
    let Some(appointed) = appointed else { return render(&app, &visitor, officer, Some(&sent.fields), errors) };
    let active = sent.fields.is("active", "yes");
    let changed = OfficerChanged { roles: appointed.roles, posting: appointed.posting, active, reason };
    let change = Change::after(officer.id, officer.version, changed, app.today());
    sent.carry_out(&app, &visitor, vec![change], "/officers".to_owned()).await
}

/// The rows of a conflict: as it stands and as it was sent.
fn both(app: &App, t: T, officer: &Officer, fields: &Fields) -> Vec<(String, String, String)> {
    let words = |officer: &Officer| {
        let roles: Vec<String> = officer.roles.iter().map(|role| t.code("role", role.code())).collect();
        let standing = t.m(if officer.active { "officer-is-active" } else { "officer-is-not" });
        [roles.join(", "), posted(app, t, officer), standing]
    };
    let yours = Officer {
        roles: fields.all("role").iter().filter_map(|role| role.parse().ok()).collect(),
        posting: super::officer_form::posting(fields),
        active: fields.is("active", "yes"),
        ..officer.clone()
    };
    let labels = ["officer-roles", "officer-place", "officer-standing"].map(|id| t.m(id));
    let pairs = words(officer).into_iter().zip(words(&yours));
    labels.into_iter().zip(pairs).map(|(label, (on_file, yours))| (label, on_file, yours)).collect()
}
