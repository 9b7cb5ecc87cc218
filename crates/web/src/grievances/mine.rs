//! A complaint as its citizen sees it: what happened, the answer, and the two things to do with it.

use super::{
    filing, opened,
    sentences::{self, Coming, Told, route_of},
};
use crate::{
    App,
    applications::inbox_rows::Day,
    portal::track::{self, cookie_name},
    request::{Errors, PageError, Sent, Visitor, set_cookie},
    shell::{Shell, form_page},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    applications::ReceiptCode,
    event::Change,
    grievances::{By, Grievance, GrievanceStatus, Passing, Route},
};
use serde::Deserialize;
use store::Scope;

#[derive(Template)]
#[template(path = "grievances/mine.html")]
struct MinePage {
    shell: Shell,
    errors: Errors,
    code: ReceiptCode,
    /// The two halves of its secret, for the browser that has just filed it.
    secret: Option<(String, String)>,
    /// It was made with a receipt, which opens it too.
    by_receipt: bool,
    /// Where its paper is printed.
    paper: String,
    kind: String,
    about: String,
    status: String,
    words: String,
    /// Until when an answer is promised, while there is none.
    promised: Option<Day>,
    past: Vec<Told>,
    next: Coming,
    answered: bool,
    may_pass: bool,
    /// The body above: name, and how to reach it alone.
    body: Option<(String, String)>,
    why: String,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    /// Proof that this browser filed it.
    #[serde(default)]
    pub(super) new: String,
}

/// A complaint as this phone may see it: how it was opened, and whether its secret may be read.
pub(super) struct Seen {
    pub(super) code: ReceiptCode,
    pub(super) scope: Scope,
    pub(super) grievance: Grievance,
    pub(super) fresh: bool,
    /// Trusts this phone for half an hour.
    cookie: Option<HeaderValue>,
}

/// Opens a complaint for this phone; nothing when it was not proven here.
pub(super) async fn see(
    app: &App,
    visitor: &Visitor,
    headers: &HeaderMap,
    code: ReceiptCode,
    proof: &str,
) -> Result<Option<Seen>, PageError> {
    let fresh = match proof {
        "" => None,
        proof => app.store.just_filed(&code, &visitor.form_token, proof, app.now()).await?,
    };
    let is_fresh = fresh.is_some();
    let scope = match fresh {
        Some(scope) => Some(scope),
        None => opened::of_complaint(app, headers, &code).await?,
    };
    let Some(scope) = scope else { return Ok(None) };
    let Some(grievance) = app.store.grievances(&scope).by_code(&code).await? else { return Ok(None) };
    let proof = if is_fresh { app.store.proof_of(&scope, &code).await? } else { None };
    let cookie =
        proof.map(|proof| set_cookie(&cookie_name(&code), &proof, app.config.secure_cookies, Some(track::TRUSTED)));
    Ok(Some(Seen { code, scope, grievance, fresh: is_fresh, cookie }))
}

/// The two halves of the second secret.
pub(super) fn secret(app: &App, seen: &Seen) -> Option<(String, String)> {
    if !seen.fresh {
        return None;
    }
    let secret = app.store.grievance_secret(seen.grievance.id);
    Some((secret.get(..3)?.to_owned(), secret.get(3..)?.to_owned()))
}

/// `GET /complain/{code}`: the form for code and secret until they were proven on this phone.
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(typed): Path<String>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let Ok(code) = typed.parse::<ReceiptCode>() else { return Err(PageError::NotFound) };
    match see(&app, &visitor, &headers, code.clone(), &wanted.new).await? {
        Some(seen) => render(&app, &visitor, seen, &wanted.new, Errors::default(), "").await,
        None => track::form(&app, &visitor, &code.to_string(), Errors::default()),
    }
}

