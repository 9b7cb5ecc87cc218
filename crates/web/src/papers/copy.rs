//! The stored copy of a paper, handed out within scope.

use crate::{
    App,
    request::{PageError, Visitor},
};
use axum::{
    extract::{Path, Query, State},
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::{
    ids::{ApplicationId, PaperId, VisitId},
    papers::FileKind,
};
use serde::Deserialize;
use store::access::Purpose;

/// Through what a copy is opened.
#[derive(Debug, Default, Deserialize)]
pub struct Through {
    /// The application that asks for it.
    application: Option<ApplicationId>,
    /// The visit it is looked at in.
    visit: Option<VisitId>,
}

/// `GET /papers/{paper}`: to whoever may see the family, or the application that asks for it; everybody else reads
/// that there is nothing.
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<PaperId>,
    Query(through): Query<Through>,
) -> Result<Response, PageError> {
    if visitor.session.as_ref().is_none_or(|session| session.must_change) {
        return Err(PageError::NotFound);
    }
    let found = app.store.papers(&visitor.scope).copy(id, through.application).await?;
    let Some((file, bytes)) = found else { return Err(PageError::NotFound) };
    let purpose = match (through.application, through.visit) {
        (_, Some(visit)) => Purpose::Visit(visit),
        (Some(application), None) => Purpose::Task(application),
        (None, None) => Purpose::Reason("paper".to_owned()),
    };
    app.store.log_read(&visitor.scope, "paper", Some(id.0), &purpose, app.now()).await?;
    let (kind, ending, shown) = match file.kind {
        FileKind::Jpeg => ("image/jpeg", "jpg", "inline"),
        FileKind::Png => ("image/png", "png", "inline"),
        FileKind::Pdf => ("application/pdf", "pdf", "attachment"),
    };
    // The name tells nothing about whose paper it is.
    let name = format!("{shown}; filename=\"paper-{}.{ending}\"", &file.hash[..8.min(file.hash.len())]);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(|_| PageError::Broken)?),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (HeaderName::from_static("content-security-policy"), HeaderValue::from_static("default-src 'none'; sandbox")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, bytes).into_response())
}
