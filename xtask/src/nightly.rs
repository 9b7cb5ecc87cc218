//! `cargo xtask nightly`: what is too long for every change.

use crate::shell::Outcome;
use crate::steps::{self, Chosen, step};
use crate::{deb, install, letters, offline, oracle, stories, test};

/// Runs the long checks; variables already set are left as they are.
///
/// # Errors
/// A sentence naming the check that failed.
pub fn command(words: &[String]) -> Outcome {
    let chosen = Chosen::parse(words)?;
    let steps = vec![
        step("install", "programs of this machine", install::missing),
        step("tests", "every test with many crashes and many random cases", || {
            test::rust_tests(
                &[("ONEWINDOW_CRASH_ROUNDS", "500"), ("PROPTEST_CASES", "5000")],
                &["--run-ignored", "all"],
            )
        }),
        step("oracle", "a million households of random policies, by rows, columns and SQL", || {
            oracle::command(&["--households", "1000000", "--policies", "100"].map(str::to_owned))
        }),
        step("offline", "the check on a phone says what the server says, of a hundred thousand households", || {
            offline::module()?;
            offline::command(&["--households", "100000"].map(str::to_owned))
        }),
        step("letters", "letters as PDF in three languages, the same bytes every time", letters::step),
        step("deb", "the package installs on a clean Debian, starts, backs up and restores", || {
            deb::command(&["--debug".to_owned(), "--try".to_owned()])
        }),
        step("stories", "every story in every language on every database", || stories::run("all")),
    ];
    steps::run(chosen.of(steps)?, "cargo xtask nightly --only")
}
