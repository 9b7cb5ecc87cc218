//! Check your answers: the facts an application rests on, in words, with where each came from.

use super::apply_carried::Carried;
use crate::{
    App,
    eligibility::{reasons, values},
    text::T,
};
use domain::{Date, ids::VisitId};
use rules::{FactRef, Provenance, Value};

/// One fact in a list to be read aloud.
#[derive(Debug, Clone)]
pub struct FactRow {
    /// Whose and which.
    pub label: String,
    /// Its value in words.
    pub value: String,
    /// How it is known.
    pub known: String,
    /// Since when.
    pub on: Option<Date>,
    /// Where it is changed; empty when only a registry can.
    pub change: String,
}

/// The facts of an application, in the order of the household's record, the members', the scores.
pub fn rows(app: &App, t: T, visit: VisitId, carried: &Carried) -> Vec<FactRow> {
    carried.facts().iter().filter_map(|fact| row(app, t, visit, carried, fact)).collect()
}

fn row(app: &App, t: T, visit: VisitId, carried: &Carried, fact: &FactRef) -> Option<FactRow> {
    let what = reasons::label(&app.pack, &fact.fact, t);
    let label = match fact.member.as_deref().map(|key| reasons::name(&carried.family, key)) {
        Some(name) if !name.is_empty() => t.with("apply-of", &[("name", name.into()), ("label", what.into())]),
        _ => what,
    };
    let (value, known, on) = match carried.held(fact) {
        Some(held) => {
            let declared = app.pack.fact(&fact.fact)?;
            (values::named(&app.pack, t, declared, &held.value), code(held.source), Some(held.on))
        }
        None => (unheld(app, t, carried, fact)?, "recorded", None),
    };
    Some(FactRow { label, value, known: t.code("apply-known", known), on, change: change(visit, fact) })
}

/// A birth, which stands on the person, or a score, which a registry supplied.
fn unheld(app: &App, t: T, carried: &Carried, fact: &FactRef) -> Option<String> {
    if let Some(id) = fact.fact.strip_prefix("scores.") {
        let score = app.pack.score(id)?;
        return Some(values::number(t, *carried.family.scores.get(id)?, score.digits, ""));
    }
    let member = carried.family.members.iter().find(|m| Some(m.key.as_str()) == fact.member.as_deref())?;
    Some(values::named(&app.pack, t, app.pack.fact(&fact.fact)?, &Value::Date(member.birth?)))
}

fn code(source: Provenance) -> &'static str {
    match source {
        Provenance::Said => "said",
        Provenance::PaperSeen => "paper-seen",
        Provenance::Verified => "verified",
    }
}

/// Facts that stand on the record of the household or a person; the others are answers to questions.
const RECORDED: [&str; 6] = [
    "household.district",
    "household.province_permanent",
    "person.birth",
    "person.sex",
    "person.marital_status",
    "person.relationship_to_head",
];

fn change(visit: VisitId, fact: &FactRef) -> String {
    match &fact.member {
        _ if fact.fact.starts_with("scores.") => String::new(),
        Some(person) if RECORDED.contains(&&*fact.fact) => format!("/visits/{visit}/members/{person}"),
        None if RECORDED.contains(&&*fact.fact) => format!("/visits/{visit}/place"),
        member => {
            let person = member.as_deref().unwrap_or_default();
            format!("/visits/{visit}/questions?fact={}&person={person}&from=apply", fact.fact)
        }
    }
}
