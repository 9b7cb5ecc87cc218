//! A visit to a centre: token, counter, household, questions, package, leaving.

mod calling;
mod closing;

pub use calling::{
    CallRefused, LONGEST_NOTE, MOST_DESKS, StatedRefused, TokenCalled, VisitHanded, VisitStated, next_token,
};
pub use closing::{ClosingRefused, DayClosed, DayCounts, SealStated};

use crate::{
    Date, Instant, Version, codes,
    ids::{HelperId, HouseholdId, OfficerId, PersonId, VisitId},
    language::Lang,
    programmes::{CentreId, ProgrammeId},
};
use serde::{Deserialize, Serialize};

codes! {
    /// The queue a token stands in. Those named first are called first.
    Counter {
        /// Persons with disabilities.
        Disability = "disability",
        /// Elderly persons.
        Elderly = "elderly",
        /// Women.
        Women = "women",
        /// Everybody else.
        General = "general",
    }
}

codes! {
    /// What brings a visitor, as noted at the token counter; counted as evidence of demand.
    Topic {
        /// Register or apply for help.
        Help = "help",
        /// Follow an earlier application.
        Follow = "follow",
        /// A paper is missing.
        Papers = "papers",
        /// A question only.
        Question = "question",
        /// A complaint.
        Complaint = "complaint",
        /// Something else.
        Other = "other",
    }
}

codes! {
    /// How a visit ended.
    VisitOutcome {
        /// The question was answered.
        Answered = "answered",
        /// The family left with a receipt.
        Receipt = "receipt",
        /// Registered or updated; nothing was applied for.
        Registered = "registered",
        /// The family left before the end; everything said is kept.
        Left = "left",
    }
}

/// A token was issued and the visit began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenIssued {
    /// The centre.
    pub centre: CentreId,
    /// The day's running number at this centre.
    pub number: u32,
    /// Which queue.
    pub counter: Counter,
    /// The language the visitor chose.
    pub language: Lang,
    /// What brings them.
    pub topic: Topic,
}

/// An officer called the token to a counter, or took the visit over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitCalled {
    /// Who serves now.
    pub officer: OfficerId,
}

/// The family was found in, or entered into, the registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseholdFound {
    /// Which household.
    pub household: HouseholdId,
    /// Why a household of another district was opened; `None` for one's own.
    pub reason: Option<String>,
}

/// A question was left for today; it is not asked again in this visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionLeft {
    /// The fact's full id.
    pub fact: String,
    /// About whom; `None` for the household.
    pub person: Option<PersonId>,
}

/// The person asked for help of a protected kind, which opens its questions for this visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpAsked {
    /// The protected fact whose gate opens.
    pub fact: String,
}

/// One programme picked for one person or for the household.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Pick {
    /// The programme.
    pub programme: ProgrammeId,
    /// For whom; `None` for the household as a whole.
    pub person: Option<PersonId>,
}

/// Social worker and family chose a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageChosen {
    /// What was picked; replaces an earlier choice in this visit.
    pub picks: Vec<Pick>,
}

/// Who came for the family was asked and said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitorSaid {
    /// The helper who came alone; `None` when somebody of the family is here.
    pub helper: Option<HelperId>,
}

/// The visit ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitEnded {
    /// How.
    pub outcome: VisitOutcome,
}

/// A visit as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Key.
    pub id: VisitId,
    /// Events seen.
    pub version: Version,
    /// Where.
    pub centre: CentreId,
    /// The centre's day.
    pub day: Date,
    /// When the token was issued.
    pub issued_at: Instant,
    /// Number on the token.
    pub number: u32,
    /// Queue.
    pub counter: Counter,
    /// Language chosen.
    pub language: Lang,
    /// Topic noted.
    pub topic: Topic,
    /// Who serves.
    pub officer: Option<OfficerId>,
    /// The family, once found.
    pub household: Option<HouseholdId>,
    /// Questions left for today.
    pub left: Vec<QuestionLeft>,
    /// Protected facts whose gate is open in this visit.
    pub gates: Vec<String>,
    /// Whether a screening was recorded.
    pub screened: bool,
    /// The package.
    pub picks: Vec<Pick>,
    /// Set when the visit has ended.
    pub outcome: Option<VisitOutcome>,
    /// The desk it was called to last.
    pub desk: Option<u32>,
    /// The desk it was handed to last, and the note.
    pub handed: Option<VisitHanded>,
    /// It came on paper and was entered later.
    pub stated: Option<VisitStated>,
    /// Who came, once it was asked.
    pub came: Option<VisitorSaid>,
}

/// Why a step of a visit was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VisitRefused {
    /// The visit is over.
    #[error("This visit has ended. Issue a new token to go on; nothing that was said is lost.")]
    Ended,
    /// Another household is open in this visit.
    #[error("This visit already has a household. End it and issue a new token for another family.")]
    OtherHousehold,
    /// No household yet.
    #[error("Find or register the family first.")]
    NoHousehold,
    /// Nothing was picked.
    #[error("Choose at least one programme, or end the visit.")]
    NothingPicked,
}

impl Visit {
    /// Refuses when the visit is over.
    pub fn open(&self) -> Result<(), VisitRefused> {
        if self.outcome.is_some() { Err(VisitRefused::Ended) } else { Ok(()) }
    }

    /// The household, or the refusal that asks for it.
    pub fn household(&self) -> Result<HouseholdId, VisitRefused> {
        self.open()?;
        self.household.ok_or(VisitRefused::NoHousehold)
    }

    /// Decides which family this visit is about.
    pub fn find(&self, household: HouseholdId, reason: Option<String>) -> Result<HouseholdFound, VisitRefused> {
        self.open()?;
        match self.household {
            Some(other) if other != household => Err(VisitRefused::OtherHousehold),
            _ => Ok(HouseholdFound { household, reason }),
        }
    }

    /// Decides the package.
    pub fn choose(&self, mut picks: Vec<Pick>) -> Result<PackageChosen, VisitRefused> {
        self.household()?;
        picks.sort();
        picks.dedup();
        if picks.is_empty() { Err(VisitRefused::NothingPicked) } else { Ok(PackageChosen { picks }) }
    }

    /// Decides the end of the visit.
    pub fn end(&self, outcome: VisitOutcome) -> Result<VisitEnded, VisitRefused> {
        self.open()?;
        Ok(VisitEnded { outcome })
    }
}
