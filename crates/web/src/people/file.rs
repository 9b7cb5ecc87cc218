//! Families outside a visit: searching, and opening a file of one's own district for a written reason.

use super::{
    cards::{self, Results},
    household::FileView,
    received::{self, ReceivedView},
};
use crate::{
    App,
    request::{Errors, PageError, Sent, Visitor},
    shell::{ClockView, Shell, form_page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{access::Doing, applications::Application, ids::HouseholdId};
use store::access::Purpose;

#[derive(Template)]
#[template(path = "people/search.html")]
struct SearchPage {
    shell: Shell,
    errors: Errors,
    query: String,
    results: Option<Results>,
}

/// `GET /people`
pub async fn find(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    let page =
        SearchPage { shell: visitor.shell(&app), errors: Errors::default(), query: String::new(), results: None };
    form_page(&page, &page.errors)
}

/// `POST /people`: a search changes nothing; it is a post so that no name stands in an address.
pub async fn found(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, PageError> {
    let query = sent.fields.text("q").to_owned();
    let (mut errors, mut results) = (Errors::default(), None);
    if query.is_empty() {
        errors.add("q", visitor.t().m("people-search-empty"));
    } else {
        let purpose = Purpose::Reason("search".to_owned());
        app.store.log_read(&visitor.scope, "search", None, &purpose, app.now()).await?;
        results = Some(cards::search(&app, &visitor, &query).await?.outside());
    }
    let page = SearchPage { shell: visitor.shell(&app), errors, query, results };
    form_page(&page, &page.errors)
}

#[derive(Template)]
#[template(path = "people/open.html")]
struct OpenPage {
    shell: Shell,
    errors: Errors,
    household: HouseholdId,
    reason: String,
    /// An officer decided to forget the family; a second one has yet to confirm.
    erasure: bool,
    /// The officer's role may open what is protected, for a stated reason. Whether there is any is not said here.
    protected: bool,
}

/// `GET /people/{household}`: asks for the reason before anything is shown.
pub async fn ask(
    State(app): State<App>,
    visitor: Visitor,
    Path(household): Path<HouseholdId>,
) -> Result<Response, PageError> {
    let people = app.store.people(&visitor.scope);
    if people.household(household).await?.is_none() {
        return Err(PageError::NotFound);
    }
    let erasure = people.erasure(household).await?.is_some();
    let (shell, errors, reason) = (visitor.shell(&app), Errors::default(), String::new());
    let page = OpenPage { shell, errors, household, reason, erasure, protected: visitor.may(Doing::OpenProtected) };
    form_page(&page, &page.errors)
}

#[derive(Template)]
#[template(path = "people/file.html")]
struct FilePage {
    shell: Shell,
    file: FileView,
    received: Vec<ReceivedView>,
    applications: Vec<ApplicationLine>,
    receipts: Vec<ReceiptLine>,
    /// Whose records were ever joined to another: where that is told, and the name; only for whoever decides about pairs.
    merged: Vec<(String, String)>,
}

/// One application of the family.
struct ApplicationLine {
    programme: String,
    status: String,
    operator: String,
    submitted_on: String,
    submitted: String,
    clock: Option<ClockView>,
    /// Made for a record of another household that was joined to a member's.
    joined: bool,
}

/// One receipt of the family.
struct ReceiptLine {
    code: String,
    issued_on: String,
    issued: String,
}

/// `GET /people/{household}/open`, as after choosing another language: the reason is asked again.
pub async fn back(Path(id): Path<HouseholdId>) -> Response {
    Redirect::to(&format!("/people/{id}")).into_response()
}

/// The longest reason taken, in characters.
const MAX_REASON: usize = 500;

/// Why a reason for opening a file is not taken, as a sentence.
pub(super) fn reason_refused(t: T, reason: &str) -> Option<String> {
    match reason.chars().count() {
        0 => Some(t.m("people-open-reason-missing")),
        count if count > MAX_REASON => {
            Some(t.with("people-too-long", &[("most", MAX_REASON.into()), ("count", count.into())]))
        }
        _ => None,
    }
}

/// `POST /people/{household}/open`: logs who opens the file and why, then shows it.
pub async fn open(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<HouseholdId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let household = app.store.people(&visitor.scope).household(id).await?.ok_or(PageError::NotFound)?;
    let t = visitor.t();
    let reason = sent.fields.text("reason").to_owned();
    if let Some(sentence) = reason_refused(t, &reason) {
        let errors = Errors::one("reason", sentence);
        let erasure = app.store.people(&visitor.scope).erasure(id).await?.is_some();
        let protected = visitor.may(Doing::OpenProtected);
        let page = OpenPage { shell: visitor.shell(&app), errors, household: id, reason, erasure, protected };
        return form_page(&page, &page.errors);
    }
    app.store.log_read(&visitor.scope, "household", Some(id.0), &Purpose::Reason(reason), app.now()).await?;
    let applications = app.store.applications(&visitor.scope);
    let receipt = |receipt: store::applications::Receipt| ReceiptLine {
        code: receipt.code.to_string(),
        issued_on: receipt.issued_on.to_string(),
        issued: t.date(receipt.issued_on),
    };
    let merged = match visitor.scope.may(Doing::Review) {
        true => app.store.people(&visitor.scope).ever_joined(id).await?,
        false => Vec::new(),
    };
    let merged = merged.into_iter().filter_map(|person| {
        let member = household.members.iter().find(|member| member.id == person)?;
        Some((format!("/people/{id}/persons/{person}/merges"), member.details.given.clone()))
    });
    let page = FilePage {
        merged: merged.collect(),
        shell: visitor.shell(&app),
        file: FileView::of(&app, t, &household),
        received: received::of(&app, &visitor, &household).await?,
        applications: applications.of_household(id).await?.iter().map(|a| line(&app, &visitor, id, a)).collect(),
        receipts: applications.receipts_of_household(id).await?.into_iter().map(receipt).collect(),
    };
    form_page(&page, &Errors::default())
}

fn line(app: &App, visitor: &Visitor, household: HouseholdId, application: &Application) -> ApplicationLine {
    let t = visitor.t();
    let submitted = &application.submitted;
    let programme = app.pack.programme(&submitted.programme.0).map(|p| t.pack(&p.name.words).to_owned());
    let operator = app.pack.operator(&submitted.operator.0).map(|o| t.pack(&o.name).to_owned());
    ApplicationLine {
        programme: programme.unwrap_or_else(|| submitted.programme.0.clone()),
        status: t.code("status", application.status.code()),
        operator: operator.unwrap_or_default(),
        submitted_on: application.submitted_on.to_string(),
        submitted: t.date(application.submitted_on),
        joined: submitted.household != household,
        clock: ClockView::of(app, t, application.clock, application.since, application.due),
    }
}
