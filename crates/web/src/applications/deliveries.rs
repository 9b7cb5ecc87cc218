//! What reached many families at once: one row for each, with its amount and day. Nothing is recorded until every row is
//! right, and nothing that was typed is lost.

use super::inbox_rows::{InboxItem, item, scheme};
use crate::{
    App,
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Shell, form_page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use chrono::Datelike;
use domain::{
    Date, Version,
    applications::{ApplicationRefused, DeliveryRecorded},
    event::Change,
    ids::ApplicationId,
    money::Paisa,
    programmes::ProgrammeId,
};
use serde::Deserialize;
use store::access::Purpose;

/// Rows on one page.
const PAGE: i64 = 25;

/// The longest description, in characters.
const LONGEST: usize = 300;

#[derive(Template)]
#[template(path = "applications/deliveries.html")]
struct DeliveriesPage {
    shell: Shell,
    errors: Errors,
    programmes: Vec<(String, String, i64, bool)>,
    programme: String,
    name: String,
    from: i64,
    what: String,
    rows: Vec<Row>,
    earlier: Option<String>,
    later: Option<String>,
    done: Option<String>,
}

/// One family.
struct Row {
    item: InboxItem,
    version: Version,
    /// Something was handed over, though it is no money.
    ticked: bool,
    amount: String,
    on: String,
    /// What was recorded last.
    last: String,
}

/// Which programme, and from which row.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    programme: String,
    #[serde(default)]
    from: i64,
    done: Option<usize>,
}

/// `GET /applications/deliveries`
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
    let all = room.deliverable_programmes().await?;
    let only = all.first().filter(|_| all.len() == 1).map(|(programme, _)| programme.clone());
    let programme = only.unwrap_or(ProgrammeId(wanted.programme.clone()));
    let count = all.iter().find(|(one, _)| *one == programme).map_or(0, |(_, count)| *count);
    let from = wanted.from.clamp(0, 1_000_000);
    let mut rows = Vec::new();
    if count > 0 {
        let purpose = Purpose::Reason(format!("deliveries of {programme}"));
        app.store.log_read(&visitor.scope, "deliveries", None, &purpose, app.now()).await?;
    }
    for row in room.deliverable(&programme, from, PAGE).await? {
        let last = room.deliveries(row.id).await?.pop();
        let last = last.map(|last| format!("{} · {}", told(t, &last), t.date(last.on))).unwrap_or_default();
        let (id, version) = (row.id, row.version);
        let typed = |name: &str| fields.opt(&format!("{name}-{id}"));
        rows.push(Row {
            item: item(app, t, row),
            version,
            ticked: fields.is("given", &id.to_string()),
            amount: typed("amount").unwrap_or_default(),
            on: typed("on").unwrap_or_else(|| as_typed(app.today())),
            last,
        });
    }
    let address = |from: i64| format!("/applications/deliveries?programme={programme}&from={from}");
    let page = DeliveriesPage {
        shell: visitor.shell(app),
        programmes: all
            .iter()
            .map(|(one, count)| (one.to_string(), scheme(app, t, one), *count, *one == programme))
            .collect(),
        name: scheme(app, t, &programme),
        earlier: (from > 0).then(|| address((from - PAGE).max(0))),
        later: (from + PAGE < count).then(|| address(from + PAGE)),
        done: wanted.done.map(|count| t.a("deliveries-done", "count", count)),
        programme: programme.to_string(),
        what: fields.text("what").to_owned(),
        from,
        rows,
        errors,
    };
    form_page(&page, &page.errors)
}

fn told(t: T, given: &DeliveryRecorded) -> String {
    let amount = given.amount.map(|amount| t.money(amount)).unwrap_or_default();
    format!("{amount} {}", given.what).trim().to_owned()
}

fn as_typed(day: Date) -> String {
    format!("{} {} {}", day.day(), day.month(), day.year())
}

