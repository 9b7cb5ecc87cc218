//! The next question, one at a time; any may be left, and an answer can be given again.

use super::{
    ask::{Ask, Given, Input, NOT_TODAY, What},
    change::{self, Told},
    desk::{Desk, NoDesk},
    family::asking,
    help::{Topic, topics},
};
use crate::{
    App,
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Choice, Shell, form_page, page},
    text::T,
    visits::{Frame, StepName},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use chrono::Months;
use domain::{
    Date,
    ids::{PersonId, VisitId},
    people::{Answer, AnswerValue, Provenance},
};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "eligibility/questions.html")]
struct QuestionsPage {
    shell: Shell,
    frame: Frame,
    errors: Errors,
    card: Option<Card>,
    refused: bool,
    answers: usize,
    topics: Vec<Topic>,
}

/// The question card.
struct Card {
    fact: String,
    person: String,
    from: String,
    version: i64,
    seen: String,
    text: String,
    settles: usize,
    concerns: usize,
    why: String,
    quiet: bool,
    input: Input,
    known: Vec<Choice>,
    said_by: Vec<Choice>,
    on_file: Option<OnFile>,
    reason: String,
    asks_reason: bool,
}

/// What is on file already.
struct OnFile {
    value: String,
    known: String,
    on: Date,
    on_words: String,
}

/// `GET /visits/{visit}/questions`: the next question, or the one that `?fact=..&person=..` names.
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, NoDesk> {
    let desk = Desk::open(&app, &visitor, id, StepName::Questions).await?;
    let asked = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    let mut sent = Fields::default();
    sent.add("from", asked("from"));
    sent.add("said_by", asked("by"));
    let card = match asked("fact") {
        "" => next(&app, &visitor, &desk, &sent),
        fact => {
            let ask = Ask::named(&app, &desk, fact, asked("person")).ok_or(PageError::NotFound)?;
            Some(card(&app, visitor.t(), &desk, &ask, &sent, false))
        }
    };
    Ok(page(&build(&app, &visitor, desk, card, Errors::default()))?)
}

fn build(app: &App, visitor: &Visitor, desk: Desk, card: Option<Card>, errors: Errors) -> QuestionsPage {
    let refused = desk.refused();
    QuestionsPage {
        shell: visitor.shell(app),
        topics: topics(app, visitor.t(), &desk),
        answers: desk.household.answers.len(),
        card: card.filter(|_| !refused && !desk.frame.over()),
        refused,
        errors,
        frame: desk.frame,
    }
}

/// The question that settles most.
fn next(app: &App, visitor: &Visitor, desk: &Desk, sent: &Fields) -> Option<Card> {
    let question = rules::next_question(&app.pack, &desk.family, app.today(), &asking(&desk.visit))?;
    let ask = Ask::named(app, desk, &question.fact, question.member.as_deref().unwrap_or_default())?;
    let mut card = card(app, visitor.t(), desk, &ask, sent, false);
    card.settles = question.settles.len();
    card.concerns = question.concerns.len();
    Some(card)
}

/// The card of a question, with what was typed before, or what is on file.
fn card(app: &App, t: T, desk: &Desk, ask: &Ask<'_>, sent: &Fields, again: bool) -> Card {
    let on_file = desk.household.answer(&ask.id(), ask.person);
    let typed = match on_file {
        Some(answer) if !again => ask.typed(&answer.value),
        _ => sent.clone(),
    };
    let registry = matches!(ask.what, What::Score(_));
    let provenance = |p: &&Provenance| !registry || **p != Provenance::Said;
    let known: Vec<&str> = Provenance::ALL.iter().filter(provenance).map(|p| p.code()).collect();
    let chosen = sent.opt("known").unwrap_or_else(|| known.first().map(|k| (*k).to_owned()).unwrap_or_default());
    Card {
        fact: ask.id(),
        person: ask.person.map(|p| p.to_string()).unwrap_or_default(),
        from: sent.text("from").to_owned(),
        version: desk.household.version,
        seen: on_file.map(|answer| answer.id.to_string()).unwrap_or_default(),
        text: ask.text(t, desk),
        settles: 0,
        concerns: 0,
        why: ask.why().map(|why| t.pack(why).to_owned()).unwrap_or_default(),
        quiet: ask.protected(),
        input: ask.input(&app.pack, t, &typed),
        known: Choice::codes(t, "known", &known, &chosen),
        said_by: speakers(t, desk, ask.person, sent.text("said_by")),
        asks_reason: on_file.is_some_and(|answer| !stale(ask, answer, app.today())),
        on_file: on_file.map(|answer| OnFile {
            value: ask.value_text(&app.pack, t, &answer.value),
            known: t.code("known", answer.provenance.code()),
            on: answer.on,
            on_words: t.date(answer.on),
        }),
        reason: sent.text("reason").to_owned(),
    }
}

