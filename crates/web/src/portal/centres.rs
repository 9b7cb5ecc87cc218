//! Where the centres are.

use super::sentences::place;
use crate::{
    App,
    app::Centre,
    request::{PageError, Visitor},
    shell::{Shell, page},
};
use askama::Template;
use axum::{extract::State, response::Response};

#[derive(Template)]
#[template(path = "portal/centres.html")]
struct CentresPage {
    shell: Shell,
    centres: Vec<CentreLine>,
}

/// One centre.
pub struct CentreLine {
    /// The name of its district.
    pub name: String,
    /// Its phone as printed.
    pub phone: String,
    /// Its phone as dialled.
    pub dial: String,
}

impl CentreLine {
    /// A centre as a line.
    pub fn of(app: &App, visitor: &Visitor, centre: &Centre) -> CentreLine {
        let dial = centre.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        CentreLine { name: place(app, visitor.t(), &centre.district.0), phone: centre.phone.clone(), dial }
    }
}

/// `GET /centres`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    let centres = app.config.centres.iter().map(|centre| CentreLine::of(&app, &visitor, centre)).collect();
    page(&CentresPage { shell: visitor.shell(&app), centres })
}
