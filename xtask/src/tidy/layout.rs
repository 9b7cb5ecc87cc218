//! The papers that a newcomer looks for are there.

use super::{Finding, Tree};

const PAPERS: [&str; 4] = ["README.md", "ARCHITECTURE.md", "STYLE.md", "CHANGELOG.md"];

/// Looks for each paper at the top.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let missing = PAPERS.iter().filter(|paper| tree.get(paper).is_none_or(|file| file.text.trim().is_empty()));
    missing
        .map(|paper| Finding::new(paper, 1, "A newcomer looks for this file and it is missing or empty: write it."))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_and_empty_papers_are_found() {
        let tree = Tree::sample(&[("README.md", "Hello"), ("STYLE.md", "x"), ("CHANGELOG.md", " \n")]);
        let paths: Vec<String> = check(&tree).into_iter().map(|finding| finding.path).collect();
        assert_eq!(paths, ["ARCHITECTURE.md", "CHANGELOG.md"]);
    }
}
