//! Answers that a family brings from its own check: read from a code, confirmed aloud, and on file as said.

use super::carried_form::{Intake, Line, MemberRow, told};
use super::{
    cards::{self, Results},
    fields::Reader,
    find,
    forms::{PersonForm, PhoneForm, PlaceForm},
    household::{people_refused, visit_refused},
    pictured,
    register::empty,
};
use crate::{
    App,
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Choice, Shell, form_page},
    visits::{Frame, StepName, visit},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    event::{Change, Event},
    ids::{AnswerId, HouseholdId, PersonId, VisitId},
    people::{
        AnswerGiven, DetailsSaid, Household, HouseholdRegistered, Member, MemberListStated, PersonDetails, Provenance,
        Sex,
    },
    visits::Visit,
};
use screener::{answers::Answers, carry};
use store::access::Purpose;

#[derive(Template)]
#[template(path = "people/carry.html")]
struct CarryPage {
    shell: Shell,
    frame: Frame,
    errors: Errors,
    code: String,
}

/// `GET /visits/{visit}/carry`: scan, paste or type what the family brings.
pub async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<VisitId>) -> Result<Response, PageError> {
    let visit = visit::load(&app, &visitor, id).await?;
    ask(&app, &visitor, &visit, String::new(), Errors::default()).await
}

async fn ask(app: &App, visitor: &Visitor, visit: &Visit, code: String, errors: Errors) -> Result<Response, PageError> {
    let frame = Frame::of(app, visitor, visit, StepName::Household).await?;
    let page = CarryPage { shell: visitor.shell(app), frame, errors, code };
    form_page(&page, &page.errors)
}

/// `POST /visits/{visit}/carry`: the code is read; its answers stand in a form, and nothing is on file yet.
pub async fn read(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let visit = visit::load(&app, &visitor, id).await?;
    let mut typed = sent.fields.text("code").to_owned();
    if let Some(picture) = sent.files.iter().find(|file| file.field == pictured::FIELD && typed.is_empty()) {
        match pictured::read(picture).await {
            Some(text) => typed = text,
            None => {
                let errors = Errors::one(pictured::FIELD, visitor.t().m("carried-picture-none"));
                return ask(&app, &visitor, &visit, typed, errors).await;
            }
        }
    }
    match decode(&app, &visitor, &typed).await? {
        Ok((code, carried)) => {
            let intake = Intake { code, answers: carried.answers, other_pack: carried.other_pack };
            form(&app, &visitor, &visit, &intake, None, Errors::default(), Results::default()).await
        }
        Err(sentence) => ask(&app, &visitor, &visit, typed, Errors::one("code", sentence)).await,
    }
}

/// What a code holds; a short one is looked up among those that families let us keep.
async fn decode(
    app: &App,
    visitor: &Visitor,
    typed: &str,
) -> Result<Result<(String, carry::Carried), String>, PageError> {
    let t = visitor.t();
    if typed.is_empty() {
        return Ok(Err(t.m("carried-missing")));
    }
    let long = typed.chars().filter(|c| c.is_alphanumeric()).count() > 14;
    let code =
        if long { Some(typed.to_owned()) } else { app.store.kept_answers(&visitor.scope, typed, app.now()).await? };
    let Some(code) = code else { return Ok(Err(t.m("carried-not-kept"))) };
    let head_first = |carried: carry::Carried| {
        let answers = carried.answers.for_the_desk(&app.pack).head_first();
        (code.clone(), carry::Carried { answers, ..carried })
    };
    Ok(carry::read(&app.pack, &code).map(head_first).map_err(|why| t.code("carry", why.code())))
}

#[derive(Template)]
#[template(path = "people/carried.html")]
struct CarriedPage {
    shell: Shell,
    frame: Frame,
    errors: Errors,
    intake: Intake,
    /// A family is open already: members are matched instead of registered.
    known: bool,
    person: PersonForm,
    place: PlaceForm,
    phone: PhoneForm,
    rows: Vec<MemberRow>,
    lines: Vec<Line>,
    complete: bool,
    results: Results,
    reason: String,
    reason_for: String,
}

