//! One application at the department: what it stands on, what happened, and the few steps that its state allows.

use super::{
    decide_case::{Case, case},
    decide_grant::{every, granted},
    decide_moves::{MoveButton, MoveForm, asked, buttons, move_form, refused, rules, standing_and_yours},
    deliver::DeliveryForm,
};
use crate::{
    App,
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Choice, Shell, form_page},
};
use askama::Template;
use axum::{
    extract::{OriginalUri, Path, Query, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    applications::{Application, ApplicationMoved, Status},
    event::Change,
    ids::{ApplicationId, PaperId},
    papers::FileKind,
};
use serde::Deserialize;
use store::access::Purpose;

#[derive(Template)]
#[template(path = "applications/decide.html")]
struct DecidePage {
    shell: Shell,
    errors: Errors,
    case: Case,
    buttons: Vec<MoveButton>,
    form: Option<MoveForm>,
    rules: Vec<Choice>,
    every: Vec<Choice>,
    delivery: Option<DeliveryForm>,
    done: bool,
}

/// What the address asks for: the step whose form is open, and whether one was just taken.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    to: String,
    #[serde(default)]
    done: String,
}

/// An application within the visitor's scope; one that is not there and one that is not yours read alike.
pub(crate) async fn load(app: &App, visitor: &Visitor, id: &str) -> Result<Application, PageError> {
    let id: ApplicationId = id.parse().map_err(|_| PageError::NotFound)?;
    app.store.applications(&visitor.scope).get(id).await?.ok_or(PageError::NotFound)
}

/// `GET /applications/{application}`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, PageError> {
    let application = load(&app, &visitor, &id).await?;
    let purpose = Purpose::Task(application.id);
    app.store.log_read(&visitor.scope, "application", Some(application.id.0), &purpose, app.now()).await?;
    let to = wanted.to.parse::<Status>().ok();
    let done = wanted.done == application.status.code();
    render(&app, &visitor, &application, to, &Fields::default(), Errors::default(), done).await
}

/// The page; with errors it gives the sent form back.
pub(super) async fn render(
    app: &App,
    visitor: &Visitor,
    application: &Application,
    to: Option<Status>,
    fields: &Fields,
    errors: Errors,
    done: bool,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let page = DecidePage {
        shell: visitor.shell(app),
        case: case(app, visitor, application).await?,
        buttons: buttons(t, application),
        rules: if to == Some(Status::Rejected) { rules(app, t, application, fields.text("rule")) } else { Vec::new() },
        every: every(t, fields),
        form: to.and_then(|to| move_form(t, application, to, fields)),
        delivery: DeliveryForm::of(app, application, fields),
        errors,
        done,
    };
    form_page(&page, &page.errors)
}

/// `POST /applications/{application}/move`
pub async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, PageError> {
    let application = load(&app, &visitor, &id).await?;
    let to: Status = sent.fields.text("to").parse().map_err(|_| PageError::BadForm)?;
    let t = visitor.t();
    if sent.version() != Some(application.version) {
        let rows = standing_and_yours(&app, t, &application, to, &sent.fields);
        return Err(PageError::stale(&sent.fields, &visitor.address, rows, Some(application.version)));
    }
    let decided = asked(&app, t, &application, to, &sent.fields).and_then(|asked| {
        let granted = granted(t, to, &sent.fields, app.today())?;
        let moved =
            application.step(asked, app.today(), &app.calendar).map_err(|why| refused(t, &why, &application))?;
        Ok(ApplicationMoved { granted, ..moved })
    });
    match decided {
        Ok(moved) => {
            let moved = in_stead(&visitor, &application, moved);
            let change = Change::after(application.id, application.version, moved, app.today());
            let to = format!("/applications/{}?done={}", application.id, to.code());
            sent.carry_out(&app, &visitor, vec![change], to).await
        }
        Err(errors) => render(&app, &visitor, &application, Some(to), &sent.fields, errors, false).await,
    }
}

/// A step taken as somebody's deputy names both.
pub(super) fn in_stead(visitor: &Visitor, application: &Application, moved: ApplicationMoved) -> ApplicationMoved {
    let stead = visitor.scope.officer().and_then(|officer| officer.stead_for(&application.submitted.district));
    ApplicationMoved { stead, ..moved }
}

/// `GET` of a form's own address, where a browser comes back to after a conflict or a new sign-in: to the application.
pub async fn back(OriginalUri(address): OriginalUri) -> Redirect {
    let (parent, _) = address.path().rsplit_once('/').unwrap_or_default();
    Redirect::to(parent)
}

/// `GET /applications/{application}/papers/{paper}`: a paper is read only through an application that asks for it.
pub async fn paper(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, paper)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let application = load(&app, &visitor, &id).await?;
    let paper: PaperId = paper.parse().map_err(|_| PageError::NotFound)?;
    let found = app.store.papers(&visitor.scope).copy(paper, Some(application.id)).await?;
    let (file, bytes) = found.ok_or(PageError::NotFound)?;
    let purpose = Purpose::Task(application.id);
    app.store.log_read(&visitor.scope, "paper", Some(paper.0), &purpose, app.now()).await?;
    // The policy of our pages forbids a document to run anything, so a PDF is handed to the reader's own program.
    let (kind, shown) = match file.kind {
        FileKind::Jpeg => ("image/jpeg", "inline"),
        FileKind::Png => ("image/png", "inline"),
        FileKind::Pdf => ("application/pdf", "attachment; filename=\"paper.pdf\""),
    };
    let headers =
        [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, shown), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, bytes).into_response())
}
