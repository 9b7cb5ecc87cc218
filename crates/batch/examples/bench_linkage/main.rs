//! The figures of linkage, for `cargo xtask bench linkage`: `generate` writes invented lists and their truth, `link` links
//! lists and measures against the truth. They are two programs, so that memory and time are the engine's alone.

mod losses;

use batch::link::generate::{self, Mix, Row};
use batch::link::{found, learn, lists, mapping, measure::Measured, run, truth};
use std::io::Write;
use std::path::{Path, PathBuf};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> Outcome {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let after = |flag: &str| words.iter().position(|word| word == flag).and_then(|at| words.get(at + 1));
    let number = |flag: &str, or: u64| after(flag).map_or(Ok(or), |text| text.parse());
    match words.first().map(String::as_str) {
        Some("generate") => {
            let asked = |flag: &str| words.iter().any(|word| word == flag);
            let mix = match (asked("--final"), asked("--unforeseen")) {
                (true, _) => Mix::Final,
                (_, true) => Mix::Unforeseen,
                _ => Mix::Tuning,
            };
            let out = PathBuf::from(after("--out").ok_or("--out FOLDER is missing")?);
            write_lists(number("--persons", 100_000)? as usize, number("--seed", 1)?, mix, &out)
        }
        Some("link") => {
            let text = after("--mapping").map(std::fs::read_to_string).transpose()?;
            let mapping = mapping::read(text.as_deref().unwrap_or(mapping::PERSON))?;
            let files: Vec<PathBuf> = words.iter().filter(|word| word.ends_with(".csv")).map(PathBuf::from).collect();
            let truth_column = after("--truth-column").map_or("person", String::as_str);
            let how = How {
                between: words.iter().any(|word| word == "--between"),
                losses: words.iter().any(|word| word == "--losses"),
                threads: number("--threads", 2)? as usize,
            };
            link(&mapping, &files, truth_column, how)
        }
        _ => Err("Say `generate` or `link`; `cargo xtask bench linkage` does both.".into()),
    }
}

fn write_lists(persons: usize, seed: u64, mix: Mix, folder: &Path) -> Outcome {
    std::fs::create_dir_all(folder)?;
    let lists = generate::lists(persons, seed, mix);
    let mut out = csv::Writer::from_path(folder.join("lists.csv"))?;
    let head: Vec<&str> = ["id"].into_iter().chain(Row::COLUMNS).chain(["person"]).collect();
    out.write_record(&head)?;
    for (at, (row, person)) in lists.rows.iter().zip(&lists.truth).enumerate() {
        let (id, person) = (at.to_string(), person.to_string());
        let cells = [id.as_str()].into_iter().chain(row.cells()).chain([person.as_str()]);
        out.write_record(cells)?;
    }
    out.flush()?;
    println!("{} records of {persons} persons, seed {seed}, {mix:?} mix", lists.rows.len());
    Ok(())
}

struct How {
    between: bool,
    /// Print what kinds of pairs were lost and wrongly found.
    losses: bool,
    threads: usize,
}

fn link(mapping: &mapping::Mapping, files: &[PathBuf], truth_column: &str, how: How) -> Outcome {
    let How { between, losses, threads } = how;
    let mut clock = Clock::default();
    let lists = lists::read(mapping, files)?;
    let records = &lists.records;
    clock.phase("read, normalise");
    let (blocks, reports) = run::blocks(records, between, threads);
    clock.phase("block");
    let settings = learn::Settings::default();
    let sample = run::sample(records, &blocks, settings.records, threads);
    clock.phase("sample");
    let model = learn::learn(records, &sample, settings);
    clock.phase("learn");
    let found::Found { pairs, compared, at_home } = found::found(records, &blocks, &model, threads);
    clock.phase("compare, score");
    let clusters = run::clusters(records, &model, &pairs);
    let joined = clusters.pairs();
    clock.phase("cluster");
    clock.end();
    // From here on it is measuring, which needs the truth that linking never saw.
    let truth = truth::column(files, truth_column)?;
    println!("{} records, {compared} candidate pairs", records.len());
    let left_out: u64 = reports.iter().map(|report| report.left_out).sum();
    let too_large: usize = reports.iter().map(|report| report.too_large).sum();
    println!("blocks above the bound: {too_large}, with {left_out} pairs left to other keys");
    let found: Vec<(u32, u32)> = pairs.iter().map(|(_, left, right)| (*left, *right)).collect();
    let all = run::pairs(records, &blocks, &model, i32::MIN, threads).0;
    let all: Vec<(u32, u32)> = all.iter().map(|(_, left, right)| (*left, *right)).collect();
    let among = |pairs: &[(u32, u32)]| Measured::among(pairs, &truth, |record| between.then(|| records.list(record)));
    println!("true pairs {}; share that survives blocking {:.4}", among(&all).there, among(&all).recall());
    say("pairs alone", among(&found));
    say("in groups", among(&joined));
    println!("{at_home} pairs were found among the homes of others");
    if losses {
        losses::print(records, &model, &truth, &losses::Stages { candidates: &all, found: &pairs, joined: &joined });
    }
    std::io::stdout().flush()?;
    Ok(())
}

fn say(what: &str, measured: Measured) {
    println!(
        "{what:<12} precision {:.4}  recall {:.4}  F1 {:.4}   ({} wrong, {} missed)",
        measured.precision(),
        measured.recall(),
        measured.f1(),
        measured.wrong,
        measured.there - measured.right,
    );
}

/// CPU seconds of this program, phase after phase.
#[derive(Default)]
struct Clock {
    last: f64,
}

impl Clock {
    fn phase(&mut self, name: &str) {
        let now = cpu_seconds();
        println!("{name:<16} {:>7.2} CPU s", now - self.last);
        self.last = now;
    }

    fn end(&self) {
        println!("{:<16} {:>7.2} CPU s, peak memory {} MiB", "in all", self.last, peak_mib());
    }
}

/// User and system time of this process, from the kernel's table; 0 where there is none.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or("");
    let ticks = after_name.split_whitespace().skip(11).take(2).filter_map(|word| word.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}

fn peak_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}
