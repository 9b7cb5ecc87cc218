//! Somebody phones, says the code on the receipt and the secret or a card number, and the desk reads aloud where things
//! stand: one or two plain sentences for each application, in the caller's language.

use super::inbox_rows::scheme;
use crate::{
    App,
    portal::{sentences, timeline},
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Choice, Shell, form_page},
    text::T,
};
use askama::Template;
use axum::{extract::State, response::Response};
use domain::{
    applications::{Application, ReceiptCode, ReceiptCodeRefused, Status},
    language::Lang,
};
use store::{
    Scope,
    access::{Attempts, CallProof},
    applications::Tracked,
};

#[derive(Template)]
#[template(path = "applications/status.html")]
struct StatusPage {
    shell: Shell,
    errors: Errors,
    code: String,
    languages: Vec<Choice>,
    told: Option<Told>,
}

/// What is read aloud.
struct Told {
    code: ReceiptCode,
    /// The caller's language.
    t: T,
    /// A line for each application or complaint; never empty.
    lines: Vec<String>,
    /// The desk's own language differs: the same lines for whoever reads them.
    own: Vec<String>,
}

/// `GET /status`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    render(&app, &visitor, &Fields::default(), Errors::default(), None)
}

fn render(
    app: &App,
    visitor: &Visitor,
    fields: &Fields,
    errors: Errors,
    told: Option<Told>,
) -> Result<Response, PageError> {
    let language = |lang: &Lang| Choice {
        value: lang.code().to_owned(),
        text: lang.own_name().to_owned(),
        chosen: lang.code() == fields.text("caller_language"),
    };
    // Secret and number are typed again each time; what was told is no form to send once more.
    let code = if told.is_some() { String::new() } else { fields.text("code").to_owned() };
    let languages = Lang::ALL.iter().map(language).collect();
    let page = StatusPage { shell: visitor.shell(app), errors, code, languages, told };
    form_page(&page, &page.errors)
}

