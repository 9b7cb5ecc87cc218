//! The receipt of a visit: printed in the family's language, printed again when it is lost.

use super::{
    inbox_rows::Day,
    receipt_check::{CheckForm, checked, told},
    receipt_view::{Of, Sheet, sheet},
};
use crate::{
    App,
    app::{Centre, local_day},
    papers::needed,
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Shell, form_page, page},
    text::T,
    visits::{Frame, StepName, visit},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    applications::ReceiptReissued,
    event::Change,
    ids::{ReceiptId, VisitId},
    language::Lang,
    programmes::DistrictId,
};
use serde::Deserialize;
use store::{
    access::Purpose,
    applications::{PrintedAgain, Receipt},
};

#[derive(Template)]
#[template(path = "applications/receipt.html")]
struct ReceiptPage {
    /// In the receipt's language.
    shell: Shell,
    /// The officer's language, for what is not printed.
    own: T,
    visit: VisitId,
    title: String,
    sheet: Sheet,
    /// The two halves of the second secret, while it may be shown.
    secret: Option<(String, String)>,
    languages: Vec<(&'static str, &'static str, &'static str, String, bool)>,
    others: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "applications/receipts.html")]
struct ReceiptsPage {
    shell: Shell,
    frame: Frame,
    rows: Vec<ReceiptRow>,
}

/// One receipt of a family.
struct ReceiptRow {
    code: String,
    on: domain::Date,
    programmes: Vec<String>,
    /// When it was printed again, by whom, and how it was checked who asked.
    history: Vec<(Day, String, String)>,
    again: String,
    show: Option<String>,
}

#[derive(Template)]
#[template(path = "applications/receipt_again.html")]
struct AgainPage {
    shell: Shell,
    frame: Frame,
    errors: Errors,
    receipt: ReceiptId,
    code: String,
    check: CheckForm,
}

/// Which receipt, and in which language.
#[derive(Debug, Default, Deserialize)]
pub struct Options {
    /// The language to print in; the family's when it is not said.
    r#in: Option<Lang>,
    /// Which one of several.
    receipt: Option<ReceiptId>,
    /// The proof that it was printed again in this visit.
    again: Option<String>,
    /// The list of all receipts.
    all: Option<u8>,
}

/// `GET /visits/{visit}/receipt`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    Query(options): Query<Options>,
) -> Result<Response, PageError> {
    let visit = visit::load(&app, &visitor, id).await?;
    let frame = Frame::of(&app, &visitor, &visit, StepName::Receipt).await?;
    if frame.household.is_none() {
        return Ok(Redirect::to(&frame.address(StepName::Household)).into_response());
    }
    let here = of_visit(&app, &visitor, &frame).await?;
    let chosen = match options.receipt {
        Some(wanted) => Some(find(&app, &visitor, &frame, wanted).await?),
        // The ordinary one first: a protected one is opened on purpose.
        None => here.iter().min_by_key(|r| (r.protected, std::cmp::Reverse(r.id))).cloned(),
    };
    match chosen.filter(|_| options.all.is_none()) {
        // An earlier receipt tells where its applications stand.
        Some(receipt) if !frame.tells_status() && !here.contains(&receipt) => Err(PageError::NotByHelper),
        Some(receipt) => print(&app, &visitor, &frame, &receipt, &here, &options).await,
        None => list(&app, &visitor, frame, &here).await,
    }
}

/// The receipts this visit issued; a protected one only for the officer who serves it, while it is open.
async fn of_visit(app: &App, visitor: &Visitor, frame: &Frame) -> Result<Vec<Receipt>, PageError> {
    Ok(app.store.applications(&visitor.scope).receipts_of_visit(frame.visit.id).await?)
}

/// A receipt of this visit, or an ordinary one of its family.
async fn find(app: &App, visitor: &Visitor, frame: &Frame, wanted: ReceiptId) -> Result<Receipt, PageError> {
    let mut all = of_visit(app, visitor, frame).await?;
    if let Some(household) = &frame.household {
        all.extend(app.store.applications(&visitor.scope).receipts_of_household(household.id).await?);
    }
    all.into_iter().find(|r| r.id == wanted).ok_or(PageError::NotFound)
}

