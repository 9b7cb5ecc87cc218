//! Complaints and appeals over the pages: filed by citizens with a receipt and without, answered by the office, never by
//! whom they are about.

use crate::cases::{SECRET, apply, family, receipt, stands, step, turn_clock, write};
use crate::common::{Browser, Page, World};
use domain::{
    applications::{Actor, ReceiptCode, Status},
    event::Change,
    grievances::{Grievance, GrievanceStatus},
    ids::{ApplicationId, OfficerId},
};

/// A receipt opened on a phone.
async fn open(phone: &mut Browser, code: &ReceiptCode) -> String {
    phone.get("/track").await;
    let page = phone.post("/track", &[("code", &code.to_string()), ("secret", SECRET)]).await;
    assert_eq!(page.status, 303);
    page.location()
}

/// Sends a form; where it leads when it was taken.
async fn send(phone: &mut Browser, to: &str, fields: &[(&str, &str)]) -> Page {
    phone.get(to).await;
    phone.post(to, fields).await
}

/// A complaint without a receipt, of Nowshera; its address and code.
async fn file(phone: &mut Browser, fields: &[(&str, &str)]) -> (String, ReceiptCode) {
    let mut all = vec![("district", "nowshera"), ("words", "They sent us away.")];
    all.retain(|(name, _)| !fields.iter().any(|(given, _)| given == name));
    all.extend(fields);
    let page = send(phone, "/complain/new", &all).await;
    assert_eq!(page.status, 303, "{}", page.text());
    let to = page.location();
    let code = to.split(['/', '?']).nth(2).and_then(|code| code.parse().ok()).expect("a code");
    (to, code)
}

/// The one complaint with this code, as the program sees it.
async fn on_file(world: &World, code: &ReceiptCode) -> Grievance {
    world.app.store.grievances(&world.system).by_code(code).await.expect("an answer").expect("the complaint")
}

/// An officer posts a step of a complaint, with the version they look at.
async fn act(world: &World, officer: &mut Browser, code: &ReceiptCode, step: &str, fields: &[(&str, &str)]) -> Page {
    let grievance = on_file(world, code).await;
    let page = format!("/grievances/{}", grievance.id);
    officer.get(&page).await;
    let version = grievance.version.to_string();
    let mut all = vec![("version", version.as_str())];
    all.extend(fields);
    officer.post(&format!("{page}/{step}"), &all).await
}

/// An application that BISP's officer has rejected, and its receipt.
async fn rejected(world: &World) -> (ApplicationId, ReceiptCode) {
    let amina = family(world, "Amina Bibi", "nowshera").await;
    let id = apply(world, &amina, "bisp-kafaalat").await;
    let code = receipt(world, &amina, vec![id], false).await;
    step(world, id, Status::Received, Actor::Department).await;
    let mut bisp = world.desk("bisp.nsr").await;
    let application = world.app.store.applications(&world.system).get(id).await.expect("an answer").expect("there");
    let version = application.version.to_string();
    bisp.get(&format!("/applications/{id}?to=rejected")).await;
    let fields =
        [("version", version.as_str()), ("to", "rejected"), ("rule", "department_rule"), ("words", "No room.")];
    let page = bisp.post(&format!("/applications/{id}/move"), &fields).await;
    assert_eq!(page.status, 303, "{}", page.text());
    (id, code)
}

