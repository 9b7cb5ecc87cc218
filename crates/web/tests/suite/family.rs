//! What a family can do about its own file: have it corrected, and let somebody act for it.

use crate::cases::{Family, SECRET, apply, receipt, turn_clock};
use crate::common::{Browser, Page, World, cast};
use domain::{
    applications::ReceiptCode,
    ids::ApplicationId,
    people::{Correction, CorrectionState, HelperMay},
};

/// A visit in which Amina Bibi was registered, an application and its receipt.
async fn registered(world: &World, desk: &mut Browser) -> (String, Family, ApplicationId, ReceiptCode) {
    let visit = world.registered(desk).await;
    let household = world.household(&visit).await;
    let amina = Family { household: household.id, head: household.members[0].id, district: "nowshera" };
    let id = apply(world, &amina, "bisp-kafaalat").await;
    let code = receipt(world, &amina, vec![id], false).await;
    (visit, amina, id, code)
}

/// A phone on which a receipt was opened.
async fn phone(world: &World, code: &ReceiptCode) -> Browser {
    let mut phone = world.public();
    phone.get("/track?lang=en").await;
    let opened = phone.post("/track", &[("code", &code.to_string()), ("secret", SECRET)]).await;
    assert_eq!(opened.status, 303, "{}", opened.text());
    phone
}

const NAME: [(&str, &str); 4] = [
    ("field", "name"),
    ("whose", "the mother"),
    ("should_be", "Aminah Begum"),
    ("why", "so it stands on the new card"),
];

async fn ask(phone: &mut Browser, code: &ReceiptCode, form: &[(&str, &str)]) -> Page {
    let address = format!("/track/{}/correct", code.plain());
    phone.get(&address).await;
    phone.post(&address, form).await
}

async fn requests(world: &World, amina: &Family) -> Vec<Correction> {
    world.app.store.corrections(&world.system).of_household(amina.household).await.expect("requests")
}

