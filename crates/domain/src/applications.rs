//! Applications: submitted to one department, decided there, delivered, and answerable all the way.

mod application;
mod clock;
mod dispatch;
mod grant;
mod identity_check;
mod receipt;
mod status;

pub use application::{
    Application, ApplicationFlagLifted, ApplicationFlagged, ApplicationMoved, ApplicationRefused, ApplicationSubmitted,
    DeliveryRecorded, Limits, MoveAsked,
};
pub use clock::{Calendar, ClockColour, colour, working_days_left};
pub use dispatch::{DISPATCH_ANSWERS, Dispatch, DispatchAnswered, DispatchListed, DispatchRefused};
pub use grant::{GrantEvery, GrantRefused, Granted};
pub use identity_check::{IdentityChecked, IdentityQuestion, IdentityRefused, IdentitySeen, IdentityStated};
pub use receipt::{ReceiptCode, ReceiptCodeRefused, ReceiptIssued, ReceiptReissued};
pub use status::{Actor, ClockOwner, Status};
