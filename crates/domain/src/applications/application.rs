//! One application to one programme, and the decisions that move it.

use super::{Actor, Calendar, ClockOwner, Granted, Status};
use crate::{
    Date, Version,
    eligibility::Outcome,
    ids::{ApplicationId, HouseholdId, OfficerId, PersonId, VisitId},
    money::Paisa,
    programmes::{CentreId, DistrictId, OperatorId, PackHash, ProgrammeId},
};
use serde::{Deserialize, Serialize};

/// The department's time limits in working days; from the programme's steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// From forwarded to acknowledged.
    pub acknowledge: u32,
    /// From acknowledged to complete, or returned.
    pub complete_or_return: u32,
    /// From forwarded to decided; the date promised on the receipt.
    pub decide: u32,
}

/// An application was submitted: everything the department needs to decide, as it stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationSubmitted {
    /// The family.
    pub household: HouseholdId,
    /// The applicant; `None` when the household applies as a whole.
    pub person: Option<PersonId>,
    /// The programme.
    pub programme: ProgrammeId,
    /// Who decides.
    pub operator: OperatorId,
    /// In which district.
    pub district: DistrictId,
    /// Taken at which centre.
    pub centre: CentreId,
    /// In which visit.
    pub visit: Option<VisitId>,
    /// The pack it was screened against.
    pub pack: PackHash,
    /// The verdict's outcome.
    pub outcome: Outcome,
    /// The facts and the verdict in full, as JSON of the rules engine.
    pub verdict: serde_json::Value,
    /// The ids of the facts its verdict used: `fact` or `fact@person`.
    pub facts_used: Vec<String>,
    /// Every paper it asks for, by the pack's paper ids.
    pub papers: Vec<String>,
    /// Those of them still missing.
    pub missing_papers: Vec<String>,
    /// The department's limits.
    pub limits: Limits,
    /// The day a decision is promised by.
    pub promised: Date,
    /// Class: a protected application is seen by its own operator and its own receipt only.
    pub protected: bool,
}

/// An application moved to another status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationMoved {
    /// From.
    pub from: Status,
    /// To.
    pub to: Status,
    /// Whose time runs now.
    pub clock: ClockOwner,
    /// The day on which that time started.
    pub since: Date,
    /// The last day of that time, if it is limited.
    pub due: Option<Date>,
    /// Working days left to decide, kept while the family has the application.
    pub days_left: Option<u32>,
    /// The criterion a rejection names.
    pub rule: Option<String>,
    /// The words the citizen will read.
    pub words: Option<String>,
    /// The place on the waiting list, if the scheme gives one.
    pub place: Option<u32>,
    /// For whom the officer stood in, as their deputy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stead: Option<OfficerId>,
    /// Of an approval: what it grants, where the department stated it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted: Option<Granted>,
}

/// A fact this application used was corrected after it was submitted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationFlagged {
    /// The fact that changed, as in `facts_used`.
    pub fact: String,
    /// Why it was corrected.
    pub reason: String,
}

/// A flag was taken back: what had caused it was undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationFlagLifted {
    /// The fact the flag named.
    pub fact: String,
}

/// A payment or a service reached the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryRecorded {
    /// Cash, when it was cash.
    pub amount: Option<Paisa>,
    /// What was given, in words.
    pub what: String,
    /// The stated day.
    pub on: Date,
}

/// An application as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Key.
    pub id: ApplicationId,
    /// Events seen.
    pub version: Version,
    /// As submitted.
    pub submitted: ApplicationSubmitted,
    /// The day it was submitted.
    pub submitted_on: Date,
    /// Where it stands.
    pub status: Status,
    /// Whose time runs.
    pub clock: ClockOwner,
    /// Since when.
    pub since: Date,
    /// Until when.
    pub due: Option<Date>,
    /// Working days kept while the family has it.
    pub days_left: Option<u32>,
    /// Facts corrected since.
    pub flags: Vec<ApplicationFlagged>,
}

