//! Possible duplicates beside a form that adds a person: what a script asks for while somebody types, and what the check
//! step shows without one.

use super::{
    cards::{self, Results},
    fields::Reader,
};
use crate::{
    App,
    request::{PageError, Sent, Visitor},
    text::T,
    visits::visit,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{Html, IntoResponse, Redirect, Response},
};
use domain::{
    ids::VisitId,
    people::{Household, PersonDetails},
};
use store::access::Purpose;

#[derive(Template)]
#[template(path = "people/similar.html")]
struct Fragment {
    t: T,
    results: Results,
}

/// `GET /visits/{visit}/similar`, opened by hand: to the page its form stands on.
pub async fn back(Path(id): Path<VisitId>) -> Response {
    Redirect::to(&format!("/visits/{id}/household")).into_response()
}

/// `POST /visits/{visit}/similar`: the cards for what has been typed so far. Changes nothing, and answers a part of a
/// page; in the read log a visit's search of this kind stands once.
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let visit = visit::load(&app, &visitor, id).await?;
    let household = match visit.household {
        Some(household) => app.store.people(&visitor.scope).household(household).await?,
        None => None,
    };
    let details = Reader::new(visitor.t(), &sent.fields, app.today()).person(None, household.is_none());
    let results = match details.given.trim().is_empty() {
        true => Results::default(),
        false => of(&app, &visitor, id, &details, household.as_ref(), &sent).await?,
    };
    Ok(Html(Fragment { t: visitor.t(), results }.render()?).into_response())
}

async fn of(
    app: &App,
    visitor: &Visitor,
    visit: VisitId,
    details: &PersonDetails,
    household: Option<&Household>,
    sent: &Sent,
) -> Result<Results, PageError> {
    app.store.log_read(&visitor.scope, "search", Some(visit.0), &Purpose::Visit(visit), app.now()).await?;
    match household {
        Some(household) => cards::like_member(app, visitor, details, household).await,
        None => cards::similar(app, visitor, details, &sent.fields).await,
    }
}
