//! A grievance as it stands, and the decisions that move it.

use super::{
    Appeal, By, Done, GrievanceFiled, GrievanceRefused, GrievanceStatus, Holder,
    filing::{said, short},
};
use crate::{
    Date, Instant, Version,
    applications::{Actor, Application, ApplicationMoved, Calendar, MoveAsked, Status},
    ids::{GrievanceId, OfficerId},
};
use serde::{Deserialize, Serialize};

/// A grievance moved to another status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrievanceMoved {
    /// From.
    pub from: GrievanceStatus,
    /// To.
    pub to: GrievanceStatus,
    /// Who took the step.
    pub by: By,
    /// Whose time runs now.
    pub holder: Holder,
    /// The day on which that time started.
    pub since: Date,
    /// The last day of that time, if it is limited.
    pub due: Option<Date>,
    /// The grievance officer who answers for it from now on.
    pub officer: Option<OfficerId>,
    /// An appeal is in the hands of the department.
    pub department: bool,
    /// What was done.
    pub done: Option<Done>,
    /// The words the citizen will read, or wrote.
    pub words: Option<String>,
    /// What became of the appeal.
    pub appeal: Option<Appeal>,
    /// The body it was passed to, as in the policy pack.
    pub route: Option<String>,
}

/// An officer said that a complaint is about them, or too near to them; it leaves their list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrievanceRecused {
    /// Who.
    pub officer: OfficerId,
}

/// A lost secret was replaced at a desk, after an identity check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrievanceSecretRenewed {
    /// Keyed hash of the new secret; the old one no longer opens anything.
    pub secret_hash: String,
    /// How identity was checked, in the officer's words.
    pub identity_check: String,
}

/// A grievance as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grievance {
    /// Key.
    pub id: GrievanceId,
    /// Events seen.
    pub version: Version,
    /// As filed. Of a protected one, whoever may not see the application reads no programme, operator or family here.
    pub filed: GrievanceFiled,
    /// When the server took it.
    pub filed_at: Instant,
    /// The day on which it was written; earlier when it waited for a line.
    pub written_on: Date,
    /// Where it stands.
    pub status: GrievanceStatus,
    /// Whose time runs.
    pub holder: Holder,
    /// Since when.
    pub since: Date,
    /// Until when.
    pub due: Option<Date>,
    /// The grievance officer who answers for it.
    pub officer: Option<OfficerId>,
    /// In the hands of the department.
    pub department: bool,
    /// Where the appeal stands, if it is one.
    pub appeal: Option<Appeal>,
    /// The officers it is about.
    pub about: Vec<OfficerId>,
    /// The body it was passed to.
    pub route: Option<String>,
}

/// Who takes a step of the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hand {
    /// The officer.
    pub officer: OfficerId,
    /// For the department, or for the grievance office.
    pub by: By,
}

/// Who is to answer for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assignee {
    /// A grievance officer.
    Officer(OfficerId),
    /// Another officer of the department than the one who decided; for appeals.
    Department,
}

/// An answer as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// What was done; of an appeal the outcome says it.
    pub done: Option<Done>,
    /// The words for the citizen.
    pub words: Option<String>,
    /// Of an appeal: upheld or overturned.
    pub outcome: Option<Appeal>,
}

/// The body above, as the pack names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Its id in the pack.
    pub id: String,
    /// Its working days.
    pub days: u32,
}

/// Passing a complaint to the body above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passing {
    /// Who passes it on.
    pub by: By,
    /// The officer, when it is the office.
    pub officer: Option<OfficerId>,
    /// Where to.
    pub route: Route,
    /// Why.
    pub words: Option<String>,
}

/// Closing: the words, and for an appeal what the body above decided.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Closing {
    /// The words for the citizen.
    pub words: Option<String>,
    /// Of an appeal that was passed on: upheld or overturned.
    pub outcome: Option<Appeal>,
}

/// A decided step, and what it does to the application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The step.
    pub moved: GrievanceMoved,
    /// The coupled move of the contested application.
    pub application: Option<ApplicationMoved>,
}

