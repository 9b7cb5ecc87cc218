//! A new household in one form: its head, its place, its phone. Similar records are shown first.

use super::{
    cards::{self, Results},
    fields::Reader,
    find,
    forms::{self, PersonForm, PhoneForm, PlaceForm},
    household::{people_refused, visit_refused},
};
use crate::{
    App,
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Shell, form_page},
    visits::{Frame, StepName, visit},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Date,
    event::Change,
    ids::{HouseholdId, ListingId, PersonId, VisitId},
    people::{Birth, Household, HouseholdRegistered, Listed, ListedMatched, PersonDetails, PlaceSaid},
    visits::Visit,
};
use serde::Deserialize;
use store::access::Purpose;

#[derive(Template)]
#[template(path = "people/register.html")]
struct RegisterPage {
    shell: Shell,
    frame: Frame,
    errors: Errors,
    person: PersonForm,
    place: PlaceForm,
    phone: PhoneForm,
    /// Similar records; before saving somebody looks at them.
    results: Results,
    /// The form came back from the server.
    answered: bool,
    /// Cards that open another district's file ask for a reason.
    reason: String,
    reason_for: String,
    /// The row of a list from which the family is registered; empty for most.
    listing: String,
}

/// From where the form is filled.
#[derive(Debug, Default, Deserialize)]
pub struct From {
    listing: Option<ListingId>,
}

/// `GET /visits/{visit}/register`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    Query(from): Query<From>,
) -> Result<Response, PageError> {
    let visit = visit::load(&app, &visitor, id).await?;
    if visit.household.is_some() {
        return Ok(Redirect::to(&format!("/visits/{id}/household")).into_response());
    }
    let district = visitor.scope.officer().and_then(|officer| officer.district()).map(|d| d.0.clone());
    let t = visitor.t();
    let listed = match from.listing {
        Some(listing) => app.store.lists(&visitor.scope).to_register(listing).await?,
        None => None,
    };
    let fields = listed.as_ref().map(|row| fields_of_listed(&row.listed, &district.clone().unwrap_or_default()));
    if let Some(row) = &listed {
        app.store
            .log_read(&visitor.scope, "listing", Some(row.listed.listing.0), &Purpose::Visit(id), app.now())
            .await?;
    }
    let page = RegisterPage {
        shell: visitor.shell(&app),
        frame: Frame::of(&app, &visitor, &visit, StepName::Household).await?,
        errors: Errors::default(),
        person: fields
            .as_ref()
            .map_or_else(|| PersonForm::empty(&app, t, true), |fields| PersonForm::typed(&app, t, fields, true)),
        place: fields.as_ref().map_or_else(
            || PlaceForm::empty(&app, t, &district.unwrap_or_default()),
            |fields| PlaceForm::typed(&app, t, fields),
        ),
        phone: fields.as_ref().map_or_else(PhoneForm::default, |fields| PhoneForm::typed(fields, "")),
        listing: listed.map(|row| row.listed.listing.to_string()).unwrap_or_default(),
        results: Results::default(),
        answered: false,
        reason: String::new(),
        reason_for: String::new(),
    };
    form_page(&page, &page.errors)
}

/// What a list says of a person, as the fields of the form: a clerk asks, and corrects what the person says otherwise.
fn fields_of_listed(listed: &Listed, district: &str) -> Fields {
    let details = PersonDetails {
        given: listed.given.clone(),
        father_or_husband: listed.father_or_husband.clone(),
        sex: listed.sex,
        birth: listed.birth,
        relationship: None,
        marital_status: None,
        identities: Vec::new(),
    };
    let mut fields = forms::fields_of(&details, Date::default());
    if let Some(Birth::About(_)) = listed.birth {
        // An age on an old list is none of today: it is asked.
        fields = forms::fields_of(&PersonDetails { birth: None, ..details }, Date::default());
    }
    let mut put = |name: &str, value: Option<&str>| value.into_iter().for_each(|value| fields.add(name, value));
    put("number", listed.number.as_deref());
    put("district", Some(listed.district.as_ref().map_or(district, |own| own.0.as_str())));
    put("tehsil", listed.tehsil.as_deref());
    put("union_council", listed.union_council.as_deref());
    put("village", listed.village.as_deref());
    put("phone", listed.phone.as_deref());
    fields
}

