//! The checklist of security names tests; each of them has to be there, so that no line stands on a test that was renamed or
//! removed.

use super::{Finding, Tree};

/// The checklist.
const LIST: &str = "docs/security/asvs.md";

/// Looks for every `module::name_of_a_test` of the checklist.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let Some(list) = tree.get(LIST) else { return Vec::new() };
    let named = list.text.lines().enumerate().flat_map(|(at, line)| tests(line).map(move |name| (at + 1, name)));
    let missing = named.filter(|(_, name)| !is_there(tree, name));
    missing
        .map(|(line, name)| {
            Finding::new(LIST, line, format!("There is no test `{name}`: name the one that would fail, or write it."))
        })
        .collect()
}

/// The names of tests between backticks: a room, two colons, several words.
fn tests(line: &str) -> impl Iterator<Item = &str> {
    let quoted = line.split('`').skip(1).step_by(2);
    let plain = |name: &str| name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    quoted.filter_map(|text| text.split_once("::")).map(|(_, name)| name).filter(move |name| plain(name))
}

/// A function of this name, or a test that runs on both databases.
fn is_there(tree: &Tree, name: &str) -> bool {
    let begins = [format!("fn {name}("), format!("({name},")];
    tree.ending(".rs").any(|file| begins.iter().any(|begin| file.text.contains(begin.as_str())))
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    #[test]
    fn a_test_that_is_not_there_any_more_is_named() {
        let list =
            "| 1 | met: `scope::a_clerk_sees_one_centre`, `Vec::new` |\n| 2 | met: `own::it_is_sealed`, `x::gone` |";
        let tree = Tree::sample(&[
            ("docs/security/asvs.md", list),
            ("crates/store/tests/suite/scope.rs", "fn a_clerk_sees_one_centre() {}"),
            ("crates/store/tests/suite/own.rs", "on_both!(it_is_sealed, async |base| {});"),
        ]);
        let said = said(&check(&tree));
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[0].starts_with("docs/security/asvs.md:1: There is no test `new`"), "{said:?}");
        assert!(said[1].starts_with("docs/security/asvs.md:2: There is no test `gone`"), "{said:?}");
    }
}
