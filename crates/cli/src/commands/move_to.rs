//! `onewindow move`: from one database to another, checked table by table.

use super::{Database, now};
use crate::{Outcome, packs::say};
use std::process::ExitCode;
use store::copy::{move_registry, take_back};

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    database: Database,
    /// The empty database to move to: `sqlite:PATH` or `postgres://USER@HOST/NAME`.
    #[arg(long, required_unless_present = "take_back")]
    to: Option<String>,
    /// Open the database of --db again after a move away from it. What was written at the new place is not brought back.
    #[arg(long, conflicts_with = "to")]
    take_back: bool,
}

pub(crate) async fn run(args: Args) -> Outcome {
    let Some(to) = args.to else {
        take_back(&args.database.db).await.map_err(say)?;
        println!("The registry can be opened here again.");
        return Ok(ExitCode::SUCCESS);
    };
    let key = args.database.key()?;
    let moved = move_registry(&args.database.db, &to, &args.database.blobs, key.as_ref(), now()).await.map_err(say)?;
    for table in &moved.tables {
        println!("{:<24} {:>10} rows, equal", table.table, table.rows);
    }
    for fault in &moved.verified.faults {
        println!("{fault}");
    }
    println!(
        "{} events under {} seals, {} faults. The registry is at the new place, and the old one takes no more changes. \
         Start onewindow with the new address; papers stay in {}.",
        moved.verified.events,
        moved.verified.seals,
        moved.verified.faults.len(),
        args.database.blobs.display()
    );
    Ok(if moved.verified.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
