//! Applying: check your answers, read aloud; then one press submits every pick once.

use super::{apply_facts::FactRow, apply_submit as submit, receipt::holder};
use crate::{
    App,
    eligibility::panel,
    papers::{list, needed},
    request::{Errors, PageError, Sent, Visitor},
    shell::{Shell, form_page},
    text::T,
    visits::{Frame, StepName, visit},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Date,
    applications::Application,
    ids::VisitId,
    papers::Paper,
    people::{ConsentPurpose, Household},
    visits::Pick,
};
use store::{StoreError, access::Purpose};

#[derive(Template)]
#[template(path = "applications/apply.html")]
struct ApplyPage {
    shell: Shell,
    frame: Frame,
    errors: Errors,
    picks: Vec<PickView>,
    /// Picks without an application.
    waiting: usize,
    agreed: bool,
    writable: bool,
    earlier: Vec<Earlier>,
    /// Others are told to the family only: its helper, who is here alone, was not named for that.
    withheld: bool,
    made_here: bool,
}

/// One pick, to be read aloud.
struct PickView {
    number: usize,
    name: String,
    who: String,
    look: (&'static str, &'static str, String),
    holder: String,
    days: u32,
    promised: Date,
    facts: Vec<FactRow>,
    unknown: usize,
    papers: Vec<(&'static str, &'static str, String, String)>,
    protected: bool,
    /// Where its application is, when it has one.
    done: Option<String>,
}

/// An application of an earlier visit, or of this one.
pub struct Earlier {
    /// Its page.
    pub address: String,
    /// The programme.
    pub name: String,
    /// For whom.
    pub who: String,
    /// Where it stands, as a sentence.
    pub standing: String,
    /// When it was submitted.
    pub on: Date,
    /// Its clock.
    pub clock: Option<crate::shell::ClockView>,
}

/// `GET /visits/{visit}/apply`
pub async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<VisitId>) -> Result<Response, PageError> {
    let visit = visit::load(&app, &visitor, id).await?;
    let frame = Frame::of(&app, &visitor, &visit, StepName::Apply).await?;
    render(&app, &visitor, frame, Errors::default()).await
}

