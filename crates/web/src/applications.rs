//! Applications: applying at the desk, the receipt, families who come back; the department's inbox.

pub mod apply;
pub mod apply_carried;
mod apply_facts;
pub mod apply_submit;
pub mod decide;
mod decide_case;
mod decide_grant;
mod decide_moves;
pub mod deliver;
pub mod deliveries;
mod deliveries_rows;
pub mod deputy;
pub mod desk;
pub mod dispatch;
pub mod dispatch_answers;
pub mod inbox;
pub mod inbox_rows;
pub mod inbox_sheet;
pub mod receipt;
mod receipt_check;
mod receipt_view;
pub mod status;
mod status_asker;
pub mod waiting;
