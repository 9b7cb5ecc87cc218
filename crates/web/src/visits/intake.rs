//! A whole visit as one call: register, consent, answers, screening, applications, receipts, in one commit.
//!
//! For paper forms entered later, for the demo's families, and for measuring. The desk's pages make the same events one
//! form at a time.

use crate::{
    App,
    applications::{
        apply_carried::Carried,
        apply_submit::{limits, outcome},
    },
    eligibility::{family::family, record},
    papers::needed,
};
use domain::{
    Date, Instant,
    applications::{Application, ApplicationSubmitted, ReceiptCode, ReceiptIssued, Status},
    event::Change,
    ids::{ApplicationId, OfficerId, ReceiptId, VisitId},
    language::Lang,
    people::{
        AnswerGiven, ConsentHow, ConsentPurpose, ConsentStated, Household, HouseholdRegistered, MemberAdded,
        MemberListStated,
    },
    visits::{
        Counter, HouseholdFound, PackageChosen, Pick, TokenIssued, Topic, Visit, VisitCalled, VisitEnded, VisitOutcome,
    },
};
use rules::{Family, Outcome, Screening};
use uuid::Uuid;

/// What is known before the family is screened.
#[derive(Debug, Clone)]
pub struct Intake {
    /// When it is entered.
    pub at: Instant,
    /// The stated day of the visit.
    pub today: Date,
    /// The day's token number at the household's centre.
    pub number: u32,
    /// Which queue.
    pub counter: Counter,
    /// The family's language.
    pub language: Lang,
    /// Who serves.
    pub officer: Option<OfficerId>,
    /// The household as it will stand, with its members and answers.
    pub household: Household,
}

/// The events of an intake, and what came of it.
#[derive(Debug, Clone)]
pub struct Done {
    /// The events, in order.
    pub changes: Vec<Change>,
    /// The applications, as they stand after being forwarded.
    pub applications: Vec<Application>,
    /// The receipts.
    pub receipts: Vec<(ReceiptId, ReceiptCode)>,
}

/// Screens the family of an intake.
pub fn screen(app: &App, intake: &Intake) -> (Family, Screening) {
    let family = family(&intake.household, intake.today);
    let screening = rules::screen(&app.pack, &family, intake.today);
    (family, screening)
}

/// The programmes a family may apply for, without the protected ones: who meets the rules, best first.
pub fn open_picks(screening: &Screening) -> Vec<Pick> {
    let hopeful =
        screening.verdicts.iter().filter(|v| !v.protected && matches!(v.outcome, Outcome::Meets | Outcome::MayQualify));
    hopeful
        .filter_map(|verdict| {
            let candidate = verdict.meeting().next()?;
            let person = candidate.member.as_ref().and_then(|key| key.parse().ok());
            Some(Pick { programme: verdict.programme.as_str().into(), person })
        })
        .collect()
}

/// Every event of the intake with these picks. `key` draws the keys of new records.
pub fn changes(
    app: &App,
    intake: &Intake,
    screened: &(Family, Screening),
    picks: Vec<Pick>,
    key: &mut impl FnMut() -> Uuid,
) -> Done {
    let visit = VisitId(key());
    let mut changes = household_changes(intake, visit);
    let mut seen = 0;
    let mut visit_event = |event: domain::event::Event| {
        seen += 1;
        Change::after(visit, seen - 1, event, intake.today)
    };
    let household = &intake.household;
    let token = TokenIssued {
        centre: household.centre.clone(),
        number: intake.number,
        counter: intake.counter,
        language: intake.language,
        topic: Topic::Help,
    };
    let mut events = vec![visit_event(token.into())];
    if let Some(officer) = intake.officer {
        events.push(visit_event(VisitCalled { officer }.into()));
    }
    events.push(visit_event(HouseholdFound { household: household.id, reason: None }.into()));
    let state = blank_visit(intake, visit);
    let (family, screening) = screened;
    events.push(visit_event(record::of(app, &state, household, family, screening, intake.today).into()));
    let mut done = Done { changes: Vec::new(), applications: Vec::new(), receipts: Vec::new() };
    if !picks.is_empty() {
        events.push(visit_event(PackageChosen { picks: picks.clone() }.into()));
        apply(app, intake, visit, screened, &picks, key, &mut done);
    }
    let outcome = if done.applications.is_empty() { VisitOutcome::Registered } else { VisitOutcome::Receipt };
    events.push(visit_event(VisitEnded { outcome }.into()));
    changes.extend(events);
    changes.append(&mut done.changes);
    Done { changes, ..done }
}

