//! Signing in and out, passwords, officers, the read log.

pub mod extract;
pub mod home;
pub mod journal;
pub mod officer;
mod officer_form;
pub mod officers;
pub mod password;
pub mod reads;
pub mod sign_in;
