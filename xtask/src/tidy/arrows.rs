//! Which crate may know which, and that every dependency stands once in the workspace with its reason.

use toml::{Table, Value};

use super::{File, Finding, Tree};

/// A crate, and the crates of ours it may know. A crate that is not here may not be added without a line.
const ARROWS: [(&str, &[&str]); 15] = [
    ("archive", &[]),
    ("domain", &[]),
    ("rules", &["domain"]),
    ("letters", &[]),
    ("linkage", &["domain"]),
    ("screener", &["domain", "rules", "linkage"]),
    ("offline", &["domain", "rules", "screener"]),
    ("batch", &["domain", "rules", "linkage"]),
    ("store", &["domain", "linkage", "archive"]),
    ("connect", &["domain"]),
    ("sync", &["domain", "store"]),
    ("web", &["domain", "rules", "linkage", "screener", "batch", "store", "connect", "sync"]),
    ("onewindow", &["domain", "rules", "linkage", "screener", "batch", "archive", "store", "connect", "sync", "web"]),
    ("specimens", &["domain", "rules"]),
    ("xtask", &[]),
];

/// Crates that exist for tests: any crate's tests may use them, no program may.
const FOR_TESTS: [&str; 1] = ["specimens"];

/// Crates that only reckon.
const PURE: [&str; 5] = ["domain", "rules", "linkage", "screener", "specimens"];

/// What a crate that only reckons has no use for.
const IMPURE: [&str; 10] =
    ["tokio", "axum", "tower", "tower-http", "sqlx", "rusqlite", "rand", "tracing", "tempfile", "clap"];

/// Reads the manifest of every crate.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let manifests = tree.ending("/Cargo.toml").filter(|file| file.under("crates/") || file.under("xtask/"));
    manifests.flat_map(one).collect()
}

fn one(file: &File) -> Vec<Finding> {
    let manifest: Table = match file.text.parse() {
        Ok(manifest) => manifest,
        Err(why) => return vec![Finding::new(&file.path, 1, format!("This is no valid manifest: {}.", why.message()))],
    };
    let name = manifest.get("package").and_then(|package| package.get("name")).and_then(Value::as_str).unwrap_or("");
    let Some((_, may)) = ARROWS.iter().find(|(known, _)| *known == name) else {
        let sentence =
            format!("The crate `{name}` has no line in ARROWS of xtask's tidy: say there which crates it may know.");
        return vec![Finding::new(&file.path, 1, sentence)];
    };
    // A workspace of its own has no other place for a dependency and its reason.
    let apart = manifest.contains_key("workspace");
    let mut findings = Vec::new();
    for (table, dependency, value) in dependencies(&manifest) {
        let mut say = |sentence: String| findings.push(Finding::new(&file.path, line(file, &dependency), sentence));
        let ours = ARROWS.iter().any(|(known, _)| *known == dependency);
        let for_tests = FOR_TESTS.contains(&dependency.as_str());
        if for_tests && table != "dev-dependencies" {
            say(format!("`{dependency}` is for tests: `{name}` may name it under [dev-dependencies] only."));
        } else if ours && !for_tests && !may.contains(&dependency.as_str()) {
            say(format!("`{name}` must not know `{dependency}`: the arrows of ARCHITECTURE.md go the other way."));
        }
        if ["sqlx", "rusqlite"].contains(&dependency.as_str()) && name != "store" {
            say(format!("Only `store` names the SQL library; `{name}` must ask `store`."));
        }
        if table == "dependencies" && PURE.contains(&name) && IMPURE.contains(&dependency.as_str()) {
            say(format!(
                "`{name}` only reckons: it has no use for `{dependency}`. Do that in the crate that calls it."
            ));
        }
        if apart {
            if !file.text.lines().nth(line(file, &dependency) - 1).is_some_and(|line| line.contains(" # ")) {
                say(format!("`{dependency}` stands here once: say behind it why it is worth having."));
            }
        } else if value.get("workspace").is_none() {
            say(format!(
                "Write `{dependency}.workspace = true`: a dependency stands once, in the workspace, with its reason."
            ));
        }
    }
    findings
}

