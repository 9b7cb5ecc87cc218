//! Officers, roles and their limits. Whose data a request may read is decided by the store's `Scope`.

/// Minutes without a request after which a session is locked and an officer's page covers itself: the password brings the
/// page and the form back. OWASP ASVS 5 (7.3.1) leaves the number to the risk; a counter is seen by everybody who waits.
pub const LOCK_MINUTES: i64 = 15;

mod deputy;
mod notice;
mod officer;
mod opening;
mod password;
mod role;
mod second_step;

pub use deputy::{DeputyEnded, DeputyNamed, DeputyRefused, LONGEST_LEAVE};
pub use notice::Happened;
pub use officer::{Officer, OfficerAppointed, OfficerChanged, OfficerRefused, Posting};
pub use opening::{
    LONGEST_REASON, OPENING_MINUTES, OpeningReason, OpeningRefused, ProtectedOpened, ProtectedOpeningSeen,
};
pub use password::{FIRST_PASSWORD_DAYS, LONGEST_PASSWORD, SHORTEST_PASSWORD, Strength, is_easily_guessed, strength};
pub use role::{Doing, Role, forbidden_pair};
pub use second_step::SecondStepReset;
