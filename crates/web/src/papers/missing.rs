//! The printed list of missing papers, with where and how to get each, in the family's language.

use super::{list, needed};
use crate::{
    App,
    request::{PageError, Visitor},
    shell::{Shell, page},
    text::T,
    visits::{Frame, StepName, visit},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{Date, ids::VisitId, language::Lang};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "papers/missing.html")]
struct MissingPage {
    shell: Shell,
    visit: VisitId,
    who: String,
    place: String,
    phone: String,
    today: Date,
    items: Vec<Item>,
    languages: Vec<(&'static str, &'static str, &'static str, String, bool)>,
}

/// One missing paper.
struct Item {
    name: String,
    english: String,
    place: String,
    how: String,
    days: Option<u32>,
}

/// In which language, and which of the two lists.
#[derive(Debug, Default, Deserialize)]
pub struct Options {
    /// The language to print in; the visit's when it is not said.
    r#in: Option<Lang>,
    /// `2`: papers that only protected picks ask for, on a sheet of their own.
    list: Option<u8>,
}

/// `GET /visits/{visit}/papers/missing`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    Query(options): Query<Options>,
) -> Result<Response, PageError> {
    let visit = visit::load(&app, &visitor, id).await?;
    let frame = Frame::of(&app, &visitor, &visit, StepName::Papers).await?;
    let Some(household) = &frame.household else {
        return Ok(Redirect::to(&frame.address(StepName::Household)).into_response());
    };
    let lang = options.r#in.unwrap_or(visit.language);
    let (t, apart, today) = (T(lang), options.list == Some(2), app.today());
    let (needs, papers) = list::load(&app, &visitor, &frame).await?;
    let lacking = needs.iter().filter(|n| n.protected == apart && needed::lacking(&papers, n, today));
    let item = |need: &needed::Need| {
        let paper = app.pack.paper(&need.kind);
        let words = |pick: fn(&rules::pack::catalogue::Paper) -> &rules::pack::words::Words| {
            paper.map(|p| t.pack(pick(p)).to_owned()).unwrap_or_default()
        };
        let name = |t: T, person| list::name(&app, t, household, &need.kind, person);
        Item {
            name: name(t, need.person),
            english: if lang == Lang::En { String::new() } else { name(T(Lang::En), None) },
            place: words(|p| &p.place),
            how: words(|p| &p.how),
            days: paper.and_then(|p| p.days),
        }
    };
    let mut shell = visitor.shell(&app);
    shell.t = t;
    let centre = app.centre(&visit.centre);
    page(&MissingPage {
        shell,
        visit: id,
        who: if apart { String::new() } else { frame.who.clone() },
        place: crate::applications::receipt::centre_name(&app, t, centre),
        phone: centre.map(|c| c.phone.clone()).unwrap_or_default(),
        today,
        items: lacking.map(item).collect(),
        languages: crate::applications::receipt::languages(lang, |code| {
            format!("/visits/{id}/papers/missing?in={code}{}", if apart { "&list=2" } else { "" })
        }),
    })
}
