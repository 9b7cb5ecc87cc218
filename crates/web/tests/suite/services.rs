//! Service sites: list and map agree, filters are honest, and the provincial unit corrects sites and words.

use crate::common::{Browser, Page, World};
use domain::{
    event::Change,
    ids::SiteId,
    language::Lang,
    services::{Hours, Service, SiteAdded, SiteDetails, SiteKind, Spoken},
};
use std::collections::BTreeMap;

fn details(name: &str, kind: SiteKind, district: &str, point: Option<&str>) -> SiteDetails {
    SiteDetails {
        kind,
        services: [Service::Meals].into(),
        name: BTreeMap::from([(Lang::En, name.to_owned())]),
        address: BTreeMap::new(),
        note: BTreeMap::new(),
        district: district.into(),
        point: point.map(|text| text.parse().expect("a point")),
        phone: None,
        hours: None,
        season: None,
        spoken: Default::default(),
        capacity: None,
        centre: None,
        demo: false,
    }
}

async fn add(world: &World, details: SiteDetails) -> SiteId {
    let id = SiteId(uuid::Uuid::now_v7());
    let added = SiteAdded::decide(details).expect("a site");
    world.commit(vec![Change::after(id, 0, added, world.app.today())]).await;
    world.app.content_changed();
    id
}

/// Four sites: two in Nowshera, one near it, one that nobody measured. The test's day is a Sunday, nine in the morning.
async fn four(world: &World) {
    let mut bed = details("Bed", SiteKind::Shelter, "nowshera", Some("34.0200, 71.9900"));
    bed.services = [Service::NightShelter, Service::Meals].into();
    bed.spoken = [Spoken::Pashto].into();
    let mut hours = Hours::default();
    hours.days[6] = Hours::read_day("8-12").expect("hours");
    bed.hours = Some(hours);
    add(world, bed).await;
    let mut shut = details("Shut on Sunday", SiteKind::Office, "nowshera", Some("34.0100, 71.9700"));
    let mut hours = Hours::default();
    hours.days[0] = Hours::read_day("9-17").expect("hours");
    shut.hours = Some(hours);
    shut.spoken = [Spoken::Hindko].into();
    add(world, shut).await;
    add(world, details("Far", SiteKind::Hospital, "peshawar", Some("34.0080, 71.5785"))).await;
    add(world, details("Unmeasured", SiteKind::Payment, "nowshera", None)).await;
}

/// The numbers and names of the list, in order.
fn listed(page: &Page) -> Vec<(String, String)> {
    let text = page.text();
    let items = text.split("<li class=\"site\" id=\"site-").skip(1);
    let item = |item: &str| {
        let number = item.split('"').next().unwrap_or_default().to_owned();
        let name = item.split("<bdi>").nth(1).and_then(|rest| rest.split('<').next()).unwrap_or_default();
        (number, name.to_owned())
    };
    items.map(item).collect()
}

/// Where the marks of the map lead, and what they are called.
fn marked(page: &Page) -> Vec<(String, String)> {
    let text = page.text();
    let map = text.split("<svg class=\"map\"").nth(1).and_then(|rest| rest.split("</svg>").next()).unwrap_or_default();
    let marks = map.split("<a href=\"").skip(1);
    let mark = |mark: &str| {
        let to = mark.split('"').next().unwrap_or_default().to_owned();
        let label = mark.split("aria-label=\"").nth(1).and_then(|rest| rest.split('"').next());
        let text = |part: &str| part.split('>').nth(1).and_then(|rest| rest.split('<').next()).map(str::to_owned);
        let texts: Vec<String> = mark.split("<text").skip(1).filter_map(text).collect();
        (to, label.map_or_else(|| texts.join(" "), str::to_owned))
    };
    marks.map(mark).collect()
}

#[tokio::test]
async fn map_and_list_agree() {
    let world = World::new().await;
    four(&world).await;
    let mut phone = world.public();
    for query in ["", "&service=meals", "&service=night_shelter", "&open=now", "&language=hindko"] {
        let page = phone.get(&format!("/sites?district=nowshera&lang=en{query}")).await;
        let list = listed(&page);
        let unmeasured = |name: &str| name == "Unmeasured" || name.starts_with("One-window centre");
        // What is further away is listed with its distance and not drawn, unless the district has nothing of its own.
        let of_district = list.iter().any(|(_, name)| name != "Far");
        let want: Vec<(String, String)> = list
            .iter()
            .filter(|(_, name)| !unmeasured(name) && (!of_district || name != "Far"))
            .map(|(number, name)| (format!("#site-{number}"), format!("{number}. {name}")))
            .collect();
        assert_eq!(marked(&page), want, "{query}: each listed site that was measured is marked once, by its number");
        let whole = phone.get(&format!("/sites?lang=en{query}")).await;
        let marks = marked(&whole);
        for district in ["Nowshera", "Peshawar", "Lower Dir"] {
            let text = whole.text();
            let group = text.split("<section").find(|part| part.contains(&format!(">{district}</a></h2>")));
            let count = group.map_or(0, |group| group.matches("<li class=\"site\"").count());
            let want = (count > 0).then(|| format!("{count} {district}"));
            let got = marks.iter().find(|(_, label)| label.ends_with(district)).map(|(_, label)| label.clone());
            assert_eq!(got, want, "{query} {district}");
        }
    }
}

