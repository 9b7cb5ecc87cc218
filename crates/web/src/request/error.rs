//! What goes wrong, as a page: what happened, what is safe, what next.

use super::{Fields, Visitor};
use crate::{App, app::fresh_command, shell::Shell};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use domain::{Version, ids::CommandId};
use store::StoreError;

/// Why a page cannot be shown or a form not be taken.
#[derive(Debug, Clone)]
pub enum PageError {
    /// Not there, or not yours: they read alike.
    NotFound,
    /// The form is from another site.
    OtherSite,
    /// The form is from an earlier session.
    OldForm,
    /// The form cannot be read.
    BadForm,
    /// Too large.
    TooLarge,
    /// The record moved on since the form was made.
    Stale(Box<Stale>),
    /// The record moved on while the form was being carried out. The gate asks once more before anybody reads this.
    Moved(Box<Stale>),
    /// The same form was sent before with other answers.
    OtherBody,
    /// The server's clock is behind.
    Clock,
    /// A helper came alone, and the family did not agree to this.
    NotByHelper,
    /// Everybody waits: the form is given back, to be sent again.
    Busy,
    /// Something broke here.
    Broken,
}

/// A form made from an older version of its record.
#[derive(Debug, Clone)]
pub struct Stale {
    /// The form as sent.
    pub fields: Fields,
    /// Where it was sent.
    pub address: String,
    /// What differs: label, on file, yours.
    pub rows: Vec<(String, String, String)>,
    /// The version to send again with.
    pub version: Option<Version>,
}

impl Stale {
    /// A form of which nothing is known but that it came too late.
    pub fn plain(fields: &Fields, address: &str) -> Self {
        Stale { fields: fields.clone(), address: address.to_owned(), rows: Vec::new(), version: None }
    }
}

impl PageError {
    /// A stale form with both answers.
    pub fn stale(
        fields: &Fields,
        address: &str,
        rows: Vec<(String, String, String)>,
        version: Option<Version>,
    ) -> Self {
        PageError::Stale(Box::new(Stale { fields: fields.clone(), address: address.to_owned(), rows, version }))
    }

    fn status(&self) -> StatusCode {
        match self {
            PageError::NotFound => StatusCode::NOT_FOUND,
            PageError::OtherSite | PageError::OldForm | PageError::NotByHelper => StatusCode::FORBIDDEN,
            PageError::BadForm => StatusCode::BAD_REQUEST,
            PageError::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            PageError::Stale(_) | PageError::Moved(_) | PageError::OtherBody => StatusCode::CONFLICT,
            PageError::Clock | PageError::Busy => StatusCode::SERVICE_UNAVAILABLE,
            PageError::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The id that begins the page's three messages.
    fn family(&self) -> &'static str {
        match self {
            PageError::NotFound => "error-not-found",
            PageError::OtherSite => "error-other-site",
            PageError::OldForm => "error-old-form",
            PageError::NotByHelper => "error-not-by-helper",
            PageError::BadForm => "error-bad-form",
            PageError::TooLarge => "error-too-large",
            PageError::Stale(_) | PageError::Moved(_) => "error-stale",
            PageError::OtherBody => "error-other-body",
            PageError::Clock => "error-clock",
            PageError::Broken | PageError::Busy => "error-broken",
        }
    }

    /// The page in the visitor's language.
    pub fn page(&self, app: &App, visitor: &Visitor) -> Response {
        if matches!(self, PageError::Busy) {
            return super::busy::turned(visitor);
        }
        let shell = visitor.shell(app);
        let html = match self {
            PageError::Stale(stale) | PageError::Moved(stale) => {
                StalePage { shell, stale, command: fresh_command() }.render()
            }
            _ => ErrorPage { shell, family: self.family() }.render(),
        };
        (self.status(), Html(html.unwrap_or_default())).into_response()
    }
}

#[derive(Template)]
#[template(path = "shell/error.html")]
struct ErrorPage<'a> {
    shell: Shell,
    family: &'a str,
}

#[derive(Template)]
#[template(path = "shell/stale.html")]
struct StalePage<'a> {
    shell: Shell,
    stale: &'a Stale,
    command: CommandId,
}

/// The gate turns the error into the page, in the visitor's language.
impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<StoreError> for PageError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::OtherBody => PageError::OtherBody,
            StoreError::ClockBehind { .. } => PageError::Clock,
            StoreError::Overloaded => PageError::Busy,
            other => {
                tracing::error!(error = %other, "the store failed");
                PageError::Broken
            }
        }
    }
}

impl From<askama::Error> for PageError {
    fn from(error: askama::Error) -> Self {
        tracing::error!(%error, "a page failed");
        PageError::Broken
    }
}
