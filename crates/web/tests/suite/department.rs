//! The department's desk: whose inbox, the walk of a decision with its clocks, refusals, papers, deliveries.

use crate::cases::{apply, card, family, receipt, stands, step, turn_clock};
use crate::common::{Browser, World};
use domain::{
    applications::{Actor, ApplicationFlagged, Status},
    event::Change,
    ids::ApplicationId,
};
use expect_test::{Expect, expect};

fn address(id: ApplicationId) -> String {
    format!("/applications/{id}")
}

/// Takes a step from the page as it stands now.
async fn take(desk: &mut Browser, id: ApplicationId, to: &str, more: &[(&str, &str)]) -> crate::common::Page {
    let version = desk.get(&format!("{}?to={to}", address(id))).await.value("version").unwrap_or_default();
    let mut fields = vec![("version", version.as_str()), ("to", to)];
    fields.extend(more);
    desk.post(&format!("{}/move", address(id)), &fields).await
}

async fn check(world: &World, id: ApplicationId, want: Expect) {
    want.assert_eq(&stands(world, id).await);
}

#[tokio::test]
async fn a_focal_person_sees_the_inbox_of_one_operator_and_district_and_no_other() {
    let world = World::new().await;
    let amina = family(&world, "Amina Bibi", "nowshera").await;
    let gulalai = family(&world, "Gulalai", "lower-dir").await;
    let mine = apply(&world, &amina, "kpz-guzara").await;
    let other_operator = apply(&world, &amina, "bisp-kafaalat").await;
    let other_district = apply(&world, &gulalai, "kpz-guzara").await;
    let mut zakat = world.desk("zakat.nsr").await;
    assert_eq!(zakat.get("/applications").await.links("/applications/0"), [address(mine)]);
    let nowhere = ApplicationId(uuid::Uuid::now_v7());
    let not_there = zakat.get(&address(nowhere)).await;
    assert_eq!(not_there.status, 404);
    for foreign in [other_operator, other_district] {
        let page = zakat.get(&address(foreign)).await;
        assert_eq!(page.status, 404);
        let same = page.text().replace(&foreign.to_string(), &nowhere.to_string());
        assert_eq!(plain(&same), plain(&not_there.text()), "not yours and not there read alike");
        let moved = zakat.post(&format!("{}/move", address(foreign)), &[("to", "received"), ("version", "2")]).await;
        let delivered = zakat.post(&format!("{}/deliver", address(foreign)), &[("what", "cash")]).await;
        let batch = zakat.post("/applications/acknowledge", &[("app", &foreign.to_string())]).await;
        assert_eq!([moved.status, delivered.status, batch.status], [404, 404, 404]);
        assert!(stands(&world, foreign).await.starts_with("forwarded"));
    }
}

/// A page without its command ids, which differ every time.
fn plain(page: &str) -> String {
    let mut parts = page.split("name=\"command_id\" value=\"");
    let mut out = parts.next().unwrap_or_default().to_owned();
    out.extend(parts.filter_map(|rest| rest.split_once('"')).map(|(_, rest)| rest));
    out
}

#[tokio::test]
async fn a_receipt_code_finds_what_stands_with_this_office_and_nothing_else() {
    let world = World::new().await;
    let amina = family(&world, "Amina Bibi", "nowshera").await;
    let (mine, foreign) = (apply(&world, &amina, "kpz-guzara").await, apply(&world, &amina, "bisp-kafaalat").await);
    let code = receipt(&world, &amina, vec![mine, foreign], false).await;
    let others = receipt(&world, &amina, vec![foreign], false).await;
    let nowhere = domain::applications::ReceiptCode::from_random(31).to_string();
    let mut zakat = world.desk("zakat.nsr").await;
    let page = zakat.get(&format!("/applications?code={}", code.to_string().to_lowercase())).await;
    assert_eq!((page.status, page.links("/applications/0")), (200, vec![address(mine)]));
    assert!(zakat.get(&address(mine)).await.has(&code.to_string()), "the application's page shows the code");
    assert!(zakat.get("/applications").await.has(&code.to_string()), "and so does the inbox");
    let answer = |page: crate::common::Page, code: &str| (page.status, plain(&page.text()).replace(code, ""));
    let foreign = answer(zakat.get(&format!("/applications?code={others}")).await, &others.to_string());
    let unknown = answer(zakat.get(&format!("/applications?code={nowhere}")).await, &nowhere);
    assert!(foreign.1.contains("Nothing with this code here"));
    assert_eq!(foreign, unknown, "not yours and not there read alike");
    let mistyped = zakat.get("/applications?code=7K4").await;
    assert!(mistyped.status == 422 && mistyped.has("ten letters and digits"));
}

