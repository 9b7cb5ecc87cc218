//! `onewindow bench-desk`: a full intake as one call and as a clerk does it, and search while intakes run, on a registry
//! of a million persons.
//!
//! Figures are printed, never asserted: they belong to the machine they were measured on.

mod names;
mod namesakes;
mod people;
mod queries;
mod search;

use super::{Database, bench_clerk, now, system};
use crate::{
    Outcome,
    demo::{self, Asker, Dice},
    packs::{self, commit, say},
};
use domain::{event::Change, language::Lang, people::MemberAdded, visits::Counter};
use std::{
    path::PathBuf,
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use web::{
    App, Clock, Config,
    visits::intake::{self, Intake},
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The database; a SQLite file in `--dir` when it is not given.
    #[arg(long)]
    db: Option<String>,
    /// Where the seeded registry is kept between runs.
    #[arg(long, default_value = "var/bench")]
    dir: PathBuf,
    /// Persons on file before measuring.
    #[arg(long, default_value_t = 1_000_000)]
    persons: u32,
    /// Seconds of each measurement.
    #[arg(long, default_value_t = 20)]
    seconds: u64,
    /// Intakes under way at once.
    #[arg(long, default_value_t = 8)]
    clerks: usize,
    /// Searches to print of every way of asking when they missed the right person; nothing but searches is measured then.
    #[arg(long, default_value_t = 0)]
    misses: usize,
    /// The key file that the registry is sealed with, to measure what sealing costs.
    #[arg(long)]
    key_file: Option<PathBuf>,
    /// The policy pack's folder.
    #[arg(long, default_value = "programmes/pk")]
    pack: PathBuf,
}

/// Five members, as the measurement asks.
const MEMBERS: usize = 5;
/// Answers of one intake.
const ANSWERS: usize = 20;
/// Applications of one intake.
const APPLICATIONS: usize = 3;

pub(crate) async fn run(args: Args) -> Outcome {
    let (files, pack) = packs::load(&args.pack)?;
    let db = args
        .db
        .clone()
        .unwrap_or_else(|| format!("sqlite:{}", args.dir.join(format!("registry-{}.sqlite", args.persons)).display()));
    let store =
        Database { db: db.clone(), blobs: args.dir.join("blobs"), key_file: args.key_file.clone() }.open().await?;
    packs::publish(&store, &system(), &files, &pack, now()).await?;
    store.waive_second_step();
    let mut centres = demo::centres();
    centres.extend(bench_clerk::centres(args.clerks, &centres[0].district.0));
    let config = Config {
        demo: true,
        public_url: "http://127.0.0.1:8081".to_owned(),
        fonts: None,
        letters: None,
        module: None,
        secure_cookies: false,
        centres,
        clock: Clock::System,
        limits: web::request::Limits::default(),
    };
    let app = App::new(store, Arc::new(pack), config);
    fill(&app, args.persons).await?;
    let kind = db.split(':').next().unwrap_or_default();
    println!("{kind}, {} persons on file, {} clerks, {} s each", args.persons, args.clerks, args.seconds);
    let tokens = Arc::new(AtomicU32::new(first_token()));
    if args.misses == 0 {
        measure_intakes(&app, &args, &tokens).await?;
        bench_clerk::measure(&app, args.seconds, args.clerks).await?;
    }
    search::measure(&app, &args, &tokens).await?;
    app.store.close().await;
    Ok(ExitCode::SUCCESS)
}

/// A token number that no earlier run of the day has reached: forty for each millisecond that the day is old.
fn first_token() -> u32 {
    u32::try_from(now().timestamp_millis() % 86_400_000 * 40).unwrap_or(0)
}

/// Fills the registry to the wanted number of persons; what an earlier run made is kept.
pub(super) async fn fill(app: &App, persons: u32) -> Result<(), String> {
    let have: u32 =
        app.store.setting("bench-registry").await.map_err(say)?.and_then(|text| text.parse().ok()).unwrap_or(0);
    if have >= persons {
        return Ok(());
    }
    eprintln!("Filling the registry to {persons} persons; this is done once.");
    let started = Instant::now();
    let next = Arc::new(AtomicU32::new(have / MEMBERS as u32));
    let wanted = persons / MEMBERS as u32;
    let workers: Vec<_> = (0..4).map(|_| tokio::spawn(fill_some(app.clone(), next.clone(), wanted))).collect();
    for worker in workers {
        worker.await.map_err(say)??;
    }
    app.store.keep_setting("bench-registry", &persons.to_string()).await.map_err(say)?;
    eprintln!("Filled in {:.0?}.", started.elapsed());
    Ok(())
}

/// How many households one commit of the bulk path takes.
const BULK: u32 = 50;

async fn fill_some(app: App, next: Arc<AtomicU32>, wanted: u32) -> Result<(), String> {
    loop {
        let from = next.fetch_add(BULK, Ordering::Relaxed);
        if from >= wanted {
            return Ok(());
        }
        let mut changes = Vec::new();
        for number in from..(from + BULK).min(wanted) {
            let family = people::known(&app, number).family;
            let today = app.today();
            changes.push(Change::after(family.id, 0, family.registered.clone(), today));
            for (seen, member) in (1i64..).zip(&family.members) {
                let added = MemberAdded { person: member.id, details: member.details.clone() };
                changes.push(Change::after(family.id, seen, added, today));
            }
        }
        app.store.commit(&system(), commit("bench/fill", changes, now())).await.map_err(say)?;
        if from.is_multiple_of(20_000) {
            eprintln!("  {} persons", from * MEMBERS as u32);
        }
    }
}

/// An invented family of exactly five.
pub(super) fn five(dice: &mut Dice, app: &App, number: u32) -> demo::Invented {
    people::named(dice, app, number).family
}

/// One full intake: five members, consent, answers, screening of all programmes, three applications, a receipt.
async fn one_intake(app: &App, dice: &mut Dice, number: u32) -> Result<usize, String> {
    let at = now();
    let family = five(dice, app, number);
    let answers = Asker { pack: &app.pack, dice, at, today: app.today(), most: ANSWERS }.ask(&family);
    let intake = Intake {
        at,
        today: app.today(),
        number,
        counter: Counter::General,
        language: Lang::Ur,
        officer: None,
        household: family.household(0, answers),
    };
    let screened = intake::screen(app, &intake);
    let mut picks = intake::open_picks(&screened.1);
    picks.truncate(APPLICATIONS);
    let done = intake::changes(app, &intake, &screened, picks, &mut uuid::Uuid::now_v7);
    let applications = done.applications.len();
    app.store.commit(&system(), commit("bench/intake", done.changes, at)).await.map_err(say)?;
    Ok(applications)
}

async fn measure_intakes(app: &App, args: &Args, tokens: &Arc<AtomicU32>) -> Result<(), String> {
    let (stop, done, applications) =
        (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let started = Instant::now();
    let clerk = |n: usize| {
        let (app, stop, done, applications, tokens) =
            (app.clone(), stop.clone(), done.clone(), applications.clone(), tokens.clone());
        tokio::spawn(async move {
            let mut dice = Dice::new(n as u64 + now().timestamp_micros() as u64);
            while !stop.load(Ordering::Relaxed) {
                let made = one_intake(&app, &mut dice, tokens.fetch_add(1, Ordering::Relaxed)).await?;
                done.fetch_add(1, Ordering::Relaxed);
                applications.fetch_add(made as u64, Ordering::Relaxed);
            }
            Ok::<(), String>(())
        })
    };
    let clerks: Vec<_> = (0..args.clerks).map(clerk).collect();
    tokio::time::sleep(Duration::from_secs(args.seconds)).await;
    stop.store(true, Ordering::Relaxed);
    for clerk in clerks {
        clerk.await.map_err(say)??;
    }
    let (seconds, intakes) = (started.elapsed().as_secs_f64(), done.load(Ordering::Relaxed));
    let each = applications.load(Ordering::Relaxed) as f64 / intakes.max(1) as f64;
    println!(
        "full intake as one call: {:.0} per second ({intakes} in {seconds:.1} s, {each:.2} applications each)",
        intakes as f64 / seconds
    );
    Ok(())
}
