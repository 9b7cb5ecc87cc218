//! A site as the public reads it.

use crate::{
    App,
    app::{Centre, local_minute},
    portal::sentences::place,
    text::T,
};
use chrono::{Datelike, Weekday};
use domain::{
    Date,
    ids::SiteId,
    language::Lang,
    services::{Hours, OpenState, Point, Service, Site, SiteDetails, SiteKind, Spoken},
};
use sha2::{Digest, Sha256};

/// A site in a list or on a page of its own.
pub struct SiteView {
    /// Its number in the list and on the map, from 1.
    pub number: usize,
    /// Its own page.
    pub address: String,
    /// Name.
    pub name: String,
    /// What it is.
    pub kind: String,
    /// The icon of what it is.
    pub icon: &'static str,
    /// The name of its district.
    pub district: String,
    /// Where it is and how to find it.
    pub place: String,
    /// What else to know.
    pub note: String,
    /// Phone as printed.
    pub phone: String,
    /// Phone as dialled.
    pub dial: String,
    /// Open now, in words: `open until 17:00`, `hours not known`.
    pub open: String,
    /// `is-open`, `is-shut`, `is-unknown`.
    pub open_class: &'static str,
    /// What can be had.
    pub services: Vec<String>,
    /// Languages spoken, in a row.
    pub spoken: String,
    /// Beds, seats, families a day; empty when not stated.
    pub capacity: String,
    /// How far it is from where was asked; empty when not known.
    pub far: String,
    /// Where it stands.
    pub point: Option<Point>,
    /// Invented, for a demo.
    pub demo: bool,
}

/// Whether a site is open now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Now {
    /// Open until a minute of the day.
    Open(u16),
    /// Opens later today.
    Later(u16),
    /// Closed today.
    Shut,
    /// A public holiday: it may be closed, whatever its hours say.
    Holiday,
    /// Nobody stated its hours.
    Unknown,
}

/// Whether a site is open at this moment.
pub fn now(app: &App, details: &SiteDetails) -> Now {
    let today = app.today();
    let Some(hours) = details.hours_on(today) else { return Now::Unknown };
    if app.pack.calendar().holidays.iter().any(|holiday| holiday.on == today) {
        return Now::Holiday;
    }
    match hours.state(today.weekday(), local_minute(app.now())) {
        OpenState::Open { until } => Now::Open(until),
        OpenState::Later { from } => Now::Later(from),
        OpenState::Closed => Now::Shut,
    }
}

/// `17:00`
fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn in_words(t: T, now: &Now) -> (String, &'static str) {
    match now {
        Now::Open(until) => (t.a("site-open-until", "time", clock(*until)), "is-open"),
        Now::Later(from) => (t.a("site-opens-at", "time", clock(*from)), "is-shut"),
        Now::Shut => (t.m("site-shut-now"), "is-shut"),
        Now::Holiday => (t.m("site-holiday"), "is-unknown"),
        Now::Unknown => (t.m("site-hours-unknown"), "is-unknown"),
    }
}

/// The icon of a kind of site.
pub fn icon(kind: SiteKind) -> &'static str {
    match kind {
        SiteKind::Centre | SiteKind::Office => "home",
        SiteKind::Nadra => "person",
        SiteKind::Payment => "receives",
        SiteKind::Hospital => "hospital",
        SiteKind::Shelter => "bed",
        SiteKind::Vocational => "tool",
    }
}

impl SiteView {
    /// A site in a language.
    pub fn of(app: &App, t: T, site: &Site, number: usize, metres: Option<i64>) -> SiteView {
        let d = &site.details;
        let (open, open_class) = in_words(t, &now(app, d));
        let service = |service: &Service| t.code("service", service.code());
        let spoken = |spoken: &Spoken| t.code("spoken", spoken.code());
        SiteView {
            number,
            address: format!("/sites/{}", site.id),
            name: SiteDetails::text(&d.name, t.0).to_owned(),
            kind: t.code("site-kind", d.kind.code()),
            icon: icon(d.kind),
            district: place(app, t, &d.district.0),
            place: SiteDetails::text(&d.address, t.0).to_owned(),
            note: SiteDetails::text(&d.note, t.0).to_owned(),
            phone: d.phone.clone().unwrap_or_default(),
            dial: dial(d.phone.as_deref().unwrap_or_default()),
            open,
            open_class,
            services: d.services.iter().map(service).collect(),
            spoken: crate::eligibility::values::list(t, d.spoken.iter().map(spoken)),
            capacity: d.capacity.map(|n| t.a(capacity_of(d.kind), "count", n)).unwrap_or_default(),
            far: metres.map(|metres| far(t, metres)).unwrap_or_default(),
            point: d.point,
            demo: d.demo,
        }
    }
}