#[tokio::test]
async fn a_complaint_without_a_receipt_and_without_a_name_gets_a_code_and_an_answer() {
    let world = World::new().await;
    let mut phone = world.public();
    let (to, code) = file(&mut phone, &[("kind", "conduct"), ("subject", "centre")]).await;
    let page = phone.get(&to).await;
    let filed = on_file(&world, &code).await;
    let secret = world.app.store.grievance_secret(filed.id);
    let promised = format!("datetime=\"{}\"", filed.filed.answer_by);
    for text in [code.to_string().as_str(), &secret[..3], &secret[3..], "They sent us away.", &promised] {
        assert!(page.has(text), "the page says {text}");
    }
    // The address proves nothing on another phone.
    let mut other = world.public();
    assert!(!other.get(&to).await.has("They sent us away."));
    let opened = send(&mut other, "/track", &[("code", &code.to_string()), ("secret", &secret)]).await;
    assert_eq!(opened.location(), format!("/complain/{}", code.plain()));
    let page = other.get(&opened.location()).await;
    assert!(page.has("They sent us away.") && !page.has(&secret), "the secret is shown once");
    let mut officer = world.desk("grievance.nsr").await;
    assert!(officer.get("/grievances").await.has(&code.to_string()));
    assert_eq!(act(&world, &mut officer, &code, "assign", &[("to", "me")]).await.status, 303);
    let silent = act(&world, &mut officer, &code, "answer", &[("words", "It was looked into.")]).await;
    assert_eq!((silent.status, silent.has("Choose what was done.")), (422, true));
    let answer = [("done", "officer_told"), ("words", "It will not happen again.")];
    assert_eq!(act(&world, &mut officer, &code, "answer", &answer).await.status, 303);
    let page = other.get(&opened.location()).await;
    assert!(page.has("It will not happen again.") && page.has("Yes, it is settled") && !page.has("grievance.nsr"));
    let accepted = other.post(&format!("/complain/{}/accept", code.plain()), &[]).await;
    assert_eq!(accepted.status, 303);
    assert_eq!(on_file(&world, &code).await.status, GrievanceStatus::Accepted);
}

#[tokio::test]
async fn a_delay_is_complained_about_from_the_tracking_page_without_a_word() {
    let world = World::new().await;
    let amina = family(&world, "Amina Bibi", "nowshera").await;
    let id = apply(&world, &amina, "bisp-kafaalat").await;
    let code = receipt(&world, &amina, vec![id], false).await;
    let mut phone = world.public();
    let tracking = open(&mut phone, &code).await;
    let form = phone.get(&tracking).await.links("/complain/about/").remove(0);
    assert!(phone.get(&form.replace("&amp;", "&")).await.has("Ehsaas / Benazir Kafaalat"));
    let about = format!("/complain/about/{}", code.plain());
    let filed = send(&mut phone, &about, &[("kind", "delay")]).await;
    assert_eq!(filed.status, 303, "{}", filed.text());
    let again = send(&mut phone, &about, &[("kind", "delay")]).await;
    assert_eq!((again.status, again.has("is with the office already")), (422, true));
    let refused = send(&mut phone, &about, &[("kind", "refusal"), ("words", "Why?")]).await;
    assert_eq!((refused.status, refused.has("Nothing was refused here yet")), (422, true));
    let tracking = phone.get(&tracking).await;
    assert!(tracking.has("Your complaints") && tracking.has("It takes too long"));
    let mut officer = world.desk("grievance.nsr").await;
    let inbox = officer.get("/grievances").await;
    assert!(inbox.has("Ehsaas / Benazir Kafaalat") && !inbox.has("Amina"), "the office needs no name");
    // Two weeks on it is amber, after its day red; then the citizen passes it on.
    let complaint = filed.location().split(['/', '?']).nth(2).expect("a code").to_owned();
    let mut world = world;
    turn_clock(&mut world, "2027-01-05T05:00:00Z");
    let mut officer = world.desk("grievance.nsr").await;
    assert!(officer.get("/grievances").await.has("is-red"));
    let mut phone = world.public();
    open(&mut phone, &code).await;
    let page = phone.get(&format!("/complain/{complaint}")).await;
    assert!(page.has("The answer is late.") && page.has("Federal Ombudsman"), "{}", page.text());
    assert_eq!(phone.post(&format!("/complain/{complaint}/pass"), &[]).await.status, 303);
    let code: ReceiptCode = complaint.parse().expect("a code");
    assert_eq!(on_file(&world, &code).await.status, GrievanceStatus::Escalated);
}

