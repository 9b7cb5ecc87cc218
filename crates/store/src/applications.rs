//! Applications and receipts: the department's inbox, the desk's list, the citizen's tracking.

pub(crate) mod apply;
mod read;
mod receipts;

pub use read::{Applications, InboxRow, Step};
pub use receipts::{Receipt, Tracked};
