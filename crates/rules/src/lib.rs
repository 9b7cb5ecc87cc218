//! Criteria and scores as data: yes, no or *not known yet* for every programme, with the values it rests on.
//!
//! Pure by construction: no file, clock, network, thread or database, and no floating-point number in any decision.
//! A pack of policy files becomes a checked [`Pack`]; a [`Family`] and a day become a [`Screening`]; and
//! [`next_question`] says which missing fact would settle most.

pub mod birth;
pub mod cases;
pub mod column;
mod eval;
mod expr;
pub mod family;
mod ids;
mod interval;
mod kleene;
pub mod pack;
mod plain;
mod plan;
mod question;
mod screen;
pub mod sql;
pub mod verdict;

pub use birth::Birth;
pub use family::{FactRef, FactValues, Family, Held, Member, Provenance, Value};
pub use ids::Id;
pub use interval::{Interval, Overflow};
pub use kleene::K3;
pub use pack::{Pack, PolicyError, error::did_you_mean};
pub use question::{Asking, Question, next_question, open_questions};
pub use screen::{screen, screen_where};
pub use verdict::{
    AlternativeResult, Because, CandidateVerdict, CriterionResult, How, MembersSeen, Needed, Operator, Outcome,
    ScoreSeen, Screening, Seen, Subject, Test, Verdict,
};

/// A civil date.
pub use domain::Date;

/// A pack is shared by every request of a server.
const _: fn() = || {
    fn shared<T: Send + Sync>() {}
    shared::<Pack>();
    shared::<Screening>();
};
