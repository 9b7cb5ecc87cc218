//! Papers: which are needed, which are at hand, their copies, and where to get the missing ones.

mod claims;
pub mod copy;
pub mod file;
pub mod list;
pub mod missing;
pub mod needed;
pub mod record;
