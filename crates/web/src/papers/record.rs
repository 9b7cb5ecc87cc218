//! One paper at the desk: present, missing or expired, until when, and a copy of it.

use super::{
    file,
    list::{self, Applied},
    needed::{self, Need},
};
use crate::{
    App,
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Choice, Shell, form_page},
    text::T,
    visits::{Frame, StepName, visit},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Date, Version,
    event::{Change, Event},
    ids::{PaperId, PersonId, TaskId, VisitId},
    papers::{FileCopy, FileRefused, Paper, PaperRecorded, PaperState, PaperTaskMoved, PaperTaskOpened, TaskState},
};
use serde::Deserialize;
use store::{StoreError, papers::PaperTask};

#[derive(Template)]
#[template(path = "papers/record.html")]
struct RecordPage {
    shell: Shell,
    frame: Frame,
    errors: Errors,
    name: String,
    kind: String,
    person: String,
    states: Vec<Choice>,
    date: (String, String, String),
    has_copy: bool,
    version: Version,
    seen: String,
    issuer: String,
    place: String,
    how: String,
}

/// Which paper.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    /// The pack's paper id.
    kind: String,
    /// Whose.
    person: Option<PersonId>,
}

/// Everything the page and the form need.
struct Desk {
    frame: Frame,
    need: Need,
    papers: Vec<Paper>,
    applied: Applied,
}

/// `GET /visits/{visit}/papers/record`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    Query(which): Query<Which>,
) -> Result<Response, PageError> {
    let desk = load(&app, &visitor, id, &which).await?;
    render(&app, &visitor, desk, &Fields::default(), Errors::default())
}

/// `POST /visits/{visit}/papers/record`
pub async fn update(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    mut sent: Sent,
) -> Result<Response, PageError> {
    let person = sent.fields.read("person").map_err(|_| PageError::NotFound)?;
    let which = Which { kind: sent.fields.text("kind").to_owned(), person };
    let desk = load(&app, &visitor, id, &which).await?;
    let to = desk.frame.address(StepName::Papers);
    if !desk.frame.mine || desk.frame.over() {
        return Ok(Redirect::to(&to).into_response());
    }
    let upload = std::mem::take(&mut sent.files).into_iter().find(|f| f.field == "scan").map(|f| f.bytes);
    let (state, expires, mut errors) = read(visitor.t(), &sent.fields, upload.is_some(), app.today());
    let clean = match upload {
        Some(bytes) => cleaned(&app, &visitor, bytes, &mut errors).await?,
        None => None,
    };
    let Some(state) = state.filter(|_| errors.is_empty()) else {
        return render(&app, &visitor, desk, &sent.fields, errors);
    };
    check_stale(&app, &visitor, &desk, &sent, (state, expires, clean.is_some()))?;
    let copy = match clean {
        Some(clean) => Some(clean.copy(app.store.blobs().put_paper(clean.bytes.clone()).await?)),
        None => None,
    };
    settle(&app, &visitor, sent, desk, &which, (state, expires, copy), to).await
}

/// A file fit to be kept, with what is wrong with it; it counts for the officer's day whatever it is.
async fn cleaned(
    app: &App,
    visitor: &Visitor,
    bytes: Vec<u8>,
    errors: &mut Errors,
) -> Result<Option<file::Clean>, PageError> {
    if !app.store.take_upload(&visitor.scope, app.today(), bytes.len(), app.config.limits.day).await? {
        errors.add("scan", visitor.t().m("upload-day-full"));
        return Ok(None);
    }
    match file::clean(bytes).await {
        Ok(clean) => Ok(Some(clean)),
        Err(refused) => {
            errors.add("scan", visitor.t().code("paper-file", code(refused)));
            Ok(None)
        }
    }
}