/// What the capacity of a kind of site counts.
fn capacity_of(kind: SiteKind) -> &'static str {
    match kind {
        SiteKind::Shelter | SiteKind::Hospital => "site-beds",
        SiteKind::Vocational => "site-seats",
        _ => "site-families",
    }
}

/// A phone number as dialled.
pub fn dial(phone: &str) -> String {
    phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

/// `about 12 km`; under a kilometre is near enough to walk.
fn far(t: T, metres: i64) -> String {
    if metres < 1_000 { t.m("site-near") } else { t.a("site-far", "km", (metres + 500) / 1_000) }
}

/// The week as lines: the day's name and its hours, or that it is closed.
pub fn week(t: T, hours: &Hours) -> Vec<(String, String)> {
    let day = |number: usize| {
        let spans = &hours.days[number];
        let words = if spans.is_empty() { t.m("site-day-closed") } else { Hours::write_day(spans) };
        (t.m(&format!("weekday-{}", number + 1)), words)
    };
    (0..7).map(day).collect()
}

/// The weekday of a day, Monday first, from 1.
pub fn weekday(day: Date) -> usize {
    let weekday: Weekday = day.weekday();
    weekday.number_from_monday() as usize
}

/// The point of a district's main town, as the pack gives it.
pub fn district_point(app: &App, code: &str) -> Option<Point> {
    let columns = &app.pack.place(code)?.columns;
    Point::of(columns.get("hq_lat")?, columns.get("hq_lon")?).ok()
}

/// A centre as a line: its place and its phone.
pub struct CentreLine {
    /// The name of its district.
    pub name: String,
    /// Its phone as printed.
    pub phone: String,
    /// Its phone as dialled.
    pub dial: String,
}

impl CentreLine {
    /// A centre in a language.
    pub fn of(app: &App, t: T, centre: &Centre) -> CentreLine {
        CentreLine { name: place(app, t, &centre.district.0), phone: centre.phone.clone(), dial: dial(&centre.phone) }
    }
}

/// The centres of this installation that nobody has entered as a site yet: what the settings say of them. Where they
/// stand is not known; their district is.
pub fn configured(app: &App, entered: &[Site]) -> Vec<Site> {
    let missing = |centre: &&Centre| !entered.iter().any(|site| site.details.centre.as_ref() == Some(&centre.id));
    let site = |centre: &Centre| {
        let name = |lang: &Lang| {
            let t = T(*lang);
            let name = t.a("site-centre-name", "district", place(app, t, &centre.district.0));
            (*lang, name.replace(['\u{2068}', '\u{2069}'], ""))
        };
        let key: Vec<u8> = Sha256::digest(centre.id.0.as_bytes()).into_iter().take(16).collect();
        let key: [u8; 16] = key.try_into().unwrap_or_default();
        let details = SiteDetails {
            kind: SiteKind::Centre,
            services: [Service::Register].into(),
            name: Lang::ALL.iter().map(name).collect(),
            address: Default::default(),
            note: Default::default(),
            district: centre.district.clone(),
            point: None,
            phone: Some(centre.phone.clone()).filter(|phone| !phone.is_empty()),
            hours: None,
            season: None,
            spoken: Default::default(),
            capacity: None,
            centre: Some(centre.id.clone()),
            demo: app.config.demo,
        };
        Site { id: SiteId(uuid::Builder::from_custom_bytes(key).into_uuid()), version: 0, details, closed: None }
    };
    app.config.centres.iter().filter(missing).map(site).collect()
}