/// The correction's form as its page gives it, with another name.
fn renamed(page: &Page, amina: &Family) -> Vec<(&'static str, String)> {
    let mut form: Vec<(&'static str, String)> = cast::amina_form()
        .into_iter()
        .filter(|(name, _)| *name != "given" && !name.starts_with("phone"))
        .map(|(name, value)| (name, value.to_owned()))
        .collect();
    form.push(("given", "Aminah Begum".to_owned()));
    form.push(("relationship", "head".to_owned()));
    form.push(("person", amina.head.to_string()));
    form.push(("version", page.value("version").expect("a version")));
    form.push(("words", "It is as on the new card now.".to_owned()));
    form
}

async fn send(browser: &mut Browser, path: &str, form: &[(&'static str, String)]) -> Page {
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post(path, &form).await
}

#[tokio::test]
async fn what_is_wrong_is_asked_with_the_receipt_corrected_at_the_centre_and_told_without_the_value() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let (_, amina, id, code) = registered(&world, &mut desk).await;
    let mut stranger = world.public();
    let closed = stranger.get(&format!("/track/{}/correct?lang=en", code.plain())).await;
    assert!(closed.has("First open your receipt") && !closed.has("should_be"), "not before the secret");
    let mut phone = phone(&world, &code).await;
    let asked = ask(&mut phone, &code, &NAME).await;
    assert_eq!(asked.location(), format!("/track/{}?done=correction", code.plain()), "{}", asked.text());
    let track = phone.get(&asked.location()).await;
    assert!(track.has("It is with the centre") && track.has("with the centre") && track.has("answer by"));
    for value in ["Amina", "Aminah", "the mother", "new card", "17201"] {
        assert!(!track.has(value), "{value} stands on the public page");
    }
    assert!(ask(&mut phone, &code, &NAME).await.has("This was asked already"));
    assert_eq!(requests(&world, &amina).await.len(), 1);

    let list = desk.get("/people/corrections?lang=en").await;
    let address = list.links("/people/corrections/").pop().expect("the request is listed");
    assert!(list.has("the mother"));
    let page = desk.get(&address).await;
    assert!(page.has("Aminah Begum") && page.has("value=\"Amina Bibi\""), "asked and on file: {}", page.text());
    let done = send(&mut desk, &format!("{address}/accept"), &renamed(&page, &amina)).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let household =
        world.app.store.people(&world.system).household(amina.household).await.expect("read").expect("there");
    assert_eq!(household.members[0].details.given, "Aminah Begum");
    let application = world.app.store.applications(&world.system).get(id).await.expect("read").expect("there");
    assert_eq!(application.flags.len(), 1, "the department is told");
    let page = desk.get(&address).await;
    assert!(page.has("Kafaalat") && !page.has("/accept"), "what stood on it is named: {}", page.text());
    let one = requests(&world, &amina).await.pop().expect("the request");
    assert_eq!((one.state, one.version), (CorrectionState::Accepted, 2));
    let track = phone.get(&format!("/track/{}", code.plain())).await;
    assert!(track.has("corrected") && track.has("It is as on the new card now."));
    assert!(!track.has("Aminah"), "the value stays inside");
    let looked = phone.get(&format!("/track/{}/looked", code.plain())).await;
    assert!(looked.has("One-window centre"), "the opening is told");
}

#[tokio::test]
async fn a_request_is_refused_in_words_answered_once_and_only_by_its_centre() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let (visit, amina, _, code) = registered(&world, &mut desk).await;
    let mut phone = phone(&world, &code).await;
    for missing in 0..4 {
        let mut form = NAME.to_vec();
        form.remove(missing);
        let page = ask(&mut phone, &code, &form).await;
        assert_eq!(page.status, 422, "{form:?}");
        assert!(missing == 2 || page.has("Aminah Begum"), "what was typed comes back");
    }
    assert_eq!(ask(&mut phone, &code, &NAME).await.status, 303);
    let address = desk.get("/people/corrections?lang=en").await.links("/people/corrections/").pop().expect("listed");
    for login in ["clerk.dir", "manager.dir"] {
        let mut other = world.desk(login).await;
        assert!(other.get("/people/corrections?lang=en").await.has("No request waits"), "{login}");
        assert_eq!(other.get(&address).await.status, 404, "{login}");
        assert_eq!(other.post(&format!("{address}/refuse"), &[("refusal", "no")]).await.status, 404, "{login}");
    }
    let page = desk.post(&format!("{address}/refuse"), &[]).await;
    assert!(page.status == 422 && page.has("Write for the family why"), "{}", page.text());
    // Nothing typed differs from the file, and nothing was corrected elsewhere since.
    let page = desk.get(&address).await;
    let mut same = renamed(&page, &amina);
    same.iter_mut().filter(|(name, _)| *name == "given").for_each(|(_, value)| *value = "Amina Bibi".to_owned());
    let unchanged = send(&mut desk, &format!("{address}/accept"), &same).await;
    assert!(unchanged.status == 422 && unchanged.has("Nothing on file has changed"), "{}", unchanged.text());
    let refuse = [("refusal", "The card that you showed has this name.")];
    assert_eq!(desk.post(&format!("{address}/refuse"), &refuse).await.status, 303);
    let again = desk.post(&format!("{address}/refuse"), &refuse).await;
    assert!(again.status == 422 && again.has("answered meanwhile"));
    let track = phone.get(&format!("/track/{}", code.plain())).await;
    assert!(track.has("not corrected") && track.has("The card that you showed has this name."));

    // At the desk, by name, with the paper; corrected on the family's own page, then accepted.
    desk.get(&format!("{visit}/correct")).await;
    let form = [("field", "members"), ("should_be", "Hamza is missing"), ("why", "he was born"), ("paper", "B-Form")];
    assert_eq!(desk.post(&format!("{visit}/correct"), &form).await.status, 303);
    assert!(desk.get(&format!("{visit}/household")).await.has("One request for a correction waits"));
    let address = desk.get("/people/corrections").await.links("/people/corrections/").pop().expect("listed");
    let accept = format!("{address}/accept");
    assert!(desk.get(&address).await.has("B-Form"));
    assert_eq!(desk.post(&accept, &[]).await.status, 422, "nothing was corrected yet");
    desk.get(&format!("{visit}/members/new")).await;
    assert_eq!(desk.post(&format!("{visit}/members/new"), &cast::children_forms()[2]).await.status, 303);
    desk.get(&address).await;
    assert_eq!(desk.post(&accept, &[]).await.status, 303);
}

#[tokio::test]
async fn a_correction_made_from_an_older_page_shows_both_answers() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let (visit, amina, _, code) = registered(&world, &mut desk).await;
    let mut phone = phone(&world, &code).await;
    assert_eq!(ask(&mut phone, &code, &NAME).await.status, 303);
    let address = desk.get("/people/corrections?lang=en").await.links("/people/corrections/").pop().expect("listed");
    let form = renamed(&desk.get(&address).await, &amina);
    desk.get(&format!("{visit}/members/new")).await;
    assert_eq!(desk.post(&format!("{visit}/members/new"), &cast::children_forms()[0]).await.status, 303);
    desk.get(&format!("{address}?person={}", amina.head)).await;
    let stale = send(&mut desk, &format!("{address}/accept"), &form).await;
    assert!(stale.status == 409 && stale.has("Aminah Begum") && stale.has("Amina Bibi"), "{}", stale.text());
    assert_eq!(requests(&world, &amina).await[0].state, CorrectionState::Asked);
}

