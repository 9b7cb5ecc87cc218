//! `onewindow export`: the journal as lines of JSON.

use super::{Database, system};
use crate::{Outcome, packs::say};
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::PathBuf,
    process::ExitCode,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    database: Database,
    /// The file to write.
    #[arg(long)]
    out: PathBuf,
}

pub(crate) async fn run(args: Args) -> Outcome {
    let store = args.database.open().await?;
    let file =
        File::create_new(&args.out).map_err(|error| format!("{} cannot be made: {error}.", args.out.display()))?;
    let mut file = BufWriter::new(file);
    let mut after = 0;
    let mut lines = 0u64;
    loop {
        let page = store.journal_page(&system(), after, 1_000).await.map_err(say)?;
        let Some(last) = page.last() else { break };
        after = last.position;
        for entry in &page {
            serde_json::to_writer(&mut file, entry).map_err(say)?;
            file.write_all(b"\n").map_err(say)?;
            lines += 1;
        }
    }
    file.flush().map_err(say)?;
    file.get_ref().sync_all().map_err(say)?;
    store.close().await;
    println!("{lines} events are in {}.", args.out.display());
    Ok(ExitCode::SUCCESS)
}
