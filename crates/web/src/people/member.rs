//! Members: adding one, and correcting one with a reason.

use super::{
    cards::{self, Results},
    fields::Reader,
    flags::{self, Changed},
    forms::PersonForm,
    household::{of_visit, people_refused, visit_refused},
    words::{self, MemberView},
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
    ids::{PersonId, VisitId},
    people::{Household, PersonDetails},
    visits::Visit,
};
use store::access::Purpose;

#[derive(Template)]
#[template(path = "people/member.html")]
struct MemberPage {
    shell: Shell,
    frame: Frame,
    errors: Errors,
    person: PersonForm,
    answered: bool,
    /// The version of the household that the form was made from.
    version: Version,
    reason: String,
    /// The member as on file; nothing for a new one.
    known: Option<MemberView>,
    /// Records like the one about to be added; somebody looks at them before it is saved.
    results: Results,
}

/// `GET /visits/{visit}/members/new`
pub async fn blank(State(app): State<App>, visitor: Visitor, Path(id): Path<VisitId>) -> Result<Response, PageError> {
    let (visit, household) = of_visit(&app, &visitor, id).await?;
    let person = PersonForm::empty(&app, visitor.t(), false);
    let page = MemberPage {
        shell: visitor.shell(&app),
        frame: Frame::of(&app, &visitor, &visit, StepName::Household).await?,
        errors: Errors::default(),
        person,
        answered: false,
        version: household.version,
        reason: String::new(),
        known: None,
        results: Results::default(),
    };
    form_page(&page, &page.errors)
}

/// `POST /visits/{visit}/members/new`
pub async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let (visit, household) = of_visit(&app, &visitor, id).await?;
    let (details, mut errors) = read(&app, &visitor, &visit, &sent.fields, None);
    let added = household.add_member(PersonId(uuid::Uuid::now_v7()), details.clone());
    let added = refuse(visitor.t(), &mut errors, added);
    let (Some(added), true) = (added, errors.is_empty()) else {
        return again(&app, &visitor, &visit, &household, &sent.fields, errors, None, Results::default()).await;
    };
    app.store.log_read(&visitor.scope, "search", Some(id.0), &Purpose::Visit(id), app.now()).await?;
    let results = cards::like_member(&app, &visitor, &details, &household).await?;
    // Somebody has looked at exactly these cards and said "somebody else".
    if !results.cards.is_empty() && sent.fields.text("confirmed") != results.looked_at() {
        return again(&app, &visitor, &visit, &household, &sent.fields, errors, None, results).await;
    }
    let change = Change::after(household.id, household.version, added, app.today());
    let to = match sent.fields.text("then") {
        "another" => format!("/visits/{id}/members/new"),
        _ => format!("/visits/{id}/household?done=member"),
    };
    sent.carry_out(&app, &visitor, vec![change], to).await
}

/// `GET /visits/{visit}/members/{person}`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, person)): Path<(VisitId, PersonId)>,
) -> Result<Response, PageError> {
    let (visit, household) = of_visit(&app, &visitor, id).await?;
    let member = household.member(person).map_err(|_| PageError::NotFound)?;
    let head = household.head().map(|head| head.id) == Some(person);
    let t = visitor.t();
    let page = MemberPage {
        shell: visitor.shell(&app),
        frame: Frame::of(&app, &visitor, &visit, StepName::Household).await?,
        errors: Errors::default(),
        person: PersonForm::on_file(&app, t, &member.details, app.today()),
        answered: false,
        version: household.version,
        reason: String::new(),
        known: Some(MemberView::of(&app, t, member, head)),
        results: Results::default(),
    };
    form_page(&page, &page.errors)
}