/// Writes it; when something else of this family was recorded meanwhile, on top of that.
async fn settle(
    app: &App,
    visitor: &Visitor,
    sent: Sent,
    mut desk: Desk,
    which: &Which,
    (state, expires, copy): (PaperState, Option<Date>, Option<FileCopy>),
    to: String,
) -> Result<Response, PageError> {
    for _ in 0..3 {
        let Some(household) = &desk.frame.household else { return Err(PageError::NotFound) };
        let tasks = app.store.papers(&visitor.scope).tasks(household.id).await?;
        let known = needed::found(&desk.papers, &which.kind, which.person);
        let recorded = PaperRecorded {
            paper: known.map_or_else(|| PaperId(uuid::Uuid::now_v7()), |p| p.id),
            kind: which.kind.clone(),
            person: which.person,
            state,
            expires,
            file: copy.clone(),
            protected: desk.need.protected,
        };
        let mut events: Vec<Event> = vec![recorded.into()];
        events.extend(task_events(&desk.need, &desk.applied, &tasks, state));
        let change =
            |(i, event): (usize, Event)| Change::after(household.id, household.version + i as i64, event, app.today());
        let changes = events.into_iter().enumerate().map(change).collect();
        match app.store.commit(&visitor.scope, app.commit(sent.command.clone(), changes, to.clone())).await {
            Ok(done) => return Ok(Redirect::to(done.outcome()).into_response()),
            Err(StoreError::Conflict(_)) => {
                desk = load(app, visitor, desk.frame.visit.id, which).await?;
                check_stale(app, visitor, &desk, &sent, (state, expires, copy.is_some()))?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err(PageError::stale(&sent.fields, &visitor.address, Vec::new(), None))
}

/// How a paper stands, for comparing what a form saw with what is on file.
fn stands(paper: Option<&Paper>) -> String {
    let expires = |paper: &Paper| paper.expires.map(|day| day.to_string()).unwrap_or_default();
    let copy = |paper: &Paper| paper.file.as_ref().map(|file| file.hash.clone()).unwrap_or_default();
    paper.map(|p| format!("{} {} {}", p.recorded.code(), expires(p), copy(p))).unwrap_or_default()
}

/// Another officer recorded the same paper while this form was open: both are shown.
fn check_stale(
    app: &App,
    visitor: &Visitor,
    desk: &Desk,
    sent: &Sent,
    (state, expires, with_copy): (PaperState, Option<Date>, bool),
) -> Result<(), PageError> {
    let Some(household) = &desk.frame.household else { return Err(PageError::NotFound) };
    let found = needed::found(&desk.papers, &desk.need.kind, desk.need.person);
    let moved = sent.version().is_some_and(|version| version != household.version);
    if !moved || stands(found) == sent.fields.text("seen") {
        return Ok(());
    }
    let t = visitor.t();
    let word = |state: Option<PaperState>| t.code("paper-state", list::look(state).2);
    let day = |day: Option<Date>| day.map(|day| t.date(day)).unwrap_or_default();
    let mut rows = vec![
        (t.m("papers-state"), word(found.map(|p| p.state_on(app.today()))), word(Some(state))),
        (t.m("papers-expires"), day(found.and_then(|p| p.expires)), day(expires)),
    ];
    if with_copy {
        let on_file = t.m(if found.is_some_and(|p| p.file.is_some()) { "value-yes" } else { "value-no" });
        rows.push((t.m("papers-scan"), on_file, t.m("papers-scan-again")));
    }
    let address = format!("/visits/{}/papers/record?kind={}", desk.frame.visit.id, desk.need.kind);
    let person = desk.need.person.map(|person| format!("&person={person}")).unwrap_or_default();
    Err(PageError::stale(&sent.fields, &format!("{address}{person}"), rows, Some(household.version)))
}

/// A paper to be brought becomes a task; one that is here ends it.
fn task_events(need: &Need, applied: &Applied, tasks: &[PaperTask], state: PaperState) -> Vec<Event> {
    let mine = |t: &&PaperTask| is_open(t) && t.kind == need.kind && t.person == need.person;
    if state == PaperState::Present {
        let done = |t: &PaperTask| PaperTaskMoved { task: t.id, state: TaskState::Done }.into();
        return tasks.iter().filter(mine).map(done).collect();
    }
    if has_open_task(tasks, need) {
        return Vec::new();
    }
    let task = TaskId(uuid::Uuid::now_v7());
    let (kind, person) = (need.kind.clone(), need.person);
    vec![PaperTaskOpened { task, kind, person, applications: applied.of(need) }.into()]
}

fn is_open(task: &PaperTask) -> bool {
    matches!(task.state, TaskState::Open | TaskState::Booked)
}

/// Whether somebody is already at it.
pub fn has_open_task(tasks: &[PaperTask], need: &Need) -> bool {
    tasks.iter().any(|t| is_open(t) && t.kind == need.kind && t.person == need.person)
}

async fn load(app: &App, visitor: &Visitor, id: VisitId, which: &Which) -> Result<Desk, PageError> {
    let visit = visit::load(app, visitor, id).await?;
    let frame = Frame::of(app, visitor, &visit, StepName::Papers).await?;
    let (needs, papers) = list::load(app, visitor, &frame).await?;
    let applied = list::applied(app, visitor, &frame).await?;
    let asked = |n: &Need| n.kind == which.kind && n.person == which.person && (!n.protected || applied.covers(n));
    let need = needs.into_iter().find(asked).ok_or(PageError::NotFound)?;
    Ok(Desk { frame, need, papers, applied })
}

/// The state and the date, with what is wrong about them.
fn read(t: T, fields: &Fields, with_copy: bool, today: Date) -> (Option<PaperState>, Option<Date>, Errors) {
    let mut errors = Errors::default();
    let state = fields.read::<PaperState>("state").ok().flatten();
    let expires = fields.date("expires").transpose();
    if expires.is_err() {
        errors.add("expires_day", t.m("papers-date-wrong"));
    }
    let expires = expires.ok().flatten();
    match (state, expires) {
        (None, _) => errors.add("state", t.m("papers-state-missing")),
        (Some(PaperState::Missing), _) if with_copy => errors.add("state", t.m("papers-missing-with-copy")),
        (Some(PaperState::Expired), Some(day)) if day >= today => {
            errors.add("expires_day", t.m("papers-expired-ahead"))
        }
        _ => {}
    }
    (state, expires.filter(|_| state != Some(PaperState::Missing)), errors)
}

fn code(refused: FileRefused) -> &'static str {
    match refused {
        FileRefused::TooLarge => "too-large",
        FileRefused::Empty => "empty",
        FileRefused::NotAccepted => "not-accepted",
        FileRefused::Unreadable => "unreadable",
        FileRefused::TooManyPixels => "too-many-pixels",
    }
}

fn render(app: &App, visitor: &Visitor, desk: Desk, fields: &Fields, errors: Errors) -> Result<Response, PageError> {
    let Desk { frame, need, papers, .. } = desk;
    let Some(household) = &frame.household else { return Err(PageError::NotFound) };
    let t = visitor.t();
    let found = needed::found(&papers, &need.kind, need.person);
    let on_file = found.map(|p| p.state_on(app.today()).code().to_owned()).unwrap_or_default();
    let chosen = fields.opt("state").unwrap_or(on_file);
    let codes: Vec<&str> = PaperState::ALL.iter().map(|s| s.code()).collect();
    let paper = app.pack.paper(&need.kind);
    let words = |pick: fn(&rules::pack::catalogue::Paper) -> &rules::pack::words::Words| {
        paper.map(|p| t.pack(pick(p)).to_owned()).unwrap_or_default()
    };
    let page = RecordPage {
        shell: visitor.shell(app),
        name: list::name(app, t, household, &need.kind, need.person),
        kind: need.kind.clone(),
        person: need.person.map(|p| p.to_string()).unwrap_or_default(),
        states: Choice::codes(t, "paper-state", &codes, &chosen),
        date: date_parts(fields, found.and_then(|p| p.expires)),
        has_copy: found.is_some_and(|p| p.file.is_some()),
        version: household.version,
        seen: stands(found),
        issuer: words(|p| &p.issuer),
        place: words(|p| &p.place),
        how: words(|p| &p.how),
        errors,
        frame,
    };
    form_page(&page, &page.errors)
}

/// What was typed, else what is on file.
fn date_parts(fields: &Fields, on_file: Option<Date>) -> (String, String, String) {
    use chrono::Datelike;
    let typed = |part: &str| fields.text(&format!("expires_{part}")).to_owned();
    match on_file {
        Some(day) if fields.text("state").is_empty() => {
            (day.day().to_string(), day.month().to_string(), day.year().to_string())
        }
        _ => (typed("day"), typed("month"), typed("year")),
    }
}
