//! Rows of lists that an officer decides: who may, what follows, what is remembered, what is taken back.

use crate::common::{
    Base,
    lists::{matched, opened, row},
    on_both,
    story::{self, Story},
};
use domain::{
    event::{Change, Event},
    ids::{CommandId, ImportId, ListingId, OfficerId, PersonId},
    people::{Likeness, Listed, ListedState, RowCase, RowDecision, RowLimit, RowOutcome, RowUndecided},
};
use store::{
    Command, Commit, Scope, StoreError,
    people::{
        Stake,
        lists::{RowToDecide, RowView},
    },
};
use uuid::Uuid;

fn fresh<I: From<Uuid>>() -> I {
    I::from(Uuid::now_v7())
}

/// A row that may mean some of the story's people.
fn perhaps(listing: ListingId, line: u64, given: &str, father: &str, persons: &[PersonId]) -> Listed {
    let like = |person: &PersonId| Likeness { person: *person, score: 900, why: vec!["same_given_name".to_owned()] };
    row(listing, line, given, father, RowOutcome::Review { among: persons.iter().map(like).collect() })
}

/// A second list with one row to be looked at, imported by `importer` or by the program.
async fn one_row(story: &mut Story<'_>, importer: Option<&str>, row: &Listed) -> ImportId {
    let import: ImportId = fresh();
    let mut opening = opened(story.teller.today());
    opening.list.title = "Another list".to_owned();
    let scope = match importer {
        Some(login) => story.scope(login).await,
        None => story.teller.base.system.clone(),
    };
    story.teller.one(&scope, import, opening).await;
    story.accept(import, std::slice::from_ref(row)).await;
    import
}

async fn case(base: &Base, scope: &Scope, story: &Story<'_>, listing: ListingId) -> Option<RowToDecide> {
    let lists = base.store.lists(scope);
    lists.row_to_decide(listing, &Stake::default(), story.teller.at).await.expect("an answer")
}

/// Decides as an officer would, from the row as they see it.
async fn says(
    base: &Base,
    scope: &Scope,
    story: &Story<'_>,
    listing: ListingId,
    event: impl FnOnce(&RowCase) -> Result<Event, RowUndecided>,
) -> Result<(), StoreError> {
    let case = case(base, scope, story, listing).await.expect("the row");
    let event = event(&case.case).expect("a decision");
    let changes = case.change(event, story.teller.today());
    commit(base, scope, changes, story).await
}

async fn commit(base: &Base, scope: &Scope, changes: Vec<Change>, story: &Story<'_>) -> Result<(), StoreError> {
    let id: CommandId = fresh();
    let command =
        Command { id, officer: scope.officer_id(), route: "row".to_owned(), body_hash: id.0.as_bytes().to_vec() };
    let at = story.teller.at + chrono::TimeDelta::seconds(1);
    base.store.commit(scope, Commit { command, changes, outcome: String::new(), at }).await.map(drop)
}

fn decide(
    decision: RowDecision,
    person: Option<PersonId>,
    by: Option<OfficerId>,
) -> impl FnOnce(&RowCase) -> Result<Event, RowUndecided> {
    move |case| case.decide(decision, person, by, vec![], "the card was seen").map(Event::from)
}

async fn rebuilt(base: &Base) {
    let rebuilt = base.store.rebuild(false).await.expect("a rebuild");
    assert_eq!(rebuilt.differing, Vec::<String>::new());
}

/// How the row stands, whom it means, and how many benefits of the family there are.
async fn stands(base: &Base, story: &Story<'_>, listing: ListingId) -> (ListedState, Option<PersonId>, usize) {
    let lists = base.store.lists(&base.system);
    let row = lists.row(listing).await.expect("an answer").expect("the row");
    let received = lists.received(story.household).await.expect("benefits").len();
    (row.listed.outcome.state(), row.listed.person(), received)
}

