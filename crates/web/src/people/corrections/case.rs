//! One request at the centre: what was asked, what stands on file, and the two answers.

use crate::{
    App,
    applications::inbox_rows::{Day, scheme},
    people::forms::{PersonForm, PhoneForm, PlaceForm},
    people::place::endings,
    request::{Errors, Fields, PageError, Visitor},
    shell::{ClockView, Shell, form_page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{OriginalUri, Path, Query, State},
    response::{Redirect, Response},
};
use domain::{
    Version,
    access::Doing,
    applications::ClockOwner,
    ids::{CorrectionId, PersonId},
    people::{Correction, CorrectionField, CorrectionState, Household},
};
use serde::Deserialize;
use store::access::Purpose;

#[derive(Template)]
#[template(path = "people/corrections/case.html")]
struct CasePage {
    shell: Shell,
    errors: Errors,
    id: CorrectionId,
    version: Version,
    answered: bool,
    field: String,
    facts: Vec<(String, String)>,
    clock: Option<ClockView>,
    state: String,
    told: Option<Told>,
    act: Act,
    /// Whose details the form corrects; what the form of a person shows then.
    whose: Option<PersonId>,
    person: PersonForm,
    /// The form corrects place and phones, as these show.
    of_place: bool,
    place: PlaceForm,
    phones: Vec<PhoneForm>,
    words: String,
    refusal: String,
}

/// The answer that was given.
struct Told {
    on: Option<Day>,
    words: String,
    /// The applications that stood on it.
    applications: Vec<String>,
    /// The programmes with another outcome since.
    moved: Vec<String>,
}

/// What this officer can do now.
#[derive(Default)]
struct Act {
    /// Choose whom it is about first: address and name.
    choose: Vec<(String, String)>,
    /// Correct somebody's details.
    person: Option<(PersonId, PersonForm)>,
    /// Correct place and phones.
    place: Option<(PlaceForm, Vec<PhoneForm>)>,
    /// It is corrected in a visit, then accepted here.
    elsewhere: bool,
    /// Accept or refuse.
    open: bool,
}

/// Whom it is about.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    person: Option<PersonId>,
}

/// A request within the visitor's scope, and its family. The opening is noted for the family to see.
pub(super) async fn load(app: &App, visitor: &Visitor, id: &str) -> Result<(Correction, Household), PageError> {
    let id: CorrectionId = id.parse().map_err(|_| PageError::NotFound)?;
    let one = app.store.corrections(&visitor.scope).get(id).await?.ok_or(PageError::NotFound)?;
    let household = app.store.people(&visitor.scope).household(one.asked.household).await?;
    let household = household.ok_or(PageError::NotFound)?;
    let purpose = Purpose::Correction(id);
    app.store.log_read(&visitor.scope, "household", Some(household.id.0), &purpose, app.now()).await?;
    Ok((one, household))
}

/// `GET /people/corrections/{correction}`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, PageError> {
    let (one, household) = load(&app, &visitor, &id).await?;
    render(&app, &visitor, (&one, &household), wanted.person, None, Errors::default()).await
}

/// The page; with `typed` it gives the sent form back.
pub(super) async fn render(
    app: &App,
    visitor: &Visitor,
    (one, household): (&Correction, &Household),
    person: Option<PersonId>,
    typed: Option<&Fields>,
    errors: Errors,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let open = one.state == CorrectionState::Asked && visitor.may(Doing::People);
    let text = |name: &str| typed.map(|fields| fields.text(name).to_owned()).unwrap_or_default();
    let mut act = if open { act(app, t, one, household, person, typed) } else { Act::default() };
    let (whose, person) = match act.person.take() {
        Some((whose, form)) => (Some(whose), form),
        None => (None, PersonForm::empty(app, t, false)),
    };
    let (of_place, (place, phones)) = match act.place.take() {
        Some(forms) => (true, forms),
        None => (false, (PlaceForm::empty(app, t, ""), Vec::new())),
    };
    let page = CasePage {
        shell: visitor.shell(app),
        whose,
        person,
        of_place,
        place,
        phones,
        id: one.id,
        // The version the form was made from stays, so that a change in between is still noticed.
        version: text("version").parse().unwrap_or(household.version),
        answered: typed.is_some(),
        field: t.code("correction-field", one.asked.field.code()),
        facts: facts(t, one),
        clock: ClockView::of(app, t, ClockOwner::Nobody, one.asked.since, Some(one.asked.due)).filter(|_| open),
        state: t.code("correction-state", one.state.code()),
        told: told(app, visitor, one).await?,
        act,
        words: text("words"),
        refusal: text("refusal"),
        errors,
    };
    form_page(&page, &page.errors)
}

