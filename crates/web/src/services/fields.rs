//! The form of a site: from what was typed to what the public is told, and back.

use crate::{
    App,
    request::{Errors, Fields},
    shell::Choice,
    text::T,
};
use domain::{
    Date,
    language::Lang,
    services::{Hours, HoursRefused, Point, PointRefused, Season, Service, SiteDetails, SiteKind, Spoken},
};
use std::collections::{BTreeMap, BTreeSet};

/// One input of a language.
pub struct Worded {
    /// The field's name, `name_ur`.
    pub field: String,
    /// The language's code.
    pub lang: &'static str,
    /// The language's direction.
    pub dir: &'static str,
    /// The label.
    pub label: String,
    /// What stands in it.
    pub value: String,
}

/// The form as it is shown.
pub struct SiteForm {
    /// What it is.
    pub kinds: Vec<Choice>,
    /// What can be had.
    pub services: Vec<Choice>,
    /// Where.
    pub districts: Vec<Choice>,
    /// Languages spoken.
    pub spoken: Vec<Choice>,
    /// The centre it is.
    pub centres: Vec<Choice>,
    /// Name, address and note in each language.
    pub words: Vec<Worded>,
    /// The seven days.
    pub days: Vec<(String, String, String)>,
    /// The seven days of the other hours.
    pub season_days: Vec<(String, String, String)>,
    /// The first and the last day of the other hours.
    pub season: [String; 2],
    /// Coordinates.
    pub point: String,
    /// Phone.
    pub phone: String,
    /// Capacity.
    pub capacity: String,
    /// Invented, for a demo.
    pub demo: bool,
    /// Why it is changed.
    pub reason: String,
}

/// The texts of a site, by the name of their fields.
const TEXTS: [&str; 3] = ["name", "address", "note"];

/// A site as the fields of its form.
pub fn fields(details: &SiteDetails) -> Fields {
    let mut fields = Fields::default();
    fields.add("kind", details.kind.code());
    details.services.iter().for_each(|service| fields.add("service", service.code()));
    details.spoken.iter().for_each(|spoken| fields.add("spoken", spoken.code()));
    for (name, texts) in TEXTS.iter().zip([&details.name, &details.address, &details.note]) {
        texts.iter().for_each(|(lang, text)| fields.add(&format!("{name}_{lang}"), text));
    }
    fields.add("district", &details.district.0);
    let mut set = |name: &str, value: Option<String>| fields.add(name, &value.unwrap_or_default());
    set("point", details.point.map(|point| point.to_string()));
    set("phone", details.phone.clone());
    set("capacity", details.capacity.map(|n| n.to_string()));
    set("centre", details.centre.as_ref().map(|centre| centre.0.clone()));
    set("demo", details.demo.then(|| "yes".to_owned()));
    set("season_from", details.season.as_ref().map(|season| season.from.to_string()));
    set("season_until", details.season.as_ref().map(|season| season.until.to_string()));
    for day in 0..7 {
        set(&format!("hours_{}", day + 1), details.hours.as_ref().map(|hours| Hours::write_day(&hours.days[day])));
        let season = details.season.as_ref().map(|season| Hours::write_day(&season.hours.days[day]));
        set(&format!("season_{}", day + 1), season);
    }
    fields
}

/// Reads the form; what is wrong goes into `errors`.
pub fn read(app: &App, t: T, fields: &Fields, errors: &mut Errors) -> Option<SiteDetails> {
    let kind = fields.read::<SiteKind>("kind").ok().flatten();
    if kind.is_none() {
        errors.add("kind", t.m("site-kind-missing"));
    }
    let district = fields.opt("district").filter(|code| app.pack.place(code).is_some());
    if district.is_none() {
        errors.add("district", t.m("site-district-missing"));
    }
    if fields.text("name_en").is_empty() {
        errors.add("name_en", t.m("site-name-missing"));
    }
    let services: BTreeSet<Service> = fields.all("service").iter().filter_map(|code| code.parse().ok()).collect();
    if services.is_empty() {
        errors.add("service", t.m("site-service-missing"));
    }
    let point = read_point(t, fields, errors);
    let capacity = match fields.number("capacity").map(|n| n.ok().and_then(|n| u32::try_from(n).ok())) {
        Some(None) => {
            errors.add("capacity", t.m("site-capacity-wrong"));
            None
        }
        number => number.flatten(),
    };
    let hours = read_week(t, fields, "hours", errors);
    // All seven days empty: nobody stated the hours.
    let hours = (!hours.is_empty()).then_some(hours);
    let season = read_season(t, fields, errors);
    let texts = |name: &str| -> BTreeMap<Lang, String> {
        Lang::ALL.iter().filter_map(|lang| Some((*lang, fields.opt(&format!("{name}_{lang}"))?))).collect()
    };
    let centre = fields.opt("centre").filter(|id| app.config.centres.iter().any(|centre| centre.id.0 == *id));
    Some(SiteDetails {
        kind: kind?,
        services,
        name: texts("name"),
        address: texts("address"),
        note: texts("note"),
        district: district?.as_str().into(),
        point,
        phone: fields.opt("phone"),
        hours,
        season,
        spoken: fields.all("spoken").iter().filter_map(|code| code.parse::<Spoken>().ok()).collect(),
        capacity,
        centre: centre.map(|id| id.as_str().into()),
        demo: fields.is("demo", "yes"),
    })
}

