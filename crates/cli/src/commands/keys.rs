//! `onewindow keys`: the key file that papers and protected facts are sealed with on the disk.

use super::{Database, key_file};
use crate::{Outcome, packs::say};
use archive::OfficeKey;
use std::{
    fs::OpenOptions,
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    process::ExitCode,
};
use store::sealing::{Wrapping, end_other_keys, key_is_needed, rotate};

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Draw a new key and write it into a file, which belongs outside the data, best on another disk.
    New {
        /// The file; it must not be there yet.
        file: PathBuf,
    },
    /// Say which keys open the registry.
    Show(Database),
    /// Seal what was written before the registry had a key. May be interrupted and run again, also while the desk works.
    SealOld(Database),
    /// Let a new key file open the registry, beside the one in use.
    Rotate(Rotate),
    /// End every other key than that of the key file given: the last step of a rotation.
    EndOld(Database),
}

#[derive(clap::Args)]
pub(crate) struct Rotate {
    #[command(flatten)]
    database: Database,
    /// The new key file, as `onewindow keys new` wrote it.
    #[arg(long)]
    new: PathBuf,
}

pub(crate) async fn run(command: Command) -> Outcome {
    match command {
        Command::New { file } => new(&file),
        Command::Show(database) => show(&database).await,
        Command::SealOld(database) => seal_old(&database).await,
        Command::Rotate(asked) => change(&asked).await,
        Command::EndOld(database) => end_old(&database).await,
    }
}

fn new(file: &Path) -> Outcome {
    let key = OfficeKey::draw();
    let text = format!(
        "# The key of an onewindow office. Papers and protected facts are sealed with it.\n\
         # Without it they are lost; whoever has it and the disk reads them. Its name: {}\n{}\n",
        key.name(),
        key.text()
    );
    let open = OpenOptions::new().write(true).create_new(true).mode(0o400).open(file);
    let written = open.and_then(|mut out| out.write_all(text.as_bytes()).and_then(|()| out.sync_all()));
    written.map_err(|error| format!("{} cannot be made: {error}.", file.display()))?;
    println!("The key {} is in {}.", key.name(), file.display());
    println!(
        "Keep a copy of that file in a safe place away from the machine, and name it in ONEWINDOW_KEY_FILE. Backups carry \
         it along, locked with the key of backups. See docs/guide/keys.md."
    );
    Ok(ExitCode::SUCCESS)
}

fn tell(keys: &[Wrapping]) {
    match keys {
        [] => println!("This registry is not sealed: papers and protected facts lie open on the disk."),
        [one] => println!("The key {} opens this registry.", one.key),
        more => {
            more.iter().for_each(|wrapping| println!("The key {} opens this registry.", wrapping.key));
            println!(
                "While two open it, the older one is not done with: name the new file in ONEWINDOW_KEY_FILE, start again, \
                 and run `onewindow keys end-old`."
            );
        }
    }
}

async fn show(database: &Database) -> Outcome {
    tell(&key_is_needed(&database.db).await.map_err(say)?);
    if let Some(path) = database.key_path() {
        println!("The key file {} holds the key {}.", path.display(), given(database)?.name());
        if database.key_is_beside() {
            println!("It lies on the disk that the data lies on: whoever takes the machine has both.");
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn given(database: &Database) -> Result<OfficeKey, String> {
    database.key()?.ok_or_else(|| "Name the key file in use with --key-file or in ONEWINDOW_KEY_FILE.".to_owned())
}

async fn seal_old(database: &Database) -> Outcome {
    given(database)?;
    let store = database.open().await?;
    seal(&store).await?;
    store.close().await;
    Ok(ExitCode::SUCCESS)
}

/// Seals what was written before the key.
pub(crate) async fn seal(store: &store::Store) -> Result<(), String> {
    let now = store.seal_old().await.map_err(say)?;
    println!(
        "Sealed now: the content of {} events, {} texts of tables, {} papers. What was deleted before may still lie in the \
         disk's free space until it is written over.",
        now.events, now.texts, now.papers
    );
    Ok(())
}

async fn change(asked: &Rotate) -> Outcome {
    let old = given(&asked.database)?;
    let new = Database { key_file: Some(asked.new.clone()), ..asked.database.clone() };
    let new = given(&new)?;
    tell(&rotate(&asked.database.db, &old, &new).await.map_err(say)?);
    Ok(ExitCode::SUCCESS)
}

async fn end_old(database: &Database) -> Outcome {
    tell(&end_other_keys(&database.db, &given(database)?).await.map_err(say)?);
    Ok(ExitCode::SUCCESS)
}

/// Refuses to serve a registry whose papers and protected facts would lie open without anybody having said so.
pub(crate) async fn refuse_open(database: &Database) -> Result<(), String> {
    let said = database.key_file.as_deref() == Some(Path::new(key_file::NONE));
    if said || database.key_path().is_some() || !key_is_needed(&database.db).await.map_err(say)?.is_empty() {
        return Ok(());
    }
    Err("No key file is given, so papers and protected facts would lie open on this disk. Make one with `onewindow keys new \
         FILE` outside the data and name it in ONEWINDOW_KEY_FILE; or say ONEWINDOW_KEY_FILE=none. See docs/guide/keys.md."
        .to_owned())
}
