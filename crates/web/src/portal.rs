//! The public pages.

pub mod brake;
pub mod catalogue;
pub mod centre;
pub mod check;
pub mod compare;
pub mod content;
pub mod days;
pub mod demand;
pub mod find;
pub mod health;
pub mod home;
pub mod kiosk;
pub mod leaflet;
pub mod offline;
pub mod programme;
pub mod search;
pub mod sentences;
pub mod situation;
pub mod timeline;
pub mod track;
