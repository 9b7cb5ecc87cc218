//! What is kept of a screening: codes and hashes, never a second copy of the facts.

use crate::{
    Date, codes,
    ids::{HouseholdId, PersonId},
    programmes::{PackHash, ProgrammeId},
};
use serde::{Deserialize, Serialize};

codes! {
    /// The answer of a screening for one programme.
    Outcome {
        /// All rules are held and met.
        Meets = "meets",
        /// The rules held are met; the department also checks rules that are not held here.
        MayQualify = "may_qualify",
        /// At least one rule is not met.
        No = "no",
        /// Some fact that decides is unknown.
        CannotTell = "cannot_tell",
        /// The family or the person already receives it.
        AlreadyReceives = "already_receives",
        /// Closed, or not offered here.
        ClosedHere = "closed_here",
    }
}

/// The verdict for one programme as recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerdictCode {
    /// The programme.
    pub programme: ProgrammeId,
    /// The outcome.
    pub outcome: Outcome,
    /// The members for whom it holds.
    pub candidates: Vec<PersonId>,
    /// Computed from a protected fact.
    pub protected: bool,
}

/// All programmes were screened in a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Screened {
    /// For which family.
    pub household: HouseholdId,
    /// Against which pack.
    pub pack: PackHash,
    /// As of which day.
    pub on: Date,
    /// SHA-256 of the facts used, in hex.
    pub facts: String,
    /// The verdicts.
    pub verdicts: Vec<VerdictCode>,
}