#[tokio::test]
async fn an_appeal_overturned_opens_the_application_again() {
    let world = World::new().await;
    let (id, code) = rejected(&world).await;
    let mut phone = world.public();
    let tracking = open(&mut phone, &code).await;
    assert!(phone.get(&tracking).await.has("Ask to look again"));
    let about = format!("/complain/about/{}", code.plain());
    let silent = send(&mut phone, &about, &[("kind", "refusal")]).await;
    assert_eq!((silent.status, silent.has("Write in a few words")), (422, true));
    let filed = send(&mut phone, &about, &[("kind", "refusal"), ("words", "We are poor.")]).await;
    let code = filed.location().split(['/', '?']).nth(2).and_then(|code| code.parse().ok()).expect("a code");
    assert!(stands(&world, id).await.starts_with("appeal "));
    // Whoever decided sees no line of it, has no button for it, and cannot be given it.
    let mut bisp = world.desk("bisp.nsr").await;
    assert!(!bisp.get("/grievances").await.has(&format!("{code}")));
    assert!(!bisp.get(&format!("/applications/{id}")).await.has("value=\"overturned\""));
    let mut officer = world.desk("grievance.nsr").await;
    assert_eq!(act(&world, &mut officer, &code, "assign", &[("to", "department")]).await.status, 303);
    let grievance = format!("/grievances/{}", on_file(&world, &code).await.id);
    assert_eq!(bisp.get(&grievance).await.status, 404);
    let mut other = world.desk("bisp2.nsr").await;
    assert!(other.get("/grievances").await.has(&format!("{code}")));
    let answer = [("outcome", "overturned"), ("words", "The rule was read wrongly.")];
    assert_eq!(act(&world, &mut officer, &code, "answer", &answer).await.status, 422, "it is the department's now");
    assert_eq!(act(&world, &mut other, &code, "answer", &answer).await.status, 303);
    assert!(stands(&world, id).await.starts_with("overturned "));
    assert!(
        bisp.get(&format!("/applications/{id}")).await.has("value=\"approved\"")
            || bisp.get(&format!("/applications/{id}")).await.has("to=approved")
    );
    let page = phone.get(&tracking).await;
    assert!(page.has("the decision was set aside") && page.has("The rule was read wrongly."));
}

#[tokio::test]
async fn a_complaint_about_the_complaints_office_is_read_by_the_province_alone() {
    let world = World::new().await;
    let mut phone = world.public();
    let (_, code) = file(&mut phone, &[("kind", "conduct"), ("subject", "grievance_office")]).await;
    let (_, named) = file(&mut phone, &[("kind", "deduction"), ("officer", "Grievance2"), ("amount", "500")]).await;
    let mut officer = world.desk("grievance.nsr").await;
    let mut second = world.desk("grievance2.nsr").await;
    let mut unit = world.desk("unit").await;
    let sees = async |browser: &mut Browser, code: &ReceiptCode| {
        let listed = browser.get("/grievances").await.has(&code.to_string());
        let page = browser.get(&format!("/grievances/{}", on_file(&world, code).await.id)).await;
        assert_eq!(listed, page.status == 200, "list and page agree");
        listed
    };
    assert_eq!((sees(&mut officer, &code).await, sees(&mut unit, &code).await), (false, true));
    assert_eq!((sees(&mut officer, &named).await, sees(&mut second, &named).await), (true, false));
    // Who knows it is about them steps aside; then nobody of the district may, and the province does.
    assert_eq!(act(&world, &mut officer, &named, "recuse", &[]).await.status, 303);
    assert_eq!((sees(&mut officer, &named).await, sees(&mut unit, &named).await), (false, true));
    assert_eq!(act(&world, &mut unit, &named, "assign", &[("to", "me")]).await.status, 303);
}

