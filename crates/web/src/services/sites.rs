//! `GET /sites`: where help is, as a list and as a map that says the same.

use super::{
    map::{Frame, WIDTH},
    view::{Now, SiteView, district_point, now},
};
use crate::{
    App,
    portal::{content::Content, demand::Asked, sentences::place},
    request::{Fields, PageError, Visitor},
    shell::{Choice, Shell, open_page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::services::{Point, Service, Site, Spoken};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "services/sites.html")]
struct SitesPage {
    shell: Shell,
    districts: Vec<Choice>,
    services: Vec<Choice>,
    spoken: Vec<Choice>,
    open: bool,
    count: usize,
    groups: Vec<Group>,
    map: Option<Map>,
    off_map: usize,
    filtered: bool,
    /// The form of the filter stands open.
    unfolded: bool,
    /// What is filtered by, in words.
    chosen: Vec<String>,
}

/// Sites under one heading.
struct Group {
    title: String,
    to: String,
    sites: Vec<SiteView>,
}

/// The drawing.
struct Map {
    width: i64,
    height: i64,
    outlines: String,
    ground: bool,
    marks: Vec<Mark>,
    dots: Vec<(i64, i64)>,
}

/// One mark: a numbered site, or a district with how many sites it has.
struct Mark {
    x: i64,
    y: i64,
    text: String,
    label: String,
    name: String,
    to: String,
}

/// What was asked for.
struct Filter {
    district: Option<String>,
    service: Option<Service>,
    spoken: Option<Spoken>,
    open: bool,
    unfolded: bool,
}

/// The most sites of other districts that are named beside those of the chosen one.
const FURTHER: usize = 12;
/// With more districts than this, names would lie on top of each other: numbers alone are drawn.
const NAMED: usize = 14;

impl Filter {
    fn read(app: &App, query: &str) -> Filter {
        let fields = Fields::parse(query);
        Filter {
            district: fields.opt("district").filter(|code| app.pack.place(code).is_some()),
            service: fields.read("service").ok().flatten(),
            spoken: fields.read("language").ok().flatten(),
            open: fields.is("open", "now"),
            unfolded: fields.is("filter", "open"),
        }
    }

    fn fits(&self, app: &App, site: &Site) -> bool {
        let d = &site.details;
        let serves = self.service.is_none_or(|service| d.services.contains(&service));
        // What nobody stated is not held against a site: the list says that it is not known.
        let speaks = self.spoken.is_none_or(|spoken| d.spoken.is_empty() || d.spoken.contains(&spoken));
        let is_open = !self.open || matches!(now(app, d), Now::Open(_) | Now::Unknown | Now::Holiday);
        serves && speaks && is_open
    }
}

/// `GET /centres`, as earlier receipts and pages name it.
pub async fn centres() -> Response {
    Redirect::to("/sites?service=register").into_response()
}

