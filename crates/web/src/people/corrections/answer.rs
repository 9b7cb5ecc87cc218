//! Accepting a request, which corrects the record as any correction does and screens the family again; or refusing it.

use super::{
    case::{has_form, load, render},
    refused,
};
use crate::{
    App,
    eligibility::family::family,
    people::{
        fields::Reader,
        flags::{self, Changed},
        household::people_refused,
        member, place,
    },
    request::{Errors, PageError, Sent, Visitor},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    Date, Version,
    event::{Change, Event, RecordKind},
    ids::{ApplicationId, PersonId},
    people::{Corrected, Correction, DetailsSaid, Household, PersonDetails, PhoneEntry, Place},
    programmes::ProgrammeId,
};
use rules::Outcome;
use std::collections::BTreeMap;

/// A correction that was typed: the household as it will stand, and the changes that make it so.
struct Made {
    after: Household,
    person: Option<PersonId>,
    changes: Vec<Change>,
}

/// Why nothing was made: errors for the page, or a page of its own.
enum NotMade {
    Errors(Errors),
    Page(PageError),
}

impl From<PageError> for NotMade {
    fn from(error: PageError) -> Self {
        NotMade::Page(error)
    }
}

/// `POST /people/corrections/{correction}/accept`
pub async fn accept(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, PageError> {
    let (one, household) = load(&app, &visitor, &id).await?;
    let person = sent.fields.read::<PersonId>("person").ok().flatten();
    let again = async |errors| render(&app, &visitor, (&one, &household), person, Some(&sent.fields), errors).await;
    let made = match make(&app, &visitor, &one, &household, person, &sent).await {
        Ok(made) => made,
        Err(NotMade::Page(error)) => return Err(error),
        Err(NotMade::Errors(errors)) => return again(errors).await,
    };
    let version = made.changes.iter().filter(|change| change.record.kind == RecordKind::Household);
    let version = version.map(|change| change.version).max().unwrap_or(household.version);
    let mut applications: Vec<ApplicationId> = made
        .changes
        .iter()
        .filter(|change| matches!(change.event, Event::ApplicationFlagged(_)))
        .map(|change| ApplicationId(change.record.id))
        .collect();
    applications.sort();
    applications.dedup();
    let done = Corrected {
        version,
        person: made.person,
        applications,
        pack: app.pack_hash.clone(),
        moved: moved(&app, &household, &made.after),
    };
    match one.accept(sent.fields.opt("words"), done) {
        Ok(answer) => {
            let mut changes = made.changes;
            changes.push(Change::after(one.id, one.version, answer, app.today()));
            sent.carry_out(&app, &visitor, changes, format!("/people/corrections/{}", one.id)).await
        }
        Err(why) => again(refused(visitor.t(), why)).await,
    }
}

/// `POST /people/corrections/{correction}/refuse`
pub async fn refuse(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, PageError> {
    let (one, household) = load(&app, &visitor, &id).await?;
    match one.refuse(sent.fields.opt("refusal")) {
        Ok(answer) => {
            let change = Change::after(one.id, one.version, answer, app.today());
            sent.carry_out(&app, &visitor, vec![change], format!("/people/corrections/{}", one.id)).await
        }
        Err(why) => {
            let errors = refused(visitor.t(), why);
            let errors = match errors.of("words") {
                Some(sentence) => Errors::one("refusal", sentence),
                None => errors,
            };
            render(&app, &visitor, (&one, &household), None, Some(&sent.fields), errors).await
        }
    }
}

/// Reads the form and decides the ordinary correction it asks for. What was corrected in a visit meanwhile needs none.
async fn make(
    app: &App,
    visitor: &Visitor,
    one: &Correction,
    household: &Household,
    person: Option<PersonId>,
    sent: &Sent,
) -> Result<Made, NotMade> {
    let nothing = |person| Made { after: household.clone(), person, changes: Vec::new() };
    if !has_form(one.asked.field) {
        return Ok(nothing(None));
    }
    let reason = visitor.t().a("correct-reason", "why", one.asked.why.clone()).replace(['\u{2068}', '\u{2069}'], "");
    let made = if one.asked.field.of_person() {
        let person = person.ok_or_else(|| NotMade::Errors(Errors::one("main", visitor.t().m("correct-choose"))))?;
        of_person(app, visitor, household, person, sent, &reason).await?
    } else {
        of_place(app, visitor, household, sent, &reason).await?
    };
    Ok(made.unwrap_or_else(|| nothing(person)))
}

async fn of_person(
    app: &App,
    visitor: &Visitor,
    household: &Household,
    person: PersonId,
    sent: &Sent,
    reason: &str,
) -> Result<Option<Made>, NotMade> {
    let t = visitor.t();
    let before = household.member(person).map_err(|_| NotMade::Page(PageError::NotFound))?.details.clone();
    let mut reader = Reader::new(t, &sent.fields, app.today());
    let details = reader.person(Some(&before), false);
    if !reader.errors.is_empty() {
        return Err(NotMade::Errors(reader.errors));
    }
    let changed = Changed::between(&before, &details);
    if changed == Changed::default() {
        return Ok(None);
    }
    stale(sent, visitor, household.version, || member::differences(app, t, &before, &details))?;
    let corrected = household.correct_member(person, details.clone(), reason).map_err(|why| {
        let (field, sentence) = people_refused(t, &why);
        NotMade::Errors(Errors::one(field, sentence))
    })?;
    let mut changes = vec![Change::after(household.id, household.version, corrected, app.today())];
    changes.extend(flags::of_person(app, visitor, household.id, person, &changed, reason).await?);
    Ok(Some(Made { after: with_details(household, person, details, app.today()), person: Some(person), changes }))
}

async fn of_place(
    app: &App,
    visitor: &Visitor,
    household: &Household,
    sent: &Sent,
    reason: &str,
) -> Result<Option<Made>, NotMade> {
    let t = visitor.t();
    let mut reader = Reader::new(t, &sent.fields, app.today());
    let (place, phones): (Place, Vec<PhoneEntry>) =
        (reader.place(&app.pack), place::endings(household).iter().filter_map(|ending| reader.phone(ending)).collect());
    if !reader.errors.is_empty() {
        return Err(NotMade::Errors(reader.errors));
    }
    if place == household.place && phones == household.phones {
        return Ok(None);
    }
    let sides = ((&household.place, &household.phones[..]), (&place, &phones[..]));
    stale(sent, visitor, household.version, || place::differences(app, t, sides.0, sides.1))?;
    let facts = flags::of_place(&household.place, &place);
    let mut after = household.clone();
    if place.district != after.place.district {
        after.place_said.district = Some(app.today());
    }
    if place.province_permanent != after.place.province_permanent {
        after.place_said.province_permanent = Some(app.today());
    }
    (after.place, after.phones) = (place.clone(), phones.clone());
    let corrected = household.correct(place, phones, reason).map_err(|why| {
        let (field, sentence) = people_refused(t, &why);
        NotMade::Errors(Errors::one(field, sentence))
    })?;
    let mut changes = vec![Change::after(household.id, household.version, corrected, app.today())];
    changes.extend(flags::using(app, visitor, household.id, &facts, reason).await?);
    Ok(Some(Made { after, person: None, changes }))
}

/// A form made from an older version of the family: both answers are shown.
fn stale(
    sent: &Sent,
    visitor: &Visitor,
    version: Version,
    rows: impl FnOnce() -> Vec<(String, String, String)>,
) -> Result<(), PageError> {
    match sent.version() == Some(version) {
        true => Ok(()),
        false => Err(PageError::stale(&sent.fields, &visitor.address, rows(), Some(version))),
    }
}

/// The household with a member's details corrected; what is new was said today.
fn with_details(household: &Household, person: PersonId, details: PersonDetails, today: Date) -> Household {
    let mut after = household.clone();
    for member in after.members.iter_mut().filter(|member| member.id == person) {
        let (old, said) = (&member.details, DetailsSaid::on(&details, today));
        if old.sex != details.sex {
            member.said.sex = said.sex;
        }
        if old.relationship != details.relationship {
            member.said.relationship = said.relationship;
        }
        if old.marital_status != details.marital_status {
            member.said.marital_status = said.marital_status;
        }
        member.details = details.clone();
    }
    after
}

/// The ordinary programmes whose outcome is another one after the correction.
fn moved(app: &App, before: &Household, after: &Household) -> Vec<ProgrammeId> {
    let outcomes = |household: &Household| -> BTreeMap<String, Outcome> {
        let screening = rules::screen(&app.pack, &family(household, app.today()), app.today());
        let ordinary = screening.verdicts.iter().filter(|verdict| !verdict.protected);
        ordinary.map(|verdict| (verdict.programme.to_string(), verdict.outcome)).collect()
    };
    let (before, after) = (outcomes(before), outcomes(after));
    let differs = |(programme, outcome): &(String, Outcome)| before.get(programme) != Some(outcome);
    after.into_iter().filter(differs).map(|(programme, _)| ProgrammeId(programme)).collect()
}
