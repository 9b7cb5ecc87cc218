//! A letter as a page to print and as a PDF: for the department that decided, for the desk, and for the family with the
//! secret of its receipt.

use super::{
    compose::{Letter, Of, letter, told_in},
    pdf::{self, NotPrinted},
};
use crate::{
    App,
    applications::{apply_submit::known, decide, receipt::languages},
    portal::track,
    request::{Errors, PageError, Visitor, cookie},
    shell::{Shell, page},
    text::T,
    visits::{Frame, StepName, visit},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    applications::{Application, ReceiptCode},
    ids::{ApplicationId, VisitId},
    language::Lang,
};
use serde::Deserialize;
use store::{Scope, access::Purpose};

#[derive(Template)]
#[template(path = "letters/letter.html")]
struct LetterPage {
    shell: Shell,
    /// The reader's own language, for what is not printed.
    own: T,
    letter: Letter,
    /// Back to where the letter was opened.
    back: (String, String),
    /// Where the PDF is; nothing where this office has no program for it.
    pdf: Option<String>,
    /// Why there is none.
    problem: String,
    languages: Vec<(&'static str, &'static str, &'static str, String, bool)>,
}

/// In which language; the family's when it is not said.
#[derive(Debug, Default, Deserialize)]
pub struct Options {
    r#in: Option<Lang>,
}

/// Somebody who may read a letter, and what of it.
struct Reader<'a> {
    app: &'a App,
    visitor: &'a Visitor,
    /// What the letter is read within.
    scope: &'a Scope,
    /// Where the letter stands; the PDF stands below it.
    address: String,
    /// Where it was opened from.
    from: String,
    lang: Lang,
    /// A neutral letter, whatever the application is.
    neutral: bool,
    /// The receipt that opened it.
    code: Option<ReceiptCode>,
}

impl Reader<'_> {
    async fn letter(&self, application: &Application) -> Result<Letter, PageError> {
        let room = self.app.store.applications(self.scope);
        let neutral = self.neutral || application.submitted.protected;
        let history = room.history(application.id).await?;
        told_in(&history).ok_or(PageError::NotFound)?;
        let codes = room.codes(application.id).await?;
        // A receipt reads no names.
        let household = if neutral { None } else { room.household(application.id).await? };
        let member = household.as_ref().and_then(|household| match application.submitted.person {
            Some(person) => household.members.iter().find(|member| member.id == person),
            None => household.head(),
        });
        let of = Of {
            application,
            history: &history,
            place: room.place(application.id).await?,
            code: self.code.as_ref().or(codes.first()),
            name: member.map(|member| member.details.given.clone()).unwrap_or_default(),
            neutral,
        };
        letter(self.app, T(self.lang), &of).ok_or(PageError::NotFound)
    }

    fn page(&self, letter: Letter, why: Option<NotPrinted>) -> Result<Response, PageError> {
        let own = self.visitor.t();
        let mut shell = self.visitor.shell(self.app);
        shell.t = T(self.lang);
        let installed = pdf::installed(self.app);
        let why = why.or((!installed).then_some(NotPrinted::NotInstalled));
        let problem = match why {
            None => String::new(),
            Some(NotPrinted::NotInstalled) => own.m("letter-pdf-not-installed"),
            Some(NotPrinted::Busy) => own.m("letter-pdf-busy"),
            Some(NotPrinted::Failed) => own.m("letter-pdf-failed"),
        };
        let address = |code: &str| format!("{}?in={code}", self.address);
        page(&LetterPage {
            own,
            pdf: installed.then(|| format!("{}/pdf?in={}", self.address, self.lang.code())),
            languages: languages(self.lang, address),
            back: (self.from.clone(), own.m("letter-back")),
            problem,
            letter,
            shell,
        })
    }

    /// The PDF; when there is none, the page with the reason.
    async fn pdf(&self, letter: Letter) -> Result<Response, PageError> {
        match pdf::print(self.app, &letter).await {
            Ok(bytes) => {
                let code: String = letter.code.chars().filter(char::is_ascii_alphanumeric).collect();
                let name = format!("attachment; filename=\"letter-{code}.pdf\"");
                let headers = [
                    (header::CONTENT_TYPE, "application/pdf".to_owned()),
                    (header::CONTENT_DISPOSITION, name),
                    (header::CACHE_CONTROL, "no-store".to_owned()),
                ];
                Ok((headers, bytes).into_response())
            }
            Err(why) => Ok((StatusCode::SERVICE_UNAVAILABLE, self.page(letter, Some(why))?).into_response()),
        }
    }

    async fn answer(&self, application: &Application, as_pdf: bool) -> Result<Response, PageError> {
        let letter = self.letter(application).await?;
        if as_pdf { self.pdf(letter).await } else { self.page(letter, None) }
    }
}

