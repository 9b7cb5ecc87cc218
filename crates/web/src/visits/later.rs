//! A visit of an earlier day that was served on paper, entered later: under the stated day, with who served it then.

use super::list::TRIES;
use crate::{
    App,
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Choice, Shell, form_page},
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    event::Change,
    ids::VisitId,
    language::Lang,
    visits::{Counter, StatedRefused, TokenIssued, Topic, Visit, VisitCalled, VisitStated},
};
use store::StoreError;

/// The longest name or number written on a form, in characters.
const LONGEST: usize = 80;

#[derive(Template)]
#[template(path = "visits/later.html")]
struct LaterPage {
    shell: Shell,
    errors: Errors,
    open: Vec<Open>,
    day: [String; 3],
    served_by: String,
    form: String,
    counters: Vec<Choice>,
    languages: Vec<Choice>,
}

/// A visit that is being entered.
struct Open {
    id: VisitId,
    day: domain::Date,
    number: u32,
    served_by: String,
}

/// `GET /desk/later`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    render(&app, &visitor, &Fields::default(), Errors::default()).await
}

async fn render(app: &App, visitor: &Visitor, fields: &Fields, errors: Errors) -> Result<Response, PageError> {
    let t = visitor.t();
    let open = |visit: Visit| Open {
        id: visit.id,
        day: visit.day,
        number: visit.number,
        served_by: visit.stated.map(|stated| stated.served_by).unwrap_or_default(),
    };
    let languages = Lang::ALL.iter().map(|lang| Choice {
        value: lang.code().to_owned(),
        text: lang.own_name().to_owned(),
        chosen: fields.opt("language").map_or(*lang == visitor.lang, |code| code == lang.code()),
    });
    let counters: Vec<&str> = Counter::ALL.iter().map(|counter| counter.code()).collect();
    let page = LaterPage {
        shell: visitor.shell(app),
        open: app.store.visits(&visitor.scope).being_entered().await?.into_iter().map(open).collect(),
        day: ["on_day", "on_month", "on_year"].map(|part| fields.text(part).to_owned()),
        served_by: fields.text("served_by").to_owned(),
        form: fields.text("form").to_owned(),
        counters: Choice::codes(t, "counter", &counters, fields.text("counter")),
        languages: languages.collect(),
        errors,
    };
    form_page(&page, &page.errors)
}

/// `POST /desk/later`: a token of that day, already called by whoever enters it.
pub async fn create(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, PageError> {
    let (t, fields) = (visitor.t(), &sent.fields);
    let mut errors = Errors::default();
    let day = fields.date("on").and_then(Result::ok);
    if day.is_none() {
        errors.add("on_day", t.m("deliver-date-wrong"));
    }
    let counter = fields.read::<Counter>("counter").ok().flatten();
    if counter.is_none() {
        errors.add("counter", t.m("token-counter-missing"));
    }
    let language = fields.read::<Lang>("language").ok().flatten();
    if language.is_none() {
        errors.add("language", t.m("token-language-missing"));
    }
    let form = fields.opt("form");
    for (field, text) in [("served_by", fields.opt("served_by")), ("form", form.clone())] {
        if text.is_some_and(|text| text.chars().count() > LONGEST) {
            errors.add(field, t.a("hand-note-long", "count", LONGEST));
        }
    }
    // The day is looked at together with the rest, so that nobody sends the form twice to learn of two gaps.
    let stated = day.map(|day| VisitStated::decide(fields.text("served_by"), form, day, app.today()));
    match &stated {
        Some(Err(StatedRefused::NotEarlier)) => errors.add("on_day", t.m("entered-not-earlier")),
        Some(Err(StatedRefused::ServedByMissing)) => errors.add("served_by", t.m("entered-served-missing")),
        _ => {}
    }
    let (Some(counter), Some(language), Some(Ok(stated)), Some(day), true) =
        (counter, language, stated, day, errors.is_empty())
    else {
        return render(&app, &visitor, fields, errors).await;
    };
    let (Some(centre), Some(officer)) = (visitor.centre().cloned(), visitor.scope.officer_id()) else {
        return Err(PageError::NotFound);
    };
    for _ in 0..TRIES {
        let number = app.store.visits(&visitor.scope).next_number(&centre, day).await?;
        let token = TokenIssued { centre: centre.clone(), number, counter, language, topic: Topic::Help };
        let id = VisitId(uuid::Uuid::now_v7());
        let changes = vec![
            Change::after(id, 0, token, day),
            Change::after(id, 1, stated.clone(), day),
            Change::after(id, 2, VisitCalled { officer }, app.today()),
        ];
        let commit = app.commit(sent.command.clone(), changes, format!("/visits/{id}"));
        match app.store.commit(&visitor.scope, commit).await {
            Ok(done) => return Ok(Redirect::to(done.outcome()).into_response()),
            Err(StoreError::Conflict(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(PageError::Broken)
}
