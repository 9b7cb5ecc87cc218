//! `cargo xtask advisories --db FOLDER`: the packages of Cargo.lock held against a copy of the RustSec advisories, which lies in
//! a folder because no address is asked from here. Each is a file `crates/PACKAGE/RUSTSEC-YEAR-NUMBER.md` that begins with TOML
//! between fences: the package, and which versions are patched or were never affected; every other version is affected.

use std::fs;
use std::path::{Path, PathBuf};

use semver::{Version, VersionReq};

use crate::letters;
use crate::shell::{Outcome, root};

/// An advisory.
#[derive(Debug)]
struct Advisory {
    id: String,
    package: String,
    date: String,
    title: String,
    /// Such as *unmaintained*: nothing that can be attacked by itself.
    notice: Option<String>,
    /// Versions that are not affected.
    safe: Vec<VersionReq>,
    /// What is patched, as it is written.
    patched: String,
}

/// Says what there is about the packages that this program is made of.
///
/// # Errors
/// A sentence, when a package is affected, and when the folder holds no advisories or some that cannot be read: what was not
/// read is not *nothing found*.
pub fn command(words: &[String]) -> Outcome {
    let [flag, folder] = words else {
        return Err(
            "Name the folder: `cargo xtask advisories --db FOLDER`, a copy of RustSec's advisory-db.".to_owned()
        );
    };
    if flag != "--db" {
        return Err(format!("`cargo xtask advisories` does not know `{flag}`; it takes --db FOLDER."));
    }
    let (advisories, unread) = all(Path::new(folder))?;
    let mut packages = Vec::new();
    for lock in ["Cargo.lock", letters::LOCK] {
        let text = fs::read_to_string(root().join(lock)).map_err(|why| format!("{lock}: {why}."))?;
        packages.extend(locked(&text)?);
    }
    packages.sort();
    packages.dedup();
    let (mut affected, mut noticed) = (0, 0);
    for (name, version) in packages {
        for advisory in advisories.iter().filter(|one| one.concerns(&name, &version)) {
            match &advisory.notice {
                None => affected += 1,
                Some(_) => noticed += 1,
            }
            println!("{}", advisory.line(&version));
        }
    }
    for file in &unread {
        println!("not read: {}", file.display());
    }
    let newest = advisories.iter().map(|one| one.date.as_str()).max().unwrap_or("none");
    println!(
        "{} advisories read, the newest of {newest}; {affected} affect a package here, {noticed} are notices.",
        advisories.len()
    );
    match (affected, unread.len()) {
        (0, 0) => Ok(()),
        (0, count) => Err(format!("{count} advisories could not be read, so nothing is known of them.")),
        (count, _) => {
            Err(format!("{count} advisories affect a package here: bring in the patched version, or say why not."))
        }
    }
}

impl Advisory {
    /// Reads one; nothing of what was withdrawn.
    fn read(text: &str) -> Option<Option<Advisory>> {
        let (head, body) = text.trim_start().strip_prefix("```toml")?.split_once("\n```")?;
        let table: toml::Table = head.parse().ok()?;
        let (advisory, versions) =
            (table.get("advisory")?.as_table()?, table.get("versions").and_then(|v| v.as_table()));
        let text = |key: &str| advisory.get(key).and_then(toml::Value::as_str).map(str::to_owned);
        if advisory.contains_key("withdrawn") {
            return Some(None);
        }
        let list = |key: &str| -> Option<Vec<String>> {
            let Some(list) = versions.and_then(|versions| versions.get(key)) else { return Some(Vec::new()) };
            list.as_array()?.iter().map(|one| one.as_str().map(str::to_owned)).collect()
        };
        let patched = list("patched")?;
        let unaffected = list("unaffected")?;
        let safe = patched.iter().chain(&unaffected).map(|one| VersionReq::parse(one).ok()).collect::<Option<_>>()?;
        Some(Some(Advisory {
            id: text("id")?,
            package: text("package")?,
            date: text("date")?,
            title: body.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or_default().to_owned(),
            notice: text("informational"),
            safe,
            patched: if patched.is_empty() { "no version".to_owned() } else { patched.join(" or ") },
        }))
    }

    fn concerns(&self, name: &str, version: &Version) -> bool {
        self.package == name && !self.safe.iter().any(|safe| safe.matches(version))
    }

    fn line(&self, version: &Version) -> String {
        let kind = self.notice.as_ref().map(|notice| format!(" ({notice})")).unwrap_or_default();
        format!("{}{kind}: {} {version}: {}; patched: {}", self.id, self.package, self.title, self.patched)
    }
}

