//! Grievances: the district's inbox, the citizen's answer, and never a line of one to whom it is about.

pub(crate) mod apply;
mod concerned;
mod open;
mod read;
mod renew;
mod scope;

pub use concerned::Concerned;
pub use read::{Candidate, GrievanceRow, GrievanceStep, Grievances, MonthCount};
pub use renew::{Claim, Renewable};
