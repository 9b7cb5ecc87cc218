//! The check without a name: nothing is kept or logged, kiosks forget, answers are kept only with consent.

use crate::common::{Browser, PASSWORD, Page, World, now, pack};
use domain::Date;
use screener::{
    answers::{Age, Answers, Person},
    carry,
};

/// The answers of Amina Bibi's kitchen as she would tell them at home.
pub fn amina() -> Answers {
    let on: Date = "2026-11-22".parse().expect("a day");
    let person = |age, sex: &str, relation: &str, marital: &str| Person {
        age: Some(age),
        sex: Some(sex.to_owned()),
        relation: Some(relation.to_owned()),
        marital: Some(marital.to_owned()),
        ..Person::default()
    };
    let mut answers = Answers {
        on,
        district: Some("nowshera".to_owned()),
        province: Some("khyber-pakhtunkhwa".to_owned()),
        size: Some(2),
        members: vec![
            person(Age::Years(34), "female", "head", "widowed"),
            person(Age::Years(8), "female", "child", "never_married"),
        ],
        ..Answers::default()
    };
    answers.answer(None, "household.monthly_income_pkr", domain::people::AnswerValue::Int(18_000));
    answers.answer(Some(1), "person.school_enrolled", domain::people::AnswerValue::Bool(true));
    answers.answer(Some(0), "person.serious_illness", domain::people::AnswerValue::Bool(true));
    answers.gates.insert("person.serious_illness".to_owned());
    answers
}

async fn step(phone: &mut Browser, step: &str, answers: &str) -> Page {
    phone.post("/check", &[("step", step), ("answers", answers)]).await
}

#[tokio::test]
async fn a_check_leaves_nothing_behind() {
    let world = World::new().await;
    let before = world.app.store.verify().await.expect("the journal").events;
    let mut phone = world.public();
    assert_eq!(phone.get("/check").await.status, 200);
    let code = carry::write(&pack(), &amina());
    for name in ["next", "results", "paper", "edit-members", "edit-home"] {
        let page = step(&mut phone, name, &code).await;
        assert_eq!(page.status, 200, "{name}");
        assert!(page.headers.get("location").is_none(), "{name}: nothing goes into an address");
        assert_eq!(page.headers["cache-control"], "no-store");
        let cookies: Vec<&str> = page.headers.get_all("set-cookie").iter().filter_map(|c| c.to_str().ok()).collect();
        assert!(cookies.iter().all(|cookie| !cookie.contains("OW")), "{cookies:?}");
        assert!(!page.text().to_lowercase().contains("refus"), "{name}");
    }
    assert_eq!(world.app.store.verify().await.expect("the journal").events, before);
}

async fn clerk(world: &World) -> store::Scope {
    world.desk("clerk.nsr").await;
    let signed = world.app.store.sign_in("clerk.nsr", PASSWORD, now()).await.expect("an answer").expect("signed in");
    world.app.store.session(&signed.token, now()).await.expect("an answer").expect("a session").scope
}

#[tokio::test]
async fn changing_the_language_keeps_the_answers() {
    let world = World::new().await;
    let code = carry::write(&pack(), &amina());
    let page = world.public().post("/check?lang=ur", &[("step", "results"), ("answers", &code)]).await;
    assert!(page.has("dir=\"rtl\"") && page.has(&code));
}

#[tokio::test]
async fn answers_are_kept_only_with_consent_and_only_for_three_days() {
    let world = World::new().await;
    let code = carry::write(&pack(), &amina());
    let mut phone = world.public();
    let paper = step(&mut phone, "paper", &code).await;
    assert!(paper.has("/check/keep"));
    let without = phone.post("/check/keep", &[("answers", &code)]).await;
    assert_eq!(without.status, 422);
    let kept = phone.post("/check/keep", &[("answers", &code), ("agree", "yes")]).await;
    assert_eq!(kept.status, 200, "{}", kept.text());
    let text = kept.text();
    let short = text.split("class=\"ltr\">").find_map(|rest| rest.split('<').next().filter(|c| c.len() == 14));
    let short = short.expect("a code").to_owned();
    let open = world.app.store.kept_answers(&store::Scope::public(), &short, now()).await.expect("an answer");
    assert_eq!(open, None, "the public opens nothing");
    let scope = clerk(&world).await;
    let open = |at| world.app.store.kept_answers(&scope, &short, at);
    let held = open(now()).await.expect("an answer").expect("kept");
    let carried = carry::read(&pack(), &held).expect("a code").answers;
    assert!(!carried.members[0].facts.contains_key("serious_illness"), "what is private is not kept");
    assert_eq!(open(now() + chrono::Duration::hours(72)).await.expect("an answer"), None, "their time is over");
    world.app.store.erase_kept_answers(now() + chrono::Duration::hours(72)).await.expect("erased");
    assert_eq!(open(now()).await.expect("an answer"), None);
}

