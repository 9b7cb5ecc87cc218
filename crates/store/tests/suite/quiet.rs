//! Families of whom nothing was written since a day: listed for two officers, and only where nothing runs.

use crate::common::{Base, cast, on_both, story, teller::first_day};
use chrono::TimeDelta;
use domain::{
    ids::{HouseholdId, PersonId},
    people::{MemberAdded, Relationship, Sex},
};
use store::{StoreError, people::SinceDay};
use uuid::Uuid;

/// So many days after the story begins.
fn day(days: i64) -> SinceDay {
    let day = first_day() + TimeDelta::days(days);
    SinceDay { day, begins: day.and_hms_opt(0, 0, 0).expect("a time").and_utc() - TimeDelta::hours(5) }
}

async fn quiet(base: &Base, days: i64) -> Vec<HouseholdId> {
    let found = base.store.people(&base.system).quiet(day(days)).await.expect("an answer");
    found.into_iter().map(|family| family.household).collect()
}

on_both!(a_family_is_quiet_when_nothing_was_written_of_it_and_nothing_runs, async |base: &Base| {
    let mut story = story::full(base).await;
    assert_eq!(quiet(base, 0).await, [], "everything was written after that day");
    // Amina Bibi's family has applications and complaints that wait; Gulalai has nothing.
    assert_eq!(quiet(base, 1_000).await, [story.other_household]);
    let clerk = story.scope("clerk.dir").await;
    let son = cast::person("Noor Rehman", "Gulalai", Sex::Male, "2030", Relationship::Child);
    story.teller.at += TimeDelta::days(2_000);
    let added = MemberAdded { person: PersonId(Uuid::now_v7()), details: son };
    story.teller.one(&clerk, story.other_household, added).await;
    assert_eq!(quiet(base, 1_000).await, [], "something was written since");
    let found = base.store.people(&base.system).quiet(day(3_000)).await.expect("an answer");
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].registered_on, found[0].last_entry), (first_day(), story.teller.at));
});

on_both!(the_list_is_for_the_program_itself, async |base: &Base| {
    let story = story::full(base).await;
    for login in ["clerk.nsr", "worker.nsr", "unit", "admin", "auditor"] {
        let scope = story.scope(login).await;
        let refused = base.store.people(&scope).quiet(day(1_000)).await;
        assert!(matches!(refused, Err(StoreError::OnTheServer)), "{login}: {refused:?}");
    }
});