#[tokio::test]
async fn filters_keep_what_nobody_stated_and_say_so() {
    let world = World::new().await;
    four(&world).await;
    let mut phone = world.public();
    let mut check = async |query: &str, want: &[&str]| {
        let page = phone.get(&format!("/sites?district=nowshera&lang=en&{query}")).await;
        let names: Vec<String> = listed(&page).into_iter().map(|(_, name)| name).collect();
        assert_eq!(names, want, "{query}");
        page
    };
    let all = check("", &["Bed", "Shut on Sunday", "Unmeasured", "One-window centre, Nowshera", "Far"]).await;
    assert!(all.has("Open now, until 12:00") && all.has("Closed for today") && all.has("Hours not known"));
    assert!(all.has("2 are not on the map") && all.has("about 37 km"), "{}", all.text());
    check("open=now", &["Bed", "Unmeasured", "One-window centre, Nowshera", "Far"]).await;
    check("service=night_shelter", &["Bed"]).await;
    check("service=register", &["One-window centre, Nowshera"]).await;
    check("language=hindko", &["Shut on Sunday", "Unmeasured", "One-window centre, Nowshera", "Far"]).await;
    let none = check("service=training", &[]).await;
    assert!(none.has("No place fits") && none.has("No place."));
    assert_eq!(phone.get("/sites?district=atlantis&service=nothing&language=x").await.status, 200);
    let old = phone.get("/centres").await;
    assert_eq!((old.status, old.location()), (303, "/sites?service=register".to_owned()));
}

/// The form of a site as the unit fills it.
const FORM: [(&str, &str); 10] = [
    ("kind", "shelter"),
    ("district", "nowshera"),
    ("service", "meals"),
    ("service", "night_shelter"),
    ("name_en", "Panahgah Nowshera"),
    ("name_ur", "پناہ گاہ نوشہرہ"),
    ("point", "۳۴.۰۲, ۷۱.۹۹"),
    ("hours_1", "9-12:30, 14-17"),
    ("capacity", "100"),
    ("phone", "0923 111 111"),
];

fn with<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let replaced = |name: &str| more.iter().any(|(other, _)| *other == name);
    FORM.iter().copied().filter(|(name, _)| !replaced(name)).chain(more.iter().copied()).collect()
}

async fn added(unit: &mut Browser) -> String {
    unit.get("/services/new").await;
    let page = unit.post("/services/new", &with(&[("do", "save")])).await;
    assert_eq!(page.status, 303, "{}", page.text());
    page.location()
}

#[tokio::test]
async fn the_unit_adds_corrects_closes_and_opens_a_site_and_the_public_sees_it() {
    let world = World::new().await;
    crate::routes::appoint_more(&world).await;
    let mut unit = world.desk("unit").await;
    let mut phone = world.public();
    let to = added(&mut unit).await;
    let public = to.replace("/services/", "/sites/");
    let page = phone.get(&format!("{public}?lang=en")).await;
    for text in ["Panahgah Nowshera", "09:00-12:30, 14:00-17:00", "0923 111 111", "100 beds", "geo:34.020000,71.990000"]
    {
        assert!(page.has(text), "{text}: {}", page.text());
    }
    assert!(phone.get(&format!("{public}?lang=ur")).await.has("پناہ گاہ نوشہرہ"));
    let form = unit.get(&to).await;
    let version = form.value("version").expect("a version");
    let seen = unit.post(&to, &with(&[("do", "preview"), ("name_en", "Refuge"), ("version", &version)])).await;
    assert!(seen.status == 200 && seen.has("Refuge") && seen.has("Not saved yet"), "{}", seen.text());
    assert!(!phone.get(&public).await.has("Refuge"), "a preview saves nothing");
    let no_reason = unit.post(&to, &with(&[("do", "save"), ("capacity", "120"), ("version", &version)])).await;
    assert!(no_reason.status == 422 && no_reason.has("Write why this is changed") && no_reason.has("value=\"120\""));
    let saved = [("do", "save"), ("capacity", "120"), ("reason", "counted"), ("version", version.as_str())];
    assert_eq!(unit.post(&to, &with(&saved)).await.status, 303);
    assert!(phone.get(&format!("{public}?lang=en")).await.has("120 beds"));
    let stale = [("do", "save"), ("capacity", "90"), ("reason", "mistaken"), ("version", version.as_str())];
    let stale = unit.post(&to, &with(&stale)).await;
    assert!(stale.status == 409 && stale.has("120") && stale.has("90"), "both answers: {}", stale.text());
    let closed = unit.post(&to, &[("do", "close"), ("reason", "moved away"), ("version", "2")]).await;
    assert_eq!(closed.status, 303);
    assert_eq!(phone.get(&public).await.status, 404);
    let history = unit.get(&to).await;
    for text in ["Added.", "Corrected.", "counted", "Closed for good.", "moved away"] {
        assert!(history.has(text), "{text}");
    }
    assert_eq!(unit.post(&to, &[("do", "reopen"), ("reason", "it did not move"), ("version", "3")]).await.status, 303);
    assert_eq!(phone.get(&public).await.status, 200);
    let rebuilt = world.app.store.rebuild(false).await.expect("rebuilt");
    assert_eq!(rebuilt.differing, Vec::<String>::new(), "the journal tells the whole story");
}

