//! Styles, script, drawings and fonts, all from this server.

use crate::App;
use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

const STYLE: &str = concat!(
    include_str!("../assets/css/10-tokens.css"),
    include_str!("../assets/css/20-frame.css"),
    include_str!("../assets/css/30-forms.css"),
    include_str!("../assets/css/40-screening.css"),
    include_str!("../assets/css/50-records.css"),
    include_str!("../assets/css/60-receipt.css"),
);

fn kept(kind: &'static str, body: impl IntoResponse) -> Response {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=3600")], body).into_response()
}

/// `GET /assets/{name}`
pub(crate) async fn show(Path(name): Path<String>) -> Response {
    match name.as_str() {
        "style.css" => kept("text/css; charset=utf-8", STYLE),
        "enhance.js" => kept("text/javascript; charset=utf-8", include_str!("../assets/enhance.js")),
        "icons.svg" => kept("image/svg+xml", include_str!("../assets/icons.svg")),
        "mark.svg" => kept("image/svg+xml", include_str!("../assets/mark.svg")),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// `GET /assets/fonts/{name}`: present only where the fonts were fetched.
pub(crate) async fn font(State(app): State<App>, Path(name): Path<String>) -> Response {
    let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.') && !name.starts_with('.');
    let Some(folder) = app.config.fonts.as_ref().filter(|_| plain && name.ends_with(".woff2")) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let path = folder.join(&name);
    let read = tokio::task::spawn_blocking(move || std::fs::read(path)).await;
    match read {
        Ok(Ok(bytes)) => kept("font/woff2", bytes),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}
