//! Pages of the desk, the department, the public and the administration: HTML beside its handler.
//!
//! `router.rs` is the sitemap. Every route names who may use it; a route without that is refused.

pub mod app;
mod assets;
mod packing;
pub mod request;
pub mod router;
pub mod shell;
mod surface;

pub mod access;
pub mod applications;
pub mod eligibility;
pub mod grievances;
pub mod insights;
pub mod letters;
pub mod messages;
pub mod papers;
pub mod people;
pub mod portal;
pub mod services;
pub mod visits;

pub use app::{App, Clock, Config};
pub use people::review::stake;
pub use screener::text;
pub use surface::{office, public};
