//! Commands: whole or not at all, once however often they are sent, and never over somebody else's change.

use crate::common::{
    Base, cast, on_both, story,
    teller::{Teller, first_instant},
};
use domain::{
    event::{Change, Event, Record},
    ids::{CommandId, HouseholdId, VisitId},
    language::Lang,
    people::{HouseholdRegistered, MemberListStated},
    visits::{Counter, TokenIssued, Topic},
};
use store::{Commit, Committed, StoreError};
use uuid::Uuid;

fn registered() -> HouseholdRegistered {
    HouseholdRegistered { centre: "nowshera".into(), place: cast::place("nowshera", "Pabbi"), phones: vec![] }
}

/// A commit of one event that makes version `seen + 1` of a household.
fn commit(teller: &mut Teller<'_>, household: HouseholdId, seen: i64) -> Commit {
    let mut commit = teller.commit([(Record::from(household), MemberListStated { complete: true })]);
    commit.changes[0].version = seen + 1;
    commit
}

async fn household(teller: &mut Teller<'_>) -> HouseholdId {
    let id = HouseholdId(Uuid::now_v7());
    teller.one(&teller.base.system, id, registered()).await;
    id
}

async fn events(base: &Base) -> usize {
    base.raw().await.count("journal").await
}

on_both!(of_two_changes_to_one_version_one_is_a_conflict, async |base: &Base| {
    let mut teller = Teller::new(base);
    let id = household(&mut teller).await;
    for seen in 1..=10 {
        let (first, second) = (commit(&mut teller, id, seen), commit(&mut teller, id, seen));
        let (first, second) =
            tokio::join!(base.store.commit(&base.system, first), base.store.commit(&base.system, second));
        let outcomes = [first, second];
        assert_eq!(outcomes.iter().filter(|o| o.is_ok()).count(), 1, "{outcomes:?}");
        let refused = outcomes.into_iter().find_map(Result::err).expect("one is refused");
        assert!(matches!(refused, StoreError::Conflict(record) if record == id.into()), "{refused:?}");
    }
    assert_eq!(events(base).await, 11);
});

on_both!(a_version_from_nowhere_is_a_conflict, async |base: &Base| {
    let mut teller = Teller::new(base);
    let id = household(&mut teller).await;
    for seen in [-1, 0, 2, 98] {
        let commit = commit(&mut teller, id, seen);
        let refused = base.store.commit(&base.system, commit).await.expect_err("refused");
        assert!(matches!(refused, StoreError::Conflict(record) if record == id.into()), "{seen}: {refused:?}");
    }
    assert_eq!(events(base).await, 1);
});

on_both!(a_commit_is_written_whole_or_not_at_all, async |base: &Base| {
    let mut teller = Teller::new(base);
    let (old, new) = (household(&mut teller).await, HouseholdId(Uuid::now_v7()));
    teller.one(&base.system, old, MemberListStated { complete: false }).await;
    let mut both = commit(&mut teller, old, 1);
    both.changes.insert(0, Change::after(new, 0, registered(), teller.today()));
    let refused = base.store.commit(&base.system, both.clone()).await.expect_err("the old household moved on");
    assert!(matches!(refused, StoreError::Conflict(record) if record == old.into()));
    assert!(base.store.people(&base.system).household(new).await.expect("an answer").is_none());
    assert_eq!(base.store.seen(&base.system, both.command.clone()).await.expect("an answer"), None);
    // The same command, made anew from what stands there now, goes through.
    both.changes[1].version = 3;
    assert!(matches!(base.store.commit(&base.system, both).await, Ok(Committed::First(_))));
});

