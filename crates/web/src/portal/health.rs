//! Whether the program answers, and its database can be read and written; and the answer to addresses that lead nowhere.

use crate::{App, request::PageError};
use axum::{extract::State, http::StatusCode};

/// `GET /health`
pub async fn show(State(app): State<App>) -> (StatusCode, &'static str) {
    match app.store.ailing().await {
        None => (StatusCode::OK, "ok\n"),
        Some("database") => (StatusCode::SERVICE_UNAVAILABLE, "database\n"),
        Some(_) => (StatusCode::SERVICE_UNAVAILABLE, "writer\n"),
    }
}

/// Any address that is not in the sitemap.
pub async fn nothing() -> PageError {
    PageError::NotFound
}
