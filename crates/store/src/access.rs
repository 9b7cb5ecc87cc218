//! Officers, sessions, attempts, scopes and the read log.

pub(crate) mod apply;
mod attempts;
mod deputies;
mod first;
pub mod kept;
mod kept_forms;
mod looked;
mod memory;
mod officers;
pub(crate) mod openings;
mod passwords;
mod readlog;
pub mod scope;
mod sealed;
mod second_step;
mod sessions;

pub use attempts::Attempts;
pub use deputies::Deputizing;
pub use kept_forms::{KeptForm, LeftForm};
pub use looked::Look;
pub use memory::Memory;
pub(crate) use memory::SECRET_KEY;
pub use officers::{Officers, Staffed};
pub use openings::Opening;
pub use readlog::{CallProof, Purpose, ReadAsked, ReadEntry};
pub use second_step::{Enrolment, Reset, code_at};
pub use sessions::{OwnSession, Session, SignIn, SignInRefused, Stage};