async fn render(
    app: &App,
    visitor: &Visitor,
    seen: Seen,
    proof: &str,
    errors: Errors,
    why: &str,
) -> Result<Response, PageError> {
    let (t, grievance) = (visitor.t(), &seen.grievance);
    let steps = app.store.grievances(&seen.scope).history(grievance.id).await?;
    let route = route_of(app, grievance);
    let address = format!("/complain/{}/receipt", seen.code.plain());
    let page = MinePage {
        shell: visitor.shell(app),
        secret: secret(app, &seen),
        by_receipt: grievance.filed.receipt.is_some(),
        paper: if seen.fresh { format!("{address}?new={proof}") } else { address },
        kind: t.code("complaint-kind", grievance.filed.kind.code()),
        about: sentences::about(app, t, grievance),
        status: t.code("complaint-status", grievance.status.code()),
        words: grievance.filed.words.clone().unwrap_or_default(),
        promised: matches!(grievance.status, GrievanceStatus::Received | GrievanceStatus::Assigned)
            .then(|| Day::of(t, grievance.filed.answer_by)),
        past: sentences::past(app, t, grievance, &steps),
        next: sentences::next(app, t, grievance),
        answered: grievance.status == GrievanceStatus::Answered,
        may_pass: route.is_some() && grievance.may_be_passed_on(app.today()),
        body: route.map(|route| (t.pack(&route.name).to_owned(), t.pack(&route.how).to_owned())),
        why: why.to_owned(),
        code: seen.code.clone(),
        errors,
    };
    let mut response = form_page(&page, &page.errors)?;
    if let Some(cookie) = seen.cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// The complaint of a form, opened on this phone.
async fn of_form(app: &App, visitor: &Visitor, headers: &HeaderMap, typed: &str) -> Result<Option<Seen>, PageError> {
    let code: ReceiptCode = typed.parse().map_err(|_| PageError::NotFound)?;
    see(app, visitor, headers, code, "").await
}

/// `POST /complain/{code}/accept`: the citizen takes the answer.
pub async fn accept(
    State(app): State<App>,
    visitor: Visitor,
    Path(typed): Path<String>,
    headers: HeaderMap,
    sent: Sent,
) -> Result<Response, PageError> {
    let to = format!("/complain/{typed}");
    let Some(seen) = of_form(&app, &visitor, &headers, &typed).await? else {
        return Ok(Redirect::to(&to).into_response());
    };
    match seen.grievance.accept(app.today()) {
        Ok(moved) => {
            let change = Change::after(seen.grievance.id, seen.grievance.version, moved, app.today());
            sent.carry_out(&app, &visitor, vec![change], to).await
        }
        Err(why) => render(&app, &visitor, seen, "", filing::refused(visitor.t(), &why), "").await,
    }
}

/// `POST /complain/{code}/pass`: the citizen passes it to the body above.
pub async fn pass(
    State(app): State<App>,
    visitor: Visitor,
    Path(typed): Path<String>,
    headers: HeaderMap,
    sent: Sent,
) -> Result<Response, PageError> {
    let to = format!("/complain/{typed}");
    let Some(seen) = of_form(&app, &visitor, &headers, &typed).await? else {
        return Ok(Redirect::to(&to).into_response());
    };
    let Some(route) = route_of(&app, &seen.grievance) else { return Err(PageError::NotFound) };
    let route = Route { id: route.id.to_string(), days: route.days };
    let passing = Passing { by: By::Citizen, officer: None, route, words: sent.fields.opt("words") };
    match seen.grievance.escalate(passing, app.today(), &app.calendar) {
        Ok(moved) => {
            let change = Change::after(seen.grievance.id, seen.grievance.version, moved, app.today());
            sent.carry_out(&app, &visitor, vec![change], to).await
        }
        Err(why) => {
            let typed = sent.fields.text("words").to_owned();
            render(&app, &visitor, seen, "", filing::refused(visitor.t(), &why), &typed).await
        }
    }
}

/// `GET` of a form's own address: to the complaint.
pub async fn back(Path(typed): Path<String>) -> Redirect {
    let code: String = typed.chars().filter(char::is_ascii_alphanumeric).take(20).collect();
    Redirect::to(&format!("/complain/{code}"))
}
