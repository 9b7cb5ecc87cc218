//! Several at once: the waiting list and its money, many deliveries, lists on paper, deputies.

use crate::cases::{Family, SECRET, apply, family, receipt, stands, step, turn_clock};
use crate::common::{Browser, World};
use domain::{
    applications::{Actor, Status},
    ids::ApplicationId,
};

const PROGRAMME: &str = "bisp-kafaalat";

/// Families whose applications stand at a status, in the order in which they applied.
async fn standing(world: &World, names: &[&str], path: &[Status]) -> Vec<(Family, ApplicationId)> {
    let mut all = Vec::new();
    for name in names {
        let family = family(world, name, "nowshera").await;
        let id = apply(world, &family, PROGRAMME).await;
        for to in path {
            step(world, id, *to, Actor::Department).await;
        }
        all.push((family, id));
    }
    all
}

async fn status(world: &World, id: ApplicationId) -> String {
    stands(world, id).await.split(' ').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn money_comes_to_the_first_of_the_list_and_each_family_sees_its_place() {
    let mut world = World::new().await;
    let later = standing(&world, &["Gulalai"], &[Status::Received]).await;
    let first = standing(&world, &["Amina Bibi", "Noor Rehman"], &[Status::Received, Status::WaitListed]).await;
    let code = receipt(&world, &first[1].0, vec![first[1].1], false).await;
    turn_clock(&mut world, "2026-11-24T05:00:00Z");
    // She applied before the two others and was decided two days after them.
    step(&world, later[0].1, Status::WaitListed, Actor::Department).await;
    let mut bisp = world.desk("bisp.nsr").await;
    let page = bisp.get("/applications/waiting").await;
    let order = |name: &str| page.text().find(name).unwrap_or_else(|| panic!("{name} is on the list"));
    assert!(order("Amina Bibi") < order("Noor Rehman") && order("Noor Rehman") < order("Gulalai"));
    let mut phone = world.public();
    phone.get("/track").await;
    phone.post("/track", &[("code", &code.to_string()), ("secret", SECRET)]).await;
    let track = format!("/track/{}", code.plain());
    assert!(phone.get(&track).await.has("Your place on the waiting list: 2 of 3"));
    let seen = page.value("seen").expect("the order that was shown");
    let form = |count: &'static str, seen: String| {
        vec![
            ("programme", PROGRAMME.to_owned()),
            ("district", "nowshera".to_owned()),
            ("count", count.to_owned()),
            ("seen", seen),
        ]
    };
    for count in ["", "0", "4", "all"] {
        let refused = post(&mut bisp, "/applications/waiting", &form(count, seen.clone())).await;
        assert!(refused.status == 422 && refused.has("from 1 to 3"), "{count}");
    }
    let moved = seen.split(',').rev().collect::<Vec<_>>().join(",");
    let refused = post(&mut bisp, "/applications/waiting", &form("1", moved)).await;
    assert!(refused.status == 422 && refused.has("The list changed meanwhile"));
    let done = post(&mut bisp, "/applications/waiting", &form("1", seen)).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(status(&world, first[0].1).await, "approved");
    assert_eq!(
        (status(&world, first[1].1).await, status(&world, later[0].1).await),
        ("wait_listed".into(), "wait_listed".into())
    );
    assert!(phone.get(&track).await.has("Your place on the waiting list: 1 of 2"));
    let mut other = world.desk("bisp.dir").await;
    assert!(
        other.get(&format!("/applications/waiting?programme={PROGRAMME}&district=nowshera")).await.has("Nobody waits")
    );
}

async fn post(desk: &mut Browser, to: &str, fields: &[(&str, String)]) -> crate::common::Page {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    desk.post(to, &fields).await
}

