//! One file per command of the terminal.

pub(crate) mod backup;
pub(crate) mod bench_clerk;
pub(crate) mod bench_desk;
pub(crate) mod bench_import;
pub(crate) mod bench_portal;
mod bounds;
pub(crate) mod check;
pub(crate) mod demo;
pub(crate) mod doctor;
pub(crate) mod export;
pub(crate) mod import;
pub(crate) mod journal;
mod key_file;
pub(crate) mod keys;
pub(crate) mod link;
pub(crate) mod load;
pub(crate) mod move_to;
pub(crate) mod officer;
mod officers_csv;
pub(crate) mod restore;
pub(crate) mod retention;
pub(crate) mod score;
pub(crate) mod screen;
pub(crate) mod serve;
pub(crate) mod simulate;
pub(crate) mod sites;
pub(crate) mod snapshot;
pub(crate) mod sql;
pub(crate) mod support;
mod tables;
pub(crate) mod target;
pub(crate) mod upgrade;

use crate::{Outcome, packs::say};
use std::{path::PathBuf, process::ExitCode};
use store::{Scope, Store, access::scope::SystemKey};

/// Which registry a command works on.
#[derive(clap::Args, Clone)]
pub(crate) struct Database {
    /// `sqlite:PATH` or `postgres://USER@HOST/NAME`.
    #[arg(long, env = "ONEWINDOW_DB", default_value = "sqlite:var/onewindow.sqlite")]
    pub db: String,
    /// The folder of papers and packs, beside the database.
    #[arg(long, env = "ONEWINDOW_BLOBS", default_value = "var/blobs")]
    pub blobs: PathBuf,
    /// The file of the office's key, outside the data; `none` to let papers and protected facts lie open.
    #[arg(long, env = "ONEWINDOW_KEY_FILE")]
    pub key_file: Option<PathBuf>,
}

impl Database {
    /// Opens the registry and brings its tables up to date.
    pub(crate) async fn open(&self) -> Result<Store, String> {
        if let Some(path) = self.db.strip_prefix("sqlite:") {
            let folder = PathBuf::from(path.trim_start_matches("//")).parent().map(PathBuf::from).unwrap_or_default();
            std::fs::create_dir_all(&folder)
                .map_err(|error| format!("{} cannot be made: {error}.", folder.display()))?;
        }
        Store::open_with(&self.db, &self.blobs, self.key()?.as_ref()).await.map_err(say)
    }
}

/// This program's own scope.
pub(crate) fn system() -> Scope {
    Scope::system(SystemKey::for_this_program())
}

/// The machine's clock.
pub(crate) fn now() -> domain::Instant {
    web::Clock::System.now()
}

/// `onewindow migrate`
pub(crate) async fn migrate(database: Database) -> Outcome {
    let store = database.open().await?;
    store.close().await;
    println!("The tables are up to date.");
    Ok(ExitCode::SUCCESS)
}