on_both!(a_row_said_to_mean_a_person_gives_its_benefits_and_is_taken_back_whole, async |base: &Base| {
    let mut story = story::full(base).await;
    let (listing, zainab): (ListingId, _) = (fresh(), story.members[2]);
    let import = one_row(&mut story, None, &perhaps(listing, 2, "Zainab", "Noor", &[zainab])).await;
    let unit = story.scope("unit").await;
    let before = stands(base, &story, listing).await;
    assert_eq!((before.0, before.1), (ListedState::Review, None));
    let shown = case(base, &unit, &story, listing).await.expect("the row");
    assert!(shown.candidates.iter().any(|one| one.person == zainab && one.limits.is_empty()));
    says(base, &unit, &story, listing, decide(RowDecision::Same, Some(zainab), unit.officer_id())).await.expect("said");
    assert_eq!(stands(base, &story, listing).await, (ListedState::Matched, Some(zainab), before.2 + 1));
    assert_eq!(base.store.lists(&base.system).counts(import).await.expect("counts").matched, 1);
    rebuilt(base).await;
    says(base, &unit, &story, listing, |case| case.take_back("another Zainab").map(Event::from)).await.expect("back");
    assert_eq!(stands(base, &story, listing).await, before);
    let again = case(base, &unit, &story, listing).await.expect("the row");
    assert_eq!((again.case.said, again.history.len()), (None, 2));
    rebuilt(base).await;
});

on_both!(somebody_new_is_known_by_the_list_and_brings_followers_along, async |base: &Base| {
    let mut story = story::full(base).await;
    let (listing, follower): (ListingId, ListingId) = (fresh(), fresh());
    let (own, zainab) = (PersonId(listing.0), story.members[2]);
    one_row(&mut story, None, &perhaps(listing, 2, "Zainab", "Noor", &[zainab])).await;
    let unit = story.scope("unit").await;
    says(base, &unit, &story, listing, decide(RowDecision::New, None, unit.officer_id())).await.expect("said");
    assert_eq!(stands(base, &story, listing).await.1, Some(own));
    // A later list means the same unregistered person; then the officer learns who she is.
    one_row(&mut story, None, &row(follower, 2, "Zainab", "Noor", matched(own))).await;
    says(base, &unit, &story, listing, |case| case.take_back("she is registered").map(Event::from))
        .await
        .expect("back");
    assert_eq!(stands(base, &story, follower).await.1, Some(own), "who follows goes on following");
    let before = stands(base, &story, follower).await.2;
    says(base, &unit, &story, listing, decide(RowDecision::Same, Some(zainab), unit.officer_id())).await.expect("said");
    assert_eq!(stands(base, &story, follower).await.1, Some(zainab));
    assert!(stands(base, &story, follower).await.2 > before);
    rebuilt(base).await;
    says(base, &unit, &story, listing, |case| case.take_back("no, another").map(Event::from)).await.expect("back");
    assert_eq!(stands(base, &story, follower).await.1, Some(own), "and goes back with the row");
    assert_eq!(stands(base, &story, follower).await.2, before);
    rebuilt(base).await;
});

on_both!(what_was_refused_is_not_taken_again_and_can_be_taken_back, async |base: &Base| {
    let mut story = story::full(base).await;
    let listing: ListingId = fresh();
    let mut refused = perhaps(listing, 2, "Haji Store", "Noor", &[story.members[2]]);
    refused.row_key = "a shop".to_owned();
    one_row(&mut story, None, &refused).await;
    let unit = story.scope("unit").await;
    says(base, &unit, &story, listing, decide(RowDecision::Refused, None, unit.officer_id())).await.expect("said");
    let lists = base.store.lists(&base.system);
    assert_eq!(stands(base, &story, listing).await.0, ListedState::Refused);
    let row = lists.row(listing).await.expect("an answer").expect("the row");
    assert_eq!(row.said.map(|(_, reason)| reason).as_deref(), Some("the card was seen"));
    assert_eq!(lists.taken(&["a shop".to_owned()]).await.expect("keys"), ["a shop"], "known in another file");
    rebuilt(base).await;
    says(base, &unit, &story, listing, |case| case.take_back("a person after all").map(Event::from))
        .await
        .expect("back");
    assert_eq!(stands(base, &story, listing).await.0, ListedState::Review);
    assert!(lists.search(&linkage::query::parse("Haji Store s/o Noor")).await.expect("hits").len() == 1, "found again");
    rebuilt(base).await;
});

