//! `GET /`: to the place the officer's roles lead to.

use crate::{App, request::Visitor};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

/// `GET /`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Response {
    let to = visitor.shell(&app).places.first().map_or_else(|| "/sign-in".to_owned(), |place| place.value.clone());
    Redirect::to(&to).into_response()
}