/// The form of the deliveries page: every row of it, with these amounts and days typed.
fn rows(ids: &[ApplicationId], typed: &[(usize, &str, &str)], version: i64) -> Vec<(String, String)> {
    let mut fields = vec![("programme".to_owned(), PROGRAMME.to_owned()), ("what".to_owned(), "cash".to_owned())];
    for id in ids {
        fields.push(("row".to_owned(), id.to_string()));
        fields.push((format!("version-{id}"), version.to_string()));
    }
    for (index, amount, on) in typed {
        fields.push((format!("amount-{}", ids[*index]), (*amount).to_owned()));
        fields.push((format!("on-{}", ids[*index]), (*on).to_owned()));
    }
    fields
}

async fn send(desk: &mut Browser, fields: &[(String, String)]) -> crate::common::Page {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    desk.post("/applications/deliveries", &fields).await
}

async fn given(world: &World, id: ApplicationId) -> usize {
    world.app.store.applications(&world.system).deliveries(id).await.expect("an answer").len()
}

#[tokio::test]
async fn a_wrong_row_says_why_and_keeps_nobody_elses_from_being_recorded() {
    let world = World::new().await;
    let names = ["Amina Bibi", "Noor Rehman", "Gulalai"];
    let approved = standing(&world, &names, &[Status::Received, Status::Approved]).await;
    let ids: Vec<ApplicationId> = approved.iter().map(|(_, id)| *id).collect();
    let mut bisp = world.desk("bisp.nsr").await;
    let page = bisp.get("/applications/deliveries").await;
    assert!(names.iter().all(|name| page.has(name)));
    for (typed, want) in [
        (vec![(1, "a lot", "22 11 2026")], "whole number of rupees"),
        (vec![(1, "4833", "31 2 2026")], "day, month and year"),
        (vec![(1, "4833", "23 11 2026")], "future"),
        (vec![], "at least one row"),
    ] {
        let page = send(&mut bisp, &rows(&ids, &typed, 4)).await;
        assert!(page.status == 422 && page.has(want), "{want}: {}", page.text());
        assert!(typed.iter().all(|(_, amount, on)| page.has(amount) && page.has(on)), "what was typed is still there");
    }
    let mut form = rows(&ids, &[(0, "4,833", "22 11 2026"), (1, "a lot", "20 11 2026"), (2, "14500", "2026-11-20")], 4);
    form.push(("command_id".to_owned(), uuid::Uuid::now_v7().to_string()));
    let first = send(&mut bisp, &form).await;
    assert_eq!(first.status, 303, "{}", first.text());
    let recorded = async || (given(&world, ids[0]).await, given(&world, ids[1]).await, given(&world, ids[2]).await);
    assert_eq!(recorded().await, (1, 0, 1), "the two right rows are recorded");
    let again = send(&mut bisp, &form).await;
    assert_eq!((again.status, again.location()), (303, first.location()), "a repeat leads to the same page");
    assert_eq!(recorded().await, (1, 0, 1), "and pays nobody twice");
    let page = bisp.get(&first.location()).await;
    assert!(page.status == 200 && page.has("2 deliveries are recorded") && page.has("whole number of rupees"));
    assert!(page.has("value=\"a lot\"") && page.has("value=\"20 11 2026\""), "the wrong row stands as it was typed");
    assert!(page.has("value=\"cash\""), "with what was given");
    assert!(bisp.get("/applications/deliveries").await.has("value=\"a lot\""), "also when somebody comes back later");
    assert!(!bisp.get(&format!("/applications/deliveries?programme={PROGRAMME}&from=25")).await.has("a lot"));
    let mended = send(&mut bisp, &rows(&ids, &[(1, "4833", "20 11 2026")], 4)).await;
    assert_eq!(mended.status, 303, "{}", mended.text());
    let page = bisp.get(&mended.location()).await;
    assert!(page.has("One delivery is recorded") && !page.has("a lot") && !page.has("whole number"));
    let stale = send(&mut bisp, &rows(&ids, &[(0, "4833", "22 11 2026")], 4)).await;
    assert!(stale.status == 422 && stale.has("changed meanwhile") && stale.has("Rs 4,833 cash"), "{}", stale.text());
    assert_eq!(recorded().await, (1, 1, 1), "a page from before does not pay twice");
    let mut foreign = world.desk("zakat.nsr").await;
    assert_eq!(send(&mut foreign, &rows(&ids, &[(1, "1", "22 11 2026")], 4)).await.status, 404);
}