fn dependencies(manifest: &Table) -> Vec<(&'static str, String, Value)> {
    let of = |tables: &Table| {
        let mut found = Vec::new();
        for name in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let Some(table) = tables.get(name).and_then(Value::as_table) else { continue };
            found.extend(table.iter().map(|(dependency, value)| (name, dependency.clone(), value.clone())));
        }
        found
    };
    let mut all = of(manifest);
    let targets = manifest.get("target").and_then(Value::as_table);
    all.extend(targets.into_iter().flat_map(Table::values).filter_map(Value::as_table).flat_map(of));
    all
}

fn line(file: &File, dependency: &str) -> usize {
    let begins = |line: &str| {
        let rest = line.trim_start().strip_prefix(dependency);
        rest.is_some_and(|rest| rest.starts_with(['.', ' ', '=']))
    };
    file.text.lines().position(begins).map_or(1, |line| line + 1)
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    #[track_caller]
    fn check_one(name: &str, dependencies: &str, wanted: &[&str]) {
        let text = format!("[package]\nname = \"{name}\"\n\n[dependencies]\n{dependencies}\n");
        let tree = Tree::sample(&[("crates/x/Cargo.toml", &text)]);
        assert_eq!(said(&check(&tree)), wanted);
    }

    #[test]
    fn arrows_go_one_way() {
        check_one("web", "domain.workspace = true\nstore.workspace = true", &[]);
        check_one(
            "domain",
            "serde.workspace = true\nstore.workspace = true",
            &["crates/x/Cargo.toml:6: `domain` must not know `store`: the arrows of ARCHITECTURE.md go the other way."],
        );
    }

    #[test]
    fn a_workspace_of_its_own_says_its_reasons_itself() {
        let check_apart = |dependencies: &str, wanted: &[&str]| {
            let text = format!("[workspace]\n[package]\nname = \"letters\"\n[dependencies]\n{dependencies}\n");
            assert_eq!(said(&check(&Tree::sample(&[("crates/letters/Cargo.toml", &text)]))), wanted);
        };
        check_apart("typst = \"0.15\" # shapes Nastaliq", &[]);
        check_apart(
            "typst = \"0.15\"",
            &["crates/letters/Cargo.toml:5: `typst` stands here once: say behind it why it is worth having."],
        );
    }

    #[test]
    fn what_is_for_tests_stays_there() {
        check_one("rules", "domain.workspace = true\n[dev-dependencies]\nspecimens.workspace = true", &[]);
        check_one(
            "web",
            "specimens.workspace = true",
            &["crates/x/Cargo.toml:5: `specimens` is for tests: `web` may name it under [dev-dependencies] only."],
        );
    }

    #[test]
    fn only_store_names_the_sql_library() {
        check_one("store", "sqlx.workspace = true", &[]);
        check_one(
            "web",
            "sqlx.workspace = true",
            &["crates/x/Cargo.toml:5: Only `store` names the SQL library; `web` must ask `store`."],
        );
    }

    #[test]
    fn crates_that_reckon_stay_pure_and_strangers_are_asked() {
        check_one(
            "rules",
            "tokio.workspace = true",
            &[
                "crates/x/Cargo.toml:5: `rules` only reckons: it has no use for `tokio`. Do that in the crate that calls it.",
            ],
        );
        check_one(
            "rules",
            "serde = \"1\"",
            &[
                "crates/x/Cargo.toml:5: Write `serde.workspace = true`: a dependency stands once, in the workspace, with its reason.",
            ],
        );
        check_one(
            "novel",
            "",
            &[
                "crates/x/Cargo.toml:1: The crate `novel` has no line in ARROWS of xtask's tidy: say there which crates it may know.",
            ],
        );
    }
}