/// What the form says, read.
struct Asked {
    details: PersonDetails,
    registered: HouseholdRegistered,
    errors: Errors,
}

fn read(app: &App, visitor: &Visitor, visit: &Visit, fields: &Fields) -> Asked {
    let mut reader = Reader::new(visitor.t(), fields, app.today());
    let details = reader.person(None, true);
    let place = reader.place(&app.pack);
    let phones = reader.phone("").into_iter().collect();
    let registered = HouseholdRegistered { centre: visit.centre.clone(), place, phones };
    Asked { details, registered, errors: reader.errors }
}

/// `POST /visits/{visit}/register`
pub async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let visit = visit::load(&app, &visitor, id).await?;
    let Asked { details, registered, mut errors } = read(&app, &visitor, &visit, &sent.fields);
    let (household, person) = (HouseholdId(uuid::Uuid::now_v7()), PersonId(uuid::Uuid::now_v7()));
    let found = visit.find(household, None);
    if let Err(refused) = &found {
        errors.add("main", visit_refused(visitor.t(), refused));
    }
    let added = empty(household, &registered).add_member(person, details.clone());
    if let (Err(refused), true) = (&added, errors.is_empty()) {
        let (field, sentence) = people_refused(visitor.t(), refused);
        errors.add(field, sentence);
    }
    let (Ok(found), Ok(added), true) = (found, added, errors.is_empty()) else {
        return again(&app, &visitor, &visit, &sent.fields, errors, Results::default()).await;
    };
    app.store.log_read(&visitor.scope, "search", None, &Purpose::Visit(id), app.now()).await?;
    let results = cards::similar(&app, &visitor, &details, &sent.fields).await?;
    // Somebody has looked at exactly these cards and said "none of these".
    if !results.cards.is_empty() && sent.fields.text("confirmed") != results.looked_at() {
        return again(&app, &visitor, &visit, &sent.fields, errors, results).await;
    }
    let today = app.today();
    let mut changes = vec![Change::after(household, 0, registered, today), Change::after(household, 1, added, today)];
    changes.extend(find::found_by(&app, &visitor, &visit, found));
    // What the list says she receives follows her into the registry.
    if let Ok(Some(listing)) = sent.fields.read::<ListingId>("listing")
        && let Some(row) = app.store.lists(&visitor.scope).to_register(listing).await?
    {
        let matched = ListedMatched { person, reason: "registered from the list".to_owned() };
        changes.push(Change::after(listing, row.version, matched, today));
    }
    sent.carry_out(&app, &visitor, changes, format!("/visits/{id}/household?done=registered")).await
}

/// A household before its first event has been applied, to decide its first member.
pub(super) fn empty(id: HouseholdId, registered: &HouseholdRegistered) -> Household {
    Household {
        id,
        version: 1,
        centre: registered.centre.clone(),
        place: registered.place.clone(),
        place_said: PlaceSaid::default(),
        phones: registered.phones.clone(),
        members_complete: false,
        members: Vec::new(),
        answers: Vec::new(),
        consents: Vec::new(),
    }
}

/// The form as typed, with what is wrong or with the records to look at.
async fn again(
    app: &App,
    visitor: &Visitor,
    visit: &Visit,
    fields: &Fields,
    errors: Errors,
    results: Results,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let page = RegisterPage {
        shell: visitor.shell(app),
        frame: Frame::of(app, visitor, visit, StepName::Household).await?,
        errors,
        person: PersonForm::typed(app, t, fields, true),
        place: PlaceForm::typed(app, t, fields),
        phone: PhoneForm::typed(fields, ""),
        results,
        answered: true,
        listing: fields.text("listing").to_owned(),
        reason: String::new(),
        reason_for: String::new(),
    };
    form_page(&page, &page.errors)
}