/// `POST /visits/{visit}/apply`: every pick without an application becomes one. However often it is sent, and whoever
/// sends it at the same time, a pick is applied for once in a visit.
pub async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let to = format!("/visits/{id}/receipt");
    for _ in 0..5 {
        let visit = visit::load(&app, &visitor, id).await?;
        let frame = Frame::of(&app, &visitor, &visit, StepName::Apply).await?;
        let applications = submit::known(&app, &visitor, &frame).await?;
        let ready = submit::all_ready(&app, &frame, &applications);
        if ready.is_empty() && applications.iter().any(|a| a.submitted.visit == Some(id)) {
            return Ok(Redirect::to(&to).into_response());
        }
        if let Some(refusal) = refusal(&frame, ready.is_empty()) {
            let errors = Errors::one("submit", visitor.t().m(refusal));
            return render(&app, &visitor, frame, errors).await;
        }
        let changes = submit::changes(&app, &visitor, &frame, ready).await?;
        match app.store.commit(&visitor.scope, app.commit(sent.command.clone(), changes, to.clone())).await {
            Ok(done) => return Ok(Redirect::to(done.outcome()).into_response()),
            // Another submission of this visit, a change to the family, or a receipt code already drawn: look again.
            Err(StoreError::Conflict(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(PageError::stale(&sent.fields, &visitor.address, Vec::new(), None))
}

/// The family agrees that its answers go to the departments, and did not refuse that they are kept at all.
fn agreed(household: &Household) -> bool {
    household.consent(ConsentPurpose::Forward) == Some(true) && household.consent(ConsentPurpose::Keep) != Some(false)
}

/// Why nothing can be submitted now, as a message.
fn refusal(frame: &Frame, nothing: bool) -> Option<&'static str> {
    let agreed = frame.household.as_ref().is_some_and(agreed);
    match () {
        () if frame.over() => Some("apply-refused-over"),
        () if !frame.mine => Some("apply-refused-not-serving"),
        () if nothing => Some("apply-refused-nothing"),
        () if !agreed => Some("apply-refused-consent"),
        () => None,
    }
}

async fn render(app: &App, visitor: &Visitor, frame: Frame, errors: Errors) -> Result<Response, PageError> {
    let Some(household) = frame.household.clone() else {
        return Ok(Redirect::to(&frame.address(StepName::Household)).into_response());
    };
    let purpose = Purpose::Visit(frame.visit.id);
    app.store.log_read(&visitor.scope, "household", Some(household.id.0), &purpose, app.now()).await?;
    let t = visitor.t();
    let applications = submit::known(app, visitor, &frame).await?;
    let papers = needed::on_file(app, visitor, &frame).await?;
    let picks: Vec<PickView> = needed::picks(app, &frame)
        .iter()
        .enumerate()
        .filter_map(|(i, pick)| view(app, t, &frame, &household, &papers, &applications, (i + 1, pick)))
        .collect();
    let picked = |a: &&Application| {
        !frame.visit.picks.iter().any(|p| p.programme == a.submitted.programme && p.person == a.submitted.person)
    };
    let (tell, keep): (Vec<&Application>, Vec<&Application>) =
        applications.iter().filter(picked).partition(|a| frame.tells(a));
    let page = ApplyPage {
        shell: visitor.shell(app),
        waiting: picks.iter().filter(|p| p.done.is_none()).count(),
        agreed: agreed(&household),
        writable: frame.mine && !frame.over(),
        earlier: tell.into_iter().map(|a| earlier(app, t, &frame, &household, a)).collect(),
        withheld: !keep.is_empty(),
        made_here: applications.iter().any(|a| a.submitted.visit == Some(frame.visit.id)),
        picks,
        errors,
        frame,
    };
    form_page(&page, &page.errors)
}

/// An application as a line of the family's list.
pub fn earlier(app: &App, t: T, frame: &Frame, household: &Household, a: &Application) -> Earlier {
    Earlier {
        address: format!("/visits/{}/applications/{}", frame.visit.id, a.id),
        name: programme_name(app, t, a.submitted.programme.as_ref()),
        who: who(t, household, a.submitted.person),
        standing: t.code("history", a.status.code()),
        on: a.submitted_on,
        clock: crate::shell::ClockView::of(app, t, a.clock, a.since, a.due),
    }
}

/// A programme's name in the reader's language.
pub fn programme_name(app: &App, t: T, programme: &str) -> String {
    app.pack.programme(programme).map_or_else(|| programme.to_owned(), |p| t.pack(&p.name.words).to_owned())
}

/// The applicant's name, or the words for the whole household.
pub fn who(t: T, household: &Household, person: Option<domain::ids::PersonId>) -> String {
    let name = |id| household.members.iter().find(|m| m.id == id).map(|m| m.details.given.clone());
    person.and_then(name).unwrap_or_else(|| t.m("apply-whole-household"))
}

fn view(
    app: &App,
    t: T,
    frame: &Frame,
    household: &Household,
    papers: &[Paper],
    applications: &[Application],
    (number, pick): (usize, &Pick),
) -> Option<PickView> {
    let programme = app.pack.programme(pick.programme.as_ref())?;
    let family = crate::eligibility::family::family(household, app.today());
    let ready = submit::ready(app, frame, household, &family, pick)?;
    let candidate = ready.carried.verdict.candidates.first()?;
    let outcome = submit::outcome(programme, candidate, ready.carried.verdict.outcome);
    let (class, icon, code) = panel::look(outcome);
    let limits = submit::limits(programme);
    let line = |need: &needed::Need| {
        let (class, icon, code) = list::look(needed::state(papers, need, app.today()));
        (class, icon, list::name(app, t, household, &need.kind, need.person), t.code("paper-state", code))
    };
    let done = submit::existing(applications, frame, pick);
    Some(PickView {
        number,
        name: programme_name(app, t, &programme.id),
        who: who(t, household, pick.person),
        look: (class, icon, t.code("outcome", code)),
        holder: holder(app, t, &programme.operator, &household.place.district),
        days: limits.decide,
        promised: app.calendar.after(app.today(), limits.decide),
        facts: super::apply_facts::rows(app, t, frame.visit.id, &ready.carried),
        unknown: ready.carried.verdict.missing.len(),
        papers: ready.needs.iter().map(line).collect(),
        protected: programme.protected,
        done: done.map(|a| format!("/visits/{}/applications/{}", frame.visit.id, a.id)),
    })
}