/// The department's: `as_pdf` or as a page.
async fn for_department(
    app: &App,
    visitor: &Visitor,
    id: &str,
    options: &Options,
    as_pdf: bool,
) -> Result<Response, PageError> {
    let application = decide::load(app, visitor, id).await?;
    let purpose = Purpose::Task(application.id);
    app.store.log_read(&visitor.scope, "letter", Some(application.id.0), &purpose, app.now()).await?;
    let of_family = app.store.applications(&visitor.scope).language(application.id).await?;
    let reader = Reader {
        app,
        visitor,
        scope: &visitor.scope,
        address: format!("/applications/{}/letter", application.id),
        from: format!("/applications/{}", application.id),
        lang: options.r#in.or(of_family).unwrap_or(visitor.lang),
        neutral: false,
        code: None,
    };
    reader.answer(&application, as_pdf).await
}

/// `GET /applications/{application}/letter`: the newest decision, for the department that took it.
pub async fn office(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(options): Query<Options>,
) -> Result<Response, PageError> {
    for_department(&app, &visitor, &id, &options, false).await
}

/// `GET /applications/{application}/letter/pdf`
pub async fn office_pdf(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(options): Query<Options>,
) -> Result<Response, PageError> {
    for_department(&app, &visitor, &id, &options, true).await
}

/// The desk's, for a family that is here: a protected application's letter is read in the visit that made it only.
async fn for_desk(
    app: &App,
    visitor: &Visitor,
    (id, wanted): (VisitId, ApplicationId),
    options: &Options,
    as_pdf: bool,
) -> Result<Response, PageError> {
    let visit = visit::load(app, visitor, id).await?;
    let frame = Frame::of(app, visitor, &visit, StepName::Apply).await?;
    let application = known(app, visitor, &frame).await?.into_iter().find(|a| a.id == wanted);
    let application = application.ok_or(PageError::NotFound)?;
    if !frame.tells(&application) {
        return Err(PageError::NotByHelper);
    }
    app.store.log_read(&visitor.scope, "letter", Some(wanted.0), &Purpose::Visit(id), app.now()).await?;
    let reader = Reader {
        app,
        visitor,
        scope: &visitor.scope,
        address: format!("/visits/{id}/applications/{wanted}/letter"),
        from: format!("/visits/{id}/applications/{wanted}"),
        lang: options.r#in.unwrap_or(visit.language),
        neutral: false,
        code: None,
    };
    reader.answer(&application, as_pdf).await
}

/// `GET /visits/{visit}/applications/{application}/letter`
pub async fn desk(
    State(app): State<App>,
    visitor: Visitor,
    Path(ids): Path<(VisitId, ApplicationId)>,
    Query(options): Query<Options>,
) -> Result<Response, PageError> {
    for_desk(&app, &visitor, ids, &options, false).await
}

/// `GET /visits/{visit}/applications/{application}/letter/pdf`
pub async fn desk_pdf(
    State(app): State<App>,
    visitor: Visitor,
    Path(ids): Path<(VisitId, ApplicationId)>,
    Query(options): Query<Options>,
) -> Result<Response, PageError> {
    for_desk(&app, &visitor, ids, &options, true).await
}

/// The family's, for whoever proved code and secret on this phone; the form for everybody else.
async fn for_family(
    app: &App,
    visitor: &Visitor,
    (typed, wanted): (String, ApplicationId),
    headers: &HeaderMap,
    options: &Options,
    as_pdf: bool,
) -> Result<Response, PageError> {
    let code: ReceiptCode = typed.parse().map_err(|_| PageError::NotFound)?;
    let form = || track::form(app, visitor, &code.to_string(), Errors::default());
    let Some(proof) = cookie(headers, &track::cookie_name(&code)) else { return form() };
    let Some(scope) = app.store.receipt_again(&code, proof).await? else { return form() };
    let Some(receipt) = app.store.applications(&scope).receipt().await? else { return form() };
    let application = app.store.applications(&scope).get(wanted).await?.ok_or(PageError::NotFound)?;
    let reader = Reader {
        app,
        visitor,
        scope: &scope,
        address: format!("/track/{}/letter/{wanted}", code.plain()),
        from: format!("/track/{}", code.plain()),
        lang: options.r#in.unwrap_or(visitor.lang),
        neutral: receipt.protected,
        code: Some(code.clone()),
    };
    reader.answer(&application, as_pdf).await
}

/// `GET /track/{code}/letter/{application}`
pub async fn family(
    State(app): State<App>,
    visitor: Visitor,
    Path(ids): Path<(String, ApplicationId)>,
    Query(options): Query<Options>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    for_family(&app, &visitor, ids, &headers, &options, false).await
}

/// `GET /track/{code}/letter/{application}/pdf`
pub async fn family_pdf(
    State(app): State<App>,
    visitor: Visitor,
    Path(ids): Path<(String, ApplicationId)>,
    Query(options): Query<Options>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    for_family(&app, &visitor, ids, &headers, &options, true).await
}
