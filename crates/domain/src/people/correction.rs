//! A family says that something on file is wrong; an officer of its centre corrects it or says in plain words why not.

use crate::{
    Date, Instant, Version,
    applications::Calendar,
    codes,
    ids::{ApplicationId, CorrectionId, HouseholdId, PersonId, ReceiptId, VisitId},
    programmes::{CentreId, PackHash, ProgrammeId},
};
use serde::{Deserialize, Serialize};

/// Working days until the answer.
///
/// No rule of the province names them. Fifteen is half of what a department has to decide an application (thirty), because a
/// wrong entry may cost the family that decision, and enough for a paper to be fetched from the union council or from NADRA
/// (two to ten days).
pub const CORRECTION_DAYS: u32 = 15;
/// The most requests of one family that wait at a time.
pub const MOST_CORRECTIONS: usize = 8;
/// The longest text of a request, in characters.
pub const MOST_CORRECTION: usize = 500;

codes! {
    /// What is wrong on file.
    CorrectionField {
        /// Somebody's own name.
        Name = "name",
        /// The father's or husband's name.
        Father = "father",
        /// The identity number.
        Number = "number",
        /// Date of birth or age.
        Birth = "birth",
        /// Sex.
        Sex = "sex",
        /// Marital status.
        Marital = "marital_status",
        /// How somebody is related to the head.
        Relationship = "relationship",
        /// Somebody is missing, or stands there who does not belong to the household.
        Members = "members",
        /// Where the family lives.
        Place = "place",
        /// A phone.
        Phone = "phone",
        /// What was answered to a question.
        Answer = "answer",
        /// Something else.
        Other = "other",
    }
}

impl CorrectionField {
    /// Stands in the details of one person.
    pub fn of_person(self) -> bool {
        use CorrectionField::*;
        matches!(self, Name | Father | Number | Birth | Sex | Marital | Relationship)
    }

    /// Stands in the household's place and phones.
    pub fn of_place(self) -> bool {
        matches!(self, CorrectionField::Place | CorrectionField::Phone)
    }
}

codes! {
    /// Where a request stands.
    CorrectionState {
        /// It waits for the centre.
        Asked = "asked",
        /// The record was corrected.
        Accepted = "accepted",
        /// Not corrected, with the reason.
        Refused = "refused",
    }
}

/// A family asked for a correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionAsked {
    /// Which family.
    pub household: HouseholdId,
    /// The centre that answers: the one that registered the family.
    pub centre: CentreId,
    /// The receipt it was asked with; whoever opens that receipt sees the answer.
    pub receipt: Option<ReceiptId>,
    /// The visit it was asked in.
    pub visit: Option<VisitId>,
    /// What is wrong.
    pub field: CorrectionField,
    /// About whom, in the family's words.
    pub whose: Option<String>,
    /// What it should be.
    pub should_be: String,
    /// Why.
    pub why: String,
    /// The paper that was shown at the desk.
    pub paper: Option<String>,
    /// The household's version that it is about: a correction comes after it.
    pub seen: Version,
    /// Asked with a receipt in neutral words.
    pub protected: bool,
    /// The day on which the clock started.
    pub since: Date,
    /// The last day for the answer.
    pub due: Date,
}

/// The centre answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionAnswered {
    /// Accepted or refused.
    pub to: CorrectionState,
    /// The words for the family; always there when refused.
    pub words: Option<String>,
    /// What was done, when accepted.
    pub done: Option<Corrected>,
}

/// A correction that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrected {
    /// The version of the household that holds it.
    pub version: Version,
    /// Whose details were corrected.
    pub person: Option<PersonId>,
    /// The open applications that stood on it; each carries a flag for its department.
    pub applications: Vec<ApplicationId>,
    /// The pack that the family was screened with again.
    pub pack: PackHash,
    /// The ordinary programmes whose outcome is another one now.
    pub moved: Vec<ProgrammeId>,
}