/// The form with everything that was told at home, as typed when it comes back.
async fn form(
    app: &App,
    visitor: &Visitor,
    visit: &Visit,
    intake: &Intake,
    typed: Option<&Fields>,
    errors: Errors,
    results: Results,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let frame = Frame::of(app, visitor, visit, StepName::Household).await?;
    let own = visitor.scope.officer().and_then(|officer| officer.district()).map(|d| d.0.clone()).unwrap_or_default();
    let prefilled = intake.fields(app.today(), &own);
    let fields = typed.unwrap_or(&prefilled);
    let household = frame.household.clone();
    let page = CarriedPage {
        shell: visitor.shell(app),
        known: household.is_some(),
        person: PersonForm::typed(app, t, fields, true),
        place: PlaceForm::typed(app, t, fields),
        phone: PhoneForm::typed(fields, ""),
        rows: intake.rows(app, t, fields, household.as_ref()),
        lines: intake.lines(app, t, typed),
        complete: typed.map_or(intake.answers.complete(), |fields| fields.is("complete", "yes")),
        intake: intake.clone(),
        frame,
        errors,
        results,
        reason: String::new(),
        reason_for: String::new(),
    };
    form_page(&page, &page.errors)
}

/// `POST /visits/{visit}/carried`: the family confirmed it; everything goes on file in one commit, as said in this visit.
pub async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let visit = visit::load(&app, &visitor, id).await?;
    let t = visitor.t();
    let (code, carried) = match decode(&app, &visitor, sent.fields.text("carried")).await? {
        Ok(read) => read,
        Err(sentence) => {
            return ask(&app, &visitor, &visit, String::new(), Errors::one("code", sentence)).await;
        }
    };
    let intake = Intake { code, answers: carried.answers, other_pack: carried.other_pack };
    let mut errors = Errors::default();
    if !sent.fields.is("read_out", "yes") {
        errors.add("read_out", t.m("carried-read-out-missing"));
    }
    let household = match visit.household {
        Some(household) => app.store.people(&visitor.scope).household_in_visit(household, id).await?,
        None => None,
    };
    match household {
        Some(household) => add(&app, &visitor, &visit, &intake, household, sent, errors).await,
        None => register(&app, &visitor, &visit, &intake, sent, errors).await,
    }
}

/// A family that is on file: its members are matched, and what was told at home is added to what is known.
async fn add(
    app: &App,
    visitor: &Visitor,
    visit: &Visit,
    intake: &Intake,
    household: Household,
    sent: Sent,
    mut errors: Errors,
) -> Result<Response, PageError> {
    if let Err(refused) = visit.open() {
        errors.add("main", visit_refused(visitor.t(), &refused));
    }
    let mut people = Vec::new();
    for place in 0..intake.answers.members.len() {
        let chosen = sent.fields.read::<PersonId>(&format!("m{place}_is")).ok().flatten();
        let chosen = chosen.filter(|person| household.member(*person).is_ok());
        if chosen.is_some() && people.contains(&chosen) {
            errors.add(&format!("m{place}_is"), visitor.t().m("carried-twice"));
        }
        people.push(chosen);
    }
    if !errors.is_empty() {
        return form(app, visitor, visit, intake, Some(&sent.fields), errors, Results::default()).await;
    }
    let events = answers(app, visitor, visit, &household, &people, &intake.answers, &sent.fields);
    let number =
        |(seen, event): (i64, Event)| Change::after(household.id, household.version + seen, event, app.today());
    let changes: Vec<Change> = (0..).zip(events).map(number).collect();
    let to = format!("/visits/{}/household?done=carried", visit.id);
    if changes.is_empty() {
        use axum::response::{IntoResponse, Redirect};
        return Ok(Redirect::to(&to).into_response());
    }
    sent.carry_out(app, visitor, changes, to).await
}