#[tokio::test]
async fn a_row_that_left_the_list_is_named_and_the_others_are_recorded() {
    let world = World::new().await;
    let approved = standing(&world, &["Amina Bibi", "Gulalai"], &[Status::Received, Status::Approved]).await;
    let ids: Vec<ApplicationId> = approved.iter().map(|(_, id)| *id).collect();
    let code = receipt(&world, &approved[0].0, vec![ids[0]], false).await;
    let mut bisp = world.desk("bisp.nsr").await;
    bisp.get("/applications/deliveries").await;
    step(&world, ids[0], Status::Closed, Actor::Department).await;
    let done = send(&mut bisp, &rows(&ids, &[(0, "4833", "22 11 2026"), (1, "4833", "22 11 2026")], 4)).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!((given(&world, ids[0]).await, given(&world, ids[1]).await), (0, 1));
    let page = bisp.get(&done.location()).await;
    assert!(page.has(&code.to_string()) && page.has("no longer on this list") && page.has("4833"), "{}", page.text());
}

#[tokio::test]
async fn a_list_on_paper_goes_to_an_office_without_a_line_and_its_answers_are_the_departments() {
    let mut world = World::new().await;
    let (amina, noor) =
        (family(&world, "Amina Bibi", "nowshera").await, family(&world, "Noor Rehman", "nowshera").await);
    let online = apply(&world, &amina, PROGRAMME).await;
    let (one, two) =
        (apply(&world, &amina, "eobi-old-age-pension").await, apply(&world, &noor, "eobi-old-age-pension").await);
    let code = receipt(&world, &amina, vec![one], false).await;
    let mut clerk = world.desk("clerk.nsr").await;
    assert!(clerk.get("/dispatch").await.has("2 applications wait"));
    let none = clerk.post("/dispatch", &[("operator", "bisp"), ("district", "nowshera")]).await;
    assert!(none.status == 422 && none.has("Nothing waits"), "a department that signs in needs no paper");
    let made = clerk.post("/dispatch", &[("operator", "eobi"), ("district", "nowshera")]).await;
    assert_eq!(made.status, 303, "{}", made.text());
    let sheet = clerk.get(&made.location()).await;
    assert!(sheet.has("List 1") && sheet.has(&code.to_string()) && sheet.has("Noor Rehman"));
    assert!(clerk.get("/dispatch").await.has("Nothing waits"), "what is on an open list is not listed again");
    let answers = format!("{}/answers", made.location());
    assert_eq!(clerk.get(&answers).await.status, 404, "whoever takes applications in does not enter their answers");
    turn_clock(&mut world, "2026-11-26T05:00:00Z");
    let mut manager = world.desk("manager.nsr").await;
    assert_eq!(manager.get(&answers).await.status, 200);
    let form = |number: &str, day: &str, words: &str| {
        vec![
            ("number".to_owned(), number.to_owned()),
            ("dated".to_owned(), day.to_owned()),
            (format!("answer-{one}"), "approved".to_owned()),
            (format!("answer-{two}"), "rejected".to_owned()),
            (format!("words-{two}"), words.to_owned()),
        ]
    };
    let send = async |desk: &mut Browser, fields: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        desk.post(&answers, &fields).await
    };
    for (number, day, words, want) in [
        ("2", "2026-11-25", "Too young.", "another list"),
        ("1", "2026-11-21", "Too young.", "before the list"),
        ("1", "2026-11-27", "Too young.", "before the list"),
        ("1", "2026-11-25", "", "reason in words"),
    ] {
        let page = send(&mut manager, form(number, day, words)).await;
        assert!(page.status == 422 && page.has(want), "{want}: {}", page.text());
        assert_eq!(status(&world, one).await, "forwarded", "every answer or none");
    }
    assert_eq!(send(&mut manager, form("1", "2026-11-25", "Too young.")).await.status, 303);
    assert_eq!((status(&world, one).await, status(&world, two).await), ("approved".into(), "rejected".into()));
    assert_eq!(status(&world, online).await, "forwarded");
    let mut phone = world.public();
    phone.get("/track").await;
    phone.post("/track", &[("code", &code.to_string()), ("secret", SECRET)]).await;
    let page = phone.get(&format!("/track/{}", code.plain())).await;
    assert!(page.has("paper of 25 Nov 2026") && !page.has("manager.nsr"), "the family reads the paper's day");
    let sheet = manager.get(&made.location()).await;
    assert!(sheet.has("25 Nov 2026") && sheet.has("manager.nsr"), "the list says who entered it");
    let mut dir = world.desk("manager.dir").await;
    assert_eq!((dir.get(&made.location()).await.status, dir.get(&answers).await.status), (404, 404));
}

