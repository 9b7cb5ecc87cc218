//! One row of a list beside those whom it may mean, and the decision about it.

use super::{
    pair::{since, too_long},
    review,
    row_view::{self, RowShown, choices},
    rows::said_words,
};
use crate::{
    App,
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Choice, Shell, form_page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Version,
    ids::{HouseholdId, ListingId, PersonId},
    people::{ListedState, RowDecision, RowUndecided, link::MAX_REASON},
};
use serde::Deserialize;
use store::{
    access::Purpose,
    people::lists::{RowToDecide, RowView},
};

#[derive(Template)]
#[template(path = "people/row.html")]
struct RowPage {
    shell: Shell,
    errors: Errors,
    done: String,
    row: RowShown,
    /// What was chosen and typed.
    choices: Vec<Choice>,
    reason: String,
    version: Version,
    /// The next row that nobody decided.
    next: Option<String>,
}

/// What was just done.
#[derive(Debug, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

async fn load(app: &App, visitor: &Visitor, id: ListingId) -> Result<RowToDecide, PageError> {
    let stake = review::stake(&app.pack, app.today());
    let lists = app.store.lists(&visitor.scope);
    lists.row_to_decide(id, &stake, since(app)).await?.ok_or(PageError::NotFound)
}

/// `GET /people/rows/{listing}`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<ListingId>,
    Query(done): Query<Done>,
) -> Result<Response, PageError> {
    let words = format!("row-done-{}", done.done);
    let done = if visitor.t().has(&words) { visitor.t().m(&words) } else { String::new() };
    let case = load(&app, &visitor, id).await?;
    render(&app, &visitor, case, done, &Fields::default(), Errors::default()).await
}

/// `GET` of a form's own address: to its page.
pub async fn back(Path(id): Path<ListingId>) -> Response {
    Redirect::to(&format!("/people/rows/{id}")).into_response()
}

async fn render(
    app: &App,
    visitor: &Visitor,
    case: RowToDecide,
    done: String,
    typed: &Fields,
    errors: Errors,
) -> Result<Response, PageError> {
    let (id, purpose) = (case.row.listed.listing, Purpose::Reason("review".to_owned()));
    app.store.log_read(&visitor.scope, "listing", Some(id.0), &purpose, app.now()).await?;
    for record in case.candidates.iter().filter_map(|one| one.record.as_ref()).filter(|record| record.yours) {
        let household = Some(record.household.0);
        app.store.log_read(&visitor.scope, "household", household, &purpose, app.now()).await?;
    }
    let open = app.store.lists(&visitor.scope).rows_to_decide(RowView::Open, Some(case.row.import), 0, 2).await?;
    let next = open.into_iter().find(|row| row.listing != id);
    let page = RowPage {
        shell: visitor.shell(app),
        choices: choices(app, visitor.t(), &case, typed.text("means")),
        reason: typed.text("reason").to_owned(),
        version: typed.text("version").parse().unwrap_or(case.row.version),
        row: RowShown::of(app, visitor, &case),
        next: next.map(|row| format!("/people/rows/{}", row.listing)),
        errors,
        done,
    };
    form_page(&page, &page.errors)
}

/// `POST /people/rows/{listing}/open`: the reason for opening a file of another district, logged.
pub async fn open(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<ListingId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let (case, t) = (load(&app, &visitor, id).await?, visitor.t());
    let asked = sent.fields.read::<HouseholdId>("household").ok().flatten();
    let mut records = case.candidates.iter().filter_map(|one| one.record.as_ref());
    let household = records.find(|record| Some(record.household) == asked).ok_or(PageError::NotFound)?.household;
    let reason = sent.fields.text("opening");
    let wrong = match reason.chars().count() {
        0 => Some(t.m("people-open-reason-missing")),
        count if count > MAX_REASON => Some(too_long(t, count)),
        _ => None,
    };
    if let Some(sentence) = wrong {
        let errors = Errors::one(&format!("opening-{household}"), sentence);
        return render(&app, &visitor, case, String::new(), &sent.fields, errors).await;
    }
    app.store.log_opening(&visitor.scope, household.0, reason, app.now()).await?;
    Ok(Redirect::to(&format!("/people/rows/{id}")).into_response())
}

/// `POST /people/rows/{listing}`: it means this person, somebody new, nobody knows yet, or it is refused.
pub async fn decide(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<ListingId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let (case, t) = (load(&app, &visitor, id).await?, visitor.t());
    fresh(&visitor, &sent, &case)?;
    let mut errors = Errors::default();
    let Some((decision, person)) = said(&sent.fields) else {
        errors.add("means", t.m("row-means-missing"));
        return render(&app, &visitor, case, String::new(), &sent.fields, errors).await;
    };
    let candidate = case.candidates.iter().find(|one| Some(one.person) == person);
    if candidate.and_then(|one| one.record.as_ref()).is_some_and(|record| record.file.is_none()) {
        errors.add("means", t.m("row-open-first"));
    }
    let evidence = candidate.map(|one| one.why.iter().map(|evidence| evidence.code().to_owned()).collect());
    let reason = sent.fields.text("reason");
    let decided = case.case.decide(decision, person, visitor.scope.officer_id(), evidence.unwrap_or_default(), reason);
    let Some(decided) = refuse(t, &mut errors, "reason", decided).filter(|_| errors.is_empty()) else {
        return render(&app, &visitor, case, String::new(), &sent.fields, errors).await;
    };
    let done = match decision {
        RowDecision::Same if decided.limits.is_empty() => "same",
        RowDecision::Same => "proposed",
        RowDecision::New => "new",
        RowDecision::NotSure => "not-sure",
        RowDecision::Refused => "refused",
    };
    let changes = case.change(decided, app.today());
    sent.carry_out(&app, &visitor, changes, format!("/people/rows/{id}?done={done}")).await
}