/// `POST /visits/{visit}/members/{person}`: a correction; applications that used what changed are flagged with it.
pub async fn update(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, person)): Path<(VisitId, PersonId)>,
    sent: Sent,
) -> Result<Response, PageError> {
    let (visit, household) = of_visit(&app, &visitor, id).await?;
    let before = household.member(person).map_err(|_| PageError::NotFound)?.details.clone();
    let (details, mut errors) = read(&app, &visitor, &visit, &sent.fields, Some(&before));
    let mut reader = Reader::new(visitor.t(), &sent.fields, app.today());
    let reason = reader.reason();
    reader.errors.all().iter().for_each(|(field, sentence)| errors.add(field, sentence));
    let corrected = household.correct_member(person, details.clone(), &reason);
    let corrected = refuse(visitor.t(), &mut errors, corrected);
    let (Some(corrected), true) = (corrected, errors.is_empty()) else {
        return again(&app, &visitor, &visit, &household, &sent.fields, errors, Some(person), Results::default()).await;
    };
    let to = format!("/visits/{id}/household?done=corrected");
    let changed = Changed::between(&before, &details);
    if changed == Changed::default() {
        return Ok(Redirect::to(&to).into_response());
    }
    if sent.version() != Some(household.version) {
        let rows = differences(&app, visitor.t(), &before, &details);
        return Err(PageError::stale(&sent.fields, &visitor.address, rows, Some(household.version)));
    }
    let mut changes = vec![Change::after(household.id, household.version, corrected, app.today())];
    changes.extend(flags::of_person(&app, &visitor, household.id, person, &changed, &reason).await?);
    sent.carry_out(&app, &visitor, changes, to).await
}

fn read(
    app: &App,
    visitor: &Visitor,
    visit: &Visit,
    fields: &Fields,
    before: Option<&PersonDetails>,
) -> (PersonDetails, Errors) {
    let mut reader = Reader::new(visitor.t(), fields, app.today());
    let details = reader.person(before, false);
    if let Err(refused) = visit.open() {
        reader.errors.add("main", visit_refused(visitor.t(), &refused));
    }
    (details, reader.errors)
}

/// A decision, or its refusal as a sentence beside its field; one sentence a field is enough.
fn refuse<V>(t: T, errors: &mut Errors, decided: Result<V, domain::people::PeopleRefused>) -> Option<V> {
    match decided {
        Ok(event) => Some(event),
        Err(refused) => {
            let (field, sentence) = people_refused(t, &refused);
            if errors.of(field).is_none() {
                errors.add(field, sentence);
            }
            None
        }
    }
}

/// The form as typed, with what is wrong or with the records to look at.
#[allow(clippy::too_many_arguments, reason = "the parts of one page")]
async fn again(
    app: &App,
    visitor: &Visitor,
    visit: &Visit,
    household: &Household,
    fields: &Fields,
    errors: Errors,
    person: Option<PersonId>,
    results: Results,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let head = household.head().map(|head| head.id);
    let member = person.and_then(|person| household.member(person).ok());
    let page = MemberPage {
        shell: visitor.shell(app),
        frame: Frame::of(app, visitor, visit, StepName::Household).await?,
        errors,
        person: PersonForm::typed(app, t, fields, false),
        answered: true,
        // The version the form was made from stays, so that a change in between is still noticed.
        version: fields.text("version").parse().unwrap_or(household.version),
        reason: fields.text("reason").to_owned(),
        known: member.map(|member| MemberView::of(app, t, member, head == Some(member.id))),
        results,
    };
    form_page(&page, &page.errors)
}

/// What is on file and what was typed, line by line.
pub(super) fn differences(
    app: &App,
    t: T,
    on_file: &PersonDetails,
    yours: &PersonDetails,
) -> Vec<(String, String, String)> {
    let lines = |details: &PersonDetails| {
        let code =
            |fact: &str, code: Option<&str>| code.map(|code| words::code_words(app, t, fact, code)).unwrap_or_default();
        [
            details.given.clone(),
            details.father_or_husband.clone().unwrap_or_default(),
            code("person.sex", details.sex.map(|c| c.code())),
            details.birth.map(|birth| words::birth_words(t, birth)).unwrap_or_default(),
            code("person.relationship_to_head", details.relationship.map(|c| c.code())),
            code("person.marital_status", details.marital_status.map(|c| c.code())),
            details.identities.first().map(|identity| identity.number.to_string()).unwrap_or_default(),
            details.identities.first().map(|i| t.code("identity-check", i.check.code())).unwrap_or_default(),
        ]
    };
    let labels = [
        t.m("people-name"),
        t.m("people-father"),
        t.m("people-sex"),
        t.m("people-birth"),
        t.m("people-relationship"),
        t.m("people-marital"),
        t.m("people-number"),
        t.m("people-number-check"),
    ];
    let sides = lines(on_file).into_iter().zip(lines(yours));
    labels.into_iter().zip(sides).map(|(label, (on_file, yours))| (label, on_file, yours)).collect()
}
