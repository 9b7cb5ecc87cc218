//! What stands around every page of a visit: the bar with the token, the steps, and the live verdicts.

use crate::{
    App,
    eligibility::panel::Panel,
    people::helpers::{HelperLine, here},
    request::{PageError, Visitor},
    text::T,
};
use domain::{
    applications::Application,
    people::{Helper, Household},
    visits::{Topic, Visit},
};

/// The steps of a visit, in the order they are usually taken; any of them may be opened at any time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepName {
    /// Find or register the family.
    Household,
    /// Ask.
    Questions,
    /// Screen and choose.
    Programmes,
    /// Papers.
    Papers,
    /// Apply.
    Apply,
    /// Receipt.
    Receipt,
}

impl StepName {
    const ALL: [StepName; 6] = [
        StepName::Household,
        StepName::Questions,
        StepName::Programmes,
        StepName::Papers,
        StepName::Apply,
        StepName::Receipt,
    ];

    /// The step's word in addresses and messages.
    pub fn code(self) -> &'static str {
        match self {
            StepName::Household => "household",
            StepName::Questions => "questions",
            StepName::Programmes => "programmes",
            StepName::Papers => "papers",
            StepName::Apply => "apply",
            StepName::Receipt => "receipt",
        }
    }
}

/// One step in the list.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its words.
    pub text: String,
    /// Its address.
    pub address: String,
    /// Done.
    pub done: bool,
    /// This page.
    pub current: bool,
    /// A number beside it, such as the members.
    pub note: String,
}

/// The frame of a page of a visit.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Messages.
    pub t: T,
    /// The visit.
    pub visit: Visit,
    /// The family, once found.
    pub household: Option<Household>,
    /// Who it is about: the head's name, or nothing yet.
    pub who: String,
    /// Minutes since the token.
    pub minutes: i64,
    /// Which queue, in words.
    pub counter: String,
    /// The steps.
    pub steps: Vec<Step>,
    /// The verdicts as they stand; nothing before the family is known.
    pub panel: Option<Panel>,
    /// This officer serves the visit.
    pub mine: bool,
    /// The helper who came alone, and what they may.
    pub helper: Option<HelperLine>,
    /// The same as named.
    alone: Option<Helper>,
}

impl Frame {
    /// The frame around a step's page.
    pub async fn of(app: &App, visitor: &Visitor, visit: &Visit, current: StepName) -> Result<Frame, PageError> {
        let household = match visit.household {
            Some(id) => app.store.people(&visitor.scope).household_in_visit(id, visit.id).await?,
            None => None,
        };
        let applied = !app.store.applications(&visitor.scope).of_visit(visit.id).await?.is_empty();
        let t = visitor.t();
        let panel = household.as_ref().map(|household| Panel::of(app, t, visit, household));
        let helper = here::of_visit_now(app, visitor, visit).await?;
        let who = household.as_ref().and_then(|h| h.head()).map(|m| m.details.given.clone()).unwrap_or_default();
        Ok(Frame {
            t,
            steps: steps(t, visit, household.as_ref(), applied, current),
            who,
            minutes: (app.now() - visit.issued_at).num_minutes(),
            counter: t.code("counter", visit.counter.code()),
            panel,
            helper: helper.as_ref().map(|helper| HelperLine::of(app, t, helper)),
            alone: helper,
            mine: visit.officer.is_some() && visit.officer == visitor.scope.officer_id(),
            household,
            visit: visit.clone(),
        })
    }

    /// The address of a step of this visit.
    pub fn address(&self, step: StepName) -> String {
        format!("/visits/{}/{}", self.visit.id, step.code())
    }

    /// The first step that is not done, or the last.
    pub fn next_address(&self) -> String {
        self.steps.iter().find(|step| !step.done).or(self.steps.last()).map(|s| s.address.clone()).unwrap_or_default()
    }

    /// Whether the visit is over.
    pub fn over(&self) -> bool {
        self.visit.outcome.is_some()
    }

    /// Whether whoever is here may be told where applications stand: the family, or a helper whom it named for that.
    pub fn tells_status(&self) -> bool {
        self.helper.as_ref().is_none_or(|helper| helper.status)
    }

    /// Whether whoever is here may be told where this application stands.
    pub fn tells(&self, application: &Application) -> bool {
        self.alone.as_ref().is_none_or(|helper| helper.hears_of(application, self.visit.id))
    }

    /// The note of the desk that handed the visit on, for whoever serves it now.
    pub fn note(&self) -> Option<String> {
        let handed = self.visit.handed.as_ref().filter(|_| self.mine && !self.over());
        handed.map(|handed| handed.note.clone()).filter(|note| !note.is_empty())
    }

    /// A visit that came on paper: its day, who served it, and the form's number.
    pub fn stated(&self) -> Option<(String, String, String)> {
        let stated = self.visit.stated.as_ref()?;
        Some((self.t.date(self.visit.day), stated.served_by.clone(), stated.form.clone().unwrap_or_default()))
    }

    /// What brought the visitor, in words.
    pub fn topic(&self) -> String {
        self.t.code("topic", self.visit.topic.code())
    }

    /// Whether the visit follows an earlier one.
    pub fn follows(&self) -> bool {
        self.visit.topic == Topic::Follow
    }
}

fn steps(t: T, visit: &Visit, household: Option<&Household>, applied: bool, current: StepName) -> Vec<Step> {
    let members = household.map_or(0, |h| h.present().count());
    let answers = household.map_or(0, |h| h.answers.len());
    let step = |name: StepName| {
        let (done, note) = match name {
            StepName::Household => (members > 0, if members > 0 { members.to_string() } else { String::new() }),
            StepName::Questions => (answers > 0 && visit.screened, String::new()),
            StepName::Programmes => (!visit.picks.is_empty(), String::new()),
            StepName::Papers => (applied, String::new()),
            StepName::Apply => (applied, String::new()),
            StepName::Receipt => (false, String::new()),
        };
        let address = format!("/visits/{}/{}", visit.id, name.code());
        Step { text: t.code("step", name.code()), address, done, current: name == current, note }
    };
    StepName::ALL.into_iter().map(step).collect()
}