/// Who may have said it: nobody noted, or any member but the one it is about.
fn speakers(t: T, desk: &Desk, about: Option<PersonId>, chosen: &str) -> Vec<Choice> {
    let first = t.m(if about.is_some() { "ask-said-self" } else { "ask-said-not-noted" });
    let nobody = Choice { value: String::new(), text: first, chosen: chosen.is_empty() };
    let others = desk.household.present().filter(|m| Some(m.id) != about).map(|m| Choice {
        value: m.id.to_string(),
        text: m.details.given.clone(),
        chosen: m.id.to_string() == chosen,
    });
    std::iter::once(nobody).chain(others).collect()
}

/// A value too old to count is asked anew, not corrected.
fn stale(ask: &Ask<'_>, answer: &Answer, today: Date) -> bool {
    let What::Fact(fact) = ask.what else { return false };
    let last = || answer.on.checked_add_months(Months::new(fact.fresh_months));
    fact.fresh_months > 0 && last().is_some_and(|last| last < today)
}

/// `POST /visits/{visit}/questions`: keeps the answer, or leaves the question for today.
pub async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    sent: Sent,
) -> Result<Response, NoDesk> {
    let mut desk = Desk::open(&app, &visitor, id, StepName::Questions).await?;
    let t = visitor.t();
    if desk.visit.open().is_err() || desk.refused() {
        let sentence = t.m(if desk.refused() { "ask-no-consent" } else { "ask-visit-ended" });
        return answer_again(&app, &visitor, desk, None, Errors::one("answer", sentence));
    }
    let stop = sent.fields.is("then", "stop");
    let nothing = sent.fields.all("answer").iter().all(|v| v.is_empty());
    let nothing = nothing && !sent.fields.is("not-today", "yes") && !sent.fields.is("complete", "yes");
    let programmes = format!("/visits/{id}/programmes");
    if stop && nothing {
        let changes = change::screened(&app, &visitor, &desk, desk.visit.version).await?.into_iter().collect();
        return finish(&app, &visitor, sent, changes, programmes).await;
    }
    let ask = Ask::named(&app, &desk, sent.fields.text("fact"), sent.fields.text("person"));
    let ask = ask.ok_or(PageError::NotFound)?;
    // Before anything is found wrong with the form: what another officer answered meanwhile changes what it must hold.
    if let Ok(Given::Value(value)) = ask.read(&app.pack, &sent.fields) {
        check_stale(&app, &visitor, &desk, &ask, &sent, &value)?;
    }
    let told = match read(&app, t, &desk, &ask, &sent.fields) {
        Ok(told) => told,
        Err(errors) => {
            let card = card(&app, t, &desk, &ask, &sent.fields, true);
            return answer_again(&app, &visitor, desk, Some(card), errors);
        }
    };
    let incomplete = told.as_ref().is_some_and(|t| matches!(t.value, AnswerValue::Set { complete: false, .. }));
    let mut changes = Vec::new();
    if told.is_none() || incomplete {
        changes.extend(change::leave(&desk.visit, &ask, app.today()));
    }
    let left = i64::try_from(changes.len()).unwrap_or_default();
    if let Some(told) = told {
        changes.extend(change::answer(&app, &visitor, &mut desk, &ask, told).await?);
    }
    let to = match sent.fields.text("from") {
        _ if stop => programmes,
        "answers" => format!("/visits/{id}/answers?saved=1"),
        "apply" => format!("/visits/{id}/apply"),
        "programmes" => programmes,
        _ => format!("/visits/{id}/questions{}", by(&sent.fields)),
    };
    if stop {
        changes.extend(change::screened(&app, &visitor, &desk, desk.visit.version + left).await?);
    }
    finish(&app, &visitor, sent, changes, to).await
}

