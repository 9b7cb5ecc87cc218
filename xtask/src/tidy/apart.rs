//! A workspace of its own inherits nothing, so that it keeps the same lints and says the same of itself is looked at here.

use toml::{Table, Value};

use super::{File, Finding, Tree};

/// What every crate says of itself as the others do.
const ALIKE: [&str; 4] = ["edition", "rust-version", "license", "publish"];

/// Holds every manifest with a workspace of its own against the one at the top.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let Some(top) = tree.get("Cargo.toml").and_then(table) else { return Vec::new() };
    let inner = tree.ending("/Cargo.toml").filter(|file| file.under("crates/"));
    let apart =
        inner.filter_map(|file| Some((file, table(file).filter(|manifest| manifest.contains_key("workspace"))?)));
    apart.flat_map(|(file, manifest)| differences(file, &manifest, &top)).collect()
}

fn table(file: &File) -> Option<Table> {
    file.text.parse().ok()
}

fn differences(file: &File, manifest: &Table, top: &Table) -> Vec<Finding> {
    let of = |table: &Table, path: &[&str]| -> Option<Value> {
        let mut words = path.iter();
        let first = table.get(*words.next()?)?;
        words.try_fold(first, |value, word| value.get(*word)).cloned()
    };
    let mut findings = Vec::new();
    let mut same = |here: &[&str], there: &[&str]| {
        if of(manifest, here) != of(top, there) {
            let (here, there) = (here.join("."), there.join("."));
            let sentence = format!("`{here}` is not `{there}` of the top: a workspace of its own copies it.");
            findings.push(Finding::new(&file.path, 1, sentence));
        }
    };
    same(&["lints"], &["workspace", "lints"]);
    for word in ALIKE {
        same(&["package", word], &["workspace", "package", word]);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    #[test]
    fn what_is_copied_stays_the_same() {
        let top = "[workspace.package]\nedition = \"2024\"\n[workspace.lints.rust]\nunsafe_code = \"forbid\"\n";
        let lines = |inner: &str| said(&check(&Tree::sample(&[("Cargo.toml", top), ("crates/x/Cargo.toml", inner)])));
        let same = "[workspace]\n[package]\nedition = \"2024\"\n[lints.rust]\nunsafe_code = \"forbid\"\n";
        assert_eq!(lines(same), [] as [&str; 0]);
        assert_eq!(lines("[package]\nedition = \"2021\"\n"), [] as [&str; 0], "an ordinary crate inherits");
        assert_eq!(
            lines(&same.replace("forbid", "allow").replace("2024", "2021")),
            [
                "crates/x/Cargo.toml:1: `lints` is not `workspace.lints` of the top: a workspace of its own copies it.",
                "crates/x/Cargo.toml:1: `package.edition` is not `workspace.package.edition` of the top: a workspace of its own copies it.",
            ]
        );
    }
}
