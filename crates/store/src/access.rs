//! Officers, sessions, attempts, scopes and the read log.

pub(crate) mod apply;
mod attempts;
mod browsers;
mod deputies;
mod first;
pub mod kept;
mod kept_forms;
mod looked;
mod memory;
mod notices;
mod officers;
pub(crate) mod openings;
mod passwords;
mod readlog;
pub mod scope;
mod sealed;
mod second_step;
mod sessions;
mod uploads;
mod watched;

pub use attempts::Attempts;
pub use browsers::Browser;
pub use deputies::Deputizing;
pub use kept_forms::{KeptForm, LeftForm};
pub use looked::Look;
pub use memory::Memory;
pub(crate) use memory::SECRET_KEY;
pub use notices::Notice;
pub use officers::{Officers, Staffed};
pub use openings::Opening;
pub use readlog::{Asker, CallProof, Purpose, ReadAsked, ReadEntry};
pub use second_step::{Enrolment, Reset, code_at};
pub use sessions::{OwnSession, Session, SignIn, SignInRefused, Stage};
pub use uploads::DayLimit;
pub use watched::Watched;
