//! Intakes that anybody can make again from two numbers, with the same keys: for sending them twice.

use super::{cast, story::application, teller};
use domain::applications::{ReceiptCode, ReceiptIssued};
use domain::{
    Instant,
    event::{Change, Event},
    ids::{AnswerId, ApplicationId, CommandId, HouseholdId, PersonId, ReceiptId, VisitId},
    language::Lang,
    people::{AnswerGiven, AnswerValue, HouseholdRegistered, MemberAdded, MemberListStated, Provenance},
};
use sha2::{Digest, Sha256};
use store::{Commit, Scope, Store};
use uuid::Uuid;

/// A family's steps: registered, asked, applied; then the next family.
const STEPS: u64 = 3;

/// A key drawn from what it is for.
fn key(what: &str, desk: u64, number: u64) -> Uuid {
    let hash = Sha256::digest(format!("{what} {desk} {number}"));
    Uuid::from_slice(&hash[..16]).expect("16 bytes")
}

/// The command that a desk sends as its `number`th.
pub fn commit(desk: u64, number: u64, at: Instant) -> Commit {
    let family = number / STEPS;
    let household = HouseholdId(key("household", desk, family));
    let changes = match number % STEPS {
        0 => register(household, desk, family, at),
        1 => ask(household, desk, family, at),
        _ => apply(household, desk, family, at),
    };
    let command = teller::command(CommandId(key("command", desk, number)));
    Commit { command, changes, outcome: format!("/{desk}/{number}"), at }
}

/// How many events a desk's first `numbers` commands make.
pub fn events(numbers: u64) -> u64 {
    (0..numbers).map(|number| commit(0, number, teller::first_instant()).changes.len() as u64).sum()
}

fn follow(household: HouseholdId, seen: i64, events: Vec<Event>, at: Instant) -> Vec<Change> {
    let numbered = (seen..).zip(events);
    numbered.map(|(seen, event)| Change::after(household, seen, event, at.date_naive())).collect()
}

fn register(household: HouseholdId, desk: u64, family: u64, at: Instant) -> Vec<Change> {
    let place = cast::place("nowshera", "Pabbi");
    let mut events: Vec<Event> = vec![
        HouseholdRegistered { centre: "nowshera".into(), place, phones: vec![cast::phone(cast::AMINA_PHONE)] }.into(),
    ];
    for (place, details) in (0u64..).zip(cast::family()) {
        let person = PersonId(key("person", desk, family * 10 + place));
        events.push(MemberAdded { person, details }.into());
    }
    follow(household, 0, events, at)
}

fn ask(household: HouseholdId, desk: u64, family: u64, at: Instant) -> Vec<Change> {
    let mut events: Vec<Event> = vec![MemberListStated { complete: true }.into()];
    for fact in 0..6 {
        let answer = AnswerGiven {
            answer: AnswerId(key("answer", desk, family * 10 + fact)),
            person: None,
            fact: format!("household.fact_{fact}"),
            value: AnswerValue::Int(fact as i64),
            provenance: Provenance::Said,
            said_by: None,
            shown_in: Lang::Ur,
            visit: None,
            replaces: vec![],
            reason: None,
            protected: false,
        };
        events.push(answer.into());
    }
    follow(household, 6, events, at)
}

fn apply(household: HouseholdId, desk: u64, family: u64, at: Instant) -> Vec<Change> {
    let amina = PersonId(key("person", desk, family * 10));
    let visit = VisitId(key("visit", desk, family));
    let mut changes = Vec::new();
    let applications: Vec<ApplicationId> =
        (0..3).map(|i| ApplicationId(key("application", desk, family * 10 + i))).collect();
    for id in &applications {
        let submitted = application("bisp-kafaalat", "bisp", household, amina, visit);
        let moved = super::story::forward(&submitted);
        changes.push(Change::after(*id, 0, submitted, at.date_naive()));
        changes.push(Change::after(*id, 1, moved, at.date_naive()));
    }
    let issued = ReceiptIssued {
        code: ReceiptCode::from_random(desk * 1_000_000 + family),
        secret_hash: "00".repeat(32),
        visit: None,
        household,
        applications,
        protected: false,
        language: Lang::Ps,
    };
    changes.push(Change::after(ReceiptId(key("receipt", desk, family)), 0, issued, at.date_naive()));
    changes
}

/// Fails unless everything this command wrote is there.
pub async fn assert_there(store: &Store, system: &Scope, desk: u64, number: u64) {
    let commit = commit(desk, number, teller::first_instant());
    let seen = store.seen(system, commit.command).await.expect("an answer");
    assert_eq!(seen, Some(commit.outcome), "the command of desk {desk}, number {number}");
    let household = HouseholdId(key("household", desk, number / STEPS));
    let found = store.people(system).household(household).await.expect("an answer").expect("the household");
    assert_eq!(found.members.len(), 5);
    let applications = store.applications(system).of_household(household).await.expect("an answer");
    match number % STEPS {
        0 => assert!(found.version >= 6),
        1 => assert_eq!((found.version, found.answers.len()), (13, 6)),
        _ => assert!(applications.len() == 3 && applications.iter().all(|application| application.version == 2)),
    }
}
