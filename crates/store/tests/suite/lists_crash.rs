//! An import killed in the middle, and taken up again: every row once.
//!
//! The test starts itself as a second program that takes the rows of a list batch by batch, and kills it at a random moment,
//! until the list is whole. `ONEWINDOW_CRASH_SEED` repeats the moments of one run.

use crate::common::{
    On, Place,
    lists::{opened, row},
    runtime,
};
use domain::{
    Instant,
    ids::{ImportId, ListingId},
    people::{ImportFinished, ImportState, Listed, RowOutcome},
};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use store::{Scope, Store, StoreError, SystemKey};
use uuid::Uuid;

const URL: &str = "ONEWINDOW_CRASH_URL";
const FOLDER: &str = "ONEWINDOW_CRASH_FOLDER";
const IMPORT: ImportId = ImportId(Uuid::from_u128(77));
const BATCHES: u64 = 60;
const ROWS: u64 = 40;

fn now() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    Instant::from_timestamp_micros(since.as_micros() as i64).expect("an instant")
}

/// The rows of a batch: the same however often it is read from the file.
fn batch(number: u64) -> Vec<Listed> {
    let one = |nth: u64| {
        let line = number * ROWS + nth + 2;
        let listing = ListingId(Uuid::now_v7());
        Listed { row_key: format!("row{line}"), ..row(listing, line, "Zarmina", "Spin Gul", RowOutcome::New) }
    };
    (0..ROWS).map(one).collect()
}

/// What the second program does.
#[test]
#[ignore = "started by the crash tests as a program of its own"]
fn taking() {
    let (Ok(url), Ok(folder)) = (std::env::var(URL), std::env::var(FOLDER)) else { return };
    runtime().block_on(async {
        let store = Store::open(&url, &PathBuf::from(folder).join("papers")).await.expect("the store opens");
        let system = Scope::system(SystemKey::for_this_program());
        let lists = store.lists(&system);
        if lists.import(IMPORT).await.expect("an answer").is_none() {
            lists.note(IMPORT, 0, opened(now().date_naive()), now()).await.expect("opened");
        }
        let import = lists.import(IMPORT).await.expect("an answer").expect("the import");
        let mut version = import.version;
        for number in u64::from(import.batches)..BATCHES {
            lists.accept(IMPORT, version, &batch(number), now()).await.expect("taken");
            version += 1;
        }
        let tally = lists.import(IMPORT).await.expect("an answer").expect("it").tally;
        if import.state == ImportState::Running {
            lists.note(IMPORT, version, ImportFinished { tally }, now()).await.expect("finished");
        }
        store.close().await;
    });
}

fn killed_until_whole(on: On) {
    let seed = std::env::var("ONEWINDOW_CRASH_SEED").ok().and_then(|text| text.parse().ok());
    let seed: u64 = seed.unwrap_or_else(|| now().timestamp_micros() as u64);
    println!("seed {seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let Some(place) = Place::make(on, "crash_lists") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let url = match place.url.as_str() {
        "" => format!("sqlite:{}", folder.path().join("registry.db").display()),
        url => url.to_owned(),
    };
    let mut kills = 0;
    loop {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", "lists_crash::taking", "--ignored", "--nocapture"])
            .env(URL, &url)
            .env(FOLDER, folder.path())
            .stdout(Stdio::null())
            .spawn()
            .expect("the second program");
        std::thread::sleep(Duration::from_millis(random.random_range(20..400)));
        if let Some(status) = child.try_wait().expect("its state") {
            assert!(status.success(), "seed {seed}: it ended by itself: {status}");
            break;
        }
        child.kill().expect("SIGKILL");
        child.wait().expect("its end");
        kills += 1;
        assert!(kills < 500, "seed {seed}: it never comes to an end");
    }
    println!("{kills} kills");
    runtime().block_on(inspect(&url, folder.path(), seed));
    place.remove();
}

async fn inspect(url: &str, folder: &Path, seed: u64) {
    let store = Store::open(url, &folder.join("papers")).await.expect("it opens again");
    let system = Scope::system(SystemKey::for_this_program());
    let lists = store.lists(&system);
    let import = lists.import(IMPORT).await.expect("an answer").expect("the import");
    assert_eq!((import.state, u64::from(import.batches)), (ImportState::Finished, BATCHES), "seed {seed}");
    assert_eq!(import.tally.rows(), BATCHES * ROWS, "seed {seed}");
    let rows = lists.rows(IMPORT, domain::people::ListedState::New, 0, 100_000).await.expect("rows");
    let lines: Vec<u64> = rows.iter().map(|row| row.listed.line).collect();
    assert_eq!(lines, (2..BATCHES * ROWS + 2).collect::<Vec<_>>(), "seed {seed}: none lost, none twice");
    let again = lists.accept(IMPORT, import.version, &batch(3), now()).await.expect_err("refused");
    assert!(matches!(again, StoreError::Conflict(_)), "seed {seed}: {again}");
    store.seal(now()).await.expect("a seal");
    assert_eq!(store.verify().await.expect("an answer").faults, vec![], "seed {seed}");
    let rebuilt = store.rebuild(false).await.expect("a rebuild");
    assert_eq!(rebuilt.differing, Vec::<String>::new(), "seed {seed}");
    store.close().await;
}

#[test]
fn an_import_killed_again_and_again_takes_every_row_once_sqlite() {
    killed_until_whole(On::Sqlite);
}

#[test]
fn an_import_killed_again_and_again_takes_every_row_once_postgres() {
    killed_until_whole(On::Postgres);
}
