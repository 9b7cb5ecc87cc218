//! Who asks where things stand at a desk: the family, a helper whom it named for that, or somebody who is told nothing.

use crate::cases::{Family, SECRET, apply, receipt, turn_clock};
use crate::common::{Browser, Page, World, cast};
use domain::applications::ReceiptCode;

/// Amina Bibi's family, and the visit in which it was registered.
async fn registered(world: &World, desk: &mut Browser) -> (String, Family) {
    let visit = world.registered(desk).await;
    let household = world.household(&visit).await;
    (visit, Family { household: household.id, head: household.members[0].id, district: "nowshera" })
}

/// Somebody asks with the receipt's secret; in English unless it is said.
async fn ask(desk: &mut Browser, code: &ReceiptCode, more: &[(&'static str, &str)]) -> Page {
    desk.get("/status?lang=en").await;
    let code = code.to_string();
    let mut form = vec![("code", code.as_str()), ("secret", SECRET)];
    if !more.iter().any(|(name, _)| *name == "caller_language") {
        form.push(("caller_language", "en"));
    }
    form.extend(more);
    desk.post("/status", &form).await
}

async fn name(desk: &mut Browser, visit: &str, name: &'static str, may: &[&'static str]) -> Page {
    desk.get(&format!("{visit}/helper")).await;
    let mut form = vec![
        ("name", name),
        ("kind", "neighbour"),
        ("until_day", "31"),
        ("until_month", "12"),
        ("until_year", "2026"),
        ("how", "thumb"),
        ("language", "ps"),
    ];
    form.extend(may.iter().map(|may| ("may", *may)));
    desk.post(&format!("{visit}/helper"), &form).await
}

async fn helper(world: &World, amina: &Family, name: &str) -> String {
    let helpers = world.app.store.people(&world.system).helpers(amina.household).await.expect("helpers");
    helpers.iter().find(|helper| helper.named.name == name).expect("named").named.helper.to_string()
}

async fn asked(world: &World) -> Vec<(String, String)> {
    let log = world.app.store.read_log(&world.system, 50).await.expect("the log");
    let calls = log.into_iter().filter(|entry| entry.what.starts_with("status"));
    calls.map(|entry| (entry.what, entry.purpose)).collect()
}

const TOLD: &str = "Kafaalat";
const REFUSED: &str = "only to the family itself";

#[tokio::test]
async fn a_helper_is_told_by_name_until_the_family_takes_it_back() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let (visit, amina) = registered(&world, &mut desk).await;
    let id = apply(&world, &amina, "bisp-kafaalat").await;
    let code = receipt(&world, &amina, vec![id], false).await;
    let unsaid = ask(&mut desk, &code, &[]).await;
    assert!(unsaid.status == 422 && unsaid.has("Choose who is asking") && !unsaid.has(TOLD), "{}", unsaid.text());
    let nobody = ask(&mut desk, &code, &[("asks", "helper")]).await;
    assert!(nobody.has(REFUSED) && !nobody.has(TOLD), "no helper is named: {}", nobody.text());

    assert_eq!(name(&mut desk, &visit, "Gulalai", &["status"]).await.status, 303);
    assert_eq!(name(&mut desk, &visit, "Noor Rehman", &["papers", "apply"]).await.status, 303);
    let which = ask(&mut desk, &code, &[("asks", "helper")]).await;
    assert!(which.has("Gulalai") && which.has("Neighbour") && which.has("31 Dec 2026"), "{}", which.text());
    assert!(!which.has("Noor Rehman") && !which.has(TOLD), "only who may ask, and nothing yet: {}", which.text());
    let gulalai = helper(&world, &amina, "Gulalai").await;
    let other = helper(&world, &amina, "Noor Rehman").await;
    let unchosen = ask(&mut desk, &code, &[("asks", "helper"), ("choosing", "yes")]).await;
    assert!(unchosen.status == 422 && unchosen.has("None of these") && !unchosen.has(TOLD));
    let none = ask(&mut desk, &code, &[("asks", "helper"), ("helper", "nobody")]).await;
    assert!(none.has(REFUSED) && !none.has(TOLD));
    let told = ask(&mut desk, &code, &[("asks", "helper"), ("helper", &gulalai)]).await;
    assert!(told.has(TOLD) && told.has("Gulalai") && told.has("You need not come"), "{}", told.text());
    let without = ask(&mut desk, &code, &[("asks", "helper"), ("helper", &other)]).await;
    assert!(without.status == 422 && without.has("may not ask any more") && !without.has(TOLD));
    desk.get(&format!("{visit}/helper")).await;
    assert_eq!(desk.post(&format!("{visit}/helper/end"), &[("helper", &gulalai)]).await.status, 303);
    let over = ask(&mut desk, &code, &[("asks", "helper"), ("helper", &gulalai)]).await;
    assert!(over.has(REFUSED) && !over.has(TOLD), "taken back, at once: {}", over.text());

    let log = asked(&world).await;
    let helped = ("status".to_owned(), format!("call:helper:secret:{gulalai}"));
    let refused = ("status-refused".to_owned(), "call:no-helper".to_owned());
    assert_eq!(log, [refused.clone(), helped, refused.clone(), refused], "each with who asked");
    let looked = desk.get(&format!("{visit}/looked?lang=en")).await;
    assert!(looked.has("told to the family’s helper") && looked.has("was told nothing"), "{}", looked.text());
    let audit = world.desk("auditor").await.get("/access/reads?lang=en").await;
    assert!(audit.has("told to the family’s helper") && !audit.has("Gulalai"), "{}", audit.text());
}

