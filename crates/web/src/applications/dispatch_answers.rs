//! The answers of a department without a line, entered from its paper: decided by the department, on the paper's day, and
//! entered by whoever answers for the centre.

use super::{
    dispatch::{Line, lines, load, office},
    inbox_rows::Day,
};
use crate::{
    App,
    portal::sentences::DEPARTMENT_RULE,
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Choice, Shell, form_page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    applications::{Actor, ApplicationRefused, DISPATCH_ANSWERS, DispatchRefused, MoveAsked, Status},
    event::Change,
    ids::{ApplicationId, DispatchId},
};
use store::applications::Listed;

/// The longest words for a family, in characters.
const LONGEST: usize = 1_000;

#[derive(Template)]
#[template(path = "applications/dispatch_answers.html")]
struct AnswersPage {
    shell: Shell,
    errors: Errors,
    id: DispatchId,
    number: u32,
    office: String,
    printed: Day,
    typed_number: String,
    dated: [String; 3],
    rows: Vec<Row>,
}

/// One line that waits for its answer.
struct Row {
    line: Line,
    place: usize,
    choices: Vec<Choice>,
    words: String,
}

/// `GET /dispatch/{dispatch}/answers`
pub async fn ask(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, PageError> {
    let listed = load(&app, &visitor, &id).await?;
    render(&app, &visitor, &listed, &Fields::default(), Errors::default()).await
}

async fn render(
    app: &App,
    visitor: &Visitor,
    listed: &Listed,
    fields: &Fields,
    errors: Errors,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let of = &listed.dispatch.listed;
    let codes: Vec<&str> = DISPATCH_ANSWERS.iter().map(|status| status.code()).collect();
    let all = lines(app, visitor, listed).await?.into_iter().enumerate();
    let row = |(index, line): (usize, Line)| Row {
        place: index + 1,
        choices: Choice::codes(t, "status", &codes, fields.text(&format!("answer-{}", line.item.id))),
        words: fields.text(&format!("words-{}", line.item.id)).to_owned(),
        line,
    };
    let page = AnswersPage {
        shell: visitor.shell(app),
        id: listed.id,
        number: of.number,
        office: office(app, t, &of.operator, &of.district),
        printed: Day::of(t, listed.dispatch.day),
        typed_number: fields.text("number").to_owned(),
        dated: ["dated_day", "dated_month", "dated_year"].map(|part| fields.text(part).to_owned()),
        rows: all.filter(|(_, line)| listed.dispatch.waiting.contains(&line.item.id)).map(row).collect(),
        errors,
    };
    form_page(&page, &page.errors)
}

/// `POST /dispatch/{dispatch}/answers`: every answer or none; what was typed stays.
pub async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, PageError> {
    let listed = load(&app, &visitor, &id).await?;
    let (t, fields) = (visitor.t(), &sent.fields);
    let mut errors = Errors::default();
    // The number on the paper in the hand: answers of another list are not entered here.
    let number = fields.number("number").and_then(Result::ok);
    if number != Some(i64::from(listed.dispatch.listed.number)) {
        errors.add("number", t.m("dispatch-number-wrong"));
    }
    let dated = fields.date("dated").and_then(Result::ok);
    if dated.is_none() {
        errors.add("dated_day", t.m("deliver-date-wrong"));
    }
    let mut changes = Vec::new();
    let mut version = listed.version;
    for application in &listed.dispatch.waiting {
        let field = format!("answer-{application}");
        let Some(to) = fields.opt(&field).and_then(|code| code.parse::<Status>().ok()) else { continue };
        let words = fields.opt(&format!("words-{application}"));
        if words.as_ref().is_some_and(|words| words.chars().count() > LONGEST) {
            errors.add(&format!("words-{application}"), t.a("decide-words-long", "count", LONGEST));
            continue;
        }
        let Some(dated) = dated else { continue };
        let room = app.store.applications(&visitor.scope);
        let application = room.get(*application).await?.ok_or(PageError::NotFound)?;
        // The paper names no criterion of the pack; its words say why.
        let rule = (to == Status::Rejected).then(|| DEPARTMENT_RULE.to_owned());
        let asked = MoveAsked { to, actor: Actor::Department, rule, words, place: None };
        match listed.dispatch.answer(&application, asked, dated, app.today(), &app.calendar) {
            Ok((steps, answered)) => {
                let numbered = (application.version..).zip(steps);
                changes.extend(numbered.map(|(seen, step)| Change::after(application.id, seen, step, dated)));
                changes.push(Change::after(listed.id, version, answered, app.today()));
                version += 1;
            }
            Err(why) => refused(t, &mut errors, application.id, &why),
        }
    }
    if errors.is_empty() && changes.is_empty() {
        errors.add("rows", t.m("dispatch-no-answer"));
    }
    if !errors.is_empty() {
        return render(&app, &visitor, &listed, fields, errors).await;
    }
    let to = format!("/dispatch/{}", listed.id);
    sent.carry_out(&app, &visitor, changes, to).await
}

/// Notes a refusal at the field it is about, once.
fn refused(t: T, errors: &mut Errors, id: ApplicationId, why: &DispatchRefused) {
    let (field, sentence) = match why {
        DispatchRefused::Dated => ("dated_day".to_owned(), t.m("dispatch-dated-wrong")),
        DispatchRefused::Application(ApplicationRefused::WordsMissing) => {
            (format!("words-{id}"), t.m("refused-words-missing"))
        }
        _ => (format!("answer-{id}"), t.m("dispatch-moved")),
    };
    if errors.of(&field).is_none() {
        errors.add(&field, sentence);
    }
}
