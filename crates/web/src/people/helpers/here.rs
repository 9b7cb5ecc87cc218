//! At the start of a visit of a family that has a helper: who came? What a helper alone may not do waits for the family.

use super::HelperLine;
use crate::{
    App,
    people::household::{again, of_visit, visit_refused},
    request::{Errors, PageError, Sent, Visitor},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    event::Change,
    ids::{HelperId, HouseholdId, VisitId},
    people::{Helper, HelperMay},
    visits::{Visit, VisitorSaid},
};

/// The helper who came alone to a visit, as named; nothing when the family itself is here or was not asked.
pub async fn of_visit_now(app: &App, visitor: &Visitor, visit: &Visit) -> Result<Option<Helper>, PageError> {
    let (Some(VisitorSaid { helper: Some(id) }), Some(household)) = (visit.came, visit.household) else {
        return Ok(None);
    };
    let all = app.store.people(&visitor.scope).helpers(household).await?;
    // What was taken back, or ended, while they stood here is over.
    let over = |mut helper: Helper| {
        if !helper.holds_on(app.today()) {
            helper.named.may.clear();
        }
        helper
    };
    Ok(all.into_iter().find(|helper| helper.named.helper == id).map(over))
}

/// The helpers whose naming holds today.
pub(in crate::people) async fn holding(
    app: &App,
    visitor: &Visitor,
    household: HouseholdId,
) -> Result<Vec<HelperLine>, PageError> {
    let all = app.store.people(&visitor.scope).helpers(household).await?;
    let holds = all.iter().filter(|helper| helper.holds_on(app.today()));
    Ok(holds.map(|helper| HelperLine::of(app, visitor.t(), helper)).collect())
}

/// `POST /visits/{visit}/here`
pub async fn said(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let (visit, household) = of_visit(&app, &visitor, id).await?;
    let t = visitor.t();
    let refuse = async |field: &'static str, sentence: String| {
        again(&app, &visitor, &visit, &household, Errors::one(field, sentence)).await
    };
    if let Err(why) = visit.open() {
        return refuse("main", visit_refused(t, &why)).await;
    }
    let helper = match sent.fields.text("who") {
        "family" => None,
        other => {
            let wanted = other.parse::<HelperId>().ok();
            let all = app.store.people(&visitor.scope).helpers(household.id).await?;
            let named = all.into_iter().find(|one| Some(one.named.helper) == wanted && one.holds_on(app.today()));
            let Some(named) = named else { return refuse("who", t.m("helper-who-missing")).await };
            if !visit.gates.is_empty() && !named.may(HelperMay::Protected) {
                return refuse("who", t.m("helper-not-now")).await;
            }
            Some(named.named.helper)
        }
    };
    let change = Change::after(visit.id, visit.version, VisitorSaid { helper }, app.today());
    sent.carry_out(&app, &visitor, vec![change], format!("/visits/{id}/household")).await
}