/// What an officer asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveAsked {
    /// The wanted status.
    pub to: Status,
    /// Who asks.
    pub actor: Actor,
    /// The criterion a rejection names.
    pub rule: Option<String>,
    /// The words for the citizen.
    pub words: Option<String>,
    /// The place on the waiting list.
    pub place: Option<u32>,
}

/// Why an application was not moved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApplicationRefused {
    /// Not a step of the machine for this actor.
    #[error("This step is not possible from here. Open the application again to see what can be done now.")]
    NotFromHere,
    /// A rejection or a return without words.
    #[error("Write the reason in words the citizen will read.")]
    WordsMissing,
    /// A rejection without its rule.
    #[error("Choose the rule that is not met.")]
    RuleMissing,
    /// A delivery before there is anything to deliver.
    #[error("Record a delivery after the application is approved.")]
    NotApproved,
    /// A day in the future.
    #[error("The day {on} is in the future. Check the date.")]
    Future {
        /// The stated day.
        on: Date,
    },
    /// A delivery without a description.
    #[error("Write what was given.")]
    WhatMissing,
}

impl ApplicationSubmitted {
    /// The first move: the desk forwards on the same working day, and the department's clock starts.
    pub fn forward(&self, today: Date, calendar: &Calendar) -> ApplicationMoved {
        ApplicationMoved {
            from: Status::Submitted,
            to: Status::Forwarded,
            clock: ClockOwner::Department,
            since: today,
            due: Some(calendar.after(today, self.limits.acknowledge)),
            days_left: None,
            rule: None,
            words: None,
            place: None,
            stead: None,
            granted: None,
        }
    }
}

impl Application {
    /// Decides a move. Clocks run on the server's day, never on a stated one.
    pub fn step(
        &self,
        asked: MoveAsked,
        today: Date,
        calendar: &Calendar,
    ) -> Result<ApplicationMoved, ApplicationRefused> {
        if !self.status.may_move(asked.to, asked.actor) {
            return Err(ApplicationRefused::NotFromHere);
        }
        let words = asked.words.map(|w| w.trim().to_owned()).filter(|w| !w.is_empty());
        if matches!(asked.to, Status::Rejected | Status::Returned | Status::Appealed) && words.is_none() {
            return Err(ApplicationRefused::WordsMissing);
        }
        if asked.to == Status::Rejected && asked.rule.is_none() {
            return Err(ApplicationRefused::RuleMissing);
        }
        let (due, days_left) = self.time(asked.to, today, calendar);
        Ok(ApplicationMoved {
            from: self.status,
            to: asked.to,
            clock: asked.to.clock_owner(),
            since: today,
            due,
            days_left,
            rule: asked.rule,
            words,
            place: asked.place,
            stead: None,
            granted: None,
        })
    }

    /// The new limit: the time to decide is counted from forwarding and stands still while the family has it.
    fn time(&self, to: Status, today: Date, calendar: &Calendar) -> (Option<Date>, Option<u32>) {
        let limits = self.submitted.limits;
        let decide_by = match self.days_left {
            Some(left) => calendar.after(today, left),
            None => self.decide_by(calendar),
        };
        match to {
            Status::Received => (Some(calendar.after(today, limits.complete_or_return)), None),
            Status::UnderReview => (Some(decide_by), None),
            Status::Resubmitted => (Some(decide_by), None),
            Status::Returned => (None, Some(calendar.between(today, self.decide_by(calendar)))),
            // An appeal is answered within 30 days; counted as working days like every other promise (assumed).
            Status::Appealed => (Some(calendar.after(today, 30)), None),
            Status::Overturned | Status::Approved | Status::Enrolled => {
                (Some(calendar.after(today, limits.decide)), None)
            }
            _ => (None, None),
        }
    }

    /// The last day to decide: the running limit while under review, else counted from submission.
    fn decide_by(&self, calendar: &Calendar) -> Date {
        match (self.status, self.due) {
            (Status::UnderReview | Status::Resubmitted, Some(due)) => due,
            _ => calendar.after(self.submitted_on, self.submitted.limits.decide),
        }
    }

