//! `GET /sites/outline.svg`: the outlines of the districts under the whole map, where they were imported.

use super::sites::whole_frame;
use crate::{
    App,
    request::{PageError, Visitor},
};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};

/// The drawing of all outlines; kept by the browser for a day.
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    let content = app.content(&visitor.scope).await?;
    let frame = whole_frame(&app, &content).filter(|_| !content.outlines.is_empty()).ok_or(PageError::NotFound)?;
    let paths: String =
        content.outlines.iter().map(|outline| format!("<path d=\"{}\"/>", frame.path(&outline.rings))).collect();
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\"><g fill=\"#f4eee1\" stroke=\"#b7a98f\" \
         stroke-width=\"2\" stroke-linejoin=\"round\">{paths}</g></svg>",
        super::map::WIDTH,
        frame.height
    );
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml".to_owned()),
        (header::CACHE_CONTROL, "public, max-age=60".to_owned()),
        (header::ETAG, format!("W/\"{}\"", content.stamp)),
    ];
    Ok((headers, svg).into_response())
}