/// A day as people type it into one field: day, month, year, or the year first.
fn read_day(fields: &Fields, name: &str) -> Option<Date> {
    let typed = linkage::text::ascii_digits(fields.text(name));
    let parts: Vec<&str> = typed.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let [first, month, last] = parts[..] else { return None };
    let (day, year) = if first.len() == 4 { (last, first) } else { (first, last) };
    Date::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// `POST /applications/deliveries`
pub async fn create(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, PageError> {
    let t = visitor.t();
    let fields = &sent.fields;
    let wanted = Wanted {
        programme: fields.text("programme").to_owned(),
        from: fields.number("from").and_then(Result::ok).unwrap_or(0),
        done: None,
    };
    let mut errors = Errors::default();
    let mut changes = Vec::new();
    if fields.text("what").chars().count() > LONGEST {
        errors.add("what", t.a("decide-words-long", "count", LONGEST));
    }
    let rows: Vec<ApplicationId> = fields.all("row").iter().filter_map(|id| id.parse().ok()).collect();
    if rows.len() > usize::try_from(PAGE).unwrap_or(25) {
        return Err(PageError::BadForm);
    }
    for id in rows {
        let amount = fields.number(&format!("amount-{id}"));
        if amount.is_none() && !fields.is("given", &id.to_string()) {
            continue;
        }
        let application = app.store.applications(&visitor.scope).get(id).await?.ok_or(PageError::NotFound)?;
        let amount = match amount.map(|typed| typed.ok().filter(|rupees| *rupees > 0).and_then(Paisa::from_rupees)) {
            Some(None) => {
                errors.add(&format!("amount-{id}"), t.m("deliver-amount-wrong"));
                continue;
            }
            Some(amount) => amount,
            None => None,
        };
        let Some(on) = read_day(fields, &format!("on-{id}")) else {
            errors.add(&format!("on-{id}"), t.m("deliver-date-wrong"));
            continue;
        };
        // What was paid meanwhile must not be paid twice by a page that did not show it.
        if fields.text(&format!("version-{id}")).parse() != Ok(application.version) {
            errors.add(&format!("amount-{id}"), t.m("deliveries-moved"));
            continue;
        }
        let given = DeliveryRecorded { amount, what: fields.text("what").trim().to_owned(), on };
        match application.deliver(given, app.today()) {
            Ok(given) => changes.push(Change::after(id, application.version, given, on)),
            Err(why) => {
                let field = refused_at(&why, id);
                if errors.of(&field).is_none() {
                    errors.add(&field, refused(t, &why));
                }
            }
        }
    }
    if errors.is_empty() && changes.is_empty() {
        errors.add("rows", t.m("deliveries-nothing"));
    }
    if !errors.is_empty() {
        return render(&app, &visitor, &wanted, &sent.fields, errors).await;
    }
    let to =
        format!("/applications/deliveries?programme={}&from={}&done={}", wanted.programme, wanted.from, changes.len());
    sent.carry_out(&app, &visitor, changes, to).await
}

/// The field that a refusal is about.
fn refused_at(why: &ApplicationRefused, id: ApplicationId) -> String {
    match why {
        ApplicationRefused::WhatMissing => "what".to_owned(),
        ApplicationRefused::Future { .. } => format!("on-{id}"),
        _ => format!("amount-{id}"),
    }
}

fn refused(t: T, why: &ApplicationRefused) -> String {
    match why {
        ApplicationRefused::WhatMissing => t.m("refused-what-missing"),
        ApplicationRefused::Future { on } => t.a("refused-future", "on", t.date(*on)),
        _ => t.m("refused-not-approved"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_people_type_it() {
        let check = |typed: &str, want: Option<&str>| {
            let fields = Fields::parse(&format!("on={}", typed.replace(' ', "+")));
            assert_eq!(read_day(&fields, "on").map(|day| day.to_string()).as_deref(), want, "{typed}");
        };
        check("22 11 2026", Some("2026-11-22"));
        check("22/11/2026", Some("2026-11-22"));
        check("2026-11-22", Some("2026-11-22"));
        check("31 2 2026", None);
        check("22 11", None);
        check("", None);
    }
}
