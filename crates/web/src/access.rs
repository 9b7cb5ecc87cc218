//! Signing in and out, passwords and second steps, the locked screen, officers, the read log.

pub mod deputies;
pub mod extract;
pub mod first;
pub mod home;
pub mod journal;
pub mod kept;
pub mod lock;
pub mod officer;
pub mod officer_deputy;
mod officer_form;
pub mod officers;
pub mod openings;
pub mod password;
pub mod reads;
pub mod second_step;
pub mod sign_in;
