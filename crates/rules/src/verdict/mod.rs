//! What a screening says: outcome, candidates, criteria, and the values they rest on. Structured, never in words:
//! a page composes "Age of Amina: 34. Needed: 18 or more. Yes." in its reader's language from these parts.

mod because;
mod candidate;
mod found;
mod record;

pub use because::{Because, How, MembersSeen, Needed, Operator, Seen, Subject, Test};
pub use candidate::{AlternativeResult, Alternatives, CandidateVerdict, Criteria, CriterionResult};
pub(crate) use found::{Finding, Found, NOT_FOUND, Shapes, Span, shapes};

use crate::{FactRef, Id, Interval, K3};
use domain::Date;
use serde::{Deserialize, Serialize};

/// Every programme's verdict for one family on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Screening {
    /// The content hash of the pack that decided.
    pub pack_hash: Id,
    /// The day screened for.
    pub at: Date,
    /// One verdict per programme, in pack order.
    pub verdicts: Vec<Verdict>,
    /// Every score of the pack, as far as it is known.
    pub scores: Vec<ScoreSeen>,
    /// Values that could not be used (unknown fact, wrong type, outside the codes or bounds); read as unknown.
    pub ignored: Vec<FactRef>,
}

impl Screening {
    /// The verdict on one programme.
    pub fn verdict(&self, programme: &str) -> Option<&Verdict> {
        self.verdicts.iter().find(|v| v.programme == *programme)
    }
}

/// A score as far as it is known, at its own number of decimals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoreSeen {
    /// The score's id.
    pub score: Id,
    /// What it can be; the declared bounds when nothing is known.
    pub value: Interval,
    /// Whether anything narrowed it below the declared bounds.
    pub known_in_part: bool,
    /// Its decimals.
    pub digits: u8,
}

/// The answer for one programme. Ordered from most to least hopeful for a reader's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A candidate meets the rules, and the pack holds all of them (or the programme is open to all).
    Meets,
    /// A candidate meets the rules the pack holds; the department also checks others.
    MayQualify,
    /// Facts are missing, or the programme's rules are not published.
    CannotTell,
    /// A candidate already receives it.
    AlreadyReceives,
    /// No candidate meets the rules.
    No,
    /// The programme takes no applications.
    ClosedHere,
}

/// One programme's verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// The programme.
    pub programme: Id,
    /// Its place in the pack.
    pub index: usize,
    /// The answer.
    pub outcome: Outcome,
    /// Whether some candidate meets the criteria, before `rules` completeness and state are applied.
    pub truth: K3,
    /// Carries the protected class: leave it out of every view that does not own it.
    pub protected: bool,
    /// The household, or each member.
    pub candidates: Vec<CandidateVerdict>,
    /// For an undecided programme: a smallest set of facts that could make it a yes (or, when no yes is left, a no).
    pub missing: Vec<FactRef>,
}

impl Verdict {
    /// Whether answers could still change it: undecided although its rules are published and it is not closed.
    pub fn is_open(&self) -> bool {
        self.outcome == Outcome::CannotTell && !self.missing.is_empty()
    }

    /// The candidates who meet the criteria.
    pub fn meeting(&self) -> impl Iterator<Item = &CandidateVerdict> {
        self.candidates.iter().filter(|c| c.truth == K3::Yes && c.receives != K3::Yes)
    }
}
