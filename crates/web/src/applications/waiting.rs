//! Approved, but no money yet: the waiting list of a programme in its order, and the step when money has come.

use super::inbox_rows::{InboxItem, item, scheme};
use crate::{
    App,
    portal::sentences::place,
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Shell, form_page},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::{
    applications::{Actor, MoveAsked, Status},
    event::Change,
    programmes::{DistrictId, ProgrammeId},
};
use serde::Deserialize;
use store::access::Purpose;

/// The most families that one pressing of the button takes off a list.
const MOST: usize = 500;

#[derive(Template)]
#[template(path = "applications/waiting.html")]
struct WaitingPage {
    shell: Shell,
    errors: Errors,
    lists: Vec<List>,
    open: Option<Open>,
    done: Option<String>,
}

/// One waiting list.
struct List {
    address: String,
    name: String,
    district: String,
    count: i64,
    current: bool,
}

/// The list that is shown.
struct Open {
    name: String,
    programme: String,
    district: String,
    rows: Vec<InboxItem>,
    /// The keys in the order shown, so that nobody is passed over by a list that moved.
    seen: String,
    count: String,
}

/// Which list.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    programme: String,
    #[serde(default)]
    district: String,
    done: Option<usize>,
}

/// `GET /applications/waiting`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, PageError> {
    render(&app, &visitor, &wanted, &Fields::default(), Errors::default()).await
}

async fn render(
    app: &App,
    visitor: &Visitor,
    wanted: &Wanted,
    fields: &Fields,
    errors: Errors,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let room = app.store.applications(&visitor.scope);
    let lists = room.waiting_lists().await?;
    // With one list there is nothing to choose.
    let only = lists.first().filter(|_| lists.len() == 1 && wanted.programme.is_empty());
    let chosen = only.map(|(programme, district, _)| (programme.clone(), district.clone())).or_else(|| {
        let named = (ProgrammeId(wanted.programme.clone()), DistrictId(wanted.district.clone()));
        lists.iter().any(|(programme, district, _)| (programme, district) == (&named.0, &named.1)).then_some(named)
    });
    let list = |(programme, district, count): &(ProgrammeId, DistrictId, i64)| List {
        address: format!("/applications/waiting?programme={programme}&district={district}"),
        name: scheme(app, t, programme),
        district: place(app, t, &district.0),
        count: *count,
        current: chosen.as_ref() == Some(&(programme.clone(), district.clone())),
    };
    let shown = lists.iter().map(list).collect();
    let open = match &chosen {
        None => None,
        Some((programme, district)) => {
            let purpose = Purpose::Reason(format!("waiting list of {programme}"));
            app.store.log_read(&visitor.scope, "waiting list", None, &purpose, app.now()).await?;
            let rows = room.waiting_for_money(programme, district).await?;
            let seen: Vec<String> = rows.iter().map(|row| row.id.to_string()).collect();
            Some(Open {
                name: scheme(app, t, programme),
                programme: programme.to_string(),
                district: district.to_string(),
                seen: seen.join(","),
                rows: rows.into_iter().map(|row| item(app, t, row)).collect(),
                count: fields.text("count").to_owned(),
            })
        }
    };
    let done = wanted.done.map(|count| t.a("waiting-done", "count", count));
    let page = WaitingPage { shell: visitor.shell(app), lists: shown, open, done, errors };
    form_page(&page, &page.errors)
}

/// `POST /applications/waiting`: money has come for the first of the list; each is approved by an event of its own.
pub async fn money_came(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, PageError> {
    let t = visitor.t();
    let wanted = Wanted {
        programme: sent.fields.text("programme").to_owned(),
        district: sent.fields.text("district").to_owned(),
        done: None,
    };
    let (programme, district) = (ProgrammeId(wanted.programme.clone()), DistrictId(wanted.district.clone()));
    let room = app.store.applications(&visitor.scope);
    let rows = room.waiting_for_money(&programme, &district).await?;
    if rows.is_empty() {
        return Err(PageError::NotFound);
    }
    let count = sent.fields.number("count").and_then(Result::ok).and_then(|count| usize::try_from(count).ok());
    let Some(count) = count.filter(|count| (1..=rows.len().min(MOST)).contains(count)) else {
        let most = t.a("waiting-count-wrong", "most", rows.len().min(MOST));
        return render(&app, &visitor, &wanted, &sent.fields, Errors::one("count", most)).await;
    };
    let seen: Vec<&str> = sent.fields.text("seen").split(',').collect();
    let first: Vec<String> = rows.iter().take(count).map(|row| row.id.to_string()).collect();
    if !first.iter().map(String::as_str).eq(seen.into_iter().take(count)) {
        let errors = Errors::one("count", t.m("waiting-moved"));
        return render(&app, &visitor, &wanted, &sent.fields, errors).await;
    }
    let mut changes = Vec::new();
    for row in rows.iter().take(count) {
        let application = room.get(row.id).await?.ok_or(PageError::NotFound)?;
        let asked = MoveAsked { to: Status::Approved, actor: Actor::Department, rule: None, words: None, place: None };
        let moved = application.step(asked, app.today(), &app.calendar);
        // It moved between the two readings: the list is shown as it is now.
        let Ok(moved) = moved else {
            let errors = Errors::one("count", t.m("waiting-moved"));
            return render(&app, &visitor, &wanted, &sent.fields, errors).await;
        };
        let moved = super::decide::in_stead(&visitor, &application, moved);
        changes.push(Change::after(row.id, application.version, moved, app.today()));
    }
    let to = format!("/applications/waiting?programme={programme}&district={district}&done={count}");
    sent.carry_out(&app, &visitor, changes, to).await
}
