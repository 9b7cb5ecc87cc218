//! The power fails: the program is killed while it works, at moments known and unknown. Nothing that looks whole is
//! left behind unless it is, and the same command brings the rest.
//!
//! The test starts itself as a second program and kills it (SIGKILL).

use crate::common::{Tables, asked, day, pakistan, rows};
use batch::{
    Mapping,
    generate::{self, Invented},
    leftovers, snapshot,
    target::{self, Options},
};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

/// The folder in which the second program works.
const FOLDER: &str = "ONEWINDOW_KILLED_FOLDER";
/// What it does: `target` or `snapshot`.
const WORK: &str = "ONEWINDOW_KILLED_WORK";
/// How often it tells its progress before it stands still, to be killed there.
const STEPS: &str = "ONEWINDOW_KILLED_STEPS";

fn options() -> Options {
    Options { threads: 1, by: vec!["head.sex".into()], ..Options::default() }
}

/// What the second program does.
#[test]
#[ignore = "started by the tests of this file as a program of its own"]
fn works() {
    let Some(folder) = env::var_os(FOLDER).map(PathBuf::from) else { return };
    let steps: u32 = env::var(STEPS).expect("how many steps").parse().expect("a number");
    let seen = std::cell::Cell::new(0);
    let progress = |_: u64, _: Option<u64>| {
        seen.set(seen.get() + 1);
        if seen.get() == steps {
            fs::write(folder.join("stands"), "").expect("the mark is written");
            std::thread::sleep(Duration::from_secs(600));
        }
    };
    let pack = pakistan();
    fs::write(folder.join("works"), "").expect("the mark is written");
    if env::var(WORK).expect("what to do") == "target" {
        let snapshot = snapshot::open(&folder.join("made")).expect("the snapshot opens");
        target::snapshot(&pack, &snapshot, &options(), &folder.join("r.parquet"), &progress).expect("a result");
    } else {
        let [households, persons] = ["h.parquet", "p.parquet"].map(|name| folder.join(name));
        let mapping = Mapping::plain();
        let asked = asked(&pack, &mapping);
        snapshot::write(&households, &persons, &asked, 1, &folder.join("again"), &progress).expect("a snapshot");
    }
}

fn begin(folder: &Path, work: &str, steps: u32) -> Child {
    for mark in ["works", "stands"] {
        drop(fs::remove_file(folder.join(mark)));
    }
    let mut command = Command::new(env::current_exe().expect("this program"));
    command.args(["--exact", "killed::works", "--ignored"]).stdout(Stdio::null()).stderr(Stdio::null());
    command.env(FOLDER, folder).env(WORK, work).env(STEPS, steps.to_string());
    command.spawn().expect("the second program starts")
}

/// Waits until the second program has left a mark, then kills it.
fn kill_at(mut child: Child, mark: &Path) {
    while !mark.exists() {
        assert!(child.try_wait().expect("its state").is_none(), "it ended before {}", mark.display());
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().expect("killed");
    child.wait().expect("gone");
}

fn invented(households: u64) -> Tables {
    let pack = pakistan();
    let tables = Tables::named("h.parquet", "p.parquet");
    let facts: Vec<String> = ["household.district", "person.birth", "person.sex", "person.relationship_to_head"]
        .into_iter()
        .map(str::to_owned)
        .collect();
    let invented = Invented { day: day(), households, seed: 11, backwards: false };
    generate::write(&pack, &facts, &invented, [&tables.households, &tables.persons]).expect("tables");
    tables
}

#[test]
fn a_killed_run_leaves_no_result_and_is_taken_up_again() {
    let (pack, tables) = (pakistan(), invented(400));
    let made = tables.snapshot(&pack, &Mapping::plain(), "made").unwrap();
    let whole = target::snapshot(&pack, &made, &options(), &tables.path("whole.parquet"), &|_, _| {}).unwrap();
    let (folder, out) = (tables.folder.path(), tables.path("r.parquet"));
    for steps in [1, 4, 9] {
        kill_at(begin(folder, "target", steps), &folder.join("stands"));
        assert!(!out.exists(), "killed after {steps} districts");
        leftovers::sweep(&out);
    }
    let seed: u64 = env::var("ONEWINDOW_KILLED_SEED").map_or_else(|_| rand::random(), |text| text.parse().unwrap());
    println!("ONEWINDOW_KILLED_SEED={seed}");
    let mut random = StdRng::seed_from_u64(seed);
    for _ in 0..6 {
        let child = begin(folder, "target", u32::MAX);
        while !folder.join("works").exists() {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_millis(random.random_range(0..120)));
        let mut child = child;
        child.kill().unwrap();
        child.wait().unwrap();
        if out.exists() {
            // It was done before it was killed.
            assert!(rows(&out) == rows(&tables.path("whole.parquet")));
            fs::remove_file(&out).unwrap();
        }
    }
    let report = target::snapshot(&pack, &made, &options(), &out, &|_, _| {}).unwrap();
    assert_eq!(report.totals, whole.totals);
    assert!(rows(&out) == rows(&tables.path("whole.parquet")));
    assert!(!tables.path("r.parquet.parts").exists());
}

#[test]
fn a_run_killed_after_some_districts_does_the_others_only() {
    let (pack, tables) = (pakistan(), invented(200));
    let made = tables.snapshot(&pack, &Mapping::plain(), "made").unwrap();
    kill_at(begin(tables.folder.path(), "target", 5), &tables.path("stands"));
    let report = target::snapshot(&pack, &made, &options(), &tables.path("r.parquet"), &|_, _| {}).unwrap();
    assert!((4..=5).contains(&report.resumed), "{} blocks were taken up", report.resumed);
}

#[test]
fn a_killed_snapshot_bears_no_name() {
    let (pack, tables) = (pakistan(), invented(200));
    kill_at(begin(tables.folder.path(), "snapshot", 1), &tables.path("stands"));
    assert!(!tables.path("again").exists());
    let left = leftovers::sweep(&tables.path("again"));
    assert_eq!(left.len(), 1, "the next run removes what the killed one left: {left:?}");
    assert!(!left[0].exists());
    let made = tables.snapshot(&pack, &Mapping::plain(), "again").unwrap();
    made.verify().unwrap();
    assert_eq!(made.index().households, 200);
}
