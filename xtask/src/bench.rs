//! `cargo xtask bench`: the figures we promise, printed; they judge nothing.

use crate::oracle;
use crate::pg::Cluster;
use crate::shell::{Outcome, cargo, run};

const WHICH: &str = "`cargo xtask bench` takes `screen`, `rules-columns`, `target`, `linkage`, `portal`, `import`, `desk` or `load` \
    (these three with `--db sqlite|postgres`).";

/// Runs one benchmark in release mode; unknown words go through to it.
///
/// # Errors
/// A sentence, when there is no such benchmark or it does not run.
pub fn command(words: &[String]) -> Outcome {
    let (name, rest) = words.split_first().ok_or(WHICH)?;
    match name.as_str() {
        "screen" => {
            let mut args = vec!["run", "--release", "-p", "rules", "--example", "bench_screen", "--", "programmes/pk"];
            args.extend(rest.iter().map(String::as_str));
            run(&mut cargo(&args))
        }
        "rules-columns" => {
            let mut args = vec!["run", "--release", "-p", "rules", "--example", "bench_columns", "--"];
            args.extend(rest.iter().map(String::as_str));
            run(&mut cargo(&args))
        }
        "target" => target(rest),
        "linkage" => crate::bench_linkage::command(rest),
        "portal" => {
            let mut args = vec!["run", "--release", "-p", "onewindow", "--", "bench-portal"];
            args.extend(rest.iter().map(String::as_str));
            run(&mut cargo(&args))
        }
        "desk" => desk("bench-desk", rest),
        "load" => desk("bench-load", rest),
        "import" => desk("bench-import", rest),
        _ => Err(WHICH.to_owned()),
    }
}

/// A registry, beside `DuckDB` on the same files unless `--no-duckdb` is said.
fn target(words: &[String]) -> Outcome {
    let mut args = vec!["run", "--release", "-p", "batch", "--example", "bench_target", "--"];
    args.extend(words.iter().map(String::as_str).filter(|word| *word != "--no-duckdb"));
    let python = if words.iter().any(|word| word == "--no-duckdb") { None } else { Some(oracle::duckdb()?) };
    let python = python.map(|python| python.to_string_lossy().into_owned());
    if let Some(python) = &python {
        args.extend(["--duckdb", python]);
    }
    run(&mut cargo(&args))
}

/// Mutations against everything that reads what strangers send.
///
/// # Errors
/// A sentence, when something was found or it does not run.
pub fn fuzz(words: &[String]) -> Outcome {
    let mut args = vec!["run", "--release", "-p", "onewindow", "--features", "fuzz", "--", "fuzz"];
    args.extend(words.iter().map(String::as_str));
    run(&mut cargo(&args))
}

/// A measurement of the program on either database.
///
/// # Errors
/// A sentence, when PostgreSQL is missing or it does not run.
pub fn desk(command: &str, words: &[String]) -> Outcome {
    let (database, through) = database(words)?;
    let mut args = vec!["run", "--release", "-p", "onewindow", "--", command];
    args.extend(through);
    // The cluster lives until the benchmark is over.
    let cluster = match database {
        Database::Sqlite => None,
        Database::Postgres => Some(Cluster::given_or_private()?),
    };
    if let Some(cluster) = &cluster {
        args.extend(["--db", &cluster.url]);
    }
    run(&mut cargo(&args))
}

#[derive(Debug, PartialEq)]
enum Database {
    Sqlite,
    Postgres,
}

fn database(words: &[String]) -> Outcome<(Database, Vec<&str>)> {
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    let Some(at) = words.iter().position(|word| *word == "--db") else {
        return Ok((Database::Sqlite, words));
    };
    let database = match words.get(at + 1).copied() {
        Some("sqlite") => Database::Sqlite,
        Some("postgres") => Database::Postgres,
        _ => return Err(WHICH.to_owned()),
    };
    words.drain(at..at + 2);
    Ok((database, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_database_is_ours_and_the_rest_goes_through() {
        let words = ["--persons", "1000", "--db", "postgres", "--quiet"].map(str::to_owned);
        assert_eq!(database(&words).unwrap(), (Database::Postgres, vec!["--persons", "1000", "--quiet"]));
        assert!(database(&["--db", "oracle"].map(str::to_owned)).is_err());
    }
}