on_both!(a_repeat_is_answered_with_the_first_outcome, async |base: &Base| {
    let mut teller = Teller::new(base);
    let id = household(&mut teller).await;
    let sent = commit(&mut teller, id, 1);
    assert_eq!(base.store.seen(&base.system, sent.command.clone()).await.expect("an answer"), None);
    let first = base.store.commit(&base.system, sent.clone()).await.expect("written");
    assert_eq!(first, Committed::First("/next".to_owned()));
    // A repeat is decided again, from a newer state; what counts is the command.
    let mut repeat = sent.clone();
    repeat.changes[0].version = 3;
    repeat.outcome = "/elsewhere".to_owned();
    assert_eq!(
        base.store.commit(&base.system, repeat).await.expect("an answer"),
        Committed::Repeat("/next".to_owned())
    );
    let seen = base.store.seen(&base.system, sent.command.clone()).await.expect("an answer");
    assert_eq!(seen.as_deref(), Some("/next"));
    assert_eq!(events(base).await, 2);
});

on_both!(the_same_id_with_anything_else_is_refused, async |base: &Base| {
    let mut story = story::full(base).await;
    let before = events(base).await;
    let worker = story.scope("worker.nsr").await;
    let sent = story.teller.commit([(Record::from(story.household), MemberListStated { complete: false })]);
    base.store.commit(&worker, sent.clone()).await.expect("written");
    let (mut body, mut route) = (sent.clone(), sent.clone());
    body.command.body_hash = vec![8; 32];
    route.command.route = "POST /other".to_owned();
    let clerk = story.scope("clerk.nsr").await;
    for (scope, changed) in [(&worker, body), (&worker, route), (&clerk, sent)] {
        let refused = base.store.commit(scope, changed.clone()).await.expect_err("refused");
        assert!(matches!(refused, StoreError::OtherBody), "{refused:?}");
        let refused = base.store.seen(scope, changed.command).await.expect_err("refused");
        assert!(matches!(refused, StoreError::OtherBody), "{refused:?}");
    }
    assert_eq!(events(base).await, before + 1);
});

on_both!(of_eight_sends_at_once_one_is_written, async |base: &Base| {
    let mut teller = Teller::new(base);
    let id = household(&mut teller).await;
    let sent = commit(&mut teller, id, 1);
    let send = || {
        let (store, system, sent) = (base.store.clone(), base.system.clone(), sent.clone());
        tokio::spawn(async move { store.commit(&system, sent).await })
    };
    let sends: Vec<_> = (0..8).map(|_| send()).collect();
    let mut firsts = 0;
    for sent in sends {
        let done = sent.await.expect("a task").expect("an answer");
        assert_eq!(done.outcome(), "/next");
        firsts += usize::from(matches!(done, Committed::First(_)));
    }
    assert_eq!((firsts, events(base).await), (1, 2));
});

on_both!(a_server_whose_clock_is_behind_writes_nothing, async |base: &Base| {
    let mut teller = Teller::new(base);
    let id = household(&mut teller).await;
    let mut late = commit(&mut teller, id, 1);
    late.at -= chrono::TimeDelta::seconds(60);
    let refused = base.store.commit(&base.system, late.clone()).await.expect_err("refused");
    assert!(matches!(refused, StoreError::ClockBehind { .. }), "{refused:?}");
    let again = base.open_again().await;
    let refused = again.commit(&base.system, late).await.expect_err("refused after a restart too");
    assert!(matches!(refused, StoreError::ClockBehind { .. }), "{refused:?}");
    assert_eq!(events(base).await, 1);
    again.close().await;
});

on_both!(a_failing_command_leaves_the_others_of_its_group, async |base: &Base| {
    let mut teller = Teller::new(base);
    let id = household(&mut teller).await;
    let mut sends = Vec::new();
    for i in 0..30 {
        // Every third is late, and fails in the middle of the group that shares one fsync.
        let mut sent = if i % 3 == 0 {
            commit(&mut teller, id, 0)
        } else {
            teller.commit([(Record::from(HouseholdId(Uuid::now_v7())), registered())])
        };
        sent.at = first_instant();
        let (store, system) = (base.store.clone(), base.system.clone());
        sends.push((i % 3 != 0, tokio::spawn(async move { store.commit(&system, sent).await })));
    }
    for (good, sent) in sends {
        assert_eq!(sent.await.expect("a task").is_ok(), good);
    }
    assert_eq!(events(base).await, 21);
    assert_eq!(base.raw().await.count("household").await, 21);
    assert_eq!(base.raw().await.count("command").await, 21);
});

