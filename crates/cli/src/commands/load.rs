//! `onewindow bench-load`: ten times the load that the office sustains, as an open loop: requests come when they come,
//! whether the last ones were answered or not. A server of its own is asked over real connections; afterwards every write
//! that was acknowledged is looked up in the database.
//!
//! Figures are printed, never asserted: they belong to the machine they were measured on.

mod fire;
mod mix;
mod server;
pub(crate) mod soak;

use super::{Database, bench_clerk, bench_desk, now, system};
use crate::{
    Outcome, demo,
    packs::{self, say},
};
use fire::{Kind, Tally};
use mix::Desk;
use server::Server;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};
use web::{App, Clock, Config, app::Centre, request::Limits};

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    place: Place,
    /// Seconds of each stretch.
    #[arg(long, default_value_t = 20)]
    seconds: u64,
    /// How many times the sustained load.
    #[arg(long, default_value_t = 10.0)]
    times: f64,
    /// Browsers at once while the sustained load is measured.
    #[arg(long, default_value_t = 8)]
    browsers: usize,
}

/// Where the load is brought to.
#[derive(clap::Args, Clone)]
pub(crate) struct Place {
    /// The database; a SQLite file in `--dir` when it is not given.
    #[arg(long)]
    db: Option<String>,
    /// Where the registry is kept between runs.
    #[arg(long, default_value = "var/bench-load")]
    dir: PathBuf,
    /// Persons on file.
    #[arg(long, default_value_t = 20_000)]
    persons: u32,
    /// Counters, each with its clerk.
    #[arg(long, default_value_t = 16)]
    clerks: usize,
    /// The policy pack's folder.
    #[arg(long, default_value = "programmes/pk")]
    pack: PathBuf,
}

/// Families that each clerk has taken in before.
const FAMILIES: usize = 3;

/// An office with its clerks signed in, served by a program of its own.
pub(crate) struct Office {
    database: Database,
    server: Server,
    desks: Arc<Vec<Desk>>,
}

impl Place {
    fn database(&self) -> Database {
        let file = || format!("sqlite:{}", self.dir.join("registry.sqlite").display());
        // Invented people need no key.
        let key_file = Some(PathBuf::from("none"));
        Database { db: self.db.clone().unwrap_or_else(file), blobs: self.dir.join("blobs"), key_file }
    }

    /// Fills the registry, takes some families in, starts the server and signs the clerks in.
    async fn open(&self) -> Result<Office, String> {
        let (database, password) = (self.database(), format!("{:032x}", rand::random::<u128>()));
        let (visits, centres) = self.prepare(&database, &password).await?;
        let server = Server::start(&database, &self.dir, &self.pack, &centres).await?;
        let mut desks = Vec::new();
        for (login, visits) in visits {
            desks.push(mix::sign_in(server.office, &login, &password, visits).await?);
        }
        Ok(Office { database, server, desks: Arc::new(desks) })
    }

    async fn prepare(
        &self,
        database: &Database,
        password: &str,
    ) -> Result<(Vec<(String, Vec<String>)>, Vec<Centre>), String> {
        let (files, pack) = packs::load(&self.pack)?;
        let store = database.open().await?;
        packs::publish(&store, &system(), &files, &pack, now()).await?;
        let mut centres = demo::centres();
        centres.extend(bench_clerk::centres(self.clerks, &centres[0].district.0.clone()));
        let app = App::new(store, Arc::new(pack), config(centres.clone()));
        bench_desk::fill(&app, self.persons).await?;
        let mut visits = Vec::new();
        for n in 0..self.clerks {
            let taken_in = bench_clerk::take_in(&app, n, FAMILIES).await?;
            visits.push((bench_clerk::appointed(&app, n, password).await?, taken_in));
        }
        app.store.close().await;
        Ok((visits, centres))
    }
}

fn config(centres: Vec<Centre>) -> Config {
    Config {
        demo: false,
        public_url: "http://127.0.0.1:8081".to_owned(),
        fonts: None,
        letters: None,
        module: None,
        secure_cookies: false,
        centres,
        clock: Clock::System,
        limits: Limits::default(),
    }
}