async fn print(
    app: &App,
    visitor: &Visitor,
    frame: &Frame,
    receipt: &Receipt,
    here: &[Receipt],
    options: &Options,
) -> Result<Response, PageError> {
    let Some(household) = &frame.household else { return Err(PageError::NotFound) };
    let id = frame.visit.id;
    app.store.log_read(&visitor.scope, "receipt", Some(receipt.id.0), &Purpose::Visit(id), app.now()).await?;
    let lang = options.r#in.unwrap_or(receipt.language);
    let applications = app.store.applications(&visitor.scope).of_household(household.id).await?;
    let papers = needed::on_file(app, visitor, frame).await?;
    let centre = app.centre(&frame.visit.centre);
    let of = Of { receipt, household, applications: &applications, papers: &papers, centre };
    let proof = options.again.as_ref().map(|proof| format!("&again={proof}")).unwrap_or_default();
    let mut shell = visitor.shell(app);
    shell.t = T(lang);
    let sheet = sheet(app, T(lang), &of);
    let title = match sheet.name.as_str() {
        "" => T(lang).m("receipt-title"),
        name => T(lang).a("receipt-for", "name", name),
    };
    page(&ReceiptPage {
        sheet,
        title,
        shell,
        own: visitor.t(),
        visit: id,
        secret: secret(app, frame, receipt, here, options),
        languages: languages(lang, |code| format!("/visits/{id}/receipt?receipt={}&in={code}{proof}", receipt.id)),
        others: others(visitor.t(), id, receipt, here),
    })
}

/// The second secret is shown while the visit that printed it is open and served by this officer.
fn secret(
    app: &App,
    frame: &Frame,
    receipt: &Receipt,
    here: &[Receipt],
    options: &Options,
) -> Option<(String, String)> {
    let issued_here = here.iter().any(|r| r.id == receipt.id);
    let printed_again = options.again.as_deref() == Some(again_proof(app, frame.visit.id, receipt).as_str());
    if !frame.mine || frame.over() || !(issued_here || printed_again) {
        return None;
    }
    let secret = app.store.receipt_secret(receipt.id, receipt.version);
    Some((secret.get(..3)?.to_owned(), secret.get(3..)?.to_owned()))
}

/// Proves that this printing of a receipt was made in this visit, after its identity check.
fn again_proof(app: &App, visit: VisitId, receipt: &Receipt) -> String {
    app.store.receipt_secret_hash(&receipt.code, &format!("again/{visit}/{}", receipt.version))
}

/// The other receipts of this visit, in words that say nothing of what is on them.
fn others(t: T, visit: VisitId, receipt: &Receipt, here: &[Receipt]) -> Vec<(String, String)> {
    let numbered = here.iter().enumerate().filter(|(_, r)| r.id != receipt.id);
    let link = |(i, r): (usize, &Receipt)| {
        let parts = [("number", (i + 1).into()), ("of", here.len().into())];
        (format!("/visits/{visit}/receipt?receipt={}", r.id), t.with("receipt-other", &parts))
    };
    numbered.map(link).collect()
}

async fn list(app: &App, visitor: &Visitor, frame: Frame, here: &[Receipt]) -> Result<Response, PageError> {
    let Some(household) = &frame.household else { return Err(PageError::NotFound) };
    let t = visitor.t();
    let rooms = app.store.applications(&visitor.scope);
    let applications = rooms.of_household(household.id).await?;
    let again = rooms.printed_again(household.id).await?;
    let printed = |one: &PrintedAgain| (Day::of(t, local_day(one.at)), one.by.clone(), told(t, one));
    let row = |receipt: &Receipt| {
        let mine = applications.iter().filter(|a| receipt.applications.contains(&a.id) && !receipt.protected);
        let ours = here.iter().any(|r| r.id == receipt.id);
        ReceiptRow {
            code: receipt.code.to_string(),
            on: receipt.issued_on,
            programmes: mine.map(|a| super::apply::programme_name(app, t, a.submitted.programme.as_ref())).collect(),
            history: again.iter().filter(|one| one.receipt == receipt.id).map(printed).collect(),
            again: format!("/visits/{}/receipt/{}/again", frame.visit.id, receipt.id),
            show: ours.then(|| format!("/visits/{}/receipt?receipt={}", frame.visit.id, receipt.id)),
        }
    };
    let rows = rooms.receipts_of_household(household.id).await?.iter().map(row).collect();
    page(&ReceiptsPage { shell: visitor.shell(app), rows, frame })
}