/// Why a request, or an answer to one, was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CorrectionRefused {
    /// Nothing chosen.
    #[error("Choose what is wrong on file.")]
    FieldMissing,
    /// Not said whose.
    #[error("Say whom it is about.")]
    WhoseMissing,
    /// Not said what it should be.
    #[error("Write what it should be.")]
    ShouldBeMissing,
    /// Not said why.
    #[error("Write in a few words why it is wrong.")]
    WhyMissing,
    /// Too long a text.
    #[error("Write it in at most {MOST_CORRECTION} characters.")]
    TooLong,
    /// The same waits already.
    #[error("This was asked already and waits for an answer.")]
    AlreadyAsked,
    /// Too many wait.
    #[error("{MOST_CORRECTIONS} requests of this family wait already. Wait for an answer, or come to the centre.")]
    TooMany,
    /// Answered before.
    #[error("This request was answered already.")]
    Answered,
    /// A refusal in no words.
    #[error("Write for the family why it is not corrected.")]
    WordsMissing,
    /// Accepted, but nothing was corrected.
    #[error("Nothing on file has changed since this was asked. Correct it first, then accept.")]
    NothingCorrected,
}

/// What a family asks, as it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectionAsking {
    /// Which family.
    pub household: HouseholdId,
    /// The centre that registered it.
    pub centre: CentreId,
    /// The household's version.
    pub seen: Version,
    /// The proven receipt.
    pub receipt: Option<ReceiptId>,
    /// The visit.
    pub visit: Option<VisitId>,
    /// Asked with a receipt in neutral words.
    pub protected: bool,
    /// What is wrong.
    pub field: Option<CorrectionField>,
    /// About whom.
    pub whose: Option<String>,
    /// What it should be.
    pub should_be: Option<String>,
    /// Why.
    pub why: Option<String>,
    /// The paper shown.
    pub paper: Option<String>,
}

fn short(text: Option<String>) -> Result<Option<String>, CorrectionRefused> {
    let text = text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    match &text {
        Some(text) if text.chars().count() > MOST_CORRECTION => Err(CorrectionRefused::TooLong),
        _ => Ok(text),
    }
}

impl CorrectionAsking {
    /// Decides a request; `waiting` are those of the family that are not answered yet. Clocks run on the server's day.
    pub fn decide(
        self,
        waiting: &[CorrectionAsked],
        today: Date,
        calendar: &Calendar,
    ) -> Result<CorrectionAsked, CorrectionRefused> {
        let field = self.field.ok_or(CorrectionRefused::FieldMissing)?;
        let whose = short(self.whose)?;
        if field.of_person() && whose.is_none() {
            return Err(CorrectionRefused::WhoseMissing);
        }
        let should_be = short(self.should_be)?.ok_or(CorrectionRefused::ShouldBeMissing)?;
        let why = short(self.why)?.ok_or(CorrectionRefused::WhyMissing)?;
        let same = |one: &CorrectionAsked| one.field == field && one.whose == whose && one.should_be == should_be;
        if waiting.iter().any(same) {
            return Err(CorrectionRefused::AlreadyAsked);
        }
        if waiting.len() >= MOST_CORRECTIONS {
            return Err(CorrectionRefused::TooMany);
        }
        Ok(CorrectionAsked {
            household: self.household,
            centre: self.centre,
            receipt: self.receipt,
            visit: self.visit,
            field,
            whose,
            should_be,
            why,
            paper: short(self.paper)?,
            seen: self.seen,
            protected: self.protected,
            since: today,
            due: calendar.after(today, CORRECTION_DAYS),
        })
    }
}

/// A request as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Key.
    pub id: CorrectionId,
    /// Events seen.
    pub version: Version,
    /// As asked.
    pub asked: CorrectionAsked,
    /// When the server took it.
    pub asked_at: Instant,
    /// Where it stands.
    pub state: CorrectionState,
    /// The answer.
    pub answer: Option<CorrectionAnswered>,
    /// When it was answered.
    pub answered_on: Option<Date>,
}

impl Correction {
    /// Decides that it is accepted: something was corrected after it was asked.
    pub fn accept(&self, words: Option<String>, done: Corrected) -> Result<CorrectionAnswered, CorrectionRefused> {
        self.open()?;
        if done.version <= self.asked.seen {
            return Err(CorrectionRefused::NothingCorrected);
        }
        Ok(CorrectionAnswered { to: CorrectionState::Accepted, words: short(words)?, done: Some(done) })
    }

    /// Decides that it is refused, in words for the family.
    pub fn refuse(&self, words: Option<String>) -> Result<CorrectionAnswered, CorrectionRefused> {
        self.open()?;
        let words = short(words)?.ok_or(CorrectionRefused::WordsMissing)?;
        Ok(CorrectionAnswered { to: CorrectionState::Refused, words: Some(words), done: None })
    }

    fn open(&self) -> Result<(), CorrectionRefused> {
        if self.state == CorrectionState::Asked { Ok(()) } else { Err(CorrectionRefused::Answered) }
    }
}

#[cfg(test)]
mod tests;
