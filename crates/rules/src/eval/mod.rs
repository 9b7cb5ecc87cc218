//! Evaluation of one family: values by slot, computed when first needed and kept for the rest of the screening.

pub(crate) mod cells;
pub(crate) mod explain;
mod inputs;
pub(crate) mod missing;
pub(crate) mod truth;
