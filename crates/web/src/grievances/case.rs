//! One complaint at the office: what the citizen wrote, how its application went, and the few steps its state allows.

use super::{
    inbox::body_name,
    sentences::{self, Told, route_of},
};
use crate::{
    App,
    applications::inbox_rows::Day,
    portal::sentences::{Past, past, place},
    request::{Errors, Fields, PageError, Visitor},
    shell::{Choice, ClockView, Shell, form_page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{OriginalUri, Path, Query, State},
    response::{Redirect, Response},
};
use domain::{
    access::Doing,
    applications::ClockOwner,
    grievances::{Appeal, By, Done, Grievance, GrievanceStatus, Hand},
    ids::{GrievanceId, OfficerId},
};
use serde::Deserialize;
use store::access::Purpose;

#[derive(Template)]
#[template(path = "grievances/case.html")]
struct CasePage {
    shell: Shell,
    errors: Errors,
    id: GrievanceId,
    version: i64,
    code: String,
    kind: String,
    about: String,
    status: String,
    promised: Day,
    clock: Option<ClockView>,
    facts: Vec<(String, String, bool)>,
    words: String,
    past: Vec<Told>,
    application: Vec<Past>,
    done: bool,
    act: Act,
}

/// What this officer may do with it now.
#[derive(Default)]
struct Act {
    /// Take it, or take it over.
    take: bool,
    /// Others who may answer for it.
    others: Vec<Choice>,
    /// Hand the appeal to the department.
    hand: bool,
    /// The form of an answer.
    answer: Option<AnswerForm>,
    /// The form that ends it.
    close: Option<AnswerForm>,
    /// Pass it to this body.
    pass: Option<String>,
    /// Step aside.
    recuse: bool,
    /// Why nothing can be done.
    waits: String,
    /// What was typed for passing on.
    why: String,
}

/// The form of an answer or an ending.
struct AnswerForm {
    done: Vec<Choice>,
    outcomes: Vec<Choice>,
    words: String,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    done: String,
}

/// A complaint within the visitor's scope; one that is not there, one that is not yours and one about you read alike.
pub(super) async fn load(app: &App, visitor: &Visitor, id: &str) -> Result<Grievance, PageError> {
    let id: GrievanceId = id.parse().map_err(|_| PageError::NotFound)?;
    app.store.grievances(&visitor.scope).get(id).await?.ok_or(PageError::NotFound)
}

/// Who acts: for the department, or for the complaints office.
pub(super) fn hand(visitor: &Visitor) -> Option<Hand> {
    let officer = visitor.scope.officer()?;
    let department = officer.operator().is_some() && !officer.answers_grievances();
    Some(Hand { officer: officer.as_officer().id, by: if department { By::Department } else { By::Office } })
}

/// `GET /grievances/{grievance}`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, PageError> {
    let grievance = load(&app, &visitor, &id).await?;
    let purpose = Purpose::Complaint(grievance.id);
    app.store.log_read(&visitor.scope, "grievance", Some(grievance.id.0), &purpose, app.now()).await?;
    let done = wanted.done == "1";
    render(&app, &visitor, &grievance, &Fields::default(), Errors::default(), done).await
}

/// The page; with errors it gives the sent form back.
pub(super) async fn render(
    app: &App,
    visitor: &Visitor,
    grievance: &Grievance,
    fields: &Fields,
    errors: Errors,
    done: bool,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let room = app.store.grievances(&visitor.scope);
    let steps = room.history(grievance.id).await?;
    let application = room.application(grievance.id).await?;
    let neutral = grievance.filed.protected && grievance.filed.programme.is_none();
    let application = match application {
        Some(application) => past(app, t, &application, &room.application_history(grievance.id).await?, neutral),
        None => Vec::new(),
    };
    let kind = if grievance.appeal.is_some() { "appeal" } else { grievance.filed.kind.code() };
    let page = CasePage {
        shell: visitor.shell(app),
        id: grievance.id,
        version: grievance.version,
        code: grievance.filed.code.to_string(),
        kind: t.code("complaint-kind", kind),
        about: if neutral { t.m("complaint-protected") } else { sentences::about(app, t, grievance) },
        status: t.code("complaint-status", grievance.status.code()),
        promised: Day::of(t, grievance.filed.answer_by),
        clock: ClockView::of(app, t, ClockOwner::Nobody, grievance.since, grievance.due),
        facts: facts(app, t, grievance),
        words: grievance.filed.words.clone().unwrap_or_default(),
        past: sentences::past(app, t, grievance, &steps),
        application,
        done,
        act: act(app, visitor, grievance, fields).await?,
        errors,
    };
    form_page(&page, &page.errors)
}