pub(crate) async fn run(args: Args) -> Outcome {
    let office = args.place.open().await?;
    let kind = office.database.db.split(':').next().unwrap_or_default();
    println!("{kind}, {} persons on file, {} counters; bounds as by default", args.place.persons, args.place.clerks);
    let begin = office.server.memory();
    let length = Duration::from_secs(args.seconds);
    let warm = fire::closed_loop(office.server.office, &office.desks, args.browsers, length).await?;
    let rate = warm.done() as f64 / warm.took.as_secs_f64();
    warm.print(&format!("sustained, {} browsers one after another", args.browsers));
    let wanted = rate * args.times;
    let load = fire::open_loop(office.server.office, &office.desks, wanted, length).await?;
    load.print(&format!("{:.0} times that, {wanted:.0} a second whether answered or not", args.times));
    let recovered = recover(&office, Instant::now()).await?;
    println!("recovered {recovered:.1?} after the load stopped (twenty requests in a row answered)");
    let again = send_again(&office, &load).await?;
    let (end, peak) = (office.server.memory(), office.server.peak());
    let mega = |bytes: Option<u64>| bytes.map_or("?".to_owned(), |bytes| format!("{} MB", bytes / 1_000_000));
    println!(
        "memory of the server: {} at the beginning, {} at its peak, {} at the end",
        mega(begin),
        mega(peak),
        mega(end)
    );
    let Office { database, server, .. } = office;
    server.stop()?;
    count(&database, &[&warm, &load], &again).await
}

/// Asks until twenty requests in a row are answered; how long that took to begin.
async fn recover(office: &Office, since: Instant) -> Result<Duration, String> {
    let (mut row, mut began) = (0, since.elapsed());
    while row < 20 {
        let one = fire::one(office.server.office, &office.desks, Kind::Write, row).await;
        match one.is_ok_and(|one| one.is_answered()) {
            true => row += 1,
            false => {
                tokio::time::sleep(Duration::from_millis(20)).await;
                (row, began) = (0, since.elapsed());
            }
        }
        if since.elapsed() > Duration::from_secs(120) {
            return Err("It did not recover within two minutes.".to_owned());
        }
    }
    Ok(began)
}

/// Presses the button of up to five hundred busy pages; their commands.
async fn send_again(office: &Office, load: &Tally) -> Result<Vec<uuid::Uuid>, String> {
    let mut taken = Vec::new();
    let busy = load.busy_writes.iter().take(500);
    let all = busy.len();
    for (desk, command) in busy {
        if mix::write(office.server.office, &office.desks[*desk], *command).await? == 303 {
            taken.push(*command);
        }
    }
    println!("forms kept by a busy page, sent again: {} of {all} recorded", taken.len());
    Ok(taken)
}

/// Looks up every write in the database.
async fn count(database: &Database, tallies: &[&Tally], again: &[uuid::Uuid]) -> Outcome {
    let store = database.open().await?;
    let mut here = std::collections::HashSet::new();
    let (mut lost, mut acknowledged) = (0, 0);
    for command in tallies.iter().flat_map(|tally| &tally.acknowledged).chain(again) {
        acknowledged += 1;
        match is_recorded(&store, *command).await? {
            true => drop(here.insert(*command)),
            false => lost += 1,
        }
    }
    let mut quietly = 0;
    for (_, command) in tallies.iter().flat_map(|tally| &tally.busy_writes) {
        if !here.contains(command) && is_recorded(&store, *command).await? {
            quietly += 1;
        }
    }
    println!(
        "acknowledged writes: {acknowledged}, of them in the database: {}, lost: {lost}; recorded though the answer was \
         busy: {quietly} (sent again, they are not recorded twice)",
        acknowledged - lost
    );
    store.close().await;
    Ok(if lost == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A command that stands in the database is answered for any other body: it was sent before.
async fn is_recorded(store: &store::Store, command: uuid::Uuid) -> Result<bool, String> {
    let (id, route) = (domain::ids::CommandId(command), String::new());
    let asked = store::Command { id, officer: None, route, body_hash: Vec::new() };
    match store.seen(&system(), asked).await {
        Ok(seen) => Ok(seen.is_some()),
        Err(store::StoreError::OtherBody) => Ok(true),
        Err(error) => Err(say(error)),
    }
}

/// A file's size; 0 when it is not there.
fn size(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |about| about.len())
}
