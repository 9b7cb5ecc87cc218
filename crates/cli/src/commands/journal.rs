//! `onewindow journal verify | rebuild | seal | forget`.

use super::{Database, now, system};
use crate::{Outcome, packs::say};
use domain::ids::{HouseholdId, PersonId};
use std::process::ExitCode;
use store::Forgetting;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Check every event, seal and version.
    Verify(Database),
    /// Replay the journal into empty record tables and compare them with what was there.
    Rebuild(Rebuild),
    /// Print the newest seal, to be kept outside the machine.
    Seal(Database),
    /// Erase a person, or a whole family, for good; two officers decide it.
    Forget(Forget),
}

#[derive(clap::Args)]
pub(crate) struct Forget {
    #[command(flatten)]
    database: Database,
    /// The family's key, as in the address of its file.
    #[arg(long)]
    household: HouseholdId,
    /// One member's key; without it the whole family is erased.
    #[arg(long)]
    person: Option<PersonId>,
    /// Why: the family asked, wrong person, court order, retention over.
    #[arg(long)]
    reason: String,
    /// The sign-in names of the two officers who decided it.
    #[arg(long, num_args = 2, value_names = ["FIRST", "SECOND"], required = true)]
    decided_by: Vec<String>,
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
        Command::Forget(asked) => forget(asked).await,
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

async fn forget(asked: Forget) -> Outcome {
    let store = asked.database.open().await?;
    let system = system();
    let mut officers = Vec::new();
    for login in &asked.decided_by {
        let officer = store.officers(&system).by_login(login).await.map_err(say)?;
        officers.push(officer.ok_or_else(|| format!("No officer signs in as \"{login}\"."))?.id);
    }
    let [first, second] = officers[..] else { return Err("Two officers decide an erasure. Name both.".to_owned()) };
    let Forget { household, person, reason, .. } = asked;
    let forgetting = Forgetting { household, person, reason, officers: (first, second) };
    let count = store.forget(&system, forgetting, now()).await.map_err(say)?;
    println!("{count} events lost their content. Backups made before still hold it: they end with their own time.");
    if store.log_holds_erased().await.map_err(say)? {
        println!(
            "The write-ahead log beside the database file still holds it, because somebody is reading. It is emptied by \
             itself: within seconds after the reading has ended while the server runs, otherwise at the next start of \
             any onewindow command."
        );
    }
    store.close().await;
    Ok(ExitCode::SUCCESS)
}