impl Grievance {
    /// Decides who answers for it; nobody it is about.
    pub fn assign(&self, hand: Hand, to: Assignee, today: Date) -> Result<GrievanceMoved, GrievanceRefused> {
        self.allow(GrievanceStatus::Assigned, hand.by, Some(hand.officer))?;
        let department = match to {
            Assignee::Officer(officer) if self.about.contains(&officer) => {
                return Err(GrievanceRefused::AboutYourself);
            }
            Assignee::Officer(_) => false,
            // Only an appeal goes back to the department: a complaint about it does not.
            Assignee::Department if self.appeal != Some(Appeal::Open) => return Err(GrievanceRefused::NotFromHere),
            Assignee::Department => true,
        };
        let officer = if let Assignee::Officer(officer) = to { Some(officer) } else { None };
        let holder = if department { Holder::Department } else { Holder::Office };
        // The promise to the citizen does not move, however often it changes hands.
        let since = if self.status == GrievanceStatus::Received { self.filed.since } else { self.since };
        let due = Some(self.filed.answer_by);
        Ok(GrievanceMoved {
            officer,
            department,
            due,
            ..self.to(GrievanceStatus::Assigned, hand.by, holder, since.min(today))
        })
    }

    /// Decides the answer; of an appeal it is the decision about the contested one.
    pub fn answer(
        &self,
        hand: Hand,
        given: Answer,
        application: Option<&Application>,
        today: Date,
        calendar: &Calendar,
    ) -> Result<Decided, GrievanceRefused> {
        self.allow(GrievanceStatus::Answered, hand.by, Some(hand.officer))?;
        let mine = match hand.by {
            By::Department => self.department,
            _ => !self.department && self.officer == Some(hand.officer),
        };
        if !mine {
            return Err(GrievanceRefused::NotYours);
        }
        let words = short(given.words)?.ok_or(GrievanceRefused::WordsMissing)?;
        let appealed = self.appeal == Some(Appeal::Open);
        let outcome = given.outcome.filter(|outcome| appealed && *outcome != Appeal::Open);
        if appealed && outcome.is_none() {
            return Err(GrievanceRefused::OutcomeMissing);
        }
        let done = outcome.map(done_of).or(given.done).ok_or(GrievanceRefused::DoneMissing)?;
        let application = self.couple(outcome, &words, application, today, calendar)?;
        let moved = GrievanceMoved {
            due: Some(calendar.after(today, self.filed.limits.citizen)),
            done: Some(done),
            words: Some(words),
            appeal: outcome.or(self.appeal),
            ..self.to(GrievanceStatus::Answered, hand.by, Holder::Citizen, today)
        };
        Ok(Decided { moved, application })
    }

    /// The citizen takes the answer.
    pub fn accept(&self, today: Date) -> Result<GrievanceMoved, GrievanceRefused> {
        self.allow(GrievanceStatus::Accepted, By::Citizen, None)?;
        Ok(self.to(GrievanceStatus::Accepted, By::Citizen, Holder::Nobody, today))
    }

    /// Passes it to the body above: the citizen who disagrees, or whose answer is late; or the office, with a reason.
    pub fn escalate(
        &self,
        passing: Passing,
        today: Date,
        calendar: &Calendar,
    ) -> Result<GrievanceMoved, GrievanceRefused> {
        self.allow(GrievanceStatus::Escalated, passing.by, passing.officer)?;
        let words = short(passing.words)?;
        if passing.by == By::Citizen && self.status != GrievanceStatus::Answered && today <= self.filed.answer_by {
            return Err(GrievanceRefused::TooEarly { until: self.filed.answer_by });
        }
        if passing.by == By::Office && words.is_none() {
            return Err(GrievanceRefused::WordsMissing);
        }
        Ok(GrievanceMoved {
            due: Some(calendar.after(today, passing.route.days)),
            words,
            route: Some(passing.route.id),
            department: false,
            ..self.to(GrievanceStatus::Escalated, passing.by, Holder::OtherBody, today)
        })
    }

