//! Lists of departments and organisations: a CSV file or a workbook in, rows as the registry keeps them out, and whom each
//! row means.
//!
//! [`file`](ListFile) reads what offices hand over row by row in bounded memory and says what is odd about it; [`guess`]
//! proposes which column holds what; [`Reading`] turns a row into a listed beneficiary; [`Matcher`] decides rows by the
//! linkage engine. Nothing here knows the registry: the caller brings whom rows may mean.

mod compared;
mod fault;
mod file;
mod guard;
mod guess;
mod matcher;
mod reading;
mod values;

pub use fault::{FileFault, FileNote};
pub use file::{Ended, ListFile, RawRow};
pub use guess::{guess, recognised};
pub use matcher::{MATCHED_BY, Matcher};
pub use reading::{Districts, Reading, sound};
