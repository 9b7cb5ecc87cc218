//! What a family can ask of its own file: a status read aloud, who looked, and consent taken back.

use crate::cases::{Family, SECRET, apply, receipt, step, turn_clock};
use crate::common::{Browser, Page, World, cast};
use domain::{
    applications::{Actor, ReceiptCode, Status},
    people::ConsentPurpose,
};

/// Amina Bibi's family as a visit registered it.
async fn registered(world: &World, desk: &mut Browser) -> (String, Family) {
    let visit = world.registered(desk).await;
    let household = world.household(&visit).await;
    (visit, Family { household: household.id, head: household.members[0].id, district: "nowshera" })
}

async fn ask(desk: &mut Browser, code: &ReceiptCode, more: &[(&'static str, &str)]) -> Page {
    desk.get("/status").await;
    let code = code.to_string();
    let mut form = vec![("code", code.as_str()), ("asks", "family")];
    form.extend(more);
    desk.post("/status", &form).await
}

#[tokio::test]
async fn a_status_is_told_for_the_secret_or_a_members_number_and_all_else_reads_alike() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let (_, amina) = registered(&world, &mut desk).await;
    let id = apply(&world, &amina, "bisp-kafaalat").await;
    let code = receipt(&world, &amina, vec![id], false).await;
    let told = ask(&mut desk, &code, &[("secret", SECRET), ("caller_language", "en")]).await;
    assert_eq!(told.status, 200);
    assert!(told.has("Kafaalat") && told.has("You need not come") && told.has("Until:"), "{}", told.text());
    assert!(!told.has("Amina") && !told.has("17201"), "nobody is named");
    assert_eq!(ask(&mut desk, &code, &[("number", cast::AMINA_CNIC)]).await.status, 200);
    // In the family's language unless the caller asks for another.
    assert!(ask(&mut desk, &code, &[("secret", SECRET)]).await.has("<blockquote lang=\"ps\" dir=\"rtl\">"));
    let unknown = ReceiptCode::from_random(77);
    let wrong = [(&code, ("secret", "000000")), (&unknown, ("secret", SECRET)), (&code, ("number", "17201-2345678-4"))];
    for (code, proof) in wrong {
        let page = ask(&mut desk, code, &[proof]).await;
        assert_eq!(page.status, 422);
        assert!(page.has("This does not fit together"));
    }
    assert_eq!(ask(&mut desk, &code, &[]).await.status, 422, "the code alone tells nobody anything");
    // A number opens families of one's own district only; the secret opens its receipt at any centre.
    let mut stranger = world.desk("clerk.dir").await;
    assert_eq!(ask(&mut stranger, &code, &[("number", cast::AMINA_CNIC)]).await.status, 422);
    assert_eq!(ask(&mut stranger, &code, &[("secret", SECRET)]).await.status, 200);
    for login in ["token.nsr", "bisp.nsr", "admin"] {
        assert_eq!(world.desk(login).await.get("/status").await.status, 404, "{login}");
    }
    let log = world.app.store.read_log(&world.system, 20).await.expect("read");
    let calls: Vec<&str> = log.iter().filter(|e| e.what == "status").map(|e| e.purpose.as_str()).collect();
    assert_eq!(
        calls,
        ["call:family:secret", "call:family:secret", "call:family:card", "call:family:secret"],
        "each reading, none of the refusals"
    );
}

#[tokio::test]
async fn a_protected_receipt_is_read_in_neutral_words_and_for_its_secret_only() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let (_, amina) = registered(&world, &mut desk).await;
    let id = apply(&world, &amina, "kpsw-dar-ul-aman").await;
    let code = receipt(&world, &amina, vec![id], true).await;
    assert_eq!(ask(&mut desk, &code, &[("number", cast::AMINA_CNIC)]).await.status, 422);
    let told = ask(&mut desk, &code, &[("secret", SECRET), ("caller_language", "en")]).await;
    assert!(told.has("Your application") && told.has("the office"));
    assert!(!told.has("Social Welfare") && !told.has("Dar-ul-Aman") && !told.has("Dar ul Aman"), "{}", told.text());
}