    /// Closes what the citizen left in their time, or what the body above decided.
    pub fn close(
        &self,
        hand: Hand,
        closing: Closing,
        application: Option<&Application>,
        today: Date,
        calendar: &Calendar,
    ) -> Result<Decided, GrievanceRefused> {
        self.allow(GrievanceStatus::Closed, hand.by, Some(hand.officer))?;
        if let Some(until) = self.due.filter(|due| self.status == GrievanceStatus::Answered && today <= *due) {
            return Err(GrievanceRefused::CitizensTime { until });
        }
        let words = short(closing.words)?.ok_or(GrievanceRefused::WordsMissing)?;
        let above = self.status == GrievanceStatus::Escalated;
        let outcome = said_outcome(self.appeal, closing.outcome).filter(|_| above);
        if self.appeal == Some(Appeal::Open) && outcome.is_none() {
            return Err(GrievanceRefused::OutcomeMissing);
        }
        let application = self.couple(outcome, &words, application, today, calendar)?;
        let moved = GrievanceMoved {
            done: outcome.map(done_of),
            words: Some(words),
            appeal: outcome.or(self.appeal),
            ..self.to(GrievanceStatus::Closed, hand.by, Holder::Nobody, today)
        };
        Ok(Decided { moved, application })
    }

    /// The officer says that it is about them; from then on it is not in their list.
    pub fn recuse(&self, hand: Hand) -> Result<GrievanceRecused, GrievanceRefused> {
        if self.about.contains(&hand.officer) {
            return Err(GrievanceRefused::AboutYourself);
        }
        if !self.status.is_open() {
            return Err(GrievanceRefused::NotFromHere);
        }
        Ok(GrievanceRecused { officer: hand.officer })
    }

    /// Whether the citizen may pass it on today.
    pub fn may_be_passed_on(&self, today: Date) -> bool {
        self.status.may_move(GrievanceStatus::Escalated, By::Citizen)
            && (self.status == GrievanceStatus::Answered || today > self.filed.answer_by)
    }

    /// Refuses what the machine does not know, and whoever it is about.
    fn allow(&self, to: GrievanceStatus, by: By, officer: Option<OfficerId>) -> Result<(), GrievanceRefused> {
        if officer.is_some_and(|officer| self.about.contains(&officer)) {
            return Err(GrievanceRefused::AboutYourself);
        }
        if self.status.may_move(to, by) { Ok(()) } else { Err(GrievanceRefused::NotFromHere) }
    }

    /// A step that keeps whatever it does not change.
    fn to(&self, to: GrievanceStatus, by: By, holder: Holder, since: Date) -> GrievanceMoved {
        GrievanceMoved {
            from: self.status,
            to,
            by,
            holder,
            since,
            due: None,
            officer: self.officer,
            department: self.department,
            done: None,
            words: None,
            appeal: self.appeal,
            route: self.route.clone(),
        }
    }

    /// The move of the contested application that an outcome asks for.
    fn couple(
        &self,
        outcome: Option<Appeal>,
        words: &str,
        application: Option<&Application>,
        today: Date,
        calendar: &Calendar,
    ) -> Result<Option<ApplicationMoved>, GrievanceRefused> {
        let to = match outcome {
            Some(Appeal::Upheld) => Status::Upheld,
            Some(Appeal::Overturned) => Status::Overturned,
            _ => return Ok(None),
        };
        let application = application.ok_or(GrievanceRefused::ApplicationMovedOn)?;
        let asked =
            MoveAsked { to, actor: Actor::Appellate, rule: None, words: said(Some(words.to_owned())), place: None };
        application.step(asked, today, calendar).map(Some).map_err(|_| GrievanceRefused::ApplicationMovedOn)
    }
}

/// What an outcome says was done.
fn done_of(outcome: Appeal) -> Done {
    if outcome == Appeal::Overturned { Done::DecisionSetAside } else { Done::DecisionStays }
}

/// The outcome a closing may carry: an open appeal takes either; one that was upheld may still be set aside above.
fn said_outcome(now: Option<Appeal>, wanted: Option<Appeal>) -> Option<Appeal> {
    match (now?, wanted?) {
        (Appeal::Open, wanted @ (Appeal::Upheld | Appeal::Overturned)) => Some(wanted),
        (Appeal::Upheld, Appeal::Overturned) => Some(Appeal::Overturned),
        _ => None,
    }
}
