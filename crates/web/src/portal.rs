//! The public pages.

pub mod centres;
pub mod health;
pub mod home;
pub mod sentences;
pub mod timeline;
pub mod track;
