//! The household of a visit: who belongs to it, where it lives, what it agreed to, and whether these are all.

use super::{
    find, flags,
    helpers::{HelperLine, here},
    received::{self, ReceivedView},
    words::{self, MemberView, PhoneView},
};
use crate::{
    App,
    request::{Errors, PageError, Sent, Visitor},
    shell::{Shell, form_page},
    text::T,
    visits::{Frame, StepName, visit},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    event::Change,
    ids::VisitId,
    people::{ConsentPurpose, CorrectionState, Household, MemberListStated, PeopleRefused},
    visits::{Visit, VisitRefused},
};
use serde::Deserialize;
use store::access::Purpose;

/// What was just done, for the notice at the head of the page.
#[derive(Debug, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

/// The sentence about what was just done; nothing for a word that is none of ours.
pub(super) fn done_words(t: T, done: &Done) -> String {
    let id = format!("people-done-{}", done.done);
    if t.has(&id) { t.m(&id) } else { String::new() }
}

#[derive(Template)]
#[template(path = "people/household.html")]
struct HouseholdPage {
    shell: Shell,
    frame: Frame,
    errors: Errors,
    done: String,
    file: FileView,
    /// What lists of departments say the family receives.
    received: Vec<ReceivedView>,
    complete: bool,
    /// The family does not agree that what it says is kept.
    refused: bool,
    /// Nobody is named as head.
    headless: bool,
    /// The helpers whose naming holds today.
    helpers: Vec<HelperLine>,
    /// Who came is not said yet, though a helper could have.
    ask_who: bool,
    /// Requests for corrections that wait for this centre's answer.
    waiting: usize,
}

/// What a household page shows, in a visit and outside.
#[derive(Debug, Clone)]
pub(super) struct FileView {
    pub members: Vec<MemberView>,
    pub left: Vec<MemberView>,
    /// Label and value of the address.
    pub place: Vec<(String, String)>,
    pub phones: Vec<PhoneView>,
    /// Purpose, and what was said of it.
    pub consents: Vec<(String, String)>,
    pub complete: bool,
}

impl FileView {
    pub fn of(app: &App, t: T, household: &Household) -> Self {
        let head = household.head().map(|head| head.id);
        let view = |member: &domain::people::Member| MemberView::of(app, t, member, head == Some(member.id));
        let place = &household.place;
        let mut rows = vec![(t.m("people-district"), words::district(app, t, &place.district.0))];
        let mut row = |label: &str, value: &Option<String>| rows.extend(value.clone().map(|value| (t.m(label), value)));
        row("people-tehsil", &place.tehsil);
        row("people-union-council", &place.union_council);
        row("people-village", &place.village);
        row("people-directions", &place.directions);
        let province = |code: &String| words::code_words(app, t, "household.province_permanent", code);
        row("people-province", &place.province_permanent.as_ref().map(province));
        let consent = |purpose: &ConsentPurpose| {
            let said = match household.consent(*purpose) {
                Some(true) if *purpose == ConsentPurpose::Message => words::messages(t, household),
                Some(true) => t.m("people-consent-given"),
                Some(false) => t.m("people-consent-refused"),
                None => t.m("people-consent-not-asked"),
            };
            (t.code("consent", purpose.code()), said)
        };
        FileView {
            members: household.present().map(view).collect(),
            left: household.members.iter().filter(|m| !m.is_present()).map(view).collect(),
            place: rows,
            phones: household.phones.iter().map(PhoneView::of).collect(),
            consents: ConsentPurpose::ALL.iter().map(consent).collect(),
            complete: household.members_complete,
        }
    }
}

/// The visit and its family, for pages that need both.
pub(super) async fn of_visit(app: &App, visitor: &Visitor, id: VisitId) -> Result<(Visit, Household), PageError> {
    let visit = visit::load(app, visitor, id).await?;
    let Some(household) = visit.household else { return Err(PageError::NotFound) };
    let household = app.store.people(&visitor.scope).household_in_visit(household, id).await?;
    let household = household.ok_or(PageError::NotFound)?;
    app.store.log_read(&visitor.scope, "household", Some(household.id.0), &Purpose::Visit(id), app.now()).await?;
    Ok((visit, household))
}