#[tokio::test]
async fn two_officers_at_the_same_moment_see_both_answers_and_one_of_them_is_kept() {
    let world = World::new().await;
    let amina = family(&world, "Amina Bibi", "nowshera").await;
    let mut one = world.desk("zakat.nsr").await;
    let mut two = one.clone();
    for _ in 0..4 {
        let id = apply(&world, &amina, "kpz-guzara").await;
        let version = one.get(&address(id)).await.value("version").expect("a version");
        two.get(&address(id)).await;
        let to = format!("{}/move", address(id));
        let (mine, yours) = ([("version", version.as_str()), ("to", "received")], "Also held by a cousin.");
        let theirs = [("version", version.as_str()), ("to", "transferred"), ("words", yours)];
        let (first, second) = tokio::join!(one.post(&to, &mine), two.post(&to, &theirs));
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409], "one is kept");
        let late = if first.status == 409 { first } else { second };
        assert!(late.has("Received by the department") && late.has("With another office"), "{}", late.text());
        assert!(late.value("version").is_some_and(|newer| newer != version), "the other can still be saved");
    }
}

#[tokio::test]
async fn a_decision_walks_from_the_window_to_the_delivery_and_the_familys_time_is_its_own() {
    let mut world = World::new().await;
    let amina = family(&world, "Amina Bibi", "nowshera").await;
    let id = apply(&world, &amina, "kpz-guzara").await;
    turn_clock(&mut world, "2026-11-24T05:00:00Z");
    let mut zakat = world.desk("zakat.nsr").await;
    assert_eq!(take(&mut zakat, id, "received", &[]).await.status, 303);
    check(&world, id, expect!["received 2026-12-03"]).await;
    assert_eq!(take(&mut zakat, id, "under_review", &[]).await.status, 303);
    check(&world, id, expect!["under_review 2027-01-04"]).await;
    let back = take(&mut zakat, id, "returned_for_information", &[("words", "Bring the photograph.")]).await;
    assert_eq!(back.location(), format!("{}?done=returned_for_information", address(id)));
    check(&world, id, expect!["returned_for_information -"]).await;
    let family_tab = zakat.get("/applications?tab=family").await;
    assert!(family_tab.has("Waiting for the family") && family_tab.links("/applications/0").contains(&address(id)));
    // Two weeks pass at the family's, and none of the department's.
    turn_clock(&mut world, "2026-12-08T05:00:00Z");
    step(&world, id, Status::Resubmitted, Actor::Desk).await;
    check(&world, id, expect!["resubmitted 2027-01-18"]).await;
    let mut zakat = world.desk("zakat.nsr").await;
    assert!(zakat.get("/applications").await.has("Back from the family"));
    assert_eq!(take(&mut zakat, id, "approved", &[]).await.status, 303);
    let version = zakat.get(&address(id)).await.value("version").unwrap_or_default();
    let given = [
        ("version", version.as_str()),
        ("what", "first instalment"),
        ("amount", "6,000"),
        ("on_day", "8"),
        ("on_month", "12"),
        ("on_year", "2026"),
    ];
    assert_eq!(zakat.post(&format!("{}/deliver", address(id)), &given).await.status, 303);
    let page = zakat.get(&address(id)).await;
    assert!(page.has("Rs 6,000") && page.has("first instalment") && page.has("Bring the photograph."));
}

#[tokio::test]
async fn a_step_from_an_older_page_shows_both_answers_and_saves_neither() {
    let world = World::new().await;
    let amina = family(&world, "Amina Bibi", "nowshera").await;
    let id = apply(&world, &amina, "kpz-guzara").await;
    let mut zakat = world.desk("zakat.nsr").await;
    let version = zakat.get(&address(id)).await.value("version").expect("a version");
    step(&world, id, Status::Received, Actor::Department).await;
    let to = format!("{}/move", address(id));
    let words = "Also held by a cousin.";
    let page = zakat.post(&to, &[("version", &version), ("to", "transferred"), ("words", words)]).await;
    assert_eq!(page.status, 409);
    assert!(page.has("Received by the department") && page.has("With another office") && page.has(words));
    assert!(stands(&world, id).await.starts_with("received"));
    // "Keep what is on file" leads to the form's own address, and from there to the application.
    assert_eq!(zakat.get(&to).await.location(), address(id));
    // "Save mine instead" sends it again from the version on file.
    let newer = page.value("version").expect("the version on file");
    let again = zakat.post(&to, &[("version", &newer), ("to", "transferred"), ("words", words)]).await;
    assert_eq!(again.status, 303);
}

