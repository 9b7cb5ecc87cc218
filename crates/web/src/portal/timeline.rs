//! What a proven receipt shows: for each application what happened, what comes next, and what can be done now.

use super::{
    sentences::{self, Next, Past, office},
    track,
};
use crate::{
    App,
    app::local_day,
    applications::inbox_rows::{Day, scheme},
    people::{corrections::asked::AskedLine, helpers::own::OwnLine},
    request::{Errors, PageError, Visitor},
    services::view::CentreLine,
    shell::{Shell, page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Date,
    applications::{Application, ReceiptCode, Status},
    grievances::By,
    papers::PaperState,
};
use serde::Deserialize;
use store::Scope;

/// What was just done, for the notice at the head of the page.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "portal/timeline.html")]
struct TimelinePage {
    shell: Shell,
    code: ReceiptCode,
    issued: Day,
    /// The days on which it was printed again.
    again: Vec<Day>,
    lines: Vec<Line>,
    complaints: Vec<Complaint>,
    /// What was asked to be corrected with this receipt.
    corrections: Vec<AskedLine>,
    /// Who may act for the family; of an ordinary receipt.
    helpers: Vec<OwnLine>,
    /// What was just done here, as a sentence.
    done: String,
    centre: Option<CentreLine>,
    today: Date,
}

/// One application on the page.
struct Line {
    number: usize,
    title: String,
    office: String,
    status: String,
    past: Vec<Past>,
    given: Vec<Given>,
    next: Next,
    missing: Vec<Missing>,
    turn: bool,
    /// The place on the waiting list, as a sentence.
    place: String,
    decided_against: bool,
    /// Where a complaint about it begins.
    complain: String,
    /// Where the letter of decision is; nothing before one was taken.
    letter: Option<String>,
}

/// A complaint made with this receipt.
struct Complaint {
    address: String,
    kind: String,
    status: String,
    next: String,
    /// The newest answer.
    answer: String,
}

/// Something that was delivered.
struct Given {
    day: Day,
    amount: String,
    what: String,
}

/// A paper that is still missing, and where to get it.
pub(crate) struct Missing {
    pub name: String,
    pub place: String,
}

/// `GET /track/{code}`: the form until the secret was given on this phone; whether the code exists is not said.
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(typed): Path<String>,
    Query(done): Query<Done>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let Ok(code) = typed.parse::<ReceiptCode>() else {
        let shown: String = typed.chars().filter(|c| c.is_alphanumeric() || *c == '-').take(20).collect();
        return track::form(&app, &visitor, &shown, Errors::default());
    };
    let form = || track::form(&app, &visitor, &code.to_string(), Errors::default());
    let Some(scope) = track::proven(&app, &headers, &code).await? else { return form() };
    if scope.grievance().is_some() {
        return Ok(Redirect::to(&format!("/complain/{}", code.plain())).into_response());
    }
    let Some(receipt) = app.store.applications(&scope).receipt().await? else { return form() };
    let mut lines = Vec::new();
    let mut centre = None;
    for id in &receipt.applications {
        let Some(application) = app.store.applications(&scope).get(*id).await? else { continue };
        let neutral = receipt.protected || application.submitted.protected;
        centre = app.centre(&application.submitted.centre).map(|c| CentreLine::of(&app, visitor.t(), c)).or(centre);
        let mut line = line(&app, &visitor, &scope, &application, neutral, lines.len() + 1).await?;
        let kind = if line.decided_against { "&kind=refusal" } else { "" };
        line.complain = format!("/complain/about/{}?which={}{kind}", code.plain(), application.id);
        line.letter = line.letter.map(|_| format!("/track/{}/letter/{}", code.plain(), application.id));
        lines.push(line);
    }
    let complaints = complaints(&app, &visitor, &scope).await?;
    let issued = Day::of(visitor.t(), receipt.issued_on);
    let again = app.store.applications(&scope).own_printed_again().await?;
    let again = again.into_iter().map(|at| Day::of(visitor.t(), local_day(at))).collect();
    let page_of = TimelinePage {
        again,
        today: app.today(),
        corrections: AskedLine::of_receipt(&app, visitor.t(), &scope, receipt.household).await?,
        helpers: OwnLine::of_receipt(&app, visitor.t(), &scope).await?,
        done: match done.done.as_str() {
            "correction" => visitor.t().m("correct-done"),
            "helper" => visitor.t().m("helper-ended-done"),
            _ => String::new(),
        },
        shell: visitor.shell(&app),
        code,
        issued,
        lines,
        complaints,
        centre,
    };
    page(&page_of)
}

