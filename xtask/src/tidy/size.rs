//! A file should be readable at one sitting.

use super::{Finding, Tree};

/// Lines at which a reader should ask whether a file is two.
const QUESTION: usize = 400;

/// Lines at which it is.
const LIMIT: usize = 700;

/// Files that are written by hand as code.
const KINDS: [&str; 7] = [".rs", ".html", ".css", ".js", ".mjs", ".sh", ".typ"];

/// Counts the lines of every file of code.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let code = tree.files.iter().filter(|file| KINDS.iter().any(|kind| file.is(kind)));
    code.filter_map(|file| {
        let lines = file.text.lines().count();
        let question = lines <= LIMIT;
        let sentence =
            format!("{lines} lines; split it by meaning (a question from {QUESTION}, a fault from {LIMIT}).");
        (lines > QUESTION).then(|| Finding { question, ..Finding::new(&file.path, lines, sentence) })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_files_are_questioned_then_refused() {
        let question = |lines: usize| {
            let found = check(&Tree::sample(&[("a.rs", &"\n".repeat(lines))]));
            found.first().map(|finding| finding.question)
        };
        assert_eq!(question(400), None);
        assert_eq!(question(401), Some(true));
        assert_eq!(question(701), Some(false));
    }
}
