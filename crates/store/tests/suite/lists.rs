//! Imports of lists: taken batch by batch, once; found, received, decided, forgotten.

use crate::common::{
    Base,
    lists::{SOURCE, matched, noor, opened, row},
    on_both,
    story::{self, Story},
};
use domain::{
    ids::{ImportId, ListingId, PersonId},
    people::{ImportCancelled, ImportState, Likeness, ListedMatched, ListedState, RowOutcome},
};
use linkage::PersonForKeys;
use store::{StoreError, people::lists::JobState};
use uuid::Uuid;

fn fresh<I: From<Uuid>>() -> I {
    I::from(Uuid::now_v7())
}

async fn rebuilt(base: &Base) {
    let rebuilt = base.store.rebuild(false).await.expect("a rebuild");
    assert_eq!(rebuilt.differing, Vec::<String>::new());
}

on_both!(a_batch_is_taken_once_and_the_journal_tells_it_whole, async |base: &Base| {
    let mut story = story::full(base).await;
    let lists = base.store.lists(&base.system);
    let import = lists.import(story.import).await.expect("an answer").expect("the import");
    assert_eq!((import.state, import.batches, import.tally.rows()), (ImportState::Finished, 1, 5));
    let second: ImportId = fresh();
    story.teller.one(&base.system, second, opened(story.teller.today())).await;
    let rows = [row(fresh(), 2, "Zarmina", "Gul Khan", RowOutcome::New)];
    lists.accept(second, 1, &rows, story.teller.at).await.expect("taken");
    let twice = lists.accept(second, 1, &rows, story.teller.at).await.expect_err("refused");
    assert!(matches!(twice, StoreError::Conflict(_)), "{twice}");
    assert_eq!(lists.counts(second).await.expect("counts").rows(), 1);
    let known = lists.taken(&["b1".to_owned(), "nobody".to_owned()]).await.expect("keys");
    assert_eq!(known, ["b1"]);
    rebuilt(base).await;
});

on_both!(a_row_taken_before_is_not_taken_again, async |base: &Base| {
    let mut story = story::full(base).await;
    let second: ImportId = fresh();
    story.teller.one(&base.system, second, opened(story.teller.today())).await;
    let lists = base.store.lists(&base.system);
    let refused = lists.accept(second, 1, &[noor(fresh(), 2)], story.teller.at).await.expect_err("refused");
    assert!(matches!(refused, StoreError::Conflict(_)), "{refused}");
    assert_eq!(lists.counts(second).await.expect("counts").rows(), 0);
});

on_both!(a_cancelled_import_takes_nothing_more, async |base: &Base| {
    let mut story = story::full(base).await;
    let (second, lists): (ImportId, _) = (fresh(), base.store.lists(&base.system));
    story.teller.one(&base.system, second, opened(story.teller.today())).await;
    story.teller.one(&base.system, second, ImportCancelled { reason: "the wrong file".to_owned() }).await;
    let rows = [row(fresh(), 2, "Zarmina", "Gul Khan", RowOutcome::New)];
    lists.accept(second, 1, &rows, story.teller.at).await.expect_err("refused");
    let import = lists.import(second).await.expect("an answer").expect("it");
    assert_eq!((import.state, import.tally.rows()), (ImportState::Cancelled, 0));
    let by_file = lists.of_file(&"a".repeat(64)).await.expect("an answer").expect("the first");
    assert_eq!(by_file.id, story.import, "a cancelled import did not take the file");
});

/// What the family receives: whose list, how much, in paisa.
async fn received(base: &Base, story: &Story<'_>) -> Vec<(String, i64)> {
    let lists = base.store.lists(&base.system);
    let all = lists.received(story.household).await.expect("benefits");
    all.into_iter().map(|r| (r.title, r.benefit.amount.map_or(0, |amount| amount.0))).collect()
}

