//! An application at the desk, for families who come back: where it stands, what happened, and what the family may do.

use super::{
    apply::{programme_name, who},
    apply_submit::known,
    receipt::holder,
};
use crate::{
    App,
    app::local_day,
    papers::{list, needed},
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{ClockView, Shell, form_page},
    text::T,
    visits::{Frame, StepName, visit},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Date,
    applications::{Actor, Application, ApplicationRefused, MoveAsked, Status},
    event::Change,
    grievances::GrievanceRefused,
    ids::{ApplicationId, VisitId},
};
use store::{access::Purpose, applications::Step};

/// The longest words for a department, in characters.
const MAX_WORDS: usize = 2000;

#[derive(Template)]
#[template(path = "applications/desk.html")]
struct DeskPage {
    shell: Shell,
    frame: Frame,
    errors: Errors,
    id: ApplicationId,
    version: i64,
    name: String,
    who: String,
    holder: String,
    standing: String,
    promised: Option<Date>,
    clock: Option<ClockView>,
    events: Vec<EventView>,
    /// A decision was taken of which a letter tells.
    letter: bool,
    missing: Vec<String>,
    flags: Vec<(String, String)>,
    actions: Vec<Action>,
}

/// One step of the history.
struct EventView {
    on: Date,
    sentence: String,
    words: String,
    due: Option<Date>,
}

/// One thing the family may do now.
struct Action {
    to: &'static str,
    field: String,
    typed: String,
    danger: bool,
    confirmed: bool,
}

/// `GET /visits/{visit}/applications/{application}`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, application)): Path<(VisitId, ApplicationId)>,
) -> Result<Response, PageError> {
    let (frame, application) = load(&app, &visitor, id, application).await?;
    if !frame.tells(&application) {
        return Err(PageError::NotByHelper);
    }
    app.store.log_read(&visitor.scope, "application", Some(application.id.0), &Purpose::Visit(id), app.now()).await?;
    render(&app, &visitor, frame, &application, &Fields::default(), Errors::default()).await
}

/// `POST /visits/{visit}/applications/{application}`: answers a return, takes back, or appeals, for the family.
pub async fn update(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, application)): Path<(VisitId, ApplicationId)>,
    sent: Sent,
) -> Result<Response, PageError> {
    let (frame, application) = load(&app, &visitor, id, application).await?;
    // Where it stands afterwards is not for a helper who only brings papers.
    let to = match frame.tells_status() {
        true => format!("/visits/{id}/applications/{}", application.id),
        false => format!("/visits/{id}/apply"),
    };
    if !frame.mine || frame.over() {
        return Ok(Redirect::to(&to).into_response());
    }
    let t = visitor.t();
    if sent.version() != Some(application.version) {
        let yours = sent.fields.read::<Status>("to").ok().flatten();
        let yours = yours.map(|s| t.code("desk-do", s.code())).unwrap_or_default();
        let rows = vec![(t.m("desk-stands"), t.code("history", application.status.code()), yours)];
        return Err(PageError::stale(&sent.fields, &visitor.address, rows, Some(application.version)));
    }
    let wanted = asked(t, &sent.fields);
    if let Some(words) = wanted.as_ref().ok().filter(|asked| asked.to == Status::Appealed).map(|a| a.words.clone()) {
        return appeal(&app, &visitor, frame, &application, words, sent, to).await;
    }
    match wanted.and_then(|asked| {
        let field = field(asked.to);
        application
            .step(asked, app.today(), &app.calendar)
            .map_err(|refused| Errors::one(&field, sentence(t, &refused)))
    }) {
        Ok(moved) => {
            let change = Change::after(application.id, application.version, moved, app.today());
            sent.carry_out(&app, &visitor, vec![change], to).await
        }
        Err(errors) => render(&app, &visitor, frame, &application, &sent.fields, errors).await,
    }
}

/// An appeal is a complaint of its own, which the complaints office answers; the family follows it with its receipt.
async fn appeal(
    app: &App,
    visitor: &Visitor,
    frame: Frame,
    application: &Application,
    words: Option<String>,
    sent: Sent,
    to: String,
) -> Result<Response, PageError> {
    let rooms = app.store.applications(&visitor.scope);
    let mut receipts = rooms.receipts_of_visit(frame.visit.id).await?;
    receipts.extend(rooms.receipts_of_household(application.submitted.household).await?);
    let receipt = receipts.iter().find(|receipt| receipt.applications.contains(&application.id)).map(|r| r.id);
    let language = frame.visit.language;
    match crate::grievances::desk_appeal(app, application, receipt, words, language).await? {
        Ok(changes) => sent.carry_out(app, visitor, changes, to).await,
        Err(why) => {
            let t = visitor.t();
            let errors = match why {
                GrievanceRefused::WordsMissing => Errors::one(&field(Status::Appealed), t.m("desk-refused-words")),
                _ => Errors::one("main", t.m("desk-refused-not-from-here")),
            };
            render(app, visitor, frame, application, &sent.fields, errors).await
        }
    }
}