#[tokio::test]
async fn a_kiosk_forgets_whoever_sat_there() {
    let world = World::new().await;
    let mut kiosk = world.public();
    let first = kiosk.get("/kiosk").await;
    assert!(first.has("is-kiosk") && first.has("/assets/kiosk.js") && !first.has("/assets/app.js"));
    let start = kiosk.get("/check").await;
    let token = start.value("kiosk").expect("the session's token");
    let code = carry::write(&pack(), &amina());
    let fields = [("step", "results"), ("answers", code.as_str()), ("kiosk", token.as_str())];
    let shown = kiosk.post("/check", &fields).await;
    assert!(shown.has(&code));
    let paper = kiosk.post("/check", &[("step", "paper"), ("answers", code.as_str()), ("kiosk", token.as_str())]).await;
    assert!(!paper.has("/check/keep"), "a kiosk keeps nothing");
    let end = kiosk.get("/kiosk/end").await;
    assert_eq!(end.headers["refresh"], "8; url=/kiosk");
    assert_eq!(end.headers["clear-site-data"], "\"cache\", \"storage\"");
    let again = kiosk.post("/check", &fields).await;
    assert_eq!((again.status, again.location().as_str()), (303, "/check"), "a form from before shows nothing");
}

#[tokio::test]
async fn a_phone_is_told_what_to_keep() {
    let world = World::new().await;
    let mut phone = world.public();
    let list = phone.get("/offline/list?lang=ur").await;
    let list: serde_json::Value = serde_json::from_slice(&list.bytes).expect("JSON");
    let pages: Vec<&str> = list["pages"].as_array().expect("pages").iter().filter_map(|page| page.as_str()).collect();
    assert!(pages.contains(&"/check") && pages.contains(&"/sites") && pages.len() > 60, "{}", pages.len());
    for page in ["/check", "/sites", "/days", "/help/husband-died", "/programmes/bisp-kafaalat"] {
        assert!(pages.contains(&page), "{page} is kept");
    }
    assert!(!pages.iter().any(|page| ["/help/safety", "/help/drugs"].contains(page)), "nothing private is kept");
    for page in &pages {
        assert_eq!(phone.get(page).await.status, 200, "{page}");
    }
    let protected = pack().programmes().iter().find(|p| p.protected()).map(|p| p.id.to_string()).expect("one");
    assert!(!pages.iter().any(|page| page.ends_with(&protected)), "a protected programme leaves no trace on a phone");
    assert!(list["words"].as_str().expect("words").contains("2026"));
    let worker = phone.get("/sw.js").await;
    assert!(worker.has("const VERSION = \"") && !worker.has("{{"));
    assert!(worker.headers["content-security-policy"].to_str().expect("text").contains("wasm-unsafe-eval"));
    let page = phone.get("/check").await;
    assert!(!page.headers["content-security-policy"].to_str().expect("text").contains("unsafe"));
    assert_eq!(phone.get("/manifest.webmanifest").await.status, 200);
    assert_eq!(phone.get("/offline/check.wasm").await.status, 404, "none was made here");
}

/// Amina Bibi with her daughter, as the clerk writes them beside what the code told.
fn intake(code: &str) -> Vec<(&str, &str)> {
    vec![
        ("carried", code),
        ("given", "Amina Bibi"),
        ("about", "34"),
        ("sex", "female"),
        ("marital_status", "widowed"),
        ("number_kind", "cnic"),
        ("number_check", "not_yet_verified"),
        ("district", "nowshera"),
        ("m1_given", "Zainab"),
        ("m1_about", "8"),
        ("m1_sex", "female"),
        ("m1_relationship", "child"),
        ("m1_marital_status", "never_married"),
        ("complete", "yes"),
        ("answer", "household.monthly_income_pkr"),
        ("answer", "1 person.school_enrolled"),
    ]
}

