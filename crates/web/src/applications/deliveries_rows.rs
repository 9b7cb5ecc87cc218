//! The rows of a page of deliveries, judged one by one.

use super::deliveries::PAGE;
use crate::{
    App,
    request::{Errors, Fields, PageError, Visitor},
    text::T,
};
use domain::{
    Date,
    applications::{Application, ApplicationRefused, DeliveryRecorded, ReceiptCode, Status},
    event::Change,
    ids::ApplicationId,
    money::Paisa,
};
use std::collections::BTreeSet;

/// The longest description, in characters.
const LONGEST: usize = 300;

/// What a sent page comes to.
#[derive(Default)]
pub struct Judged {
    /// What may be recorded, each by its own event.
    pub changes: Vec<Change>,
    /// Why the others may not, at their fields.
    pub errors: Errors,
    /// The rows that may not.
    pub left: Vec<ApplicationId>,
    /// None of the rows is this office's.
    pub foreign: bool,
}

/// Why a row may not be recorded: the field it is about, and the sentence.
type Refusal = (String, String);

/// Judges each row that says anything. A row of somebody else's application reads like one that is not there.
pub async fn judge(app: &App, visitor: &Visitor, fields: &Fields) -> Result<Judged, PageError> {
    let t = visitor.t();
    let mut judged = Judged::default();
    let mut seen = BTreeSet::new();
    let mut rows: Vec<ApplicationId> = fields.all("row").iter().filter_map(|id| id.parse().ok()).collect();
    if rows.len() > usize::try_from(PAGE).unwrap_or(25) {
        return Err(PageError::BadForm);
    }
    rows.retain(|id| seen.insert(*id) && said(fields, *id));
    let (asked, room) = (rows.len(), app.store.applications(&visitor.scope));
    let mut gone = 0;
    for id in rows {
        let Some(application) = room.get(id).await? else {
            gone += 1;
            judged.left.push(id);
            continue;
        };
        match row(app, t, fields, &application) {
            Ok(change) => judged.changes.push(change),
            Err(refusal) => {
                judged.left.push(id);
                // A row that left the page cannot carry its sentence there.
                let (field, sentence) = match deliverable(&application) {
                    true => refusal,
                    false => ("rows".to_owned(), off(t, fields, id, room.codes(id).await?.first())),
                };
                if judged.errors.of(&field) != Some(sentence.as_str()) {
                    judged.errors.add(&field, sentence);
                }
            }
        }
    }
    judged.foreign = gone > 0 && gone == asked;
    if gone > 0 {
        judged.errors.add("rows", t.a("deliveries-gone", "count", gone));
    }
    Ok(judged)
}

fn off(t: T, fields: &Fields, id: ApplicationId, code: Option<&ReceiptCode>) -> String {
    let code = code.map(ToString::to_string).unwrap_or_default();
    let typed = fields.text(&format!("amount-{id}"));
    t.with("deliveries-off", &[("code", code.into()), ("amount", typed.into())])
}

/// The form with these rows alone.
pub fn only(fields: &Fields, rows: &[ApplicationId]) -> Vec<(String, String)> {
    let keys: Vec<String> = rows.iter().map(ToString::to_string).collect();
    let belongs = |name: &str, value: &str| match name {
        "row" | "given" => keys.iter().any(|key| key == value),
        "programme" | "from" | "what" => true,
        "csrf" | "command_id" => false,
        _ => keys.iter().any(|key| name.ends_with(key.as_str())),
    };
    let kept = fields.iter().filter(|(name, value)| belongs(name, value));
    kept.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn said(fields: &Fields, id: ApplicationId) -> bool {
    fields.opt(&format!("amount-{id}")).is_some() || fields.is("given", &id.to_string())
}

/// Whether the application is still on the page.
fn deliverable(application: &Application) -> bool {
    matches!(application.status, Status::Approved | Status::Enrolled | Status::InPayment)
}

fn row(app: &App, t: T, fields: &Fields, application: &Application) -> Result<Change, Refusal> {
    let id = application.id;
    let amount = match fields.number(&format!("amount-{id}")) {
        None => None,
        Some(typed) => {
            let amount = typed.ok().filter(|rupees| *rupees > 0).and_then(Paisa::from_rupees);
            Some(amount.ok_or_else(|| (format!("amount-{id}"), t.m("deliver-amount-wrong")))?)
        }
    };
    let on = read_day(fields, &format!("on-{id}"));
    let on = on.ok_or_else(|| (format!("on-{id}"), t.m("deliver-date-wrong")))?;
    if fields.text("what").chars().count() > LONGEST {
        return Err(("what".to_owned(), t.a("decide-words-long", "count", LONGEST)));
    }
    // What was paid meanwhile must not be paid twice by a page that did not show it.
    if fields.text(&format!("version-{id}")).parse() != Ok(application.version) {
        return Err((format!("amount-{id}"), t.m("deliveries-moved")));
    }
    let given = DeliveryRecorded { amount, what: fields.text("what").trim().to_owned(), on };
    let given = application.deliver(given, app.today()).map_err(|why| refused(t, &why, id))?;
    Ok(Change::after(id, application.version, given, on))
}

fn refused(t: T, why: &ApplicationRefused, id: ApplicationId) -> Refusal {
    match why {
        ApplicationRefused::WhatMissing => ("what".to_owned(), t.m("refused-what-missing")),
        ApplicationRefused::Future { on } => (format!("on-{id}"), t.a("refused-future", "on", t.date(*on))),
        _ => (format!("amount-{id}"), t.m("refused-not-approved")),
    }
}

/// A day as people type it into one field: day, month, year, or the year first.
fn read_day(fields: &Fields, name: &str) -> Option<Date> {
    let typed = linkage::text::ascii_digits(fields.text(name));
    let parts: Vec<&str> = typed.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let [first, month, last] = parts[..] else { return None };
    let (day, year) = if first.len() == 4 { (last, first) } else { (first, last) };
    Date::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
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

    #[test]
    fn what_is_left_of_a_form_are_its_wrong_rows_and_no_secret() {
        let (one, two) = (ApplicationId(uuid::Uuid::from_u128(1)), ApplicationId(uuid::Uuid::from_u128(2)));
        let form =
            format!("csrf=x&command_id=y&programme=p&what=cash&row={one}&row={two}&amount-{one}=1&amount-{two}=2");
        let mut left = only(&Fields::parse(&form), &[two]);
        left.sort();
        let want = [
            (format!("amount-{two}"), "2"),
            ("programme".into(), "p"),
            ("row".into(), &*two.to_string()),
            ("what".into(), "cash"),
        ]
        .map(|(name, value)| (name, value.to_owned()));
        assert_eq!(left, want);
    }
}
