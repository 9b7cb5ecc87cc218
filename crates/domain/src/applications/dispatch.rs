//! Lists printed for departments without a line, and their answers as an officer of the centre enters them.

use super::{Actor, Application, ApplicationMoved, ApplicationRefused, Calendar, MoveAsked, Status};
use crate::{
    Date,
    ids::ApplicationId,
    programmes::{CentreId, DistrictId, OperatorId},
};
use serde::{Deserialize, Serialize};

/// A numbered list of applications was printed for an office of a department in a district.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DispatchListed {
    /// The running number of lists of this centre to this operator in this district.
    pub number: u32,
    /// Printed where.
    pub centre: CentreId,
    /// For whom.
    pub operator: OperatorId,
    /// Their district.
    pub district: DistrictId,
    /// What it lists, in the order printed.
    pub applications: Vec<ApplicationId>,
}

/// An answer came back on a list and was entered. The step itself is an event of the application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DispatchAnswered {
    /// To which application.
    pub application: ApplicationId,
    /// What the department decided.
    pub to: Status,
    /// The day on the department's paper.
    pub dated: Date,
}

/// A list as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispatch {
    /// As listed.
    pub listed: DispatchListed,
    /// The day it was printed.
    pub day: Date,
    /// The applications without an answer.
    pub waiting: Vec<ApplicationId>,
}

/// Why an answer was not entered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DispatchRefused {
    /// Nothing to list.
    #[error("Nothing waits for this department. A list is made when there is something to send.")]
    Nothing,
    /// Not on the list, or answered already.
    #[error("This application is not on the list, or its answer was entered already.")]
    NotWaiting,
    /// A paper dated before the list or after today.
    #[error("The paper's date is before the list or in the future. Copy the date from the paper.")]
    Dated,
    /// Not an answer that comes on a list.
    #[error("Choose what the department decided.")]
    NotAnAnswer,
    /// The application's own refusal.
    #[error(transparent)]
    Application(#[from] ApplicationRefused),
}

/// What a department may answer on a list.
pub const DISPATCH_ANSWERS: [Status; 4] = [Status::Approved, Status::Rejected, Status::WaitListed, Status::Returned];

impl Dispatch {
    /// Decides the entry of an answer: the department's own steps, from where the application stands to what the paper
    /// says. One that was never acknowledged is acknowledged by the answer itself.
    pub fn answer(
        &self,
        application: &Application,
        asked: MoveAsked,
        dated: Date,
        today: Date,
        calendar: &Calendar,
    ) -> Result<(Vec<ApplicationMoved>, DispatchAnswered), DispatchRefused> {
        if !self.waiting.contains(&application.id) {
            return Err(DispatchRefused::NotWaiting);
        }
        if !DISPATCH_ANSWERS.contains(&asked.to) || asked.actor != Actor::Department {
            return Err(DispatchRefused::NotAnAnswer);
        }
        if dated < self.day || dated > today {
            return Err(DispatchRefused::Dated);
        }
        let answered = DispatchAnswered { application: application.id, to: asked.to, dated };
        let (mut state, mut steps) = (application.clone(), Vec::new());
        if state.status == Status::Forwarded {
            let plain =
                MoveAsked { to: Status::Received, actor: Actor::Department, rule: None, words: None, place: None };
            let received = state.step(plain, today, calendar)?;
            (state.status, state.clock, state.since) = (received.to, received.clock, received.since);
            (state.due, state.days_left) = (received.due, received.days_left);
            steps.push(received);
        }
        steps.push(state.step(asked, today, calendar)?);
        Ok((steps, answered))
    }
}