on_both!(opposite_orders_of_two_records_end_in_a_conflict, async |base: &Base| {
    let mut teller = Teller::new(base);
    let (left, right) = (household(&mut teller).await, household(&mut teller).await);
    for seen in 1..=5 {
        let pair = |teller: &mut Teller<'_>, order: [HouseholdId; 2]| {
            let mut sent = commit(teller, order[0], seen);
            sent.changes.push(Change::after(order[1], seen, MemberListStated { complete: true }, teller.today()));
            sent
        };
        let (one, two) = (pair(&mut teller, [left, right]), pair(&mut teller, [right, left]));
        let (one, two) = tokio::join!(base.store.commit(&base.system, one), base.store.commit(&base.system, two));
        let outcomes = [one, two];
        assert_eq!(outcomes.iter().filter(|o| o.is_ok()).count(), 1, "{outcomes:?}");
        assert!(outcomes.iter().any(|o| matches!(o, Err(StoreError::Conflict(_)))), "{outcomes:?}");
    }
});

on_both!(a_token_number_taken_meanwhile_is_a_conflict, async |base: &Base| {
    let mut teller = Teller::new(base);
    let token = |number| TokenIssued {
        centre: "nowshera".into(),
        number,
        counter: Counter::General,
        language: Lang::Ur,
        topic: Topic::Question,
    };
    let centre = "nowshera".into();
    let visit = || Record::from(VisitId(Uuid::now_v7()));
    let visits = base.store.visits(&base.system);
    let number = visits.next_number(&centre, teller.today()).await.expect("a number");
    teller.tell(&base.system, [(visit(), token(number))]).await;
    let refused = teller.try_tell(&base.system, [(visit(), token(number))]).await.expect_err("refused");
    assert!(matches!(refused, StoreError::Conflict(_)), "{refused:?}");
    let next = visits.next_number(&centre, teller.today()).await.expect("a number");
    assert_eq!((number, next), (1, 2));
    teller.tell(&base.system, [(visit(), token(next))]).await;
});

on_both!(the_journal_names_who_sent_a_command, async |base: &Base| {
    let mut story = story::full(base).await;
    let worker = story.scope("worker.nsr").await;
    let mut forged = story.teller.commit([(Record::from(story.household), MemberListStated { complete: false })]);
    forged.command.officer = Some(story.officers["admin"]);
    forged.command.id = CommandId(Uuid::now_v7());
    base.store.commit(&worker, forged).await.expect("written");
    let admin =
        "select o.login from journal j join officer o on o.officer_id = j.officer_id order by j.position desc limit 1";
    assert_eq!(base.raw().await.texts(admin).await, ["worker.nsr"]);
});

on_both!(maintenance_runs_beside_writers, async |base: &Base| {
    let mut teller = Teller::new(base);
    let sent: Vec<Commit> = (0..40)
        .map(|_| teller.commit([(Record::from(HouseholdId(Uuid::now_v7())), Event::from(registered()))]))
        .collect();
    let (store, system, at) = (base.store.clone(), base.system.clone(), teller.at);
    let writers = tokio::spawn(async move {
        for commit in sent {
            store.commit(&system, commit).await.expect("written");
        }
    });
    let store = base.store.clone();
    // Spawned, so that these answers must be fit for a server's background task.
    let keeper = tokio::spawn(async move {
        for _ in 0..4 {
            store.seal(at).await.expect("a seal");
            let rebuilt = store.rebuild(true).await.expect("a rebuild");
            assert_eq!(rebuilt.differing, Vec::<String>::new());
        }
    });
    writers.await.expect("writers");
    keeper.await.expect("keeper");
    base.seal(at).await;
    let verified = base.store.verify().await.expect("an answer");
    assert_eq!((verified.events, verified.sealed, verified.faults), (40, 40, vec![]));
});
