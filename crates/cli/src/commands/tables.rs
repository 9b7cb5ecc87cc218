//! What `target` and `snapshot` have in common: two tables, how to read them, and how far a run has come.

use crate::packs;
use batch::{Mapping, bind::Asked};
use rules::{Date, Pack};
use std::{
    cell::Cell,
    io::{IsTerminal, Write},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// Removes what killed runs left of a file or folder, and says so.
pub(crate) fn sweep(out: &Path) {
    for gone in batch::leftovers::sweep(out) {
        eprintln!("Removed {}, which an interrupted run left.", gone.display());
    }
}

#[derive(clap::Args, Clone)]
pub(crate) struct Tables {
    /// The table of households: Parquet or CSV.
    #[arg(long, requires = "persons")]
    pub(crate) households: Option<PathBuf>,
    /// The table of persons: Parquet or CSV.
    #[arg(long, requires = "households")]
    pub(crate) persons: Option<PathBuf>,
    /// How the tables' columns are named and written: see docs/guide/targeting.md. Not needed for columns named as facts.
    #[arg(long)]
    pub(crate) mapping: Option<PathBuf>,
    /// The day the data stand for, when the mapping does not say.
    #[arg(long)]
    pub(crate) day: Option<Date>,
    /// How many threads; by default as many as the machine runs at once.
    #[arg(long)]
    threads: Option<usize>,
}

impl Tables {
    /// Threads to use.
    pub(crate) fn threads(&self) -> usize {
        self.threads.unwrap_or_else(batch::threads::available).max(1)
    }

    /// The mapping, checked against the policy.
    pub(crate) fn mapping(&self, pack: &Pack) -> Result<Mapping, String> {
        let Some(path) = &self.mapping else { return Ok(Mapping::plain()) };
        let text =
            std::fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {error}.", path.display()))?;
        Mapping::read(&path.display().to_string(), &text, pack).map_err(packs::say)
    }

    /// What to ask of the tables.
    pub(crate) fn asked<'a>(&self, pack: &'a Pack, mapping: &'a Mapping) -> Asked<'a> {
        Asked { pack, mapping, day: self.day, only: None, person_ids: true }
    }
}

/// A bar on a terminal, nothing elsewhere.
pub(crate) struct Bar {
    drawn: Cell<Option<Instant>>,
    shows: bool,
}

impl Bar {
    pub(crate) fn new() -> Self {
        Self { drawn: Cell::new(None), shows: std::io::stderr().is_terminal() }
    }

    /// Draws, but no more than ten times a second.
    pub(crate) fn draw(&self, done: u64, all: Option<u64>) {
        let soon = self.drawn.get().is_some_and(|at| at.elapsed() < Duration::from_millis(100));
        if !self.shows || (soon && all != Some(done)) {
            return;
        }
        self.drawn.set(Some(Instant::now()));
        let bar = all.filter(|all| *all > 0).map_or(String::new(), |all| {
            let full = usize::try_from(done.min(all) * 40 / all).unwrap_or(40);
            format!("[{}{}] ", "#".repeat(full), "-".repeat(40 - full))
        });
        let of = all.map_or(String::new(), |all| format!(" of {all}"));
        eprint!("\r{bar}{done}{of} households ");
        drop(std::io::stderr().flush());
    }

    /// Leaves the line.
    pub(crate) fn end(&self) {
        if self.drawn.get().is_some() {
            eprintln!();
        }
    }
}
