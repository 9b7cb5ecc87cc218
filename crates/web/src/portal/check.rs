//! The check without a name: every step is a form to one address; nothing of it is kept or logged here.

use super::demand::Asked;
use crate::{
    App,
    app::local_time,
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Shell, form_page},
};
use askama::Template;
use axum::{
    body::Bytes,
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use rules::pack::fact::Sensitivity;
use screener::{Request, pages::Centre};

/// `GET /check`: the first page.
pub async fn show(State(app): State<App>, visitor: Visitor) -> Response {
    answer(&app, &visitor, &Fields::default())
}

/// `POST /check`: the next page. The form changes nothing, so it needs neither token nor command.
pub async fn step(State(app): State<App>, visitor: Visitor, body: Bytes) -> Result<Response, PageError> {
    let body = std::str::from_utf8(&body).map_err(|_| PageError::BadForm)?;
    let fields = Fields::parse(body);
    // On a kiosk the answers of whoever sat here before end with their session, in the browser's history too.
    if visitor.kiosk.as_deref().unwrap_or_default() != fields.text("kiosk") {
        return Ok(Redirect::to("/check").into_response());
    }
    // Which questions people meet is counted, never an answer; a protected one is not even counted.
    let met = app.pack.fact(fields.text("fact")).filter(|fact| fact.sensitivity != Sensitivity::Protected);
    if let Some(fact) = met {
        app.asked(&visitor, Asked::Question, fact.id.as_str());
    }
    Ok(answer(&app, &visitor, &fields))
}

fn answer(app: &App, visitor: &Visitor, fields: &Fields) -> Response {
    let centres = centres(app);
    let request = Request {
        pack: &app.pack,
        fields,
        today: app.today(),
        centres: &centres,
        may_keep: visitor.kiosk.is_none(),
        shell: visitor.shell(app),
    };
    let served = screener::serve(request);
    let status = StatusCode::from_u16(served.status).unwrap_or(StatusCode::OK);
    (status, Html(served.html)).into_response()
}

#[derive(Template)]
#[template(path = "portal/kept.html")]
struct KeptPage {
    shell: Shell,
    errors: Errors,
    answers: String,
    /// The code, and until when.
    kept: Option<(String, String)>,
}

/// `POST /check/keep`: with consent, keeps the answers for three days under a code that is shown once. Protected answers
/// are not kept.
pub async fn keep(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, PageError> {
    let t = visitor.t();
    let answers = sent.fields.text("answers").to_owned();
    let mut page = KeptPage { shell: visitor.shell(&app), errors: Errors::default(), answers, kept: None };
    if visitor.kiosk.is_some() {
        return Err(PageError::NotFound);
    }
    let read = screener::carry::read(&app.pack, &page.answers);
    match read {
        Err(why) => page.errors.add("agree", t.code("carry", why.code())),
        Ok(_) if !sent.fields.is("agree", "yes") => page.errors.add("agree", t.m("keep-agree-missing")),
        Ok(carried) => {
            let open = screener::carry::write(&app.pack, &carried.answers.for_the_desk(&app.pack));
            let kept = app.store.keep_answers(&open, app.now()).await?.ok_or(PageError::TooLarge)?;
            let (day, time) = local_time(kept.until);
            let until = t.with("keep-kept-until", &[("date", t.date(day).into()), ("time", time.into())]);
            page.kept = Some((kept.code, until));
        }
    }
    form_page(&page, &page.errors)
}

/// The centres as the check names them.
pub(crate) fn centres(app: &App) -> Vec<Centre> {
    let centre =
        |centre: &crate::app::Centre| Centre { district: centre.district.0.clone(), phone: centre.phone.clone() };
    app.config.centres.iter().map(centre).collect()
}
