//! Two things of one purpose in one hand: counted, found in the own district, rounded on the way out.

use crate::common::World;
use domain::{
    applications::{ApplicationMoved, ApplicationSubmitted, ClockOwner, Limits, Status},
    eligibility::Outcome,
    event::Change,
    ids::ApplicationId,
    people::Household,
};

/// Amina Bibi receives something: an application that was approved.
pub async fn receives(world: &World, family: &Household, programme: &str, operator: &str, protected: bool) {
    let today = world.app.today();
    let submitted = ApplicationSubmitted {
        household: family.id,
        person: Some(family.members[0].id),
        programme: programme.into(),
        operator: operator.into(),
        district: "nowshera".into(),
        centre: "nowshera".into(),
        visit: None,
        pack: "0".into(),
        outcome: Outcome::MayQualify,
        verdict: serde_json::Value::Null,
        facts_used: vec![],
        papers: vec![],
        missing_papers: vec![],
        limits: Limits { acknowledge: 3, complete_or_return: 7, decide: 30 },
        promised: today,
        protected,
    };
    let moved = ApplicationMoved {
        from: Status::Submitted,
        to: Status::Approved,
        clock: ClockOwner::Department,
        since: today,
        due: None,
        days_left: None,
        rule: None,
        words: None,
        place: None,
        stead: None,
        granted: None,
    };
    let id = ApplicationId(uuid::Uuid::now_v7());
    world.commit(vec![Change::after(id, 0, submitted, today), Change::after(id, 1, moved, today)]).await;
}

#[tokio::test]
async fn two_of_one_purpose_show_in_the_own_district_and_leave_rounded() {
    let world = World::new().await;
    let mut clerk = world.desk("clerk.nsr").await;
    let visit = world.registered(&mut clerk).await;
    let family = world.household(&visit).await;
    receives(&world, &family, "bisp-kafaalat", "bisp", false).await;
    receives(&world, &family, "kpsw-drug-rehabilitation", "kp-social-welfare", true).await;
    let mut manager = world.desk("manager.nsr").await;
    let one = manager.get("/insights/overlap").await;
    assert_eq!(one.status, 200);
    assert!(one.has("Nothing to show"), "one programme overlaps with nothing: {}", one.text());
    receives(&world, &family, "eobi-survivors-pension", "eobi", false).await;
    let page = manager.get("/insights/overlap").await;
    assert!(page.has("Two or more of the same purpose") && page.has("Money for daily needs"), "{}", page.text());
    assert!(!page.has("drug") && !page.has("Drug"), "protected programmes are in no figure");
    let behind = page.links("/insights/overlap/families").first().expect("the families").replace("&amp;", "&");
    let families = manager.get(&behind.replace("&#38;", "&")).await;
    assert!(families.has("Amina Bibi") && families.has("Pabbi"), "{}", families.text());
    let mut unit = world.desk("auditor").await;
    assert!(unit.get("/access/reads").await.has("overlap"), "opening the list is logged");
    let csv = manager.get("/insights/overlap/export").await;
    assert!(csv.text().starts_with("kind,first,second,about,district,women,men,all\r\n\"same\","), "{}", csv.text());
    assert!(csv.has("\"Nowshera\",0,0,0"), "one woman is no number that leaves: {}", csv.text());
    let mut dir = world.desk("manager.dir").await;
    assert!(dir.get("/insights/overlap").await.has("Nothing to show"), "another district's is not counted there");
    assert!(!dir.get(&behind.replace("&#38;", "&")).await.has("Amina"), "and its families are not named");
    let mut clerk_again = world.desk("clerk.nsr").await;
    assert_eq!(clerk_again.get("/insights/overlap").await.status, 404);
}
