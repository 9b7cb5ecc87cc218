//! The form of a complaint: without a receipt, or about an application of a receipt that this phone opened.

use super::{
    filing::{self, Drawn, With},
    flood::Later,
};
use crate::{
    App,
    applications::inbox_rows::scheme,
    portal::track,
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Choice, Shell, form_page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use domain::{
    applications::{Application, ReceiptCode, Status},
    grievances::{GrievanceKind, Subject},
};
use serde::Deserialize;
use store::{Scope, applications::Tracked};

#[derive(Template)]
#[template(path = "grievances/form.html")]
struct FormPage {
    shell: Shell,
    errors: Errors,
    /// Where it is sent.
    action: String,
    /// The receipt's code, when it is about one.
    code: Option<ReceiptCode>,
    /// Lets this phone send it later, when the line is back.
    pass: String,
    /// The receipt's applications.
    about: Vec<Choice>,
    kinds: Vec<Choice>,
    subjects: Vec<Choice>,
    districts: Vec<Choice>,
    operators: Vec<Choice>,
    typed: Fields,
    days: u32,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    which: String,
    #[serde(default)]
    kind: String,
}

/// A receipt that may be complained about, and its applications.
struct Receipt {
    code: ReceiptCode,
    scope: Scope,
    applications: Vec<Application>,
    protected: bool,
}

/// `GET /complain/new`
pub async fn blank(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    render(&app, &visitor, None, Fields::default(), Errors::default()).await
}

/// `GET /complain/about/{code}`: the tracking form first, on a phone that has not opened the receipt.
pub async fn about(
    State(app): State<App>,
    visitor: Visitor,
    Path(typed): Path<String>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let Ok(code) = typed.parse::<ReceiptCode>() else { return Err(PageError::NotFound) };
    let scope = track::proven(&app, &headers, &code).await?.filter(|scope| scope.receipt().is_some());
    let Some(scope) = scope else {
        return track::form_for(&app, &visitor, &code.to_string(), "complain", Errors::default());
    };
    let receipt = load(&app, code, scope).await?;
    let mut fields = Fields::default();
    fields.add("application", &wanted.which);
    fields.add("kind", &wanted.kind);
    render(&app, &visitor, Some(&receipt), fields, Errors::default()).await
}

async fn load(app: &App, code: ReceiptCode, scope: Scope) -> Result<Receipt, PageError> {
    let rooms = app.store.applications(&scope);
    let found = rooms.receipt().await?.ok_or(PageError::NotFound)?;
    let mut applications = Vec::new();
    for id in &found.applications {
        applications.extend(rooms.get(*id).await?);
    }
    Ok(Receipt { code, scope, applications, protected: found.protected })
}

/// `POST /complain/new`: without a receipt; or with one whose code and secret were typed, by a phone without a line.
pub async fn create(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, PageError> {
    let t = visitor.t();
    if sent.fields.opt("code").is_some() {
        return match by_code(&app, t, &sent.fields).await? {
            Ok((code, scope)) => {
                let receipt = load(&app, code, scope).await?;
                with(&app, &visitor, receipt, sent).await
            }
            Err(errors) => render(&app, &visitor, None, sent.fields, errors).await,
        };
    }
    let typed = match filing::read(&app, t, &sent.fields) {
        Ok(typed) => typed,
        Err(errors) => return render(&app, &visitor, None, sent.fields, errors).await,
    };
    let (drawn, on) = (Drawn::new(&app), filing::written_on(&sent.fields, app.today()));
    match filing::decide(&app, typed, None, &drawn, visitor.lang, on).await? {
        Ok(changes) => match app.flood.pass(visitor.network).await {
            Ok(()) => sent.carry_out(&app, &visitor, changes, filed(&app, &visitor, &drawn.code)).await,
            Err(later) => again(&app, &visitor, sent.fields, later).await,
        },
        Err(why) => render(&app, &visitor, None, sent.fields, filing::refused(t, &why)).await,
    }
}

/// Too many came from one network: the form comes back with all that was typed, and says when to send it again.
async fn again(app: &App, visitor: &Visitor, fields: Fields, later: Later) -> Result<Response, PageError> {
    let errors = Errors::one("main", visitor.t().a("complain-many", "minutes", i64::from(later.minutes)));
    let mut page = render(app, visitor, None, fields, errors).await?;
    *page.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    page.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(later.minutes * 60));
    Ok(page)
}

/// Opens the typed receipt; wrong codes slow down as on the tracking page.
async fn by_code(app: &App, t: T, fields: &Fields) -> Result<Result<(ReceiptCode, Scope), Errors>, PageError> {
    let (code, secret) = match track::typed(t, fields) {
        Ok(typed) => typed,
        Err(errors) => return Ok(Err(errors)),
    };
    let refused = match app.store.track(&code, &secret, app.now()).await? {
        Tracked::Open(scope) if scope.receipt().is_some() => return Ok(Ok((code, *scope))),
        Tracked::Open(_) => return Ok(Err(Errors::one("code", t.m("complain-code-complaint")))),
        Tracked::Unknown => Errors::one("code", t.m("track-wrong")),
        Tracked::Wait { seconds } => Errors::one("code", t.a("track-wait", "seconds", seconds)),
    };
    app.brake.hold().await;
    Ok(Err(refused))
}

/// `POST /complain/about/{code}`
pub async fn create_about(
    State(app): State<App>,
    visitor: Visitor,
    Path(typed): Path<String>,
    headers: HeaderMap,
    sent: Sent,
) -> Result<Response, PageError> {
    let Ok(code) = typed.parse::<ReceiptCode>() else { return Err(PageError::NotFound) };
    let mut scope = track::proven(&app, &headers, &code).await?.filter(|scope| scope.receipt().is_some());
    if scope.is_none() {
        scope = app.store.by_complaint_pass(&code, sent.fields.text("pass")).await?;
    }
    let Some(scope) = scope else {
        let errors = Errors::one("code", visitor.t().m("complain-open-again"));
        return track::form_for(&app, &visitor, &code.to_string(), "complain", errors);
    };
    let receipt = load(&app, code, scope).await?;
    with(&app, &visitor, receipt, sent).await
}

/// Files a complaint about one application of a receipt.
async fn with(app: &App, visitor: &Visitor, receipt: Receipt, sent: Sent) -> Result<Response, PageError> {
    let t = visitor.t();
    let Some(application) = chosen(&receipt, &sent.fields).cloned() else {
        let errors = Errors::one("application", t.m("complain-which-missing"));
        return render(app, visitor, Some(&receipt), sent.fields, errors).await;
    };
    let typed = match filing::read(app, t, &sent.fields) {
        Ok(typed) => typed,
        Err(errors) => return render(app, visitor, Some(&receipt), sent.fields, errors).await,
    };
    let receipt_id = receipt.scope.receipt().ok_or(PageError::NotFound)?;
    let waiting = filing::waiting(app, &receipt.scope, &application).await?;
    let about = With { application: &application, receipt: receipt_id, waiting };
    let (drawn, on) = (Drawn::new(app), filing::written_on(&sent.fields, app.today()));
    match filing::decide(app, typed, Some(about), &drawn, visitor.lang, on).await? {
        Ok(changes) => sent.carry_out(app, visitor, changes, filed(app, visitor, &drawn.code)).await,
        Err(why) => render(app, visitor, Some(&receipt), sent.fields, filing::refused(t, &why)).await,
    }
}

/// The application a form names; the only one needs no naming.
fn chosen<'r>(receipt: &'r Receipt, fields: &Fields) -> Option<&'r Application> {
    match receipt.applications.as_slice() {
        [only] => Some(only),
        several => several.iter().find(|application| application.id.to_string() == fields.text("application")),
    }
}

