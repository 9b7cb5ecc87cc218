//! Where the family lives and its phones: corrected with a reason.

use super::{
    fields::Reader,
    flags,
    forms::{PhoneForm, PlaceForm},
    household::{of_visit, people_refused, visit_refused},
    words,
};
use crate::{
    App,
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Shell, form_page},
    text::T,
    visits::{Frame, StepName},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Version,
    event::Change,
    ids::VisitId,
    people::{Household, PhoneEntry, Place},
    visits::Visit,
};

#[derive(Template)]
#[template(path = "people/place.html")]
struct PlacePage {
    shell: Shell,
    frame: Frame,
    errors: Errors,
    answered: bool,
    place: PlaceForm,
    phones: Vec<PhoneForm>,
    version: Version,
    reason: String,
}

/// The endings of the fields of each phone on file, and of one more.
pub(super) fn endings(household: &Household) -> Vec<String> {
    (1..=household.phones.len() + 1).map(|at| format!("_{at}")).collect()
}

/// `GET /visits/{visit}/place`
pub async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<VisitId>) -> Result<Response, PageError> {
    let (visit, household) = of_visit(&app, &visitor, id).await?;
    let t = visitor.t();
    let phone = |(at, ending): (usize, &String)| match household.phones.get(at) {
        Some(entry) => PhoneForm::on_file(entry, ending),
        None => PhoneForm { ending: ending.clone(), ..PhoneForm::default() },
    };
    let page = PlacePage {
        shell: visitor.shell(&app),
        frame: Frame::of(&app, &visitor, &visit, StepName::Household).await?,
        errors: Errors::default(),
        answered: false,
        place: PlaceForm::on_file(&app, t, &household.place),
        phones: endings(&household).iter().enumerate().map(phone).collect(),
        version: household.version,
        reason: String::new(),
    };
    form_page(&page, &page.errors)
}

async fn again(
    app: &App,
    visitor: &Visitor,
    visit: &Visit,
    household: &Household,
    fields: &Fields,
    errors: Errors,
) -> Result<Response, PageError> {
    let page = PlacePage {
        shell: visitor.shell(app),
        frame: Frame::of(app, visitor, visit, StepName::Household).await?,
        errors,
        answered: true,
        place: PlaceForm::typed(app, visitor.t(), fields),
        phones: endings(household).iter().map(|ending| PhoneForm::typed(fields, ending)).collect(),
        version: fields.text("version").parse().unwrap_or(household.version),
        reason: fields.text("reason").to_owned(),
    };
    form_page(&page, &page.errors)
}

/// `POST /visits/{visit}/place`
pub async fn update(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let (visit, household) = of_visit(&app, &visitor, id).await?;
    let t = visitor.t();
    let mut reader = Reader::new(t, &sent.fields, app.today());
    let place = reader.place(&app.pack);
    let phones: Vec<PhoneEntry> = endings(&household).iter().filter_map(|ending| reader.phone(ending)).collect();
    let reason = reader.reason();
    let mut errors = reader.errors;
    if let Err(refused) = visit.open() {
        errors.add("main", visit_refused(t, &refused));
    }
    if !errors.is_empty() {
        return again(&app, &visitor, &visit, &household, &sent.fields, errors).await;
    }
    let to = format!("/visits/{id}/household?done=place");
    if place == household.place && phones == household.phones {
        return Ok(Redirect::to(&to).into_response());
    }
    if sent.version() != Some(household.version) {
        let rows = differences(&app, t, (&household.place, &household.phones), (&place, &phones));
        return Err(PageError::stale(&sent.fields, &visitor.address, rows, Some(household.version)));
    }
    let facts = flags::of_place(&household.place, &place);
    let corrected = match household.correct(place, phones, &reason) {
        Ok(corrected) => corrected,
        Err(refused) => {
            let (field, sentence) = people_refused(t, &refused);
            return again(&app, &visitor, &visit, &household, &sent.fields, Errors::one(field, sentence)).await;
        }
    };
    let mut changes = vec![Change::after(household.id, household.version, corrected, app.today())];
    changes.extend(flags::using(&app, &visitor, household.id, &facts, &reason).await?);
    sent.carry_out(&app, &visitor, changes, to).await
}

pub(super) type Where<'a> = (&'a Place, &'a [PhoneEntry]);

/// What is on file and what was typed, line by line.
pub(super) fn differences(app: &App, t: T, on_file: Where<'_>, yours: Where<'_>) -> Vec<(String, String, String)> {
    let lines = |(place, phones): Where<'_>| {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let province = |code: &str| words::code_words(app, t, "household.province_permanent", code);
        let numbers: Vec<String> = phones.iter().map(words::phone_words).collect();
        [
            words::district(app, t, &place.district.0),
            place.province_permanent.as_deref().map(province).unwrap_or_default(),
            text(&place.tehsil),
            text(&place.union_council),
            text(&place.village),
            text(&place.directions),
            numbers.join(", "),
        ]
    };
    let labels = [
        t.m("people-district"),
        t.m("people-province"),
        t.m("people-tehsil"),
        t.m("people-union-council"),
        t.m("people-village"),
        t.m("people-directions"),
        t.m("people-phones"),
    ];
    let sides = lines(on_file).into_iter().zip(lines(yours));
    labels.into_iter().zip(sides).map(|(label, (on_file, yours))| (label, on_file, yours)).collect()
}
