//! `cargo xtask bench target`: what it costs to decide a registry, in processor seconds per stage, from Parquet files
//! and from a snapshot. Each measurement is a process of its own, so that its peak of memory is its own.
//!
//! Figures are printed, never asserted: they belong to the machine they were measured on.

mod duckdb;

use batch::{
    Chunk, Mapping,
    bind::Asked,
    files::{Files, Order},
    generate::{self, Invented},
    run::{self, Bound},
    snapshot,
    target::{self, Options},
};
use rules::{Date, Pack, column::Wanted, pack::fact::Record, sql};
use rustix::time::{ClockId, clock_gettime};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

struct Bench {
    policy: PathBuf,
    dir: PathBuf,
    households: u64,
    threads: usize,
    runs: usize,
    /// Whether the tables have to be put in order first.
    backwards: bool,
    /// A Python that has the `duckdb` package, to be measured on the same files.
    duckdb: Option<String>,
}

type Outcome = Result<(), String>;

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    match bench(&words).and_then(|(bench, stage)| match stage {
        None => bench.all(),
        Some(stage) => bench.stage(&stage),
    }) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn bench(words: &[String]) -> Result<(Bench, Option<String>), String> {
    let mut bench = Bench {
        policy: "specimens/target-policy".into(),
        dir: "var/bench/target".into(),
        households: 1_000_000,
        threads: 1,
        runs: 3,
        backwards: false,
        duckdb: None,
    };
    let mut stage = None;
    for two in words.chunks(2) {
        let [name, value] = two else { return Err(format!("{} needs a value.", two[0])) };
        let number = || value.parse::<u64>().map_err(|error| format!("{name} {value}: {error}."));
        match name.as_str() {
            "--policy" => bench.policy = value.into(),
            "--dir" => bench.dir = value.into(),
            "--households" => bench.households = number()?,
            "--threads" => bench.threads = number()?.max(1) as usize,
            "--runs" => bench.runs = number()?.max(1) as usize,
            "--order" => bench.backwards = value == "backwards",
            "--duckdb" => bench.duckdb = Some(value.clone()),
            "--stage" => stage = Some(value.clone()),
            _ => return Err(format!("There is no `{name}`: --policy --dir --households --threads --runs --order.")),
        }
    }
    Ok((bench, stage))
}

/// What is measured: a name, and what it is.
const STAGES: [(&str, &str); 8] = [
    ("files-read", "Parquet: read the columns the policy names"),
    ("files-rules", "Parquet: and decide"),
    ("files", "Parquet -> written result"),
    ("snapshot-write", "Parquet -> snapshot of every column"),
    ("snapshot-read", "snapshot: read the columns the policy names"),
    ("snapshot-rules", "snapshot: and decide"),
    ("snapshot", "snapshot -> written result"),
    ("snapshot-by", "snapshot -> written result, counted by sex of head too"),
];

impl Bench {
    fn all(&self) -> Outcome {
        let pack = self.pack()?;
        self.files_are_there(&pack)?;
        drop(fs::remove_dir_all(self.path("snapshot")));
        self.snapshot_is_there(&pack)?;
        println!(
            "{} households, {} thread(s), least of {} runs; policy {} ({} programmes).",
            self.households,
            self.threads,
            self.runs,
            self.policy.display(),
            pack.programmes().len()
        );
        println!("{:>9} {:>9} {:>12}  stage", "CPU s", "peak MiB", "households/s");
        for (stage, what) in STAGES {
            let mut best: Option<(f64, f64)> = None;
            for _ in 0..self.runs {
                let one = self.child(stage)?;
                best = Some(best.map_or(one, |best| if one.0 < best.0 { one } else { best }));
            }
            let (cpu, peak) = best.unwrap_or_default();
            println!("{cpu:>9.3} {peak:>9.0} {:>12.0}  {what}", self.households as f64 / cpu);
        }
        self.duckdb.as_ref().map_or(Ok(()), |python| self.beside_duckdb(&pack, python))
    }

