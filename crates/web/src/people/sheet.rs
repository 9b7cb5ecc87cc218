//! Sheets for a family to take home; and the consent sheet: one A4 page to be read out and signed, purpose by purpose, in the family's language.

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
use domain::{
    Date,
    ids::VisitId,
    language::Lang,
    people::{ConsentPurpose, Household},
    visits::Visit,
};
use serde::Deserialize;

/// What every sheet that a family takes home says at its head and foot.
pub(super) struct Sheet {
    /// The desk's own language, for what is not printed.
    pub own: T,
    pub visit: VisitId,
    /// The token's number.
    pub number: u32,
    pub title: String,
    pub who: String,
    pub place: String,
    pub today: Date,
    pub languages: Vec<(&'static str, &'static str, &'static str, String, bool)>,
}

impl Sheet {
    /// A sheet in a language, with the frame of its page: the message that is its title, and its own address, to be had in
    /// the other languages.
    pub fn of(
        app: &App,
        visitor: &Visitor,
        (visit, household): (&Visit, &Household),
        lang: Lang,
        (title, address): (&str, &str),
    ) -> (Shell, Sheet) {
        let mut shell = visitor.shell(app);
        shell.t = T(lang);
        let sheet = Sheet {
            own: visitor.t(),
            visit: visit.id,
            number: visit.number,
            title: T(lang).m(title),
            who: household.head().map(|head| head.details.given.clone()).unwrap_or_default(),
            place: centre_name(app, T(lang), app.centre(&visit.centre)),
            today: app.today(),
            languages: languages(lang, |code| format!("{address}?in={code}")),
        };
        (shell, sheet)
    }
}

#[derive(Template)]
#[template(path = "people/sheet.html")]
struct SheetPage {
    shell: Shell,
    sheet: Sheet,
    /// What is asked, the same in English, and whether the phone is asked with it.
    purposes: Vec<(String, String, bool)>,
}

/// In which language; the visit's when it is not said.
#[derive(Debug, Default, Deserialize)]
pub struct Options {
    pub(super) r#in: Option<Lang>,
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
    let address = format!("/visits/{id}/consent/sheet");
    let (shell, sheet) = Sheet::of(&app, &visitor, (&visit, &household), lang, ("sheet-title", &address));
    page(&SheetPage { shell, sheet, purposes: ConsentPurpose::ALL.iter().map(purpose).collect() })
}