async fn line(
    app: &App,
    visitor: &Visitor,
    scope: &Scope,
    application: &Application,
    neutral: bool,
    number: usize,
) -> Result<Line, PageError> {
    let t = visitor.t();
    let history = app.store.applications(scope).history(application.id).await?;
    let mut given = Vec::new();
    // What was given says what was asked for.
    if !neutral {
        for delivery in app.store.applications(scope).deliveries(application.id).await? {
            let amount = delivery.amount.map(|amount| t.money(amount)).unwrap_or_default();
            given.push(Given { day: Day::of(t, delivery.on), amount, what: delivery.what });
        }
    }
    let missing = if neutral { Vec::new() } else { missing(app, t, scope, application).await? };
    Ok(Line {
        number,
        title: if neutral { t.m("track-your-application") } else { scheme(app, t, &application.submitted.programme) },
        office: office(app, t, application, neutral),
        status: t.code("status", application.status.code()),
        past: sentences::past(app, t, application, &history, neutral),
        given,
        next: sentences::next(app, t, application, neutral),
        turn: application.status == Status::Returned,
        // A number among others names no programme.
        place: place(t, app.store.applications(scope).place(application.id).await?),
        missing,
        decided_against: matches!(application.status, Status::Rejected | Status::Suspended),
        complain: String::new(),
        letter: crate::letters::told_in(&history).map(|_| String::new()),
    })
}

/// The place on a waiting list as a sentence; nothing for whoever does not wait.
pub(crate) fn place(t: T, place: Option<(i64, i64)>) -> String {
    place.map_or_else(String::new, |(place, of)| {
        t.with("track-waiting-place", &[("place", place.into()), ("of", of.into())])
    })
}

/// The complaints made with this receipt, newest first, each with its newest answer.
async fn complaints(app: &App, visitor: &Visitor, scope: &Scope) -> Result<Vec<Complaint>, PageError> {
    let t = visitor.t();
    let room = app.store.grievances(scope);
    let mut complaints = Vec::new();
    for grievance in room.mine().await? {
        let steps = room.history(grievance.id).await?;
        let answer = steps.iter().rev().find(|step| step.by != By::Citizen && step.words.is_some());
        complaints.push(Complaint {
            address: format!("/complain/{}", grievance.filed.code.plain()),
            kind: t.code("complaint-kind", grievance.filed.kind.code()),
            status: t.code("complaint-status", grievance.status.code()),
            next: crate::grievances::sentences::next(app, t, &grievance).sentence,
            answer: answer.and_then(|step| step.words.clone()).unwrap_or_default(),
        });
    }
    Ok(complaints)
}

/// The papers that were missing and are not on file yet.
pub(crate) async fn missing(
    app: &App,
    t: T,
    scope: &Scope,
    application: &Application,
) -> Result<Vec<Missing>, PageError> {
    if !application.status.is_open() {
        return Ok(Vec::new());
    }
    let papers = app.store.papers(scope).of_application(application.id).await?;
    let here = |kind: &str| papers.iter().any(|p| p.kind == kind && p.state_on(app.today()) == PaperState::Present);
    let missing = application.submitted.missing_papers.iter().filter(|kind| !here(kind));
    let named = |kind: &String| {
        let paper = app.pack.paper(kind);
        let name = paper.map_or_else(|| kind.replace('_', " "), |paper| t.pack(&paper.name).to_owned());
        Missing { name, place: paper.map(|paper| t.pack(&paper.place).to_owned()).unwrap_or_default() }
    };
    Ok(missing.map(named).collect())
}
