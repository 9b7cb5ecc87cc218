//! `cargo xtask oracle`: rows, columns and `DuckDB` say the same of random policies, cell by cell.

use std::path::PathBuf;

use crate::shell::{Outcome, cargo, program, read, root, run, target_dir};

/// What pip installs, pinned with its hashes.
const WHEEL: &str = "crates/specimens/examples/oracle/requirements.txt";

/// From this many households on, the evaluators are built for speed.
const MANY: usize = 200_000;

/// Installs `DuckDB` where nothing else sees it and compares; the words go through to the comparison.
///
/// # Errors
/// A sentence, when Python is missing, `DuckDB` cannot be fetched, or something disagrees.
pub fn command(words: &[String]) -> Outcome {
    let python = duckdb()?;
    let (python, folder) = (python.to_string_lossy(), folder());
    let mut args = vec!["run", "--quiet", "-p", "specimens", "--example", "oracle"];
    if is_long(words) {
        args.push("--release");
    }
    let folder = folder.to_string_lossy();
    args.extend(["--", "--python", &python, "--folder", &folder]);
    args.extend(words.iter().map(String::as_str));
    run(&mut cargo(&args))
}

/// Whether Python is here and can make a place of its own; Debian splits the second off.
pub fn python_is_whole() -> bool {
    read(&mut program("python3", &["-c", "import venv, ensurepip"])).is_ok()
}

fn folder() -> PathBuf {
    target_dir().join("oracle")
}

/// The Python that has `DuckDB`, made on first use and again when the pinned version changes.
///
/// # Errors
/// A sentence, when Python is missing or `DuckDB` cannot be fetched.
pub fn duckdb() -> Outcome<PathBuf> {
    let home = folder().join("python");
    let (python, stamp) = (home.join("bin/python"), home.join("installed.txt"));
    let wheel = root().join(WHEEL);
    let wanted = std::fs::read_to_string(&wheel).map_err(|why| format!("{WHEEL} cannot be read: {why}."))?;
    if python.is_file() && std::fs::read_to_string(&stamp).is_ok_and(|there| there == wanted) {
        return Ok(python);
    }
    if !python_is_whole() {
        return Err(
            "The oracle needs Python 3.11 or newer with its venv module. On Debian, as administrator: apt-get install python3 python3-venv"
                .to_owned(),
        );
    }
    run(program("python3", &["-m", "venv", "--clear"]).arg(&home))?;
    let mut pip = program(&python, &["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    pip.args(["--only-binary", ":all:", "--require-hashes", "-r"]).arg(&wheel);
    run(&mut pip).map_err(|why| {
        format!(
            "DuckDB could not be installed: {why} It comes from the Python package index; check the line and try again."
        )
    })?;
    std::fs::write(&stamp, wanted).map_err(|why| format!("{} cannot be written: {why}.", stamp.display()))?;
    Ok(python)
}

fn is_long(words: &[String]) -> bool {
    let at = words.iter().position(|word| word == "--households");
    let many = at.and_then(|at| words.get(at + 1)).and_then(|number| number.parse::<usize>().ok());
    many.is_some_and(|many| many >= MANY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_run_is_built_for_speed() {
        let long = |line: &str| is_long(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        assert!(long("--seed 3 --households 1000000"));
        assert!(!long("--households 20000 --policies 30") && !long(""));
    }
}
