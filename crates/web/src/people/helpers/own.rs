//! Taking a helper's right back with the receipt: of an ordinary receipt, on a phone that proved code and secret.

use super::may_words;
use crate::{
    App,
    applications::inbox_rows::Day,
    portal::track,
    request::{Errors, PageError, Sent, Visitor},
    text::T,
};
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    applications::ReceiptCode,
    event::Change,
    ids::HelperId,
    people::{HelperEnd, HelperEnded, HelperMay},
};
use store::Scope;

/// A helper as the family's own page tells it: who they are to the family and for what, never by name.
pub struct OwnLine {
    /// Key of the naming.
    pub id: HelperId,
    /// Who they are to the family.
    pub kind: String,
    /// For what; nothing about protected help.
    pub may: String,
    /// The last day.
    pub until: Day,
}

impl OwnLine {
    /// The helpers whose naming holds today, for a proven receipt.
    pub async fn of_receipt(app: &App, t: T, scope: &Scope) -> Result<Vec<Self>, PageError> {
        let Some(own) = app.store.people(scope).own_helpers().await? else { return Ok(Vec::new()) };
        let holds = own.helpers.into_iter().filter(|helper| helper.holds_on(app.today()));
        let line = |helper: domain::people::Helper| {
            let mut may = helper.named.may;
            may.retain(|may| *may != HelperMay::Protected);
            OwnLine {
                id: helper.named.helper,
                kind: t.code("helper-kind", helper.named.kind.code()),
                may: may_words(t, &may),
                until: Day::of(t, helper.named.until),
            }
        };
        Ok(holds.map(line).collect())
    }
}

/// `GET /track/{code}/helper`: a form's own address, opened, leads to the receipt.
pub async fn back(Path(typed): Path<String>) -> Redirect {
    let code: String = typed.chars().filter(char::is_ascii_alphanumeric).take(20).collect();
    Redirect::to(&format!("/track/{code}"))
}

/// `POST /track/{code}/helper`
pub async fn end(
    State(app): State<App>,
    visitor: Visitor,
    Path(typed): Path<String>,
    headers: HeaderMap,
    sent: Sent,
) -> Result<Response, PageError> {
    let code: ReceiptCode = typed.parse().map_err(|_| PageError::NotFound)?;
    let Some(scope) = track::proven(&app, &headers, &code).await? else {
        return track::form(&app, &visitor, &code.to_string(), Errors::default());
    };
    let to = format!("/track/{}?done=helper", code.plain());
    let wanted = sent.fields.read::<HelperId>("helper").ok().flatten();
    let own = app.store.people(&scope).own_helpers().await?.ok_or(PageError::NotFound)?;
    let named = own.helpers.iter().find(|helper| Some(helper.named.helper) == wanted).ok_or(PageError::NotFound)?;
    if named.ended_on.is_some() {
        // Somebody was faster; what was wanted holds.
        return Ok(Redirect::to(&to).into_response());
    }
    let ended = HelperEnded { helper: named.named.helper, by: HelperEnd::Receipt };
    let change = Change::after(own.household, own.version, ended, app.today());
    sent.carry_out(&app, &visitor, vec![change], to).await
}
