//! What a screening says: outcome, candidates, criteria, and the values they rest on. Structured, never in words:
//! a page composes "Age of Amina: 34. Needed: 18 or more. Yes." in its reader's language from these parts.

use crate::{FactRef, Id, Interval, K3, family::Provenance};
use domain::Date;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

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

/// One candidate's verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CandidateVerdict {
    /// The member's key; none for the household.
    pub member: Option<Id>,
    /// Whether all criteria hold.
    pub truth: K3,
    /// Whether the candidate already receives it.
    pub receives: K3,
    /// Each criterion in force, in the pack's order.
    pub criteria: Vec<CriterionResult>,
    /// For an undecided candidate: an inclusion-minimal set of missing facts (see [`Verdict::missing`]).
    pub missing: Vec<FactRef>,
    /// For a candidate not refused: whether each benefit variant applies, in the programme's order.
    pub benefits: Arc<[K3]>,
    /// For a candidate not refused: whether each paper is needed, in the programme's order.
    pub papers: Arc<[K3]>,
    /// For a candidate not refused: whether each preference holds, in the programme's order.
    pub preferences: Arc<[K3]>,
}

/// One criterion for one candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionResult {
    /// The criterion.
    pub id: Id,
    /// Whether it holds.
    pub truth: K3,
    /// The comparisons it rests on; empty when it has alternatives.
    pub because: Reasons,
    /// Its alternatives, of which one must hold.
    pub alternatives: Vec<AlternativeResult>,
}

/// One alternative of a criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlternativeResult {
    /// The alternative.
    pub id: Id,
    /// Whether it holds.
    pub truth: K3,
    /// The comparisons it rests on.
    pub because: Reasons,
}

/// The comparisons a condition rests on, shared by every programme that asks the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Reasons(Arc<[Because]>);

impl Default for Reasons {
    fn default() -> Self {
        Self(Arc::from(vec![]))
    }
}

impl FromIterator<Because> for Reasons {
    fn from_iter<I: IntoIterator<Item = Because>>(because: I) -> Self {
        Self(because.into_iter().collect())
    }
}

impl std::ops::Deref for Reasons {
    type Target = [Because];
    fn deref(&self) -> &[Because] {
        &self.0
    }
}

impl<'a> IntoIterator for &'a Reasons {
    type Item = &'a Because;
    type IntoIter = std::slice::Iter<'a, Because>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// One comparison: what was looked at, what was seen, what was needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Because {
    /// What was looked at and what was needed; the same for every family.
    pub test: Arc<Test>,
    /// Whose value; none for the household and for scores.
    pub member: Option<Id>,
    /// What was seen.
    pub seen: Seen,
    /// Whether the need is met.
    pub truth: K3,
    /// For a number that misses: by how much at least, at the test's scale.
    pub short_by: Option<i64>,
    /// How the value was shown, when one value decided.
    pub source: Option<Provenance>,
    /// When it was learnt.
    pub on: Option<Date>,
    /// The value is too old to count; it is seen as unknown and was learnt `on`.
    pub stale: bool,
}

/// The unchanging part of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Test {
    /// What is looked at.
    pub subject: Subject,
    /// How it is compared.
    pub operator: Operator,
    /// With what.
    pub needed: Needed,
    /// Digits after the point of the numbers in this comparison.
    pub scale: u8,
}

/// What a comparison looks at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A fact, by its full id.
    Fact(Id),
    /// Completed years of age.
    Age,
    /// Completed months of age.
    AgeMonths,
    /// A score, by its id.
    Score(Id),
    /// How many members there are.
    Members,
    /// Members for whom a condition holds, or something about them.
    MembersWho {
        /// Whether some, all, how many, or a sum.
        how: How,
        /// Facts the condition reads, by full id.
        facts: Vec<Id>,
        /// The condition's source text, for officers.
        text: String,
    },
    /// A calculation, by its source text and the facts it reads.
    Calculation {
        /// Facts it reads, by full id.
        facts: Vec<Id>,
        /// Its source text, for officers.
        text: String,
    },
}

/// What is asked of the members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// At least one.
    Some,
    /// Every one.
    All,
    /// How many.
    Count,
    /// A sum over them.
    Sum,
}

/// How the seen value is compared with the needed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    /// Is this value.
    Is,
    /// Is not this value.
    IsNot,
    /// Is this number or less.
    AtMost,
    /// Is below this number.
    LessThan,
    /// Is this number or more.
    AtLeast,
    /// Is above this number.
    MoreThan,
    /// Is one of these codes.
    OneOf,
    /// Is none of these codes.
    NoneOf,
    /// The set has this code.
    Has,
    /// The set has not this code.
    HasNot,
}

/// What a comparison needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Needed {
    /// Yes or no.
    Bool(bool),
    /// A number, times ten to the test's scale.
    Number(i64),
    /// One of these codes.
    Codes(Vec<Id>),
    /// The value of another calculation, by its source text.
    Calculation(String),
}

/// What was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// Nothing is known.
    Unknown,
    /// Yes or no.
    Bool(bool),
    /// A number at the test's scale, perhaps only within bounds.
    Number(Interval),
    /// A code.
    Code(Id),
    /// The members for whom a condition holds or may hold.
    Members(Box<MembersSeen>),
}

/// Members for whom a condition holds and for whom it is not known, by key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembersSeen {
    /// It holds for these.
    pub yes: Vec<Id>,
    /// Not known for these.
    pub unknown: Vec<Id>,
    /// The member list is not complete, so more may come.
    pub open: bool,
}
