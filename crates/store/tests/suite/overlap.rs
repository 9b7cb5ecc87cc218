//! Who receives what, laid side by side: over districts once records are joined, by scores, by scope, never by what is
//! protected. And the stakes of pairs, and the history of merges, which read the same.

use super::merge::{Twice, twice};
use crate::common::{
    Base, cast,
    lists::{matched, opened, row},
    on_both,
    story::{self, Story, answer},
};
use domain::{
    applications::Status,
    event::{Event, Record},
    ids::{HouseholdId, ImportId, ListingId, PersonId},
    insights::{Overlap, Receives, Scheme, broken_exclusions, same_purpose},
    money::Paisa,
    payments::Purpose,
    people::{AnswerValue, ImportFinished, Provenance, Relationship, Sex, Tally},
    programmes::ProgrammeId,
};
use std::collections::{BTreeSet, HashMap};
use store::{
    Scope,
    people::{QueueView, Stake},
};
use uuid::Uuid;

const FUND: &str = "Women's Fund Lower Dir";

fn purposes() -> HashMap<ProgrammeId, Purpose> {
    [("bisp-kafaalat".into(), Purpose::Cash), ("kp-shelter".into(), Purpose::Cash)].into()
}

async fn receiving(base: &Base, story: &Story<'_>, scope: &Scope) -> Vec<Receives> {
    let insights = base.store.insights(scope);
    insights.receiving(&purposes(), story.teller.today()).await.expect("an answer")
}

/// Overlaps in short: schemes, purpose, district, sex.
fn shown(overlaps: &BTreeSet<Overlap>) -> Vec<String> {
    let scheme = |scheme: &Scheme| match scheme {
        Scheme::Programme(id) => id.0.clone(),
        Scheme::List(source) => format!("\"{source}\""),
    };
    let line = |one: &Overlap| {
        let purpose = one.purpose.map_or("-", |purpose| purpose.code());
        let sex = one.sex.map_or("-", |sex| sex.code());
        format!("{} + {} {purpose} {} {sex}", scheme(&one.first), scheme(&one.second), one.district.0)
    };
    overlaps.iter().map(line).collect()
}

/// A list of a fund in Lower Dir, which names no programme, names somebody.
async fn listed(story: &mut Story<'_>, person: PersonId) -> ImportId {
    let (import, system) = (ImportId(Uuid::now_v7()), story.teller.base.system.clone());
    let mut list = opened(story.teller.today());
    (list.list.source, list.list.programme, list.file) = (FUND.to_owned(), None, "c".repeat(64));
    story.teller.one(&system, import, list).await;
    let one = row(ListingId(Uuid::now_v7()), 2, "Aamna Bibi", "Sher Zamaan", matched(person));
    story.accept(import, &[one]).await;
    let tally = Tally { matched: 1, ..Tally::default() };
    story.teller.one(&system, import, ImportFinished { tally }).await;
    import
}

async fn turn(base: &Base, stake: &Stake) {
    while base.store.review_due(stake, 50).await.expect("a turn").persons > 0 {}
}

on_both!(one_person_in_two_districts_overlaps_once_the_records_are_joined, async |base: &Base| {
    let mut twice = twice(base).await;
    listed(&mut twice.story, twice.aamna).await;
    let overlaps =
        async |twice: &Twice<'_>, scope: &Scope| shown(&same_purpose(&receiving(base, &twice.story, scope).await));
    let here = "bisp-kafaalat + kpz-guzara cash nowshera female";
    assert_eq!(overlaps(&twice, &base.system).await, [here], "an application and a list");
    let unit = twice.join().await;
    let joined = [
        here.to_owned(),
        format!("bisp-kafaalat + \"{FUND}\" cash nowshera female"),
        format!("kpz-guzara + \"{FUND}\" cash nowshera female"),
    ];
    assert_eq!(overlaps(&twice, &base.system).await, joined, "where she eats");
    assert_eq!(overlaps(&twice, &unit).await, joined, "the unit of that district");
    let there = twice.story.scope("grievance.dir").await;
    assert_eq!(overlaps(&twice, &there).await, Vec::<String>::new(), "she eats in Nowshera");
    for login in ["clerk.nsr", "clerk.dir", "bisp.nsr", "worker.nsr"] {
        let scope = twice.story.scope(login).await;
        assert_eq!(overlaps(&twice, &scope).await, Vec::<String>::new(), "{login} has no figures");
    }
    twice.part(&unit).await;
    assert_eq!(overlaps(&twice, &base.system).await, [here]);
});

