//! What submitting writes: applications, forwarding, tasks for missing papers, receipts; all in one commit.

use super::apply_carried::Carried;
use crate::{
    App,
    eligibility::{family::family, record},
    papers::{
        needed::{self, Need},
        record::has_open_task,
    },
    request::{PageError, Visitor},
    visits::Frame,
};
use domain::{
    applications::{Application, ApplicationSubmitted, Limits, ReceiptCode, ReceiptIssued},
    event::Change,
    ids::{ApplicationId, ReceiptId, TaskId},
    papers::PaperTaskOpened,
    people::Household,
    programmes::{OperatorId, ProgrammeId},
    visits::Pick,
};
use rules::{
    Family, K3, Outcome,
    pack::programme::{Completeness, Programme},
};

/// A pick that can be applied for now, with everything its application carries.
pub struct Ready {
    /// The pick.
    pub pick: Pick,
    /// Its facts and verdict.
    pub carried: Carried,
    /// Its papers.
    pub needs: Vec<Need>,
}

/// The limits of a programme; where it has none, those of the office's rules: 3, 7 and 30 working days (assumed).
pub fn limits(programme: &Programme) -> Limits {
    let days = |step: &str, otherwise: u32| {
        programme.steps.iter().find(|s| s.id == *step).map_or(otherwise, |step| step.working_days)
    };
    Limits {
        acknowledge: days("acknowledge", 3),
        complete_or_return: days("complete_or_return", 7),
        decide: days("decide", 30),
    }
}

/// The outcome for one candidate; the verdict's own speaks of the best one.
pub fn outcome(programme: &Programme, candidate: &rules::CandidateVerdict, whole: Outcome) -> Outcome {
    match (whole, candidate.receives, candidate.truth) {
        (Outcome::ClosedHere, ..) => Outcome::ClosedHere,
        (_, K3::Yes, _) => Outcome::AlreadyReceives,
        (_, _, _) if programme.rules == Completeness::OpenToAll => Outcome::Meets,
        (_, _, K3::No) => Outcome::No,
        (_, _, K3::Unknown) => Outcome::CannotTell,
        _ if programme.rules == Completeness::Complete => Outcome::Meets,
        _ if programme.rules == Completeness::Partial => Outcome::MayQualify,
        _ => Outcome::CannotTell,
    }
}

/// What a pick's application would carry; `None` when its person is no member any more.
pub fn ready(app: &App, frame: &Frame, household: &Household, family: &Family, pick: &Pick) -> Option<Ready> {
    let screening = &frame.panel.as_ref()?.screening;
    let (verdict, candidate) = needed::verdict_of(screening, pick)?;
    let carried = Carried::of(&app.pack, app.today(), verdict, candidate.member.as_deref(), family)?;
    let needs = needed::of_pick(app, household, screening, pick, app.today());
    Some(Ready { pick: pick.clone(), carried, needs })
}

/// The application this pick already has: made in this visit, or earlier and still open.
pub fn existing<'a>(applications: &'a [Application], frame: &Frame, pick: &Pick) -> Option<&'a Application> {
    let same = |a: &&Application| a.submitted.programme == pick.programme && a.submitted.person == pick.person;
    let counts = |a: &&Application| a.submitted.visit == Some(frame.visit.id) || a.status.is_open();
    applications.iter().filter(same).find(counts)
}

/// The applications of the family that the visit may see.
pub async fn known(app: &App, visitor: &Visitor, frame: &Frame) -> Result<Vec<Application>, PageError> {
    let rooms = app.store.applications(&visitor.scope);
    let Some(household) = &frame.household else { return Ok(Vec::new()) };
    let mut all = rooms.of_household(household.id).await?;
    // A protected one is known in the visit that made it and in no other.
    all.retain(|a| !a.submitted.protected || (a.submitted.visit == Some(frame.visit.id) && frame.mine));
    Ok(all)
}

/// The picks that have no application yet, ready to be submitted.
pub fn all_ready(app: &App, frame: &Frame, applications: &[Application]) -> Vec<Ready> {
    let Some(household) = &frame.household else { return Vec::new() };
    let family = family(household, app.today());
    let picks = needed::picks(app, frame).into_iter().filter(|pick| existing(applications, frame, pick).is_none());
    picks.filter_map(|pick| ready(app, frame, household, &family, &pick)).collect()
}

