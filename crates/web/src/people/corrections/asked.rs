//! The public form of a request, for whoever proved a receipt; it shows nothing that stands on file, nor does its answer.

use super::{AskForm, asking, refused};
use crate::{
    App,
    applications::inbox_rows::Day,
    portal::track,
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Shell, form_page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use domain::{
    applications::ReceiptCode,
    event::Change,
    ids::{CorrectionId, HouseholdId},
    people::{CorrectionAsked, CorrectionState},
};
use store::{Scope, people::Asker};

/// A request as the tracking page tells it: what was asked about and what came of it, never the value.
pub struct AskedLine {
    /// What it is about.
    pub field: String,
    /// Where it stands.
    pub state: String,
    /// When it was asked.
    pub on: Day,
    /// Until when an answer is promised, while there is none.
    pub by: Option<Day>,
    /// The centre's words.
    pub words: String,
}

impl AskedLine {
    /// The requests made with a proven receipt, newest first.
    pub async fn of_receipt(app: &App, t: T, scope: &Scope, family: HouseholdId) -> Result<Vec<Self>, PageError> {
        let asked = app.store.corrections(scope).of_household(family).await?;
        let line = |one: domain::people::Correction| AskedLine {
            field: t.code("correction-field", one.asked.field.code()),
            state: t.code("correction-state", one.state.code()),
            on: Day::of(t, one.asked.since),
            by: (one.state == CorrectionState::Asked).then(|| Day::of(t, one.asked.due)),
            words: one.answer.and_then(|answer| answer.words).unwrap_or_default(),
        };
        Ok(asked.into_iter().map(line).collect())
    }
}

#[derive(Template)]
#[template(path = "people/corrections/asked.html")]
struct AskPage {
    shell: Shell,
    errors: Errors,
    code: ReceiptCode,
    ask: AskForm,
}

/// The receipt of an address and what it speaks for; nothing until code and secret were proven on this phone.
async fn open(app: &App, headers: &HeaderMap, code: &ReceiptCode) -> Result<Option<(Scope, Asker)>, PageError> {
    let Some(scope) = track::proven(app, headers, code).await? else { return Ok(None) };
    let asker = app.store.corrections(&scope).asker().await?;
    Ok(asker.map(|asker| (scope, asker)))
}

fn code_of(typed: &str) -> Result<ReceiptCode, PageError> {
    typed.parse().map_err(|_| PageError::NotFound)
}

/// `GET /track/{code}/correct`: the tracking form first, on a phone that has not opened the receipt.
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(typed): Path<String>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let code = code_of(&typed)?;
    match open(&app, &headers, &code).await? {
        Some(_) => render(&app, &visitor, code, &Fields::default(), Errors::default()),
        None => track::form_for(&app, &visitor, &code.to_string(), "correct", Errors::default()),
    }
}

fn render(
    app: &App,
    visitor: &Visitor,
    code: ReceiptCode,
    fields: &Fields,
    errors: Errors,
) -> Result<Response, PageError> {
    let page = AskPage { shell: visitor.shell(app), ask: AskForm::typed(visitor.t(), fields), errors, code };
    form_page(&page, &page.errors)
}

/// `POST /track/{code}/correct`: a flood from one network is slowed as complaints are, and loses no words.
pub async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Path(typed): Path<String>,
    headers: HeaderMap,
    sent: Sent,
) -> Result<Response, PageError> {
    let (code, t) = (code_of(&typed)?, visitor.t());
    let Some((scope, asker)) = open(&app, &headers, &code).await? else {
        let errors = Errors::one("code", t.m("correct-open-again"));
        return track::form_for(&app, &visitor, &code.to_string(), "correct", errors);
    };
    // Only what was asked with this receipt is compared: another answer would tell what others of the family asked.
    let mine = app.store.corrections(&scope).of_household(asker.household).await?;
    let waiting: Vec<CorrectionAsked> =
        mine.into_iter().filter(|one| one.state == CorrectionState::Asked).map(|one| one.asked).collect();
    let asked = match asking(asker, &sent.fields).decide(&waiting, app.today(), &app.calendar) {
        Ok(asked) => asked,
        Err(why) => return render(&app, &visitor, code, &sent.fields, refused(t, why)),
    };
    if let Err(later) = app.flood.pass(visitor.network).await {
        let errors = Errors::one("main", t.a("complain-many", "minutes", i64::from(later.minutes)));
        let mut page = render(&app, &visitor, code, &sent.fields, errors)?;
        *page.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        page.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(later.minutes * 60));
        return Ok(page);
    }
    let to = format!("/track/{}?done=correction", code.plain());
    let change = Change::after(CorrectionId(uuid::Uuid::now_v7()), 0, asked, app.today());
    sent.carry_out(&app, &visitor, vec![change], to).await
}