/// Names Gulalai as the helper of a visit's family.
async fn name(desk: &mut Browser, visit: &str, may: &[&'static str]) -> Page {
    desk.get(&format!("{visit}/helper")).await;
    let mut form = vec![
        ("name", "Gulalai"),
        ("kind", "lady_health_worker"),
        ("until", "2026-12-31"),
        ("how", "thumb"),
        ("language", "ps"),
    ];
    form.extend(may.iter().map(|may| ("may", *may)));
    desk.post(&format!("{visit}/helper"), &form).await
}

/// A second visit, to which Gulalai comes for the family.
async fn comes_alone(world: &World, desk: &mut Browser, amina: &Family) -> String {
    let visit = world.visit(desk).await;
    desk.get(&format!("{visit}/household")).await;
    let found = desk.post(&format!("{visit}/attach"), &[("household", &amina.household.to_string())]).await;
    assert_eq!(found.status, 303, "{}", found.text());
    visit
}

#[tokio::test]
async fn a_helper_does_what_the_family_said_until_it_takes_it_back() {
    let mut world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let (first, amina, _, code) = registered(&world, &mut desk).await;
    desk.get("/desk?lang=en").await;
    for (may, want) in [(&[][..], "Tick what"), (&["protected"], "Tick what"), (&["messages"], "Write the phone")] {
        let page = name(&mut desk, &first, may).await;
        assert!(page.status == 422 && page.has(want), "{may:?}: {}", page.text());
    }
    assert_eq!(name(&mut desk, &first, &["status", "papers"]).await.status, 303);
    assert!(!desk.get(&format!("{first}/household")).await.has("Who came today?"), "the family is here and said so");
    assert!(desk.get(&format!("{first}/helper/sheet?in=ur")).await.has("ہمارے خاندان کا مددگار"));
    assert_eq!(desk.post(&format!("{first}/end"), &[]).await.status, 303);

    let visit = comes_alone(&world, &mut desk, &amina).await;
    let page = desk.get(&format!("{visit}/household")).await;
    assert!(page.has("Who came today?") && page.has("bring papers"), "{}", page.text());
    let helpers = world.app.store.people(&world.system).helpers(amina.household).await.expect("helpers");
    let helper = helpers[0].named.helper.to_string();
    assert_eq!(desk.post(&format!("{visit}/here"), &[("who", "nobody")]).await.status, 422);
    assert_eq!(desk.post(&format!("{visit}/here"), &[("who", &helper)]).await.status, 303);
    let page = desk.get(&format!("{visit}/household")).await;
    assert!(page.has("Here for the family:") && page.has("Gulalai"));
    let refused = [
        ("consent", vec![("consent_keep", "no"), ("how", "spoken"), ("language", "ps")]),
        ("members/new", cast::children_forms()[0].clone()),
        ("members-complete", vec![("complete", "yes")]),
    ];
    for (what, form) in refused {
        let page = desk.post(&format!("{visit}/{what}"), &form).await;
        assert!(page.status == 403 && page.has("The helper may not do this"), "{what}: {}", page.status);
    }
    assert_eq!(name(&mut desk, &visit, &["apply"]).await.status, 422, "named already");
    assert_eq!(desk.post(&format!("{visit}/helper/end"), &[("helper", &helper)]).await.status, 403);
    let looked = desk.get(&format!("{visit}/looked")).await;
    assert!(looked.has("in a visit of the family’s helper"), "{}", looked.text());

    let mut phone = phone(&world, &code).await;
    let track = phone.get(&format!("/track/{}", code.plain())).await;
    assert!(track.has("Lady health worker") && !track.has("Gulalai"), "who it is, not by name");
    let mut stranger = world.public();
    stranger.get("/track").await;
    let end = format!("/track/{}/helper", code.plain());
    assert_eq!(stranger.post(&end, &[("helper", &helper)]).await.status, 200, "the form for code and secret");
    assert!(world.app.store.people(&world.system).helpers(amina.household).await.expect("read")[0].ended_on.is_none());
    let ended = phone.post(&end, &[("helper", &helper)]).await;
    assert_eq!(ended.location(), format!("/track/{}?done=helper", code.plain()));
    assert!(!phone.get(&ended.location()).await.has("Lady health worker"));
    assert_eq!(
        desk.post(&format!("{visit}/members-complete"), &[("complete", "yes")]).await.status,
        403,
        "still alone"
    );
    assert_eq!(desk.post(&format!("{visit}/end"), &[]).await.status, 303);

    // Another naming ends by itself with its day.
    let visit = comes_alone(&world, &mut desk, &amina).await;
    assert!(!desk.get(&format!("{visit}/household")).await.has("Who came today?"));
    assert_eq!(name(&mut desk, &visit, &["apply"]).await.status, 303);
    turn_clock(&mut world, "2027-01-01T05:00:00Z");
    let mut desk = world.desk("clerk.nsr").await;
    let visit = comes_alone(&world, &mut desk, &amina).await;
    assert!(!desk.get(&format!("{visit}/household")).await.has("Who came today?"), "over");
    let helpers = world.app.store.people(&world.system).helpers(amina.household).await.expect("helpers");
    assert!(helpers[0].may(HelperMay::Apply) && !helpers[0].holds_on(world.app.today()));
}

#[tokio::test]
async fn a_neutral_receipt_tells_of_no_helper_and_corrects_without_words() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let (visit, amina, _, _) = registered(&world, &mut desk).await;
    assert_eq!(name(&mut desk, &visit, &["status"]).await.status, 303);
    let shelter = apply(&world, &amina, "kpsw-dar-ul-aman").await;
    let neutral = receipt(&world, &amina, vec![shelter], true).await;
    let mut phone = phone(&world, &neutral).await;
    let page = phone.get(&format!("/track/{}", neutral.plain())).await;
    assert!(!page.has("Lady health worker"), "whoever finds it does not learn whom the family trusts");
    assert_eq!(ask(&mut phone, &neutral, &NAME).await.status, 303);
    let list = desk.get("/people/corrections?lang=en").await;
    let address = list.links("/people/corrections/").pop().expect("the request is listed");
    let page = desk.get(&address).await;
    assert!(!page.has(&neutral.to_string()) && !page.has("Dar"), "the centre reads the request, not the receipt");
}

