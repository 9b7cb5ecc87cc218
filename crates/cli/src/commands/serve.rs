//! `onewindow serve`.

use super::{Database, bounds::Bounds, keys, now, system};
use crate::{
    Outcome, packs, senders,
    serve::{Listen, serve},
};
use serde::Deserialize;
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};
use web::{App, Clock, Config, app::Centre, messages::Sender};

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    pages: Pages,
    /// The centres of this installation, as TOML.
    #[arg(long, default_value = "centres.toml")]
    centres: PathBuf,
    /// The pages are reached over TLS (behind a reverse proxy): cookies are marked secure.
    #[arg(long)]
    tls: bool,
}

/// Where the pages are and what they are made of.
#[derive(clap::Args, Clone)]
pub(crate) struct Pages {
    /// Where officers reach the office pages.
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub office: SocketAddr,
    /// Where everybody reaches the public pages.
    #[arg(long, default_value = "127.0.0.1:8081")]
    pub public: SocketAddr,
    /// The address of the public pages as printed on receipts, such as https://track.example.
    #[arg(long)]
    pub public_url: Option<String>,
    /// The policy pack's folder.
    #[arg(long, default_value = "programmes/pk")]
    pub pack: PathBuf,
    /// A folder of fonts made by `cargo xtask assets`.
    #[arg(long, default_value = "crates/web/assets/fonts")]
    pub fonts: PathBuf,
    /// The program that makes the PDF of a letter; `onewindow-letters` beside this program when it is not named.
    #[arg(long, env = "ONEWINDOW_LETTERS")]
    pub letters: Option<PathBuf>,
    /// The check compiled for browsers, made by `cargo xtask assets`.
    #[arg(long, default_value = "crates/web/assets/made/check.wasm")]
    pub module: PathBuf,
    /// The folder into which messages to families are written, one file each; `var/messages`, or `messages` in a demo's
    /// folder.
    #[arg(long, env = "ONEWINDOW_MESSAGES")]
    pub messages: Option<PathBuf>,
    /// A command that is given each message on its standard input instead, as a line of JSON.
    #[arg(long, env = "ONEWINDOW_MESSAGE_COMMAND")]
    pub message_command: Option<PathBuf>,
    #[command(flatten)]
    pub bounds: Bounds,
}

impl Pages {
    /// Who carries messages away; into `folder` when no other is named.
    pub(crate) fn sender(&self, folder: &Path) -> Arc<dyn Sender> {
        senders::sender(self.messages.as_deref().unwrap_or(folder), self.message_command.as_deref())
    }

    /// The program for letters as it is named, or the one beside this program.
    fn letters(&self) -> Option<PathBuf> {
        let beside = || Some(std::env::current_exe().ok()?.with_file_name("onewindow-letters"));
        self.letters.clone().or_else(beside).filter(|file| file.is_file())
    }

    /// The settings of the pages.
    pub(crate) fn config(&self, demo: bool, tls: bool, centres: Vec<Centre>) -> Config {
        Config {
            demo,
            public_url: self.public_url.clone().unwrap_or_else(|| format!("http://{}", self.public)),
            fonts: Some(self.fonts.clone()).filter(|folder| folder.is_dir()),
            letters: self.letters(),
            module: Some(self.module.clone()).filter(|file| file.is_file()),
            secure_cookies: tls,
            centres,
            clock: Clock::System,
            limits: self.bounds.limits(),
        }
    }
}

pub(crate) async fn run(args: Args) -> Outcome {
    let (files, pack) = packs::load(&args.pages.pack)?;
    refuse_earlier_tables(&args.database).await?;
    keys::refuse_open(&args.database).await?;
    let store = args.database.open().await?;
    if store.setting("demo").await.map_err(packs::say)?.is_some() {
        return Err("This is a demo database. Start it with `onewindow demo`, or name another with --db.".to_owned());
    }
    packs::publish(&store, &system(), &files, &pack, now()).await?;
    let config = args.pages.config(false, args.tls, centres(&args.centres)?);
    let app = App::new(store, Arc::new(pack), config);
    println!("Officers: http://{}    Public: http://{}", args.pages.office, args.pages.public);
    let sender = args.pages.sender(Path::new("var/messages"));
    serve(app, Listen { office: args.pages.office, public: args.pages.public }, sender).await?;
    Ok(ExitCode::SUCCESS)
}

/// Tables of an earlier release are brought up to date by `onewindow upgrade`, which makes a copy first.
async fn refuse_earlier_tables(database: &Database) -> Result<(), String> {
    match store::state::standing(&database.db).await.map_err(packs::say)? {
        Some(stands) if stands.migration > 0 && stands.migration < stands.known => {
            let pending = store::StoreError::Pending { found: stands.migration, known: stands.known };
            Err(packs::say(pending))
        }
        _ => Ok(()),
    }
}

/// The centres file: `[[centre]] id, district, phone`.
fn centres(path: &Path) -> Result<Vec<Centre>, String> {
    #[derive(Deserialize)]
    struct File {
        centre: Vec<Entry>,
    }
    #[derive(Deserialize)]
    struct Entry {
        id: String,
        district: String,
        phone: String,
    }
    let text = std::fs::read_to_string(path).map_err(|error| {
        format!("The centres in {} cannot be read: {error}. See docs/guide/installing.md.", path.display())
    })?;
    let file: File = toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    let centre = |e: Entry| Centre { id: e.id.as_str().into(), district: e.district.as_str().into(), phone: e.phone };
    Ok(file.centre.into_iter().map(centre).collect())
}