fn read_point(t: T, fields: &Fields, errors: &mut Errors) -> Option<Point> {
    let typed = linkage::text::ascii_digits(fields.text("point"));
    if typed.is_empty() {
        return None;
    }
    let refused = match typed.parse() {
        Ok(point) => return Some(point),
        Err(PointRefused::Shape) => "site-point-shape",
        Err(PointRefused::Elsewhere) => "site-point-elsewhere",
    };
    errors.add("point", t.m(refused));
    None
}

/// Other hours for a time: without days there are none; days without hours are a closure.
fn read_season(t: T, fields: &Fields, errors: &mut Errors) -> Option<Season> {
    let week = read_week(t, fields, "season", errors);
    let mut day = |name: &str| match linkage::text::ascii_digits(fields.text(name)).parse::<Date>() {
        Ok(day) => Some(day),
        Err(_) => {
            errors.add(name, t.m("site-season-day"));
            None
        }
    };
    if ["season_from", "season_until"].iter().all(|name| fields.text(name).is_empty()) && week.is_empty() {
        return None;
    }
    let (from, until) = (day("season_from"), day("season_until"));
    let (from, until) = (from?, until?);
    if until < from {
        errors.add("season_until", t.m("site-season-backwards"));
    }
    Some(Season { from, until, hours: week })
}

/// A week as seven fields of a name.
fn read_week(t: T, fields: &Fields, week: &str, errors: &mut Errors) -> Hours {
    let mut hours = Hours::default();
    for (index, day) in hours.days.iter_mut().enumerate() {
        let name = format!("{week}_{}", index + 1);
        match Hours::read_day(&linkage::text::ascii_digits(fields.text(&name))) {
            Ok(spans) => *day = spans,
            Err(HoursRefused::Shape) => errors.add(&name, t.m("site-hours-shape")),
            Err(HoursRefused::Order) => errors.add(&name, t.m("site-hours-order")),
        }
    }
    hours
}

impl SiteForm {
    /// The form with what stands in its fields.
    pub fn of(app: &App, t: T, fields: &Fields) -> SiteForm {
        let ticked = |family: &str, name: &str, codes: Vec<&str>| -> Vec<Choice> {
            let choice = |code: &str| Choice {
                value: code.to_owned(),
                text: t.code(family, code),
                chosen: fields.is(name, code),
            };
            codes.into_iter().map(choice).collect()
        };
        let worded = |name: &&str, lang: &Lang| Worded {
            field: format!("{name}_{lang}"),
            lang: lang.code(),
            dir: lang.dir(),
            label: format!("{} ({})", t.m(&format!("site-{name}")), lang.own_name()),
            value: fields.text(&format!("{name}_{lang}")).to_owned(),
        };
        let centre = |centre: &crate::app::Centre| Choice {
            value: centre.id.0.clone(),
            text: crate::portal::sentences::place(app, t, &centre.district.0),
            chosen: fields.text("centre") == centre.id.0,
        };
        let day = |week: &str, number: usize| {
            let name = format!("{week}_{number}");
            let value = fields.text(&name).to_owned();
            (name, t.m(&format!("weekday-{number}")), value)
        };
        let words = TEXTS.iter().flat_map(|name| Lang::ALL.iter().map(move |lang| worded(name, lang)));
        SiteForm {
            kinds: ticked("site-kind", "kind", SiteKind::ALL.iter().map(|kind| kind.code()).collect()),
            services: ticked("service", "service", Service::ALL.iter().map(|service| service.code()).collect()),
            spoken: ticked("spoken", "spoken", Spoken::ALL.iter().map(|spoken| spoken.code()).collect()),
            districts: crate::shell::districts(app, t, fields.text("district")),
            centres: app.config.centres.iter().map(centre).collect(),
            words: words.collect(),
            days: (1..=7).map(|number| day("hours", number)).collect(),
            season_days: (1..=7).map(|number| day("season", number)).collect(),
            season: [fields.text("season_from").to_owned(), fields.text("season_until").to_owned()],
            point: fields.text("point").to_owned(),
            phone: fields.text("phone").to_owned(),
            capacity: fields.text("capacity").to_owned(),
            demo: fields.is("demo", "yes"),
            reason: fields.text("reason").to_owned(),
        }
    }
}
