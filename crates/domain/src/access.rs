//! Officers, roles and their limits. Whose data a request may read is decided by the store's `Scope`.

mod officer;
mod role;

pub use officer::{Officer, OfficerAppointed, OfficerChanged, OfficerRefused, Posting};
pub use role::{Doing, Role, forbidden_pair};
