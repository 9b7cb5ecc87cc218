//! `GET /people/{household}/persons/{person}/merges`: what was joined to a person's record and parted again, with the way
//! to undo it.

use super::{pair_view::StepShown, words};
use crate::{
    App,
    request::{PageError, Visitor},
    shell::{Shell, page},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::ids::{HouseholdId, PersonId};
use store::{access::Purpose, people::Merge};

#[derive(Template)]
#[template(path = "people/merges.html")]
struct MergesPage {
    shell: Shell,
    household: HouseholdId,
    name: String,
    merges: Vec<MergeShown>,
}

/// Two records, and what became of them.
struct MergeShown {
    address: String,
    /// The other record in a line.
    other: String,
    joined: bool,
    steps: Vec<StepShown>,
}

/// The history of one person.
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((household, person)): Path<(HouseholdId, PersonId)>,
) -> Result<Response, PageError> {
    let people = app.store.people(&visitor.scope);
    let merges = people.merges(household, person).await?.ok_or(PageError::NotFound)?;
    let file = people.household(household).await?.ok_or(PageError::NotFound)?;
    let member = file.members.iter().find(|member| member.id == person).ok_or(PageError::NotFound)?;
    let purpose = Purpose::Reason("review".to_owned());
    app.store.log_read(&visitor.scope, "household", Some(household.0), &purpose, app.now()).await?;
    page(&MergesPage {
        shell: visitor.shell(&app),
        household,
        name: member.details.given.clone(),
        merges: merges.iter().map(|merge| shown(&app, &visitor, merge)).collect(),
    })
}

fn shown(app: &App, visitor: &Visitor, merge: &Merge) -> MergeShown {
    let t = visitor.t();
    let card = &merge.other;
    let parts = [
        Some(card.given.clone()),
        card.father_or_husband.clone(),
        card.number.clone(),
        Some(words::district(app, t, &card.district.0)),
    ];
    MergeShown {
        address: format!("/people/review/{}", merge.link),
        other: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        joined: merge.joined,
        steps: merge.steps.iter().map(|step| super::pair_view::step_shown(t, step)).collect(),
    }
}