/// Every advisory below a folder, and the files that could not be read.
fn all(folder: &Path) -> Outcome<(Vec<Advisory>, Vec<PathBuf>)> {
    let crates = folder.join("crates");
    let from = if crates.is_dir() { crates } else { folder.to_owned() };
    let (mut read, mut unread) = (Vec::new(), Vec::new());
    for file in files(&from) {
        match fs::read_to_string(&file).ok().as_deref().and_then(Advisory::read) {
            Some(advisory) => read.extend(advisory),
            None => unread.push(file),
        }
    }
    if read.is_empty() {
        return Err(format!("{} holds no advisories. Copy RustSec's advisory-db there.", folder.display()));
    }
    Ok((read, unread))
}

/// The files `RUSTSEC-*.md` below a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    let is_one = |path: &Path| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.starts_with("RUSTSEC-") && name.ends_with(".md")
    };
    let below = |path: PathBuf| match path {
        path if path.is_dir() => files(&path),
        path if is_one(&path) => vec![path],
        _ => Vec::new(),
    };
    entries.into_iter().flat_map(below).collect()
}

/// The packages of Cargo.lock that come from a registry.
fn locked(lock: &str) -> Outcome<Vec<(String, Version)>> {
    let table: toml::Table = lock.parse().map_err(|why| format!("Cargo.lock: {why}."))?;
    let packages = table.get("package").and_then(toml::Value::as_array).ok_or("Cargo.lock names no package.")?;
    let text = |package: &toml::Value, key: &str| package.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    let foreign = packages.iter().filter(|package| text(package, "source").is_some());
    let one = |package| Some((text(package, "name")?, text(package, "version")?.parse().ok()?));
    foreign.map(|package| one(package).ok_or_else(|| format!("Cargo.lock: {package} has no version."))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "```toml\n[advisory]\nid = \"RUSTSEC-2026-0001\"\npackage = \"quill\"\ndate = \"2026-10-01\"\n\n\
                       [versions]\npatched = [\">= 2.1.4\", \"^1.9.7\"]\nunaffected = [\"< 1.2.0\"]\n```\n\n# A quill that writes too far\n";

    #[test]
    fn every_version_is_affected_that_is_neither_patched_nor_was_before_it() {
        let advisory = Advisory::read(ONE).expect("read").expect("in force");
        let check = |name: &str, version: &str, want: bool| {
            assert_eq!(advisory.concerns(name, &version.parse().expect("a version")), want, "{name} {version}");
        };
        for (version, want) in
            [("1.1.9", false), ("1.2.0", true), ("1.9.6", true), ("1.9.7", false), ("2.0.0", true), ("2.1.4", false)]
        {
            check("quill", version, want);
        }
        check("quill-core", "1.9.6", false);
        let line = advisory.line(&"2.0.0".parse().expect("a version"));
        let want = "RUSTSEC-2026-0001: quill 2.0.0: A quill that writes too far; patched: >= 2.1.4 or ^1.9.7";
        assert_eq!(line, want);
    }

    #[test]
    fn without_versions_all_are_affected_a_withdrawn_one_counts_for_nothing_and_what_cannot_be_read_is_none() {
        let bare = ONE.split("[versions]").next().expect("a head").to_owned() + "```\n# Left alone\n";
        let bare = bare.replace("date =", "informational = \"unmaintained\"\ndate =");
        let advisory = Advisory::read(&bare).expect("read").expect("in force");
        assert!(advisory.concerns("quill", &"9.0.0".parse().expect("a version")));
        assert_eq!(advisory.notice.as_deref(), Some("unmaintained"));
        let withdrawn = ONE.replace("date =", "withdrawn = \"2026-10-09\"\ndate =");
        assert!(Advisory::read(&withdrawn).expect("read").is_none());
        for broken in ["", "# no head", "```toml\n[advisory]\nid = 7\n```", &ONE.replace(">= 2.1.4", "from 2 on")] {
            assert!(Advisory::read(broken).is_none(), "{broken}");
        }
    }

    #[test]
    fn an_empty_folder_is_not_nothing_found() {
        let folder = std::env::temp_dir().join(format!("ow-advisories-{}", std::process::id()));
        fs::create_dir_all(folder.join("crates/quill")).expect("a folder");
        let said = all(&folder).expect_err("nothing there");
        assert!(said.contains("holds no advisories"), "{said}");
        fs::write(folder.join("crates/quill/RUSTSEC-2026-0001.md"), ONE).expect("written");
        fs::write(folder.join("crates/quill/RUSTSEC-2026-0002.md"), "no head").expect("written");
        fs::write(folder.join("crates/quill/README.md"), "nothing of it").expect("written");
        let (read, unread) = all(&folder).expect("advisories");
        assert_eq!((read.len(), unread.len()), (1, 1));
        fs::remove_dir_all(&folder).expect("removed");
    }

    #[test]
    fn our_own_crates_are_left_out_of_the_lock() {
        let lock = "[[package]]\nname = \"domain\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"quill\"\n\
                    version = \"2.0.0\"\nsource = \"registry+https://example.org\"\n";
        assert_eq!(locked(lock).expect("a lock"), [("quill".to_owned(), Version::new(2, 0, 0))]);
    }
}