on_both!(the_newest_list_of_a_source_counts, async |base: &Base| {
    let mut story = story::full(base).await;
    assert_eq!(received(base, &story).await, [("Guzara 2026".to_owned(), 1_200_000)]);
    let second: ImportId = fresh();
    let mut later = opened(story.teller.today().succ_opt().expect("a day"));
    later.list.title = "Guzara 2027".to_owned();
    story.teller.one(&base.system, second, later).await;
    let mut again = row(fresh(), 2, "Amina BiBi", "Sher Zaman", matched(story.members[0]));
    again.benefits[0].amount = Some(domain::money::Paisa(1_500_000));
    story.accept(second, &[again]).await;
    assert_eq!(received(base, &story).await, [("Guzara 2027".to_owned(), 1_500_000)]);
    let lists = base.store.lists(&base.system);
    let remembered = lists.remembered(SOURCE).await.expect("an answer").expect("an opening");
    assert_eq!(remembered.list.title, "Guzara 2027", "the newest");
});

on_both!(whoever_is_said_to_be_meant_receives_what_the_row_says, async |base: &Base| {
    let mut story = story::full(base).await;
    let lists = base.store.lists(&base.system);
    // Another list meant the same unregistered man.
    let second: ImportId = fresh();
    let mut other = opened(story.teller.today());
    other.list.title = "Education 2026".to_owned();
    other.list.programme = None;
    story.teller.one(&base.system, second, other).await;
    let follower: ListingId = fresh();
    let his = matched(PersonId(story.unregistered.0));
    story.accept(second, &[row(follower, 2, "Noor Rahman", "Gul Rehman", his)]).await;
    let decided = ListedMatched { person: story.members[4], reason: "the card was seen".to_owned() };
    story.teller.one(&base.system, story.unregistered, decided).await;
    for listing in [story.unregistered, follower] {
        let row = lists.row(listing).await.expect("an answer").expect("a row");
        assert_eq!(row.listed.person(), Some(story.members[4]));
    }
    assert_eq!(received(base, &story).await.len(), 3);
    rebuilt(base).await;
});

on_both!(a_listed_person_is_found_and_shown_as_a_card, async |base: &Base| {
    let story = story::full(base).await;
    let shown = async |scope: &store::Scope, typed: &str| {
        let hits = base.store.lists(scope).search(&linkage::query::parse(typed)).await.expect("an answer");
        let line = |hit: &store::people::lists::ListedHit| {
            format!("{} {:?} {} {}", hit.card.given, hit.card.father_or_husband, hit.yours, hit.source)
        };
        hits.iter().map(line).collect::<Vec<_>>().join("; ")
    };
    let (clerk, dir) = (story.scope("clerk.nsr").await, story.scope("clerk.dir").await);
    let whole = format!("Noor Rehman Some(\"Gul Rehman\") true {SOURCE}");
    assert_eq!(shown(&clerk, "17201-5555555-3").await, whole);
    assert_eq!(shown(&clerk, "Noor Rahman s/o Gul Rehman").await, whole);
    let hidden = format!("Noor Rehman Some(\"G.\") false {SOURCE}");
    assert_eq!(shown(&dir, "17201-5555555-3").await, hidden);
    assert_eq!(shown(&clerk, "Amina Bibi d/o Sher Zaman").await, "", "a registered person is found as herself");
    assert!(base.store.lists(&clerk).to_register(story.unregistered).await.expect("an answer").is_some());
    assert!(base.store.lists(&dir).to_register(story.unregistered).await.expect("an answer").is_none());
});

on_both!(rows_find_whom_they_may_mean_registered_and_listed, async |base: &Base| {
    let story = story::full(base).await;
    let lists = base.store.lists(&base.system);
    let amina = PersonForKeys { given: "Ameena BB", numbers: &["1720123456783"], ..Default::default() };
    let noor = PersonForKeys { given: "Noor Rahman", father_or_husband: Some("Gul Rehman"), ..Default::default() };
    let nobody = PersonForKeys { given: "Spogmai", father_or_husband: Some("Jan"), ..Default::default() };
    let ahead = lists.ahead(&[amina, noor, nobody]).await.expect("an answer");
    let likely = lists.likely(ahead).await.expect("an answer");
    let of = |at: usize| likely.of_row[at].iter().map(|k| &likely.known[*k]).collect::<Vec<_>>();
    let [found] = of(0)[..] else { panic!("one: {:?}", of(0)) };
    assert_eq!((found.record, found.sex.as_deref()), (story.members[0], Some("female")));
    assert_eq!((found.numbers.len(), found.birth.as_deref()), (1, Some("1988-03-02")));
    let [found] = of(1)[..] else { panic!("one: {:?}", of(1)) };
    assert_eq!(found.record, PersonId(story.unregistered.0), "known by a list only");
    assert_eq!(of(2).len(), 0);
});

