//! The column evaluator: the same pack that the desk uses, over blocks of many households at once.
//!
//! [`Program::compile`] turns the criteria of a pack into a plan over columns at one reference date.
//! [`Program::inputs`] says which columns it reads and exactly how they are encoded; a [`Block`] lends them; and
//! [`Program::run`] fills [`Decisions`]: per programme and household yes, no or unknown, per score an interval. What
//! it says is what [`crate::screen`] says of the same household, cell by cell; explanations are the row evaluator's.
//!
//! Pure like the rest of the crate: no file, thread or clock; a caller gives each thread its own [`Scratch`]. Values in
//! columns carry no day of their own: they count as learnt on one stated day ([`Wanted::learnt_on`]).

mod block;
mod card;
mod compiled;
mod decisions;
mod encode;
mod explain;
mod graph;
mod input;
mod kernels;
mod layout;
mod lower;
mod members;
mod numbers;
mod program;
mod quads;
mod reach;
mod reads;
mod run;
mod schedule;
mod scope;
mod truth;
mod values;

pub use block::{Block, BlockError, Column};
pub use decisions::{Decisions, Intervals, Planes, Totals, Verdicts};
pub use encode::{Columns, DAY_LAST, day_number};
pub use input::{Input, Kind, Part, Physical};
pub use program::{CompileError, Program, Wanted};
pub use run::Scratch;