    /// The policy's SQL over the same files: least of the runs, and how many verdicts differ from ours.
    fn beside_duckdb(&self, pack: &Pack, python: &str) -> Outcome {
        let [households, persons] = self.tables();
        let facts = facts(pack)?;
        let views = [("households", &households, Record::Household), ("persons", &persons, Record::Person)]
            .map(|(name, path, record)| duckdb::view(pack, &facts, name, path, record));
        let query = sql::text(pack, day(), sql::Dialect::DuckDb, sql::Rows::Households);
        let ours = self.path("result.parquet");
        target::files(&households, &persons, &asked(pack, &Mapping::plain()), &self.options(), &ours, &|_, _| {})
            .map_err(say)?;
        let mut best: Option<duckdb::Seen> = None;
        for _ in 0..self.runs {
            let seen = duckdb::run(python, &views, &query, self.threads, pack, &ours, &self.path("duckdb.parquet"))?;
            best = best.filter(|best| best.cpu <= seen.cpu).or(Some(seen));
        }
        let Some(seen) = best else { return Ok(()) };
        let rate = self.households as f64 / seen.cpu;
        println!(
            "{:>9.3} {:>9.0} {rate:>12.0}  DuckDB: Parquet -> the policy's SQL -> written result",
            seen.cpu, seen.peak
        );
        println!("{} of {} verdicts differ from DuckDB's.", seen.differ, seen.compared);
        if seen.differ == 0 { Ok(()) } else { Err("The engines disagree: see `cargo xtask oracle`.".into()) }
    }

    fn options(&self) -> Options {
        Options { threads: self.threads, ..Options::default() }
    }

    /// Runs one stage in a process of its own; gives its processor seconds and its peak of memory in MiB.
    fn child(&self, stage: &str) -> Result<(f64, f64), String> {
        let program = env::current_exe().map_err(say)?;
        let output = Command::new(program)
            .args(["--stage", stage, "--threads", &self.threads.to_string()])
            .args(["--households", &self.households.to_string()])
            .args(["--order", self.order()])
            .arg("--policy")
            .arg(&self.policy)
            .arg("--dir")
            .arg(&self.dir)
            .output()
            .map_err(say)?;
        if !output.status.success() {
            return Err(format!("{stage}: {}", String::from_utf8_lossy(&output.stderr)));
        }
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut numbers = text.split_whitespace().filter_map(|word| word.parse::<f64>().ok());
        match (numbers.next(), numbers.next()) {
            (Some(cpu), Some(peak)) => Ok((cpu, peak)),
            _ => Err(format!("{stage} printed {text:?}")),
        }
    }

    fn stage(&self, stage: &str) -> Outcome {
        let pack = self.pack()?;
        let before = cpu();
        self.work(&pack, stage)?;
        println!("{:.4} {:.1}", cpu() - before, peak());
        Ok(())
    }

    fn work(&self, pack: &Pack, stage: &str) -> Outcome {
        let out = self.path("result.parquet");
        let options = self.options();
        let quiet = |_: u64, _: Option<u64>| {};
        match stage {
            "files-read" | "files-rules" => self.over_files(pack, stage == "files-rules"),
            "files" => {
                let [households, persons] = self.tables();
                let mapping = Mapping::plain();
                let asked = asked(pack, &mapping);
                target::files(&households, &persons, &asked, &options, &out, &quiet).map_err(say)?;
                Ok(())
            }
            "snapshot-write" => {
                let folder = self.path("snapshot-again");
                drop(fs::remove_dir_all(&folder));
                self.make_snapshot(pack, &folder)?;
                fs::remove_dir_all(&folder).map_err(say)
            }
            "snapshot-read" | "snapshot-rules" => self.over_snapshot(pack, stage == "snapshot-rules"),
            "snapshot" | "snapshot-by" => {
                let by = if stage == "snapshot" { vec![] } else { vec!["head.sex".to_owned()] };
                let snapshot = snapshot::open(&self.path("snapshot")).map_err(say)?;
                target::snapshot(pack, &snapshot, &Options { by, ..options }, &out, &quiet).map_err(say)?;
                Ok(())
            }
            _ => Err(format!("There is no stage `{stage}`.")),
        }
    }

    fn over_files(&self, pack: &Pack, decide: bool) -> Outcome {
        let [households, persons] = self.tables();
        let mapping = Mapping::plain();
        let facts = run::reads(pack, day(), &Wanted::default()).map_err(say)?;
        let asked = batch::bind::Asked { only: Some(&facts), person_ids: false, ..asked(pack, &mapping) };
        let files = Files::open(&households, &persons, &asked, self.threads, &self.dir).map_err(say)?;
        let bound = Bound::new(pack, day(), &Wanted::default(), files.layout(), day(), &[]).map_err(say)?;
        let mut count = 0;
        let mut take = |chunk: Chunk| {
            count += if decide {
                let decided = run::chunk(&bound, &chunk, self.threads, &|ran| Ok(ran.range.len()))?;
                decided.iter().sum()
            } else {
                chunk.households()
            };
            Ok(())
        };
        files.chunks(Order::AsTheyCome, &mut take, &mut || Ok(())).map_err(say)?;
        self.all_were(count)
    }

