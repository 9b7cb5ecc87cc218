//! `onewindow demo`: everything at once, on this machine only.

use super::{Database, now, serve::Pages, system};
use crate::{
    Outcome, demo,
    packs::{self, say},
    serve::{Listen, serve},
};
use std::{path::PathBuf, process::ExitCode, sync::Arc};
use web::App;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    pages: Pages,
    /// The folder of the demo's database and papers.
    #[arg(long, default_value = "var/demo")]
    dir: PathBuf,
    /// Another database than the embedded one.
    #[arg(long)]
    db: Option<String>,
    /// Ask for the second step of signing in as an office would; without it a password is enough, and every page says so.
    #[arg(long)]
    second_step: bool,
    /// A few families instead of three thousand.
    #[arg(long)]
    small: bool,
}

pub(crate) async fn run(args: Args) -> Outcome {
    for address in [args.pages.office, args.pages.public] {
        if !address.ip().is_loopback() {
            return Err(format!(
                "A demo shows its passwords to everybody, so it does not listen on {address}. Use 127.0.0.1."
            ));
        }
    }
    let (files, pack) = packs::load(&args.pages.pack)?;
    let db = args.db.clone().unwrap_or_else(|| format!("sqlite:{}", args.dir.join("demo.sqlite").display()));
    let store = Database { db, blobs: args.dir.join("blobs"), key_file: None }.open().await?;
    let fresh = store.current_pack().await.map_err(say)?.is_none();
    if !fresh && store.setting("demo").await.map_err(say)?.is_none() {
        return Err("This database holds real work. A demo needs a folder of its own: name it with --dir.".to_owned());
    }
    if fresh {
        store.keep_setting("demo", "yes").await.map_err(say)?;
    }
    if !args.second_step {
        store.waive_second_step();
    }
    let config = args.pages.config(true, false, demo::centres());
    let app = App::new(store, Arc::new(pack), config);
    if app.store.setting("demo-seeded").await.map_err(say)?.is_none() {
        if !fresh {
            return Err("An earlier demo was interrupted while it was being made. Remove its folder and start again."
                .to_owned());
        }
        let volume = if args.small { demo::Volume::SMALL } else { demo::Volume::PILOT };
        demo::seed(&app, &files, volume).await?;
        app.store.keep_setting("demo-seeded", "yes").await.map_err(say)?;
    }
    packs::publish(&app.store, &system(), &files, &app.pack, now()).await?;
    println!("{}", demo::welcome(&args.pages));
    let sender = args.pages.sender(&args.dir.join("messages"));
    serve(app, Listen { office: args.pages.office, public: args.pages.public }, sender).await?;
    Ok(ExitCode::SUCCESS)
}
