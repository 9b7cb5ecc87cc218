//! One officer: changing roles, posting or standing, with a reason.

use super::{
    officer_form::{OfficerFields, refused},
    officers::{find, posted},
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
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    access::{Officer, OfficerChanged, OfficerRefused, SecondStepReset},
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
    /// A second step is enrolled; an administrator may take it away.
    enrolled: bool,
    /// Why it is taken away, as sent.
    lost: String,
}

/// `GET /officers/{officer}`
pub async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, PageError> {
    let officer = find(&app, &visitor, &id).await?;
    render(&app, &visitor, officer, None, Errors::default()).await
}

async fn render(
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
        enrolled: app.store.second_step_enrolled(officer.id).await?,
        lost: sent.map(|fields| fields.text("lost").to_owned()).unwrap_or_default(),
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
    let decided = OfficerChanged::decide(
        officer.id,
        visitor.scope.officer_id(),
        sent.fields.all("role").iter().filter_map(|role| role.parse().ok()).collect(),
        super::officer_form::posting(&sent.fields),
        sent.fields.is("active", "yes"),
        sent.fields.text("reason"),
    );
    let changed = match decided {
        Ok(changed) => changed,
        Err(why) => {
            let mut errors = refused(t, &why);
            if sent.fields.text("reason").trim().is_empty() && errors.of("reason").is_none() {
                errors.add("reason", t.m("officer-reason-missing"));
            }
            return render(&app, &visitor, officer, Some(&sent.fields), errors).await;
        }
    };
    let change = Change::after(officer.id, officer.version, changed, app.today());
    sent.carry_out(&app, &visitor, vec![change], "/officers".to_owned()).await
}

/// `GET` of the reset's own address.
pub async fn back(Path(id): Path<String>) -> Response {
    Redirect::to(&format!("/officers/{}", id.replace(|c: char| !c.is_ascii_hexdigit() && c != '-', ""))).into_response()
}

/// `POST /officers/{officer}/second`: takes a second step away whose phone is lost; ends the officer's sessions.
pub async fn reset(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, PageError> {
    let officer = find(&app, &visitor, &id).await?;
    match SecondStepReset::decide(officer.id, visitor.scope.officer_id(), sent.fields.text("lost")) {
        Ok(event) => {
            let change = Change::after(officer.id, officer.version, event, app.today());
            sent.carry_out(&app, &visitor, vec![change], format!("/officers/{id}")).await
        }
        Err(why) => {
            let field = if why == OfficerRefused::ReasonMissing { "lost" } else { "role" };
            let sentence = refused(visitor.t(), &why).all()[0].1.clone();
            // The other form of the page stands as the record does.
            render(&app, &visitor, officer, None, Errors::one(field, sentence)).await
        }
    }
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
