//! What is protected, opened outside its visit in front of a second person; and the read log that tells of it.

use crate::cases::{Family, family, turn_clock, write};
use crate::common::{Browser, World};
use domain::{
    event::Change,
    ids::AnswerId,
    language::Lang,
    people::{AnswerGiven, AnswerValue, Provenance},
};

/// Amina Bibi asked for shelter, in a visit that is over.
async fn shelter(world: &World) -> Family {
    let amina = family(world, "Amina Bibi", "nowshera").await;
    let version = world.app.store.people(&world.system).household(amina.household).await.expect("an answer");
    let answer = AnswerGiven {
        answer: AnswerId(uuid::Uuid::now_v7()),
        person: Some(amina.head),
        fact: "person.survivor_of_violence".to_owned(),
        value: AnswerValue::Bool(true),
        provenance: Provenance::Said,
        said_by: None,
        shown_in: Lang::Ur,
        visit: None,
        replaces: Vec::new(),
        reason: None,
        protected: true,
    };
    let version = version.expect("the family").version;
    write(world, vec![Change::after(amina.household, version, answer, world.app.today())]).await;
    amina
}

const PROTECTED: &str = "Needs safe shelter";

async fn open(browser: &mut Browser, to: &str) {
    browser.get(to).await;
    let page = browser.post(to, &[("why", "danger"), ("words", "she is at the door")]).await;
    assert_eq!((page.status, page.location().as_str()), (303, to), "{}", page.text());
}

#[tokio::test]
async fn what_is_protected_opens_for_a_stated_reason_for_half_an_hour_and_for_one_officer() {
    let mut world = World::new().await;
    let amina = shelter(&world).await;
    let to = format!("/people/{}/protected", amina.household);
    let mut worker = world.desk("worker.nsr").await;
    let mut manager = world.desk("manager.nsr").await;
    for browser in [&mut worker, &mut manager] {
        assert!(!browser.get(&to).await.has(PROTECTED), "a reason is asked first");
        let file = browser.post(&format!("/people/{}/open", amina.household), &[("reason", "she asks")]).await;
        assert!(file.status == 200 && !file.has(PROTECTED), "nor in the file");
    }
    for (why, words, sentence) in [
        ("", "she is at the door", "Choose why it has to be opened now."),
        ("danger", "  ", "Write in a few words"),
        ("curious", "hm", "Choose why it has to be opened now."),
    ] {
        worker.get(&to).await;
        let page = worker.post(&to, &[("why", why), ("words", words)]).await;
        assert!(page.status == 422 && page.has(sentence), "{why}, {words}: {}", page.text());
        assert!(!worker.get(&to).await.has(PROTECTED));
    }
    open(&mut worker, &to).await;
    assert!(worker.get(&to).await.has(PROTECTED));
    let file = worker.post(&format!("/people/{}/open", amina.household), &[("reason", "again")]).await;
    assert!(!file.has(PROTECTED), "the file itself stays as it was");
    assert!(!manager.get(&to).await.has(PROTECTED), "open to the one officer only");
    for login in ["clerk.nsr", "token.nsr", "admin", "auditor", "unit", "bisp.nsr"] {
        let mut other = world.desk(login).await;
        assert_eq!(other.get(&to).await.status, 404, "{login}");
    }
    let mut far = world.desk("manager.dir").await;
    assert_eq!(far.get(&to).await.status, 404, "another district");
    turn_clock(&mut world, "2026-11-22T04:14:00Z");
    worker.now_at(web::office(world.app.clone()));
    assert!(worker.get(&to).await.has(PROTECTED));
    turn_clock(&mut world, "2026-11-22T04:28:00Z");
    worker.now_at(web::office(world.app.clone()));
    assert!(worker.get(&to).await.has(PROTECTED));
    turn_clock(&mut world, "2026-11-22T04:30:00Z");
    worker.now_at(web::office(world.app.clone()));
    assert!(!worker.get(&to).await.has(PROTECTED), "over");
}