/// `GET /sites`
pub async fn show(State(app): State<App>, visitor: Visitor, RawQuery(query): RawQuery) -> Result<Response, PageError> {
    let (t, content) = (visitor.t(), app.content(&visitor.scope).await?);
    let filter = Filter::read(&app, &query.unwrap_or_default());
    if let Some(service) = filter.service {
        app.asked(&visitor, Asked::Service, service.code());
    }
    if let Some(district) = &filter.district {
        app.asked(&visitor, Asked::District, district);
    }
    let fitting: Vec<&Site> = content.sites.iter().filter(|site| filter.fits(&app, site)).collect();
    let groups = match &filter.district {
        Some(district) => nearest(&app, t, &fitting, district),
        None => by_district(&app, t, &fitting),
    };
    let map = match &filter.district {
        Some(district) => near_map(&app, &content, &groups, district),
        None => whole_map(&app, t, &content, &fitting),
    };
    let codes = |family: &str, all: Vec<&str>, chosen: &str| Choice::codes(t, family, &all, chosen);
    let services = Service::ALL.iter().map(|service| service.code()).collect();
    let spoken = Spoken::ALL.iter().map(|spoken| spoken.code()).collect();
    let chosen = [
        filter.district.as_deref().map(|district| place(&app, t, district)),
        filter.service.map(|service| t.code("service", service.code())),
        filter.spoken.map(|spoken| t.code("spoken", spoken.code())),
        filter.open.then(|| t.m("sites-open-now")),
    ];
    open_page(&SitesPage {
        districts: crate::shell::districts(&app, t, filter.district.as_deref().unwrap_or_default()),
        services: codes("service", services, filter.service.map_or("", Service::code)),
        spoken: codes("spoken", spoken, filter.spoken.map_or("", Spoken::code)),
        open: filter.open,
        count: groups.iter().map(|group| group.sites.len()).sum(),
        off_map: groups.iter().flat_map(|group| &group.sites).filter(|site| site.point.is_none()).count(),
        filtered: filter.service.is_some() || filter.spoken.is_some() || filter.open || filter.district.is_some(),
        unfolded: filter.unfolded,
        chosen: chosen.into_iter().flatten().collect(),
        groups,
        map,
        shell: visitor.shell(&app),
    })
}

/// The sites of the chosen district, then the nearest others, each with its distance from the district's main town.
fn nearest(app: &App, t: T, sites: &[&Site], district: &str) -> Vec<Group> {
    let from = district_point(app, district);
    let metres = |site: &Site| Some(site.details.point?.metres_to(from?));
    let (mut here, mut others): (Vec<&Site>, Vec<&Site>) =
        sites.iter().copied().partition(|site| site.details.district.0 == district);
    here.sort_by_key(|site| metres(site).unwrap_or(i64::MAX));
    others.retain(|site| metres(site).is_some());
    others.sort_by_key(|site| metres(site));
    others.truncate(FURTHER);
    let begins = here.len();
    let view = |(index, site): (usize, &Site)| SiteView::of(app, t, site, index + 1, metres(site));
    let here: Vec<SiteView> = here.into_iter().enumerate().map(view).collect();
    let others = others.into_iter().enumerate().map(|(index, site)| view((begins + index, site))).collect();
    let group = |title: String, sites: Vec<SiteView>| Group { title, to: String::new(), sites };
    let groups =
        vec![group(t.a("sites-in", "district", place(app, t, district)), here), group(t.m("sites-further"), others)];
    groups.into_iter().filter(|group| !group.sites.is_empty()).collect()
}

/// All sites under their districts, by the district's name.
fn by_district(app: &App, t: T, sites: &[&Site]) -> Vec<Group> {
    let mut districts: BTreeMap<(String, &str), Vec<&Site>> = BTreeMap::new();
    for site in sites {
        let code = site.details.district.0.as_str();
        districts.entry((place(app, t, code), code)).or_default().push(site);
    }
    let mut number = 0;
    let mut groups = Vec::new();
    for ((title, code), sites) in districts {
        let mut views = Vec::new();
        for site in sites {
            number += 1;
            views.push(SiteView::of(app, t, site, number, None));
        }
        groups.push(Group { title, to: format!("/sites?district={code}"), sites: views });
    }
    groups
}

/// The districts of every province in which there is a site or a centre: the ground of the whole map.
fn ground(app: &App, content: &Content) -> Vec<(String, Point)> {
    let of = |code: &str| app.pack.place(code).map(|place| place.province.clone());
    let mut provinces: Vec<String> = content.sites.iter().filter_map(|site| of(&site.details.district.0)).collect();
    provinces.extend(app.config.centres.iter().filter_map(|centre| of(&centre.district.0)));
    let shown = app.pack.places().iter().filter(|place| provinces.contains(&place.province));
    shown.filter_map(|place| Some((place.code.to_string(), district_point(app, place.code.as_str())?))).collect()
}

