//! Complaints: their time limits, and the bodies above the office, as the pack states them.

use super::{
    catalogue::Operator,
    words::{Status, Words},
};
use crate::Id;
use domain::grievances::GrievanceLimits;
use serde::{Deserialize, Serialize};

/// What a pack says about complaints.
#[derive(Debug, Clone, Serialize)]
pub struct Grievances {
    /// Limits in working days.
    pub limits: GrievanceLimits,
    /// How well the sources support the limits.
    pub status: Status,
    /// Source ids of the limits.
    pub source: Vec<Id>,
    /// Where a complaint goes that the office did not settle.
    pub routes: Vec<Route>,
}

/// A body above: who takes a complaint on, and how.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: Words,
    /// How a citizen reaches it without us.
    #[serde(default)]
    pub how: Words,
    /// Working days it is given.
    pub days: u32,
    /// The operators it takes complaints about.
    #[serde(default)]
    pub operators: Vec<Id>,
    /// Else operators of these levels; neither means every other.
    #[serde(default)]
    pub levels: Vec<String>,
    /// How well the sources support it.
    #[serde(default)]
    pub status: Status,
    /// Source ids.
    #[serde(default)]
    pub source: Vec<Id>,
    /// A note for officers.
    #[serde(default)]
    pub note: String,
}

impl Default for Grievances {
    /// What holds in a pack that says nothing: three days to name who answers, thirty to answer, thirty for the citizen
    /// (assumed; the thirty after BISP's own limit of 2020), and no body above.
    fn default() -> Self {
        let limits = GrievanceLimits { assign: 3, answer: 30, citizen: 30 };
        Grievances { limits, status: Status::Assumed, source: vec![], routes: vec![] }
    }
}

impl Grievances {
    /// The body above for complaints about an operator: one that names it, else one for its level, else the one for
    /// everything.
    pub fn route_of(&self, operator: Option<&Operator>) -> Option<&Route> {
        let named = |route: &&Route| operator.is_some_and(|of| route.operators.contains(&of.id));
        let level = |route: &&Route| operator.is_some_and(|of| route.levels.contains(&of.level));
        let every = |route: &&Route| route.operators.is_empty() && route.levels.is_empty();
        let routes = || self.routes.iter();
        routes().find(named).or_else(|| routes().find(level)).or_else(|| routes().find(every))
    }

    /// One route by id.
    pub fn route(&self, id: &str) -> Option<&Route> {
        self.routes.iter().find(|route| *route.id == *id)
    }
}
