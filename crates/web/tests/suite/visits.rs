//! Tokens and visits: who is called first, what ends at the counter, and who serves.

use crate::common::{World, cast};
use domain::visits::VisitOutcome;

async fn visit_now(world: &World, address: &str) -> domain::visits::Visit {
    let id = address.rsplit('/').next().and_then(|id| id.parse().ok()).expect("a visit's address");
    world.app.store.visits(&world.system).get(id).await.expect("an answer").expect("the visit")
}

#[tokio::test]
async fn a_token_needs_counter_topic_and_language() {
    let world = World::new().await;
    let mut desk = world.desk("token.nsr").await;
    let all = [("counter", "women"), ("topic", "help"), ("language", "ps")];
    for (missing, sentence) in
        [("counter", "Choose the counter"), ("topic", "Choose what brings"), ("language", "Choose the visitor")]
    {
        desk.get("/desk").await;
        let form: Vec<_> = all.iter().filter(|(name, _)| *name != missing).copied().collect();
        let page = desk.post("/desk", &form).await;
        assert_eq!(page.status, 422, "without {missing}");
        assert!(page.has(sentence), "without {missing}");
    }
    assert_eq!(desk.post("/desk", &all).await.status, 303);
}

#[tokio::test]
async fn disability_elderly_and_women_are_called_before_the_rest() {
    let world = World::new().await;
    let mut desk = world.desk("token.nsr").await;
    for counter in ["general", "women", "elderly", "disability", "women"] {
        desk.get("/desk").await;
        let form = [("counter", counter), ("topic", "help"), ("language", "en")];
        assert_eq!(desk.post("/desk", &form).await.status, 303);
    }
    let page = desk.get("/desk").await;
    let order: Vec<usize> = ["Token 4", "Token 3", "Token 2", "Token 5", "Token 1"]
        .iter()
        .filter_map(|token| page.text().find(token))
        .collect();
    assert_eq!(order.len(), 5);
    assert!(order.is_sorted(), "disability, elderly, women by number, general: {order:?}");
}

#[tokio::test]
async fn a_pure_question_ends_at_the_counter_and_is_counted() {
    let world = World::new().await;
    let mut desk = world.desk("token.nsr").await;
    desk.get("/desk").await;
    desk.post("/desk", &[("counter", "general"), ("topic", "question"), ("language", "en")]).await;
    let page = desk.get("/desk").await;
    assert!(page.has("Nobody is waiting") && page.has("A question only"));
}

#[tokio::test]
async fn who_finds_the_family_serves_the_visit() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let visit = world.visit(&mut desk).await;
    assert_eq!(visit_now(&world, &visit).await.officer, None);
    desk.get(&format!("{visit}/register")).await;
    assert_eq!(desk.post(&format!("{visit}/register"), &cast::amina_form()).await.status, 303);
    let served = visit_now(&world, &visit).await.officer;
    assert!(served.is_some());
    let mut worker = world.desk("worker.nsr").await;
    worker.get(&visit).await;
    assert_eq!(worker.post(&format!("{visit}/call"), &[]).await.status, 303);
    let taken = visit_now(&world, &visit).await.officer;
    assert!(taken.is_some() && taken != served, "the same visit moves to the social worker's desk");
}

#[tokio::test]
async fn an_ended_visit_takes_nothing_more_and_loses_nothing() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let visit = world.visit(&mut desk).await;
    desk.get(&format!("{visit}/register")).await;
    desk.post(&format!("{visit}/end"), &[]).await;
    assert_eq!(visit_now(&world, &visit).await.outcome, Some(VisitOutcome::Left));
    let page = desk.post(&format!("{visit}/register"), &cast::amina_form()).await;
    assert_eq!(page.status, 422);
    assert!(page.has("This visit has ended") && page.has("value=\"Amina Bibi\""), "what was typed is still there");
    assert!(world.app.store.people(&world.system).recent(9).await.expect("an answer").is_empty());

    let other = world.registered(&mut desk).await;
    desk.post(&format!("{other}/end"), &[]).await;
    assert_eq!(visit_now(&world, &other).await.outcome, Some(VisitOutcome::Registered));
    for (form, address) in [
        (vec![("complete", "yes")], format!("{other}/members-complete")),
        (cast::children_forms().remove(0), format!("{other}/members/new")),
        (vec![("consent_keep", "yes"), ("how", "spoken"), ("language", "ur")], format!("{other}/consent")),
    ] {
        let page = desk.post(&address, &form).await;
        assert_eq!(page.status, 422, "{address}");
        assert!(page.has("This visit has ended"), "{address}");
    }
}

#[tokio::test]
async fn another_centres_visit_does_not_exist() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let visit = world.visit(&mut desk).await;
    let mut dir = world.desk("clerk.dir").await;
    for address in [visit.clone(), format!("{visit}/household"), format!("{visit}/register")] {
        assert_eq!(dir.get(&address).await.status, 404, "{address}");
    }
    assert_eq!(dir.post(&format!("{visit}/end"), &[]).await.status, 404);
    assert_eq!(visit_now(&world, &visit).await.outcome, None);
}

#[tokio::test]
async fn a_form_of_another_session_or_site_changes_nothing() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let visit = world.visit(&mut desk).await;
    let old = [("csrf", "0123456789")];
    assert_eq!(desk.post(&format!("{visit}/end"), &old).await.status, 403);
    assert_eq!(visit_now(&world, &visit).await.outcome, None);
}
