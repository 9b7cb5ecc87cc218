//! The sheet a family signs when it names a helper: read out and filled in by hand, in its own language.

use crate::{
    App,
    people::{
        household::of_visit,
        sheet::{Options, Sheet},
    },
    request::{PageError, Visitor},
    shell::{Shell, page},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{ids::VisitId, people::HelperMay};

#[derive(Template)]
#[template(path = "people/helpers/sheet.html")]
struct SheetPage {
    shell: Shell,
    sheet: Sheet,
    may: Vec<String>,
}

/// `GET /visits/{visit}/helper/sheet`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    Query(options): Query<Options>,
) -> Result<Response, PageError> {
    let (visit, household) = of_visit(&app, &visitor, id).await?;
    let lang = options.r#in.unwrap_or(visit.language);
    let address = format!("/visits/{id}/helper/sheet");
    let (shell, sheet) = Sheet::of(&app, &visitor, (&visit, &household), lang, ("helper-sheet-title", &address));
    let may = HelperMay::ALL.iter().map(|may| shell.t.code("helper-may", may.code())).collect();
    page(&SheetPage { shell, sheet, may })
}