on_both!(who_was_not_sure_is_remembered_and_two_who_decide_meet, async |base: &Base| {
    let mut story = story::full(base).await;
    let (listing, zainab): (ListingId, _) = (fresh(), story.members[2]);
    one_row(&mut story, None, &perhaps(listing, 2, "Zainab", "Noor", &[zainab])).await;
    let unit = story.scope("unit").await;
    let views = async |view| {
        let rows = base.store.lists(&unit).rows_to_decide(view, None, 0, 50).await.expect("rows");
        rows.iter().any(|row| row.listing == listing)
    };
    assert!(views(RowView::Open).await);
    let seen = case(base, &unit, &story, listing).await.expect("the row");
    says(base, &unit, &story, listing, decide(RowDecision::NotSure, None, unit.officer_id())).await.expect("said");
    assert!(!views(RowView::Open).await && views(RowView::NotSure).await);
    let history = case(base, &unit, &story, listing).await.expect("the row").history;
    assert_eq!(history.len(), 1);
    assert!(!history[0].officer.is_empty(), "who looked");
    let late = decide(RowDecision::New, None, unit.officer_id())(&seen.case).expect("a decision");
    let refused = commit(base, &unit, seen.change(late, story.teller.today()), &story).await.expect_err("a conflict");
    assert!(matches!(refused, StoreError::Conflict(_)), "{refused}");
    says(base, &unit, &story, listing, decide(RowDecision::New, None, unit.officer_id())).await.expect("said");
    assert!(views(RowView::Decided).await);
});

on_both!(who_imported_a_list_says_but_another_confirms, async |base: &Base| {
    let mut story = story::full(base).await;
    let (listing, zainab): (ListingId, _) = (fresh(), story.members[2]);
    one_row(&mut story, Some("unit"), &perhaps(listing, 2, "Zainab", "Noor", &[zainab])).await;
    let unit = story.scope("unit").await;
    says(base, &unit, &story, listing, decide(RowDecision::Same, Some(zainab), unit.officer_id())).await.expect("said");
    let waiting = case(base, &unit, &story, listing).await.expect("the row");
    let said = waiting.case.waits().expect("it waits");
    assert_eq!(
        (said.limits.clone(), stands(base, &story, listing).await.0),
        (vec![RowLimit::OwnImport], ListedState::Review)
    );
    let by = unit.officer_id().expect("an officer");
    assert_eq!(waiting.case.confirm(by), Err(RowUndecided::OwnProposal));
    let second: OfficerId = fresh();
    let confirmed = waiting.case.confirm(second).expect("confirmed");
    commit(base, &base.system, waiting.change(confirmed, story.teller.today()), &story).await.expect("confirmed");
    assert_eq!(stands(base, &story, listing).await.1, Some(zainab));
    rebuilt(base).await;
});

on_both!(rows_are_looked_at_where_they_lie_and_by_nobody_else, async |base: &Base| {
    let mut story = story::full(base).await;
    let (listing, zainab): (ListingId, _) = (fresh(), story.members[2]);
    one_row(&mut story, None, &perhaps(listing, 2, "Zainab", "Noor", &[zainab])).await;
    for login in ["clerk.nsr", "worker.nsr", "clerk.dir", "auditor", "admin", "bisp.nsr"] {
        let scope = story.scope(login).await;
        assert!(case(base, &scope, &story, listing).await.is_none(), "{login}");
        let rows = base.store.lists(&scope).rows_to_decide(RowView::Open, None, 0, 50).await.expect("rows");
        assert_eq!(rows, [], "{login}");
    }
});

on_both!(a_decision_about_the_forgotten_goes_with_them, async |base: &Base| {
    let mut story = story::full(base).await;
    let (meant, waits): (ListingId, ListingId) = (fresh(), fresh());
    let sher = story.members[4];
    one_row(&mut story, None, &perhaps(meant, 2, "Sher Zaman", "Mir Zaman", &[sher])).await;
    one_row(&mut story, Some("unit"), &perhaps(waits, 2, "Sher Zaman", "Gul Zaman", &[sher])).await;
    let unit = story.scope("unit").await;
    for listing in [meant, waits] {
        says(base, &unit, &story, listing, |case| {
            let said = case.decide(RowDecision::Same, Some(sher), unit.officer_id(), vec![], "Sher Zaman told me");
            said.map(Event::from)
        })
        .await
        .expect("said");
    }
    let asked = store::Forgetting {
        household: story.household,
        person: Some(sher),
        reason: "the family asked".to_owned(),
        officers: (story.officers["admin"], story.officers["auditor"]),
    };
    let later = story.teller.at + chrono::TimeDelta::seconds(2);
    base.store.forget(&base.system, asked, later).await.expect("forgotten");
    let gone = case(base, &unit, &story, meant).await;
    assert!(gone.is_none_or(|gone| gone.history.is_empty() && gone.row.listed.given.is_empty()));
    let left = case(base, &unit, &story, waits).await.expect("the row still waits");
    assert!(!left.history[0].reason.contains("Sher"), "{}", left.history[0].reason);
    assert!(left.candidates.iter().all(|one| one.person != sher));
    rebuilt(base).await;
    assert_eq!(base.store.verify().await.expect("an answer").faults, vec![]);
});