/// What the form says the row means: a person's key, or the word of another decision.
fn said(fields: &Fields) -> Option<(RowDecision, Option<PersonId>)> {
    if let Ok(Some(person)) = fields.read::<PersonId>("means") {
        return Some((RowDecision::Same, Some(person)));
    }
    let decision = fields.read::<RowDecision>("means").ok().flatten()?;
    (decision != RowDecision::Same).then_some((decision, None))
}

/// `POST /people/rows/{listing}/confirm`: the second officer looks and confirms; the benefits go onto the person.
pub async fn confirm(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<ListingId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let (case, t) = (load(&app, &visitor, id).await?, visitor.t());
    fresh(&visitor, &sent, &case)?;
    let mut errors = Errors::default();
    let meant = case.case.waits().and_then(|said| said.person);
    let candidate = case.candidates.iter().find(|one| Some(one.person) == meant);
    if candidate.and_then(|one| one.record.as_ref()).is_some_and(|record| record.file.is_none()) {
        errors.add("main", t.m("row-open-first"));
    }
    let confirmed = visitor.scope.officer_id().ok_or(RowUndecided::NothingProposed);
    let confirmed = confirmed.and_then(|officer| case.case.confirm(officer));
    let Some(confirmed) = refuse(t, &mut errors, "main", confirmed).filter(|_| errors.is_empty()) else {
        return render(&app, &visitor, case, String::new(), &sent.fields, errors).await;
    };
    let changes = case.change(confirmed, app.today());
    sent.carry_out(&app, &visitor, changes, format!("/people/rows/{id}?done=confirmed")).await
}

/// `POST /people/rows/{listing}/take-back`: the decision was a mistake; the row waits again.
pub async fn take_back(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<ListingId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let (case, t) = (load(&app, &visitor, id).await?, visitor.t());
    fresh(&visitor, &sent, &case)?;
    let mut errors = Errors::default();
    let back = case.case.take_back(sent.fields.text("undoing"));
    let Some(back) = refuse(t, &mut errors, "undoing", back) else {
        return render(&app, &visitor, case, String::new(), &sent.fields, errors).await;
    };
    let changes = case.change(back, app.today());
    sent.carry_out(&app, &visitor, changes, format!("/people/rows/{id}?done=back")).await
}

/// Somebody decided meanwhile: both answers are shown.
fn fresh(visitor: &Visitor, sent: &Sent, case: &RowToDecide) -> Result<(), PageError> {
    if sent.version() == Some(case.row.version) {
        return Ok(());
    }
    let t = visitor.t();
    let on_file = case.case.said.as_ref();
    let state = case.case.state;
    let theirs = match on_file {
        Some(said) => said_words(t, said.kind),
        None if state == ListedState::Review => t.m("review-nothing-said"),
        None => t.code("listed-state", state.code()),
    };
    let yours = said(&sent.fields).map_or_else(|| t.m("review-nothing-said"), |(said, _)| said_words(t, said.into()));
    let reason = on_file.map(|said| said.reason.clone()).unwrap_or_default();
    let rows =
        vec![(t.m("row-means"), theirs, yours), (t.m("review-reason"), reason, sent.fields.text("reason").to_owned())];
    Err(PageError::stale(&sent.fields, &visitor.address, rows, Some(case.row.version)))
}

/// A decision, or its refusal as a sentence beside its field.
fn refuse<V>(t: T, errors: &mut Errors, reason: &str, decided: Result<V, RowUndecided>) -> Option<V> {
    let refused = match decided {
        Ok(decided) => return Some(decided),
        Err(refused) => refused,
    };
    let (field, sentence) = match refused {
        RowUndecided::ReasonMissing => (reason, t.m("review-reason-missing")),
        RowUndecided::TooLong => (reason, too_long(t, MAX_REASON + 1)),
        RowUndecided::ChoosePerson => ("means", t.m("row-choose-person")),
        RowUndecided::Decided => ("main", t.m("row-decided-already")),
        RowUndecided::NothingProposed => ("main", t.m("row-nothing-proposed")),
        RowUndecided::OwnProposal => ("main", t.m("row-own-proposal")),
        RowUndecided::OwnImport => ("main", t.m("row-own-import")),
        RowUndecided::NothingDecided => ("main", t.m("row-nothing-decided")),
    };
    if errors.of(field).is_none() {
        errors.add(field, sentence);
    }
    None
}