#[tokio::test]
async fn a_code_from_home_fills_the_intake_and_nothing_is_asked_twice() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let visit = world.visit(&mut desk).await;
    let code = carry::write(&pack(), &amina().for_the_desk(&pack()));
    assert!(desk.get(&format!("{visit}/household")).await.has(&format!("{visit}/carry")));
    desk.get(&format!("{visit}/carry")).await;
    for wrong in ["", "hello", &code[..code.len() - 6], "7K4P-29MX-Q3RT"] {
        let page = desk.post(&format!("{visit}/carry"), &[("code", wrong)]).await;
        assert_eq!(page.status, 422, "{wrong}");
    }
    let told = desk.post(&format!("{visit}/carry"), &[("code", &code)]).await;
    assert_eq!(told.status, 200, "{}", told.text());
    assert!(told.has("the girl of 8") && told.has("Rs\u{a0}18,000"), "{}", told.text());
    let fields = intake(&code);
    let unread = desk.post(&format!("{visit}/carried"), &fields).await;
    assert_eq!(unread.status, 422, "somebody must have read it out");
    let mut read_out = fields.clone();
    read_out.push(("read_out", "yes"));
    let saved = desk.post(&format!("{visit}/carried"), &read_out).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let household = world.household(&visit).await;
    assert_eq!(household.members.len(), 2);
    assert!(household.members_complete);
    let zainab = household.members[1].id;
    let income = household.answer("household.monthly_income_pkr", None).expect("on file");
    assert_eq!(income.value, domain::people::AnswerValue::Int(18_000));
    assert_eq!(income.provenance, domain::people::Provenance::Said);
    assert!(household.answer("person.school_enrolled", Some(zainab)).is_some());
    assert!(household.answers.iter().all(|answer| answer.fact != "person.serious_illness"));
    let family = web::eligibility::family::family(&household, "2026-11-22".parse().expect("a day"));
    let left = rules::open_questions(&pack(), &family, "2026-11-22".parse().expect("a day"), &Default::default());
    assert!(!left.iter().any(|fact| fact.fact == *"household.monthly_income_pkr"), "it is not asked again");
}

#[tokio::test]
async fn a_family_on_file_is_matched_and_what_it_told_is_added() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let visit = world.family(&mut desk).await;
    let before = world.household(&visit).await;
    let code = carry::write(&pack(), &amina().for_the_desk(&pack()));
    desk.get(&format!("{visit}/carry")).await;
    let told = desk.post(&format!("{visit}/carry"), &[("code", &code)]).await;
    assert_eq!(told.status, 200);
    let (head, child) = (before.members[0].id.to_string(), before.members[2].id.to_string());
    let all = |second: &str| {
        let own = [("carried", code.clone()), ("m0_is", head.clone()), ("m1_is", second.to_owned())];
        let ticks = ["household.monthly_income_pkr", "1 person.school_enrolled"].map(|key| ("answer", key.to_owned()));
        own.into_iter().chain(ticks).chain([("read_out", "yes".to_owned())]).collect::<Vec<_>>()
    };
    let borrowed = |fields: &[(&'static str, String)]| -> Vec<(String, String)> {
        fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
    };
    let twice = borrowed(&all(&head));
    let twice: Vec<(&str, &str)> = twice.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert_eq!(desk.post(&format!("{visit}/carried"), &twice).await.status, 422, "one person stands for one");
    let right = borrowed(&all(&child));
    let right: Vec<(&str, &str)> = right.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let saved = desk.post(&format!("{visit}/carried"), &right).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let after = world.household(&visit).await;
    assert_eq!(after.members.len(), before.members.len(), "nobody is added");
    assert!(after.answer("person.school_enrolled", Some(before.members[2].id)).is_some());
    let again = desk.post(&format!("{visit}/carried"), &right).await;
    assert_eq!(again.status, 303);
    assert_eq!(world.household(&visit).await.answers.len(), after.answers.len(), "the same told twice is on file once");
}