#[tokio::test]
async fn a_protected_appeal_says_nowhere_what_it_is_about() {
    let world = World::new().await;
    let amina = family(&world, "Amina Bibi", "nowshera").await;
    let id = apply(&world, &amina, "kpsw-dar-ul-aman").await;
    let code = receipt(&world, &amina, vec![id], true).await;
    for to in [Status::Received, Status::Rejected] {
        step(&world, id, to, Actor::Department).await;
    }
    let mut phone = world.public();
    open(&mut phone, &code).await;
    let about = format!("/complain/about/{}", code.plain());
    let filed = send(&mut phone, &about, &[("kind", "refusal"), ("words", "I still need it.")]).await;
    assert_eq!(filed.status, 303, "{}", filed.text());
    let own: ReceiptCode = filed.location().split(['/', '?']).nth(2).and_then(|c| c.parse().ok()).expect("a code");
    let mut officer = world.desk("grievance.nsr").await;
    let grievance = format!("/grievances/{}", on_file(&world, &own).await.id);
    let programme = world.app.pack.programme("kpsw-dar-ul-aman").expect("the programme");
    let operator = world.app.pack.operator("kp-social-welfare").expect("the operator");
    for lang in ["en", "ur", "ps"] {
        let pages = [
            phone.get(&format!("{about}?lang={lang}")).await,
            phone.get(&format!("{}&lang={lang}", filed.location())).await,
            phone.get(&format!("/complain/{}/receipt?lang={lang}", own.plain())).await,
            officer.get(&format!("/grievances?lang={lang}")).await,
            officer.get(&format!("{grievance}?lang={lang}")).await,
        ];
        for (number, page) in pages.iter().enumerate() {
            assert_eq!(page.status, 200, "page {number}");
            for said in [programme.name.words.get(lang), operator.name.get(lang), "dar-ul-aman", "Amina"] {
                assert!(!page.has(said), "{lang}, page {number}: must not say {said}");
            }
        }
    }
    assert_eq!(act(&world, &mut officer, &own, "assign", &[("to", "me")]).await.status, 303);
    let answer = [("outcome", "overturned"), ("words", "It is looked at again.")];
    assert_eq!(act(&world, &mut officer, &own, "answer", &answer).await.status, 303);
    assert!(stands(&world, id).await.starts_with("overturned "));
    assert!(!officer.get("/insights?lang=en").await.has("fewer than 5"), "figures leave it out");
}

#[tokio::test]
async fn a_complaint_kept_on_a_phone_is_taken_once_and_keeps_its_day() {
    let world = World::new().await;
    let (id, code) = rejected(&world).await;
    let mut phone = world.public();
    open(&mut phone, &code).await;
    let about = format!("/complain/about/{}", code.plain());
    let pass = phone.get(&about).await.value("pass").expect("a pass");
    // The half hour is over; the phone knows only the pass.
    let mut later = world.public();
    later.get("/complain/new").await;
    let command = uuid::Uuid::now_v7().to_string();
    let fields = [
        ("command_id", command.as_str()),
        ("kind", "refusal"),
        ("words", "We are poor."),
        ("pass", pass.as_str()),
        ("written_on", "2026-11-20"),
    ];
    let first = later.post(&about, &fields).await;
    let second = later.post(&about, &fields).await;
    assert_eq!((first.status, second.status), (303, 303));
    assert_eq!(first.location(), second.location(), "sent twice, taken once");
    assert!(later.get(&second.location()).await.has("We are poor."), "and the code is shown again");
    let own: ReceiptCode = first.location().split(['/', '?']).nth(2).and_then(|c| c.parse().ok()).expect("a code");
    let grievance = on_file(&world, &own).await;
    assert_eq!((grievance.written_on.to_string().as_str(), grievance.filed.since), ("2026-11-20", world.app.today()));
    assert!(stands(&world, id).await.starts_with("appeal "));
    let mut nobody = world.public();
    nobody.get("/complain/new").await;
    let wrong = nobody.post(&about, &[("kind", "delay"), ("pass", "0")]).await;
    assert_eq!((wrong.status, wrong.has("Ehsaas / Benazir Kafaalat")), (422, false));
}