/// Who and what: label, value, and whether it is a number.
fn facts(app: &App, t: T, grievance: &Grievance) -> Vec<(String, String, bool)> {
    let filed = &grievance.filed;
    let operator =
        filed.operator.as_ref().and_then(|id| app.pack.operator(&id.0)).map(|of| t.pack(&of.name).to_owned());
    let written = (grievance.written_on != filed.since).then(|| t.date(grievance.written_on));
    let centre = filed.centre.as_ref().map(|centre| place(app, t, &centre.0));
    let rows = [
        ("complaint-fact-office", operator, false),
        ("complaint-fact-centre", centre, false),
        ("complaint-fact-officer", filed.officer_named.clone(), false),
        ("complaint-fact-amount", filed.amount.map(|amount| t.money(amount)), true),
        ("complaint-fact-written", written, false),
        ("complaint-fact-name", filed.name.clone(), false),
        ("complaint-fact-phone", filed.phone.clone(), true),
    ];
    let told = rows.into_iter().filter_map(|(id, value, number)| Some((t.m(id), value?, number)));
    let mut told: Vec<_> = told.collect();
    if filed.name.is_none() && filed.phone.is_none() {
        told.push((t.m("complaint-fact-name"), t.m("complaint-anonymous"), false));
    }
    told
}

async fn act(app: &App, visitor: &Visitor, g: &Grievance, fields: &Fields) -> Result<Act, PageError> {
    let t = visitor.t();
    let Some(hand) = hand(visitor).filter(|_| visitor.may(Doing::Answer)) else {
        return Ok(Act { waits: t.m("complaint-waits-read-only"), ..Act::default() });
    };
    let room = app.store.grievances(&visitor.scope);
    let office = hand.by == By::Office;
    let mine = match hand.by {
        By::Department => g.department,
        _ => !g.department && g.officer == Some(hand.officer),
    };
    let open = matches!(g.status, GrievanceStatus::Received | GrievanceStatus::Assigned);
    let citizens = g.status == GrievanceStatus::Answered && g.due.is_some_and(|due| app.today() <= due);
    let ends = office && matches!(g.status, GrievanceStatus::Answered | GrievanceStatus::Escalated) && !citizens;
    let others: Vec<(OfficerId, String)> = if office && open {
        room.candidates(g.id).await?.into_iter().map(|one| (one.id, one.name)).collect()
    } else {
        Vec::new()
    };
    let route = route_of(app, g).filter(|_| office && open);
    Ok(Act {
        take: office && open && !mine,
        hand: office && open && !g.department && g.appeal == Some(Appeal::Open) && room.department_can(g.id).await?,
        others: others
            .into_iter()
            .filter(|(id, _)| *id != hand.officer && Some(*id) != g.officer)
            .map(|(id, text)| Choice { value: id.to_string(), text, chosen: false })
            .collect(),
        answer: (g.status == GrievanceStatus::Assigned && mine).then(|| form(t, g, fields, true)),
        close: ends.then(|| form(t, g, fields, false)),
        pass: route.map(|route| t.pack(&route.name).to_owned()),
        recuse: open,
        waits: waits(app, t, g, open || ends),
        why: fields.text("why").to_owned(),
    })
}

/// Whom the office waits for, when there is nothing to do.
fn waits(app: &App, t: T, g: &Grievance, acts: bool) -> String {
    match g.status {
        _ if acts => String::new(),
        GrievanceStatus::Answered => {
            t.a("complaint-waits-citizen", "until", g.due.map(|due| t.date(due)).unwrap_or_default())
        }
        GrievanceStatus::Escalated => t.a("complaint-waits-body", "body", body_name(app, t, g.route.as_deref())),
        _ => t.m("complaint-waits-nobody"),
    }
}

fn form(t: T, g: &Grievance, fields: &Fields, answer: bool) -> AnswerForm {
    let appeal = match (g.appeal, answer) {
        (Some(Appeal::Open), _) => vec![Appeal::Overturned, Appeal::Upheld],
        // What stayed here may still be set aside above.
        (Some(Appeal::Upheld), false) if g.status == GrievanceStatus::Escalated => vec![Appeal::Overturned],
        _ => vec![],
    };
    let codes: Vec<&str> = appeal.iter().map(|outcome| outcome.code()).collect();
    let plain = |done: &&Done| !matches!(done, Done::DecisionStays | Done::DecisionSetAside);
    let done: Vec<&str> = Done::ALL.iter().filter(plain).map(|done| done.code()).collect();
    AnswerForm {
        outcomes: Choice::codes(t, "complaint-appeal", &codes, fields.text("outcome")),
        done: if answer && codes.is_empty() {
            Choice::codes(t, "complaint-done", &done, fields.text("done"))
        } else {
            Vec::new()
        },
        words: fields.text("words").to_owned(),
    }
}

/// `GET` of a form's own address: to the complaint.
pub async fn back(OriginalUri(address): OriginalUri) -> Redirect {
    let (parent, _) = address.path().rsplit_once('/').unwrap_or_default();
    Redirect::to(parent)
}
