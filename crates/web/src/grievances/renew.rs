//! A complaint whose secret is lost: at a desk, after the same check of identity as for a receipt that is printed again.
//! The desk learns nothing of the complaint; code and secret are printed, and the old secret opens nothing more.

use crate::{
    App,
    applications::receipt::{centre_name, languages},
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Shell, form_page, page},
    text::T,
    visits::{Frame, StepName, visit},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{
    Date, Version,
    applications::{ReceiptCode, ReceiptCodeRefused},
    event::Change,
    grievances::GrievanceSecretRenewed,
    ids::VisitId,
    language::Lang,
};
use screener::qr::{self, Qr};
use serde::Deserialize;
use store::{access::Attempts, grievances::Claim};

/// The longest description of an identity check, and the longest name, in characters.
const MOST: usize = 300;

#[derive(Template)]
#[template(path = "grievances/renew.html")]
struct RenewPage {
    shell: Shell,
    frame: Frame,
    errors: Errors,
    typed: Fields,
}

#[derive(Template)]
#[template(path = "grievances/renewed.html")]
struct RenewedPage {
    /// In the family's language.
    shell: Shell,
    /// The officer's language, for what is not printed.
    own: T,
    back: String,
    code: ReceiptCode,
    groups: Vec<String>,
    qr: Option<Qr>,
    place: String,
    phone: String,
    on: Date,
    secret: Option<(String, String)>,
    languages: Vec<(&'static str, &'static str, &'static str, String, bool)>,
}

/// What the address of a renewed secret holds.
#[derive(Debug, Default, Deserialize)]
pub struct Renewed {
    #[serde(default)]
    code: String,
    /// The version of the complaint that brought the secret.
    #[serde(default)]
    issue: Version,
    /// The proof that it was renewed in this visit.
    #[serde(default)]
    proof: String,
    /// The language to print in.
    r#in: Option<Lang>,
}

/// The frame of a visit that this officer serves now.
async fn open_frame(app: &App, visitor: &Visitor, id: VisitId) -> Result<Frame, PageError> {
    let visit = visit::load(app, visitor, id).await?;
    let frame = Frame::of(app, visitor, &visit, StepName::Receipt).await?;
    if frame.mine && !frame.over() { Ok(frame) } else { Err(PageError::NotFound) }
}

/// Proves that this secret was renewed in this visit, after its identity check.
fn proof_of(app: &App, visit: VisitId, code: &ReceiptCode, issue: Version) -> String {
    app.store.receipt_secret_hash(code, &format!("renewed/{visit}/{issue}"))
}

/// `GET /visits/{visit}/complaint`: the form; with the proof of a renewal, its paper.
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    Query(renewed): Query<Renewed>,
) -> Result<Response, PageError> {
    let frame = open_frame(&app, &visitor, id).await?;
    let code = renewed.code.parse::<ReceiptCode>().ok();
    if let Some(code) = code.filter(|code| renewed.proof == proof_of(&app, id, code, renewed.issue)) {
        return paper(&app, &visitor, &frame, code, &renewed).await;
    }
    render(&app, &visitor, frame, Fields::default(), Errors::default())
}

fn render(app: &App, visitor: &Visitor, frame: Frame, typed: Fields, errors: Errors) -> Result<Response, PageError> {
    let page = RenewPage { shell: visitor.shell(app), frame, typed, errors };
    form_page(&page, &page.errors)
}

/// `POST /visits/{visit}/complaint`: a new secret. A code that is not there, somebody else's complaint, one without name
/// and phone and one about this officer are answered alike.
pub async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let (t, frame) = (visitor.t(), open_frame(&app, &visitor, id).await?);
    let (code, claim, check) = match read(t, &sent.fields) {
        Ok(read) => read,
        Err(errors) => return render(&app, &visitor, frame, sent.fields, errors),
    };
    let me = visitor.scope.officer_id().ok_or(PageError::NotFound)?.to_string();
    if let Some(seconds) = app.store.must_wait(Attempts::Call, &me, app.now()).await? {
        let errors = Errors::one("code", t.a("status-wait", "seconds", seconds));
        return render(&app, &visitor, frame, sent.fields, errors);
    }
    let Some(found) = app.store.complaint_of(&visitor.scope, &code, &claim).await? else {
        app.store.note_failure(Attempts::Call, &me, app.now()).await?;
        return render(&app, &visitor, frame, sent.fields, Errors::one("code", t.m("renew-wrong")));
    };
    app.store.forget_failures(Attempts::Call, &me).await?;
    let issue = found.version + 1;
    let secret_hash = app.store.receipt_secret_hash(&code, &app.store.renewed_secret(found.id, issue));
    let renewed = GrievanceSecretRenewed { secret_hash, identity_check: check };
    let to = format!(
        "/visits/{id}/complaint?code={}&issue={issue}&proof={}",
        code.plain(),
        proof_of(&app, id, &code, issue)
    );
    sent.carry_out(&app, &visitor, vec![Change::after(found.id, found.version, renewed, app.today())], to).await
}

/// Code, claim and check as typed; everything that is wrong is said at once.
fn read(t: T, fields: &Fields) -> Result<(ReceiptCode, Claim, String), Errors> {
    let mut errors = Errors::default();
    let code = linkage::text::ascii_digits(fields.text("code")).parse::<ReceiptCode>();
    match &code {
        Err(ReceiptCodeRefused::Shape) => errors.add("code", t.m("track-code-shape")),
        Err(ReceiptCodeRefused::Check) => errors.add("code", t.m("track-code-check")),
        Ok(_) => {}
    }
    let text = |name: &str| fields.text(name).trim().to_owned();
    let (claim, check) = (Claim { name: text("name"), phone: text("phone") }, text("identity_check"));
    if claim.name.is_empty() && claim.phone.is_empty() {
        errors.add("name", t.m("renew-who-missing"));
    }
    if claim.name.chars().count() > MOST {
        errors.add("name", t.a("complain-name-long", "count", MOST));
    }
    match check.chars().count() {
        0 => errors.add("identity_check", t.m("renew-check-missing")),
        n if n > MOST => errors.add("identity_check", t.a("renew-check-long", "count", MOST)),
        _ => {}
    }
    match code {
        Ok(code) if errors.is_empty() => Ok((code, claim, check)),
        _ => Err(errors),
    }
}

async fn paper(
    app: &App,
    visitor: &Visitor,
    frame: &Frame,
    code: ReceiptCode,
    renewed: &Renewed,
) -> Result<Response, PageError> {
    let lang = renewed.r#in.unwrap_or(frame.visit.language);
    let here = app.centre(&frame.visit.centre);
    let secret = app.store.secret_in_force(&code, renewed.issue).await?;
    let (id, issue, proof) = (frame.visit.id, renewed.issue, &renewed.proof);
    let plain = code.plain().to_owned();
    let mut shell = visitor.shell(app);
    shell.t = T(lang);
    page(&RenewedPage {
        shell,
        own: visitor.t(),
        back: frame.address(StepName::Household),
        groups: code.to_string().split('-').map(str::to_owned).collect(),
        qr: qr::draw(&format!("{}/complain/{plain}", app.config.public_url)),
        place: centre_name(app, T(lang), here),
        phone: here.map(|centre| centre.phone.clone()).unwrap_or_default(),
        on: app.today(),
        secret: secret.and_then(|secret| Some((secret.get(..3)?.to_owned(), secret.get(3..)?.to_owned()))),
        languages: languages(lang, |in_| {
            format!("/visits/{id}/complaint?code={plain}&issue={issue}&proof={proof}&in={in_}")
        }),
        code,
    })
}
