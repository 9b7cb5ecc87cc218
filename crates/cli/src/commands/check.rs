//! `onewindow check programmes/`: policy errors and golden cases.

use crate::{Outcome, packs};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// A pack's folder, or a folder of packs.
    folder: PathBuf,
    /// Also change every criterion a little and name the changes that no golden case notices.
    #[arg(long)]
    mutations: bool,
}

pub(crate) fn run(args: Args) -> Outcome {
    let packs = folders(&args.folder)?;
    let mut sound = true;
    for folder in packs {
        sound &= check(&folder, args.mutations)?;
    }
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The pack itself, or every pack below.
fn folders(folder: &Path) -> Result<Vec<PathBuf>, String> {
    if folder.join("pack.toml").exists() {
        return Ok(vec![folder.to_owned()]);
    }
    let entries =
        std::fs::read_dir(folder).map_err(|error| format!("{} cannot be read: {error}.", folder.display()))?;
    let mut found: Vec<PathBuf> =
        entries.flatten().map(|e| e.path()).filter(|p| p.join("pack.toml").exists()).collect();
    found.sort();
    if found.is_empty() {
        return Err(format!(
            "There is no pack.toml in {} or in a folder below it. Name a pack's folder.",
            folder.display()
        ));
    }
    Ok(found)
}

fn check(folder: &Path, mutations: bool) -> Result<bool, String> {
    let files = packs::read(folder)?;
    let pack = match packs::check(&files) {
        Ok(pack) => pack,
        Err(errors) => {
            for error in &errors {
                println!("{}/{error}", folder.display());
            }
            let count = if errors.len() == 1 { "1 mistake".to_owned() } else { format!("{} mistakes", errors.len()) };
            println!("{}: {count}.", folder.display());
            return Ok(false);
        }
    };
    for warning in rules::pack::card_check::card_warnings(&pack) {
        println!("{}: {warning}", folder.display());
    }
    let results = rules::cases::run_cases(&pack);
    let failed: Vec<_> = results.iter().filter(|result| !result.passed()).collect();
    for result in &failed {
        println!(
            "{}/{}/cases.toml: \"{}\": expected {:?}, got {:?}.",
            folder.display(),
            result.case.programme,
            result.case.name,
            result.case.expect,
            result.got
        );
    }
    println!(
        "{}: {} programmes, {} facts, {} golden cases, {} fail.",
        folder.display(),
        pack.programmes().len(),
        pack.facts().len(),
        results.len(),
        failed.len()
    );
    if mutations {
        let report = rules::cases::mutation_check(&pack);
        for survivor in &report.survivors {
            println!(
                "{}: criterion {}: no case notices the change {:?}.",
                survivor.programme, survivor.criterion, survivor.mutation
            );
        }
        println!("{} of {} changes are noticed.", report.tried - report.survivors.len(), report.tried);
    }
    Ok(failed.is_empty())
}