on_both!(a_job_has_one_worker_until_that_is_gone, async |base: &Base| {
    let mut story = story::full(base).await;
    let (lists, at) = (base.store.lists(&base.system), story.teller.at);
    let (first, second): (Uuid, Uuid) = (Uuid::now_v7(), Uuid::now_v7());
    let import: ImportId = fresh();
    assert!(lists.claim_import(first, at).await.expect("an answer").is_none(), "nothing runs");
    story.teller.one(&base.system, import, opened(story.teller.today())).await;
    assert_eq!(lists.claim_import(first, at).await.expect("an answer").map(|i| i.id), Some(import));
    assert!(lists.claim_import(second, at).await.expect("an answer").is_none());
    let later = at + chrono::TimeDelta::seconds(40);
    assert_eq!(lists.claim_import(second, later).await.expect("an answer").map(|i| i.id), Some(import));
    lists.fail(import, "the file is gone").await.expect("noted");
    assert!(lists.claim_import(first, later).await.expect("an answer").is_none(), "a failed one waits for an officer");
    let dry: ImportId = fresh();
    lists.ask(dry, &opened(story.teller.today()), at).await.expect("asked");
    let job = lists.claim_dry_run(first, at).await.expect("an answer").expect("a job");
    assert_eq!((job.import, job.dry_run), (dry, true));
    assert!(lists.claim_dry_run(second, at).await.expect("an answer").is_none());
    lists.report(dry, "{}").await.expect("noted");
    let job = lists.job(dry).await.expect("an answer").expect("a job");
    assert_eq!((job.state, job.report.as_deref()), (JobState::Done, Some("{}")));
});

on_both!(who_is_forgotten_is_forgotten_by_lists_too, async |base: &Base| {
    let mut story = story::full(base).await;
    let decided = ListedMatched { person: story.members[4], reason: "Sher Zaman says so".to_owned() };
    story.teller.one(&base.system, story.unregistered, decided).await;
    let asked = store::Forgetting {
        household: story.household,
        person: Some(story.members[4]),
        reason: "the family asked".to_owned(),
        officers: (story.officers["admin"], story.officers["auditor"]),
    };
    base.store.forget(&base.system, asked, story.teller.at).await.expect("forgotten");
    let lists = base.store.lists(&base.system);
    let row = lists.row(story.unregistered).await.expect("an answer").expect("a row");
    assert_eq!((row.listed.given.as_str(), row.listed.cells.len()), ("", 0));
    assert!(lists.search(&linkage::query::parse("17201-5555555-3")).await.expect("an answer").is_empty());
    let amina = lists.row(story.listing).await.expect("an answer").expect("a row");
    assert_eq!(amina.listed.given, "Amina Bibi", "the others stay");
    rebuilt(base).await;
    let verified = base.store.verify().await.expect("an answer");
    assert_eq!(verified.faults, vec![]);
    let left = std::fs::read_dir(base.dir.path().join("papers")).expect("the folder").flatten();
    let files = left.flat_map(|folder| std::fs::read_dir(folder.path()).into_iter().flatten().flatten());
    let named = files
        .filter(|file| String::from_utf8_lossy(&std::fs::read(file.path()).expect("a file")).contains("Noor Rehman"));
    assert_eq!(named.count(), 0, "no file names him");
});

on_both!(a_row_in_review_lists_whom_it_may_mean, async |base: &Base| {
    let story = story::full(base).await;
    let lists = base.store.lists(&base.system);
    let rows = lists.rows(story.import, ListedState::Review, 0, 10).await.expect("rows");
    let [row] = &rows[..] else { panic!("one row") };
    let among = vec![Likeness { person: story.gulalai, score: 900, why: vec!["name-same".to_owned()] }];
    assert_eq!(row.listed.outcome, RowOutcome::Review { among });
    assert_eq!(lists.counts(story.import).await.expect("counts").review, 1);
});
