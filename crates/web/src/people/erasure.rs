//! Forgetting a family: one officer decides it with a reason, another one confirms, and then it is done for good.

use crate::{
    App,
    request::{Errors, PageError, Sent, Visitor},
    shell::{Choice, Shell, form_page, page},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Date,
    access::Doing,
    event::Change,
    ids::HouseholdId,
    people::{ErasureProposed, ErasureWithdrawn, Household},
};
use store::{RedactionRefused, StoreError, access::Purpose};

/// Why a family may be forgotten; the codes stand in the journal.
const WHY: &[&str] = &["asked", "wrong-person", "court-order", "time-over"];

#[derive(Template)]
#[template(path = "people/erasure.html")]
struct ErasurePage {
    shell: Shell,
    errors: Errors,
    household: HouseholdId,
    head: String,
    members: usize,
    /// Those of its applications that still wait for an answer keep the family on file.
    waiting: Option<Waiting>,
    may_decide: bool,
    why: Vec<Choice>,
}

/// A decision that is not carried out yet.
struct Waiting {
    by: String,
    on: Date,
    why: String,
    mine: bool,
}

/// `GET /people/{household}/erasure`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<HouseholdId>,
) -> Result<Response, PageError> {
    let household = family(&app, &visitor, id).await?;
    let purpose = Purpose::Reason("erasure".to_owned());
    app.store.log_read(&visitor.scope, "household", Some(id.0), &purpose, app.now()).await?;
    render(&app, &visitor, &household, "", Errors::default()).await
}

async fn family(app: &App, visitor: &Visitor, id: HouseholdId) -> Result<Household, PageError> {
    app.store.people(&visitor.scope).household(id).await?.ok_or(PageError::NotFound)
}

async fn render(
    app: &App,
    visitor: &Visitor,
    household: &Household,
    chosen: &str,
    errors: Errors,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let waiting = app.store.people(&visitor.scope).erasure(household.id).await?.map(|waiting| Waiting {
        mine: waiting.officer == visitor.scope.officer_id(),
        by: waiting.name,
        on: waiting.proposed_on,
        why: if WHY.contains(&waiting.reason.as_str()) {
            t.code("erasure-why", &waiting.reason)
        } else {
            waiting.reason
        },
    });
    let page = ErasurePage {
        shell: visitor.shell(app),
        errors,
        household: household.id,
        head: household.members.first().map(|member| member.details.given.clone()).unwrap_or_default(),
        members: household.present().count(),
        waiting,
        may_decide: visitor.scope.may(Doing::Supervise),
        why: Choice::codes(t, "erasure-why", WHY, chosen),
    };
    form_page(&page, &page.errors)
}

/// `POST /people/{household}/erasure`: the first officer decides.
pub async fn propose(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<HouseholdId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let household = family(&app, &visitor, id).await?;
    let to = format!("/people/{id}/erasure");
    if app.store.people(&visitor.scope).erasure(id).await?.is_some() {
        return Ok(Redirect::to(&to).into_response());
    }
    let Some(reason) = WHY.iter().find(|why| **why == sent.fields.text("why")) else {
        let errors = Errors::one("why", visitor.t().m("erasure-why-missing"));
        return render(&app, &visitor, &household, "", errors).await;
    };
    let proposed = ErasureProposed { reason: (*reason).to_owned() };
    let changes = vec![Change::after(id, household.version, proposed, app.today())];
    sent.carry_out(&app, &visitor, changes, to).await
}

/// `POST /people/{household}/erasure/withdraw`: it is taken back.
pub async fn withdraw(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<HouseholdId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let household = family(&app, &visitor, id).await?;
    let to = format!("/people/{id}/erasure");
    if app.store.people(&visitor.scope).erasure(id).await?.is_none() {
        return Ok(Redirect::to(&to).into_response());
    }
    let changes = vec![Change::after(id, household.version, ErasureWithdrawn {}, app.today())];
    sent.carry_out(&app, &visitor, changes, to).await
}

/// `POST /people/{household}/erasure/confirm`: the second officer confirms, and the family is forgotten.
pub async fn confirm(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<HouseholdId>,
    sent: Sent,
) -> Result<Response, PageError> {
    const DONE: &str = "/people/forgotten";
    let t = visitor.t();
    let household = match family(&app, &visitor, id).await {
        // Sent twice: the first one has done it.
        Err(PageError::NotFound) => return Ok(Redirect::to(DONE).into_response()),
        other => other?,
    };
    if sent.fields.text("agree") != "yes" {
        let errors = Errors::one("agree", t.m("erasure-agree-missing"));
        return render(&app, &visitor, &household, "", errors).await;
    }
    let refused = match app.store.confirm_erasure(&visitor.scope, id, app.now()).await {
        Ok(_) => return Ok(Redirect::to(DONE).into_response()),
        Err(StoreError::Redaction(refused)) => refused,
        Err(error) => return Err(error.into()),
    };
    let sentence = match refused {
        RedactionRefused::ApplicationsOpen => t.m("erasure-refused-open"),
        RedactionRefused::SameOfficer => t.m("erasure-refused-same"),
        RedactionRefused::NotProposed => t.m("erasure-refused-gone"),
        _ => return Err(PageError::NotFound),
    };
    render(&app, &visitor, &household, "", Errors::one("agree", sentence)).await
}

#[derive(Template)]
#[template(path = "people/forgotten.html")]
struct ForgottenPage {
    shell: Shell,
}

/// `GET /people/forgotten`
pub async fn done(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    page(&ForgottenPage { shell: visitor.shell(&app) })
}
