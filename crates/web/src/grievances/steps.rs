//! The office's steps: who answers, the answer, passing on, ending, and stepping aside.

use super::{
    case::{hand, load, render},
    filing::refused,
    sentences::route_of,
};
use crate::{
    App,
    request::{Errors, PageError, Sent, Visitor},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    applications::Application,
    event::{Change, Event},
    grievances::{
        Answer, Assignee, By, Closing, Decided, Grievance, GrievanceRefused, GrievanceStatus, Hand, Passing, Route,
    },
    ids::OfficerId,
};

/// Loads the complaint and refuses an older form: both answers are shown.
async fn begin(app: &App, visitor: &Visitor, id: &str, sent: &Sent) -> Result<(Grievance, Hand), PageError> {
    let grievance = load(app, visitor, id).await?;
    let hand = hand(visitor).ok_or(PageError::NotFound)?;
    if sent.version() != Some(grievance.version) {
        let t = visitor.t();
        let status = |status: GrievanceStatus| t.code("complaint-status", status.code());
        let mut rows = vec![(t.m("inbox-status"), status(grievance.status), String::new())];
        for field in ["words", "why"] {
            rows.extend(sent.fields.opt(field).map(|text| (t.m("complaint-answer-words"), String::new(), text)));
        }
        return Err(PageError::stale(&sent.fields, &visitor.address, rows, Some(grievance.version)));
    }
    Ok((grievance, hand))
}

/// Writes a step and comes back to the complaint; a refusal is the same page.
async fn finish(
    app: &App,
    visitor: &Visitor,
    sent: Sent,
    grievance: &Grievance,
    decided: Result<Vec<Change>, GrievanceRefused>,
    to: String,
) -> Result<Response, PageError> {
    match decided {
        Ok(changes) => sent.carry_out(app, visitor, changes, to).await,
        Err(why) => {
            let errors = at_field(visitor, &why, &sent);
            render(app, visitor, grievance, &sent.fields, errors, false).await
        }
    }
}

/// Passing on asks for its words in a field of its own.
fn at_field(visitor: &Visitor, why: &GrievanceRefused, sent: &Sent) -> Errors {
    let errors = refused(visitor.t(), why);
    let passing = sent.fields.all("why").len() == 1;
    match errors.all() {
        [(field, sentence)] if passing && field == "words" => Errors::one("why", sentence.clone()),
        [(field, sentence)] if field == "main" => Errors::one("main-act", sentence.clone()),
        _ => errors,
    }
}

fn change(app: &App, grievance: &Grievance, event: impl Into<Event>) -> Change {
    Change::after(grievance.id, grievance.version, event, app.today())
}

fn done(grievance: &Grievance) -> String {
    format!("/grievances/{}?done=1", grievance.id)
}

/// `POST /grievances/{grievance}/assign`
pub async fn assign(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, PageError> {
    let (grievance, hand) = begin(&app, &visitor, &id, &sent).await?;
    let to = match sent.fields.text("to") {
        "me" => Assignee::Officer(hand.officer),
        "department" => Assignee::Department,
        other => {
            // Only who is offered: an officer of another district never comes in by hand.
            let offered = app.store.grievances(&visitor.scope).candidates(grievance.id).await?;
            let wanted = other.parse::<OfficerId>().ok().filter(|id| offered.iter().any(|one| one.id == *id));
            let Some(wanted) = wanted else {
                let errors = Errors::one("to", visitor.t().m("complaint-assign-missing"));
                return render(&app, &visitor, &grievance, &sent.fields, errors, false).await;
            };
            Assignee::Officer(wanted)
        }
    };
    if to == Assignee::Department && !app.store.grievances(&visitor.scope).department_can(grievance.id).await? {
        return Err(PageError::NotFound);
    }
    let decided = grievance.assign(hand, to, app.today()).map(|moved| vec![change(&app, &grievance, moved)]);
    let to = done(&grievance);
    finish(&app, &visitor, sent, &grievance, decided, to).await
}

/// `POST /grievances/{grievance}/answer`: of an appeal the contested application moves in the same commit.
pub async fn answer(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, PageError> {
    let given = Answer {
        done: sent.fields.read("done").ok().flatten(),
        words: sent.fields.opt("words"),
        outcome: sent.fields.read("outcome").ok().flatten(),
    };
    let (today, calendar) = (app.today(), &app.calendar);
    let decide =
        |grievance: &Grievance, hand, of: Option<&Application>| grievance.answer(hand, given, of, today, calendar);
    with_application(&app, &visitor, &id, sent, decide).await
}

/// A step that may move the contested application in the same commit.
async fn with_application(
    app: &App,
    visitor: &Visitor,
    id: &str,
    sent: Sent,
    decide: impl FnOnce(&Grievance, Hand, Option<&Application>) -> Result<Decided, GrievanceRefused>,
) -> Result<Response, PageError> {
    let (grievance, hand) = begin(app, visitor, id, &sent).await?;
    let application = app.store.grievances(&visitor.scope).application(grievance.id).await?;
    let decided = decide(&grievance, hand, application.as_ref());
    let decided = decided.map(|decided| coupled(app, &grievance, application.as_ref(), decided));
    let to = done(&grievance);
    finish(app, visitor, sent, &grievance, decided, to).await
}

/// The changes of a decided step: the complaint's, and its application's.
fn coupled(app: &App, grievance: &Grievance, application: Option<&Application>, decided: Decided) -> Vec<Change> {
    let mut changes = vec![change(app, grievance, decided.moved)];
    if let (Some(application), Some(moved)) = (application, decided.application) {
        changes.push(Change::after(application.id, application.version, moved, app.today()));
    }
    changes
}

/// `POST /grievances/{grievance}/pass`: to the body above, with the reason.
pub async fn pass(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, PageError> {
    let (grievance, hand) = begin(&app, &visitor, &id, &sent).await?;
    let route = route_of(&app, &grievance).ok_or(PageError::NotFound)?;
    let passing = Passing {
        by: By::Office,
        officer: Some(hand.officer),
        route: Route { id: route.id.to_string(), days: route.days },
        words: sent.fields.opt("why"),
    };
    let allowed = if hand.by == By::Office { Ok(()) } else { Err(GrievanceRefused::NotFromHere) };
    let decided = allowed
        .and_then(|()| grievance.escalate(passing, app.today(), &app.calendar))
        .map(|moved| vec![change(&app, &grievance, moved)]);
    let to = done(&grievance);
    finish(&app, &visitor, sent, &grievance, decided, to).await
}

/// `POST /grievances/{grievance}/close`
pub async fn close(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, PageError> {
    let closing = Closing { words: sent.fields.opt("words"), outcome: sent.fields.read("outcome").ok().flatten() };
    let (today, calendar) = (app.today(), &app.calendar);
    let decide =
        |grievance: &Grievance, hand, of: Option<&Application>| grievance.close(hand, closing, of, today, calendar);
    with_application(&app, &visitor, &id, sent, decide).await
}

/// `POST /grievances/{grievance}/recuse`: it is about me, or too near; it leaves my list at once.
pub async fn recuse(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, PageError> {
    let (grievance, hand) = begin(&app, &visitor, &id, &sent).await?;
    let decided = grievance.recuse(hand).map(|event| vec![change(&app, &grievance, event)]);
    finish(&app, &visitor, sent, &grievance, decided, "/grievances".to_owned()).await
}
