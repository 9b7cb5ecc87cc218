//! One visit: calling it to a counter, where it stands, ending it.

use super::{
    calling::own_desk,
    frame::{Frame, StepName},
};
use crate::{
    App,
    request::{PageError, Sent, Visitor},
};
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    access::Doing,
    event::{Change, Event},
    ids::VisitId,
    visits::{TokenCalled, Visit, VisitCalled, VisitOutcome},
};

/// A visit within the visitor's scope.
pub async fn load(app: &App, visitor: &Visitor, id: VisitId) -> Result<Visit, PageError> {
    app.store.visits(&visitor.scope).get(id).await?.ok_or(PageError::NotFound)
}

/// `GET /visits/{visit}`: to the first step that is not done.
pub async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<VisitId>) -> Result<Response, PageError> {
    let visit = load(&app, &visitor, id).await?;
    if !visitor.may(Doing::People) {
        return Ok(Redirect::to("/desk").into_response());
    }
    let frame = Frame::of(&app, &visitor, &visit, StepName::Household).await?;
    Ok(Redirect::to(&frame.next_address()).into_response())
}

/// `POST /visits/{visit}/call`: this officer serves the visit from now on.
pub async fn call(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    headers: HeaderMap,
    sent: Sent,
) -> Result<Response, PageError> {
    let visit = load(&app, &visitor, id).await?;
    let Some(officer) = visitor.scope.officer_id() else { return Err(PageError::NotFound) };
    let to = format!("/visits/{id}");
    if visit.officer == Some(officer) || visit.open().is_err() {
        return Ok(Redirect::to(&to).into_response());
    }
    let called: Event = match own_desk(&headers) {
        Some(desk) => TokenCalled { officer, desk: desk.number }.into(),
        None => VisitCalled { officer }.into(),
    };
    let change = Change::after(id, visit.version, called, app.today());
    sent.carry_out(&app, &visitor, vec![change], to).await
}

/// `POST /visits/{visit}/end`
pub async fn end(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let visit = load(&app, &visitor, id).await?;
    let receipts = app.store.applications(&visitor.scope).of_visit(id).await?;
    let outcome = match (receipts.is_empty(), visit.household) {
        (false, _) => VisitOutcome::Receipt,
        (true, Some(_)) => VisitOutcome::Registered,
        (true, None) => VisitOutcome::Left,
    };
    match visit.end(outcome) {
        Ok(ended) => {
            sent.carry_out(&app, &visitor, vec![Change::after(id, visit.version, ended, app.today())], "/desk".into())
                .await
        }
        Err(_) => Ok(Redirect::to("/desk").into_response()),
    }
}
