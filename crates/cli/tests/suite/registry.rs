//! A snapshot of the registry says what the desk says: every verdict of every household, on the same day.

mod telling;

use batch::{
    snapshot::{self, Snapshot},
    target::{self, Options},
};
use domain::{
    Date,
    ids::HouseholdId,
    language::Lang,
    people::{ConsentHow, ConsentPurpose, ConsentStated},
};
use parquet::{
    file::reader::{FileReader, SerializedFileReader},
    record::Field,
};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use rules::{
    K3, Pack,
    pack::fact::{Fact, FactKind, Sensitivity},
};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};
use store::{Scope, Store, SystemKey};
use telling::Telling;
use tempfile::TempDir;
use web::eligibility::family::family;

const HOUSEHOLDS: usize = 60;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../programmes/pk")
}

fn pack() -> Pack {
    fn collect(root: &Path, folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(root, &path, found);
            } else if path.extension().is_some_and(|ending| ending == "toml" || ending == "csv") {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut files = vec![];
    collect(&root(), &root(), &mut files);
    files.sort();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Pack::load(&files).expect("the pack of this repository is right")
}

fn today() -> Date {
    Date::from_ymd_opt(2026, 11, 22).unwrap()
}

/// The PostgreSQL beside the tests, when there is one.
const SERVER: &str = "ONEWINDOW_TEST_PG";

/// A fresh database on it; `None` when the test is to be skipped, which CI does not.
fn postgres(name: &str) -> Option<String> {
    let Some(server) = std::env::var(SERVER).ok().filter(|url| !url.is_empty()) else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{SERVER} is not set: CI tests both databases.");
        eprintln!("SKIPPED on PostgreSQL: {SERVER} is not set. `cargo xtask pg -- cargo nextest run` sets it.");
        return None;
    };
    let name = format!("ow_{name}_{}", std::process::id());
    for sql in [format!("drop database if exists {name} with (force)"), format!("create database {name}")] {
        let done = Command::new("psql").args([&server, "-qc", &sql]).output().expect("psql starts");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
    let (host, _) = server.rsplit_once('/').expect("the server's address ends in a database's name");
    Some(format!("{host}/{name}"))
}

fn sqlite(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("registry.sqlite").display())
}

/// A registry of random families, half of whose answers are years old; some were registered twice; the last family does not
/// agree to be kept.
async fn registry(folder: &Path, pack: &Pack, url: &str) -> Store {
    let seed: u64 = std::env::var("ONEWINDOW_SEED").map_or_else(|_| rand::random(), |text| text.parse().unwrap());
    println!("ONEWINDOW_SEED={seed}");
    let store = Store::open(url, &folder.join("blobs")).await.expect("the store opens");
    let system = Scope::system(SystemKey::for_this_program());
    let random = StdRng::seed_from_u64(seed);
    let at = "2023-01-10T05:00:00Z".parse().unwrap();
    let mut telling = Telling { pack, store: &store, system, random, seen: BTreeMap::new(), at };
    let mut families = vec![];
    for _ in 0..HOUSEHOLDS {
        let (household, members) = telling.arrives().await;
        telling.answers(household, &members, 0.4).await;
        families.push((household, members));
    }
    telling.at = "2026-11-20T05:00:00Z".parse().unwrap();
    for (household, members) in &families {
        let share = [0.0, 0.3, 0.9][telling.random.random_range(0..3)];
        telling.answers(*household, members, share).await;
    }
    let (household, _) = families.pop().unwrap();
    for pair in families[..24].chunks(2) {
        telling.joined((pair[0].0, pair[0].1[0]), (pair[1].0, pair[1].1[0])).await;
    }
    let refusal = ConsentStated {
        purpose: ConsentPurpose::Keep,
        given: false,
        by: None,
        how: ConsentHow::Spoken,
        language: Lang::Ur,
        phone: None,
    };
    telling.tell(household, vec![refusal.into()]).await;
    store
}

