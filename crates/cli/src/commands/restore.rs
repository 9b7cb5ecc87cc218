//! `onewindow restore`: a registry out of a backup, on an empty machine.

use super::{Database, backup, now};
use crate::{
    Outcome,
    packs::{Files, say},
};
use std::{
    fs::{self, OpenOptions},
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    process::ExitCode,
};
use store::{
    Store,
    copy::{Restored, restore},
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The backup.
    file: PathBuf,
    /// The file with the secret key.
    #[arg(long)]
    key: PathBuf,
    #[command(flatten)]
    database: Database,
    /// The folder for the installation's files that the backup kept, and for the policy pack.
    #[arg(long, default_value = "var/restored")]
    files: PathBuf,
}

pub(crate) async fn run(args: Args) -> Outcome {
    let (reader, key) = (backup::open(&args.file, &args.key)?, args.database.key()?);
    let Restored { about, tables, papers, files, verified, store } =
        restore(reader, &args.database.db, &args.database.blobs, key.as_ref(), now()).await.map_err(say)?;
    let rows: u64 = tables.iter().map(|table| table.rows).sum();
    println!("The backup of {} is restored: {rows} rows, {papers} papers and packs.", about.made_at.to_rfc3339());
    keep(&args.files, &files)?;
    keep_pack(&args.files, &store).await?;
    store.close().await;
    for fault in &verified.faults {
        println!("{fault}");
    }
    let (events, seals, faults) = (verified.events, verified.seals, verified.faults.len());
    println!("{events} events under {seals} seals, {faults} faults.");
    match about.seal {
        Some((number, hash)) => println!("Compare with the paper kept outside the machine: seal {number}: {hash}"),
        None => println!("It was made before the first seal."),
    }
    println!("Everybody signs in again. What was entered after the backup is on paper only: enter it again.");
    Ok(if verified.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Writes the installation's files.
fn keep(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), String> {
    for (name, content) in files {
        write(&folder.join(name), content)?;
        println!("{} is in {}.", name, folder.display());
        if archive::OfficeKey::from_file_text(&String::from_utf8_lossy(content)).is_ok() {
            println!("It is the office's key: move it where the data is not, and name it in ONEWINDOW_KEY_FILE.");
        }
    }
    Ok(())
}

fn write(path: &Path, content: &[u8]) -> Result<(), String> {
    let folder = path.parent().unwrap_or(Path::new("."));
    // One of them may be the office's key: nobody else reads any.
    let written = fs::create_dir_all(folder).and_then(|()| {
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
        file.write_all(content)
    });
    written.map_err(|error| format!("{} cannot be written: {error}.", path.display()))
}

/// Writes the policy pack that was in force, so that `serve --pack` finds it.
async fn keep_pack(folder: &Path, store: &Store) -> Result<(), String> {
    let Some(bundle) = store.current_bundle().await.map_err(say)? else { return Ok(()) };
    let files: Files = serde_json::from_slice(&bundle).map_err(say)?;
    let folder = folder.join("pack");
    for (name, text) in &files {
        let inside = Path::new(name).components().all(|part| matches!(part, std::path::Component::Normal(_)));
        if inside {
            write(&folder.join(name), text.as_bytes())?;
        }
    }
    println!("The policy pack in force is in {}.", folder.display());
    Ok(())
}