    fn over_snapshot(&self, pack: &Pack, decide: bool) -> Outcome {
        let snapshot = snapshot::open(&self.path("snapshot")).map_err(say)?;
        let index = snapshot.index();
        let bound = Bound::new(pack, day(), &Wanted::default(), &index.layout, day(), &[]).map_err(say)?;
        let mut count = 0;
        if decide {
            let blocks: Vec<usize> = (0..snapshot.blocks()).collect();
            let mut sink = |_, households: usize| {
                count += households;
                Ok(())
            };
            run::snapshot(&bound, &snapshot, &blocks, false, self.threads, &|ran| Ok(ran.range.len()), &mut sink)
                .map_err(say)?;
        } else {
            let mut room = snapshot.room(bound.selection());
            for block in 0..snapshot.blocks() {
                snapshot.read(block, bound.selection(), &mut room).map_err(say)?;
                count += room.households();
            }
        }
        self.all_were(count)
    }

    fn all_were(&self, count: usize) -> Outcome {
        if count as u64 == self.households { Ok(()) } else { Err(format!("{count} households were seen.")) }
    }

    fn files_are_there(&self, pack: &Pack) -> Outcome {
        let [households, persons] = self.tables();
        if households.exists() && persons.exists() {
            return Ok(());
        }
        fs::create_dir_all(&self.dir).map_err(say)?;
        let facts = facts(pack)?;
        let paths = [households.as_path(), persons.as_path()];
        let invented = Invented { day: day(), households: self.households, seed: 2026, backwards: self.backwards };
        let count = generate::write(pack, &facts, &invented, paths).map_err(say)?;
        let size = |path: &Path| fs::metadata(path).map_or(0, |m| m.len()) / (1 << 20);
        println!(
            "Made {} households, {count} persons: {} + {} MiB.",
            self.households,
            size(&households),
            size(&persons)
        );
        Ok(())
    }

    fn snapshot_is_there(&self, pack: &Pack) -> Outcome {
        let folder = self.path("snapshot");
        if folder.exists() { Ok(()) } else { self.make_snapshot(pack, &folder) }
    }

    fn make_snapshot(&self, pack: &Pack, folder: &Path) -> Outcome {
        let [households, persons] = self.tables();
        let mapping = Mapping::plain();
        let asked = asked(pack, &mapping);
        snapshot::write(&households, &persons, &asked, self.threads, folder, &|_, _| {}).map_err(say)?;
        Ok(())
    }

    fn tables(&self) -> [PathBuf; 2] {
        let policy = self.policy.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let name = |table| format!("{policy}-{}-{}-{table}.parquet", self.households, self.order());
        ["households", "persons"].map(|table| self.dir.join(name(table)))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.join(format!("{}-{}-{name}", self.households, self.order()))
    }

    fn order(&self) -> &'static str {
        if self.backwards { "backwards" } else { "forwards" }
    }

    fn pack(&self) -> Result<Pack, String> {
        let mut files = vec![];
        collect(&self.policy, &self.policy, &mut files)?;
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        Pack::load(&files).map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    }
}

fn asked<'a>(pack: &'a Pack, mapping: &'a Mapping) -> Asked<'a> {
    Asked { pack, mapping, day: Some(day()), only: None, person_ids: true }
}

/// The facts that are written: those the policy reads, and those for counting by sex of head.
fn facts(pack: &Pack) -> Result<Vec<String>, String> {
    let mut facts = run::reads(pack, day(), &Wanted::default()).map_err(say)?;
    let groups = ["person.sex", "person.relationship_to_head", "person.relationship"].map(str::to_owned);
    let more = groups.into_iter().filter(|fact| pack.fact(fact).is_some() && !facts.contains(fact));
    facts.extend(more.collect::<Vec<_>>());
    Ok(facts)
}

/// The day of the data and of the rules.
fn day() -> Date {
    Date::from_ymd_opt(2026, 11, 22).unwrap_or_default()
}

fn collect(root: &Path, folder: &Path, into: &mut Vec<(String, String)>) -> Outcome {
    for entry in fs::read_dir(folder).map_err(say)? {
        let path = entry.map_err(say)?.path();
        if path.is_dir() {
            collect(root, &path, into)?;
        } else if path.extension().is_some_and(|end| end == "toml" || end == "csv") {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
            into.push((name, fs::read_to_string(&path).map_err(say)?));
        }
    }
    Ok(())
}

/// Processor seconds of this process, user and system.
fn cpu() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// The most memory this process held, in MiB.
fn peak() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<f64>().ok()).unwrap_or_default() / 1024.0
}

fn say(error: impl std::fmt::Display) -> String {
    error.to_string()
}