#[tokio::test]
async fn whoever_appoints_officers_names_a_deputy_for_one_on_leave_and_either_ends_it() {
    let world = World::new().await;
    let (mut admin, mut away) = (world.desk("admin").await, world.desk("bisp.nsr").await);
    let of = async |login| {
        world.app.store.officers(&world.system).by_login(login).await.expect("an answer").expect("there").id.to_string()
    };
    let (officer, deputy) = (of("bisp.nsr").await, of("bisp.dir").await);
    let address = format!("/officers/{officer}/deputy");
    let page = admin.get(&format!("{address}?lang=en")).await;
    assert!(page.has("bisp.dir") && !page.has("zakat.nsr") && !page.has("bisp2.nsr"), "{}", page.text());
    let form = [("deputy", deputy.as_str()), ("from", "2026-11-22"), ("until", "2026-11-30")];
    let stranger = of("zakat.nsr").await;
    let other = [("deputy", stranger.as_str()), ("from", "2026-11-22"), ("until", "2026-11-30")];
    assert_eq!(admin.post(&address, &other).await.status, 422, "another department");
    let mut clerk = world.desk("manager.nsr").await;
    assert_eq!(clerk.post(&address, &form).await.status, 404, "nobody else names one");
    for ends in ["admin", "officer"] {
        admin.get(&address).await;
        assert_eq!(admin.post(&address, &form).await.status, 303);
        let mine = away.get("/applications/deputy?lang=en").await;
        assert!(mine.has("bisp.dir stands in for you"), "the officer reads it: {}", mine.text());
        let text = mine.text();
        let (_, rest) = text.split_once("action=\"/applications/deputy/").expect("the form that ends it");
        let naming = rest.split('/').next().expect("its key").to_owned();
        let page = match ends {
            "admin" => admin.post(&format!("{address}/{naming}/end"), &[]).await,
            _ => away.post(&format!("/applications/deputy/{naming}/end"), &[]).await,
        };
        assert_eq!(page.status, 303, "{ends}");
        assert!(!away.get("/applications/deputy").await.has("stands in for you"));
    }
}
