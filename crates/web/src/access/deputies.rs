//! Deputies for the officers of one's own department and district, named by its supervisor, who decides nothing.

use crate::{
    App,
    applications::{
        deputy::{self, Away},
        inbox_rows::Day,
    },
    portal::sentences::place,
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Shell, page},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{Redirect, Response},
};
use domain::access::Officer;

#[derive(Template)]
#[template(path = "access/deputies.html")]
struct DeputiesPage {
    shell: Shell,
    /// The department and the district.
    office: String,
    rows: Vec<Row>,
}

/// An officer of the office.
struct Row {
    name: String,
    address: String,
    /// Who stands in: name, first and last day.
    deputies: Vec<(String, Day, Day)>,
}

/// `GET /deputies`
pub async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    let t = visitor.t();
    let room = app.store.officers(&visitor.scope);
    let mut rows = Vec::new();
    for officer in room.supervised().await? {
        let namings = room.deputies(officer.id, app.today()).await?;
        let theirs = namings.into_iter().filter(|naming| naming.officer == officer.id);
        let days =
            |naming: store::access::Deputizing| (naming.deputy_name, Day::of(t, naming.from), Day::of(t, naming.until));
        let address = format!("/deputies/{}", officer.id);
        rows.push(Row { deputies: theirs.map(days).collect(), name: officer.name, address });
    }
    let posting = visitor.scope.officer().map(|officer| officer.as_officer().posting.clone()).unwrap_or_default();
    let operator = posting.operator.as_ref().and_then(|operator| app.pack.operator(&operator.0));
    let operator = operator.map(|operator| t.pack(&operator.name).to_owned());
    let district = posting.district.map(|district| place(&app, t, &district.0));
    let office = operator.into_iter().chain(district).collect::<Vec<_>>().join(" · ");
    page(&DeputiesPage { shell: visitor.shell(&app), office, rows })
}

/// An officer of one's own office; anybody else reads like nobody.
async fn find(app: &App, visitor: &Visitor, id: &str) -> Result<Officer, PageError> {
    let officers = app.store.officers(&visitor.scope).supervised().await?;
    officers.into_iter().find(|officer| officer.id.to_string() == id).ok_or(PageError::NotFound)
}

/// `GET /deputies/{officer}`
pub async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, PageError> {
    let away = Away::supervised(find(&app, &visitor, &id).await?);
    deputy::render(&app, &visitor, &away, &Fields::default(), Errors::default()).await
}

/// `POST /deputies/{officer}`
pub async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, PageError> {
    let away = Away::supervised(find(&app, &visitor, &id).await?);
    deputy::name(&app, &visitor, away, sent).await
}

/// `GET /deputies/{officer}/{deputy}/end`: a form's own address, opened, leads to its page.
pub async fn back(Path((officer, _)): Path<(String, String)>) -> Redirect {
    let officer = officer.replace(|c: char| !c.is_ascii_hexdigit() && c != '-', "");
    Redirect::to(&format!("/deputies/{officer}"))
}

/// `POST /deputies/{officer}/{deputy}/end`
pub async fn end(
    State(app): State<App>,
    visitor: Visitor,
    Path((officer, naming)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, PageError> {
    let away = Away::supervised(find(&app, &visitor, &officer).await?);
    deputy::take_back(&app, &visitor, &away, &naming, sent).await
}
