//! Signing in and out, passwords, officers, the read log.

pub mod home;
pub mod password;
pub mod sign_in;
