//! Whether the program and its database answer; and the answer to addresses that lead nowhere.

use crate::{App, request::PageError};
use axum::{extract::State, http::StatusCode};

/// `GET /health`
pub async fn show(State(app): State<App>) -> (StatusCode, &'static str) {
    if app.store.healthy().await { (StatusCode::OK, "ok\n") } else { (StatusCode::SERVICE_UNAVAILABLE, "database\n") }
}

/// Any address that is not in the sitemap.
pub async fn nothing() -> PageError {
    PageError::NotFound
}