#[tokio::test]
async fn what_does_not_fit_is_a_sentence_beside_its_field() {
    let world = World::new().await;
    crate::routes::appoint_more(&world).await;
    let mut unit = world.desk("unit").await;
    unit.get("/services/new").await;
    let mut check = async |field: &'static str, typed: &'static str, want: &str| {
        let page = unit.post("/services/new", &with(&[(field, typed), ("do", "save")])).await;
        assert!(page.status == 422 && page.has(want), "{field}={typed}: {}", page.text());
    };
    check("name_en", "", "Write a name in English").await;
    check("district", "atlantis", "Choose the district").await;
    check("point", "71.99, 34.02", "not in Pakistan").await;
    check("point", "here", "two numbers of degrees").await;
    check("hours_5", "morning", "Write hours as").await;
    check("hours_5", "17-9", "ends after it begins").await;
    check("capacity", "many", "whole number").await;
    check("service", "refuge", "at least one thing").await;
    assert!(world.app.store.services(&world.system).sites().await.expect("an answer").is_empty());
}

#[tokio::test]
async fn words_are_corrected_per_language_and_taken_back_and_criteria_never() {
    let world = World::new().await;
    crate::routes::appoint_more(&world).await;
    let mut unit = world.desk("unit").await;
    let mut phone = world.public();
    let to = "/texts/situation/illness";
    let form = unit.get(to).await;
    assert!(form.has("Someone in the family is ill") && form.value("version").as_deref() == Some("0"));
    let typed = [("title_en", "Somebody is sick"), ("notice_ur", "دفتر منتقل ہو گیا ہے")];
    let seen = unit.post(to, &[&typed[..], &[("do", "preview"), ("version", "0")]].concat()).await;
    assert!(seen.status == 200 && seen.has("Somebody is sick") && seen.has("Not saved yet"));
    let saved = [&typed[..], &[("do", "save"), ("version", "0"), ("reason", "plainer")]].concat();
    let answer = unit.post(to, &saved).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert!(phone.get("/help/illness?lang=en").await.has("Somebody is sick"));
    assert!(phone.get("/help/illness?lang=ur").await.has("دفتر منتقل ہو گیا ہے"));
    assert!(!phone.get("/help/illness?lang=ps").await.has("دفتر منتقل"), "another language keeps the pack's words");
    let again = unit.post(to, &[&typed[..], &[("do", "save"), ("version", "0"), ("reason", "x")]].concat()).await;
    assert_eq!(again.status, 409, "an older form shows both answers");
    let back = unit.post(to, &[("notice_ur", typed[1].1), ("do", "save"), ("version", "2"), ("reason", "no")]).await;
    assert_eq!(back.status, 303, "{}", back.text());
    assert!(phone.get("/help/illness?lang=en").await.has("Someone in the family is ill"));
    assert!(unit.get(to).await.has("Taken back"));
    let long = "x".repeat(25);
    let refused = unit.post(to, &[("tile_en", &long), ("do", "save"), ("version", "3"), ("reason", "x")]).await;
    assert!(refused.status == 422 && refused.has("at most 24 letters"));
    let programme = unit.get("/texts/programme/bisp-kafaalat").await;
    for never in ["criteri", "amount", "name=\"name_", "name=\"full_", "name=\"tile_"] {
        assert!(!programme.has(never), "{never} is no field here");
    }
    assert_eq!(unit.get("/texts/programme/nothing").await.status, 404);
    assert_eq!(unit.get("/texts/criterion/bisp-kafaalat").await.status, 404);
}

#[tokio::test]
async fn only_the_provincial_unit_opens_the_forms() {
    let world = World::new().await;
    for login in ["clerk.nsr", "zakat.nsr", "admin", "auditor"] {
        let mut desk = world.desk(login).await;
        for path in ["/services", "/services/new", "/texts", "/texts/situation/illness"] {
            assert_eq!(desk.get(path).await.status, 404, "{login} {path}");
        }
    }
}
