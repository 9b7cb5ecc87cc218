//! `onewindow retention`: families of whom nothing was written for long, as keys and dates, for two officers to decide on.

use super::{Database, now, system};
use crate::{Outcome, packs::say};
use std::{
    fs::OpenOptions,
    io::{BufWriter, Write},
    os::unix::fs::OpenOptionsExt,
    path::PathBuf,
    process::ExitCode,
};
use store::people::{Quiet, SinceDay};

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    database: Database,
    /// The day since which nothing was written, such as 2016-11-22.
    #[arg(long)]
    since: domain::Date,
    /// The file to write; it must not be there yet.
    #[arg(long)]
    out: PathBuf,
}

pub(crate) async fn run(args: Args) -> Outcome {
    let today = web::app::local_day(now());
    if args.since >= today {
        return Err(format!("{} has not passed yet. Name the day since which nothing was written.", args.since));
    }
    // Readable for whoever asked: which families are in the registry is nobody else's to know.
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&args.out);
    let file = file.map_err(|error| format!("{} cannot be made: {error}.", args.out.display()))?;
    let mut file = BufWriter::new(file);
    let store = args.database.open().await?;
    let before = args.since.pred_opt().ok_or("Name a later day.")?;
    let since = SinceDay { day: args.since, begins: web::app::day_ends(before) };
    let found = store.people(&system()).quiet(since).await.map_err(say)?;
    store.close().await;
    write(&mut file, &found).and_then(|()| file.flush()).map_err(say)?;
    file.get_ref().sync_all().map_err(say)?;
    println!(
        "{} families of whom nothing was written since {} and to whom nothing runs are in {}. Nothing was erased: two \
         officers decide each; see docs/guide/erasing.md.",
        found.len(),
        args.since,
        args.out.display()
    );
    Ok(ExitCode::SUCCESS)
}

fn write(out: &mut impl Write, found: &[Quiet]) -> std::io::Result<()> {
    writeln!(out, "household,registered_on,last_entry_on,centre,district")?;
    for family in found {
        let last = web::app::local_day(family.last_entry);
        writeln!(out, "{},{},{last},{},{}", family.household, family.registered_on, family.centre, family.district)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_holds_a_key_dates_and_a_place_and_no_name() {
        let family = Quiet {
            household: "019a9b3e-0000-7000-8000-000000000001".parse().expect("a key"),
            registered_on: "2016-02-03".parse().expect("a day"),
            // Already the next day in Peshawar.
            last_entry: "2016-02-29T20:00:00Z".parse().expect("an instant"),
            centre: "nowshera".to_owned(),
            district: "nowshera".to_owned(),
        };
        let mut text = Vec::new();
        write(&mut text, &[family]).expect("written");
        let want = "household,registered_on,last_entry_on,centre,district\n\
                    019a9b3e-0000-7000-8000-000000000001,2016-02-03,2016-03-01,nowshera,nowshera\n";
        assert_eq!(String::from_utf8_lossy(&text), want);
    }
}
