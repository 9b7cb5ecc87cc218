//! Who may make a scope: one place in the database's crate and one in the pages', and nobody from a page may be the
//! system itself.

use super::rust::without_tests;
use super::{File, Finding, Tree};

/// What makes a scope, and the files or folders that may. A new place is a line here, for a reader to weigh.
const MAKERS: [(&str, &[&str]); 7] = [
    ("Scope::public(", &[STORE, WEB]),
    ("Scope::officer_signed_in(", &[STORE]),
    ("Scope::receipt_proven(", &[STORE, RECEIPTS, "crates/store/src/grievances/open.rs"]),
    ("Scope::grievance_proven(", &[STORE, RECEIPTS, "crates/store/src/grievances/open.rs"]),
    ("Scope::inside(", &[STORE, "crates/store/src/applications/read.rs", "crates/store/src/grievances/read.rs"]),
    ("Scope::system(", &[STORE, "crates/cli/src/"]),
    ("SystemKey::", &[STORE, "crates/cli/src/"]),
];

const STORE: &str = "crates/store/src/access";
const RECEIPTS: &str = "crates/store/src/applications/receipts.rs";
const WEB: &str = "crates/web/src/access";

/// The key that opens the system's scope; no page may hold it.
const SYSTEM_KEY: &str = "SystemKey";

/// Looks at every Rust file outside the rooms of access.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let files = tree.ending(".rs").filter(|file| file.under("crates/") && !file.for_tests());
    files.flat_map(|file| scopes(file).into_iter().chain(system(file))).chain(migrations(tree)).collect()
}

fn scopes(file: &File) -> Vec<Finding> {
    let code = without_tests(&file.text);
    let mut findings = Vec::new();
    for (maker, _) in MAKERS.iter().filter(|(_, rooms)| !rooms.iter().any(|room| file.under(room))) {
        for (at, _) in code.lines().enumerate().filter(|(_, line)| line.contains(maker)) {
            let maker = maker.trim_end_matches(['(', ':']);
            let sentence =
                format!("`{maker}` is for the rooms listed in xtask's tidy: take a scope as a value instead.");
            findings.push(Finding::new(&file.path, at + 1, sentence));
        }
    }
    findings
}

fn system(file: &File) -> Vec<Finding> {
    if !file.under("crates/web/") {
        return Vec::new();
    }
    let code = without_tests(&file.text);
    let found = code.lines().enumerate().filter(|(_, line)| line.contains(SYSTEM_KEY));
    found
        .map(|(at, _)| {
            Finding::new(&file.path, at + 1, "A page must never act as the system: work within the officer's scope.")
        })
        .collect()
}

/// A migration that no list names would never run.
fn migrations(tree: &Tree) -> Vec<Finding> {
    let sources: Vec<&File> = tree.ending(".rs").filter(|file| file.under("crates/store/src/")).collect();
    let named = |name: &str| sources.iter().any(|file| file.text.contains(name));
    let files = tree.ending(".sql").filter(|file| file.under("crates/store/") && !file.for_tests());
    files
        .filter(|file| !named(file.path.rsplit('/').next().unwrap_or_default()))
        .map(|file| {
            Finding::new(&file.path, 1, "No list in crates/store/src names this file, so it would never run: add it.")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    #[test]
    fn scopes_are_made_in_their_rooms_only() {
        let tree = Tree::sample(&[
            ("crates/store/src/access/scope.rs", "Scope::system(SystemKey::for_this_program())"),
            ("crates/cli/src/seed.rs", "Scope::system(SystemKey::for_this_program())"),
            ("crates/web/src/access.rs", "Scope::public()"),
            ("crates/web/tests/routes.rs", "Scope::public()"),
            ("crates/web/src/visits.rs", "let a = scope.officer();\nlet scope = Scope::public();\nSystemKey"),
        ]);
        assert_eq!(
            said(&check(&tree)),
            [
                "crates/web/src/visits.rs:2: `Scope::public` is for the rooms listed in xtask's tidy: take a scope as a value instead.",
                "crates/web/src/visits.rs:3: A page must never act as the system: work within the officer's scope.",
            ]
        );
    }

    #[test]
    fn a_forgotten_migration_is_found() {
        let tree = Tree::sample(&[
            ("crates/store/migrations/0001_people.sql", ""),
            ("crates/store/migrations/0002_visits.sql", ""),
            ("crates/store/src/migrate.rs", "include_str!(\"../migrations/0001_people.sql\")"),
        ]);
        let said = said(&check(&tree));
        assert_eq!(said.len(), 1);
        assert!(said[0].starts_with("crates/store/migrations/0002_visits.sql:1: "), "{said:?}");
    }
}
