//! Somebody phones or comes, says the code on the receipt and the secret or a card number, and the desk reads aloud where
//! things stand: one or two plain sentences for each application, in the caller's language. Who asks is said first: the
//! family, a helper whom it named for that, or somebody else, who is told nothing.

use super::{
    inbox_rows::scheme,
    status_asker::{Asks, Known},
};
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
    people::{Helper, HelperMay},
};
use store::{
    Scope,
    access::{Asker, Attempts, CallProof},
    applications::Tracked,
};

#[derive(Template)]
#[template(path = "applications/status.html")]
struct StatusPage {
    shell: Shell,
    errors: Errors,
    asks: Vec<Choice>,
    code: String,
    languages: Vec<Choice>,
    answer: Answer,
}

impl StatusPage {
    /// The page asks which helper it is, and nothing else.
    fn choosing(&self) -> bool {
        matches!(self.answer, Answer::Choose { .. })
    }
}

/// What the page says beside its form.
enum Answer {
    /// Nothing yet.
    Nothing,
    /// This is read aloud.
    Told(Told),
    /// Which of these helpers it is has to be said first; what was typed goes along.
    Choose { helpers: Vec<Choice>, typed: Vec<(&'static str, String)> },
    /// Nothing is told, and why, in the caller's language and in the desk's own where that is another.
    Refused { t: T, sentence: String, own: String },
}

/// What is read aloud.
struct Told {
    code: ReceiptCode,
    /// The caller's language.
    t: T,
    /// The helper to whom it is read; empty for the family.
    name: String,
    /// A line for each application or complaint; never empty.
    lines: Vec<String>,
    /// The desk's own language differs: the same lines for whoever reads them.
    own: Vec<String>,
}

/// `GET /status`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    render(&app, &visitor, &Fields::default(), Errors::default(), Answer::Nothing)
}

fn render(
    app: &App,
    visitor: &Visitor,
    fields: &Fields,
    errors: Errors,
    answer: Answer,
) -> Result<Response, PageError> {
    let language = |lang: &Lang| Choice {
        value: lang.code().to_owned(),
        text: lang.own_name().to_owned(),
        chosen: lang.code() == fields.text("caller_language"),
    };
    // Secret and number are typed again each time; what was told is no form to send once more.
    let again = matches!(answer, Answer::Nothing);
    let code = if again { fields.text("code").to_owned() } else { String::new() };
    let languages = Lang::ALL.iter().map(language).collect();
    let asks = if again { Asks::choices(visitor.t(), fields) } else { Asks::choices(visitor.t(), &Fields::default()) };
    let page = StatusPage { shell: visitor.shell(app), errors, asks, code, languages, answer };
    form_page(&page, &page.errors)
}

/// `POST /status`: changes nothing; a post so that no code stands in an address. A code that is not there, a wrong secret
/// and somebody else's number are answered alike.
pub async fn tell(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, PageError> {
    let t = visitor.t();
    let again = |errors| render(&app, &visitor, &sent.fields, errors, Answer::Nothing);
    let wanted = sent.fields.read::<Lang>("caller_language").ok().flatten();
    let Some(asks) = Asks::said(&sent.fields) else { return again(Errors::one("asks", t.m("asking-missing"))) };
    if asks == Asks::Other {
        // Before anything is compared: what is refused says nothing of the receipt.
        let code = code(&sent.fields).ok();
        app.store.log_refusal(&visitor.scope, code.as_ref(), Asker::Other, app.now()).await?;
        return render(&app, &visitor, &sent.fields, Errors::default(), refused(t, wanted));
    }
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
    let known = Known::of(&app, t, &scope, asks, &sent.fields).await?;
    let asker = known.asker(asks, by);
    let helper = match known {
        Known::Choose(helpers, errors) => {
            let answer = Answer::Choose { helpers, typed: typed_again(&sent.fields) };
            return render(&app, &visitor, &sent.fields, errors, answer);
        }
        Known::Nobody => {
            app.store.log_call(&visitor.scope, &scope, asker, app.now()).await?;
            return render(&app, &visitor, &sent.fields, Errors::default(), refused(t, wanted));
        }
        Known::Family => None,
        Known::Helper(helper) => Some(helper),
    };
    app.store.log_call(&visitor.scope, &scope, asker, app.now()).await?;
    let told = told(&app, t, &scope, code, wanted, helper.as_deref()).await?;
    render(&app, &visitor, &sent.fields, Errors::default(), Answer::Told(told))
}

/// The one sentence for whoever may not be told, whatever stands on file.
fn refused(own: T, wanted: Option<Lang>) -> Answer {
    let t = T(wanted.unwrap_or(own.0));
    let in_own = if t == own { String::new() } else { own.m("asking-refused") };
    Answer::Refused { t, sentence: t.m("asking-refused"), own: in_own }
}

/// What was typed, for the form that asks which helper it is.
fn typed_again(fields: &Fields) -> Vec<(&'static str, String)> {
    let names = ["asks", "code", "secret", "number", "caller_language"];
    names.map(|name| (name, fields.text(name).to_owned())).into()
}

/// What the caller said beside the code.
enum Typed {
    Secret(String),
    Number(String),
}

fn typed(t: T, fields: &Fields) -> Result<(ReceiptCode, Typed), Errors> {
    let mut errors = Errors::default();
    let code = code(fields);
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

fn code(fields: &Fields) -> Result<ReceiptCode, ReceiptCodeRefused> {
    linkage::text::ascii_digits(fields.text("code")).parse()
}

/// The lines of everything that the paper tracks. A helper asks where applications stand, not complaints; and what is
/// private only when the family said so.
async fn told(
    app: &App,
    own: T,
    scope: &Scope,
    code: ReceiptCode,
    wanted: Option<Lang>,
    helper: Option<&Helper>,
) -> Result<Told, PageError> {
    let receipt = app.store.applications(scope).receipt().await?;
    let family = receipt.as_ref().map(|receipt| receipt.language);
    let t = T(wanted.or(family).unwrap_or(own.0));
    let name = helper.map(|helper| helper.named.name.clone()).unwrap_or_default();
    let mut told = Told { code, t, name, lines: Vec::new(), own: Vec::new() };
    for id in receipt.iter().flat_map(|receipt| &receipt.applications) {
        let Some(application) = app.store.applications(scope).get(*id).await? else { continue };
        if helper.is_some_and(|helper| application.submitted.protected && !helper.may(HelperMay::Protected)) {
            continue;
        }
        let neutral = application.submitted.protected || receipt.as_ref().is_some_and(|receipt| receipt.protected);
        told.lines.push(aloud(app, t, scope, &application, neutral).await?);
        told.own.push(aloud(app, own, scope, &application, neutral).await?);
    }
    let complaints = if helper.is_some() { Vec::new() } else { app.store.grievances(scope).mine().await? };
    for grievance in complaints {
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
