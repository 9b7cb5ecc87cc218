//! Styles, script, drawings and fonts, all from this server.

use crate::App;
use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// Every style, in order.
pub(crate) const STYLE: &str = concat!(
    include_str!("../assets/css/10-tokens.css"),
    include_str!("../assets/css/20-frame.css"),
    include_str!("../assets/css/30-forms.css"),
    include_str!("../assets/css/40-screening.css"),
    include_str!("../assets/css/45-check.css"),
    include_str!("../assets/css/50-records.css"),
    include_str!("../assets/css/60-receipt.css"),
    include_str!("../assets/css/70-portal.css"),
    include_str!("../assets/css/80-counter.css"),
);

/// Everything under `/assets/` but fonts: name, kind, content.
const FILES: [(&str, &str, &str); 10] = [
    ("style.css", "text/css; charset=utf-8", STYLE),
    ("enhance.js", SCRIPT, include_str!("../assets/enhance.js")),
    ("sites.js", SCRIPT, include_str!("../assets/sites.js")),
    ("app.js", SCRIPT, include_str!("../assets/app.js")),
    ("scan.js", SCRIPT, include_str!("../assets/scan.js")),
    ("kiosk.js", SCRIPT, include_str!("../assets/kiosk.js")),
    ("display.js", SCRIPT, include_str!("../assets/display.js")),
    ("complain.js", SCRIPT, include_str!("../assets/complain.js")),
    ("icons.svg", "image/svg+xml", include_str!("../assets/icons.svg")),
    ("mark.svg", "image/svg+xml", include_str!("../assets/mark.svg")),
];

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The tag of each file, made of its content once.
static TAGS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let sum = |body: &str| Sha256::digest(body).iter().take(12).map(|byte| format!("{byte:02x}")).collect::<String>();
    FILES.iter().map(|(_, _, body)| format!("W/\"{}\"", sum(body))).collect()
});

/// A font never changes under its name.
fn font_file(bytes: Vec<u8>) -> Response {
    let headers =
        [(header::CONTENT_TYPE, "font/woff2"), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    (headers, bytes).into_response()
}

/// `GET /assets/{name}`: an hour without asking; after that a few bytes say whether it is still the same.
pub(crate) async fn show(Path(name): Path<String>) -> Response {
    let found = FILES.iter().zip(TAGS.iter()).find(|((known, _, _), _)| *known == name);
    let Some(((_, kind, body), tag)) = found else { return StatusCode::NOT_FOUND.into_response() };
    let headers =
        [(header::CONTENT_TYPE, *kind), (header::CACHE_CONTROL, "public, max-age=3600"), (header::ETAG, tag.as_str())];
    (headers, *body).into_response()
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
        Ok(Ok(bytes)) => font_file(bytes),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}
