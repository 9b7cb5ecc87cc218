//! What reached the family: a payment, a service or a thing, recorded by the operator.

use super::{
    decide::{load, render},
    decide_moves::refused,
};
use crate::{
    App,
    request::{Errors, Fields, PageError, Sent, Visitor},
    text::T,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use chrono::Datelike;
use domain::{
    applications::{Application, DeliveryRecorded, Status},
    event::Change,
    money::Paisa,
};

/// The longest description, in characters.
const LONGEST: usize = 300;

/// The form, as it was sent or fresh with today's date.
pub struct DeliveryForm {
    /// Whole rupees, as typed.
    pub amount: String,
    /// What was given.
    pub what: String,
    /// Day, month, year as typed.
    pub on: [String; 3],
}

impl DeliveryForm {
    /// The form, where something may be delivered.
    pub fn of(app: &App, application: &Application, fields: &Fields) -> Option<DeliveryForm> {
        let deliverable = [Status::Approved, Status::Enrolled, Status::InPayment, Status::ServiceGiven];
        if !deliverable.contains(&application.status) {
            return None;
        }
        let today = app.today();
        let parts = ["on_day", "on_month", "on_year"].map(|part| fields.text(part).to_owned());
        let fresh = [today.day().to_string(), today.month().to_string(), today.year().to_string()];
        Some(DeliveryForm {
            amount: fields.text("amount").to_owned(),
            what: fields.text("what").to_owned(),
            on: if parts.iter().all(String::is_empty) { fresh } else { parts },
        })
    }
}

/// Reads the form; an empty amount is a thing or a service, never zero rupees.
fn given(t: T, fields: &Fields) -> Result<DeliveryRecorded, Errors> {
    let mut errors = Errors::default();
    let amount = match fields.number("amount") {
        None => None,
        Some(typed) => {
            let amount = typed.ok().filter(|rupees| *rupees > 0).and_then(Paisa::from_rupees);
            if amount.is_none() {
                errors.add("amount", t.m("deliver-amount-wrong"));
            }
            amount
        }
    };
    let on = fields.date("on").and_then(Result::ok);
    if on.is_none() {
        errors.add("on_day", t.m("deliver-date-wrong"));
    }
    if fields.text("what").chars().count() > LONGEST {
        errors.add("what", t.a("decide-words-long", "count", LONGEST));
    }
    match on.filter(|_| errors.is_empty()) {
        Some(on) => Ok(DeliveryRecorded { amount, what: fields.text("what").trim().to_owned(), on }),
        None => Err(errors),
    }
}

/// `POST /applications/{application}/deliver`
pub async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, PageError> {
    let application = load(&app, &visitor, &id).await?;
    let t = visitor.t();
    if sent.version() != Some(application.version) {
        let on_file = app.store.applications(&visitor.scope).deliveries(application.id).await?;
        let last = on_file.last().map(|d| describe(t, d.amount, &d.what)).unwrap_or_default();
        let amount = sent.fields.number("amount").and_then(Result::ok).and_then(Paisa::from_rupees);
        let rows = vec![(t.m("deliver-title"), last, describe(t, amount, sent.fields.text("what")))];
        return Err(PageError::stale(&sent.fields, &visitor.address, rows, Some(application.version)));
    }
    let decided = given(t, &sent.fields)
        .and_then(|given| application.deliver(given, app.today()).map_err(|why| refused(t, &why, &application)));
    match decided {
        Ok(delivered) => {
            let happened_on = delivered.on;
            let change = Change::after(application.id, application.version, delivered, happened_on);
            let to = format!("/applications/{}?done={}", application.id, application.status.code());
            sent.carry_out(&app, &visitor, vec![change], to).await
        }
        Err(errors) => render(&app, &visitor, &application, None, &sent.fields, errors, false).await,
    }
}

fn describe(t: T, amount: Option<Paisa>, what: &str) -> String {
    let amount = amount.map(|amount| t.money(amount)).unwrap_or_default();
    format!("{amount} {what}").trim().to_owned()
}