#[tokio::test]
async fn wrong_codes_slow_down_in_the_form_as_in_tracking() {
    let world = World::new().await;
    let (_, code) = rejected(&world).await;
    let mut phone = world.public();
    let code = code.to_string();
    let mut fields = vec![("kind", "delay"), ("code", code.as_str()), ("secret", "000000")];
    for _ in 0..5 {
        assert!(send(&mut phone, "/complain/new", &fields).await.has("do not fit together"));
    }
    fields[2] = ("secret", SECRET);
    let waits = send(&mut phone, "/complain/new", &fields).await;
    assert_eq!((waits.status, waits.has("Wait 10 seconds")), (422, true));
}

#[tokio::test]
async fn two_officers_at_once_see_both_answers_and_an_auditor_only_reads() {
    let world = World::new().await;
    let mut phone = world.public();
    let (_, code) = file(&mut phone, &[("kind", "other")]).await;
    let mut officer = world.desk("grievance.nsr").await;
    let stale = act(&world, &mut officer, &code, "assign", &[("to", "me")]).await;
    assert_eq!(stale.status, 303);
    let grievance = format!("/grievances/{}", on_file(&world, &code).await.id);
    officer.get(&grievance).await;
    let old = officer.post(&format!("{grievance}/answer"), &[("version", "1"), ("words", "Mine.")]).await;
    assert_eq!((old.status, old.has("Mine.")), (409, true));
    let mut auditor = world.desk("auditor").await;
    let page = auditor.get(&grievance).await;
    assert_eq!((page.status, page.has("You may read this and not act on it.")), (200, true));
    assert!(!page.has("/answer") && auditor.post(&format!("{grievance}/answer"), &[]).await.status == 404);
}

#[tokio::test]
async fn the_desk_writes_an_appeal_down_and_the_complaints_office_answers_it() {
    let world = World::new().await;
    let (id, code) = rejected(&world).await;
    let household = {
        let application = world.app.store.applications(&world.system).get(id).await.expect("an answer").expect("there");
        application.submitted.household
    };
    let mut clerk = world.desk("clerk.nsr").await;
    let visit = world.visit(&mut clerk).await;
    let visit_id: domain::ids::VisitId = visit.rsplit('/').next().and_then(|id| id.parse().ok()).expect("a visit");
    let officer = world.app.store.officers(&world.system).by_login("clerk.nsr").await.expect("an answer");
    let officer: OfficerId = officer.expect("the clerk").id;
    let called = domain::visits::VisitCalled { officer };
    let found = domain::visits::HouseholdFound { household, reason: None };
    let today = world.app.today();
    write(&world, vec![Change::after(visit_id, 1, called, today), Change::after(visit_id, 2, found, today)]).await;
    let address = format!("{visit}/applications/{id}");
    let version = {
        let application = world.app.store.applications(&world.system).get(id).await.expect("an answer").expect("there");
        application.version.to_string()
    };
    clerk.get(&address).await;
    let fields = [("version", version.as_str()), ("to", "appeal"), ("words_appeal", "She has nothing.")];
    let page = clerk.post(&address, &fields).await;
    assert_eq!(page.status, 303, "{}", page.text());
    assert!(stands(&world, id).await.starts_with("appeal "));
    let mut complaints = world.desk("grievance.nsr").await;
    assert!(complaints.get("/grievances").await.has("Appeal"));
    let mut phone = world.public();
    let tracking = open(&mut phone, &code).await;
    assert!(phone.get(&tracking).await.has("Your complaints"), "the family follows it with its receipt");
}