fn household_changes(intake: &Intake, visit: VisitId) -> Vec<Change> {
    let household = &intake.household;
    let registered = HouseholdRegistered {
        centre: household.centre.clone(),
        place: household.place.clone(),
        phones: household.phones.clone(),
    };
    let mut events: Vec<domain::event::Event> = vec![registered.into()];
    for member in &household.members {
        events.push(MemberAdded { person: member.id, details: member.details.clone() }.into());
    }
    events.push(MemberListStated { complete: household.members_complete }.into());
    let by = household.head().map(|head| head.id);
    for purpose in [ConsentPurpose::Keep, ConsentPurpose::Forward] {
        events.push(
            ConsentStated { purpose, given: true, by, how: ConsentHow::Thumb, language: intake.language, phone: None }
                .into(),
        );
    }
    for answer in &household.answers {
        let given = AnswerGiven {
            answer: answer.id,
            person: answer.person,
            fact: answer.fact.clone(),
            value: answer.value.clone(),
            provenance: answer.provenance,
            said_by: None,
            shown_in: intake.language,
            visit: Some(visit),
            replaces: Vec::new(),
            reason: None,
            protected: answer.protected,
        };
        events.push(given.into());
    }
    let number =
        |(seen, event): (usize, domain::event::Event)| Change::after(household.id, seen as i64, event, intake.today);
    events.into_iter().enumerate().map(number).collect()
}

fn blank_visit(intake: &Intake, id: VisitId) -> Visit {
    Visit {
        id,
        version: 0,
        centre: intake.household.centre.clone(),
        day: intake.today,
        issued_at: intake.at,
        number: intake.number,
        counter: intake.counter,
        language: intake.language,
        topic: Topic::Help,
        officer: intake.officer,
        household: Some(intake.household.id),
        left: Vec::new(),
        gates: Vec::new(),
        picks: Vec::new(),
        screened: false,
        outcome: None,
        desk: None,
        handed: None,
        stated: None,
        came: None,
    }
}

fn apply(
    app: &App,
    intake: &Intake,
    visit: VisitId,
    screened: &(Family, Screening),
    picks: &[Pick],
    key: &mut impl FnMut() -> Uuid,
    done: &mut Done,
) {
    for pick in picks {
        let Some(submitted) = submitted(app, intake, visit, screened, pick) else { continue };
        let id = ApplicationId(key());
        let forwarded = submitted.forward(intake.today, &app.calendar);
        done.applications.push(Application {
            id,
            version: 2,
            submitted_on: intake.today,
            status: Status::Forwarded,
            clock: forwarded.clock,
            since: forwarded.since,
            due: forwarded.due,
            days_left: None,
            flags: Vec::new(),
            submitted: submitted.clone(),
        });
        done.changes.push(Change::after(id, 0, submitted, intake.today));
        done.changes.push(Change::after(id, 1, forwarded, intake.today));
    }
    if done.applications.is_empty() {
        return;
    }
    let receipt = ReceiptId(key());
    // The random bits of a key; its time and version bits are left out.
    let draw = key().as_u128();
    let code = ReceiptCode::from_random((draw as u64 & 0x3FFF_FFFF_FFFF_FFFF) ^ ((draw >> 64) as u64 & 0xFFF));
    let issued = ReceiptIssued {
        secret_hash: app.store.receipt_secret_hash(&code, &app.store.receipt_secret(receipt, 1)),
        code: code.clone(),
        visit: Some(visit),
        household: intake.household.id,
        applications: done.applications.iter().map(|a| a.id).collect(),
        protected: false,
        language: intake.language,
    };
    done.receipts.push((receipt, code));
    done.changes.push(Change::after(receipt, 0, issued, intake.today));
}

/// The application of one pick; none of its papers was looked at yet.
fn submitted(
    app: &App,
    intake: &Intake,
    visit: VisitId,
    (family, screening): &(Family, Screening),
    pick: &Pick,
) -> Option<ApplicationSubmitted> {
    let household = &intake.household;
    let programme = app.pack.programme(pick.programme.as_ref())?;
    let (verdict, candidate) = needed::verdict_of(screening, pick)?;
    let carried = Carried::of(&app.pack, intake.today, verdict, candidate.member.as_deref(), family)?;
    let papers: Vec<String> =
        needed::of_pick(app, household, screening, pick, intake.today).into_iter().map(|need| need.kind).collect();
    let limits = limits(programme);
    Some(ApplicationSubmitted {
        household: household.id,
        person: pick.person,
        programme: pick.programme.clone(),
        operator: (&*programme.operator).into(),
        district: household.place.district.clone(),
        centre: household.centre.clone(),
        visit: Some(visit),
        pack: app.pack_hash.clone(),
        outcome: record::outcome(outcome(programme, candidate, verdict.outcome)),
        verdict: serde_json::to_value(&carried).ok()?,
        facts_used: carried.names(),
        missing_papers: papers.clone(),
        papers,
        limits,
        promised: app.calendar.after(intake.today, limits.decide),
        protected: verdict.protected,
    })
}
