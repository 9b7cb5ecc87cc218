//! Corrections: with a reason, never over somebody else's answer, and told to the applications that used them.

use super::{cast, member_address, with};
use crate::common::World;
use domain::{
    applications::{ApplicationSubmitted, Limits},
    eligibility::Outcome,
    event::Change,
    ids::ApplicationId,
    people::{Birth, LeaveReason},
};

/// An application of Amina Bibi that used her sex and her birth, behind the pages.
pub async fn application(world: &World, visit: &str) -> ApplicationId {
    let household = world.household(visit).await;
    let amina = household.members[0].id;
    let id = ApplicationId(uuid::Uuid::now_v7());
    let submitted = ApplicationSubmitted {
        household: household.id,
        person: Some(amina),
        programme: "bisp-kafaalat".into(),
        operator: "bisp".into(),
        district: "nowshera".into(),
        centre: "nowshera".into(),
        visit: None,
        pack: world.app.pack_hash.clone(),
        outcome: Outcome::ALL[0],
        verdict: serde_json::json!({}),
        facts_used: vec![format!("person.sex@{amina}"), format!("person.birth@{amina}"), "household.district".into()],
        papers: vec![],
        missing_papers: vec![],
        limits: Limits { acknowledge: 2, complete_or_return: 5, decide: 15 },
        promised: "2026-12-11".parse().expect("a day"),
        protected: false,
    };
    world.commit(vec![Change::after(id, 0, submitted, world.app.today())]).await;
    id
}

pub async fn flags(world: &World, id: ApplicationId) -> Vec<String> {
    let application =
        world.app.store.applications(&world.system).get(id).await.expect("an answer").expect("it is there");
    let short = |fact: &str| fact.split('@').next().unwrap_or_default().to_owned();
    application.flags.iter().map(|flag| short(&flag.fact)).collect()
}

#[tokio::test]
async fn a_correction_needs_a_reason_and_flags_the_applications_that_used_it() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let visit = world.registered(&mut desk).await;
    let id = application(&world, &visit).await;
    let address = member_address(&visit, &mut desk, 0).await;
    let page = desk.get(&address).await;
    let version = page.value("version").expect("a version");
    let base = with(&cast::amina_form(), &[("relationship", "head"), ("version", &version)]);
    let changed = with(&base, &[("birth_year", "1987"), ("marital_status", "married")]);
    let without = desk.post(&address, &changed).await;
    assert_eq!(without.status, 422);
    assert!(without.has("A correction needs a reason") && without.has("value=\"1987\""));
    let done = desk.post(&address, &with(&changed, &[("reason", "read off the card")])).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(flags(&world, id).await, ["person.birth"], "the marital status was not used");
    assert_eq!(world.household(&visit).await.members[0].details.birth, Birth::parse("1987-03-02").ok());

    let version = desk.get(&address).await.value("version").expect("a version");
    let number = with(&changed, &[("version", &version), ("number", "17201-2345678-4"), ("reason", "misread")]);
    assert_eq!(desk.post(&address, &number).await.status, 303);
    assert_eq!(flags(&world, id).await, ["person.birth", "person.number"], "every application carries the number");

    let place = desk.get(&format!("{visit}/place")).await.value("version").expect("a version");
    let moved = [("district", "peshawar"), ("village", "Pabbi"), ("reason", "moved"), ("version", &place)];
    assert_eq!(desk.post(&format!("{visit}/place"), &moved).await.status, 303);
    assert_eq!(flags(&world, id).await, ["person.birth", "person.number", "household.district"]);
    assert!(world.household(&visit).await.phones.is_empty(), "a phone that was emptied is taken off");
}

#[tokio::test]
async fn a_stale_form_shows_both_answers_and_loses_neither() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let visit = world.registered(&mut desk).await;
    let address = member_address(&visit, &mut desk, 0).await;
    let version = desk.get(&address).await.value("version").expect("a version");
    let base = with(&cast::amina_form(), &[("relationship", "head"), ("version", &version), ("reason", "heard again")]);
    let mut worker = world.desk("worker.nsr").await;
    worker.get(&address).await;
    assert_eq!(worker.post(&address, &with(&base, &[("given", "Amina Gul")])).await.status, 303);
    let page = desk.post(&address, &with(&base, &[("given", "Amina Begum")])).await;
    assert_eq!(page.status, 409);
    assert!(page.has("Amina Gul") && page.has("Amina Begum"), "both answers stand side by side");
    assert_eq!(world.household(&visit).await.members[0].details.given, "Amina Gul");
    let version = page.value("version").expect("the version to send again with");
    let mine = with(&base, &[("given", "Amina Begum"), ("version", &version)]);
    assert_eq!(desk.post(&address, &mine).await.status, 303);
    assert_eq!(world.household(&visit).await.members[0].details.given, "Amina Begum");
}

#[tokio::test]
async fn a_member_who_left_is_kept_with_the_day_and_no_longer_counted() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let visit = world.family(&mut desk).await;
    let id = application(&world, &visit).await;
    let address = format!("{}/leave", member_address(&visit, &mut desk, 0).await);
    let version = desk.get(&address).await.value("version").expect("a version");
    let gone = [("why", "death"), ("on_day", "3"), ("on_month", "10"), ("on_year", "2026"), ("version", &version)];
    for (changed, sentence) in [
        (("why", ""), "Choose why"),
        (("on_day", "32"), "This is not a date"),
        (("on_year", "2027"), "lies in the future"),
    ] {
        let page = desk.post(&address, &with(&gone, &[changed])).await;
        assert_eq!(page.status, 422, "{changed:?}");
        assert!(page.has(sentence), "{changed:?}");
    }
    assert_eq!(desk.post(&address, &gone).await.status, 303);
    let household = world.household(&visit).await;
    let day = "2026-10-03".parse().expect("a day");
    assert_eq!(household.members[0].left, Some((LeaveReason::Death, day)), "a late report is ordinary");
    assert_eq!(household.present().count(), 3);
    assert!(flags(&world, id).await.contains(&"person.member".to_owned()), "the office learns of it");
    let page = desk.get(&format!("{visit}/household")).await;
    assert!(page.has("No longer in this household") && page.has("3 members"));
    assert!(page.has("Nobody is named as head"));
    assert_eq!(desk.get(&address).await.status, 404, "who left cannot leave again");
}
