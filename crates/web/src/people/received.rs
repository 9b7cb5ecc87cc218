//! What the members of a family receive, by the lists of departments and organisations that name them.

use crate::{
    App,
    request::{PageError, Visitor},
};
use domain::{Date, people::Household};

/// One benefit in the file.
#[derive(Debug, Clone)]
pub(super) struct ReceivedView {
    pub name: String,
    pub what: String,
    pub amount: String,
    pub per: String,
    pub since: Option<Date>,
    pub until: Option<Date>,
    pub title: String,
    pub source: String,
    pub stated_on: Date,
}

/// Everything that lists say the family receives.
pub(super) async fn of(app: &App, visitor: &Visitor, household: &Household) -> Result<Vec<ReceivedView>, PageError> {
    let t = visitor.t();
    let all = app.store.lists(&visitor.scope).received(household.id).await?;
    let view = |one: store::people::lists::Received| {
        let member = household.members.iter().find(|member| member.id == one.person);
        let programme = one.programme.as_ref().and_then(|id| app.pack.programme(&id.0));
        let purpose = t.code("gives-purpose", one.benefit.purpose.code());
        ReceivedView {
            name: member.map(|member| member.details.given.clone()).unwrap_or_default(),
            what: programme.map_or(purpose, |programme| t.pack(&programme.name.words).to_owned()),
            amount: one.benefit.amount.map(|amount| t.money(amount)).unwrap_or_default(),
            per: one.benefit.per.map(|per| t.code("gives-per", per.code())).unwrap_or_default(),
            since: one.benefit.since,
            until: one.benefit.until,
            title: one.title,
            source: one.source,
            stated_on: one.stated_on,
        }
    };
    Ok(all.into_iter().map(view).collect())
}