fn onewindow(words: &[&str]) -> (bool, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_onewindow")).args(words).output().expect("the program starts");
    let text = [done.stdout, done.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    (done.status.success(), text)
}

fn take(url: &str, folder: &Path, name: &str, more: &[&str]) -> Snapshot {
    let (policy, out) = (root(), folder.join(name));
    let [policy, out] = [&policy, &out].map(|path| path.to_str().unwrap());
    let words = ["snapshot", "--registry", "--db", url, "--policy", policy, "--day", "2026-11-22", "--out", out];
    let (done, text) = onewindow(&[&words[..], more].concat());
    assert!(done, "{text}");
    assert!(text.contains("1 families do not agree"), "{text}");
    let snapshot = snapshot::open(Path::new(out)).expect("the snapshot opens");
    snapshot.verify().expect("it is as it was written");
    snapshot
}

/// The verdicts of a result, by household.
fn verdicts(path: &Path) -> BTreeMap<String, Vec<String>> {
    let reader = SerializedFileReader::new(fs::File::open(path).unwrap()).unwrap();
    let text = |field: &Field| match field {
        Field::Str(text) => text.clone(),
        other => other.to_string(),
    };
    let row = |row: Result<parquet::record::Row, _>| {
        let row = row.unwrap();
        let mut cells = row.get_column_iter().map(|(_, field)| text(field));
        (cells.next().unwrap(), cells.filter(|cell| ["yes", "no", "unknown"].contains(&&**cell)).collect())
    };
    reader.get_row_iter(None).unwrap().map(row).collect()
}

#[test]
fn verdicts_over_a_snapshot_of_the_registry_are_those_of_the_desk_sqlite() {
    let folder = TempDir::new().unwrap();
    let url = sqlite(folder.path());
    as_the_desk_says(&folder, &url);
}

#[test]
fn verdicts_over_a_snapshot_of_the_registry_are_those_of_the_desk_postgres() {
    let Some(url) = postgres("snapshot") else { return };
    as_the_desk_says(&TempDir::new().unwrap(), &url);
}

fn as_the_desk_says(folder: &TempDir, url: &str) {
    let pack = pack();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = registry(folder.path(), &pack, url).await;
        let snapshot = take(url, folder.path(), "s", &[]);
        assert_eq!(snapshot.index().households, HOUSEHOLDS as u64 - 1);
        let out = folder.path().join("r.parquet");
        let options = Options { threads: 2, ..Options::default() };
        let report = target::snapshot(&pack, &snapshot, &options, &out, &|_, _| {}).unwrap();
        let system = Scope::system(SystemKey::for_this_program());
        let (mut seen, mut joined) = ([0; 3], 0);
        for (id, told) in verdicts(&out) {
            let id: HouseholdId = id.parse().unwrap();
            let mut household = store.people(&system).household(id).await.unwrap().unwrap();
            household.answers.retain(|answer| !answer.protected);
            joined += household.answers.iter().filter(|answer| answer.from.is_some()).count();
            let screening = rules::screen(&pack, &family(&household, today()), today());
            let by_id = |id: &String| screening.verdicts.iter().find(|verdict| *verdict.programme == **id).unwrap();
            for (programme, told) in report.totals.programmes.iter().zip(&told) {
                let verdict = by_id(programme);
                let settled = pack.programme(programme).and_then(|programme| programme.settled());
                let desk = match settled.unwrap_or(verdict.truth) {
                    K3::Yes => "yes",
                    K3::No => "no",
                    K3::Unknown => "unknown",
                };
                assert_eq!(told, desk, "{programme} of {id}");
                seen[["yes", "no", "unknown"].iter().position(|word| word == told).unwrap()] += 1;
            }
        }
        assert!(seen.iter().all(|count| *count > 50), "every answer occurs: {seen:?}");
        assert!(joined > 20, "what was said on joined records is there: {joined}");
        // It serves its own day alone.
        let later = Options { at: today().succ_opt(), ..options };
        let refused = target::snapshot(&pack, &snapshot, &later, &out, &|_, _| {}).unwrap_err().to_string();
        assert!(refused.contains("--registry --day 2026-11-23"), "{refused}");
        store.close().await;
    });
}

#[test]
fn protected_facts_are_in_it_only_by_name() {
    let folder = TempDir::new().unwrap();
    let pack = pack();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let url = sqlite(folder.path());
        let store = registry(folder.path(), &pack, &url).await;
        store.close().await;
        let protected: Vec<&Fact> =
            pack.facts().iter().filter(|fact| fact.sensitivity == Sensitivity::Protected).collect();
        let held = |snapshot: &Snapshot| -> Vec<String> {
            let layout = &snapshot.index().layout;
            let fields = layout.household.iter().chain(&layout.person);
            let is_protected = |id: &str| protected.iter().any(|fact| *fact.id == *id);
            fields.filter(|field| is_protected(&field.fact)).map(|field| field.fact.clone()).collect()
        };
        assert_eq!(held(&take(&url, folder.path(), "without", &[])), [] as [&str; 0]);
        let asked = protected.iter().find(|fact| fact.kind == FactKind::Asked).expect("a protected question");
        let with = take(&url, folder.path(), "with", &["--protected", &asked.id]);
        assert!(held(&with).iter().all(|fact| **fact == *asked.id) && !held(&with).is_empty());
    });
    let (done, text) = onewindow(&[
        "snapshot",
        "--registry",
        "--protected",
        "household.incom",
        "--policy",
        root().to_str().unwrap(),
        "--out",
        "x",
    ]);
    assert!(!done && text.contains("no protected fact"), "{text}");
}