on_both!(exclusions_are_broken_by_what_is_received_and_never_by_what_is_protected, async |base: &Base| {
    let story = story::full(base).await;
    let all = receiving(base, &story, &base.system).await;
    let pair = |a: &str, b: &str| BTreeSet::from([(ProgrammeId::from(a), ProgrammeId::from(b))]);
    let broken = |excludes| shown(&broken_exclusions(&all, &excludes));
    assert_eq!(broken(pair("kpz-guzara", "bisp-kafaalat")), ["bisp-kafaalat + kpz-guzara - nowshera -"]);
    assert_eq!(broken(pair("bisp-kafaalat", "kp-shelter")), Vec::<String>::new(), "the protected one is not read");
    assert_eq!(broken(pair("bisp-kafaalat", "kp-zakat")), Vec::<String>::new(), "a returned application gives nothing");
    let schemes: BTreeSet<&Scheme> = all.iter().map(|one| &one.scheme).collect();
    assert!(!schemes.contains(&Scheme::Programme("kp-shelter".into())), "{schemes:?}");
});

on_both!(the_score_in_force_is_read_within_ones_district, async |base: &Base| {
    let mut story = story::full(base).await;
    let worker = story.scope("worker.nsr").await;
    let (ours, visit) = (Record::from(story.household), story.visit);
    let said = |points, provenance| {
        let mut said = answer("scores.nser_2021", None, AnswerValue::Decimal(points), visit);
        said.provenance = provenance;
        Event::from(said)
    };
    let events: Vec<(Record, Event)> = vec![
        (ours, said(1_950, Provenance::Said)),
        (ours, said(2_840, Provenance::Verified)),
        (ours, said(1_700, Provenance::PaperSeen)),
    ];
    story.teller.tell(&worker, events).await;
    let dir = story.scope("clerk.dir").await;
    let theirs = Record::from(story.other_household);
    let mut other = answer("scores.nser_2021", None, AnswerValue::Decimal(3_100), visit);
    other.visit = None;
    story.teller.tell(&dir, vec![(theirs, other)]).await;
    let scored = async |scope: &Scope| {
        let all = base.store.insights(scope).scored().await.expect("an answer");
        all.into_iter().map(|one| (one.household, one.district.0, one.score, one.value)).collect::<Vec<_>>()
    };
    let line = |home: HouseholdId, district: &str, points| (home, district.to_owned(), "nser_2021".to_owned(), points);
    let mut want = vec![line(story.household, "nowshera", 2_840), line(story.other_household, "lower-dir", 3_100)];
    want.sort();
    assert_eq!(scored(&base.system).await, want, "verified outweighs paper and what was said");
    for (login, home, district, points) in
        [("unit", story.household, "nowshera", 2_840), ("grievance.dir", story.other_household, "lower-dir", 3_100)]
    {
        let scope = story.scope(login).await;
        assert_eq!(scored(&scope).await, [line(home, district, points)], "{login} counts one district");
    }
    for login in ["clerk.nsr", "bisp.nsr", "admin"] {
        let scope = story.scope(login).await;
        assert_eq!(scored(&scope).await, vec![], "{login} has no figures");
    }
});

on_both!(families_behind_a_number_are_named_to_their_own_desk, async |base: &Base| {
    let story = story::full(base).await;
    let both = [story.household, story.other_household];
    let named = async |login: &str| {
        let scope = story.scope(login).await;
        let lines = base.store.insights(&scope).families(&both).await.expect("an answer");
        lines.into_iter().map(|line| line.household).collect::<Vec<_>>()
    };
    assert_eq!(named("clerk.nsr").await, [story.household]);
    assert_eq!(named("clerk.dir").await, [story.other_household]);
    for login in ["unit", "bisp.nsr", "admin"] {
        assert_eq!(named(login).await, vec![], "{login} opens no files");
    }
});

on_both!(what_stands_on_a_pair_is_worked_out_again_when_it_changes, async |base: &Base| {
    let mut twice = twice(base).await;
    let stake = Stake { yearly: [("bisp-nashonuma".into(), Paisa(2_000_000))].into() };
    let unit = twice.story.scope("unit").await;
    let stands = async || {
        let rows = base.store.people(&unit).review(QueueView::Open, 0, 50).await.expect("a list");
        let row = rows.into_iter().find(|row| row.link == twice.link).expect("the pair");
        (row.yearly.0, row.open)
    };
    // Twelve thousand every half year, by the committee's list.
    let list = 2 * 1_200_000;
    assert_eq!(stands().await, (list, 2), "nothing was known of amounts when it was made");
    assert_eq!(base.store.review_waiting().await.expect("an answer"), 0);
    base.store.review_stake_is(&stake).await.expect("noted");
    turn(base, &stake).await;
    assert_eq!(stands().await, (list + 2_000_000, 2), "the pack pays for her open application");
    base.store.review_stake_is(&stake).await.expect("nothing new");
    assert_eq!(base.store.review_waiting().await.expect("an answer"), 0, "the same amounts again");
    let (application, dir) = (Record::from(twice.application), twice.story.scope("bisp.dir").await);
    let refused = story::step(Status::Forwarded, Status::Rejected, Some("not in the area"));
    twice.story.teller.tell(&dir, vec![(application, refused)]).await;
    turn(base, &stake).await;
    assert_eq!(stands().await, (list, 1), "it was refused");
    listed(&mut twice.story, twice.aamna).await;
    turn(base, &stake).await;
    assert_eq!(stands().await, (2 * list, 1), "another list");
    // Somebody who stands in no pair is not looked at again.
    let (clerk, home) = (twice.story.scope("clerk.nsr").await, HouseholdId(Uuid::now_v7()));
    let alone: PersonId = Uuid::now_v7().into();
    let details = cast::person("Spogmai", "Taj Gul", Sex::Female, "1971-05-06", Relationship::Head);
    twice.story.register(&clerk, home, "nowshera", "Nizampur", vec![(alone, details)]).await;
    turn(base, &stake).await;
    listed_again(&mut twice.story, alone).await;
    assert_eq!(base.store.review_waiting().await.expect("an answer"), 0);
});

