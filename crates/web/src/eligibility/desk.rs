//! What every page of this room needs: the visit, its family, and the screening as it stands.

use super::{family::family, panel::shown};
use crate::{
    App,
    request::{PageError, Visitor},
    visits::{Frame, StepName, visit},
};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{
    ids::VisitId,
    people::{ConsentPurpose, Household},
    visits::Visit,
};
use rules::{Family, Screening, Verdict};
use store::access::Purpose;

/// The family of a visit, screened.
pub struct Desk {
    /// The visit.
    pub visit: Visit,
    /// The frame around the page.
    pub frame: Frame,
    /// The household.
    pub household: Household,
    /// As the rules see it.
    pub family: Family,
    /// Every verdict, shown or not: pages go through [`Desk::verdicts`].
    screening: Screening,
}

/// Why there is no desk: an error, or another page to go to first.
pub enum NoDesk {
    /// An error page.
    Error(PageError),
    /// The step that comes first.
    First(Box<Response>),
}

impl IntoResponse for NoDesk {
    fn into_response(self) -> Response {
        match self {
            NoDesk::Error(error) => error.into_response(),
            NoDesk::First(response) => *response,
        }
    }
}

impl<E: Into<PageError>> From<E> for NoDesk {
    fn from(error: E) -> Self {
        NoDesk::Error(error.into())
    }
}

impl Desk {
    /// Opens the family of a visit within the visitor's scope, and records that it was read.
    pub async fn open(app: &App, visitor: &Visitor, id: VisitId, step: StepName) -> Result<Desk, NoDesk> {
        let visit = visit::load(app, visitor, id).await?;
        let mut frame = Frame::of(app, visitor, &visit, step).await?;
        let (Some(household), Some(panel)) = (frame.household.clone(), frame.panel.as_mut()) else {
            let household = format!("/visits/{id}/{}", StepName::Household.code());
            return Err(NoDesk::First(Box::new(Redirect::to(&household).into_response())));
        };
        if let Some(recorded) = app.store.visits(&visitor.scope).screening(id).await? {
            panel.mark_moved(visitor.t(), &recorded.verdicts);
        }
        let screening = panel.screening.clone();
        app.store.log_read(&visitor.scope, "household", Some(household.id.0), &Purpose::Visit(id), app.now()).await?;
        let family = family(&household, app.today());
        Ok(Desk { visit, frame, family, household, screening })
    }

    /// The verdicts that may be shown in this visit.
    pub fn verdicts<'a>(&'a self, app: &'a App) -> impl Iterator<Item = &'a Verdict> {
        self.screening.verdicts.iter().filter(|verdict| shown(app, &self.visit, verdict))
    }

    /// One verdict, if it may be shown.
    pub fn verdict<'a>(&'a self, app: &'a App, programme: &str) -> Option<&'a Verdict> {
        self.verdicts(app).find(|verdict| verdict.programme == *programme)
    }

    /// The whole screening, for what is recorded and for scores.
    pub fn screening(&self) -> &Screening {
        &self.screening
    }

    /// The family refused that answers are kept: nothing may be asked.
    pub fn refused(&self) -> bool {
        self.household.consent(ConsentPurpose::Keep) == Some(false)
    }

    /// Whether a protected fact may be asked and shown here; every other fact may.
    pub fn may_see(&self, fact: &rules::pack::fact::Fact) -> bool {
        fact.sensitivity != rules::pack::fact::Sensitivity::Protected || self.visit.gates.contains(&fact.id.to_string())
    }
}