/// The fields of a form, and the sentences that answer it.
type Sent = &'static [(&'static str, &'static str)];
type Said = &'static [&'static str];

#[tokio::test]
async fn a_rejection_needs_its_rule_and_its_words() {
    let world = World::new().await;
    let amina = family(&world, "Amina Bibi", "nowshera").await;
    let id = apply(&world, &amina, "kpz-guzara").await;
    let mut zakat = world.desk("zakat.nsr").await;
    take(&mut zakat, id, "received", &[]).await;
    const RULE: &str = "Choose the rule that is not met.";
    const WORDS: &str = "Write the reason in words the family will read.";
    const TYPED: &str = "The committee found no need.";
    let cases: [(Sent, Said); 4] = [
        (&[], &[RULE, WORDS]),
        (&[("words", TYPED)], &[RULE, TYPED]),
        (&[("rule", "adult")], &[WORDS]),
        (&[("rule", "invented"), ("words", TYPED)], &[RULE, TYPED]),
    ];
    for (fields, sentences) in cases {
        let page = take(&mut zakat, id, "rejected", fields).await;
        assert_eq!(page.status, 422, "{fields:?}");
        sentences.iter().for_each(|sentence| assert!(page.has(sentence), "{fields:?} should say {sentence}"));
    }
    check(&world, id, expect!["received 2026-12-01"]).await;
    assert_eq!(take(&mut zakat, id, "rejected", &[("rule", "adult"), ("words", TYPED)]).await.status, 303);
    assert!(zakat.get(&address(id)).await.has(TYPED));
    check(&world, id, expect!["rejected -"]).await;
}

#[tokio::test]
async fn a_step_that_the_state_does_not_allow_is_refused_in_words() {
    let world = World::new().await;
    let amina = family(&world, "Amina Bibi", "nowshera").await;
    let id = apply(&world, &amina, "kpz-guzara").await;
    let mut zakat = world.desk("zakat.nsr").await;
    // Approving before acknowledging; a step of the desk; delivering before approving.
    for to in ["approved", "withdrawn"] {
        let page = take(&mut zakat, id, to, &[]).await;
        assert_eq!(page.status, 422, "{to}");
        assert!(page.has("This step is not possible from here"), "{to}");
    }
    let given = [("version", "2"), ("what", "cash"), ("on", "2026-11-22")];
    let page = zakat.post(&format!("{}/deliver", address(id)), &given).await;
    assert_eq!(page.status, 422);
    assert!(page.has("Record a delivery after the application is approved."));
    assert_eq!(take(&mut zakat, id, "nonsense", &[]).await.status, 400);
}

#[tokio::test]
async fn a_batch_is_only_ever_acknowledged_each_with_its_own_event() {
    let world = World::new().await;
    let amina = family(&world, "Amina Bibi", "nowshera").await;
    let noor = family(&world, "Noor Rehman", "nowshera").await;
    let new = [apply(&world, &amina, "kpz-guzara").await, apply(&world, &noor, "kpz-guzara").await];
    let working = apply(&world, &noor, "kpz-health-care").await;
    step(&world, working, Status::Received, Actor::Department).await;
    let mut zakat = world.desk("zakat.nsr").await;
    let empty = zakat.post("/applications/acknowledge", &[]).await;
    assert_eq!(empty.status, 422);
    let ids: Vec<String> = new.iter().chain([&working]).map(ToString::to_string).collect();
    let mut fields: Vec<(&str, &str)> = ids.iter().map(|id| ("app", id.as_str())).collect();
    fields.push(("to", "approved"));
    let page = zakat.post("/applications/acknowledge", &fields).await;
    assert_eq!(page.location(), "/applications?acknowledged=2");
    assert!(zakat.get(&page.location()).await.has("2 applications are acknowledged."));
    for id in new.into_iter().chain([working]) {
        assert!(stands(&world, id).await.starts_with("received"));
        let history = world.app.store.applications(&world.system).history(id).await.expect("a history");
        assert_eq!(history.iter().filter(|step| step.to == Status::Received).count(), 1);
    }
}