/// `GET /visits/{visit}/household`: the search before the family is known, the family afterwards.
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    Query(done): Query<Done>,
) -> Result<Response, PageError> {
    let visit = visit::load(&app, &visitor, id).await?;
    if visit.household.is_none() {
        return find::page(&app, &visitor, &visit, String::new(), None).await;
    }
    let (visit, household) = of_visit(&app, &visitor, id).await?;
    let done = done_words(visitor.t(), &done);
    render(&app, &visitor, &visit, &household, done, Errors::default()).await
}

/// The page with what is wrong.
pub(super) async fn again(
    app: &App,
    visitor: &Visitor,
    visit: &Visit,
    household: &Household,
    errors: Errors,
) -> Result<Response, PageError> {
    render(app, visitor, visit, household, String::new(), errors).await
}

async fn render(
    app: &App,
    visitor: &Visitor,
    visit: &Visit,
    household: &Household,
    done: String,
    errors: Errors,
) -> Result<Response, PageError> {
    let head = Some(domain::people::Relationship::Head);
    let helpers = here::holding(app, visitor, household.id).await?;
    let asked = app.store.corrections(&visitor.scope).of_household(household.id).await?;
    let page = HouseholdPage {
        ask_who: !helpers.is_empty() && visit.came.is_none() && visit.open().is_ok(),
        helpers,
        waiting: asked.iter().filter(|one| one.state == CorrectionState::Asked).count(),
        shell: visitor.shell(app),
        frame: Frame::of(app, visitor, visit, StepName::Household).await?,
        errors,
        done,
        file: FileView::of(app, visitor.t(), household),
        received: received::of(app, visitor, household).await?,
        refused: household.consent(ConsentPurpose::Keep) == Some(false),
        complete: household.members_complete,
        headless: household.present().all(|member| member.details.relationship != head),
    };
    form_page(&page, &page.errors)
}

/// `POST /visits/{visit}/members-complete`: "these are all", or open again.
pub async fn list_stated(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let (visit, household) = of_visit(&app, &visitor, id).await?;
    if let Err(refused) = visit.open() {
        let errors = Errors::one("main", visit_refused(visitor.t(), &refused));
        return render(&app, &visitor, &visit, &household, String::new(), errors).await;
    }
    let complete = sent.fields.is("complete", "yes");
    let to = format!("/visits/{id}/household?done={}", if complete { "complete" } else { "open" });
    if complete == household.members_complete {
        return Ok(Redirect::to(&to).into_response());
    }
    let stated = Change::after(household.id, household.version, MemberListStated { complete }, app.today());
    let reason = visitor.t().m("people-flag-list");
    let facts = ["household.members_complete".to_owned()];
    let mut changes = vec![stated];
    changes.extend(flags::using(&app, &visitor, household.id, &facts, &reason).await?);
    sent.carry_out(&app, &visitor, changes, to).await
}

/// Why a step of a visit was not taken, in the reader's language.
pub(super) fn visit_refused(t: T, refused: &VisitRefused) -> String {
    match refused {
        VisitRefused::Ended => t.m("people-visit-ended"),
        VisitRefused::OtherHousehold => t.m("people-other-household"),
        VisitRefused::NoHousehold | VisitRefused::NothingPicked => t.m("people-find-first"),
    }
}

/// Why a change to a household was not taken: the field it is about, and the sentence.
pub(super) fn people_refused(t: T, refused: &PeopleRefused) -> (&'static str, String) {
    match refused {
        PeopleRefused::NameMissing => ("given", t.m("people-name-missing")),
        PeopleRefused::TooLong => {
            let most = domain::people::MAX_NAME;
            ("given", t.with("people-too-long", &[("most", most.into()), ("count", most.into())]))
        }
        PeopleRefused::NotAMember => ("main", t.m("people-not-a-member")),
        PeopleRefused::ReasonMissing => ("reason", t.m("people-reason-missing")),
        PeopleRefused::Future { .. } => ("on_day", t.m("people-day-future")),
        PeopleRefused::SecondHead => ("relationship", t.m("people-second-head")),
        PeopleRefused::NumberTwice => ("number", t.m("people-number-twice")),
    }
}
