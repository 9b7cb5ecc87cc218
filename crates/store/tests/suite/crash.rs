//! Killed in the middle: what was acknowledged is there, whole, and sending everything again changes nothing.
//!
//! The test starts itself as a second program that takes families in, and kills it at a random moment. The moments are
//! drawn from a seed that is printed; `ONEWINDOW_CRASH_SEED` repeats one, `ONEWINDOW_CRASH_ROUNDS` asks for more rounds.

use crate::common::{On, Place, intake, runtime};
use domain::Instant;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use std::{
    collections::BTreeMap,
    io::Write,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use store::{Committed, Scope, Store, SystemKey};

const URL: &str = "ONEWINDOW_CRASH_URL";
const FOLDER: &str = "ONEWINDOW_CRASH_FOLDER";
const FIRST: &str = "ONEWINDOW_CRASH_FIRST";
/// Families taken in at the same time.
const DESKS: u64 = 4;
/// A registry is killed this often before a fresh one takes its place.
const KILLS: u64 = 5;

/// What the second program does: every desk sends one intake after the other, and writes down each acknowledgement.
#[test]
#[ignore = "started by the crash tests as a program of its own"]
fn desks() {
    let (Ok(url), Ok(folder)) = (std::env::var(URL), std::env::var(FOLDER)) else { return };
    let folder = PathBuf::from(folder);
    let first: u64 = std::env::var(FIRST).expect("the first number").parse().expect("a number");
    let acknowledged = std::fs::OpenOptions::new().create(true).append(true).open(folder.join("acknowledged"));
    let acknowledged = Arc::new(Mutex::new(acknowledged.expect("the file")));
    runtime().block_on(async {
        let store = Store::open(&url, &folder.join("papers")).await.expect("the store opens");
        let desks: Vec<_> = (0..DESKS)
            .map(|desk| {
                let (store, acknowledged) = (store.clone(), acknowledged.clone());
                tokio::spawn(async move { take_in(&store, desk, first, &acknowledged).await })
            })
            .collect();
        for desk in desks {
            desk.await.expect("a desk");
        }
    });
}

async fn take_in(store: &Store, desk: u64, first: u64, acknowledged: &Mutex<std::fs::File>) {
    let system = Scope::system(SystemKey::for_this_program());
    for number in first.. {
        let done = store.commit(&system, intake::commit(desk, number, now())).await;
        done.expect("an intake");
        let mut file = acknowledged.lock().expect("the file");
        file.write_all(format!("{desk} {number}\n").as_bytes()).expect("written");
        file.sync_data().expect("on disk");
    }
}

pub(super) fn now() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    Instant::from_timestamp_micros(since.as_micros() as i64).expect("an instant")
}

/// How far each desk's acknowledgements reach: the first number that has none.
pub(super) fn acknowledged(folder: &Path) -> BTreeMap<u64, u64> {
    let text = std::fs::read_to_string(folder.join("acknowledged")).unwrap_or_default();
    let mut next: BTreeMap<u64, u64> = (0..DESKS).map(|desk| (desk, 0)).collect();
    // A line cut off by the kill was written before its acknowledgement counted.
    for line in text.split_inclusive('\n').filter(|line| line.ends_with('\n')) {
        let (desk, number) = line.trim().split_once(' ').expect("desk and number");
        next.insert(desk.parse().expect("a desk"), number.parse::<u64>().expect("a number") + 1);
    }
    next
}

pub(super) fn start(url: &str, folder: &Path, first: u64) -> Child {
    Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "crash::desks", "--ignored", "--nocapture"])
        .env(URL, url)
        .env(FOLDER, folder)
        .env(FIRST, first.to_string())
        .stdout(Stdio::null())
        .spawn()
        .expect("the second program")
}

/// Looks at a registry whose program was killed; where the next one begins.
async fn inspect(url: &str, folder: &Path, seed: u64) -> u64 {
    let store = Store::open(url, &folder.join("papers")).await.expect("it opens again");
    let system = Scope::system(SystemKey::for_this_program());
    let next = acknowledged(folder);
    for (desk, next) in &next {
        for number in 0..*next {
            intake::assert_there(&store, &system, *desk, number).await;
        }
    }
    let first = next.values().max().copied().unwrap_or(0) + 1;
    // Everything again: what was acknowledged is a repeat; what was cut off is written now, or was already.
    for (desk, next) in &next {
        for number in 0..first {
            let done = store.commit(&system, intake::commit(*desk, number, now())).await.expect("harmless");
            assert!(number >= *next || matches!(done, Committed::Repeat(_)), "seed {seed}: desk {desk} no. {number}");
        }
    }
    store.seal(now()).await.expect("a seal");
    let verified = store.verify().await.expect("an answer");
    let events = DESKS * intake::events(first);
    assert_eq!((verified.events, verified.faults), (events, vec![]), "seed {seed}: nothing twice, nothing torn");
    let rebuilt = store.rebuild(false).await.expect("a rebuild");
    assert_eq!(rebuilt.differing, Vec::<String>::new(), "seed {seed}");
    store.close().await;
    let mut file = std::fs::OpenOptions::new().append(true).create(true).open(folder.join("acknowledged")).expect("it");
    for desk in 0..DESKS {
        writeln!(file, "{desk} {}", first - 1).expect("written");
    }
    first
}

fn rounds(on: On, rounds: u64) {
    let asked = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let rounds = asked("ONEWINDOW_CRASH_ROUNDS").unwrap_or(rounds);
    let seed = asked("ONEWINDOW_CRASH_SEED").unwrap_or_else(|| now().timestamp_micros() as u64);
    println!("seed {seed}, {rounds} rounds");
    let mut random = StdRng::seed_from_u64(seed);
    let mut intakes = 0;
    for registry in 0..rounds.div_ceil(KILLS) {
        let Some(place) = Place::make(on, &format!("crash{registry}")) else { return };
        let folder = tempfile::tempdir().expect("a folder");
        let url = match place.url.as_str() {
            "" => format!("sqlite:{}", folder.path().join("registry.db").display()),
            url => url.to_owned(),
        };
        let mut first = 0;
        for _ in 0..KILLS.min(rounds - registry * KILLS) {
            let mut child = start(&url, folder.path(), first);
            // From the first moment, tables still being made, to well into the day.
            let longest = if on == On::Sqlite { 250 } else { 500 };
            std::thread::sleep(Duration::from_millis(random.random_range(3..longest)));
            child.kill().expect("SIGKILL");
            let status = child.wait().expect("its end");
            assert!(status.code().is_none(), "seed {seed}: it ended by itself: {status}");
            first = runtime().block_on(inspect(&url, folder.path(), seed));
        }
        intakes += first * DESKS;
        place.remove();
    }
    println!("{intakes} intakes were sent");
    assert!(intakes > rounds, "seed {seed}: only {intakes} intakes in {rounds} rounds, so nothing was tested");
}

#[test]
fn sqlite() {
    rounds(On::Sqlite, 50);
}

#[test]
fn postgres() {
    rounds(On::Postgres, 10);
}
