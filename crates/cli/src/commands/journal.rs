//! `onewindow journal verify | rebuild | seal | extract | forget`.

use super::{Database, now, system};
use crate::{Outcome, packs::say};
use domain::ids::{HouseholdId, PersonId};
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::PathBuf,
    process::ExitCode,
};
use store::{Forgetting, journal::Days};

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Check every event, seal and version.
    Verify(Database),
    /// Replay the journal into empty record tables and compare them with what was there.
    Rebuild(Rebuild),
    /// Print the newest seal, to be kept outside the machine.
    Seal(Database),
    /// Write envelopes and seals of some days without contents, to be checked elsewhere with docs/audit/verify.py.
    Extract(Extract),
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
pub(crate) struct Extract {
    #[command(flatten)]
    database: Database,
    /// The first day; from the beginning when not given.
    #[arg(long)]
    from: Option<domain::Date>,
    /// The last day; to the newest seal when not given.
    #[arg(long)]
    to: Option<domain::Date>,
    /// The file to write; it must not be there yet.
    #[arg(long)]
    out: PathBuf,
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
        Command::Extract(asked) => extract(asked).await,
        Command::Forget(asked) => forget(asked).await,
    }
}

async fn verify(database: Database) -> Outcome {
    let verified = match database.key()? {
        // Whoever has no key can still check the chain.
        None => store::journal::verify_closed(&database.db).await.map_err(say)?,
        Some(_) => {
            let store = database.open().await?;
            let verified = store.verify().await.map_err(say)?;
            store.close().await;
            verified
        }
    };
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
    if verified.locked > 0 {
        println!(
            "The content of {} events is sealed and was not read: give the key file to check it too.",
            verified.locked
        );
    }
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

async fn extract(asked: Extract) -> Outcome {
    let file =
        File::create_new(&asked.out).map_err(|error| format!("{} cannot be made: {error}.", asked.out.display()))?;
    let mut file = BufWriter::new(file);
    let days = Days { from: asked.from, to: asked.to };
    let done = store::journal::extract(&asked.database.db, days, now(), &mut file).await.map_err(say)?;
    file.flush().and_then(|()| file.get_ref().sync_all()).map_err(say)?;
    println!("{} events under {} seals are in {}.", done.events, done.seals, asked.out.display());
    if done.unsealed > 0 {
        println!("{} events wait for a seal and are in no extract yet.", done.unsealed);
    }
    println!("Check it with `python3 docs/audit/verify.py {}`; see docs/guide/audit.md.", asked.out.display());
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
