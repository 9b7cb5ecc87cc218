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
pub use readlog::{CallProof, Purpose, ReadEntry};
pub use second_step::{Enrolment, Reset, code_at};
pub use sessions::{Session, SignIn, SignInRefused, Stage};
