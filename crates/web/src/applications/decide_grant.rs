//! What an approval grants: an amount, how often, and from when; each may be left open.

use crate::{
    request::{Errors, Fields},
    shell::Choice,
    text::T,
};
use domain::{
    Date,
    applications::{GrantEvery, GrantRefused, Granted, Status},
    money::Paisa,
};

/// The form as it was sent, or fresh.
pub struct GrantForm {
    /// Whole rupees, as typed.
    pub amount: String,
    /// Day, month, year as typed.
    pub from: [String; 3],
}

impl GrantForm {
    /// The form, for a step that grants something.
    pub fn of(to: Status, fields: &Fields) -> Option<GrantForm> {
        (to == Status::Approved).then(|| GrantForm {
            amount: fields.text("grant_amount").to_owned(),
            from: ["grant_from_day", "grant_from_month", "grant_from_year"].map(|part| fields.text(part).to_owned()),
        })
    }
}

/// How often an amount may come.
pub fn every(t: T, fields: &Fields) -> Vec<Choice> {
    let codes: Vec<&str> = GrantEvery::ALL.iter().map(|every| every.code()).collect();
    Choice::codes(t, "grant-every", &codes, fields.text("grant_every"))
}

/// Reads and decides what is granted; nothing for other steps, and for an approval that states nothing.
pub fn granted(t: T, to: Status, fields: &Fields, today: Date) -> Result<Option<Granted>, Errors> {
    if to != Status::Approved {
        return Ok(None);
    }
    let mut errors = Errors::default();
    let amount = match fields.number("grant_amount") {
        None => None,
        Some(typed) => {
            let amount = typed.ok().and_then(Paisa::from_rupees);
            if amount.is_none() {
                errors.add("grant_amount", t.m("deliver-amount-wrong"));
            }
            amount
        }
    };
    let from = fields.date("grant_from").transpose().unwrap_or_else(|_| {
        errors.add("grant_from_day", t.m("deliver-date-wrong"));
        None
    });
    if !errors.is_empty() {
        return Err(errors);
    }
    let every = fields.read::<GrantEvery>("grant_every").ok().flatten();
    Granted::decide(amount, every, from, today).map_err(|why| match why {
        GrantRefused::Amount => Errors::one("grant_amount", t.m("deliver-amount-wrong")),
        GrantRefused::AmountMissing => Errors::one("grant_amount", t.m("grant-amount-missing")),
        GrantRefused::EveryMissing => Errors::one("grant_every", t.m("grant-every-missing")),
        GrantRefused::Far => Errors::one("grant_from_day", t.m("grant-from-far")),
    })
}
