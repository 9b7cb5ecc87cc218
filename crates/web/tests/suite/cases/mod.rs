//! Families and applications as they arrive at a department, written behind the pages; and the days that pass.

#![allow(dead_code, reason = "each test binary uses a part of this")]

use crate::common::{World, pack};
use domain::{
    Instant,
    applications::{Actor, ApplicationSubmitted, Limits, MoveAsked, ReceiptCode, ReceiptIssued, Status},
    eligibility::Outcome,
    event::Change,
    ids::{ApplicationId, CommandId, HouseholdId, PaperId, PersonId, ReceiptId},
    language::Lang,
    papers::{FileCopy, FileKind, PaperRecorded, PaperState},
    people::{HouseholdRegistered, MemberAdded, PersonDetails, Place, Relationship},
};
use store::{Command, Commit};
use uuid::Uuid;
use web::{App, Clock, Config};

/// The second secret of every test receipt.
pub const SECRET: &str = "482913";

/// A family of one person in a district.
pub struct Family {
    /// Its key.
    pub household: HouseholdId,
    /// Its head.
    pub head: PersonId,
    /// Its district, and its centre.
    pub district: &'static str,
}

/// Turns the clock of the pages to another instant.
pub fn turn_clock(world: &mut World, to: &str) {
    let at: Instant = to.parse().expect("an instant");
    let config = Config { clock: Clock::Fixed(at), ..world.app.config.clone() };
    world.app = App::new(world.app.store.clone(), pack(), config);
}

/// Writes events at the pages' present time.
pub async fn write(world: &World, changes: Vec<Change>) {
    let id = CommandId(Uuid::now_v7());
    let command = Command { id, officer: None, route: "test".to_owned(), body_hash: id.0.as_bytes().to_vec() };
    let commit = Commit { command, changes, outcome: String::new(), at: world.app.now() };
    world.app.store.commit(&world.system, commit).await.expect("the events are written");
}

/// Registers a family of one.
pub async fn family(world: &World, given: &str, district: &'static str) -> Family {
    let family = Family { household: HouseholdId(Uuid::now_v7()), head: PersonId(Uuid::now_v7()), district };
    let place = Place {
        district: district.into(),
        province_permanent: Some("khyber-pakhtunkhwa".to_owned()),
        tehsil: None,
        union_council: Some("Pabbi 2".to_owned()),
        village: Some("Pabbi".to_owned()),
        directions: None,
    };
    let details = PersonDetails {
        given: given.to_owned(),
        father_or_husband: None,
        sex: None,
        birth: None,
        relationship: Some(Relationship::Head),
        marital_status: None,
        identities: vec![],
    };
    let registered = HouseholdRegistered { centre: district.into(), place, phones: vec![] };
    let today = world.app.today();
    let added = MemberAdded { person: family.head, details };
    let changes =
        vec![Change::after(family.household, 0, registered, today), Change::after(family.household, 1, added, today)];
    write(world, changes).await;
    family
}

/// Submits an application to the programme's operator and forwards it, as the desk does in one commit.
pub async fn apply(world: &World, family: &Family, programme: &str) -> ApplicationId {
    let declared = pack().programme(programme).expect("a programme of the pack").clone();
    let household = world.app.store.people(&world.system).household(family.household).await.expect("an answer");
    let screened = web::eligibility::family::family(&household.expect("the family"), world.app.today());
    let screening = rules::screen(&pack(), &screened, world.app.today());
    let verdict = screening.verdict(programme).expect("a verdict");
    let (today, calendar) = (world.app.today(), &world.app.calendar);
    let limits = Limits { acknowledge: 3, complete_or_return: 7, decide: 30 };
    let submitted = ApplicationSubmitted {
        household: family.household,
        person: Some(family.head),
        programme: programme.into(),
        operator: (&*declared.operator).into(),
        district: family.district.into(),
        centre: family.district.into(),
        visit: None,
        pack: world.app.pack_hash.clone(),
        outcome: Outcome::CannotTell,
        verdict: serde_json::to_value(verdict).expect("JSON"),
        facts_used: vec!["household.monthly_income_pkr".to_owned()],
        papers: declared.papers.iter().map(|paper| paper.id.to_string()).collect(),
        missing_papers: vec!["photo".to_owned()],
        limits,
        promised: calendar.after(today, limits.decide),
        protected: declared.protected(),
    };
    let id = ApplicationId(Uuid::now_v7());
    let forwarded = submitted.forward(today, calendar);
    write(world, vec![Change::after(id, 0, submitted, today), Change::after(id, 1, forwarded, today)]).await;
    id
}

/// The desk, or the department, moves an application behind the pages.
pub async fn step(world: &World, id: ApplicationId, to: Status, actor: Actor) {
    let application = world.app.store.applications(&world.system).get(id).await.expect("an answer").expect("there");
    let asked = MoveAsked { to, actor, rule: Some("adult".into()), words: Some("See the papers.".into()), place: None };
    let moved = application.step(asked, world.app.today(), &world.app.calendar).expect("a step of the machine");
    write(world, vec![Change::after(id, application.version, moved, world.app.today())]).await;
}

/// How an application stands: status and last day.
pub async fn stands(world: &World, id: ApplicationId) -> String {
    let application = world.app.store.applications(&world.system).get(id).await.expect("an answer").expect("there");
    let due = application.due.map_or("-".to_owned(), |due| due.to_string());
    format!("{} {due}", application.status)
}

/// Prints a receipt for applications; its code.
pub async fn receipt(world: &World, family: &Family, applications: Vec<ApplicationId>, protected: bool) -> ReceiptCode {
    let code = ReceiptCode::from_random(Uuid::now_v7().as_u128() as u64 ^ 0x5A5A);
    let issued = ReceiptIssued {
        secret_hash: world.app.store.receipt_secret_hash(&code, SECRET),
        code: code.clone(),
        visit: None,
        household: family.household,
        applications,
        protected,
        language: Lang::Ps,
    };
    write(world, vec![Change::after(ReceiptId(Uuid::now_v7()), 0, issued, world.app.today())]).await;
    code
}

/// Files a photographed card of the head.
pub async fn card(world: &World, family: &Family) -> PaperId {
    let bytes = b"\x89PNG\r\n\x1a\n card".to_vec();
    let hash = world.app.store.blobs().put(bytes.clone()).await.expect("kept");
    let recorded = PaperRecorded {
        paper: PaperId(Uuid::now_v7()),
        kind: "cnic".to_owned(),
        person: Some(family.head),
        state: PaperState::Present,
        expires: None,
        file: Some(FileCopy { hash, kind: FileKind::Png, bytes: bytes.len() as u64 }),
        protected: false,
    };
    let paper = recorded.paper;
    let household = world.app.store.people(&world.system).household(family.household).await.expect("an answer");
    let version = household.expect("the family").version;
    write(world, vec![Change::after(family.household, version, recorded, world.app.today())]).await;
    paper
}
