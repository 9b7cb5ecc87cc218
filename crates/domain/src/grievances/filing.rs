//! Filing a complaint: with a receipt or without, with a name or without.

use super::{GrievanceKind, Subject};
use crate::{
    Date,
    applications::{Actor, Application, ApplicationMoved, Calendar, MoveAsked, ReceiptCode, Status},
    ids::{ApplicationId, HouseholdId, OfficerId, ReceiptId},
    language::Lang,
    money::Paisa,
    programmes::{CentreId, DistrictId, OperatorId, ProgrammeId},
};
use serde::{Deserialize, Serialize};

/// The longest text of a complaint or an answer, in characters.
pub const MOST_WORDS: usize = 2_000;

/// The time limits of complaints, in working days; from the policy pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrievanceLimits {
    /// From filing until somebody answers for it.
    pub assign: u32,
    /// From filing until the answer.
    pub answer: u32,
    /// For the citizen, to accept an answer or pass it on.
    pub citizen: u32,
}

/// A complaint or an appeal came in. The secret itself is never stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrievanceFiled {
    /// Its own code, of the same kind as a receipt's.
    pub code: ReceiptCode,
    /// Keyed hash of its six-digit secret, in hex.
    pub secret_hash: String,
    /// What kind.
    pub kind: GrievanceKind,
    /// Whom or what it names.
    pub subject: Subject,
    /// The district whose grievance office answers.
    pub district: DistrictId,
    /// The centre it names, or that took the application.
    pub centre: Option<CentreId>,
    /// The operator concerned.
    pub operator: Option<OperatorId>,
    /// The programme concerned.
    pub programme: Option<ProgrammeId>,
    /// The application it is about.
    pub application: Option<ApplicationId>,
    /// The family of that application.
    pub household: Option<HouseholdId>,
    /// The receipt it was filed with; whoever opens that receipt sees the answer too.
    pub receipt: Option<ReceiptId>,
    /// The officer as the citizen named them.
    pub officer_named: Option<String>,
    /// The officers it is about: they neither see it nor decide it.
    pub about: Vec<OfficerId>,
    /// Money kept back, as said.
    pub amount: Option<Paisa>,
    /// What happened, in the citizen's words.
    pub words: Option<String>,
    /// A name, if one was given.
    pub name: Option<String>,
    /// A phone, if one was given.
    pub phone: Option<String>,
    /// It is about a protected application: neutral wording everywhere.
    pub protected: bool,
    /// It contests a decision: coupled to the application's status.
    pub appeal: bool,
    /// The citizen's language.
    pub language: Lang,
    /// The limits it was filed under.
    pub limits: GrievanceLimits,
    /// The day on which its first clock started: the server's, whenever it was written.
    pub since: Date,
    /// The last day to name who answers.
    pub due: Date,
    /// The last day for the answer; promised on its paper.
    pub answer_by: Date,
}

/// Why a complaint, or a step of one, was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GrievanceRefused {
    /// No district.
    #[error("Choose the district, so that the right office answers.")]
    PlaceMissing,
    /// Nothing to go by.
    #[error("Write in a few words what happened.")]
    WordsMissing,
    /// Too much to go by.
    #[error("Write it in at most {MOST_WORDS} characters.")]
    TooLong,
    /// An appeal against no decision.
    #[error("Nothing was refused here. Choose another kind of complaint.")]
    NothingRefused,
    /// The same complaint waits already.
    #[error("This complaint is with the office already. Look at it with its code, or with the receipt.")]
    AlreadyOpen,
    /// Not a step of the machine.
    #[error("This step is not possible from here. Open the complaint again to see what can be done now.")]
    NotFromHere,
    /// The officer is the one complained about.
    #[error("Nobody answers a complaint about themselves. Another officer takes it.")]
    AboutYourself,
    /// Not in this officer's hands.
    #[error("Another officer answers for this complaint. Take it over first.")]
    NotYours,
    /// No word of what was done.
    #[error("Choose what was done.")]
    DoneMissing,
    /// An appeal without a decision.
    #[error("Choose whether the decision stays or is set aside.")]
    OutcomeMissing,
    /// Passed on before its time.
    #[error("The office has until {until} to answer. After that day you can pass the complaint on.")]
    TooEarly {
        /// The last day for the answer.
        until: Date,
    },
    /// Closed while the citizen may still speak.
    #[error("The citizen has until {until} to accept the answer or pass it on. Close it after that day.")]
    CitizensTime {
        /// The citizen's last day.
        until: Date,
    },
    /// The application moved on meanwhile.
    #[error("The application stands elsewhere now, so this decision cannot be taken. Open it again.")]
    ApplicationMovedOn,
}