/// An application of this visit's family that the visit may see.
async fn load(
    app: &App,
    visitor: &Visitor,
    id: VisitId,
    application: ApplicationId,
) -> Result<(Frame, Application), PageError> {
    let visit = visit::load(app, visitor, id).await?;
    let frame = Frame::of(app, visitor, &visit, StepName::Apply).await?;
    let found = known(app, visitor, &frame).await?.into_iter().find(|a| a.id == application);
    Ok((frame, found.ok_or(PageError::NotFound)?))
}

/// The form's field for the words of a step.
fn field(to: Status) -> String {
    format!("words_{}", to.code())
}

fn asked(t: T, fields: &Fields) -> Result<MoveAsked, Errors> {
    let to = fields.read::<Status>("to").ok().flatten();
    let Some(to) = to else { return Err(Errors::one("main", t.m("desk-refused-not-from-here"))) };
    let words = fields.opt(&field(to));
    if words.as_ref().is_some_and(|w| w.chars().count() > MAX_WORDS) {
        return Err(Errors::one(&field(to), t.a("desk-words-long", "count", MAX_WORDS)));
    }
    if to == Status::Withdrawn && !fields.is("sure", "yes") {
        return Err(Errors::one("sure", t.m("desk-withdraw-unsure")));
    }
    Ok(MoveAsked { to, actor: Actor::Desk, rule: None, words, place: None })
}

fn sentence(t: T, refused: &ApplicationRefused) -> String {
    match refused {
        ApplicationRefused::WordsMissing => t.m("desk-refused-words"),
        _ => t.m("desk-refused-not-from-here"),
    }
}

async fn render(
    app: &App,
    visitor: &Visitor,
    frame: Frame,
    application: &Application,
    fields: &Fields,
    errors: Errors,
) -> Result<Response, PageError> {
    let Some(household) = &frame.household else { return Err(PageError::NotFound) };
    let (t, submitted) = (visitor.t(), &application.submitted);
    let history = app.store.applications(&visitor.scope).history(application.id).await?;
    let papers = needed::on_file(app, visitor, &frame).await?;
    let missing = submitted.missing_papers.iter().filter(|k| !needed::is_here(app, household, &papers, application, k));
    let may_act = frame.mine && !frame.over();
    let page = DeskPage {
        shell: visitor.shell(app),
        id: application.id,
        version: application.version,
        name: programme_name(app, t, submitted.programme.as_ref()),
        who: who(t, household, submitted.person),
        holder: holder(app, t, submitted.operator.as_ref(), &submitted.district),
        standing: t.code("history", application.status.code()),
        promised: application.status.is_open().then_some(submitted.promised),
        clock: ClockView::of(app, t, application.clock, application.since, application.due),
        letter: crate::letters::told_in(&history).is_some(),
        events: events(t, application, &history),
        missing: missing.map(|kind| list::name(app, t, household, kind, None)).collect(),
        flags: application.flags.iter().map(|f| (flag(app, t, &f.fact), f.reason.clone())).collect(),
        actions: if may_act { actions(application.status, fields) } else { Vec::new() },
        errors,
        frame,
    };
    form_page(&page, &page.errors)
}

fn flag(app: &App, t: T, fact: &str) -> String {
    crate::people::fact_words(app, t, fact)
}

/// What happened, oldest first, in sentences.
fn events(t: T, application: &Application, history: &[Step]) -> Vec<EventView> {
    let submitted =
        EventView { on: application.submitted_on, sentence: t.m("history-submitted"), words: String::new(), due: None };
    let last = history.len().saturating_sub(1);
    let step = |(i, step): (usize, &Step)| EventView {
        on: local_day(step.at),
        sentence: t.code("history", step.to.code()),
        words: step.words.clone().unwrap_or_default(),
        // Only the clock that runs now has a last day worth reading.
        due: step.due.filter(|_| i == last),
    };
    std::iter::once(submitted).chain(history.iter().enumerate().map(step)).collect()
}

/// The steps the desk may take from here.
fn actions(status: Status, fields: &Fields) -> Vec<Action> {
    let mine = status.next().iter().filter(|(to, actor)| *actor == Actor::Desk && *to != Status::Forwarded);
    let action = |to: Status| Action {
        to: to.code(),
        typed: fields.text(&field(to)).to_owned(),
        field: field(to),
        danger: to == Status::Withdrawn,
        confirmed: fields.is("sure", "yes"),
    };
    let mut all: Vec<Action> = mine.map(|(to, _)| action(*to)).collect();
    all.sort_by_key(|action| action.danger);
    all
}
