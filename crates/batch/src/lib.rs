//! Rules and linkage over millions: tables of other people in, verdicts and groups of records out.
//!
//! [`files`] joins a table of households with a table of persons, as a [`mapping`] explains them; [`snapshot`] keeps
//! the result as Arrow columns; [`target`] runs a policy over either. Unknown stays unknown from end to end, and what
//! does not fit is a [`fault`] that names file, row and column. [`link`] finds one person's records over whole lists;
//! [`lists`] reads what departments hand over and decides whom each row means.

pub mod bind;
pub mod chunk;
pub mod column;
pub mod disclosure;
pub mod families;
pub mod fault;
pub mod field;
pub mod files;
pub mod generate;
pub mod ids;
pub mod leftovers;
pub mod link;
pub mod lists;
pub mod mapping;
pub mod notes;
mod read;
pub mod registry;
pub mod report;
pub mod run;
pub mod simulate;
pub mod snapshot;
pub mod survey;
pub mod target;
pub mod threads;

pub use chunk::{Chunk, Layout};
pub use fault::{Fault, Faults};
pub use mapping::Mapping;
