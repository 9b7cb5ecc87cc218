//! `onewindow simulate`: what a change of policy does to the households of a snapshot.

mod print;

use super::tables::Bar;
use crate::{
    Outcome, packs,
    pages::{self, names::Names},
};
use batch::{
    disclosure::Readers,
    report,
    simulate::{
        self, Ask, Simulation,
        change::{Change, change},
        compare,
        reach::Limits,
        seed::Seed,
    },
};
use domain::{Date, language::Lang};
use rules::Pack;
use std::{collections::BTreeMap, path::PathBuf, process::ExitCode};
use web::text::T;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The snapshot, made with `onewindow snapshot`.
    #[arg(long)]
    snapshot: PathBuf,
    /// The policy in force.
    #[arg(long, default_value = "programmes/pk")]
    policy: PathBuf,
    /// The policy to set against it; the one in force when it is not given.
    #[arg(long)]
    against: Option<PathBuf>,
    /// A cut-off changed in the policy it is set against: PROGRAMME/CRITERION=VALUE, with /ALTERNATIVE where the
    /// criterion has several.
    #[arg(long = "cut-off")]
    cut_offs: Vec<Change>,
    /// Rupees for a year: PROGRAMME=RUPEES. They pay regular cash and cash that comes once.
    #[arg(long = "budget")]
    budgets: Vec<String>,
    /// Places for households of a district: PROGRAMME:DISTRICT=N.
    #[arg(long = "quota")]
    quotas: Vec<String>,
    /// The score to rank by; the one that the programme's criteria read when it is not given.
    #[arg(long)]
    rank_by: Option<String>,
    /// The seed of the draw among equals, any text; a new one when it is not given. It is printed and kept.
    #[arg(long)]
    seed: Option<String>,
    /// The day of the rules, on which the year of costs begins; the day of the data when it is not given.
    #[arg(long)]
    on: Option<Date>,
    /// Only these programmes, and those with a budget or places.
    #[arg(long = "programme")]
    programmes: Vec<String>,
    /// Facts to count by beside the district: household.x, person.x (any member) or head.x.
    #[arg(long = "by", default_values = ["head.sex", "person.has_disability_certificate"])]
    by: Vec<String>,
    /// Also write tables (CSV) and one page (HTML) into this new folder. Counts are to the nearest five.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Write exact counts and the waiting lists, which hold households' ids. Such a folder stays inside the centre.
    #[arg(long, requires = "out")]
    inside: bool,
    /// How many threads; by default as many as the machine runs at once.
    #[arg(long)]
    threads: Option<usize>,
    /// The language of the page and of programmes' names: en, ur or ps.
    #[arg(long, default_value = "en")]
    lang: Lang,
}

pub(crate) fn run(args: Args) -> Outcome {
    let limits = limits(&args)?;
    let (files, first) = packs::load(&args.policy)?;
    let (mut files, mut second) = match &args.against {
        Some(folder) => packs::load(folder)?,
        None => (files, packs::load(&args.policy)?.1),
    };
    for cut_off in &args.cut_offs {
        let (changed, what) = change(&files, &second, cut_off).map_err(packs::say)?;
        second = packs::check(&changed)
            .map_err(|errors| format!("With the cut-off changed the policy has mistakes:\n{}", errors.join("\n")))?;
        files = changed;
        println!("{}/{}: `{}` becomes `{}`.", cut_off.programme, cut_off.criterion, what.before, what.after);
    }
    let seed = Seed(args.seed.clone().unwrap_or_else(|| uuid::Uuid::now_v7().simple().to_string()));
    let snapshot = batch::snapshot::open(&args.snapshot).map_err(packs::say)?;
    let ask = Ask {
        packs: [&first, &second],
        at: args.on,
        programmes: (!args.programmes.is_empty()).then(|| args.programmes.clone()),
        by: args.by.clone(),
        limits,
        rank_by: args.rank_by.clone(),
        seed,
        threads: args.threads.unwrap_or_else(batch::threads::available),
    };
    let bar = Bar::new();
    let simulation = compare(&ask, &snapshot, &|done, all| bar.draw(done, all));
    bar.end();
    let simulation = simulation.map_err(packs::say)?;
    tell(simulation, [&first, &second], &args)
}

fn tell(simulation: Simulation, [first, second]: [&Pack; 2], args: &Args) -> Outcome {
    // What the second policy calls a programme is what it is to be called.
    let both = [second, first];
    let names = Names { t: T(args.lang), packs: &both };
    print::simulation(&simulation, &|id| names.programme(id));
    if let Some(folder) = &args.out {
        let readers = if args.inside { Readers::Inside } else { Readers::Anybody };
        let seen = simulation.seen_by(readers);
        let mut files = simulate::report::files(&seen).map_err(packs::say)?;
        files.push(("report.html".into(), pages::simulation::page(&seen, &names)));
        report::folder(folder, &files).map_err(packs::say)?;
        println!("Written: {}", folder.display());
        if readers == Readers::Anybody && !seen.reaches.is_empty() {
            println!("The waiting lists hold households' ids, so they are written only with --inside.");
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Budgets and places, by programme.
fn limits(args: &Args) -> Result<BTreeMap<String, Limits>, String> {
    let mut limits: BTreeMap<String, Limits> = BTreeMap::new();
    for text in &args.budgets {
        let wrong = || format!("`{text}` is no budget. Write PROGRAMME=RUPEES, such as bisp-kafaalat=500000000.");
        let (programme, rupees) = text.split_once('=').ok_or_else(wrong)?;
        let rupees: u64 = rupees.replace(',', "").parse().map_err(|_| wrong())?;
        let of = limits.entry(programme.to_owned()).or_default();
        if of.budget.replace(i128::from(rupees) * 100).is_some() {
            return Err(format!("`{programme}` has two budgets. Give one."));
        }
    }
    for text in &args.quotas {
        let wrong = || format!("`{text}` is no quota. Write PROGRAMME:DISTRICT=N, such as bisp-kafaalat:bannu=200.");
        let (place, count) = text.split_once('=').ok_or_else(wrong)?;
        let (programme, district) = place.split_once(':').ok_or_else(wrong)?;
        let count: u64 = count.parse().map_err(|_| wrong())?;
        let of = limits.entry(programme.to_owned()).or_default();
        if of.quotas.insert(district.to_owned(), count).is_some() {
            return Err(format!("`{programme}` has two quotas in `{district}`. Give one."));
        }
    }
    Ok(limits)
}
