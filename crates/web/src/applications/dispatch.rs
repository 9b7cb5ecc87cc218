//! Lists on paper for departments without a line: made, numbered, printed.

use super::inbox_rows::{InboxItem, item};
use crate::{
    App,
    app::local_time,
    applications::receipt::centre_name,
    portal::sentences::place,
    request::{Errors, PageError, Sent, Visitor},
    shell::{Shell, form_page, page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    Date,
    applications::DispatchListed,
    event::Change,
    ids::DispatchId,
    programmes::{DistrictId, OperatorId},
};
use store::{
    access::Purpose,
    applications::{Listed, WithoutLine},
};

/// How many earlier lists are shown.
const EARLIER: i64 = 50;

/// The most applications on one list; the rest goes on the next one.
const MOST: usize = 100;

#[derive(Template)]
#[template(path = "applications/dispatches.html")]
struct ListsPage {
    shell: Shell,
    errors: Errors,
    offices: Vec<Office>,
    lists: Vec<Row>,
}

/// An office for which something waits.
struct Office {
    operator: String,
    district: String,
    name: String,
    count: usize,
}

/// One earlier list.
struct Row {
    address: String,
    number: u32,
    name: String,
    day: Date,
    count: usize,
    waiting: usize,
}

/// The name of an operator's office in a district.
pub(super) fn office(app: &App, t: T, operator: &OperatorId, district: &DistrictId) -> String {
    let name = app.pack.operator(&operator.0).map(|operator| t.pack(&operator.name).to_owned());
    format!("{} · {}", name.unwrap_or_else(|| operator.to_string()), place(app, t, &district.0))
}

/// `GET /dispatch`
pub async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    render(&app, &visitor, Errors::default()).await
}

async fn render(app: &App, visitor: &Visitor, errors: Errors) -> Result<Response, PageError> {
    let t = visitor.t();
    let room = app.store.applications(&visitor.scope);
    let waits = |office_of: WithoutLine| Office {
        name: office(app, t, &office_of.operator, &office_of.district),
        operator: office_of.operator.to_string(),
        district: office_of.district.to_string(),
        count: office_of.waiting.len(),
    };
    let row = |listed: Listed| Row {
        address: format!("/dispatch/{}", listed.id),
        number: listed.dispatch.listed.number,
        name: office(app, t, &listed.dispatch.listed.operator, &listed.dispatch.listed.district),
        day: listed.dispatch.day,
        count: listed.lines.len(),
        waiting: listed.dispatch.waiting.len(),
    };
    let page = ListsPage {
        shell: visitor.shell(app),
        offices: room.without_line().await?.into_iter().map(waits).collect(),
        lists: room.dispatches(EARLIER).await?.into_iter().map(row).collect(),
        errors,
    };
    form_page(&page, &page.errors)
}

/// `POST /dispatch`: a list of everything that waits for one office and is on no open list.
pub async fn create(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, PageError> {
    let room = app.store.applications(&visitor.scope);
    let (operator, district) =
        (OperatorId(sent.fields.text("operator").to_owned()), DistrictId(sent.fields.text("district").to_owned()));
    let waits = room.without_line().await?.into_iter().find(|o| o.operator == operator && o.district == district);
    let (Some(waits), Some(centre)) = (waits, visitor.centre().cloned()) else {
        let errors = Errors::one("lists", visitor.t().m("dispatch-nothing"));
        return render(&app, &visitor, errors).await;
    };
    let number = room.next_dispatch(&operator, &district).await?;
    let applications = waits.waiting.into_iter().take(MOST).collect();
    let id = DispatchId(uuid::Uuid::now_v7());
    let listed = DispatchListed { number, centre, operator, district, applications };
    let change = Change::after(id, 0, listed, app.today());
    sent.carry_out(&app, &visitor, vec![change], format!("/dispatch/{id}")).await
}

#[derive(Template)]
#[template(path = "applications/dispatch.html")]
struct SheetPage {
    shell: Shell,
    id: DispatchId,
    number: u32,
    office: String,
    place: String,
    day: Date,
    made_by: String,
    time: String,
    lines: Vec<Line>,
    /// Answers may be entered by this officer, and some are missing.
    answers: bool,
}

/// One line of the sheet.
pub(super) struct Line {
    /// The application as an inbox shows it.
    pub item: InboxItem,
    /// What the department answered, with the day on its paper; empty while it has not.
    pub answer: String,
    /// Who entered it.
    pub entered_by: String,
}

/// A list of the visitor's centre.
pub(super) async fn load(app: &App, visitor: &Visitor, id: &str) -> Result<Listed, PageError> {
    let id: DispatchId = id.parse().map_err(|_| PageError::NotFound)?;
    let listed = app.store.applications(&visitor.scope).dispatch(id).await?.ok_or(PageError::NotFound)?;
    let purpose = Purpose::Reason(format!("dispatch list {}", listed.dispatch.listed.number));
    app.store.log_read(&visitor.scope, "dispatch list", Some(id.0), &purpose, app.now()).await?;
    Ok(listed)
}

/// The lines of a list with their answers.
pub(super) async fn lines(app: &App, visitor: &Visitor, listed: &Listed) -> Result<Vec<Line>, PageError> {
    let t = visitor.t();
    let rows = app.store.applications(&visitor.scope).dispatch_rows(listed).await?;
    let line = |row: store::applications::InboxRow| {
        let stands = listed.lines.iter().find(|line| line.application == row.id);
        let answer = stands.and_then(|line| line.answer.zip(line.dated));
        Line {
            answer: answer
                .map(|(answer, dated)| format!("{} · {}", t.code("status", answer.code()), t.date(dated)))
                .unwrap_or_default(),
            entered_by: stands.map(|line| line.entered_by.clone()).unwrap_or_default(),
            item: item(app, t, row),
        }
    };
    Ok(rows.into_iter().map(line).collect())
}

/// `GET /dispatch/{dispatch}`: the sheet to print.
pub async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, PageError> {
    let listed = load(&app, &visitor, &id).await?;
    let t = visitor.t();
    let of = &listed.dispatch.listed;
    page(&SheetPage {
        shell: visitor.shell(&app),
        id: listed.id,
        number: of.number,
        office: office(&app, t, &of.operator, &of.district),
        place: centre_name(&app, t, app.centre(&of.centre)),
        day: listed.dispatch.day,
        made_by: listed.made_by.clone(),
        time: local_time(listed.at).1,
        answers: visitor.may(domain::access::Doing::Supervise) && !listed.dispatch.waiting.is_empty(),
        lines: lines(&app, &visitor, &listed).await?,
    })
}