#[tokio::test]
async fn somebody_else_is_told_nothing_in_every_language_and_whatever_is_on_file() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let (_, amina) = registered(&world, &mut desk).await;
    let id = apply(&world, &amina, "bisp-kafaalat").await;
    let code = receipt(&world, &amina, vec![id], false).await;
    let words = [
        ("en", "only to the family itself"),
        ("ur", "صرف خود خاندان کو بتا سکتے ہیں"),
        ("ps", "یوازې پخپله کورنۍ ته ویلی شو"),
    ];
    for (lang, sentence) in words {
        for code in [&code, &ReceiptCode::from_random(77)] {
            let page = ask(&mut desk, code, &[("asks", "other"), ("caller_language", lang)]).await;
            assert_eq!(page.status, 200);
            assert!(page.has(sentence) && !page.has(TOLD), "{lang}: {}", page.text());
            assert!(page.has(&format!("<blockquote lang=\"{lang}\"")), "in the language of whoever asks");
        }
    }
    let entry = ("status-refused".to_owned(), "call:other".to_owned());
    assert_eq!(asked(&world).await, vec![entry; 6]);
    let looks = world.app.store.looks_at_family(&world.system, amina.household).await.expect("looks");
    assert!(looks.is_empty(), "for officers only");
}

#[tokio::test]
async fn a_helpers_right_ends_with_its_day() {
    let mut world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let (visit, amina) = registered(&world, &mut desk).await;
    let id = apply(&world, &amina, "bisp-kafaalat").await;
    let code = receipt(&world, &amina, vec![id], false).await;
    assert_eq!(name(&mut desk, &visit, "Gulalai", &["status"]).await.status, 303);
    let gulalai = helper(&world, &amina, "Gulalai").await;
    for (now, told) in [("2026-12-31T05:00:00Z", true), ("2027-01-01T05:00:00Z", false)] {
        turn_clock(&mut world, now);
        let mut desk = world.desk("clerk.nsr").await;
        let page = ask(&mut desk, &code, &[("asks", "helper"), ("helper", &gulalai)]).await;
        assert_eq!((page.has(TOLD), page.has(REFUSED)), (told, !told), "{now}: {}", page.text());
    }
}

