//! From a request to a visitor, and from a sent form to checked fields and a command.

mod admission;
mod busy;
mod cookies;
pub(crate) mod counted;
mod error;
mod gate;
mod listener;
mod network;
mod sent;
mod visitor;

pub use admission::Limits;
pub(crate) use admission::{Doors, admit, leave_place};
pub use cookies::{all as all_cookies, cookie, set_cookie};
pub use error::{PageError, Stale};
pub use gate::{Access, Row, Surface, gate};
pub(crate) use gate::{BROWSER, BROWSER_SECONDS, SESSION, encoded};
pub use listener::{Bounded, Peer};
pub use network::Network;
pub use screener::fields::{Errors, Fields};
pub use sent::{Sent, Upload};
pub use visitor::Visitor;
