//! Complaints and appeals: the citizen's pages, and the office that answers.

pub mod case;
pub mod complain;
pub mod figures;
mod filing;
pub mod flood;
pub mod form;
pub mod inbox;
pub mod mine;
mod opened;
pub mod paper;
pub mod renew;
pub mod sentences;
pub mod steps;

pub use filing::{Drawn, desk_appeal};
