//! `GET /sites/{site}`: one site with its week.

use super::view::{SiteView, week, weekday};
use crate::{
    App,
    request::{PageError, Visitor},
    shell::{Shell, open_page},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    Date,
    ids::SiteId,
    services::{Point, Season, Site, SiteKind},
};

#[derive(Template)]
#[template(path = "services/site.html")]
struct SitePage {
    shell: Shell,
    site: SiteView,
    week: Vec<(String, String)>,
    /// Other hours that hold now or soon: from when to when, and their week.
    season: Option<(String, Vec<(String, String)>)>,
    /// The other hours hold today.
    other_now: bool,
    today: usize,
    district: String,
    geo: String,
    /// The page of the centre that this site is.
    centre: String,
}

/// A point as maps on phones take it.
fn geo(point: Point) -> String {
    format!("geo:{}", point.to_string().replace(' ', ""))
}

/// The other hours of a site, unless they are over.
fn coming(today: Date, site: &Site) -> Option<&Season> {
    site.details.season.as_ref().filter(|season| season.until >= today)
}

/// The page of the one-window centre that a site is.
fn centre(app: &App, site: &Site) -> Option<String> {
    let of = app.config.centres.iter().find(|centre| centre.district == site.details.district)?;
    (site.details.kind == SiteKind::Centre).then(|| format!("/centres/{}", of.id))
}

/// `GET /sites/{site}`; one that is closed for good is not there.
pub async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, PageError> {
    let id: SiteId = id.parse().map_err(|_| PageError::NotFound)?;
    let (t, content) = (visitor.t(), app.content(&visitor.scope).await?);
    let site = content.sites.iter().find(|site| site.id == id).ok_or(PageError::NotFound)?;
    open_page(&SitePage {
        site: SiteView::of(&app, t, site, 1, None),
        season: coming(app.today(), site).map(|season| {
            let days = [("from", t.date(season.from).into()), ("until", t.date(season.until).into())];
            (t.with("site-season-from", &days), week(t, &season.hours))
        }),
        other_now: coming(app.today(), site).is_some_and(|season| season.holds(app.today())),
        week: site.details.hours.as_ref().map(|hours| week(t, hours)).unwrap_or_default(),
        today: weekday(app.today()),
        district: site.details.district.0.clone(),
        geo: site.details.point.map(geo).unwrap_or_default(),
        centre: centre(&app, site).unwrap_or_default(),
        shell: visitor.shell(&app),
    })
}