/// Where a filed complaint leads: to its code and secret, for this browser alone.
fn filed(app: &App, visitor: &Visitor, code: &ReceiptCode) -> String {
    format!("/complain/{}?new={}", code.plain(), app.store.filed_proof(code, &visitor.form_token))
}

async fn render(
    app: &App,
    visitor: &Visitor,
    receipt: Option<&Receipt>,
    typed: Fields,
    errors: Errors,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let codes = |all: &[Subject]| all.iter().map(|subject| subject.code()).collect::<Vec<_>>();
    let subjects =
        codes(&[Subject::Centre, Subject::Programme, Subject::Officer, Subject::GrievanceOffice, Subject::Other]);
    let kinds: Vec<&str> = GrievanceKind::ALL.iter().map(|kind| kind.code()).collect();
    let pass = match receipt {
        Some(receipt) => app.store.complaint_pass(&receipt.scope, &receipt.code).await?.unwrap_or_default(),
        None => String::new(),
    };
    let action = receipt.map(|receipt| format!("/complain/about/{}", receipt.code.plain()));
    let page = FormPage {
        shell: visitor.shell(app),
        action: action.unwrap_or_else(|| "/complain/new".to_owned()),
        code: receipt.map(|receipt| receipt.code.clone()),
        about: receipt.map(|receipt| titles(app, t, receipt, &typed)).unwrap_or_default(),
        kinds: Choice::codes(t, "complaint-kind", &kinds, typed.text("kind")),
        subjects: Choice::codes(t, "complaint-subject", &subjects, typed.text("subject")),
        districts: crate::shell::districts(app, t, typed.text("district")),
        operators: operators(app, t, typed.text("operator")),
        days: app.pack.grievances().limits.answer,
        pass,
        typed,
        errors,
    };
    form_page(&page, &page.errors)
}

fn titles(app: &App, t: T, receipt: &Receipt, typed: &Fields) -> Vec<Choice> {
    let several = receipt.applications.len() > 1;
    let title = |(number, application): (usize, &Application)| {
        let neutral = receipt.protected || application.submitted.protected;
        let name = match (neutral, several) {
            (false, _) => scheme(app, t, &application.submitted.programme),
            (true, true) => format!("{} {}", t.m("track-your-application"), number + 1),
            (true, false) => t.m("track-your-application"),
        };
        let status = t.code("status", application.status.code());
        let value = application.id.to_string();
        let refused = matches!(application.status, Status::Rejected | Status::Suspended);
        let text = if refused || !neutral { format!("{name} · {status}") } else { name };
        Choice { chosen: !several || typed.text("application") == value, value, text }
    };
    receipt.applications.iter().enumerate().map(title).collect()
}

fn operators(app: &App, t: T, chosen: &str) -> Vec<Choice> {
    let choice = |of: &rules::pack::catalogue::Operator| Choice {
        value: of.id.to_string(),
        text: t.pack(&of.name).to_owned(),
        chosen: of.id == *chosen,
    };
    let mut all: Vec<Choice> = app.pack.operators().iter().map(choice).collect();
    all.sort_by(|a, b| a.text.cmp(&b.text));
    all
}
