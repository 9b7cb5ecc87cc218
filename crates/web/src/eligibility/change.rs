//! What an answer changes: the record, the visit, and every open application that used what was there before.

use super::{ask::Ask, desk::Desk, record};
use crate::{
    App,
    request::{PageError, Visitor},
};
use domain::{
    applications::ApplicationFlagged,
    event::Change,
    ids::{AnswerId, PersonId},
    people::{Answer, AnswerGiven, AnswerValue, AnswerWithdrawn, Provenance},
    visits::{QuestionLeft, Visit},
};

/// An answer as it is to be kept.
pub struct Told {
    /// The value.
    pub value: AnswerValue,
    /// How it is known.
    pub provenance: Provenance,
    /// Who said it, when it was not the person themself.
    pub said_by: Option<PersonId>,
    /// Why it differs from what was on file.
    pub reason: Option<String>,
}

/// The id of a fact as applications name what they used: `household.x`, `person.x@<uuid>`, `scores.x`.
fn used(fact: &str, person: Option<PersonId>) -> String {
    person.map_or_else(|| fact.to_owned(), |person| format!("{fact}@{person}"))
}

/// An answer is given, or corrects one; applications that used another value are flagged in the same commit.
pub async fn answer(
    app: &App,
    visitor: &Visitor,
    desk: &mut Desk,
    ask: &Ask<'_>,
    told: Told,
) -> Result<Vec<Change>, PageError> {
    let (today, fact) = (app.today(), ask.id());
    let before = desk.household.answer(&fact, ask.person).map(|answer| answer.value.clone());
    let given = AnswerGiven {
        answer: AnswerId(uuid::Uuid::now_v7()),
        person: ask.person,
        fact: fact.clone(),
        value: told.value,
        provenance: told.provenance,
        said_by: told.said_by.filter(|by| Some(*by) != ask.person),
        shown_in: desk.visit.language,
        visit: Some(desk.visit.id),
        replaces: desk.household.replaced_by(&fact, ask.person, told.provenance),
        reason: told.reason.clone(),
        protected: ask.protected(),
    };
    take(desk, &given, today);
    let after = desk.household.answer(&fact, ask.person).map(|answer| &answer.value);
    let moved = before.is_some() && before.as_ref() != after;
    let flags = match (moved, told.reason) {
        (true, Some(reason)) => flags(app, visitor, desk, &used(&fact, ask.person), &reason).await?,
        _ => Vec::new(),
    };
    let mut changes = vec![Change::after(desk.household.id, desk.household.version, given, today)];
    changes.extend(flags);
    Ok(changes)
}

/// The household as it will stand, so that what is screened in the same commit is what was said.
fn take(desk: &mut Desk, given: &AnswerGiven, today: domain::Date) {
    let answers = &mut desk.household.answers;
    answers.retain(|answer| !given.replaces.contains(&answer.id));
    answers.push(Answer {
        id: given.answer,
        person: given.person,
        fact: given.fact.clone(),
        value: given.value.clone(),
        provenance: given.provenance,
        on: today,
        protected: given.protected,
        from: None,
    });
}

/// An answer is taken back with a reason.
pub async fn withdraw(
    app: &App,
    visitor: &Visitor,
    desk: &Desk,
    answer: &Answer,
    reason: String,
) -> Result<Vec<Change>, PageError> {
    let flags = flags(app, visitor, desk, &used(&answer.fact, answer.person), &reason).await?;
    let event = AnswerWithdrawn { answer: answer.id, reason };
    let mut changes = vec![Change::after(desk.household.id, desk.household.version, event, app.today())];
    changes.extend(flags);
    Ok(changes)
}

async fn flags(app: &App, visitor: &Visitor, desk: &Desk, fact: &str, reason: &str) -> Result<Vec<Change>, PageError> {
    let using = app.store.applications(&visitor.scope).using_fact(desk.household.id, fact).await?;
    let flag = |(id, version)| {
        let event = ApplicationFlagged { fact: fact.to_owned(), reason: reason.to_owned() };
        Change::after(id, version, event, app.today())
    };
    Ok(using.into_iter().map(flag).collect())
}

/// A question is left for today, unless it was left before.
pub fn leave(visit: &Visit, ask: &Ask<'_>, today: domain::Date) -> Option<Change> {
    let left = QuestionLeft { fact: ask.id(), person: ask.person };
    (!visit.left.contains(&left)).then(|| Change::after(visit.id, visit.version, left, today))
}

/// The screening of the family as it stands, kept unless the newest one says the same of the same facts' verdicts.
pub async fn screened(app: &App, visitor: &Visitor, desk: &Desk, version: i64) -> Result<Option<Change>, PageError> {
    let event = record::screened(app, &desk.visit, &desk.household);
    let newest = app.store.visits(&visitor.scope).screening(desk.visit.id).await?;
    let same = newest.is_some_and(|n| n.pack == event.pack && n.on == event.on && n.verdicts == event.verdicts);
    Ok((!same).then(|| Change::after(desk.visit.id, version, event, app.today())))
}
