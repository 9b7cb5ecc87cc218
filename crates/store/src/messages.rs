//! Messages to families: made from sealed events, each once, and handed to a sender until it takes them.
//!
//! A seal covers committed events only and never changes, so the number of the last seal that was read is enough to go on
//! from after a kill, on both databases.

mod due;
mod outbox;

pub use due::Due;
pub use outbox::{MessageLine, MessageState, MessageTotals, NewMessage, Outgoing};

use crate::{Scope, Store};

/// The setting with the number of the last seal whose events became messages.
pub(crate) const AFTER_SEAL: &str = "messages-after-seal";

/// The messages room, seen through a scope.
pub struct Messages<'a> {
    store: &'a Store,
    scope: &'a Scope,
}

impl Store {
    /// Opens the messages room.
    pub fn messages<'a>(&'a self, scope: &'a Scope) -> Messages<'a> {
        Messages { store: self, scope }
    }
}
