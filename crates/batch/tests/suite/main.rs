//! Tables to verdicts, pairs and reports. One binary: linking is what costs.

mod common;
mod faults;
mod killed;
mod link;
mod link_files;
mod lists;
mod parquet;
mod runs;
mod simulations;
mod survey;
