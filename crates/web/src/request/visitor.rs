//! Who makes a request, in which language, on which of the two surfaces.

use super::{gate::Surface, network::Network};
use crate::{App, shell::Shell, text::T};
use axum::{extract::FromRequestParts, http::request::Parts};
use domain::{access::Doing, language::Lang, programmes::CentreId};
use store::{Scope, access::Session};

/// Made by the gate for every request.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The officer's session, when signed in.
    pub session: Option<Session>,
    /// A session that is not open: the second step is missing, or the screen is locked. It may read nothing.
    pub half: Option<Session>,
    /// What this visitor may read.
    pub scope: Scope,
    /// Chosen language.
    pub lang: Lang,
    /// Office or public pages.
    pub surface: Surface,
    /// The address of this request, path and query.
    pub address: String,
    /// A person opened this, as far as the browser says: it is not fetched ahead.
    pub by_hand: bool,
    /// The token of a kiosk session: this is the free computer of a centre.
    pub kiosk: Option<String>,
    /// The network it comes from, where it can be told; for limits only.
    pub network: Option<Network>,
    /// The secret its forms must carry.
    pub form_token: String,
}

impl Visitor {
    /// Messages in the visitor's language.
    pub fn t(&self) -> T {
        T(self.lang)
    }

    /// The frame of a page for this visitor.
    pub fn shell(&self, app: &App) -> Shell {
        crate::shell::frame(app, self)
    }

    /// Whether the visitor's roles may do this.
    pub fn may(&self, doing: Doing) -> bool {
        self.scope.may(doing)
    }

    /// The centre of a desk officer.
    pub fn centre(&self) -> Option<&CentreId> {
        self.scope.officer().and_then(|officer| officer.desk_centre())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = axum::http::StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        // A request that did not pass the gate has no visitor, and gets nothing.
        parts.extensions.get::<Visitor>().cloned().ok_or(axum::http::StatusCode::INTERNAL_SERVER_ERROR)
    }
}
