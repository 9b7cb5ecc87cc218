//! The papers step of a visit: what the picked programmes ask for, and how each paper stands.

use super::needed::{self, Need};
use crate::{
    App,
    request::{PageError, Sent, Visitor},
    shell::{Shell, page},
    visits::{Frame, StepName, visit},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    event::Change,
    ids::{PaperId, TaskId, VisitId},
    papers::{Paper, PaperRecorded, PaperState, PaperTaskOpened},
    people::Household,
};
use store::{StoreError, access::Purpose};

#[derive(Template)]
#[template(path = "papers/list.html")]
struct ListPage {
    shell: Shell,
    frame: Frame,
    rows: Vec<Row>,
    /// Papers nobody looked at yet that can be recorded now.
    unseen: usize,
    lacking: usize,
    /// Some of them are asked for by protected picks only.
    lacking_protected: usize,
    writable: bool,
}

/// One paper in the list.
pub struct Row {
    /// `is-here`, `is-missing`, `is-late`, or nothing yet.
    pub class: &'static str,
    /// The icon.
    pub icon: &'static str,
    /// Which paper, and whose.
    pub name: String,
    /// Its state in a word.
    pub word: String,
    /// What stands behind the word.
    pub note: String,
    /// Where it is recorded; empty when it cannot be now.
    pub address: String,
    /// Where its copy is.
    pub copy: Option<String>,
}

/// `GET /visits/{visit}/papers`
pub async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<VisitId>) -> Result<Response, PageError> {
    let visit = visit::load(&app, &visitor, id).await?;
    let frame = Frame::of(&app, &visitor, &visit, StepName::Papers).await?;
    let Some(household) = frame.household.clone() else {
        return Ok(Redirect::to(&frame.address(StepName::Household)).into_response());
    };
    app.store.log_read(&visitor.scope, "papers", Some(household.id.0), &Purpose::Visit(id), app.now()).await?;
    let applied = applied(&app, &visitor, &frame).await?;
    let (needs, papers) = load(&app, &visitor, &frame).await?;
    let today = app.today();
    let lacking = |protected: bool| {
        needs.iter().filter(|n| n.protected == protected && needed::lacking(&papers, n, today)).count()
    };
    let recordable = |n: &&Need| needed::state(&papers, n, today).is_none() && (!n.protected || applied.covers(n));
    let page_ = ListPage {
        shell: visitor.shell(&app),
        unseen: needs.iter().filter(recordable).count(),
        lacking: lacking(false),
        lacking_protected: lacking(true),
        writable: frame.mine && !frame.over(),
        rows: needs.iter().map(|n| row(&app, &visitor, &frame, &household, &papers, n, &applied)).collect(),
        frame,
    };
    page(&page_)
}

