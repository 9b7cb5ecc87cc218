//! `GET /centres/{centre}`: one centre: whether it is open now, which desks and services it has, and whom to ask for.

use crate::{
    App,
    portal::sentences::place,
    request::{PageError, Visitor},
    services::view::{SiteView, dial},
    shell::{Shell, open_page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{access::Role, programmes::CentreId, services::SiteKind};
use std::collections::BTreeSet;
use store::access::Staffed;

/// The desks a family meets, in the order it meets them.
const DESKS: [Role; 5] =
    [Role::TokenCounter, Role::RegistrationClerk, Role::SocialWorker, Role::CentreManager, Role::GrievanceOfficer];

#[derive(Template)]
#[template(path = "portal/centre.html")]
struct CentrePage {
    shell: Shell,
    name: String,
    phone: String,
    dial: String,
    district: String,
    /// Where it stands and when it is open, as entered among the service sites.
    sites: Vec<SiteView>,
    /// Whom to ask for, and for what.
    desks: Vec<(String, String)>,
    /// Departments that have an officer here, and how many programmes each runs.
    departments: Vec<(String, usize)>,
}

/// `GET /centres/{centre}`
pub async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<CentreId>) -> Result<Response, PageError> {
    let centre = app.centre(&id).ok_or(PageError::NotFound)?.clone();
    let (t, content) = (visitor.t(), app.content(&visitor.scope).await?);
    let staffed = app.store.officers(&visitor.scope).staffed(&centre.district).await?;
    let here = content
        .sites
        .iter()
        .filter(|site| site.details.kind == SiteKind::Centre && site.details.district == centre.district);
    open_page(&CentrePage {
        name: t.a("centre-title", "place", place(&app, t, &centre.district.0)),
        sites: here.enumerate().map(|(index, site)| SiteView::of(&app, t, site, index + 1, None)).collect(),
        desks: desks(t, &staffed, &id),
        departments: departments(&app, t, &staffed),
        dial: dial(&centre.phone),
        phone: centre.phone,
        district: centre.district.0,
        shell: visitor.shell(&app),
    })
}

/// The desks of this centre that somebody holds; complaints are answered for the whole district.
fn desks(t: T, staffed: &BTreeSet<Staffed>, centre: &CentreId) -> Vec<(String, String)> {
    let held = |role: &&Role| {
        let of_district = **role == Role::GrievanceOfficer;
        staffed.iter().any(|one| one.role == **role && (of_district || one.centre.as_ref() == Some(centre)))
    };
    let words = |role: &Role| (t.code("centre-desk", role.code()), t.code("centre-ask", role.code()));
    DESKS.iter().filter(held).map(words).collect()
}

/// Each department with an officer in the district, by name.
fn departments(app: &App, t: T, staffed: &BTreeSet<Staffed>) -> Vec<(String, usize)> {
    let held = staffed.iter().filter(|one| one.role == Role::DepartmentFocal).filter_map(|one| one.operator.as_ref());
    let held: BTreeSet<_> = held.collect();
    let named = held.into_iter().filter_map(|id| {
        let operator = app.pack.operator(&id.0)?;
        let runs = app.pack.programmes().iter().filter(|programme| programme.operator == operator.id).count();
        Some((t.pack(&operator.name).to_owned(), runs))
    });
    let mut named: Vec<(String, usize)> = named.collect();
    named.sort();
    named
}
