//! `cargo xtask materials`: the bill of materials of both programs, as CycloneDX, from cargo's own trees and lock files.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use crate::letters;
use crate::shell::{Outcome, cargo, read, root, target_dir};

/// The programs of the package: manifest of the workspace, package, lock file.
const PROGRAMS: [(&str, &str, &str); 2] =
    [("Cargo.toml", "onewindow", "Cargo.lock"), (letters::MANIFEST, "letters", letters::LOCK)];

/// A part of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    name: String,
    version: String,
    license: String,
    sha256: Option<String>,
}

/// Writes the bill and says where.
///
/// # Errors
/// A sentence, when cargo or the folder fails.
pub fn command() -> Outcome {
    let to = write()?;
    println!("{}", to.display());
    Ok(())
}

/// Writes the bill of materials; where.
///
/// # Errors
/// As [`command`].
pub fn write() -> Outcome<PathBuf> {
    let (mut trees, mut known) = (String::new(), BTreeMap::new());
    for (manifest, package, lock) in PROGRAMS {
        let of = ["tree", "--locked", "--manifest-path", manifest, "-p", package];
        trees += &read(cargo(&of).args(["-e", "normal", "--prefix", "none", "--format", "{p}|{l}"]))?;
        let text = fs::read_to_string(root().join(lock)).map_err(|why| format!("{lock}: {why}."))?;
        known.extend(sums(&text)?);
    }
    let to = target_dir().join("onewindow.cdx.json");
    fs::write(&to, bill(&parts(&trees, &known))).map_err(|why| format!("{}: {why}.", to.display()))?;
    Ok(to)
}

/// The sums of packages in Cargo.lock, by name and version.
fn sums(lock: &str) -> Outcome<BTreeMap<(String, String), String>> {
    let table: toml::Table = lock.parse().map_err(|why| format!("Cargo.lock: {why}."))?;
    let packages = table.get("package").and_then(toml::Value::as_array).ok_or("Cargo.lock names no package.")?;
    let text = |package: &toml::Value, key: &str| package.get(key)?.as_str().map(str::to_owned);
    let sum = |package| Some(((text(package, "name")?, text(package, "version")?), text(package, "checksum")?));
    Ok(packages.iter().filter_map(sum).collect())
}

/// The parts in the lines of cargo's tree, `name vVERSION (place)|license`, each once. Our own crates have no sum.
fn parts(tree: &str, sums: &BTreeMap<(String, String), String>) -> Vec<Part> {
    let mut parts = BTreeMap::new();
    for line in tree.lines() {
        let (part, license) = line.split_once('|').unwrap_or((line, ""));
        let mut words = part.split_whitespace();
        let (Some(name), Some(version)) = (words.next(), words.next().and_then(|word| word.strip_prefix('v'))) else {
            continue;
        };
        let key = (name.to_owned(), version.to_owned());
        let license = license.trim_end_matches(" (*)").to_owned();
        let sha256 = sums.get(&key).cloned();
        parts.insert(key, Part { name: name.to_owned(), version: version.to_owned(), license, sha256 });
    }
    parts.into_values().collect()
}

/// CycloneDX 1.5, without a time: the same parts give the same file.
fn bill(parts: &[Part]) -> String {
    let component = |part: &Part| {
        let license = match part.license.as_str() {
            "" => String::new(),
            license => format!(", \"licenses\": [{{\"expression\": {}}}]", quoted(license)),
        };
        let sum = part.sha256.as_ref().map_or(String::new(), |sum| {
            format!(
                ", \"purl\": {}, \"hashes\": [{{\"alg\": \"SHA-256\", \"content\": {}}}]",
                quoted(&format!("pkg:cargo/{}@{}", part.name, part.version)),
                quoted(sum)
            )
        });
        let (name, version) = (quoted(&part.name), quoted(&part.version));
        format!("    {{\"type\": \"library\", \"name\": {name}, \"version\": {version}{license}{sum}}}")
    };
    let components = parts.iter().map(component).collect::<Vec<_>>().join(",\n");
    format!(
        "{{\n  \"bomFormat\": \"CycloneDX\",\n  \"specVersion\": \"1.5\",\n  \"version\": 1,\n  \
         \"components\": [\n{components}\n  ]\n}}\n"
    )
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_stands_once_with_its_license_and_the_sum_that_cargo_checks() {
        let lock = "[[package]]\nname = \"hmac\"\nversion = \"0.12.1\"\nchecksum = \"ab\"\n\n\
                    [[package]]\nname = \"domain\"\nversion = \"0.1.0\"\n";
        let tree = "onewindow v0.1.0 (/src/crates/cli)|AGPL-3.0\ndomain v0.1.0 (/src/crates/domain)|AGPL-3.0\n\
                    hmac v0.12.1|MIT OR Apache-2.0\nhmac v0.12.1|MIT OR Apache-2.0 (*)\n";
        let parts = parts(tree, &sums(lock).expect("a lock"));
        assert_eq!(parts.iter().map(|part| part.name.as_str()).collect::<Vec<_>>(), ["domain", "hmac", "onewindow"]);
        assert_eq!((parts[1].license.as_str(), parts[1].sha256.as_deref()), ("MIT OR Apache-2.0", Some("ab")));
        let bill = bill(&parts);
        assert!(bill.contains("\"purl\": \"pkg:cargo/hmac@0.12.1\"") && !bill.contains("/src/"), "{bill}");
    }
}