/// `POST /status`: changes nothing; a post so that no code stands in an address. A code that is not there, a wrong secret
/// and somebody else's number are answered alike.
pub async fn tell(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, PageError> {
    let t = visitor.t();
    let again = |errors| render(&app, &visitor, &sent.fields, errors, None);
    let (code, proof) = match typed(t, &sent.fields) {
        Ok(typed) => typed,
        Err(errors) => return again(errors),
    };
    let me = visitor.scope.officer_id().ok_or(PageError::NotFound)?.to_string();
    if let Some(seconds) = app.store.must_wait(Attempts::Call, &me, app.now()).await? {
        return again(Errors::one("code", t.a("status-wait", "seconds", seconds)));
    }
    let opened = match &proof {
        Typed::Secret(secret) => match app.store.track(&code, secret, app.now()).await? {
            Tracked::Open(scope) => Some(*scope),
            Tracked::Unknown => None,
            Tracked::Wait { seconds } => return again(Errors::one("code", t.a("status-wait", "seconds", seconds))),
        },
        Typed::Number(number) => app.store.receipt_of_caller(&visitor.scope, &code, number).await?,
    };
    let Some(scope) = opened else {
        app.store.note_failure(Attempts::Call, &me, app.now()).await?;
        app.brake.hold().await;
        return again(Errors::one("code", t.m("status-wrong")));
    };
    app.store.forget_failures(Attempts::Call, &me).await?;
    let by = if matches!(proof, Typed::Secret(_)) { CallProof::Secret } else { CallProof::Card };
    app.store.log_call(&visitor.scope, &scope, by, app.now()).await?;
    let wanted = sent.fields.read::<Lang>("caller_language").ok().flatten();
    let told = told(&app, t, &scope, code, wanted).await?;
    render(&app, &visitor, &sent.fields, Errors::default(), Some(told))
}

/// What the caller said beside the code.
enum Typed {
    Secret(String),
    Number(String),
}

fn typed(t: T, fields: &Fields) -> Result<(ReceiptCode, Typed), Errors> {
    let mut errors = Errors::default();
    let code = linkage::text::ascii_digits(fields.text("code")).parse::<ReceiptCode>();
    match &code {
        Err(ReceiptCodeRefused::Shape) => errors.add("code", t.m("track-code-shape")),
        Err(ReceiptCodeRefused::Check) => errors.add("code", t.m("track-code-check")),
        Ok(_) => {}
    }
    let digits = |name: &str| -> String {
        linkage::text::ascii_digits(fields.text(name)).chars().filter(char::is_ascii_digit).collect()
    };
    let (secret, number) = (digits("secret"), digits("number"));
    match (secret.len(), number.is_empty()) {
        (0, true) => errors.add("secret", t.m("status-proof-missing")),
        (1..=5 | 7.., _) => errors.add("secret", t.m("track-secret-shape")),
        _ => {}
    }
    match code {
        Ok(code) if errors.is_empty() && secret.is_empty() => Ok((code, Typed::Number(number))),
        Ok(code) if errors.is_empty() => Ok((code, Typed::Secret(secret))),
        _ => Err(errors),
    }
}

/// The lines of everything that the paper tracks.
async fn told(app: &App, own: T, scope: &Scope, code: ReceiptCode, wanted: Option<Lang>) -> Result<Told, PageError> {
    let receipt = app.store.applications(scope).receipt().await?;
    let family = receipt.as_ref().map(|receipt| receipt.language);
    let t = T(wanted.or(family).unwrap_or(own.0));
    let mut told = Told { code, t, lines: Vec::new(), own: Vec::new() };
    for id in receipt.iter().flat_map(|receipt| &receipt.applications) {
        let Some(application) = app.store.applications(scope).get(*id).await? else { continue };
        let neutral = application.submitted.protected || receipt.as_ref().is_some_and(|receipt| receipt.protected);
        told.lines.push(aloud(app, t, scope, &application, neutral).await?);
        told.own.push(aloud(app, own, scope, &application, neutral).await?);
    }
    for grievance in app.store.grievances(scope).mine().await? {
        let line = |t| complaint(app, t, &grievance);
        told.lines.push(line(t));
        told.own.push(line(own));
    }
    if told.lines.is_empty() {
        told.lines.push(t.m("status-nothing"));
        told.own.push(own.m("status-nothing"));
    }
    if t == own {
        told.own.clear();
    }
    Ok(told)
}

/// What stands, who has it and until when, and what the family can do now.
async fn aloud(app: &App, t: T, scope: &Scope, application: &Application, neutral: bool) -> Result<String, PageError> {
    let next = sentences::next(app, t, application, neutral);
    let title = if neutral { t.m("track-your-application") } else { scheme(app, t, &application.submitted.programme) };
    let status = t.code("status", application.status.code());
    let until = next.by.map(|day| t.a("status-until", "date", day.words)).unwrap_or_default();
    let values =
        [("title", title.into()), ("status", status.into()), ("next", next.sentence.into()), ("until", until.into())];
    let missing = if neutral { Vec::new() } else { timeline::missing(app, t, scope, application).await? };
    let papers: Vec<String> = missing.into_iter().map(|paper| paper.name).collect();
    let then = match application.status {
        Status::Rejected | Status::Suspended => t.m("track-now-appeal"),
        // The next step already says what to bring, or that nobody need come.
        Status::Returned => String::new(),
        _ if next.late => t.m("track-now-late"),
        _ if !papers.is_empty() => t.a("status-bring", "papers", papers.join(&t.m("receipt-comma"))),
        _ => String::new(),
    };
    Ok(format!("{} {then}", t.with("status-stands", &values)).trim_end().to_owned())
}

fn complaint(app: &App, t: T, grievance: &domain::grievances::Grievance) -> String {
    let next = crate::grievances::sentences::next(app, t, grievance);
    let values = [
        ("title", t.code("complaint-kind", grievance.filed.kind.code()).into()),
        ("status", t.code("complaint-status", grievance.status.code()).into()),
        ("next", next.sentence.into()),
        ("until", next.by.map(|day| t.a("status-until", "date", day.words)).unwrap_or_default().into()),
    ];
    t.with("status-stands", &values).trim_end().to_owned()
}
