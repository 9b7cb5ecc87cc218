//! Applications and receipts: the department's inbox, the desk's list, the citizen's tracking.

pub(crate) mod apply;
pub(crate) mod dispatch;
mod money;
mod read;
mod receipts;

pub use dispatch::{DispatchLine, Listed, WithoutLine};
pub use read::{Applications, InboxRow, Step};
pub(crate) use read::{COLUMNS as APPLICATION_COLUMNS, application};
pub(crate) use receipts::same;
pub use receipts::{PrintedAgain, Receipt, Tracked};
