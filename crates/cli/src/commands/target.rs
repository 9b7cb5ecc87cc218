//! `onewindow target`: the score and every programme for each household of a registry.

pub(crate) use print::MOST_GROUPS;

mod print;

use super::tables::{Bar, Tables};
use crate::{Outcome, packs};
use batch::{
    disclosure::Readers,
    run::Bound,
    target::{Options, Report, Totals},
};
use domain::{Date, language::Lang};
use rules::Pack;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The policy's folder.
    #[arg(long, default_value = "programmes/pk")]
    policy: PathBuf,
    #[command(flatten)]
    tables: Tables,
    /// A snapshot instead of tables.
    #[arg(long, conflicts_with_all = ["households", "mapping"])]
    snapshot: Option<PathBuf>,
    /// The result to write: a row per household.
    #[arg(long)]
    out: Option<PathBuf>,
    /// The day at which ages are reckoned and criteria are in force; the day of the data when it is not given.
    #[arg(long)]
    on: Option<Date>,
    /// Only these programmes; without it, all that are not protected.
    #[arg(long = "programme")]
    programmes: Vec<String>,
    /// Only these districts (of a snapshot).
    #[arg(long = "district", requires = "snapshot")]
    districts: Vec<String>,
    /// Facts to count by beside the district: household.x, person.x (any member) or head.x.
    #[arg(long = "by", default_values = ["head.sex", "person.has_disability_certificate"])]
    by: Vec<String>,
    /// Also write who meets the criteria.
    #[arg(long)]
    candidates: bool,
    /// Also write which criterion decided and which facts are missing.
    #[arg(long)]
    deciding: bool,
    /// Print what is read and how it is decided, and stop.
    #[arg(long)]
    explain_plan: bool,
    /// Also write the counts, to the nearest five, as CSV or JSON by the name's ending.
    #[arg(long)]
    totals: Option<PathBuf>,
    /// Write the counts exactly. Such a file stays inside the centre.
    #[arg(long, requires = "totals")]
    inside: bool,
    /// The language of programmes' names: en, ur or ps.
    #[arg(long, default_value = "en")]
    lang: Lang,
}

pub(crate) fn run(args: Args) -> Outcome {
    let (_, pack) = packs::load(&args.policy)?;
    if args.explain_plan {
        return explain(&args, &pack);
    }
    let out = args.out.as_ref().ok_or("Give --out, the result to write, or --explain-plan.")?;
    let options = Options {
        at: args.on,
        programmes: (!args.programmes.is_empty()).then(|| args.programmes.clone()),
        districts: args.districts.clone(),
        by: args.by.clone(),
        candidates: args.candidates,
        deciding: args.deciding,
        threads: args.tables.threads(),
    };
    super::tables::sweep(out);
    super::tables::sweep(&batch::target::reasons_name(out));
    let bar = Bar::new();
    let report = report(&args, &pack, &options, out, &bar);
    bar.end();
    let report = report?;
    print::report(&pack, &report, args.lang);
    if let Some(path) = &args.totals {
        let readers = if args.inside { Readers::Inside } else { Readers::Anybody };
        write_totals(path, &report.totals.seen_by(readers))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn report(args: &Args, pack: &Pack, options: &Options, out: &Path, bar: &Bar) -> Result<Report, String> {
    let progress = |done, all| bar.draw(done, all);
    if let Some(folder) = &args.snapshot {
        let snapshot = batch::snapshot::open(folder).map_err(packs::say)?;
        return batch::target::snapshot(pack, &snapshot, options, out, &progress).map_err(packs::say);
    }
    let (Some(households), Some(persons)) = (&args.tables.households, &args.tables.persons) else {
        return Err("Give --households and --persons, or --snapshot.".into());
    };
    let mapping = args.tables.mapping(pack)?;
    let asked = args.tables.asked(pack, &mapping);
    batch::target::files(households, persons, &asked, options, out, &progress).map_err(packs::say)
}

fn write_totals(path: &Path, totals: &Totals) -> Result<(), String> {
    let json = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("json"));
    let text = if json {
        serde_json::to_string_pretty(totals).map_err(packs::say)?
    } else {
        totals.to_csv().map_err(packs::say)?
    };
    std::fs::write(path, text).map_err(|error| format!("{} cannot be written: {error}.", path.display()))
}

/// The plan for a snapshot's columns, or for whatever columns the policy would read.
fn explain(args: &Args, pack: &Pack) -> Outcome {
    let programmes = (!args.programmes.is_empty()).then(|| args.programmes.clone());
    let wanted = Options { programmes, ..Options::default() }.wanted(pack);
    let program = match &args.snapshot {
        Some(folder) => {
            let snapshot = batch::snapshot::open(folder).map_err(packs::say)?;
            let index = snapshot.index();
            let at = args.on.unwrap_or(index.day);
            Bound::new(pack, at, &wanted, &index.layout, index.day, &[]).map_err(packs::say)?.program
        }
        None => {
            let at = args.on.or(args.tables.day).ok_or("Give --on, the day of the rules.")?;
            rules::column::Program::compile(pack, at, &wanted).map_err(packs::say)?
        }
    };
    print::plan(&program);
    Ok(ExitCode::SUCCESS)
}
