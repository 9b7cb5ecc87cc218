//! What a record itself holds keeps the day on which it was said.

use crate::common::{Base, cast, on_both, story};
use domain::people::{HouseholdCorrected, MaritalStatus, PersonCorrected, PersonDetails, Place};
use expect_test::expect;

on_both!(a_correction_moves_the_day_of_what_it_changes_and_of_nothing_else, async |base: &Base| {
    let mut story = story::full(base).await;
    let clerk = story.scope("clerk.nsr").await;
    story.teller.at += chrono::TimeDelta::days(3);
    let details = PersonDetails { marital_status: Some(MaritalStatus::Married), sex: None, ..cast::amina() };
    let corrected = PersonCorrected { person: story.amina(), details, reason: "as she says".to_owned() };
    story.teller.one(&clerk, story.household, corrected).await;
    let place = Place { district: "lower-dir".into(), ..cast::place("nowshera", "Akora") };
    let moved = HouseholdCorrected { place, phones: vec![], reason: "they moved".to_owned() };
    story.teller.one(&clerk, story.household, moved).await;
    let household = base.store.people(&base.system).household(story.household).await.expect("read").expect("there");
    let day = |day: Option<domain::Date>| day.map_or("-".to_owned(), |day| day.to_string());
    let mut lines = format!(
        "district {}, province {}\n",
        day(household.place_said.district),
        day(household.place_said.province_permanent)
    );
    for member in &household.members {
        let said = member.said;
        lines.push_str(&format!(
            "{}: sex {}, relationship {}, marital status {}\n",
            member.details.given,
            day(said.sex),
            day(said.relationship),
            day(said.marital_status)
        ));
    }
    expect![[r#"
        district 2026-11-05, province 2026-11-02
        Amina Bibi: sex -, relationship 2026-11-02, marital status 2026-11-05
        Bilal: sex 2026-11-02, relationship 2026-11-02, marital status -
        Zainab: sex 2026-11-02, relationship 2026-11-02, marital status -
        Hamza Zaman: sex 2026-11-02, relationship 2026-11-02, marital status -
        Sher Zaman: sex 2026-11-02, relationship 2026-11-02, marital status -
    "#]]
    .assert_eq(&lines);
    base.seal(story.teller.at).await;
    let before = base.raw().await.dump().await;
    assert_eq!(base.store.rebuild(true).await.expect("a rebuild").differing, Vec::<String>::new());
    assert_eq!(base.raw().await.dump().await, before);
});
