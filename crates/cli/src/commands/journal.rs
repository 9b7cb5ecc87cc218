//! `onewindow journal verify | rebuild`.

use super::{Database, now};
use crate::{Outcome, packs::say};
use std::process::ExitCode;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Check every event, seal and version.
    Verify(Database),
    /// Replay the journal into empty record tables and compare them with what was there.
    Rebuild(Rebuild),
    /// Print the newest seal, to be kept outside the machine.
    Seal(Database),
}

#[derive(clap::Args)]
pub(crate) struct Rebuild {
    #[command(flatten)]
    database: Database,
    /// Keep the replayed rows; without it everything is put back after comparing.
    #[arg(long)]
    keep: bool,
}

pub(crate) async fn run(command: Command) -> Outcome {
    match command {
        Command::Verify(database) => verify(database).await,
        Command::Rebuild(rebuild) => replay(rebuild).await,
        Command::Seal(database) => seal(database).await,
    }
}

async fn verify(database: Database) -> Outcome {
    let store = database.open().await?;
    let verified = store.verify().await.map_err(say)?;
    for fault in &verified.faults {
        println!("{fault}");
    }
    println!(
        "{} events, {} of them under {} seals, {} erased by decision, {} faults.",
        verified.events,
        verified.sealed,
        verified.seals,
        verified.redacted,
        verified.faults.len()
    );
    store.close().await;
    Ok(if verified.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn replay(rebuild: Rebuild) -> Outcome {
    let store = rebuild.database.open().await?;
    let rebuilt = store.rebuild(rebuild.keep).await.map_err(say)?;
    println!("{} events replayed, {} of them erased by decision.", rebuilt.events, rebuilt.redacted);
    for table in &rebuilt.differing {
        println!("The table {table} differs from what the journal tells.");
    }
    store.close().await;
    if rebuilt.differing.is_empty() {
        println!("Every record table is as the journal tells.");
    }
    Ok(if rebuilt.differing.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn seal(database: Database) -> Outcome {
    let store = database.open().await?;
    store.seal(now()).await.map_err(say)?;
    match store.newest_seal().await.map_err(say)? {
        Some(seal) => println!("seal {} of {}: {}", seal.number, seal.sealed_at.to_rfc3339(), seal.hash),
        None => println!("Nothing is in the journal yet."),
    }
    store.close().await;
    Ok(ExitCode::SUCCESS)
}
