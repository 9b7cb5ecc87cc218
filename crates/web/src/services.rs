//! Service sites: the public list and map, and the provincial unit's forms that correct them and the pages' words.

pub mod edit;
mod fields;
mod history;
pub mod map;
pub mod outline;
pub mod site;
pub mod sites;
pub mod texts;
pub mod view;