#[tokio::test]
async fn a_delivery_has_a_day_that_is_not_in_the_future_and_says_what() {
    let world = World::new().await;
    let amina = family(&world, "Amina Bibi", "nowshera").await;
    let id = apply(&world, &amina, "kpz-guzara").await;
    step(&world, id, Status::Received, Actor::Department).await;
    step(&world, id, Status::Approved, Actor::Department).await;
    let mut zakat = world.desk("zakat.nsr").await;
    let check = |fields: &'static [(&'static str, &'static str)], sentence: &'static str| (fields, sentence);
    let cases = [
        check(&[("what", "cash"), ("on", "2026-11-23")], "is in the future"),
        check(&[("what", " "), ("on", "2026-11-22")], "Write what was given."),
        check(&[("what", "cash"), ("on_day", "31"), ("on_month", "2"), ("on_year", "2026")], "Write the day as"),
        check(&[("what", "cash"), ("on", "2026-11-22"), ("amount", "-5")], "a whole number of rupees"),
        check(&[("what", "cash"), ("on", "2026-11-22"), ("amount", "12.50")], "a whole number of rupees"),
        check(&[("what", "cash"), ("on", "2026-11-22"), ("amount", "99999999999999999")], "a whole number of rupees"),
    ];
    for (fields, sentence) in cases {
        let mut all = vec![("version", "4")];
        all.extend(fields);
        let page = zakat.post(&format!("{}/deliver", address(id)), &all).await;
        assert_eq!(page.status, 422, "{fields:?}");
        assert!(page.has(sentence), "{fields:?} should say {sentence}");
    }
    let fields = [("version", "4"), ("what", "cash"), ("on", "2026-11-22"), ("amount", "۱۲٬۰۰۰")];
    assert_eq!(zakat.post(&format!("{}/deliver", address(id)), &fields).await.status, 303);
    let given = world.app.store.applications(&world.system).deliveries(id).await.expect("deliveries");
    assert_eq!(given[0].amount, Some(domain::money::Paisa(1_200_000)));
}

#[tokio::test]
async fn a_paper_is_read_only_through_an_application_that_asks_for_it_and_the_reading_is_recorded() {
    let world = World::new().await;
    let amina = family(&world, "Amina Bibi", "nowshera").await;
    let paper = card(&world, &amina).await;
    let mine = apply(&world, &amina, "kpz-guzara").await;
    let other = apply(&world, &amina, "bisp-kafaalat").await;
    let mut zakat = world.desk("zakat.nsr").await;
    let link = format!("{}/papers/{paper}", address(mine));
    assert_eq!(zakat.get(&address(mine)).await.links("/applications/0").last(), Some(&link));
    let page = zakat.get(&link).await;
    assert_eq!((page.status, page.headers["content-type"].as_bytes()), (200, b"image/png".as_slice()));
    assert!(page.bytes.starts_with(b"\x89PNG"));
    assert_eq!(zakat.get(&format!("{}/papers/{paper}", address(other))).await.status, 404);
    let log = world.app.store.read_log(&world.system, 10).await.expect("the log");
    let seen: Vec<String> =
        log.iter().map(|entry| format!("{} {} {}", entry.login, entry.what, entry.purpose)).collect();
    assert_eq!(seen, [format!("zakat.nsr paper task:{mine}"), format!("zakat.nsr application task:{mine}")]);
}

#[tokio::test]
async fn a_corrected_fact_is_marked_in_the_list_and_beside_the_verdict() {
    let world = World::new().await;
    let amina = family(&world, "Amina Bibi", "nowshera").await;
    let id = apply(&world, &amina, "kpz-guzara").await;
    let code = receipt(&world, &amina, vec![id], false).await;
    let flag = ApplicationFlagged {
        fact: "household.monthly_income_pkr".to_owned(),
        reason: "a son's wages were left out".to_owned(),
    };
    crate::cases::write(&world, vec![Change::after(id, 2, flag, world.app.today())]).await;
    let mut zakat = world.desk("zakat.nsr").await;
    let list = zakat.get("/applications").await;
    assert!(list.has("A fact changed since") && list.has(&code.to_string()));
    let page = zakat.get(&address(id)).await;
    assert!(page.has("a son&#39;s wages were left out") && page.has("changed after this screening"));
}

#[tokio::test]
async fn every_page_of_the_department_speaks_three_languages() {
    let world = World::new().await;
    let amina = family(&world, "Amina Bibi", "nowshera").await;
    let id = apply(&world, &amina, "kpz-guzara").await;
    step(&world, id, Status::Received, Actor::Department).await;
    let mut zakat = world.desk("zakat.nsr").await;
    for (lang, title) in [("en", "What needs me today"), ("ur", "آج مجھے کیا کرنا ہے"), ("ps", "نن زما کار")]
    {
        assert!(zakat.get(&format!("/applications?lang={lang}")).await.has(title));
        for to in ["rejected", "wait_listed", "returned_for_information", "approved"] {
            let page = zakat.get(&format!("{}?to={to}&lang={lang}", address(id))).await;
            assert_eq!(page.status, 200);
            assert!(page.has("name=\"words\""), "{to} asks for words");
        }
    }
}