/// What somebody complains about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing<'a> {
    /// The drawn code.
    pub code: ReceiptCode,
    /// Keyed hash of its secret.
    pub secret_hash: String,
    /// What kind.
    pub kind: GrievanceKind,
    /// Whom or what it names; an application given below wins.
    pub subject: Subject,
    /// The application, when a proven receipt names it.
    pub application: Option<&'a Application>,
    /// That receipt.
    pub receipt: Option<ReceiptId>,
    /// Kinds of complaints about that application that still wait.
    pub waiting: &'a [GrievanceKind],
    /// The district, without an application.
    pub district: Option<DistrictId>,
    /// The centre, without an application.
    pub centre: Option<CentreId>,
    /// The operator, without an application.
    pub operator: Option<OperatorId>,
    /// The programme, without an application.
    pub programme: Option<ProgrammeId>,
    /// The officer as named.
    pub officer_named: Option<String>,
    /// The officers concerned.
    pub about: Vec<OfficerId>,
    /// Money kept back.
    pub amount: Option<Paisa>,
    /// What happened.
    pub words: Option<String>,
    /// A name.
    pub name: Option<String>,
    /// A phone.
    pub phone: Option<String>,
    /// The citizen's language.
    pub language: Lang,
    /// Who files it: the citizen, or the desk for a family that came.
    pub actor: Actor,
}

/// A filed complaint, and what it does to its application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// The complaint.
    pub event: GrievanceFiled,
    /// An appeal opens the contested decision.
    pub application: Option<ApplicationMoved>,
}

/// Trimmed text, or nothing.
pub(super) fn said(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Trimmed text that is not too long.
pub(super) fn short(text: Option<String>) -> Result<Option<String>, GrievanceRefused> {
    let text = said(text);
    match &text {
        Some(text) if text.chars().count() > MOST_WORDS => Err(GrievanceRefused::TooLong),
        _ => Ok(text),
    }
}

impl Filing<'_> {
    /// Decides the filing. A refusal of a decided application is an appeal; without a receipt it is a complaint like any
    /// other. Clocks run on the server's day.
    pub fn decide(self, limits: GrievanceLimits, today: Date, calendar: &Calendar) -> Result<Filed, GrievanceRefused> {
        let words = short(self.words.clone())?;
        // A delay is seen in the file; everything else needs to be said.
        let known_delay = self.kind == GrievanceKind::Delay && self.application.is_some();
        if words.is_none() && !known_delay {
            return Err(GrievanceRefused::WordsMissing);
        }
        if self.application.is_some() && self.waiting.contains(&self.kind) {
            return Err(GrievanceRefused::AlreadyOpen);
        }
        let moved = self.contest(words.clone(), today, calendar)?;
        let appeal = self.kind == GrievanceKind::Refusal && self.application.is_some();
        let of = self.application.map(|application| &application.submitted);
        let district = of.map(|of| of.district.clone()).or(self.district).ok_or(GrievanceRefused::PlaceMissing)?;
        let event = GrievanceFiled {
            code: self.code,
            secret_hash: self.secret_hash,
            kind: self.kind,
            subject: if of.is_some() { Subject::Application } else { self.subject },
            district,
            centre: of.map(|of| of.centre.clone()).or(self.centre),
            operator: of.map(|of| of.operator.clone()).or(self.operator),
            programme: of.map(|of| of.programme.clone()).or(self.programme),
            application: self.application.map(|application| application.id),
            household: of.map(|of| of.household),
            receipt: self.receipt,
            officer_named: said(self.officer_named),
            about: self.about,
            amount: self.amount,
            words,
            name: said(self.name),
            phone: said(self.phone),
            protected: of.is_some_and(|of| of.protected),
            appeal,
            language: self.language,
            limits,
            since: today,
            due: calendar.after(today, limits.assign),
            answer_by: calendar.after(today, limits.answer),
        };
        Ok(Filed { event, application: moved })
    }

    /// The move of an appealed application; nothing when an earlier appeal moved it already and was lost on the way.
    fn contest(
        &self,
        words: Option<String>,
        today: Date,
        calendar: &Calendar,
    ) -> Result<Option<ApplicationMoved>, GrievanceRefused> {
        let Some(application) = self.application.filter(|_| self.kind == GrievanceKind::Refusal) else {
            return Ok(None);
        };
        if application.status == Status::Appealed {
            return Ok(None);
        }
        let asked = MoveAsked { to: Status::Appealed, actor: self.actor, rule: None, words, place: None };
        application.step(asked, today, calendar).map(Some).map_err(|_| GrievanceRefused::NothingRefused)
    }
}