#[tokio::test]
async fn a_protected_application_goes_on_no_list_of_paper() {
    let world = World::new().await;
    let amina = family(&world, "Amina Bibi", "lower-dir").await;
    apply(&world, &amina, "kpsw-dar-ul-aman").await;
    let mut clerk = world.desk("clerk.dir").await;
    assert!(clerk.get("/dispatch").await.has("Nothing waits for an office without a line"));
}

#[tokio::test]
async fn a_deputy_decides_for_the_days_of_leave_and_both_are_named() {
    let mut world = World::new().await;
    let amina = family(&world, "Amina Bibi", "nowshera").await;
    let id = apply(&world, &amina, PROGRAMME).await;
    let mut away = world.desk("bisp.nsr").await;
    let mut deputy = world.desk("bisp.dir").await;
    assert_eq!(deputy.get(&format!("/applications/{id}")).await.status, 404);
    let page = away.get("/applications/deputy").await;
    assert!(
        page.has("bisp.dir") && !page.has("bisp2.nsr") && !page.has("zakat.nsr"),
        "of the same department, from elsewhere"
    );
    let named = world.app.store.officers(&world.system).by_login("bisp.dir").await.expect("an answer").expect("there");
    let officer = named.id.to_string();
    let form = |from: &'static str, until: &'static str| {
        vec![("deputy", officer.clone()), ("from", from.to_owned()), ("until", until.to_owned())]
    };
    for (from, until) in [("2026-11-24", "2026-11-23"), ("2026-11-01", "2026-11-21"), ("2026-11-24", "2027-11-24")] {
        let page = post(&mut away, "/applications/deputy", &form(from, until)).await;
        assert!(page.status == 422 && page.has("at most 90 days"), "{from} {until}: {}", page.text());
    }
    assert_eq!(post(&mut away, "/applications/deputy", &form("2026-11-24", "2026-11-25")).await.status, 303);
    assert_eq!(deputy.get(&format!("/applications/{id}")).await.status, 404, "not before the first day");
    turn_clock(&mut world, "2026-11-25T05:00:00Z");
    let mut deputy = world.desk("bisp.dir").await;
    assert!(deputy.get("/applications").await.has("Amina Bibi"));
    let version = deputy.get(&format!("/applications/{id}")).await.value("version").expect("a version");
    let moved = deputy.post(&format!("/applications/{id}/move"), &[("version", &version), ("to", "received")]).await;
    assert_eq!(moved.status, 303, "{}", moved.text());
    assert!(deputy.get(&format!("/applications/{id}")).await.has("bisp.dir, standing in for bisp.nsr"));
    turn_clock(&mut world, "2026-11-25T19:30:00Z");
    let mut deputy = world.desk("bisp.dir").await;
    assert_eq!(deputy.get(&format!("/applications/{id}")).await.status, 404, "it ends by itself with the last day");
}
