//! Help with something private: protected questions are asked only after the person asks for that help.

use super::{desk::Desk, desk::NoDesk};
use crate::{
    App,
    request::{PageError, Sent, Visitor},
    text::T,
    visits::StepName,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{event::Change, ids::VisitId, visits::HelpAsked};
use rules::{
    Pack,
    pack::fact::{Fact, FactKind, Sensitivity},
};
use std::collections::BTreeSet;

/// A kind of help that may be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// The protected fact that stands for it.
    pub fact: String,
    /// Its words.
    pub text: String,
    /// Its gate is open in this visit.
    pub open: bool,
}

/// The topics of the pack, for the officer who serves the visit; nobody else is shown any.
pub fn topics(app: &App, t: T, desk: &Desk) -> Vec<Topic> {
    if !desk.frame.mine || desk.frame.over() || desk.refused() {
        return Vec::new();
    }
    let topic = |facts: Vec<&Fact>| {
        let first = facts.first()?;
        let open = facts.iter().all(|fact| desk.visit.gates.contains(&fact.id.to_string()));
        Some(Topic { fact: first.id.to_string(), text: words(t, first), open })
    };
    grouped(&app.pack).into_iter().filter_map(topic).collect()
}

/// A topic's own words where there are some, else the label of its fact.
fn words(t: T, fact: &Fact) -> String {
    let id = format!("help-topic-{}", fact.id.replace(['.', '_'], "-"));
    if t.has(&id) { t.m(&id) } else { fact.label(t.lang()).to_owned() }
}

/// The protected facts that programmes read, by topic: a fact that some programme reads without any other protected
/// one stands for itself; the others go together with those they are read with.
pub(super) fn grouped(pack: &Pack) -> Vec<Vec<&Fact>> {
    let protected = |fact: &&Fact| fact.sensitivity == Sensitivity::Protected && fact.kind == FactKind::Asked;
    let facts: Vec<&Fact> = pack.facts().iter().filter(protected).collect();
    let place = |id: &str| facts.iter().position(|fact| fact.id == *id);
    let read = pack.programmes().iter().map(|p| p.facts.iter().filter_map(|id| place(id)).collect::<BTreeSet<usize>>());
    let sets: Vec<BTreeSet<usize>> = read.filter(|set| !set.is_empty()).collect();
    let alone: BTreeSet<usize> = sets.iter().filter(|set| set.len() == 1).flatten().copied().collect();
    let mut topics: Vec<BTreeSet<usize>> = alone.iter().map(|fact| BTreeSet::from([*fact])).collect();
    let mut together: Vec<BTreeSet<usize>> = Vec::new();
    for set in &sets {
        let mut joined: BTreeSet<usize> = set.difference(&alone).copied().collect();
        if joined.is_empty() {
            continue;
        }
        let (touching, apart): (Vec<_>, Vec<_>) = together.into_iter().partition(|other| !other.is_disjoint(&joined));
        touching.into_iter().for_each(|other| joined.extend(other));
        together = apart;
        together.push(joined);
    }
    topics.append(&mut together);
    topics.sort();
    topics.into_iter().map(|set| set.into_iter().map(|i| facts[i]).collect()).collect()
}

/// `POST /visits/{visit}/help`: the person asked; the topic's questions open for this visit and this officer.
pub async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    sent: Sent,
) -> Result<Response, NoDesk> {
    let desk = Desk::open(&app, &visitor, id, StepName::Questions).await?;
    if !desk.frame.mine || desk.visit.open().is_err() || desk.refused() {
        return Err(PageError::NotFound.into());
    }
    let asked = sent.fields.text("topic").to_owned();
    let topic = grouped(&app.pack).into_iter().find(|facts| facts.iter().any(|fact| fact.id == *asked));
    let facts = topic.ok_or(PageError::NotFound)?;
    let closed = facts.iter().map(|fact| fact.id.to_string()).filter(|id| !desk.visit.gates.contains(id));
    let event = |(i, fact)| Change::after(id, desk.visit.version + i, HelpAsked { fact }, app.today());
    let changes: Vec<Change> = (0..).zip(closed).map(event).collect();
    let to = format!("/visits/{id}/questions");
    if changes.is_empty() {
        return Ok(Redirect::to(&to).into_response());
    }
    Ok(sent.carry_out(&app, &visitor, changes, to).await?)
}

/// `GET /visits/{visit}/help`: to the page the form stands on.
pub async fn back(Path(id): Path<VisitId>) -> Redirect {
    Redirect::to(&format!("/visits/{id}/questions"))
}
