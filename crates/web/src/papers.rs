//! Papers: which are needed, which are at hand, their copies, and where to get the missing ones.

pub mod copy;
pub mod file;
pub mod list;
pub mod missing;
pub mod needed;
pub mod record;