/// Every event of submitting these picks.
pub async fn changes(app: &App, visitor: &Visitor, frame: &Frame, ready: Vec<Ready>) -> Result<Vec<Change>, PageError> {
    let (Some(household), Some(panel)) = (&frame.household, &frame.panel) else { return Ok(Vec::new()) };
    let (today, visit) = (app.today(), &frame.visit);
    let family = family(household, today);
    // Recorded at every submission: it is the screening that the applications rest on. As an event of the visit it
    // also makes a second submission that raced this one begin again, and find the applications already there.
    let screened = record::of(app, visit, household, &family, &panel.screening, today);
    let mut changes = vec![Change::after(visit.id, visit.version, screened, today)];
    let papers = needed::on_file(app, visitor, frame).await?;
    let lacking = |need: &Need| needed::lacking(&papers, need, today);
    let (mut ordinary, mut protected, mut waiting) = (Vec::new(), Vec::new(), Vec::new());
    for ready in ready {
        let Some(submitted) = submitted(app, frame, household, &ready, lacking) else { continue };
        let id = ApplicationId(uuid::Uuid::now_v7());
        waiting.extend(ready.needs.into_iter().filter(|need| lacking(need)).map(|need| (need, id)));
        if submitted.protected {
            protected.push(id)
        } else {
            ordinary.push(id)
        }
        let forwarded = submitted.forward(today, &app.calendar);
        changes.push(Change::after(id, 0, submitted, today));
        changes.push(Change::after(id, 1, forwarded, today));
    }
    let tasks = app.store.papers(&visitor.scope).tasks(household.id).await?;
    waiting.retain(|(need, _)| !has_open_task(&tasks, need));
    changes.extend(task_changes(app, household, waiting));
    let receipts = [(ordinary, false)].into_iter().chain(protected.into_iter().map(|id| (vec![id], true)));
    for (applications, protected) in receipts.filter(|(applications, _)| !applications.is_empty()) {
        let id = ReceiptId(uuid::Uuid::now_v7());
        changes.push(Change::after(id, 0, receipt(app, frame, household, id, applications, protected), today));
    }
    Ok(changes)
}

fn submitted(
    app: &App,
    frame: &Frame,
    household: &Household,
    ready: &Ready,
    lacking: impl Fn(&Need) -> bool,
) -> Option<ApplicationSubmitted> {
    let programme = app.pack.programme(ready.pick.programme.as_ref())?;
    let candidate = ready.carried.verdict.candidates.first()?;
    let limits = limits(programme);
    let kinds = |needs: &mut dyn Iterator<Item = &Need>| needs.map(|need| need.kind.clone()).collect();
    Some(ApplicationSubmitted {
        household: household.id,
        person: ready.pick.person,
        programme: ProgrammeId(programme.id.to_string()),
        operator: OperatorId(programme.operator.to_string()),
        district: household.place.district.clone(),
        centre: frame.visit.centre.clone(),
        visit: Some(frame.visit.id),
        pack: app.pack_hash.clone(),
        outcome: record::outcome(outcome(programme, candidate, ready.carried.verdict.outcome)),
        verdict: serde_json::to_value(&ready.carried).ok()?,
        facts_used: ready.carried.names(),
        papers: kinds(&mut ready.needs.iter()),
        missing_papers: kinds(&mut ready.needs.iter().filter(|need| lacking(need))),
        limits,
        promised: app.calendar.after(app.today(), limits.decide),
        protected: programme.protected,
    })
}

/// One task for each missing paper, with every application that waits for it. A protected application's tasks are its
/// own, so that they vanish with it from what others see.
fn task_changes(app: &App, household: &Household, waiting: Vec<(Need, ApplicationId)>) -> Vec<Change> {
    let mut tasks: Vec<(Need, Vec<ApplicationId>)> = Vec::new();
    for (need, application) in waiting {
        let same = |(n, _): &&mut (Need, Vec<ApplicationId>)| {
            n.kind == need.kind && n.person == need.person && !n.protected && !need.protected
        };
        match tasks.iter_mut().find(same) {
            Some((_, applications)) => applications.push(application),
            None => tasks.push((need, vec![application])),
        }
    }
    let change = |(i, (need, applications)): (usize, (Need, Vec<ApplicationId>))| {
        let task = TaskId(uuid::Uuid::now_v7());
        let opened = PaperTaskOpened { task, kind: need.kind, person: need.person, applications };
        Change::after(household.id, household.version + i as i64, opened, app.today())
    };
    tasks.into_iter().enumerate().map(change).collect()
}

fn receipt(
    app: &App,
    frame: &Frame,
    household: &Household,
    id: ReceiptId,
    applications: Vec<ApplicationId>,
    protected: bool,
) -> ReceiptIssued {
    let code = ReceiptCode::from_random(rand::random());
    let secret = app.store.receipt_secret(id, 1);
    ReceiptIssued {
        secret_hash: app.store.receipt_secret_hash(&code, &secret),
        code,
        visit: Some(frame.visit.id),
        household: household.id,
        applications,
        protected,
        language: frame.visit.language,
    }
}
