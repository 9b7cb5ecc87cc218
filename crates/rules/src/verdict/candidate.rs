//! One candidate's verdict: a view of what the screening found, composed as it is read.

use super::{
    Because,
    found::{Found, Shape, Span, Way},
};
use crate::{FactRef, Id, K3};
use serde::{Serialize, Serializer};
use std::{fmt, sync::Arc};

/// One candidate's verdict.
#[derive(Clone)]
pub struct CandidateVerdict {
    /// The member's key; none for the household.
    pub member: Option<Id>,
    /// Whether all criteria hold.
    pub truth: K3,
    /// Whether the candidate already receives it.
    pub receives: K3,
    pub(crate) found: Arc<Found>,
    /// The programme's place in the pack, and the member's in the family.
    pub(crate) programme: u32,
    pub(crate) place: u32,
    pub(crate) missing: Span,
    pub(crate) benefits: Span,
    pub(crate) papers: Span,
    pub(crate) preferences: Span,
}

impl CandidateVerdict {
    /// Each criterion in force, in the pack's order.
    pub fn criteria(&self) -> Criteria<'_> {
        let found = &*self.found;
        let shapes = found.shapes.get(self.programme as usize).map_or(&[][..], |shapes| &shapes[..]);
        Criteria { found, shapes: shapes.iter(), member: self.place as usize }
    }

    /// For an undecided candidate: an inclusion-minimal set of missing facts (see [`super::Verdict::missing`]).
    pub fn missing(&self) -> &[FactRef] {
        self.missing.of(&self.found.missing)
    }

    /// For a candidate not refused: whether each benefit variant applies, in the programme's order.
    pub fn benefits(&self) -> &[K3] {
        self.benefits.of(&self.found.marks)
    }

    /// For a candidate not refused: whether each paper is needed, in the programme's order.
    pub fn papers(&self) -> &[K3] {
        self.papers.of(&self.found.marks)
    }

    /// For a candidate not refused: whether each preference holds, in the programme's order.
    pub fn preferences(&self) -> &[K3] {
        self.preferences.of(&self.found.marks)
    }
}

/// Two verdicts are the same when a reader is told the same.
impl PartialEq for CandidateVerdict {
    fn eq(&self, other: &Self) -> bool {
        (&self.member, self.truth, self.receives) == (&other.member, other.truth, other.receives)
            && self.criteria().eq(other.criteria())
            && self.missing() == other.missing()
            && self.benefits() == other.benefits()
            && self.papers() == other.papers()
            && self.preferences() == other.preferences()
    }
}

impl Eq for CandidateVerdict {}

impl fmt::Debug for CandidateVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CandidateVerdict")
            .field("member", &self.member)
            .field("truth", &self.truth)
            .field("receives", &self.receives)
            .field("criteria", &self.criteria())
            .field("missing", &self.missing())
            .field("benefits", &self.benefits())
            .field("papers", &self.papers())
            .field("preferences", &self.preferences())
            .finish()
    }
}

/// The criteria in force for one candidate, one after the other.
#[derive(Clone)]
pub struct Criteria<'v> {
    found: &'v Found,
    shapes: std::slice::Iter<'v, Shape>,
    member: usize,
}

impl<'v> Iterator for Criteria<'v> {
    type Item = CriterionResult<'v>;

    fn next(&mut self) -> Option<CriterionResult<'v>> {
        let (found, member) = (self.found, self.member);
        let shape = self.shapes.by_ref().find(|shape| shape.in_force(found.at))?;
        let (single, ways) = if shape.single { (shape.ways.first(), &[][..]) } else { (None, &shape.ways[..]) };
        Some(CriterionResult {
            id: &shape.id,
            truth: found.truth(shape, member),
            because: single.map_or(&[], |way| found.finding(way, member).because.of(&found.because)),
            alternatives: Alternatives { found, ways: ways.iter(), member },
        })
    }
}

impl fmt::Debug for Criteria<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl Serialize for Criteria<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.clone())
    }
}

/// One criterion for one candidate.
#[derive(Debug, Clone, Serialize)]
pub struct CriterionResult<'v> {
    /// The criterion.
    pub id: &'v Id,
    /// Whether it holds.
    pub truth: K3,
    /// The comparisons it rests on; empty when it has alternatives.
    pub because: &'v [Because],
    /// Its alternatives, of which one must hold.
    pub alternatives: Alternatives<'v>,
}

impl PartialEq for CriterionResult<'_> {
    fn eq(&self, other: &Self) -> bool {
        (self.id, self.truth, self.because) == (other.id, other.truth, other.because)
            && self.alternatives.clone().eq(other.alternatives.clone())
    }
}

/// The alternatives of a criterion for one candidate, one after the other.
#[derive(Clone)]
pub struct Alternatives<'v> {
    found: &'v Found,
    ways: std::slice::Iter<'v, Way>,
    member: usize,
}

impl<'v> Iterator for Alternatives<'v> {
    type Item = AlternativeResult<'v>;

    fn next(&mut self) -> Option<AlternativeResult<'v>> {
        let way = self.ways.next()?;
        let finding = self.found.finding(way, self.member);
        Some(AlternativeResult { id: &way.id, truth: finding.truth, because: finding.because.of(&self.found.because) })
    }
}

impl fmt::Debug for Alternatives<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl Serialize for Alternatives<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.clone())
    }
}

/// One alternative of a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AlternativeResult<'v> {
    /// The alternative.
    pub id: &'v Id,
    /// Whether it holds.
    pub truth: K3,
    /// The comparisons it rests on.
    pub because: &'v [Because],
}
