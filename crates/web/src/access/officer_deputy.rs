//! A deputy for an officer on leave who cannot name one: named and ended by whoever appoints officers.

use super::officers::find;
use crate::{
    App,
    applications::deputy::{self, Away},
    request::{Errors, Fields, PageError, Sent, Visitor},
};
use axum::{
    extract::{Path, State},
    response::{Redirect, Response},
};

/// `GET /officers/{officer}/deputy`
pub async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, PageError> {
    let away = Away::of(find(&app, &visitor, &id).await?);
    deputy::render(&app, &visitor, &away, &Fields::default(), Errors::default()).await
}

/// `POST /officers/{officer}/deputy`
pub async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, PageError> {
    let away = Away::of(find(&app, &visitor, &id).await?);
    deputy::name(&app, &visitor, away, sent).await
}

/// `GET /officers/{officer}/deputy/{deputy}/end`: a form's own address, opened, leads to its page.
pub async fn back(Path((officer, _)): Path<(String, String)>) -> Redirect {
    let officer = officer.replace(|c: char| !c.is_ascii_hexdigit() && c != '-', "");
    Redirect::to(&format!("/officers/{officer}/deputy"))
}

/// `POST /officers/{officer}/deputy/{deputy}/end`
pub async fn end(
    State(app): State<App>,
    visitor: Visitor,
    Path((officer, naming)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, PageError> {
    let away = Away::of(find(&app, &visitor, &officer).await?);
    deputy::take_back(&app, &visitor, &away, &naming, sent).await
}