#[tokio::test]
async fn an_officer_who_types_many_wrong_codes_waits_whatever_code_comes_next() {
    let mut world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let (_, amina) = registered(&world, &mut desk).await;
    let id = apply(&world, &amina, "bisp-kafaalat").await;
    let code = receipt(&world, &amina, vec![id], false).await;
    for draw in 0..5 {
        assert_eq!(ask(&mut desk, &ReceiptCode::from_random(draw), &[("secret", "111111")]).await.status, 422);
    }
    let slowed = ask(&mut desk, &code, &[("secret", SECRET)]).await;
    assert_eq!(slowed.status, 422);
    assert!(slowed.has("Wait 10 seconds"));
    assert_eq!(
        ask(&mut world.desk("worker.nsr").await, &code, &[("secret", SECRET)]).await.status,
        200,
        "nobody else does"
    );
    turn_clock(&mut world, "2026-11-22T04:00:11Z");
    let mut desk = world.desk("clerk.nsr").await;
    assert_eq!(ask(&mut desk, &code, &[("secret", SECRET)]).await.status, 200);
}

#[tokio::test]
async fn a_family_sees_which_offices_looked_and_nothing_of_protected_help() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let (visit, amina) = registered(&world, &mut desk).await;
    let (ordinary, protected) =
        (apply(&world, &amina, "bisp-kafaalat").await, apply(&world, &amina, "kpsw-dar-ul-aman").await);
    let code = receipt(&world, &amina, vec![ordinary], false).await;
    let neutral = receipt(&world, &amina, vec![protected], true).await;
    for (login, id) in [("bisp.nsr", ordinary), ("welfare.nsr", protected)] {
        let mut focal = world.desk(login).await;
        assert_eq!(focal.get(&format!("/applications/{id}")).await.status, 200, "{login}");
    }
    desk.post("/people", &[("q", "Amina")]).await;
    let page = desk.get(&format!("{visit}/looked?lang=en")).await;
    let main = page.text().split("<main").nth(1).expect("a page").to_owned();
    assert!(main.contains("Benazir Income Support") && main.contains("for an application in the inbox"), "{main}");
    assert!(main.contains("One-window centre") && main.contains("in a visit"));
    assert!(!main.contains("clerk.nsr") && !main.contains("bisp.nsr"), "no officer is named");
    assert!(!main.contains("Social Welfare"), "who looks at protected help is not told");
    let sheet = desk.get(&format!("{visit}/looked/sheet?in=en")).await;
    assert!(sheet.has("Benazir Income Support") && !sheet.has("Social Welfare"));
    let open = async |code: &ReceiptCode| {
        let mut phone = world.public();
        let address = format!("/track/{}/looked?lang=en", code.plain());
        assert!(!phone.get(&address).await.has("Who looked"), "not before the secret");
        phone.get("/track").await;
        assert_eq!(phone.post("/track", &[("code", &code.to_string()), ("secret", SECRET)]).await.status, 303);
        phone.get(&address).await
    };
    let page = open(&code).await;
    assert!(page.has("Benazir Income Support") && page.has("One-window centre"));
    assert!(!page.has("Social Welfare") && !page.has("nsr"));
    let page = open(&neutral).await;
    assert!(
        page.has("an office: application") && !page.has("Social Welfare") && !page.has("Benazir"),
        "{}",
        page.text()
    );
    let stranger = world.desk("clerk.dir").await.get(&format!("{visit}/looked")).await;
    assert_eq!(stranger.status, 404);
}

#[tokio::test]
async fn what_follows_is_said_before_consent_is_taken_back() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let (visit, amina) = registered(&world, &mut desk).await;
    let address = format!("{visit}/consent/withdraw");
    assert!(desk.get(&format!("{address}?lang=en")).await.has("there is nothing to take back"));
    let yes = [("consent_keep", "yes"), ("consent_forward", "yes"), ("how", "spoken"), ("language", "ur")];
    desk.get(&format!("{visit}/consent")).await;
    assert_eq!(desk.post(&format!("{visit}/consent"), &yes).await.status, 303);
    let id = apply(&world, &amina, "bisp-kafaalat").await;
    apply(&world, &amina, "kpsw-dar-ul-aman").await;
    let page = desk.get(&address).await;
    assert!(page.has("One application waits for an answer"), "the protected one is not counted: {}", page.text());
    assert!(!page.has("value=\"message\""), "what was never agreed to is not taken back");
    step(&world, id, Status::Withdrawn, Actor::Desk).await;
    assert!(desk.get(&address).await.has("No application waits"));
    assert_eq!(desk.post(&address, &[("how", "spoken")]).await.status, 422);
    assert_eq!(desk.post(&address, &[("purpose", "forward")]).await.status, 422);
    let before = world.household(&visit).await;
    assert_eq!(desk.post(&address, &[("purpose", "forward"), ("how", "spoken")]).await.status, 303);
    let after = world.household(&visit).await;
    assert_eq!(after.consent(ConsentPurpose::Forward), Some(false));
    assert_eq!((after.consent(ConsentPurpose::Keep), after.version), (Some(true), before.version + 1));
}
