//! The consent sheet: one A4 page to be read out and signed, purpose by purpose, in the family's language.

use super::household::of_visit;
use crate::{
    App,
    applications::receipt::{centre_name, languages},
    request::{PageError, Visitor},
    shell::{Shell, page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{Date, ids::VisitId, language::Lang, people::ConsentPurpose};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "people/sheet.html")]
struct SheetPage {
    shell: Shell,
    /// The desk's own language, for what is not printed.
    own: T,
    visit: VisitId,
    number: u32,
    who: String,
    place: String,
    today: Date,
    /// What is asked, the same in English, and whether the phone is asked with it.
    purposes: Vec<(String, String, bool)>,
    languages: Vec<(&'static str, &'static str, &'static str, String, bool)>,
}

/// In which language; the visit's when it is not said.
#[derive(Debug, Default, Deserialize)]
pub struct Options {
    r#in: Option<Lang>,
}

/// `GET /visits/{visit}/consent/sheet`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    Query(options): Query<Options>,
) -> Result<Response, PageError> {
    let (visit, household) = of_visit(&app, &visitor, id).await?;
    let lang = options.r#in.unwrap_or(visit.language);
    let t = T(lang);
    let purpose = |purpose: &ConsentPurpose| {
        let words = t.code("consent-text", purpose.code());
        // Whoever files the sheet must know what was asked, whatever the family's language.
        let english = if lang == Lang::En { String::new() } else { T(Lang::En).code("consent", purpose.code()) };
        (words, english, *purpose == ConsentPurpose::Message)
    };
    let mut shell = visitor.shell(&app);
    shell.t = t;
    page(&SheetPage {
        shell,
        own: visitor.t(),
        visit: id,
        number: visit.number,
        who: household.head().map(|head| head.details.given.clone()).unwrap_or_default(),
        place: centre_name(&app, t, app.centre(&visit.centre)),
        today: app.today(),
        purposes: ConsentPurpose::ALL.iter().map(purpose).collect(),
        languages: languages(lang, |code| format!("/visits/{id}/consent/sheet?in={code}")),
    })
}
