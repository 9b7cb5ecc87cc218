//! A list of another office: uploaded, tried, imported; found at the desk, received in the file, downloaded harmlessly.

use crate::common::{Browser, Page, World};
use domain::{ids::ImportId, people::ImportState};
use web::{Clock, people::imports::work::Worker};

pub const LIST: &str = include_str!("../../../../docs/guide/examples/zakat-nowshera-2026.csv");
const SOURCE: &str = "District Zakat Committee Nowshera";

/// The browser of who keeps lists.
async fn unit(world: &World) -> Browser {
    world.desk("lists").await
}

fn worker(world: &World) -> Worker {
    let system = store::Scope::system(store::SystemKey::for_this_program());
    Worker::new(world.app.store.clone(), world.app.pack.clone(), Clock::Fixed(crate::common::now()), system)
}

/// What the form of a list sends, with the columns that the page proposes.
fn about(page: &Page, programme: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = [
        ("title", "Guzara 2026"),
        ("stated_on", "2026-10-01"),
        ("programme", programme),
        ("district", "nowshera"),
        ("purpose", "cash"),
        ("per", "half_year"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    let text = page.text();
    for part in text.split("<select class=\"input\" id=\"column_").skip(1) {
        let name = part.split('"').next().expect("a name");
        let select = part.split("</select>").next().expect("a select");
        let chosen = select.split("<option value=\"").find(|option| option.contains("\" selected>"));
        let value = chosen.and_then(|option| option.split('"').next()).unwrap_or_default();
        fields.push((format!("column_{name}"), value.to_owned()));
    }
    fields
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// Uploads a list; the address of its page.
async fn uploaded(unit: &mut Browser, list: &[u8]) -> String {
    unit.get("/people/imports/new").await;
    let page = unit.upload("/people/imports/new", &[("source", SOURCE)], ("list", list)).await;
    assert_eq!(page.status, 303, "{}", page.text());
    page.location()
}

/// The committee's list, imported; the address of its page.
pub async fn imported(world: &World, unit: &mut Browser) -> String {
    taken(world, unit, LIST.as_bytes()).await
}

/// A list, imported; the address of its page.
pub async fn taken(world: &World, unit: &mut Browser, list: &[u8]) -> String {
    let address = uploaded(unit, list).await;
    let page = unit.get(&address).await;
    let fields = about(&page, "");
    let page = unit.post(&format!("{address}/columns"), &borrowed(&fields)).await;
    assert_eq!(page.status, 303, "{}", page.text());
    let worker = worker(world);
    assert!(worker.step().await.expect("tried"));
    assert_eq!(unit.get(&address).await.status, 200);
    let page = unit.post(&format!("{address}/start"), &[]).await;
    assert_eq!(page.status, 303, "{}", page.text());
    while worker.step().await.expect("imported") {}
    address
}

fn import_of(address: &str) -> ImportId {
    address.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an import's address")
}

#[tokio::test]
async fn a_list_is_tried_without_writing_and_then_imported() {
    let world = World::new().await;
    let mut clerk = world.desk("clerk.nsr").await;
    let visit = world.registered(&mut clerk).await;
    let mut unit = unit(&world).await;
    let address = uploaded(&mut unit, LIST.as_bytes()).await;
    let page = unit.get(&address).await;
    assert!(page.has("Name of Mustahiq") && page.has("آمنہ بی بی"), "the first rows are shown");
    let fields = about(&page, "");
    let mapped = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone());
    assert_eq!(mapped("column_given").as_deref(), Some("Name of Mustahiq"));
    assert_eq!(mapped("column_number").as_deref(), Some("CNIC No"));
    let early = unit.post(&format!("{address}/start"), &[]).await;
    assert_eq!(early.status, 422, "nothing is imported that was not tried");
    unit.post(&format!("{address}/columns"), &borrowed(&fields)).await;
    assert!(unit.get(&address).await.has("being tried"));
    let worker = worker(&world);
    assert!(worker.step().await.expect("tried"));
    let tried = unit.get(&address).await;
    assert!(tried.has("nothing is written yet") && tried.has("the same row was taken before"), "{}", tried.text());
    assert!(world.app.store.lists(&world.system).import(import_of(&address)).await.expect("an answer").is_none());
    let started = unit.post(&format!("{address}/start"), &[]).await;
    assert_eq!(started.status, 303, "{}", started.text());
    assert!(unit.get(&address).await.has("Rows taken so far"));
    while worker.step().await.expect("imported") {}
    let import = world.app.store.lists(&world.system).import(import_of(&address)).await.expect("an answer");
    let import = import.expect("the import");
    assert_eq!(import.state, ImportState::Finished);
    let t = import.tally;
    assert_eq!((t.new, t.matched, t.review, t.refused), (3, 1, 1, 2), "Amina is known; her number under another name");
    let page = unit.get(&address).await;
    assert!(page.has("no name") && page.has("but another name"), "{}", page.text());
    let household = clerk.get(&format!("{visit}/household")).await;
    assert!(household.has("Received, by lists") && household.has("Rs 12,000") && household.has(SOURCE));
    assert!(world.app.store.rebuild(false).await.expect("a rebuild").differing.is_empty());
}

#[tokio::test]
async fn the_same_file_again_changes_nothing() {
    let world = World::new().await;
    let mut unit = unit(&world).await;
    let address = imported(&world, &mut unit).await;
    unit.get("/people/imports/new").await;
    let again = unit.upload("/people/imports/new", &[("source", SOURCE)], ("list", LIST.as_bytes())).await;
    assert_eq!(again.status, 422);
    assert!(again.has("was imported on") && again.has(&address));
    // The same rows in another file: each is known.
    let other = uploaded(&mut unit, format!("{LIST}\n").as_bytes()).await;
    let page = unit.get(&other).await;
    assert!(page.has("Name of Mustahiq\" selected"), "its columns are remembered");
    let fields = about(&page, "");
    unit.post(&format!("{other}/columns"), &borrowed(&fields)).await;
    let worker = worker(&world);
    worker.step().await.expect("tried");
    unit.post(&format!("{other}/start"), &[]).await;
    while worker.step().await.expect("imported") {}
    let import = world.app.store.lists(&world.system).import(import_of(&other)).await.expect("an answer");
    assert_eq!(import.expect("it").tally.refused, 7);
}

#[tokio::test]
async fn a_listed_family_is_found_at_the_desk_and_registered_from_the_list() {
    let world = World::new().await;
    let mut unit = unit(&world).await;
    imported(&world, &mut unit).await;
    let mut clerk = world.desk("clerk.nsr").await;
    let visit = world.visit(&mut clerk).await;
    clerk.get(&format!("{visit}/household")).await;
    let found = clerk.post(&format!("{visit}/search"), &[("q", "17201-5555555-3")]).await;
    assert!(found.has("on a list, not registered") && found.has(SOURCE), "{}", found.text());
    let register = found.links(&format!("{visit}/register?listing=")).pop().expect("a way to register");
    let form = clerk.get(&register).await;
    assert_eq!(form.value("given").as_deref(), Some("Noor Rehman"));
    let listing = form.value("listing").expect("the row");
    let fields = [
        ("listing", listing.as_str()),
        ("given", "Noor Rehman"),
        ("father", "Gul Rehman"),
        ("sex", "male"),
        ("birth_year", "1961"),
        ("number_kind", "cnic"),
        ("number", "17201-5555555-3"),
        ("number_check", "paper_seen"),
        ("district", "nowshera"),
        ("province_permanent", "khyber-pakhtunkhwa"),
        ("village", "Akora Khattak"),
    ];
    let registered = clerk.post(&format!("{visit}/register"), &fields).await;
    assert_eq!(registered.status, 303, "{}", registered.text());
    let household = clerk.get(&format!("{visit}/household")).await;
    assert!(household.has("Received, by lists") && household.has("Rs 12,000"), "{}", household.text());
    let mut dir = world.desk("clerk.dir").await;
    let other = world.visit(&mut dir).await;
    dir.get(&format!("{other}/household")).await;
    let hidden = dir.post(&format!("{other}/search"), &[("q", "Zarmina w/o Spin Gul")]).await;
    assert!(!hidden.has("Spin Gul</bdi></dd>") && hidden.links(&format!("{other}/register?listing=")).is_empty());
}

#[tokio::test]
async fn a_download_holds_the_reason_and_no_formula() {
    let world = World::new().await;
    let mut unit = unit(&world).await;
    let address = imported(&world, &mut unit).await;
    let page = unit.get(&format!("{address}/rows/refused")).await;
    assert_eq!(page.status, 200);
    assert!(page.has("no name") && page.has("the same row was taken before"), "{}", page.text());
    let page = unit.get(&format!("{address}/rows/new")).await;
    assert!(page.has("\"'=HYPERLINK(\"\"http://example.invalid\"\")\""), "{}", page.text());
    assert_eq!(unit.get(&format!("{address}/rows/anything")).await.status, 404);
}

#[tokio::test]
async fn a_bad_file_is_said_to_be_one_and_nothing_is_kept() {
    let world = World::new().await;
    let mut unit = unit(&world).await;
    let mut check = async |bytes: &[u8], sentence: &str| {
        unit.get("/people/imports/new").await;
        let page = unit.upload("/people/imports/new", &[("source", SOURCE)], ("list", bytes)).await;
        assert_eq!(page.status, 422);
        assert!(page.has(sentence), "{sentence}: {}", page.text());
    };
    check(b"\xFF\xFEN\0a\0", "UTF-16").await;
    check(b"%PDF-1.4", "neither a table").await;
    check(b"Name,CNIC\n", "no rows under").await;
    assert!(world.app.store.lists(&world.system).dry_runs(9).await.expect("jobs").is_empty());
}

#[tokio::test]
async fn a_list_of_a_protected_programme_is_not_imported() {
    let world = World::new().await;
    let mut unit = unit(&world).await;
    let address = uploaded(&mut unit, LIST.as_bytes()).await;
    let page = unit.get(&address).await;
    assert!(!page.has("value=\"kpsw-dar-ul-aman\""), "it is not offered");
    let fields = about(&page, "kpsw-dar-ul-aman");
    let page = unit.post(&format!("{address}/columns"), &borrowed(&fields)).await;
    assert_eq!(page.status, 422);
    assert!(page.has("Its lists are not imported"), "{}", page.text());
}

#[tokio::test]
async fn an_import_is_stopped_and_what_was_taken_stays() {
    let world = World::new().await;
    let mut unit = unit(&world).await;
    let address = uploaded(&mut unit, LIST.as_bytes()).await;
    let fields = about(&unit.get(&address).await, "");
    unit.post(&format!("{address}/columns"), &borrowed(&fields)).await;
    let worker = worker(&world);
    worker.step().await.expect("tried");
    unit.post(&format!("{address}/start"), &[]).await;
    let cancelled = unit.post(&format!("{address}/cancel"), &[]).await;
    assert_eq!(cancelled.status, 303, "{}", cancelled.text());
    assert!(!worker.step().await.expect("nothing to do"));
    assert!(unit.get(&address).await.has("stopped"));
    // A file whose import was stopped can be imported after all.
    uploaded(&mut unit, LIST.as_bytes()).await;
}
