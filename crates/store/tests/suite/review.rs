//! Which pairs come before an officer, in which order, and who sees what of them.

use super::merge::twice;
use crate::common::{Base, cast, on_both, story};
use domain::{
    event::{Event, Record},
    ids::{CommandId, HouseholdId, LinkId, PersonId},
    money::Paisa,
    people::{HouseholdRegistered, LinkDecision, MemberAdded, Relationship, Sex},
};
use store::{
    Commit, Scope,
    people::{QueueView, Stake},
};
use uuid::Uuid;

async fn links(base: &Base, scope: &Scope, view: QueueView) -> Vec<LinkId> {
    let rows = base.store.people(scope).review(view, 0, 50).await.expect("a list");
    rows.into_iter().map(|row| row.link).collect()
}

async fn turn(base: &Base, stake: &Stake) {
    while base.store.review_due(stake, 50).await.expect("a turn").persons > 0 {}
}

on_both!(a_second_registration_comes_before_an_officer_of_either_district, async |base: &Base| {
    let twice = twice(base).await;
    let unit = twice.story.scope("unit").await;
    assert_eq!(links(base, &unit, QueueView::Open).await, [twice.link]);
    for login in ["clerk.nsr", "worker.nsr", "clerk.dir", "auditor", "admin", "bisp.nsr"] {
        let scope = twice.story.scope(login).await;
        assert_eq!(links(base, &scope, QueueView::Open).await, [], "{login}");
        let people = base.store.people(&scope);
        let pair = people.pair(twice.link, &Stake::default(), twice.story.teller.at).await.expect("an answer");
        assert_eq!(pair, None, "{login}");
    }
    let counts = base.store.people(&unit).review_counts().await.expect("counts");
    assert_eq!(counts, [(QueueView::Open, 1), (QueueView::Waiting, 0)]);
});

on_both!(a_file_of_no_own_district_shows_a_card_until_a_reason_is_written, async |base: &Base| {
    let twice = twice(base).await;
    let (unit, since) = (twice.story.scope("unit").await, twice.story.teller.at);
    let shown = async || {
        let pair = base.store.people(&unit).pair(twice.link, &Stake::default(), since).await.expect("an answer");
        let pair = pair.expect("the pair");
        let mut sides = [pair.first, pair.second];
        sides.sort_by_key(|side| side.household != twice.second_home);
        sides.map(|side| (side.file.is_some(), side.card.village))
    };
    assert_eq!(shown().await, [(false, None), (false, None)]);
    let at = since + chrono::TimeDelta::seconds(5);
    base.store.log_opening(&unit, twice.second_home.0, "two cards to compare", at).await.expect("logged");
    assert_eq!(shown().await, [(true, Some("Timergara".to_owned())), (false, None)]);
    let later = at + chrono::TimeDelta::seconds(1);
    let pair = base.store.people(&unit).pair(twice.link, &Stake::default(), later).await.expect("an answer");
    assert!(pair.is_some_and(|pair| pair.first.file.is_none() && pair.second.file.is_none()), "a reason wears off");
});

on_both!(sisters_in_law_who_share_phone_and_village_are_not_a_pair, async |base: &Base| {
    let mut story = story::full(base).await;
    let clerk = story.scope("clerk.nsr").await;
    let (home, phone) = (HouseholdId(Uuid::now_v7()), cast::phone("+923009876543"));
    let place = cast::place("nowshera", "Risalpur");
    let registered = HouseholdRegistered { centre: "nowshera".into(), place, phones: vec![phone] };
    let mut events: Vec<(Record, Event)> = vec![(home.into(), registered.into())];
    // Two brothers' wives, the wife of a third under her father's name, and two brothers: one phone, one village.
    for (given, father, sex, birth) in [
        ("Palwasha", "Noor Rehman", Sex::Female, "1991"),
        ("Zarghuna", "Noor Rehman", Sex::Female, "1991"),
        ("Spogmai", "Gul Rehman", Sex::Female, "1993"),
        ("Kamran", "Noor Rehman", Sex::Male, "2010"),
        ("Imran", "Noor Rehman", Sex::Male, "2011"),
    ] {
        let details = cast::person(given, father, sex, birth, Relationship::OtherRelative);
        events.push((home.into(), MemberAdded { person: PersonId(Uuid::now_v7()), details }.into()));
    }
    story.teller.tell(&clerk, events).await;
    turn(base, &Stake::default()).await;
    let unit = story.scope("unit").await;
    assert_eq!(links(base, &unit, QueueView::Open).await, []);
});

on_both!(what_was_told_apart_never_comes_back, async |base: &Base| {
    let mut twice = twice(base).await;
    let unit = twice.story.scope("unit").await;
    let people = base.store.people(&unit);
    let decide = async |decision, at| {
        let asked = people.pair_to_decide(twice.link, &Stake::default()).await.expect("an answer").expect("the pair");
        let said = asked.pair.decide(decision, None, vec![], "both women came").expect("a decision");
        let changes = asked.decided(said, twice.story.teller.today());
        let command = crate::common::teller::command(CommandId(Uuid::now_v7()));
        let commit = Commit { command, changes, outcome: String::new(), at };
        base.store.commit(&unit, commit).await.expect("decided");
    };
    let at = twice.story.teller.at + chrono::TimeDelta::seconds(1);
    decide(LinkDecision::NotSure, at).await;
    assert_eq!(links(base, &unit, QueueView::Open).await, []);
    assert_eq!(links(base, &unit, QueueView::NotSure).await, [twice.link]);
    decide(LinkDecision::Different, at + chrono::TimeDelta::seconds(1)).await;
    base.store.review_again().await.expect("thrown away");
    turn(base, &Stake::default()).await;
    for view in [QueueView::Open, QueueView::NotSure, QueueView::Waiting] {
        assert_eq!(links(base, &unit, view).await, [], "{view:?}");
    }
    assert!(links(base, &unit, QueueView::Decided).await.contains(&twice.link));
    twice.story.teller.at = at;
});

on_both!(the_list_is_ordered_by_what_is_at_stake_and_made_again_alike, async |base: &Base| {
    let mut twice = twice(base).await;
    let clerk = twice.story.scope("clerk.nsr").await;
    // A surer pair on which nothing stands.
    for village in ["Risalpur", "Jehangira"] {
        let details = cast::person("Gul Makai", "Daud Khan", Sex::Female, "1979-06-08", Relationship::Head);
        let home = HouseholdId(Uuid::now_v7());
        twice.story.register(&clerk, home, "nowshera", village, vec![(PersonId(Uuid::now_v7()), details)]).await;
    }
    let stake = Stake { yearly: [("bisp-kafaalat".into(), Paisa(5_800_000))].into() };
    base.store.review_again().await.expect("thrown away");
    turn(base, &stake).await;
    let unit = twice.story.scope("unit").await;
    let rows = base.store.people(&unit).review(QueueView::Open, 0, 50).await.expect("a list");
    let stakes: Vec<(i64, i64)> = rows.iter().map(|row| (row.yearly.0, row.open)).collect();
    // Rs 58,000 of the approved programme, and what a list says she receives.
    assert_eq!(stakes, [(8_200_000, 2), (0, 0)], "with two open applications; then nothing");
    assert_eq!(rows[0].link, twice.link);
    let before = base.raw().await.dump().await;
    base.store.review_again().await.expect("thrown away");
    turn(base, &stake).await;
    assert_eq!(base.raw().await.dump().await, before);
});