fn facts(t: T, one: &Correction) -> Vec<(String, String)> {
    let asked = &one.asked;
    let by = if asked.receipt.is_some() { "correct-by-receipt" } else { "correct-by-desk" };
    let rows = [
        ("correct-whose", asked.whose.clone()),
        ("correct-should-be", Some(asked.should_be.clone())),
        ("correct-why", Some(asked.why.clone())),
        ("correct-paper", asked.paper.clone()),
        ("correct-asked-on", Some(format!("{} · {}", t.date(asked.since), t.m(by)))),
        ("correct-by", Some(t.date(asked.due))),
    ];
    rows.into_iter().filter_map(|(label, value)| Some((t.m(label), value?))).collect()
}

async fn told(app: &App, visitor: &Visitor, one: &Correction) -> Result<Option<Told>, PageError> {
    let (t, Some(answer)) = (visitor.t(), &one.answer) else { return Ok(None) };
    let done = answer.done.as_ref();
    let mut applications = Vec::new();
    for id in done.iter().flat_map(|done| &done.applications) {
        // A protected one stays with its own visit: it carries the flag and is not named here.
        let found = app.store.applications(&visitor.scope).get(*id).await?;
        let ordinary = found.filter(|application| !application.submitted.protected);
        applications.extend(ordinary.map(|application| scheme(app, t, &application.submitted.programme)));
    }
    Ok(Some(Told {
        on: one.answered_on.map(|day| Day::of(t, day)),
        words: answer.words.clone().unwrap_or_default(),
        applications,
        moved: done.iter().flat_map(|done| &done.moved).map(|programme| scheme(app, t, programme)).collect(),
    }))
}

fn act(
    app: &App,
    t: T,
    one: &Correction,
    household: &Household,
    person: Option<PersonId>,
    typed: Option<&Fields>,
) -> Act {
    let mut act = Act { open: true, ..Act::default() };
    // A correction that was accepted without a form of its own has none to give back.
    let typed = typed.filter(|fields| fields.opt("given").or(fields.opt("district")).is_some());
    let field = one.asked.field;
    let only = match &household.present().collect::<Vec<_>>()[..] {
        [only] => Some(only.id),
        _ => None,
    };
    let member = person.or(only).and_then(|person| household.member(person).ok());
    match (field.of_person(), member) {
        (true, Some(member)) => {
            let form = match typed {
                Some(fields) => PersonForm::typed(app, t, fields, false),
                None => PersonForm::on_file(app, t, &member.details, app.today()),
            };
            act.person = Some((member.id, form));
        }
        (true, None) => {
            let address = |member: &domain::people::Member| {
                (format!("/people/corrections/{}?person={}", one.id, member.id), member.details.given.clone())
            };
            act.choose = household.present().map(address).collect();
        }
        (false, _) if field.of_place() => act.place = Some(place(app, t, household, typed)),
        (false, _) => act.elsewhere = true,
    }
    act
}

fn place(app: &App, t: T, household: &Household, typed: Option<&Fields>) -> (PlaceForm, Vec<PhoneForm>) {
    let endings = endings(household);
    if let Some(fields) = typed {
        let phones = endings.iter().map(|ending| PhoneForm::typed(fields, ending)).collect();
        return (PlaceForm::typed(app, t, fields), phones);
    }
    let phone = |(at, ending): (usize, &String)| match household.phones.get(at) {
        Some(entry) => PhoneForm::on_file(entry, ending),
        None => PhoneForm { ending: ending.clone(), ..PhoneForm::default() },
    };
    (PlaceForm::on_file(app, t, &household.place), endings.iter().enumerate().map(phone).collect())
}

/// Whether a request is corrected with a form of its page.
pub(super) fn has_form(field: CorrectionField) -> bool {
    field.of_person() || field.of_place()
}

/// `GET` of a form's own address: to the request.
pub async fn back(OriginalUri(address): OriginalUri) -> Redirect {
    let (parent, _) = address.path().rsplit_once('/').unwrap_or_default();
    Redirect::to(parent)
}