async fn listed_again(story: &mut Story<'_>, person: PersonId) {
    let (import, system) = (ImportId(Uuid::now_v7()), story.teller.base.system.clone());
    let mut list = opened(story.teller.today());
    list.file = "d".repeat(64);
    story.teller.one(&system, import, list).await;
    let one = row(ListingId(Uuid::now_v7()), 2, "Spogmai", "Taj Gul", matched(person));
    story.accept(import, &[one]).await;
    story.teller.one(&system, import, ImportFinished { tally: Tally { matched: 1, ..Tally::default() } }).await;
}

on_both!(merges_of_a_person_are_told_to_whoever_decides_about_them, async |base: &Base| {
    let mut twice = twice(base).await;
    let (home, amina) = (twice.story.household, twice.story.amina());
    let told = async |scope: &Scope| {
        let merges = base.store.people(scope).merges(home, amina).await.expect("an answer");
        merges.map(|all| {
            let line = |m: store::people::Merge| (m.other.given, m.joined, m.steps.len());
            all.into_iter().map(line).collect::<Vec<_>>()
        })
    };
    // Gulalai was taken for her once, which was undone, and then they were told apart.
    let earlier = ("Gulalai", false, 4);
    assert_eq!(told(&base.system).await.map(|all| all.len()), Some(1));
    let unit = twice.join().await;
    let now = told(&base.system).await.expect("an answer");
    assert!(now.iter().any(|line| (line.1, line.2) == (true, 2) && line.0 == "Aamna Bibi"), "{now:?}");
    let ever = base.store.people(&base.system).ever_joined(home).await.expect("an answer");
    assert_eq!(ever, [amina]);
    assert_eq!(base.store.people(&base.system).ever_joined(twice.second_home).await.expect("an answer"), [twice.aamna]);
    twice.part(&unit).await;
    let parted = told(&base.system).await.expect("an answer");
    assert!(parted.iter().any(|line| (line.1, line.2) == (false, 3) && line.0 == "Aamna Bibi"), "{parted:?}");
    assert!(parted.iter().any(|line| (line.0.as_str(), line.1, line.2) == earlier), "{parted:?}");
    for login in ["clerk.nsr", "clerk.dir", "auditor", "bisp.nsr"] {
        assert_eq!(told(&twice.story.scope(login).await).await, None, "{login}");
    }
    assert_eq!(base.store.people(&base.system).merges(twice.second_home, amina).await.expect("an answer"), None);
});

on_both!(an_extract_of_the_registry_holds_what_was_said_on_joined_records, async |base: &Base| {
    let mut twice = twice(base).await;
    let said = async |twice: &Twice<'_>| {
        let people = base.store.people(&base.system);
        let page = people.extract(&"nowshera".into(), None, &BTreeSet::new()).await.expect("an extract");
        let ours = page.households.into_iter().find(|one| one.id == twice.story.household).expect("the family");
        let hers = ours.answers.iter().filter(|a| a.fact == "person.is_widow").map(|a| (a.person, a.from));
        let all = hers.collect::<Vec<_>>();
        let desk = people.household(twice.story.household).await.expect("an answer").expect("the family");
        let count = |answers: &[domain::people::Answer]| answers.iter().filter(|a| !a.protected).count();
        assert_eq!(count(&ours.answers), count(&desk.answers), "as the desk reads it");
        all
    };
    assert_eq!(said(&twice).await, vec![]);
    let unit = twice.join().await;
    assert_eq!(said(&twice).await, [(Some(twice.story.amina()), Some(twice.aamna))]);
    let there = base.store.people(&base.system).extract(&"lower-dir".into(), None, &BTreeSet::new()).await;
    let there = there.expect("an extract").households.into_iter().find(|one| one.id == twice.second_home);
    assert_eq!(there.expect("the other home").present().count(), 1, "she counts once");
    twice.part(&unit).await;
    assert_eq!(said(&twice).await, vec![]);
});
