//! The family of a visit: one search box, what it found, and opening one of them.

use super::{
    cards::{self, Results},
    fields::Reader,
    household,
};
use crate::{
    App,
    request::{Errors, PageError, Sent, Visitor},
    shell::{Shell, form_page},
    visits::{Frame, StepName, visit},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    event::Change,
    ids::{HouseholdId, VisitId},
    visits::{HouseholdFound, Visit, VisitCalled},
};
use store::access::Purpose;

#[derive(Template)]
#[template(path = "people/find.html")]
struct FindPage {
    shell: Shell,
    frame: Frame,
    errors: Errors,
    /// What was typed into the search box.
    query: String,
    results: Option<Results>,
    /// The reason typed for another district's file, and for which.
    reason: String,
    reason_for: String,
}

impl FindPage {
    /// Somebody searched and there is no such family: registering it is the next step.
    fn nobody(&self) -> bool {
        let nobody = |results: &Results| results.cards.is_empty() && results.listed.is_empty() && !results.needs_more;
        self.results.as_ref().is_some_and(nobody)
    }
}

/// The page before a family is known.
pub(super) async fn page(
    app: &App,
    visitor: &Visitor,
    visit: &Visit,
    query: String,
    results: Option<Results>,
) -> Result<Response, PageError> {
    let frame = Frame::of(app, visitor, visit, StepName::Household).await?;
    let shell = visitor.shell(app);
    let errors = Errors::default();
    let page = FindPage { shell, frame, errors, query, results, reason: String::new(), reason_for: String::new() };
    form_page(&page, &page.errors)
}

/// `POST /visits/{visit}/search`: a search changes nothing; it is a post so that no name stands in an address.
pub async fn search(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let visit = visit::load(&app, &visitor, id).await?;
    let typed = sent.fields.text("q").to_owned();
    if typed.is_empty() {
        let frame = Frame::of(&app, &visitor, &visit, StepName::Household).await?;
        let errors = Errors::one("q", visitor.t().m("people-search-empty"));
        let (shell, reason, reason_for) = (visitor.shell(&app), String::new(), String::new());
        let page = FindPage { shell, frame, errors, query: typed, results: None, reason, reason_for };
        return form_page(&page, &page.errors);
    }
    app.store.log_read(&visitor.scope, "search", None, &Purpose::Visit(id), app.now()).await?;
    let results = cards::search(&app, &visitor, &typed).await?.in_visit(id);
    page(&app, &visitor, &visit, typed, Some(results)).await
}

/// `GET` of a form's own address, as after choosing another language: to its page.
pub async fn back(Path(id): Path<VisitId>) -> Response {
    Redirect::to(&format!("/visits/{id}/household")).into_response()
}

/// `POST /visits/{visit}/attach`: "this is the family".
pub async fn attach(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let visit = visit::load(&app, &visitor, id).await?;
    let Ok(Some(household)) = sent.fields.read::<HouseholdId>("household") else { return Err(PageError::NotFound) };
    let yours = app.store.people(&visitor.scope).household(household).await?.is_some();
    let reason = sent.fields.opt("reason");
    let results = again(&app, &visitor, &sent).await?.in_visit(id);
    // Another district's file opens only when a search found it, and with a reason.
    if !yours && results.card(household).is_none() {
        return Err(PageError::NotFound);
    }
    let mut errors = Errors::default();
    let field = format!("reason-{household}");
    if !yours && reason.is_none() {
        errors.add(&field, visitor.t().m("people-open-reason-missing"));
    }
    let found = match visit.find(household, reason.clone().filter(|_| !yours)) {
        Ok(found) => Some(found),
        Err(refused) => {
            errors.add("main", household::visit_refused(visitor.t(), &refused));
            None
        }
    };
    if let (true, Some(found)) = (errors.is_empty(), found) {
        if let Some(words) = reason.filter(|_| !yours) {
            let purpose = Purpose::Reason(words);
            app.store.log_read(&visitor.scope, "household", Some(household.0), &purpose, app.now()).await?;
        }
        let changes = found_by(&app, &visitor, &visit, found);
        return sent.carry_out(&app, &visitor, changes, format!("/visits/{id}/household?done=attached")).await;
    }
    let frame = Frame::of(&app, &visitor, &visit, StepName::Household).await?;
    let shell = visitor.shell(&app);
    let query = sent.fields.text("q").to_owned();
    let (reason, reason_for) = (reason.unwrap_or_default(), household.to_string());
    let page = FindPage { shell, frame, errors, query, results: Some(results), reason, reason_for };
    form_page(&page, &page.errors)
}

/// The search that showed the card, made again from what the card's form carried.
async fn again(app: &App, visitor: &Visitor, sent: &Sent) -> Result<Results, PageError> {
    match sent.fields.opt("q") {
        Some(typed) => cards::search(app, visitor, &typed).await,
        None if sent.fields.opt("given").is_some() => {
            let mut reader = Reader::new(visitor.t(), &sent.fields, app.today());
            let details = reader.person(None, true);
            cards::similar(app, visitor, &details, &sent.fields).await
        }
        None => Ok(Results::default()),
    }
}

/// The visit's events when its family is known: who finds it serves it, unless somebody does already.
pub(super) fn found_by(app: &App, visitor: &Visitor, visit: &Visit, found: HouseholdFound) -> Vec<Change> {
    let today = app.today();
    let officer = visitor.scope.officer_id().filter(|_| visit.officer.is_none());
    let called = officer.map(|officer| Change::after(visit.id, visit.version, VisitCalled { officer }, today));
    let seen = visit.version + i64::from(called.is_some());
    called.into_iter().chain([Change::after(visit.id, seen, found, today)]).collect()
}
