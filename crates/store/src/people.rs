//! Households and persons: applying their events, reading them within a scope, finding them.

pub(crate) mod apply;
mod candidates;
mod extract;
pub(crate) mod key_rows;
pub(crate) mod keys;
pub mod lists;
mod read;
pub(crate) mod remake;
mod search;

pub use extract::Page as Extract;
pub use read::{AskedToForget, Brief, People};
pub use search::{Hit, MatchCard};

pub(crate) use read::visible_household;
