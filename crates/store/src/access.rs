//! Officers, sessions, attempts, scopes and the read log.

pub(crate) mod apply;
mod attempts;
pub mod kept;
mod memory;
mod officers;
mod passwords;
mod readlog;
pub mod scope;
mod sessions;

pub use attempts::Attempts;
pub use memory::Memory;
pub(crate) use memory::SECRET_KEY;
pub use officers::Officers;
pub use readlog::{Purpose, ReadEntry};
pub use sessions::{Session, SignIn, SignInRefused};
