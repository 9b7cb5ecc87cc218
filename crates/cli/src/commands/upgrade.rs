//! `onewindow upgrade`: a copy first, then the tables, then the check; and how to go back.

use super::{Database, backup, keys};
use crate::{Outcome, packs::say};
use std::process::ExitCode;
use store::state::{Standing, standing};

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    wishes: backup::Wishes,
    /// Upgrade without a copy, because one was made by other means.
    #[arg(long)]
    without_copy: bool,
}

pub(crate) async fn run(args: Args) -> Outcome {
    let Some(Standing { migration, known }) = standing(&args.database.db).await.map_err(say)? else {
        println!("There is no registry yet, so there is nothing to upgrade.");
        return Ok(ExitCode::SUCCESS);
    };
    if migration == known {
        println!("The tables are up to date ({known}).");
        return sealed(&args.database).await;
    }
    let copy = match args.without_copy {
        true => None,
        // A copy before an upgrade never costs an older backup its place.
        false => Some(backup::back_up(&args.database, &backup::Wishes { keep: None, ..args.wishes.clone() }).await?),
    };
    println!("Bringing the tables from {migration} to {known}; search keys may be made again.");
    let back = copy.map_or("with the copy that you made".to_owned(), |path| {
        format!("`onewindow restore {} --key KEY` of the earlier release, to an empty place", path.display())
    });
    let store = args.database.open().await.map_err(|error| format!("{error} To go back: {back}."))?;
    if store.old_lies_open().await.map_err(say)? {
        keys::seal(&store).await?;
    }
    let verified = store.verify().await.map_err(say)?;
    store.close().await;
    for fault in &verified.faults {
        println!("{fault}");
    }
    println!(
        "{} events under {} seals, {} faults. To go back: {back}.",
        verified.events,
        verified.seals,
        verified.faults.len()
    );
    Ok(if verified.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Seals what was written before the registry had its key file.
async fn sealed(database: &Database) -> Outcome {
    if database.key_path().is_some() {
        let store = database.open().await?;
        if store.old_lies_open().await.map_err(say)? {
            keys::seal(&store).await?;
        }
        store.close().await;
    }
    Ok(ExitCode::SUCCESS)
}
