//! A family that asked for protected help: what that help is stays with whoever serves it.

use super::{reads, scope::receipt};
use crate::common::{
    Base, on_both,
    story::{self, PROTECTED_FACT, PROTECTED_SECRET, SECRET, Story, code, protected_code},
};
use domain::{
    access::{OpeningReason, ProtectedOpened},
    ids::OpeningId,
    visits::VisitCalled,
};
use store::{Scope, access::Purpose};

/// The reads through which something protected shows.
async fn shown(base: &Base, story: &Story<'_>, scope: &Scope) -> Vec<&'static str> {
    let keys = [
        story.shelter.0,
        story.protected_receipt.0,
        story.protected_paper.0,
        story.protected_task.0,
        story.protected_answer.0,
    ];
    let mut hints: Vec<String> = keys.iter().map(ToString::to_string).collect();
    hints.extend([PROTECTED_FACT, "shelter", "PROTECTED"].map(str::to_owned));
    hints.push(protected_code().plain().to_owned());
    let answers = reads::all(&base.store, scope, story).await;
    answers.into_iter().filter(|(_, text)| hints.iter().any(|hint| text.contains(hint))).map(|(read, _)| read).collect()
}

async fn total(base: &Base, scope: &Scope) -> i64 {
    let counts = base.store.applications(scope).counts().await.expect("counts");
    counts.iter().map(|(_, count)| count).sum()
}

on_both!(nobody_else_learns_of_protected_help, async |base: &Base| {
    let story = story::full(base).await;
    for login in story.officers.keys() {
        let scope = story.scope(login).await;
        let shown = shown(base, &story, &scope).await;
        match login.as_str() {
            "worker.nsr" => {
                for read in ["People::household_in_visit", "Visits::get", "Visits::screening", "Applications::inbox"] {
                    assert!(shown.contains(&read), "the officer who serves: {read} in {shown:?}");
                }
                assert!(!shown.contains(&"People::household"), "not even theirs outside the visit");
                assert!(!shown.contains(&"Papers::of_household"), "a paper is read through its application");
            }
            "welfare.nsr" => {
                assert!(shown.contains(&"Applications::inbox"), "the operator decides it: {shown:?}");
                assert!(!shown.iter().any(|read| read.starts_with("People::")), "{shown:?}");
            }
            // What they opened for a stated reason; and only that something must be flagged, by key and version, when the desk
            // corrects a fact.
            "clerk.nsr" => assert_eq!(shown, ["People::household_opened", "Applications::using_fact"], "{login}"),
            // Envelopes: a key, and that something happened to it; no content, nor whose it is.
            "auditor" => {
                assert_eq!(shown, ["Store::journal_page"]);
                let page = base.store.journal_page(&scope, 0, 500).await.expect("a page");
                assert!(page.len() > 50 && page.iter().all(|entry| entry.payload.is_none() && entry.salt.is_none()));
            }
            // That there is an appeal, how it went, and where its application stands, by key; not what it is or whose.
            "grievance.nsr" => {
                let reads = ["history", "application", "application_history", "department_can"];
                assert_eq!(shown, reads.map(|read| format!("Grievances::{read}")));
            }
            _ => assert_eq!(shown, [] as [&str; 0], "{login}"),
        }
    }
    let ordinary = receipt(base, &code(), SECRET, story.teller.at).await;
    assert_eq!(shown(base, &story, &ordinary).await, [] as [&str; 0]);
    let own = receipt(base, &protected_code(), PROTECTED_SECRET, story.teller.at).await;
    assert!(shown(base, &story, &own).await.contains(&"Applications::receipt"));
});

on_both!(counts_leave_protected_applications_out, async |base: &Base| {
    let story = story::full(base).await;
    for (login, want) in [
        ("worker.nsr", 3),
        ("clerk.nsr", 2),
        ("auditor", 2),
        ("welfare.nsr", 1),
        ("bisp.nsr", 1),
        ("zakat.nsr", 1),
        ("bisp.dir", 0),
        ("clerk.dir", 0),
        ("token.nsr", 0),
        ("admin", 0),
        ("unit", 2),
    ] {
        assert_eq!(total(base, &story.scope(login).await).await, want, "{login}");
    }
});

on_both!(when_the_visit_ends_the_desk_forgets, async |base: &Base| {
    let mut story = story::full(base).await;
    let worker = story.scope("worker.nsr").await;
    assert_eq!(total(base, &worker).await, 3);
    story.end_visit().await;
    assert_eq!(shown(base, &story, &worker).await, ["Applications::using_fact"]);
    assert_eq!(total(base, &worker).await, 2);
    let welfare = story.scope("welfare.nsr").await;
    assert_eq!(total(base, &welfare).await, 1, "the operator keeps it");
});

on_both!(who_takes_the_visit_over_takes_the_gates_over, async |base: &Base| {
    let mut story = story::full(base).await;
    let (worker, clerk) = (story.scope("worker.nsr").await, story.scope("clerk.nsr").await);
    story.teller.one(&clerk, story.visit, VisitCalled { officer: story.officers["clerk.nsr"] }).await;
    assert!(shown(base, &story, &clerk).await.contains(&"People::household_in_visit"));
    assert_eq!(shown(base, &story, &worker).await, ["Applications::using_fact"]);
});

on_both!(a_visit_of_another_family_opens_no_gate, async |base: &Base| {
    let story = story::full(base).await;
    let worker = story.scope("worker.nsr").await;
    let people = base.store.people(&worker);
    for visit in [story.question, domain::ids::VisitId(uuid::Uuid::now_v7())] {
        let household = people.household_in_visit(story.household, visit).await.expect("an answer").expect("theirs");
        assert!(household.answers.iter().all(|answer| !answer.protected), "{visit}");
    }
});

on_both!(an_opening_is_over_after_half_an_hour_and_is_nobody_elses, async |base: &Base| {
    let mut story = story::full(base).await;
    story.end_visit().await;
    let (worker, clerk) = (story.scope("worker.nsr").await, story.scope("clerk.nsr").await);
    let why = Some(OpeningReason::Danger);
    let opened = ProtectedOpened::decide(story.household, "nowshera".into(), why, "she is here", story.teller.at);
    let opening = OpeningId(uuid::Uuid::now_v7());
    let open = base.store.open_now(&worker, story.household, story.teller.at).await.expect("an answer");
    assert_eq!(open, None, "what the clerk opened is nobody else's");
    story.teller.one(&worker, opening, opened.expect("an opening")).await;
    let looks = base.store.looks_at_family(&clerk, story.household).await.expect("looks");
    let (of, purpose) = (Some(story.household.0), Purpose::Opening(opening));
    base.store.log_read(&worker, "protected", of, &purpose, story.teller.at).await.expect("logged");
    let after = base.store.looks_at_family(&clerk, story.household).await.expect("looks");
    assert_eq!(after, looks, "whoever lives with her does not read of it");
    let protected = async |login: &str, minutes: i64| {
        let scope = story.scope(login).await;
        let at = story.teller.at + chrono::TimeDelta::minutes(minutes);
        let household = base.store.people(&scope).household_opened(story.household, at).await.expect("an answer");
        household.is_some_and(|household| household.answers.iter().any(|answer| answer.protected))
    };
    for (login, minutes, want) in
        [("worker.nsr", 0, true), ("worker.nsr", 31, false), ("clerk.nsr", 0, true), ("auditor", 0, false)]
    {
        assert_eq!(protected(login, minutes).await, want, "{login} after {minutes} minutes");
    }
});