/// `POST /visits/{visit}/papers`: every paper that nobody looked at is missing, and becomes a task.
pub async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let to = format!("/visits/{id}/papers/missing");
    for _ in 0..3 {
        let visit = visit::load(&app, &visitor, id).await?;
        let frame = Frame::of(&app, &visitor, &visit, StepName::Papers).await?;
        let Some(household) = frame.household.as_ref().filter(|_| frame.mine && !frame.over()) else {
            return Ok(Redirect::to(&frame.address(StepName::Papers)).into_response());
        };
        let changes = missing_ones(&app, &visitor, &frame, household).await?;
        let commit = app.commit(sent.command.clone(), changes, to.clone());
        match app.store.commit(&visitor.scope, commit).await {
            Ok(done) => return Ok(Redirect::to(done.outcome()).into_response()),
            // Somebody recorded something of this family meanwhile: look again.
            Err(StoreError::Conflict(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(PageError::stale(&sent.fields, &visitor.address, Vec::new(), None))
}

async fn missing_ones(
    app: &App,
    visitor: &Visitor,
    frame: &Frame,
    household: &Household,
) -> Result<Vec<Change>, PageError> {
    let (needs, papers) = load(app, visitor, frame).await?;
    let applied = applied(app, visitor, frame).await?;
    let tasks = app.store.papers(&visitor.scope).tasks(household.id).await?;
    let (today, mut changes, mut version) = (app.today(), Vec::new(), household.version);
    let mut push = |event: domain::event::Event| {
        changes.push(Change::after(household.id, version, event, today));
        version += 1;
    };
    for need in needs {
        let writable = !need.protected || applied.covers(&need);
        if needed::state(&papers, &need, today).is_none() && writable {
            let missing = PaperRecorded {
                paper: PaperId(uuid::Uuid::now_v7()),
                kind: need.kind.clone(),
                person: need.person,
                state: PaperState::Missing,
                expires: None,
                file: None,
                protected: need.protected,
            };
            push(missing.into());
        }
        if writable && needed::lacking(&papers, &need, today) && !super::record::has_open_task(&tasks, &need) {
            let applications = applied.of(&need);
            let task = TaskId(uuid::Uuid::now_v7());
            push(PaperTaskOpened { task, kind: need.kind, person: need.person, applications }.into());
        }
    }
    Ok(changes)
}

/// What the picks that may be shown ask for, and the papers on file.
pub async fn load(app: &App, visitor: &Visitor, frame: &Frame) -> Result<(Vec<Need>, Vec<Paper>), PageError> {
    let (Some(household), Some(panel)) = (&frame.household, &frame.panel) else { return Ok(Default::default()) };
    let picks = needed::picks(app, frame);
    let needs = needed::of_picks(app, household, &panel.screening, &picks, app.today());
    Ok((needs, needed::on_file(app, visitor, frame).await?))
}

/// The applications this visit already made: a paper that only protected picks ask for is recorded with its
/// application, so that nothing about it is kept before there is one.
pub struct Applied(Vec<domain::applications::Application>);

impl Applied {
    /// The applications that ask for a paper.
    pub fn of(&self, need: &Need) -> Vec<domain::ids::ApplicationId> {
        let asks = |a: &&domain::applications::Application| a.submitted.papers.contains(&need.kind);
        let whole = |a: &domain::applications::Application| need.programmes.contains(&a.submitted.programme);
        self.0.iter().filter(asks).filter(|a| whole(a)).map(|a| a.id).collect()
    }

    /// Whether an application asks for it.
    pub fn covers(&self, need: &Need) -> bool {
        !self.of(need).is_empty()
    }
}

/// The applications this visit already made.
pub async fn applied(app: &App, visitor: &Visitor, frame: &Frame) -> Result<Applied, PageError> {
    Ok(Applied(app.store.applications(&visitor.scope).of_visit(frame.visit.id).await?))
}

/// A paper's name with its owner's.
pub fn name(
    app: &App,
    t: crate::text::T,
    household: &Household,
    kind: &str,
    person: Option<domain::ids::PersonId>,
) -> String {
    let paper = app.pack.paper(kind).map_or(kind, |paper| t.pack(&paper.name));
    let owner = person.and_then(|id| household.members.iter().find(|m| m.id == id));
    match owner {
        Some(member) => t.with("papers-of", &[("paper", paper.into()), ("name", member.details.given.as_str().into())]),
        None => paper.to_owned(),
    }
}

/// The class, the icon and the message code of a state.
pub fn look(state: Option<PaperState>) -> (&'static str, &'static str, &'static str) {
    match state {
        Some(PaperState::Present) => ("is-here", "tick", "present"),
        Some(PaperState::Missing) => ("is-missing", "paper", "missing"),
        Some(PaperState::Expired) => ("is-late", "alert", "expired"),
        None => ("", "question", "unseen"),
    }
}

fn row(
    app: &App,
    visitor: &Visitor,
    frame: &Frame,
    household: &Household,
    papers: &[Paper],
    need: &Need,
    applied: &Applied,
) -> Row {
    let t = visitor.t();
    let state = needed::state(papers, need, app.today());
    let found = needed::found(papers, &need.kind, need.person);
    let (class, icon, code) = look(state);
    let mut notes = vec![t.a("papers-for-programmes", "count", need.programmes.len())];
    if !need.sure {
        notes.push(t.m("papers-perhaps"));
    }
    if let Some(expires) = found.and_then(|p| p.expires) {
        let id = if state == Some(PaperState::Expired) { "papers-expired-on" } else { "papers-valid-until" };
        notes.push(t.a(id, "date", t.date(expires)));
    }
    let later = need.protected && !applied.covers(need);
    if later {
        notes.push(t.m("papers-after-applying"));
    }
    let person = need.person.map(|p| format!("&person={p}")).unwrap_or_default();
    let writable = frame.mine && !frame.over() && !later;
    let address = format!("/visits/{}/papers/record?kind={}{person}", frame.visit.id, need.kind);
    let copy = found.filter(|p| p.file.is_some()).map(|p| {
        let through = if p.protected { applied.of(need).first().map(|a| format!("&application={a}")) } else { None };
        format!("/papers/{}?visit={}{}", p.id, frame.visit.id, through.unwrap_or_default())
    });
    Row {
        class,
        icon,
        name: name(app, t, household, &need.kind, need.person),
        word: t.code("paper-state", code),
        note: notes.join(" · "),
        address: if writable { address } else { String::new() },
        copy,
    }
}
