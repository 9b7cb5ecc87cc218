//! The project's own tool: `cargo xtask <command>`.
//!
//! It does what cargo alone cannot: bring a private PostgreSQL, a browser and fonts to the tests, hold the house
//! rules that no compiler knows, and start the demo. Run it without a command to see what there is.

mod advisories;
mod assets;
mod bench;
mod bench_linkage;
mod booted;
mod deb;
mod demo;
mod install;
mod letters;
mod materials;
mod nightly;
mod node;
mod offline;
mod oracle;
mod pg;
mod shell;
mod sign;
mod steps;
mod stories;
mod test;
mod tidy;

use std::process::ExitCode;

use shell::Outcome;

const USAGE: &str = "\
cargo xtask <command>

  test [--quick] [--only STEP]      every check that must be green, in order; --quick leaves out the browser stories
                                    steps: install fmt tidy clippy tests doc programmes oracle offline stories
  tidy                              the house rules that no compiler knows; takes a second
  demo [ARGS]                       a demo office of realistic size on this machine
  pg [--data DIR] [--no-fsync] [-- COMMAND]
                                    a private PostgreSQL for COMMAND, or until Ctrl-C
  bench screen [ARGS]               one household against all programmes, and the order of questions
  bench target [--households N] [--threads N] [--policy DIR] [--no-duckdb]
                                    a registry from Parquet files and from a snapshot, stage by stage, beside DuckDB
  bench desk [--db sqlite|postgres] [ARGS]
                                    full intakes with a million persons on file
  bench portal [--seconds N] [--clients N]
                                    the public pages over real connections, and a flood of wrong receipt codes
  bench load [--db sqlite|postgres] [--times N] [--seconds N]
                                    ten times the load that the office sustains: answered, busy, lost, recovered
  fuzz [TARGET] [--minutes N] [--seed S]
                                    mutations of a kept corpus against policies, lists, codes, pictures, mappings, backups,
                                    outlines and every public form; N minutes for each target
  soak --minutes N [--db sqlite|postgres]
                                    a mixed load over time; memory and files every minute, with their slope
  oracle [--households N] [--policies K] [--seed S] [--no-mutations]
                                    rows, columns and DuckDB's SQL compared over random policies, cell by cell
  bench linkage [--persons N] [--final | --unforeseen] [--losses] [--splink]
                                    one person's records over lists with known truth; --splink beside Splink
  bench linkage --febrl             the FEBRL sets 3 and 4, from the package of PyPI
  offline [--households N] [--seed S]
                                    the check as phones run it and as the server does, over random households, cell by cell
  assets                            fetch the fonts that pages may use, and compile the check for phones (both work without)
  letters [--debug]                 the program that makes PDF letters, with its fonts, put beside `onewindow` of the same build;
                                    takes some minutes once, and nothing else builds it
  deb [--debug] [--try] [--story] [--sign KEYID]
                                    the package for Debian; --try installs it in a clean root, walks through it and starts its
                                    units, --story has a browser go through a whole visit at the installed program; --sign
                                    writes a signature beside it with this key of GnuPG
  materials                         the bill of materials of the programs (CycloneDX); the package brings it along
  advisories --db FOLDER            the packages of Cargo.lock against a copy of RustSec's advisories
  nightly [--only STEP]             the long checks: every story in every language on every database, more crashes
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match command(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("\n{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn command(words: &[String]) -> Outcome {
    let Some((name, rest)) = words.split_first() else {
        print!("{USAGE}");
        return Ok(());
    };
    match name.as_str() {
        "test" => test::command(rest),
        "tidy" => tidy::command(),
        "demo" => demo::command(rest),
        "pg" => pg::command(rest),
        "fuzz" => bench::fuzz(rest),
        "soak" => bench::desk("soak", rest),
        "bench" => bench::command(rest),
        "offline" => offline::command(rest),
        "deb" => deb::command(rest),
        "letters" => letters::command(rest),
        "materials" => materials::command(),
        "advisories" => advisories::command(rest),
        "oracle" => oracle::command(rest),
        "assets" => assets::command(),
        "nightly" => nightly::command(rest),
        "help" | "--help" | "-h" => {
            print!("{USAGE}");
            Ok(())
        }
        other => Err(format!("There is no command `{other}`. `cargo xtask help` lists the commands.")),
    }
}