/// The frame of the whole map and of its outlines.
pub(super) fn whole_frame(app: &App, content: &Content) -> Option<Frame> {
    let known: Vec<String> = ground(app, content).iter().map(|(code, _)| code.clone()).collect();
    let outlines = content.outlines.iter().filter(|outline| known.contains(&outline.district));
    let corners: Vec<Point> = outlines
        .flat_map(|outline| outline.rings.iter().flatten())
        .map(|(lat, lon)| Point { lat: *lat, lon: *lon })
        .collect();
    let points: Vec<Point> = ground(app, content).into_iter().map(|(_, point)| point).collect();
    Frame::around(points.iter().chain(&corners).copied())
}

/// Every district with how many of the listed sites it has.
fn whole_map(app: &App, t: T, content: &Content, sites: &[&Site]) -> Option<Map> {
    let frame = whole_frame(app, content)?;
    let (mut marks, mut dots) = (Vec::new(), Vec::new());
    for (code, point) in ground(app, content) {
        let (x, y) = frame.place(point);
        let count = sites.iter().filter(|site| site.details.district.0 == code).count();
        if count == 0 {
            dots.push((x, y));
            continue;
        }
        let name = place(app, t, &code);
        let label = format!("{count} {name}");
        marks.push(Mark { x, y, text: count.to_string(), label, name, to: format!("/sites?district={code}") });
    }
    if marks.len() > NAMED {
        marks.iter_mut().for_each(|mark| mark.name.clear());
    }
    let marks = apart(marks, NAME_APART);
    let ground = !content.outlines.is_empty();
    Some(Map { width: WIDTH, height: frame.height, outlines: String::new(), ground, marks, dots })
}

/// The listed sites of a district, each under its number; where it has none, those further away.
fn near_map(app: &App, content: &Content, groups: &[Group], district: &str) -> Option<Map> {
    let drawn = groups.first().map_or(&[][..], |group| &group.sites);
    let points: Vec<Point> = drawn.iter().filter_map(|site| site.point).chain(district_point(app, district)).collect();
    let frame = Frame::around(points.into_iter())?;
    let mark = |site: &SiteView| {
        let (x, y) = frame.place(site.point?);
        let label = format!("{}. {}", site.number, site.name);
        let to = format!("#site-{}", site.number);
        Some(Mark { x, y, text: site.number.to_string(), label, name: String::new(), to })
    };
    let outline = content.outlines.iter().find(|outline| outline.district == district);
    let marks = apart(drawn.iter().filter_map(mark).collect(), APART);
    let height = tall(&frame, &marks);
    Some(Map {
        width: WIDTH,
        height,
        outlines: outline.map(|outline| frame.path(&outline.rings)).unwrap_or_default(),
        ground: false,
        marks,
        dots: Vec::new(),
    })
}

/// Units between two marks that can both be touched on a small phone: 24 px of 320.
const APART: i64 = 78;
/// Units from a mark with a name below it to the next one below.
const NAME_APART: i64 = 118;

/// Marks that would cover each other step aside, the later one up or down, whichever way it lies.
fn apart(marks: Vec<Mark>, below: i64) -> Vec<Mark> {
    let mut placed: Vec<Mark> = Vec::new();
    for mut mark in marks {
        let covers = |other: &&Mark, y: i64| (other.x - mark.x).abs() < below && (other.y - y).abs() < below;
        let first = placed.iter().find(|other| covers(other, mark.y)).map(|other| other.y);
        if let Some(near) = first {
            let step = if mark.y >= near { 1 } else { -1 };
            let mut y = near + step * below;
            while placed.iter().any(|other| covers(&other, y)) {
                y += step * below;
            }
            mark.y = y;
        }
        placed.push(mark);
    }
    placed
}

/// The height that holds every mark and its name.
fn tall(frame: &Frame, marks: &[Mark]) -> i64 {
    marks.iter().map(|mark| mark.y + NAME_APART).max().unwrap_or(0).max(frame.height)
}
