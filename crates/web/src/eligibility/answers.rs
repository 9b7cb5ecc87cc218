//! Everything that was said, with how it is known; each answer can be corrected or taken back.

use super::{
    ask::Ask,
    change,
    desk::{Desk, NoDesk},
    reasons, values,
};
use crate::{
    App,
    request::{Errors, PageError, Sent, Visitor},
    shell::{Shell, form_page},
    visits::{Frame, StepName},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{Redirect, Response},
};
use domain::{
    Date,
    ids::{AnswerId, PersonId, VisitId},
    people::Answer,
};
use rules::pack::fact::Sensitivity;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "eligibility/answers.html")]
struct AnswersPage {
    shell: Shell,
    frame: Frame,
    errors: Errors,
    saved: bool,
    people: Vec<(String, Vec<Row>)>,
}

/// One question with its answers.
struct Row {
    id: AnswerId,
    label: String,
    value: String,
    known: String,
    on: Date,
    on_words: String,
    /// Other values on file; they differ: value, how it is known, when.
    others: Vec<(String, String, Date, String)>,
    /// Where it is asked again; empty when it cannot be asked here.
    again: String,
    /// Handled with care: shown only on opening.
    careful: bool,
    /// What was typed as the reason for taking it back.
    reason: String,
    field: String,
}

/// `GET /visits/{visit}/answers`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, NoDesk> {
    let desk = Desk::open(&app, &visitor, id, StepName::Questions).await?;
    render(&app, &visitor, desk, query.contains_key("saved"), Errors::default(), ("", ""))
}

fn render(
    app: &App,
    visitor: &Visitor,
    desk: Desk,
    saved: bool,
    errors: Errors,
    typed: (&str, &str),
) -> Result<Response, NoDesk> {
    let t = visitor.t();
    let mut people = vec![(t.m("answers-household"), rows(app, visitor, &desk, None, typed))];
    for member in desk.household.present() {
        people.push((member.details.given.clone(), rows(app, visitor, &desk, Some(member.id), typed)));
    }
    people.retain(|(_, rows)| !rows.is_empty());
    let page = AnswersPage { shell: visitor.shell(app), frame: desk.frame, errors, saved, people };
    Ok(form_page(&page, &page.errors)?)
}

/// The answers about one person or the household, in the dictionary's order.
fn rows(app: &App, visitor: &Visitor, desk: &Desk, person: Option<PersonId>, typed: (&str, &str)) -> Vec<Row> {
    let mut facts: Vec<&str> =
        desk.household.answers.iter().filter(|a| a.person == person).map(|a| a.fact.as_str()).collect();
    let place = |id: &str| app.pack.facts().iter().position(|fact| fact.id == *id).unwrap_or(usize::MAX);
    facts.sort_by_key(|id| (place(id), *id));
    facts.dedup();
    facts.into_iter().filter_map(|fact| row(app, visitor, desk, fact, person, typed)).collect()
}

fn row(
    app: &App,
    visitor: &Visitor,
    desk: &Desk,
    fact: &str,
    person: Option<PersonId>,
    typed: (&str, &str),
) -> Option<Row> {
    let t = visitor.t();
    let answer = desk.household.answer(fact, person)?;
    let about = person.map(|p| p.to_string()).unwrap_or_default();
    let ask = Ask::named(app, desk, fact, &about);
    let text = |answer: &Answer| match (&ask, app.pack.fact(fact)) {
        (Some(ask), _) => ask.value_text(&app.pack, t, &answer.value),
        (None, Some(known)) => values::named(&app.pack, t, known, &super::family::value(&answer.value)),
        (None, None) => String::new(),
    };
    let known = |answer: &Answer| match answer.from {
        Some(_) => format!("{} · {}", t.code("known", answer.provenance.code()), t.m("people-from-joined")),
        None => t.code("known", answer.provenance.code()),
    };
    let same = |a: &&Answer| a.fact == fact && a.person == person && a.id != answer.id && a.value != answer.value;
    let others = desk.household.answers.iter().filter(same).map(|a| (text(a), known(a), a.on, t.date(a.on)));
    let open = ask.is_some() && !desk.frame.over() && !desk.refused();
    let id = answer.id.to_string();
    Some(Row {
        id: answer.id,
        label: reasons::label(&app.pack, fact, t),
        value: text(answer),
        known: known(answer),
        on: answer.on,
        on_words: t.date(answer.on),
        others: others.collect(),
        again: if open { again(desk.visit.id, fact, &about) } else { String::new() },
        careful: app.pack.fact(fact).is_some_and(|fact| fact.sensitivity != Sensitivity::Ordinary),
        reason: if typed.0 == id { typed.1.to_owned() } else { String::new() },
        field: format!("reason-{id}"),
    })
}

fn again(visit: VisitId, fact: &str, person: &str) -> String {
    format!("/visits/{visit}/questions?fact={fact}&person={person}&from=answers")
}

/// `POST /visits/{visit}/answers/{answer}/withdraw`: the fact falls back to what else is known, or to unknown.
pub async fn withdraw(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, answer)): Path<(VisitId, AnswerId)>,
    sent: Sent,
) -> Result<Response, NoDesk> {
    let desk = Desk::open(&app, &visitor, id, StepName::Questions).await?;
    let t = visitor.t();
    let field = format!("reason-{answer}");
    if desk.visit.open().is_err() {
        return render(&app, &visitor, desk, false, Errors::one(&field, t.m("ask-visit-ended")), ("", ""));
    }
    // What was said on a joined record stays there; a newer answer outweighs it.
    let held = desk.household.answers.iter().find(|held| held.id == answer && held.from.is_none());
    let held = held.cloned().ok_or(PageError::NotFound)?;
    let reason = sent.fields.text(&field).trim().chars().take(500).collect::<String>();
    if reason.is_empty() {
        let errors = Errors::one(&field, t.m("answers-reason-missing"));
        return render(&app, &visitor, desk, false, errors, (&answer.to_string(), ""));
    }
    let changes = change::withdraw(&app, &visitor, &desk, &held, reason).await?;
    Ok(sent.carry_out(&app, &visitor, changes, format!("/visits/{id}/answers?saved=1")).await?)
}

/// `GET /visits/{visit}/answers/{answer}/withdraw`: to the page the form stands on.
pub async fn back(Path((id, _)): Path<(VisitId, AnswerId)>) -> Redirect {
    Redirect::to(&format!("/visits/{id}/answers"))
}
