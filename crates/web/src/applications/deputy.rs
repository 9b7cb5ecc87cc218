//! A deputy while somebody is on leave: an officer of the same department in another district has their inbox for some
//! days. Named by the officer, by their supervisor or by whoever appoints officers, ended by any of them.

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
    /// The officer's name, on the page of whoever appoints officers; empty on the officer's own.
    name: String,
    /// What the choice of a deputy is called.
    who: String,
    /// The address of the form.
    address: String,
    /// Where one came from, and what that is called.
    back: (String, String),
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

/// Whose deputies a page is about, and whose page it is.
pub(crate) struct Away {
    officer: Officer,
    by: By,
}

/// Who names a deputy.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    /// The officer who goes on leave.
    Oneself,
    /// Whoever appoints officers.
    Administrator,
    /// The supervisor of the department in the district.
    Supervisor,
}

impl Away {
    /// Another officer, for whoever appoints officers.
    pub(crate) fn of(officer: Officer) -> Away {
        Away { officer, by: By::Administrator }
    }

    /// Another officer, for their supervisor.
    pub(crate) fn supervised(officer: Officer) -> Away {
        Away { officer, by: By::Supervisor }
    }

    fn own(&self) -> bool {
        self.by == By::Oneself
    }

    fn oneself(visitor: &Visitor) -> Result<Away, PageError> {
        let officer = visitor.scope.officer().map(|officer| officer.as_officer().clone());
        Ok(Away { officer: officer.ok_or(PageError::NotFound)?, by: By::Oneself })
    }

    fn address(&self) -> String {
        match self.by {
            By::Oneself => "/applications/deputy".to_owned(),
            By::Administrator => format!("/officers/{}/deputy", self.officer.id),
            By::Supervisor => format!("/deputies/{}", self.officer.id),
        }
    }

    /// Where one came from, and what that is called.
    fn back(&self, t: T) -> (String, String) {
        match self.by {
            By::Oneself => ("/applications".to_owned(), t.m("case-back")),
            By::Administrator => (format!("/officers/{}", self.officer.id), self.officer.name.clone()),
            By::Supervisor => ("/deputies".to_owned(), t.m("place-deputies")),
        }
    }
}

/// `GET /applications/deputy`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    render(&app, &visitor, &Away::oneself(&visitor)?, &Fields::default(), Errors::default()).await
}

/// The page with what was typed.
pub(crate) async fn render(
    app: &App,
    visitor: &Visitor,
    away: &Away,
    fields: &Fields,
    errors: Errors,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let room = app.store.officers(&visitor.scope);
    let (mine, others): (Vec<_>, Vec<_>) = room
        .deputies(away.officer.id, app.today())
        .await?
        .into_iter()
        .partition(|naming| naming.officer == away.officer.id);
    let choice = |officer: Officer| {
        let district = officer.posting.district.map(|district| place(app, t, &district.0)).unwrap_or_default();
        let value = officer.id.to_string();
        Choice { chosen: fields.text("deputy") == value, text: format!("{} · {district}", officer.name), value }
    };
    let parts = |name: &str| ["day", "month", "year"].map(|part| fields.text(&format!("{name}_{part}")).to_owned());
    let (stands_in, stood_for) = if away.own() { ("deputy-mine", "deputy-for") } else { ("deputy-has", "deputy-is") };
    let page = DeputyPage {
        shell: visitor.shell(app),
        name: if away.own() { String::new() } else { away.officer.name.clone() },
        who: t.m(if away.own() { "deputy-who" } else { "deputy-of-who" }),
        address: away.address(),
        back: away.back(t),
        mine: mine.iter().map(|naming| named(t, naming, stands_in, &naming.deputy_name)).collect(),
        others: others
            .iter()
            .map(|naming| {
                let from = format!("{} · {}", naming.officer_name, place(app, t, &naming.district.0));
                named(t, naming, stood_for, &from)
            })
            .collect(),
        colleagues: room.colleagues(away.officer.id).await?.into_iter().map(choice).collect(),
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
    let away = Away::oneself(&visitor)?;
    name(&app, &visitor, away, sent).await
}

/// Names who stands in.
pub(crate) async fn name(app: &App, visitor: &Visitor, away: Away, sent: Sent) -> Result<Response, PageError> {
    let (t, fields) = (visitor.t(), &sent.fields);
    let mut errors = Errors::default();
    let colleagues = app.store.officers(&visitor.scope).colleagues(away.officer.id).await?;
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
        return render(app, visitor, &away, fields, errors).await;
    };
    let named = app.store.officers(&visitor.scope).deputies(away.officer.id, app.today()).await?;
    let again = |naming: &Deputizing| naming.officer == away.officer.id && naming.deputy == deputy.id;
    if named.iter().any(|naming| again(naming) && naming.from <= until && from <= naming.until) {
        return render(app, visitor, &away, fields, Errors::one("deputy", t.m("deputy-already"))).await;
    }
    match DeputyNamed::decide(visitor.scope.officer_id(), &away.officer, deputy, from, until, app.today()) {
        Ok(named) => {
            let change = Change::after(DeputyId(uuid::Uuid::now_v7()), 0, named, app.today());
            sent.carry_out(app, visitor, vec![change], away.address()).await
        }
        Err(why) => {
            let (field, sentence) = match why {
                DeputyRefused::Dates => ("until_day", t.a("deputy-dates", "days", LONGEST_LEAVE.to_string())),
                DeputyRefused::Forbidden => ("deputy", t.m("deputy-forbidden")),
                DeputyRefused::Oneself | DeputyRefused::OtherDepartment | DeputyRefused::SameInbox => {
                    ("deputy", t.m("deputy-missing"))
                }
            };
            render(app, visitor, &away, fields, Errors::one(field, sentence)).await
        }
    }
}

/// `GET /applications/deputy/{deputy}/end`: where a form leads that was sent after its session had ended.
pub async fn back(Path(_): Path<String>) -> Redirect {
    Redirect::to("/applications/deputy")
}

/// `POST /applications/deputy/{deputy}/end`: who was away is back early.
pub async fn end(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, PageError> {
    let away = Away::oneself(&visitor)?;
    take_back(&app, &visitor, &away, &id, sent).await
}

/// Ends a naming before its last day.
pub(crate) async fn take_back(
    app: &App,
    visitor: &Visitor,
    away: &Away,
    id: &str,
    sent: Sent,
) -> Result<Response, PageError> {
    let namings = app.store.officers(&visitor.scope).deputies(away.officer.id, app.today()).await?;
    let theirs = namings.into_iter().find(|naming| naming.id.to_string() == id && naming.officer == away.officer.id);
    let naming = theirs.ok_or(PageError::NotFound)?;
    let change = Change::after(naming.id, naming.version, DeputyEnded {}, app.today());
    sent.carry_out(app, visitor, vec![change], away.address()).await
}
