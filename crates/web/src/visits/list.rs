//! The window's first page: who is waiting, and the token counter.

use super::calling::NextForm;
use crate::{
    App,
    portal::demand::{Asked, HEARD},
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Choice, Shell, form_page},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    access::Doing,
    event::Change,
    ids::VisitId,
    language::Lang,
    visits::{Counter, TokenIssued, Topic, Visit, VisitEnded, VisitOutcome},
};
use store::StoreError;

#[derive(Template)]
#[template(path = "visits/list.html")]
struct ListPage {
    shell: Shell,
    errors: Errors,
    waiting: Vec<Waiting>,
    counters: Vec<Choice>,
    topics: Vec<Choice>,
    languages: Vec<Choice>,
    heard: Vec<Choice>,
    counts: Vec<(String, i64)>,
    /// The token just issued.
    issued: Option<u32>,
    /// Whether this officer serves visits; a token counter only issues tokens.
    serves: bool,
    /// The form that calls the next token.
    next: NextForm,
    /// Whether this officer answers for the centre.
    supervises: bool,
}

/// What a redirect says.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Issued {
    token: Option<u32>,
    nobody: Option<u8>,
}

/// One token in the waiting list.
struct Waiting {
    id: VisitId,
    number: u32,
    counter: String,
    topic: String,
    language: &'static str,
    minutes: i64,
    called: bool,
    /// The desk it is served at.
    desk: Option<u32>,
    /// The desk it was handed to and waits for.
    handed: Option<u32>,
}

/// `GET /desk`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(query): Query<Issued>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let next = NextForm::of(visitor.t(), &headers, &Fields::default(), query.nobody.is_some());
    render(&app, &visitor, &Fields::default(), Errors::default(), query.token, next).await
}

/// The page with both its forms; with errors it gives the sent one back.
pub(super) async fn render(
    app: &App,
    visitor: &Visitor,
    fields: &Fields,
    errors: Errors,
    issued: Option<u32>,
    next: NextForm,
) -> Result<Response, PageError> {
    let (t, now) = (visitor.t(), app.now());
    let visits = app.store.visits(&visitor.scope);
    let waiting = |visit: Visit| Waiting {
        id: visit.id,
        number: visit.number,
        counter: t.code("counter", visit.counter.code()),
        topic: t.code("topic", visit.topic.code()),
        language: visit.language.own_name(),
        minutes: (now - visit.issued_at).num_minutes(),
        called: visit.officer.is_some(),
        desk: visit.desk,
        handed: visit.waits_for(),
    };
    let topic = |(code, count): (String, i64)| (t.code("topic", &code), count);
    let languages = Lang::ALL.iter().map(|lang| Choice {
        value: lang.code().to_owned(),
        text: lang.own_name().to_owned(),
        chosen: fields.opt("language").map_or(*lang == visitor.lang, |code| code == lang.code()),
    });
    let codes = |family: &str, all: &[&str], field: &str| Choice::codes(t, family, all, fields.text(field));
    let page = ListPage {
        shell: visitor.shell(app),
        waiting: visits.waiting(app.today()).await?.into_iter().map(waiting).collect(),
        counters: codes("counter", &Counter::ALL.iter().map(|c| c.code()).collect::<Vec<_>>(), "counter"),
        topics: codes("topic", &Topic::ALL.iter().map(|c| c.code()).collect::<Vec<_>>(), "topic"),
        languages: languages.collect(),
        heard: codes("heard", &HEARD, "heard"),
        counts: visits.counts(app.today()).await?.into_iter().map(topic).collect(),
        errors,
        issued,
        serves: visitor.may(Doing::People),
        supervises: visitor.may(Doing::Supervise),
        next,
    };
    form_page(&page, &page.errors)
}

/// `POST /desk`: issues a token. A pure question is answered at the counter, counted, and ends here.
pub async fn create(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    sent: Sent,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let mut errors = Errors::default();
    let counter = sent.fields.read::<Counter>("counter").ok().flatten();
    let topic = sent.fields.read::<Topic>("topic").ok().flatten();
    let language = sent.fields.read::<Lang>("language").ok().flatten();
    if counter.is_none() {
        errors.add("counter", t.m("token-counter-missing"));
    }
    if topic.is_none() {
        errors.add("topic", t.m("token-topic-missing"));
    }
    if language.is_none() {
        errors.add("language", t.m("token-language-missing"));
    }
    let heard = sent.fields.opt("heard");
    if heard.as_deref().is_some_and(|way| !HEARD.contains(&way)) {
        errors.add("heard", t.m("token-heard-unknown"));
    }
    let (true, Some(counter), Some(topic), Some(language)) = (errors.is_empty(), counter, topic, language) else {
        let next = NextForm::of(t, &headers, &Fields::default(), false);
        return render(&app, &visitor, &sent.fields, errors, None, next).await;
    };
    let Some(centre) = visitor.centre().cloned() else { return Err(PageError::NotFound) };
    let answer = issue(&app, &visitor, sent, TokenIssued { centre, number: 0, counter, language, topic }).await?;
    // Counted beside the token and never with it: nobody's answer can be found again.
    if let Some(way) = heard {
        app.asked(&visitor, Asked::Heard, &way);
    }
    Ok(answer)
}

/// How often the next number is drawn again when another counter was faster.
pub(super) const TRIES: usize = 8;

/// Draws the day's next number and issues the token; whoever loses a race for a number draws the one after it.
async fn issue(app: &App, visitor: &Visitor, sent: Sent, token: TokenIssued) -> Result<Response, PageError> {
    for _ in 0..TRIES {
        let (id, today) = (VisitId(uuid::Uuid::now_v7()), app.today());
        let number = app.store.visits(&visitor.scope).next_number(&token.centre, today).await?;
        let mut changes = vec![Change::after(id, 0, TokenIssued { number, ..token.clone() }, today)];
        if token.topic == Topic::Question {
            changes.push(Change::after(id, 1, VisitEnded { outcome: VisitOutcome::Answered }, today));
        }
        let commit = app.commit(sent.command.clone(), changes, format!("/desk?token={number}"));
        match app.store.commit(&visitor.scope, commit).await {
            Ok(done) => return Ok(Redirect::to(done.outcome()).into_response()),
            Err(StoreError::Conflict(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    // So many counters draw numbers that this one lost every time: the form is given back.
    Err(PageError::Busy)
}
