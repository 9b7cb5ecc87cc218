//! `onewindow sql`: a policy as SQL text.

use crate::{Outcome, packs};
use rules::sql::{Dialect, Rows, tables, text};
use std::{path::PathBuf, process::ExitCode};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The policy pack's folder.
    #[arg(long)]
    policy: PathBuf,
    /// The engine that will read it.
    #[arg(long, value_enum, default_value_t = Engine::Duckdb)]
    dialect: Engine,
    /// The day verdicts are for; ages and dates in force depend on it. Today when left out.
    #[arg(long)]
    at: Option<domain::Date>,
    /// One row per candidate instead of one per household.
    #[arg(long)]
    candidates: bool,
    /// The statements that make the two empty input tables, instead of the query.
    #[arg(long, conflicts_with = "candidates")]
    tables: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Engine {
    /// `DuckDB` 1.1 or newer.
    Duckdb,
}

pub(crate) fn run(args: Args) -> Outcome {
    let (_, pack) = packs::load(&args.policy)?;
    let Engine::Duckdb = args.dialect;
    if args.tables {
        print!("{}", tables(&pack));
        return Ok(ExitCode::SUCCESS);
    }
    let at = args.at.unwrap_or_else(|| web::Clock::System.today());
    let rows = if args.candidates { Rows::Candidates } else { Rows::Households };
    print!("{}", text(&pack, at, Dialect::DuckDb, rows));
    Ok(ExitCode::SUCCESS)
}
