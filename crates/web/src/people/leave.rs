//! A member leaves: death, marriage, moving away, or a mistake. The person stays on file, with the stated day.

use super::{
    flags::{self, Changed},
    household::{of_visit, people_refused, visit_refused},
};
use crate::{
    App,
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Choice, Shell, form_page},
    visits::{Frame, StepName},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    Version,
    event::Change,
    ids::{PersonId, VisitId},
    people::{Household, LeaveReason},
    visits::Visit,
};

#[derive(Template)]
#[template(path = "people/leave.html")]
struct LeavePage {
    shell: Shell,
    frame: Frame,
    errors: Errors,
    person: PersonId,
    name: String,
    reasons: Vec<Choice>,
    on_day: String,
    on_month: String,
    on_year: String,
    version: Version,
}

/// `GET /visits/{visit}/members/{person}/leave`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, person)): Path<(VisitId, PersonId)>,
) -> Result<Response, PageError> {
    let (visit, household) = of_visit(&app, &visitor, id).await?;
    render(&app, &visitor, &visit, &household, person, &Fields::default(), Errors::default()).await
}

async fn render(
    app: &App,
    visitor: &Visitor,
    visit: &Visit,
    household: &Household,
    person: PersonId,
    fields: &Fields,
    errors: Errors,
) -> Result<Response, PageError> {
    let name = household.member(person).map_err(|_| PageError::NotFound)?.details.given.clone();
    let codes: Vec<&str> = LeaveReason::ALL.iter().map(|reason| reason.code()).collect();
    let text = |name: &str| fields.text(name).to_owned();
    let page = LeavePage {
        shell: visitor.shell(app),
        frame: Frame::of(app, visitor, visit, StepName::Household).await?,
        errors,
        person,
        name,
        reasons: Choice::codes(visitor.t(), "leave", &codes, fields.text("why")),
        on_day: text("on_day"),
        on_month: text("on_month"),
        on_year: text("on_year"),
        version: fields.text("version").parse().unwrap_or(household.version),
    };
    form_page(&page, &page.errors)
}

/// `POST /visits/{visit}/members/{person}/leave`
pub async fn update(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, person)): Path<(VisitId, PersonId)>,
    sent: Sent,
) -> Result<Response, PageError> {
    let (visit, household) = of_visit(&app, &visitor, id).await?;
    let name = household.member(person).map_err(|_| PageError::NotFound)?.details.given.clone();
    let t = visitor.t();
    let mut errors = Errors::default();
    let why = sent.fields.read::<LeaveReason>("why").ok().flatten();
    if why.is_none() {
        errors.add("why", t.m("people-leave-why-missing"));
    }
    let on = match sent.fields.date("on") {
        Some(Ok(on)) => Some(on),
        Some(Err(_)) => {
            errors.add("on_day", t.m("people-day-unreadable"));
            None
        }
        None => {
            errors.add("on_day", t.m("people-day-missing"));
            None
        }
    };
    if let Err(refused) = visit.open() {
        errors.add("main", visit_refused(t, &refused));
    }
    let (Some(why), Some(on), true) = (why, on, errors.is_empty()) else {
        return render(&app, &visitor, &visit, &household, person, &sent.fields, errors).await;
    };
    let left = match household.leave(person, why, on, app.today()) {
        Ok(left) => left,
        Err(refused) => {
            let (field, sentence) = people_refused(t, &refused);
            let errors = Errors::one(field, sentence);
            return render(&app, &visitor, &visit, &household, person, &sent.fields, errors).await;
        }
    };
    if sent.version() != Some(household.version) {
        let rows = vec![(name, t.m("people-still-member"), t.code("leave", why.code()))];
        return Err(PageError::stale(&sent.fields, &visitor.address, rows, Some(household.version)));
    }
    let reason = t.code("leave", why.code());
    let changed = Changed::everything();
    let mut changes = vec![Change::after(household.id, household.version, left, app.today())];
    changes.extend(flags::of_person(&app, &visitor, household.id, person, &changed, &reason).await?);
    sent.carry_out(&app, &visitor, changes, format!("/visits/{id}/household?done=left")).await
}
