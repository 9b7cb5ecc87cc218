//! Evaluation of one family: values by slot, computed when first needed and kept for the rest of the screening.

pub(crate) mod cells;
mod explain;
pub(crate) mod fill;
mod inputs;
mod missing;
mod need;
pub(crate) mod truth;
pub(crate) mod wants;
