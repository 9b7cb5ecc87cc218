//! A deputy while one is on leave: somebody of the same department in another district has one's inbox for some days.

use super::inbox_rows::Day;
use crate::{
    App,
    portal::sentences::place,
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Choice, Shell, form_page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{Redirect, Response},
};
use domain::{
    access::{DeputyEnded, DeputyNamed, DeputyRefused, LONGEST_LEAVE, Officer},
    event::Change,
    ids::DeputyId,
};
use store::access::Deputizing;

#[derive(Template)]
#[template(path = "applications/deputy.html")]
struct DeputyPage {
    shell: Shell,
    errors: Errors,
    mine: Vec<Named>,
    others: Vec<Named>,
    colleagues: Vec<Choice>,
    from: [String; 3],
    until: [String; 3],
}

/// One naming.
struct Named {
    id: DeputyId,
    words: String,
    from: Day,
    until: Day,
}

/// `GET /applications/deputy`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    render(&app, &visitor, &Fields::default(), Errors::default()).await
}

async fn render(app: &App, visitor: &Visitor, fields: &Fields, errors: Errors) -> Result<Response, PageError> {
    let t = visitor.t();
    let room = app.store.officers(&visitor.scope);
    let me = visitor.scope.officer_id();
    let (mine, others): (Vec<_>, Vec<_>) =
        room.deputies(app.today()).await?.into_iter().partition(|naming| Some(naming.officer) == me);
    let choice = |officer: Officer| {
        let district = officer.posting.district.map(|district| place(app, t, &district.0)).unwrap_or_default();
        let value = officer.id.to_string();
        Choice { chosen: fields.text("deputy") == value, text: format!("{} · {district}", officer.name), value }
    };
    let parts = |name: &str| ["day", "month", "year"].map(|part| fields.text(&format!("{name}_{part}")).to_owned());
    let page = DeputyPage {
        shell: visitor.shell(app),
        mine: mine.iter().map(|naming| named(t, naming, "deputy-mine", &naming.deputy_name)).collect(),
        others: others
            .iter()
            .map(|naming| {
                let from = format!("{} · {}", naming.officer_name, place(app, t, &naming.district.0));
                named(t, naming, "deputy-for", &from)
            })
            .collect(),
        colleagues: room.colleagues().await?.into_iter().map(choice).collect(),
        from: parts("from"),
        until: parts("until"),
        errors,
    };
    form_page(&page, &page.errors)
}

fn named(t: T, naming: &Deputizing, message: &str, who: &str) -> Named {
    let words = t.a(message, "name", who);
    Named { id: naming.id, words, from: Day::of(t, naming.from), until: Day::of(t, naming.until) }
}

/// `POST /applications/deputy`
pub async fn create(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, PageError> {
    let (t, fields) = (visitor.t(), &sent.fields);
    let Some(me) = visitor.scope.officer().map(|officer| officer.as_officer().clone()) else {
        return Err(PageError::NotFound);
    };
    let mut errors = Errors::default();
    let colleagues = app.store.officers(&visitor.scope).colleagues().await?;
    let deputy = colleagues.iter().find(|officer| officer.id.to_string() == fields.text("deputy"));
    if deputy.is_none() {
        errors.add("deputy", t.m("deputy-missing"));
    }
    let day = |name: &str| fields.date(name).and_then(Result::ok);
    let (from, until) = (day("from"), day("until"));
    for (field, day) in [("from_day", from), ("until_day", until)] {
        if day.is_none() {
            errors.add(field, t.m("deliver-date-wrong"));
        }
    }
    let (Some(deputy), Some(from), Some(until)) = (deputy, from, until) else {
        return render(&app, &visitor, fields, errors).await;
    };
    match DeputyNamed::decide(&me, deputy, from, until, app.today()) {
        Ok(named) => {
            let change = Change::after(DeputyId(uuid::Uuid::now_v7()), 0, named, app.today());
            sent.carry_out(&app, &visitor, vec![change], "/applications/deputy".to_owned()).await
        }
        Err(why) => {
            let (field, sentence) = match why {
                DeputyRefused::Dates => ("until_day", t.a("deputy-dates", "days", LONGEST_LEAVE.to_string())),
                DeputyRefused::Oneself | DeputyRefused::OtherDepartment | DeputyRefused::SameInbox => {
                    ("deputy", t.m("deputy-missing"))
                }
            };
            render(&app, &visitor, fields, Errors::one(field, sentence)).await
        }
    }
}

/// `GET /applications/deputy/{deputy}/end`: where a form leads that was sent after its session had ended.
pub async fn back(Path(_): Path<String>) -> Redirect {
    Redirect::to("/applications/deputy")
}

/// `POST /applications/deputy/{deputy}/end`: whoever named the deputy is back early.
pub async fn end(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, PageError> {
    let namings = app.store.officers(&visitor.scope).deputies(app.today()).await?;
    let me = visitor.scope.officer_id();
    let mine = namings.into_iter().find(|naming| naming.id.to_string() == id && Some(naming.officer) == me);
    let naming = mine.ok_or(PageError::NotFound)?;
    let change = Change::after(naming.id, naming.version, DeputyEnded {}, app.today());
    sent.carry_out(&app, &visitor, vec![change], "/applications/deputy".to_owned()).await
}