    /// Decides a delivery.
    pub fn deliver(&self, given: DeliveryRecorded, today: Date) -> Result<DeliveryRecorded, ApplicationRefused> {
        if !matches!(self.status, Status::Approved | Status::Enrolled | Status::InPayment | Status::ServiceGiven) {
            return Err(ApplicationRefused::NotApproved);
        }
        if given.on > today {
            return Err(ApplicationRefused::Future { on: given.on });
        }
        if given.what.trim().is_empty() {
            return Err(ApplicationRefused::WhatMissing);
        }
        Ok(given)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Weekday;
    use uuid::Uuid;

    fn day(text: &str) -> Date {
        text.parse().expect("a test date")
    }

    fn calendar() -> Calendar {
        Calendar { weekend: vec![Weekday::Sat, Weekday::Sun], holidays: Default::default() }
    }

    fn application() -> Application {
        let submitted = ApplicationSubmitted {
            household: HouseholdId(Uuid::nil()),
            person: None,
            programme: "bisp-kafaalat".into(),
            operator: "bisp".into(),
            district: "nowshera".into(),
            centre: "nowshera".into(),
            visit: None,
            pack: "0".into(),
            outcome: Outcome::MayQualify,
            verdict: serde_json::Value::Null,
            facts_used: vec![],
            papers: vec![],
            missing_papers: vec![],
            limits: Limits { acknowledge: 3, complete_or_return: 7, decide: 30 },
            promised: day("2026-12-11"),
            protected: false,
        };
        Application {
            id: ApplicationId(Uuid::nil()),
            version: 2,
            submitted,
            submitted_on: day("2026-11-02"),
            status: Status::Forwarded,
            clock: ClockOwner::Department,
            since: day("2026-11-02"),
            due: Some(day("2026-11-05")),
            days_left: None,
            flags: vec![],
        }
    }

    fn step(app: &mut Application, to: Status, actor: Actor, on: &str) -> Option<Date> {
        let asked = MoveAsked { to, actor, rule: None, words: Some("bring the B-Form".into()), place: None };
        let moved = app.step(asked, day(on), &calendar()).expect("a step");
        (app.status, app.due, app.days_left) = (moved.to, moved.due, moved.days_left);
        moved.due
    }

    #[test]
    fn the_time_a_family_needs_is_not_the_departments() {
        let mut app = application();
        assert_eq!(step(&mut app, Status::Received, Actor::Department, "2026-11-03"), Some(day("2026-11-12")));
        assert_eq!(step(&mut app, Status::UnderReview, Actor::Department, "2026-11-04"), Some(day("2026-12-14")));
        // Ten working days are used when it goes back; twenty remain whenever the family returns.
        assert_eq!(step(&mut app, Status::Returned, Actor::Department, "2026-11-16"), None);
        assert_eq!(app.days_left, Some(20));
        assert_eq!(step(&mut app, Status::Resubmitted, Actor::Desk, "2026-12-07"), Some(day("2027-01-04")));
        assert_eq!(step(&mut app, Status::UnderReview, Actor::Department, "2026-12-08"), Some(day("2027-01-04")));
    }

    #[test]
    fn a_rejection_names_its_rule_and_its_reason() {
        let mut app = application();
        app.status = Status::UnderReview;
        let mut asked =
            MoveAsked { to: Status::Rejected, actor: Actor::Department, rule: None, words: None, place: None };
        assert_eq!(app.step(asked.clone(), day("2026-11-10"), &calendar()), Err(ApplicationRefused::WordsMissing));
        asked.words = Some("the score is above the limit".into());
        assert_eq!(app.step(asked.clone(), day("2026-11-10"), &calendar()), Err(ApplicationRefused::RuleMissing));
        asked.rule = Some("route".into());
        assert!(app.step(asked, day("2026-11-10"), &calendar()).is_ok());
    }
}
