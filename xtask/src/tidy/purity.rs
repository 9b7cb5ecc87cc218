//! Crates that only reckon touch nothing, and only the program's entrance reads the environment.

use super::rust::{code_only, names, without_tests};
use super::{File, Finding, Tree};

/// Folders of the crates that only reckon.
const PURE: [&str; 5] =
    ["crates/domain/src/", "crates/rules/src/", "crates/linkage/src/", "crates/screener/src/", "crates/specimens/src/"];

/// Where programs begin, and read their words.
const ENTRANCES: [&str; 2] = ["crates/cli/", "crates/letters/src/main.rs"];

/// Modules of the standard library that reach outside.
const OUTSIDE: [&str; 6] = ["fs", "net", "thread", "process", "env", "os"];

/// Names that bring in a clock or a runtime.
const NAMES: [&str; 2] = ["SystemTime", "tokio"];

/// Calls that ask a clock. `domain` has a type `Instant` of its own, so the name alone says nothing.
const CLOCKS: [&str; 4] = ["Utc::now", "Local::now", "Instant::now", "time::Instant"];

/// Looks at every Rust file.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let files = tree.ending(".rs").filter(|file| !file.under("xtask/"));
    files.flat_map(|file| sql(file).into_iter().chain(outside(file))).collect()
}

/// Only `store` may name the SQL libraries, in tests too.
fn sql(file: &File) -> Vec<Finding> {
    if file.under("crates/store/") {
        return Vec::new();
    }
    let code = code_only(&file.text);
    let named =
        code.lines().enumerate().filter(|(_, line)| names(line).any(|name| ["sqlx", "rusqlite"].contains(&name)));
    named
        .map(|(at, _)| Finding::new(&file.path, at + 1, "Only `store` names the SQL library: ask `store` instead."))
        .collect()
}

fn outside(file: &File) -> Vec<Finding> {
    if file.for_tests() {
        return Vec::new();
    }
    let pure = PURE.iter().any(|folder| file.under(folder));
    let code = without_tests(&file.text);
    let mut findings = Vec::new();
    for (at, line) in code.lines().enumerate() {
        let mut say = |sentence: String| findings.push(Finding::new(&file.path, at + 1, sentence));
        let used = std_modules(line);
        if pure {
            for name in used.iter().filter(|name| OUTSIDE.contains(name)) {
                say(format!("This crate only reckons: `std::{name}` belongs to the crate that calls it."));
            }
            for word in forbidden(line) {
                say(format!("This crate only reckons: `{word}` must be passed in by its caller as a plain value."));
            }
            if names(line).any(is_float) {
                say("Decisions are reckoned in whole numbers: use an integer or a fraction instead of a float."
                    .to_owned());
            }
        } else if !ENTRANCES.iter().any(|entrance| file.under(entrance)) && used.contains(&"env") {
            say("Only a program's entrance reads the environment: take the setting as a value.".to_owned());
        }
    }
    findings
}

fn forbidden(line: &str) -> Vec<&str> {
    let clocks = CLOCKS.into_iter().find(|clock| line.contains(clock));
    names(line).filter(|name| NAMES.contains(name)).chain(clocks).collect()
}

/// `f64`, `1f64`, `as_f64`: all of them bring a float in.
fn is_float(name: &str) -> bool {
    name.ends_with("f64") || name.ends_with("f32")
}

/// The modules of the standard library that a line names: `std::fs::read`, `use std::{env, fs::File}`.
fn std_modules(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices("std::") {
        if line[..at].ends_with(|letter: char| letter.is_alphanumeric() || letter == '_') {
            continue;
        }
        let rest = &line[at + "std::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(group.split([',', '}']).filter_map(|part| names(part).next())),
            None => found.extend(names(rest).next()),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    #[track_caller]
    fn lines(path: &str, text: &str) -> Vec<usize> {
        let findings = check(&Tree::sample(&[(path, text)]));
        findings.iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn a_crate_that_reckons_touches_nothing() {
        let path = "crates/rules/src/score.rs";
        assert_eq!(lines(path, "use std::collections::BTreeMap;\n// std::fs, f64\nlet a = 1;\n"), [] as [usize; 0]);
        assert_eq!(lines(path, "use std::{fmt, fs};"), [1]);
        assert_eq!(lines(path, "a\nlet b = std::time::Instant::now();"), [2]);
        assert_eq!(lines(path, "let day = Utc::now();"), [1]);
        assert_eq!(lines(path, "fn share(of: f64)"), [1]);
        assert_eq!(lines(path, "value.as_f64()"), [1]);
        assert_eq!(lines(path, "let a = 0.5f32;"), [1]);
        assert_eq!(lines(path, "#[cfg(test)]\nmod tests { use std::fs; }"), [] as [usize; 0]);
        assert_eq!(lines("crates/rules/tests/golden.rs", "use std::fs;"), [] as [usize; 0]);
        assert_eq!(lines("crates/store/src/lib.rs", "use std::fs; let a: f64;"), [] as [usize; 0]);
    }

    #[test]
    fn a_module_for_tests_only_may_touch_anything() {
        let clock = ("crates/linkage/src/speed.rs", "std::time::Instant::now()");
        let within = |lib| check(&Tree::sample(&[("crates/linkage/src/lib.rs", lib), clock])).len();
        assert_eq!(within("#[cfg(test)]\nmod speed;\nmod names;"), 0);
        assert_eq!(within("mod speed;\n#[cfg(test)]\nmod tests { }"), 1);
    }

    #[test]
    fn only_the_entrance_reads_the_environment() {
        assert_eq!(lines("crates/cli/src/main.rs", "std::env::var(\"A\")"), [] as [usize; 0]);
        let said = said(&check(&Tree::sample(&[("crates/store/src/pool.rs", "std::env::var(\"A\")")])));
        assert_eq!(
            said,
            [
                "crates/store/src/pool.rs:1: Only a program's entrance reads the environment: take the setting as a value."
            ]
        );
    }

    #[test]
    fn only_store_speaks_sql() {
        assert_eq!(lines("crates/store/src/pool.rs", "use sqlx::Pool;"), [] as [usize; 0]);
        assert_eq!(lines("crates/web/tests/pages.rs", "use sqlx::Pool;"), [1]);
        assert_eq!(lines("crates/web/src/app.rs", "use rusqlite::Connection;"), [1]);
    }
}
