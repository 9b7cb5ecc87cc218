//! Screening: from the registry's records to the rules' family, questions, verdicts, the package.

pub mod family;
pub mod panel;
