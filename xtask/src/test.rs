//! `cargo xtask test`: the one test command of the README, and all that CI runs.

use crate::pg::{ADDRESS, Cluster};
use crate::shell::{Outcome, cargo, have, run};
use crate::steps::{self, Chosen, Step, step};
use crate::{install, letters, offline, oracle, stories, tidy};

/// Runs every step, or the ones asked for.
///
/// # Errors
/// A sentence naming the step that failed and how to run it again.
pub fn command(words: &[String]) -> Outcome {
    let chosen = Chosen::parse(words)?;
    steps::run(chosen.of(all())?, "cargo xtask test --only")
}

/// The cheap checks stand first, so a slip costs seconds and not a build.
fn all() -> Vec<Step<'static>> {
    vec![
        step("install", "programs of this machine", install::missing),
        step("fmt", "formatting", || {
            run(&mut cargo(&["fmt", "--all", "--check"]))?;
            letters::formatted()
        }),
        step("tidy", "house rules", tidy::command),
        step("clippy", "lints, warnings denied", || {
            run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
        }),
        step("tests", "tests of every crate, on SQLite and PostgreSQL", || rust_tests(&[], &[])),
        step("doc", "examples in the documentation", || run(&mut cargo(&["test", "--workspace", "--doc", "--quiet"]))),
        step("programmes", "the programme files", || {
            run(&mut cargo(&["run", "--quiet", "-p", "onewindow", "--", "check", "programmes/"]))
        }),
        step("oracle", "rows, columns and SQL over random policies", || {
            oracle::command(&["--households", "12000", "--policies", "20"].map(str::to_owned))
        }),
        step("offline", "the check on a phone says what the server says", offline::step),
        step("stories", "visits in a real browser", || stories::run("")),
    ]
}

/// The tests of every crate with a PostgreSQL beside them. `settings` are variables for the tests, which give way to
/// those already set; `more` goes to nextest.
///
/// # Errors
/// A sentence, when PostgreSQL does not start or a test fails.
pub fn rust_tests(settings: &[(&str, &str)], more: &[&str]) -> Outcome {
    let cluster = Cluster::given_or_private()?;
    let mut command = if have("cargo-nextest") {
        let mut command = cargo(&["nextest", "run", "--workspace"]);
        command.args(more);
        command
    } else {
        cargo(&["test", "--workspace", "--bins", "--lib", "--tests"])
    };
    for (name, value) in settings.iter().filter(|(name, _)| std::env::var_os(name).is_none()) {
        command.env(name, value);
    }
    run(command.env(ADDRESS, &cluster.url))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(line: &str) -> Vec<&'static str> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        let steps = Chosen::parse(&words).unwrap().of(all()).unwrap();
        steps.iter().map(|step| step.name).collect()
    }

    #[test]
    fn steps_are_chosen_by_name() {
        assert_eq!(chosen("--only fmt"), ["fmt"]);
        assert_eq!(chosen("--only clippy tidy"), ["tidy", "clippy"]);
        assert_eq!(chosen("").last(), Some(&"stories"));
        assert!(!chosen("--quick").contains(&"stories"));
        assert!(Chosen::parse(&["--fast".to_owned()]).is_err());
    }
}
