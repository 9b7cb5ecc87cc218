//! `onewindow snapshot`: tables of households and persons as columns, checked once, read as often as there are policies.

mod registry;

use super::{
    Database,
    tables::{Bar, Tables},
};
use crate::{Outcome, packs};
use std::{path::PathBuf, process::ExitCode};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The policy whose facts the snapshot holds.
    #[arg(long, default_value = "programmes/pk")]
    policy: PathBuf,
    #[command(flatten)]
    tables: Tables,
    /// The registry of this installation instead of tables: what the desk would screen on --day, today when it is not
    /// given.
    #[arg(long, conflicts_with_all = ["households", "mapping", "verify"])]
    registry: bool,
    #[command(flatten)]
    database: Database,
    /// A protected fact to be in it; without this, none is.
    #[arg(long = "protected", requires = "registry")]
    protected: Vec<String>,
    /// The folder to make.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Instead of making one: read a snapshot whole and compare it with its checksums.
    #[arg(long, conflicts_with_all = ["out", "households"])]
    verify: Option<PathBuf>,
}

pub(crate) fn run(args: Args) -> Outcome {
    if let Some(folder) = &args.verify {
        let snapshot = batch::snapshot::open(folder).map_err(packs::say)?;
        snapshot.verify().map_err(packs::say)?;
        let index = snapshot.index();
        println!(
            "{}: {} households, {} persons, as they were written.",
            folder.display(),
            index.households,
            index.persons
        );
        return Ok(ExitCode::SUCCESS);
    }
    if args.registry {
        let Some(out) = &args.out else { return Err("Give --out, the folder to make.".into()) };
        super::tables::sweep(out);
        return crate::wait(registry::run(&args, out));
    }
    let (Some(households), Some(persons), Some(out)) = (&args.tables.households, &args.tables.persons, &args.out)
    else {
        return Err(
            "Give --households, --persons and --out; or --registry and --out; or --verify with a snapshot.".into()
        );
    };
    super::tables::sweep(out);
    let (_, pack) = packs::load(&args.policy)?;
    let mapping = args.tables.mapping(&pack)?;
    let bar = Bar::new();
    let made = batch::snapshot::write(
        households,
        persons,
        &args.tables.asked(&pack, &mapping),
        args.tables.threads(),
        out,
        &|done, all| bar.draw(done, all),
    );
    bar.end();
    let made = made.map_err(packs::say)?;
    println!(
        "{}: {} households, {} persons, {} facts.",
        out.display(),
        made.households,
        made.persons,
        made.facts.len()
    );
    if !made.left_out.is_empty() {
        eprintln!("Columns that give no fact: {}.", made.left_out.join(", "));
    }
    Ok(ExitCode::SUCCESS)
}