#[tokio::test]
async fn a_second_person_notes_it_and_never_whoever_opened_it() {
    let world = World::new().await;
    let amina = shelter(&world).await;
    let to = format!("/people/{}/protected", amina.household);
    let mut manager = world.desk("manager.nsr").await;
    open(&mut manager, &to).await;
    let mine = manager.get("/access/openings").await;
    assert!(mine.has("she is at the door") && mine.has("You opened this yourself."));
    let mut unit = world.desk("unit").await;
    let theirs = unit.get("/access/openings").await;
    let note = theirs.text().split("action=\"").find(|rest| rest.contains("/seen\"")).map(str::to_owned);
    let note = note.expect("a form").split('"').next().unwrap_or_default().to_owned();
    let refused = manager.post(&note, &[]).await;
    assert!(refused.status == 422 && refused.has("You opened this yourself."));
    let mut far = world.desk("manager.dir").await;
    assert!(!far.get("/access/openings").await.has("she is at the door"), "another district");
    assert_eq!(far.post(&note, &[]).await.status, 404);
    unit.get("/access/openings").await;
    assert_eq!(unit.post(&note, &[]).await.status, 303);
    assert!(unit.get("/access/openings").await.has("Nothing is waiting to be seen"));
    assert!(unit.get("/access/openings?view=all").await.has("Seen by"));
    // It stands in the read log with its purpose, and among what no visit stands behind.
    assert!(manager.get(&to).await.has(PROTECTED));
    let mut auditor = world.desk("auditor").await;
    let log = auditor.get("/access/reads?view=unbound").await;
    assert!(log.has("protected part, opened for a stated reason") && log.has(&amina.household.to_string()));
    let rebuilt = world.app.store.rebuild(false).await.expect("a rebuild");
    assert!(rebuilt.differing.is_empty(), "{rebuilt:?}");
}

#[tokio::test]
async fn the_read_log_is_asked_by_officer_by_file_by_day_and_for_what_no_visit_stands_behind() {
    let world = World::new().await;
    let mut clerk = world.desk("clerk.nsr").await;
    let visit = world.registered(&mut clerk).await;
    clerk.get(&format!("{visit}/household")).await;
    let family = world.household(&visit).await.id;
    let other = crate::cases::family(&world, "Gulalai", "nowshera").await.household;
    let mut worker = world.desk("worker.nsr").await;
    for reason in ["=cmd|' /C calc'!A0", "a neighbour asks"] {
        worker.get(&format!("/people/{other}")).await;
        worker.post(&format!("/people/{other}/open"), &[("reason", reason)]).await;
    }
    let mut auditor = world.desk("auditor").await;
    let officer =
        world.app.store.officers(&world.system).by_login("clerk.nsr").await.expect("an answer").expect("there");
    let (family, other) = (family.to_string(), other.to_string());
    let check = [
        ("view=all".to_owned(), true, true),
        ("view=unbound".to_owned(), false, true),
        (format!("officer={}", officer.id), true, false),
        (format!("record={family}"), true, false),
        (format!("record={other}"), false, true),
        ("from=2026-11-22&to=2026-11-22".to_owned(), true, true),
        ("from=2026-11-23".to_owned(), false, false),
        ("to=2026-11-21".to_owned(), false, false),
        ("from=yesterday".to_owned(), true, true),
        ("page=1".to_owned(), false, false),
    ];
    for (query, first, second) in check {
        let page = auditor.get(&format!("/access/reads?{query}")).await;
        let table = page.text().split("<table").nth(1).unwrap_or_default().to_owned();
        assert_eq!((table.contains(&family), table.contains(&other)), (first, second), "{query}");
    }
    let csv = auditor.get("/access/reads/export?view=unbound").await;
    assert!(csv.has("a neighbour asks") && !csv.has(&family), "the same filters");
    assert!(csv.has("\"'=cmd") && !csv.has("\"=cmd"), "no formula: {}", csv.text());
    assert!(auditor.get("/access/reads").await.has(">export<"), "taking it away is itself an entry");
    for login in ["admin", "unit", "manager.nsr", "clerk.nsr"] {
        let mut other = world.desk(login).await;
        assert_eq!(other.get("/access/reads/export").await.status, 404, "{login}");
    }
}
