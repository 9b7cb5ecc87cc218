//! A candidate's verdict as it is written to an application and read back years later: complete in itself.

use super::{
    Because, Criteria,
    candidate::CandidateVerdict,
    found::{Finding, Found, Shape, Span, Way},
};
use crate::{Date, FactRef, Id, K3};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::sync::Arc;

#[derive(Serialize)]
struct Writing<'v> {
    member: &'v Option<Id>,
    truth: K3,
    receives: K3,
    criteria: Criteria<'v>,
    missing: &'v [FactRef],
    benefits: &'v [K3],
    papers: &'v [K3],
    preferences: &'v [K3],
}

impl Serialize for CandidateVerdict {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        Writing {
            member: &self.member,
            truth: self.truth,
            receives: self.receives,
            criteria: self.criteria(),
            missing: self.missing(),
            benefits: self.benefits(),
            papers: self.papers(),
            preferences: self.preferences(),
        }
        .serialize(to)
    }
}

#[derive(Deserialize)]
struct Written {
    member: Option<Id>,
    truth: K3,
    receives: K3,
    criteria: Vec<WrittenCriterion>,
    missing: Vec<FactRef>,
    benefits: Vec<K3>,
    papers: Vec<K3>,
    preferences: Vec<K3>,
}

#[derive(Deserialize)]
struct WrittenCriterion {
    id: Id,
    truth: K3,
    because: Vec<Because>,
    alternatives: Vec<WrittenAlternative>,
}

#[derive(Deserialize)]
struct WrittenAlternative {
    id: Id,
    truth: K3,
    because: Vec<Because>,
}

impl<'de> Deserialize<'de> for CandidateVerdict {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Written::deserialize(from).map(Self::from)
    }
}

impl From<Written> for CandidateVerdict {
    fn from(written: Written) -> Self {
        let mut found = Found {
            shapes: Arc::from([]),
            at: Date::default(),
            findings: vec![],
            width: 1,
            because: vec![],
            missing: written.missing,
            marks: vec![],
        };
        let shapes: Vec<Shape> = written.criteria.into_iter().map(|criterion| found.keep(criterion)).collect();
        found.shapes = Arc::from([shapes]);
        let mut marks = |truths: Vec<K3>| {
            let before = found.marks.len();
            found.marks.extend(truths);
            Span::since(before, &found.marks)
        };
        let (benefits, papers) = (marks(written.benefits), marks(written.papers));
        let preferences = marks(written.preferences);
        CandidateVerdict {
            member: written.member,
            truth: written.truth,
            receives: written.receives,
            programme: 0,
            place: 0,
            missing: Span::since(0, &found.missing),
            benefits,
            papers,
            preferences,
            found: Arc::new(found),
        }
    }
}

impl Found {
    /// Takes a written criterion in; it is in force on every day, and its conditions are its own.
    fn keep(&mut self, criterion: WrittenCriterion) -> Shape {
        let single = criterion.alternatives.is_empty();
        let own = single.then(|| WrittenAlternative {
            id: criterion.id.clone(),
            truth: criterion.truth,
            because: criterion.because,
        });
        let ways = own.into_iter().chain(criterion.alternatives).map(|way| self.keep_way(way)).collect();
        Shape { id: criterion.id, from: None, until: None, single, ways }
    }

    fn keep_way(&mut self, way: WrittenAlternative) -> Way {
        let before = self.because.len();
        self.because.extend(way.because);
        let because = Span::since(before, &self.because);
        self.findings.push(Finding { truth: way.truth, because });
        Way { id: way.id, condition: self.findings.len() - 1, personal: false }
    }
}
