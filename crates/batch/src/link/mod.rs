//! Which records of whole lists are one person: files in, scored pairs and groups out.

pub mod found;
pub mod generate;
pub mod learn;
pub mod lists;
pub mod mapping;
pub mod measure;
pub mod model_file;
pub mod output;
pub mod run;
pub mod truth;
