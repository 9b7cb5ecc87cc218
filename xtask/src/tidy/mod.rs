//! The house rules that no compiler knows: fast checks over every file of the project, told as file, line, sentence.
//!
//! Each check is a function from the [`Tree`] to findings, so a test can hand it a bad sample. A rule may be set aside
//! on one line by a comment on it or above it: `tidy: allow(<check>) because <reason>`.

mod access;
mod apart;
mod arrows;
mod layout;
mod links;
mod messages;
mod named;
mod pages;
mod purity;
mod rust;
mod size;
mod words;

use std::fmt;

use crate::shell::{Outcome, program, read, root};

/// A check's name and its function.
type Check = (&'static str, fn(&Tree) -> Vec<Finding>);

const CHECKS: [Check; 11] = [
    ("apart", apart::check),
    ("arrows", arrows::check),
    ("access", access::check),
    ("layout", layout::check),
    ("links", links::check),
    ("messages", messages::check),
    ("named", named::check),
    ("pages", pages::check),
    ("purity", purity::check),
    ("size", size::check),
    ("words", words::check),
];

/// One file of the project.
pub struct File {
    /// Path from the top folder, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Whether another file takes it in as a module under `#[cfg(test)]`.
    test_module: bool,
}

impl File {
    fn new(path: &str, text: String) -> File {
        File { path: path.to_owned(), text, test_module: false }
    }

    fn is(&self, ending: &str) -> bool {
        self.path.ends_with(ending)
    }

    fn under(&self, folder: &str) -> bool {
        self.path.starts_with(folder)
    }

    /// Whether the whole file exists for tests only.
    fn for_tests(&self) -> bool {
        let apart = ["/tests/", "/examples/", "/benches/"].iter().any(|part| self.path.contains(part));
        apart || self.is("/tests.rs") || self.test_module
    }
}

/// Every text file that belongs to the project.
pub struct Tree {
    /// In order of path.
    pub files: Vec<File>,
}

impl Tree {
    /// The files that git tracks or would track.
    fn of_the_project() -> Outcome<Tree> {
        let list = read(&mut program("git", &["ls-files", "-z", "--cached", "--others", "--exclude-standard"]))?;
        let mut paths: Vec<&str> = list.split('\0').filter(|path| !path.is_empty()).collect();
        paths.sort_unstable();
        paths.dedup();
        let readable = paths.into_iter().filter_map(|path| {
            // A file that is not text (an image, a font) holds no rule of ours; one just deleted is gone.
            std::fs::read_to_string(root().join(path)).ok().map(|text| File::new(path, text))
        });
        Ok(Tree::of(readable.collect()))
    }

    fn of(mut files: Vec<File>) -> Tree {
        let modules: Vec<String> = files.iter().filter(|file| file.is(".rs")).flat_map(rust::test_modules).collect();
        for file in &mut files {
            file.test_module = modules.contains(&file.path);
        }
        Tree { files }
    }

    /// A tree from a handful of samples.
    #[cfg(test)]
    fn sample(files: &[(&str, &str)]) -> Tree {
        Tree::of(files.iter().map(|(path, text)| File::new(path, (*text).to_owned())).collect())
    }

    fn get(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    fn ending<'a>(&'a self, ending: &'a str) -> impl Iterator<Item = &'a File> {
        self.files.iter().filter(move |file| file.is(ending))
    }
}

/// Something a check has to say about a line.
#[derive(Debug, PartialEq)]
pub struct Finding {
    /// Path from the top folder.
    pub path: String,
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong, and what to do.
    pub sentence: String,
    /// A question does not fail the check.
    pub question: bool,
}

impl Finding {
    fn new(path: &str, line: usize, sentence: impl Into<String>) -> Finding {
        Finding { path: path.to_owned(), line, sentence: sentence.into(), question: false }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.question { " (a question)" } else { "" };
        write!(out, "{}:{}: {}{mark}", self.path, self.line, self.sentence)
    }
}

/// Runs every check.
///
/// # Errors
/// A sentence with the number of findings, which are printed.
pub fn command() -> Outcome {
    let tree = Tree::of_the_project()?;
    let findings: Vec<Finding> = CHECKS.iter().flat_map(|(name, check)| allowed(&tree, name, check(&tree))).collect();
    for finding in &findings {
        println!("{finding}");
    }
    let faults = findings.iter().filter(|finding| !finding.question).count();
    println!("tidy: {} files, {faults} faults, {} questions.", tree.files.len(), findings.len() - faults);
    if faults == 0 { Ok(()) } else { Err(format!("{faults} house rules are broken; each line above says what to do.")) }
}

/// Leaves out the findings that a reasoned comment sets aside.
fn allowed(tree: &Tree, check: &str, findings: Vec<Finding>) -> Vec<Finding> {
    let excuse = format!("tidy: allow({check}) because ");
    let excused = |finding: &Finding| {
        let Some(file) = tree.get(&finding.path) else { return false };
        let above = finding.line.saturating_sub(2);
        file.text.lines().skip(above).take(finding.line - above).any(|line| line.contains(&excuse))
    };
    findings.into_iter().filter(|finding| !excused(finding)).collect()
}

/// Tells a sample's findings as lines, for the tests of the checks.
#[cfg(test)]
fn said(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excuse_needs_its_reason_and_its_check() {
        let text = "one\n// tidy: allow(size) because the table is one thing\nthree\nfour // tidy: allow(size)\n";
        let tree = Tree::sample(&[("a.rs", text)]);
        let at = |line| Finding::new("a.rs", line, "long");
        assert_eq!(allowed(&tree, "size", vec![at(1), at(3), at(4)]), vec![at(1), at(4)]);
        assert_eq!(allowed(&tree, "words", vec![at(3)]), vec![at(3)]);
    }
}