#[tokio::test]
async fn a_neutral_receipt_is_told_only_to_a_helper_for_private_help() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let (visit, amina) = registered(&world, &mut desk).await;
    let id = apply(&world, &amina, "kpsw-dar-ul-aman").await;
    let code = receipt(&world, &amina, vec![id], true).await;
    assert_eq!(name(&mut desk, &visit, "Gulalai", &["status"]).await.status, 303);
    let page = ask(&mut desk, &code, &[("asks", "helper")]).await;
    assert!(page.has(REFUSED) && !page.has("Gulalai") && !page.has("Your application"), "{}", page.text());
    assert_eq!(name(&mut desk, &visit, "Noor Rehman", &["status", "protected"]).await.status, 303);
    let noor = helper(&world, &amina, "Noor Rehman").await;
    let page = ask(&mut desk, &code, &[("asks", "helper"), ("helper", &noor)]).await;
    assert!(page.has("Your application") && !page.has("Dar-ul-Aman"), "{}", page.text());
}

#[tokio::test]
async fn a_helper_alone_at_the_desk_sees_no_status_without_that_right() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let (first, amina) = registered(&world, &mut desk).await;
    let id = apply(&world, &amina, "bisp-kafaalat").await;
    receipt(&world, &amina, vec![id], false).await;
    let receipts = world.app.store.applications(&world.system).receipts_of_household(amina.household).await;
    let receipt = receipts.expect("receipts").first().expect("one").id;
    assert_eq!(name(&mut desk, &first, "Gulalai", &["papers"]).await.status, 303);
    assert_eq!(name(&mut desk, &first, "Noor Rehman", &["status"]).await.status, 303);
    assert_eq!(desk.post(&format!("{first}/end"), &[]).await.status, 303);
    for (who, may) in [("Gulalai", false), ("Noor Rehman", true)] {
        let visit = world.visit(&mut desk).await;
        desk.get(&format!("{visit}/household?lang=en")).await;
        let attach = [("household", &*amina.household.to_string())];
        assert_eq!(desk.post(&format!("{visit}/attach"), &attach).await.status, 303);
        let came = helper(&world, &amina, who).await;
        assert_eq!(desk.post(&format!("{visit}/here"), &[("who", &came)]).await.status, 303);
        let list = desk.get(&format!("{visit}/apply")).await;
        assert_eq!(list.has(&id.to_string()), may, "{who}: {}", list.text());
        assert_eq!(list.has("They are not shown"), !may, "{who}");
        let page = desk.get(&format!("{visit}/applications/{id}")).await;
        assert_eq!(page.status, if may { 200 } else { 403 }, "{who}");
        let letter = desk.get(&format!("{visit}/applications/{id}/letter")).await;
        assert_eq!(letter.status, if may { 404 } else { 403 }, "{who}: there is no decision to tell of yet");
        let earlier = desk.get(&format!("{visit}/receipt?receipt={receipt}")).await;
        assert_eq!(earlier.status, if may { 200 } else { 403 }, "{who}: an earlier receipt tells it too");
        assert_eq!(desk.post(&format!("{visit}/end"), &[]).await.status, 303);
    }
}

#[tokio::test]
async fn a_number_of_the_family_proves_it_for_a_helper_too() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let (visit, amina) = registered(&world, &mut desk).await;
    let id = apply(&world, &amina, "bisp-kafaalat").await;
    let code = receipt(&world, &amina, vec![id], false).await;
    assert_eq!(name(&mut desk, &visit, "Gulalai", &["status"]).await.status, 303);
    desk.get("/status?lang=en").await;
    let form = [("code", &*code.to_string()), ("asks", "helper"), ("number", cast::AMINA_CNIC)];
    let page = desk.post("/status", &form).await;
    assert!(page.has("Gulalai") && !page.has(TOLD), "{}", page.text());
}