/// `GET /visits/{visit}/receipt/{receipt}/again`
pub async fn ask_again(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, receipt)): Path<(VisitId, ReceiptId)>,
) -> Result<Response, PageError> {
    let frame = open_frame(&app, &visitor, id).await?;
    let receipt = find(&app, &visitor, &frame, receipt).await?;
    again_page(&app, &visitor, frame, &receipt, &Fields::default(), Errors::default())
}

/// `POST /visits/{visit}/receipt/{receipt}/again`: a new secret after an identity check; the old one opens nothing more.
pub async fn again(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, receipt)): Path<(VisitId, ReceiptId)>,
    sent: Sent,
) -> Result<Response, PageError> {
    let frame = open_frame(&app, &visitor, id).await?;
    let mut receipt = find(&app, &visitor, &frame, receipt).await?;
    let Some(household) = &frame.household else { return Err(PageError::NotFound) };
    let (check, words) = match checked(visitor.t(), &sent.fields, household) {
        Ok(stated) => stated,
        Err(errors) => return again_page(&app, &visitor, frame, &receipt, &sent.fields, errors),
    };
    let seen = receipt.version;
    receipt.version += 1;
    let secret = app.store.receipt_secret(receipt.id, receipt.version);
    let secret_hash = app.store.receipt_secret_hash(&receipt.code, &secret);
    let reissued = ReceiptReissued { secret_hash, identity_check: words, check: Some(check) };
    let change = Change::after(receipt.id, seen, reissued, app.today());
    let proof = again_proof(&app, id, &receipt);
    let to = format!("/visits/{id}/receipt?receipt={}&again={proof}", receipt.id);
    sent.carry_out(&app, &visitor, vec![change], to).await
}

/// The frame of a visit that this officer serves now.
async fn open_frame(app: &App, visitor: &Visitor, id: VisitId) -> Result<Frame, PageError> {
    let visit = visit::load(app, visitor, id).await?;
    let frame = Frame::of(app, visitor, &visit, StepName::Receipt).await?;
    if frame.mine && !frame.over() && frame.household.is_some() { Ok(frame) } else { Err(PageError::NotFound) }
}

fn again_page(
    app: &App,
    visitor: &Visitor,
    frame: Frame,
    receipt: &Receipt,
    fields: &Fields,
    errors: Errors,
) -> Result<Response, PageError> {
    let page = AgainPage {
        shell: visitor.shell(app),
        frame,
        receipt: receipt.id,
        code: receipt.code.to_string(),
        check: CheckForm::of(visitor.t(), fields),
        errors,
    };
    form_page(&page, &page.errors)
}

/// Who holds an application: the operator, in its district.
pub fn holder(app: &App, t: T, operator: &str, district: &DistrictId) -> String {
    let office = app.pack.operator(operator).map_or(operator, |o| t.pack(&o.name)).to_owned();
    match app.pack.place(&district.0) {
        Some(place) => t.with("receipt-holder", &[("office", office.into()), ("place", t.pack(&place.name).into())]),
        None => office,
    }
}

/// The name of a centre: its district's.
pub fn centre_name(app: &App, t: T, centre: Option<&Centre>) -> String {
    let place = centre.and_then(|c| app.pack.place(&c.district.0));
    place.map_or_else(String::new, |p| t.pack(&p.name).to_owned())
}

/// The languages a sheet can be printed in: code, direction, own name, address, whether it is this one.
pub fn languages(
    current: Lang,
    address: impl Fn(&str) -> String,
) -> Vec<(&'static str, &'static str, &'static str, String, bool)> {
    let one = |lang: &Lang| (lang.code(), lang.dir(), lang.own_name(), address(lang.code()), *lang == current);
    Lang::ALL.iter().map(one).collect()
}