/// A family that is not on file yet: registered with its members, its list, its place and its answers.
async fn register(
    app: &App,
    visitor: &Visitor,
    visit: &Visit,
    intake: &Intake,
    sent: Sent,
    mut errors: Errors,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let (id, today) = (HouseholdId(uuid::Uuid::now_v7()), app.today());
    let mut reader = Reader::new(t, &sent.fields, today);
    let head = reader.person(None, true);
    let place = reader.place(&app.pack);
    let phones = reader.phone("").into_iter().collect();
    reader.errors.all().iter().for_each(|(field, sentence)| errors.add(field, sentence));
    let registered = HouseholdRegistered { centre: visit.centre.clone(), place, phones };
    let mut household = empty(id, &registered);
    let mut events: Vec<Event> = vec![registered.into()];
    let mut people = Vec::new();
    for at in 0..intake.answers.members.len() {
        let details = if at == 0 { Some(head.clone()) } else { member(visitor, &sent.fields, at, today, &mut errors) };
        let Some(details) = details else {
            people.push(None);
            continue;
        };
        let person = PersonId(uuid::Uuid::now_v7());
        match household.add_member(person, details.clone()) {
            Ok(added) => events.push(added.into()),
            Err(refused) => {
                let (field, sentence) = people_refused(t, &refused);
                let field = if at == 0 { field.to_owned() } else { format!("m{at}_{field}") };
                if errors.of(&field).is_none() {
                    errors.add(&field, sentence);
                }
            }
        }
        let said = DetailsSaid::on(&details, today);
        household.members.push(Member { id: person, details, said, left: None, joined_to: None, records: Vec::new() });
        people.push(Some(person));
    }
    let found = visit.find(id, None);
    if let Err(refused) = &found {
        errors.add("main", visit_refused(t, refused));
    }
    let (Ok(found), true) = (found, errors.is_empty()) else {
        return form(app, visitor, visit, intake, Some(&sent.fields), errors, Results::default()).await;
    };
    app.store.log_read(&visitor.scope, "search", None, &Purpose::Visit(visit.id), app.now()).await?;
    let results = cards::similar(app, visitor, &head, &sent.fields).await?;
    // Somebody has looked at exactly these cards and said "none of these".
    if !results.cards.is_empty() && sent.fields.text("confirmed") != results.looked_at() {
        return form(app, visitor, visit, intake, Some(&sent.fields), errors, results).await;
    }
    if sent.fields.is("complete", "yes") {
        events.push(MemberListStated { complete: true }.into());
    }
    events.extend(answers(app, visitor, visit, &household, &people, &intake.answers, &sent.fields));
    let number = |(seen, event): (i64, Event)| Change::after(id, seen, event, today);
    let mut changes: Vec<Change> = (0..).zip(events).map(number).collect();
    changes.extend(find::found_by(app, visitor, visit, found));
    sent.carry_out(app, visitor, changes, format!("/visits/{}/household?done=carried", visit.id)).await
}

/// One further member; nothing when the family says that this one is not of the household.
fn member(
    visitor: &Visitor,
    fields: &Fields,
    at: usize,
    today: domain::Date,
    errors: &mut Errors,
) -> Option<PersonDetails> {
    if fields.is(&format!("m{at}_leave_out"), "yes") {
        return None;
    }
    let own = told(fields, at);
    let mut reader = Reader::new(visitor.t(), &own, today);
    let details = reader.person(None, false);
    reader.errors.all().iter().for_each(|(field, sentence)| errors.add(&format!("m{at}_{field}"), sentence));
    Some(details)
}

/// The answers that the family confirmed, where they say something new.
fn answers(
    app: &App,
    visitor: &Visitor,
    visit: &Visit,
    household: &Household,
    people: &[Option<PersonId>],
    told: &Answers,
    fields: &Fields,
) -> Vec<Event> {
    let one = |(at, fact, value): (Option<usize>, String, &domain::people::AnswerValue)| {
        let person = match at {
            None => None,
            Some(at) => Some((*people.get(at)?)?),
        };
        let confirmed = fields.is("answer", &super::carried_form::line_key(at, &fact));
        let before = household.answer(&fact, person);
        if !confirmed || before.is_some_and(|answer| answer.value == *value) {
            return None;
        }
        let replaces = household.replaced_by(&fact, person, Provenance::Said);
        let given = AnswerGiven {
            answer: AnswerId(uuid::Uuid::now_v7()),
            person,
            value: value.clone(),
            provenance: Provenance::Said,
            said_by: None,
            shown_in: visit.language,
            visit: Some(visit.id),
            reason: (!replaces.is_empty()).then(|| visitor.t().m("carried-reason")),
            replaces,
            protected: false,
            fact,
        };
        Some(given.into())
    };
    told.for_the_desk(&app.pack).all().filter_map(one).collect()
}

/// The codes of a list as choices, for a row of a member.
pub(super) fn sexes(app: &App, t: crate::text::T, chosen: &str) -> Vec<Choice> {
    super::words::fact_choices(app, t, "person.sex", &Sex::ALL.iter().map(|c| c.code()).collect::<Vec<_>>(), chosen)
}
