//! Grievances: complaints and appeals, each against a clock, answered by somebody it is not about.

mod counts;
mod filing;
mod grievance;
mod status;

pub use counts::{SMALL, Shown};
pub use filing::{Filed, Filing, GrievanceFiled, GrievanceLimits, GrievanceRefused, MOST_WORDS};
pub use grievance::{
    Answer, Assignee, Closing, Decided, Grievance, GrievanceMoved, GrievanceRecused, GrievanceSecretRenewed, Hand,
    Passing, Route,
};
pub use status::{Appeal, By, Done, GrievanceKind, GrievanceStatus, Holder, Subject};

#[cfg(test)]
mod tests;
