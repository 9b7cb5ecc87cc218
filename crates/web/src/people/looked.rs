//! Who looked at a family's file, told to the family: in the visit, as a sheet to take home, and by its receipt.

use super::{
    household::of_visit,
    sheet::{Options, Sheet},
};
use crate::{
    App,
    app::local_time,
    applications::inbox_rows::Day,
    portal::{sentences::place, track},
    request::{Errors, PageError, Visitor},
    shell::{Shell, page},
    text::T,
    visits::{Frame, StepName},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::HeaderMap,
    response::Response,
};
use domain::{applications::ReceiptCode, ids::VisitId};
use store::access::Look;

/// One look in words: the office, never the officer.
struct Line {
    day: Day,
    time: String,
    who: String,
    role: String,
    what: String,
    why: String,
    /// The reason as typed.
    reason: String,
}

#[derive(Template)]
#[template(path = "people/looked.html")]
struct LookedPage {
    shell: Shell,
    frame: Frame,
    lines: Vec<Line>,
}

/// `GET /visits/{visit}/looked`
pub async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<VisitId>) -> Result<Response, PageError> {
    let (visit, household) = of_visit(&app, &visitor, id).await?;
    let looks = app.store.looks_at_family(&visitor.scope, household.id).await?;
    page(&LookedPage {
        shell: visitor.shell(&app),
        frame: Frame::of(&app, &visitor, &visit, StepName::Household).await?,
        lines: looks.iter().map(|look| line(&app, visitor.t(), look)).collect(),
    })
}

#[derive(Template)]
#[template(path = "people/looked_sheet.html")]
struct SheetPage {
    shell: Shell,
    sheet: Sheet,
    lines: Vec<Line>,
}

/// `GET /visits/{visit}/looked/sheet`
pub async fn sheet(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    Query(options): Query<Options>,
) -> Result<Response, PageError> {
    let (visit, household) = of_visit(&app, &visitor, id).await?;
    let lang = options.r#in.unwrap_or(visit.language);
    let looks = app.store.looks_at_family(&visitor.scope, household.id).await?;
    let address = format!("/visits/{id}/looked/sheet");
    let (shell, sheet) = Sheet::of(&app, &visitor, (&visit, &household), lang, ("looked-title", &address));
    let lines = looks.iter().map(|look| line(&app, shell.t, look)).collect();
    page(&SheetPage { shell, sheet, lines })
}

#[derive(Template)]
#[template(path = "portal/looked.html")]
struct DaysPage {
    shell: Shell,
    code: ReceiptCode,
    days: Vec<(Day, Vec<String>)>,
}

/// `GET /track/{code}/looked`: by day and office, for whoever proved code and secret; the form for everybody else.
pub async fn by_receipt(
    State(app): State<App>,
    visitor: Visitor,
    Path(typed): Path<String>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let code: ReceiptCode = typed.parse().map_err(|_| PageError::NotFound)?;
    let form = || track::form(&app, &visitor, &code.to_string(), Errors::default());
    let Some(scope) = track::proven(&app, &headers, &code).await? else { return form() };
    let Some(receipt) = app.store.applications(&scope).receipt().await? else { return form() };
    let t = visitor.t();
    let mut days: Vec<(Day, Vec<String>)> = Vec::new();
    for look in app.store.looks_by_receipt(&scope).await? {
        let line = line(&app, t, &look);
        // Whoever finds a neutral paper must not learn which office it is about.
        let who = if receipt.protected { t.m("looked-office") } else { line.who };
        let sentence = t.with("looked-line", &[("who", who.into()), ("what", line.what.into())]);
        match days.last_mut().filter(|(day, _)| day.iso == line.day.iso) {
            Some((_, sentences)) if sentences.contains(&sentence) => {}
            Some((_, sentences)) => sentences.push(sentence),
            None => days.push((line.day, vec![sentence])),
        }
    }
    page(&DaysPage { shell: visitor.shell(&app), code, days })
}

fn line(app: &App, t: T, look: &Look) -> Line {
    let (day, time) = local_time(look.at);
    let (kind, words) = look.purpose.split_once(':').unwrap_or(("reason", &look.purpose));
    let kind = if matches!(kind, "visit" | "task" | "complaint" | "call" | "correction") { kind } else { "reason" };
    let what = if t.has(&format!("read-{}", look.what)) { t.code("read", &look.what) } else { look.what.clone() };
    let why = if look.helper { t.m("purpose-helper") } else { asked(t, kind, words) };
    let roles: Vec<String> = look.roles.iter().map(|role| t.code("role", role.code())).collect();
    Line {
        day: Day::of(t, day),
        time,
        who: office(app, t, look),
        role: roles.join(", "),
        what,
        why,
        reason: if kind == "reason" { words.to_owned() } else { String::new() },
    }
}

/// Why, in words; who asked on the phone or at the desk, where the log says so.
pub(crate) fn asked(t: T, kind: &str, words: &str) -> String {
    let who = words.split(':').next().unwrap_or_default();
    let by = format!("asking-by-{who}");
    if kind == "call" && t.has(&by) { t.m(&by) } else { t.code("purpose", kind) }
}

/// The office of whoever looked: the department, the centre, or what the role is called.
fn office(app: &App, t: T, look: &Look) -> String {
    let posting = &look.posting;
    let place = posting.district.as_ref().map(|district| place(app, t, &district.0)).unwrap_or_default();
    let named = match (&posting.operator, &posting.centre) {
        (Some(operator), _) => {
            let name = app.pack.operator(&operator.0).map(|operator| t.pack(&operator.name).to_owned());
            let name = name.unwrap_or_else(|| operator.to_string());
            t.with("looked-department", &[("operator", name.into()), ("place", place.into())])
        }
        (None, Some(_)) => t.a("looked-centre", "place", place),
        (None, None) => look.roles.first().map(|role| t.code("role", role.code())).unwrap_or_default(),
    };
    named.replace(['\u{2068}', '\u{2069}'], "")
}