/// The speaker is kept from one question to the next.
fn by(fields: &Fields) -> String {
    fields.read::<PersonId>("said_by").ok().flatten().map(|id| format!("?by={id}")).unwrap_or_default()
}

/// Carries out what there is; with nothing to change the page simply goes on.
async fn finish(
    app: &App,
    visitor: &Visitor,
    sent: Sent,
    changes: Vec<domain::event::Change>,
    to: String,
) -> Result<Response, NoDesk> {
    if changes.is_empty() {
        use axum::response::{IntoResponse, Redirect};
        return Ok(Redirect::to(&to).into_response());
    }
    Ok(sent.carry_out(app, visitor, changes, to).await?)
}

fn answer_again(
    app: &App,
    visitor: &Visitor,
    desk: Desk,
    card: Option<Card>,
    errors: Errors,
) -> Result<Response, NoDesk> {
    let page = build(app, visitor, desk, card, errors);
    Ok(form_page(&page, &page.errors)?)
}

/// Reads the form: nothing when the question is left for today.
fn read(app: &App, t: T, desk: &Desk, ask: &Ask<'_>, fields: &Fields) -> Result<Option<Told>, Errors> {
    let mut errors = Errors::default();
    let given = ask.read(&app.pack, fields).map_err(|wrong| Errors::one("answer", ask.sentence(t, &wrong)));
    let provenance = fields.read::<Provenance>("known").ok().flatten();
    let provenance = provenance.filter(|p| !matches!(ask.what, What::Score(_)) || *p != Provenance::Said);
    let said_by = fields.read::<PersonId>("said_by").ok().flatten().filter(|id| desk.household.member(*id).is_ok());
    let value = match given {
        Ok(Given::NotToday) => return Ok(None),
        Ok(Given::Value(value)) => Some(value),
        Err(wrong) => {
            errors = wrong;
            None
        }
    };
    if provenance.is_none() {
        errors.add("known", t.m("ask-known-missing"));
    }
    let on_file = desk.household.answer(&ask.id(), ask.person);
    let differs = on_file.is_some_and(|answer| Some(&answer.value) != value.as_ref());
    let old = on_file.is_some_and(|answer| stale(ask, answer, app.today()));
    let mut reason = fields.opt("reason").map(|reason| reason.chars().take(500).collect::<String>());
    if differs && reason.is_none() && old {
        reason = Some(t.m("ask-reason-old"));
    }
    if differs && value.is_some() && reason.is_none() {
        errors.add("reason", t.m("ask-reason-missing"));
    }
    match (value, provenance) {
        (Some(value), Some(provenance)) if errors.is_empty() => {
            Ok(Some(Told { value, provenance, said_by, reason: reason.filter(|_| on_file.is_some()) }))
        }
        _ => Err(errors),
    }
}

/// Another officer answered the same question while this form was open: both answers are shown.
fn check_stale(
    app: &App,
    visitor: &Visitor,
    desk: &Desk,
    ask: &Ask<'_>,
    sent: &Sent,
    value: &AnswerValue,
) -> Result<(), PageError> {
    let on_file = desk.household.answer(&ask.id(), ask.person);
    let now = on_file.map(|answer| answer.id.to_string()).unwrap_or_default();
    let moved = sent.version().is_some_and(|version| version != desk.household.version);
    if !moved || now == sent.fields.text("seen") {
        return Ok(());
    }
    let t = visitor.t();
    let held = on_file.map_or_else(|| t.m("value-unknown"), |answer| ask.value_text(&app.pack, t, &answer.value));
    let rows = vec![(ask.text(t, desk), held, ask.value_text(&app.pack, t, value))];
    let address = format!("/visits/{}/questions", desk.visit.id);
    Err(PageError::stale(&sent.fields, &address, rows, Some(desk.household.version)))
}

impl Card {
    /// Whether a choice is "not known today".
    fn leaves(&self, choice: &Choice) -> bool {
        choice.value == NOT_TODAY
    }
}
