//! What is protected in a file, opened outside the visit in which the person asked for that help: for a stated reason,
//! for half an hour, in front of a second person.

use crate::{
    App,
    applications::inbox_rows::Day,
    eligibility::{family::family, family::value, panel::look, reasons, values},
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Choice, Shell, form_page},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    access::{OpeningReason, OpeningRefused, ProtectedOpened},
    event::Change,
    ids::{HouseholdId, OpeningId},
    people::{Answer, Household},
};
use store::access::Purpose;

#[derive(Template)]
#[template(path = "people/protected_ask.html")]
struct AskPage {
    shell: Shell,
    errors: Errors,
    household: HouseholdId,
    reasons: Vec<Choice>,
    words: String,
}

#[derive(Template)]
#[template(path = "people/protected.html")]
struct ProtectedPage {
    shell: Shell,
    household: HouseholdId,
    people: Vec<(String, Vec<FactLine>)>,
    verdicts: Vec<VerdictLine>,
}

/// One protected answer.
struct FactLine {
    label: String,
    value: String,
    known: String,
    day: Day,
}

/// One protected programme as it stands now.
struct VerdictLine {
    name: String,
    word: String,
}

/// `GET /people/{household}/protected`: asks for the reason; while an opening lasts, shows what is protected.
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<HouseholdId>,
) -> Result<Response, PageError> {
    app.store.people(&visitor.scope).household(id).await?.ok_or(PageError::NotFound)?;
    match app.store.open_now(&visitor.scope, id, app.now()).await? {
        Some(opening) => opened(&app, &visitor, id, opening).await,
        None => ask(&app, &visitor, id, &Fields::default(), Errors::default()),
    }
}

fn ask(
    app: &App,
    visitor: &Visitor,
    household: HouseholdId,
    fields: &Fields,
    errors: Errors,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let reason = |why: &OpeningReason| Choice {
        value: why.code().to_owned(),
        text: t.code("opening", why.code()),
        chosen: fields.is("why", why.code()),
    };
    let page = AskPage {
        shell: visitor.shell(app),
        errors,
        household,
        reasons: OpeningReason::ALL.iter().map(reason).collect(),
        words: fields.text("words").to_owned(),
    };
    form_page(&page, &page.errors)
}

/// `POST /people/{household}/protected`: opens for half an hour, in the journal and before a second person.
pub async fn open(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<HouseholdId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let household = app.store.people(&visitor.scope).household(id).await?.ok_or(PageError::NotFound)?;
    let why = sent.fields.text("why").parse().ok();
    let district = household.place.district;
    match ProtectedOpened::decide(id, district, why, sent.fields.text("words"), app.now()) {
        Ok(event) => {
            let opening = OpeningId(uuid::Uuid::now_v7());
            let change = Change::after(opening, 0, event, app.today());
            sent.carry_out(&app, &visitor, vec![change], format!("/people/{id}/protected")).await
        }
        Err(refused) => {
            let t = visitor.t();
            let errors = match refused {
                OpeningRefused::WhyMissing => Errors::one("why", t.m("protected-why-missing")),
                OpeningRefused::WordsMissing => Errors::one("words", t.m("protected-words-missing")),
                OpeningRefused::WordsTooLong => {
                    Errors::one("words", t.a("protected-words-long", "most", domain::access::LONGEST_REASON))
                }
                OpeningRefused::Oneself => Errors::one("why", t.m("openings-oneself")),
            };
            ask(&app, &visitor, id, &sent.fields, errors)
        }
    }
}

async fn opened(app: &App, visitor: &Visitor, id: HouseholdId, opening: OpeningId) -> Result<Response, PageError> {
    let (scope, now) = (&visitor.scope, app.now());
    app.store.log_read(scope, "protected", Some(id.0), &Purpose::Opening(opening), now).await?;
    let household = app.store.people(scope).household_opened(id, now).await?.ok_or(PageError::NotFound)?;
    let page = ProtectedPage {
        shell: visitor.shell(app),
        household: id,
        people: facts(app, visitor, &household),
        verdicts: verdicts(app, visitor, &household),
    };
    crate::shell::page(&page)
}

/// The protected answers in force, by whom they are about.
fn facts(app: &App, visitor: &Visitor, household: &Household) -> Vec<(String, Vec<FactLine>)> {
    let t = visitor.t();
    let line = |answer: &Answer| FactLine {
        label: reasons::label(&app.pack, &answer.fact, t),
        value: app
            .pack
            .fact(&answer.fact)
            .map(|fact| values::named(&app.pack, t, fact, &value(&answer.value)))
            .unwrap_or_default(),
        known: t.code("known", answer.provenance.code()),
        day: Day::of(t, answer.on),
    };
    let of = |person| {
        let mut known: Vec<&Answer> = household.answers.iter().filter(|a| a.protected && a.person == person).collect();
        known.retain(|a| household.answer(&a.fact, person).is_some_and(|in_force| in_force.id == a.id));
        known.into_iter().map(line).collect::<Vec<_>>()
    };
    let mut people = vec![(t.m("answers-household"), of(None))];
    people.extend(household.present().map(|m| (m.details.given.clone(), of(Some(m.id)))));
    people.retain(|(_, lines)| !lines.is_empty());
    people
}

/// The protected programmes as these facts decide them today; nothing is recorded of it.
fn verdicts(app: &App, visitor: &Visitor, household: &Household) -> Vec<VerdictLine> {
    let t = visitor.t();
    let screening = rules::screen(&app.pack, &family(household, app.today()), app.today());
    let line = |verdict: &rules::Verdict| {
        let (_, _, code) = look(verdict.outcome);
        let programme = app.pack.programme(&verdict.programme)?;
        Some(VerdictLine { name: t.pack(&programme.name.words).to_owned(), word: t.code("outcome", code) })
    };
    screening.verdicts.iter().filter(|verdict| verdict.protected).filter_map(line).collect()
}
