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
use rules::pack::fact::Fact;
use screener::topics::{grouped, words};

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
