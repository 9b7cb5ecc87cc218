//! Invented service sites of the demo, each marked so: their kinds are real, their addresses are not. They stand around
//! the main towns that the pack gives.

use crate::{
    commands::system,
    packs::{commit, say},
};
use domain::{
    Instant,
    event::Change,
    ids::SiteId,
    language::Lang,
    services::{Hours, Point, Service, SiteAdded, SiteDetails, SiteKind, Spoken},
};
use std::collections::BTreeMap;
use web::App;

/// A kind of site as the demo repeats it: name in each language, services, weekday hours, Friday hours, and how far it
/// stands from the town's middle in millionths of a degree.
struct Pattern {
    kind: SiteKind,
    name: [&'static str; 3],
    services: &'static [Service],
    week: &'static str,
    friday: &'static str,
    weekend: &'static str,
    capacity: Option<u32>,
    off: (i32, i32),
}

const OFFICE: (&str, &str) = ("9:00-13:00, 14:00-17:00", "9:00-12:30, 14:30-17:00");

const PATTERNS: &[Pattern] = &[
    Pattern {
        kind: SiteKind::Centre,
        name: ["One-window centre", "ون ونڈو مرکز", "ون ونډو مرکز"],
        services: &[Service::Register, Service::FreeComputer],
        week: OFFICE.0,
        friday: OFFICE.1,
        weekend: "",
        capacity: Some(80),
        off: (1_500, 2_000),
    },
    Pattern {
        kind: SiteKind::Nadra,
        name: ["NADRA registration centre", "نادرا رجسٹریشن سینٹر", "د نادرا د ثبت مرکز"],
        services: &[Service::IdentityCard, Service::BForm],
        week: "8:30-14:30",
        friday: "8:30-12:30",
        weekend: "",
        capacity: None,
        off: (9_000, -14_000),
    },
    Pattern {
        kind: SiteKind::Payment,
        name: ["Payment point, main bazaar", "ادائیگی مرکز، مین بازار", "د پیسو ځای، لوی بازار"],
        services: &[Service::CashPos, Service::CashAtm],
        week: "9:00-18:00",
        friday: "9:00-12:30, 14:30-18:00",
        weekend: "10:00-16:00",
        capacity: None,
        off: (-7_000, 11_000),
    },
    Pattern {
        kind: SiteKind::Hospital,
        name: ["District headquarters hospital", "ضلعی ہیڈکوارٹر ہسپتال", "د ولسوالۍ مرکزي روغتون"],
        services: &[Service::Health, Service::Nutrition, Service::DisabilityBoard],
        week: "0:00-24:00",
        friday: "0:00-24:00",
        weekend: "0:00-24:00",
        capacity: Some(250),
        off: (16_000, 9_000),
    },
    Pattern {
        kind: SiteKind::Shelter,
        name: ["Panahgah", "پناہ گاہ", "پناه ګاه"],
        services: &[Service::NightShelter, Service::Meals],
        week: "17:00-24:00",
        friday: "17:00-24:00",
        weekend: "17:00-24:00",
        capacity: Some(100),
        off: (-15_000, -9_000),
    },
    Pattern {
        kind: SiteKind::Vocational,
        name: ["Skills centre", "ہنر مرکز", "د هنر مرکز"],
        services: &[Service::Training],
        week: "9:00-15:00",
        friday: "9:00-12:00",
        weekend: "",
        capacity: Some(40),
        off: (22_000, -20_000),
    },
];

/// Districts, and how many of the patterns stand there.
const PLACES: &[(&str, usize)] =
    &[("nowshera", 6), ("lower-dir", 6), ("peshawar", 5), ("mardan", 4), ("swat", 3), ("abbottabad", 2), ("bannu", 2)];

/// Adds the demo's sites.
pub(super) async fn add(app: &App, at: Instant) -> Result<(), String> {
    let mut changes = Vec::new();
    for (district, count) in PLACES {
        for pattern in &PATTERNS[..*count] {
            let added = SiteAdded::decide(details(app, district, pattern)).map_err(say)?;
            changes.push(Change::after(SiteId(uuid::Uuid::now_v7()), 0, added, at.date_naive()));
        }
    }
    app.store.commit(&system(), commit("demo/sites", changes, at)).await.map_err(say)?;
    Ok(())
}

fn details(app: &App, district: &str, pattern: &Pattern) -> SiteDetails {
    let place = app.pack.place(district);
    let named = |(lang, name): (&Lang, &str)| {
        let town = place.map(|place| place.name.get(lang.code())).unwrap_or(district);
        let comma = if *lang == Lang::En { "," } else { "،" };
        (*lang, format!("{name}{comma} {town}"))
    };
    let centre = app.config.centres.iter().find(|centre| centre.district.0 == district);
    let centre = centre.filter(|_| pattern.kind == SiteKind::Centre);
    let spoken = if district == "abbottabad" { Spoken::Hindko } else { Spoken::Pashto };
    SiteDetails {
        kind: pattern.kind,
        services: pattern.services.iter().copied().collect(),
        name: Lang::ALL.iter().zip(pattern.name).map(named).collect(),
        address: BTreeMap::new(),
        note: BTreeMap::new(),
        district: district.into(),
        point: town(app, district).map(|town| Point { lat: town.lat + pattern.off.0, lon: town.lon + pattern.off.1 }),
        phone: centre.map(|centre| centre.phone.clone()),
        hours: hours(pattern),
        season: None,
        spoken: [Spoken::Urdu, spoken].into(),
        capacity: pattern.capacity,
        centre: centre.map(|centre| centre.id.clone()),
        demo: true,
    }
}

fn town(app: &App, district: &str) -> Option<Point> {
    let columns = &app.pack.place(district)?.columns;
    Point::of(columns.get("hq_lat")?, columns.get("hq_lon")?).ok()
}

fn hours(pattern: &Pattern) -> Option<Hours> {
    let read = |text: &str| Hours::read_day(text).ok();
    let mut hours = Hours::default();
    for (index, day) in hours.days.iter_mut().enumerate() {
        *day = read(match index {
            0..=3 => pattern.week,
            4 => pattern.friday,
            _ => pattern.weekend,
        })?;
    }
    Some(hours)
}
