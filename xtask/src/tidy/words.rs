//! Words that have no place in the project: unfinished work, and the paths and hosts of one machine.

use super::{File, Finding, Tree};

/// Words, and what to do about them. Written in two halves so that this list does not find itself.
const WORDS: [(&str, &str); 12] = [
    (concat!("TO", "DO"), UNFINISHED),
    (concat!("FIX", "ME"), UNFINISHED),
    (concat!("db", "g!("), "This prints for the programmer alone: remove it."),
    (concat!("/wo", "rk/"), PATH),
    (concat!("/ro", "ot/"), PATH),
    (concat!("../sha", "red"), PATH),
    (concat!("registry.", "npmjs"), HOST),
    (concat!("static.", "crates.io"), HOST),
    (concat!("index.", "crates.io"), HOST),
    (concat!("py", "pi.org"), HOST),
    (concat!("pythonhosted", ".org"), HOST),
    (concat!("deb.", "debian.org"), HOST),
];

const UNFINISHED: &str = "finish it, or write an issue and leave it out.";
const PATH: &str = "this is a path of one machine: say it relative to the project.";
const HOST: &str = "packages are named, never the host they come from: remove it.";

/// Looks at every file but the locks of cargo, which cargo writes.
pub fn check(tree: &Tree) -> Vec<Finding> {
    tree.files.iter().filter(|file| !file.is("Cargo.lock")).flat_map(found).collect()
}

fn found(file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, line) in file.text.lines().enumerate() {
        for (word, sentence) in WORDS.iter().filter(|(word, _)| stands_alone(line, word)) {
            findings.push(Finding::new(&file.path, at + 1, format!("`{word}`: {sentence}")));
        }
    }
    findings
}

/// Whether the word is there and not as the tail of another (a word that only ends like one is no path).
fn stands_alone(line: &str, word: &str) -> bool {
    let part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
    let whole = |after: &str| !letters(word) || !after.starts_with(part);
    line.match_indices(word).any(|(at, _)| !line[..at].ends_with(part) && whole(&line[at + word.len()..]))
}

fn letters(word: &str) -> bool {
    word.chars().all(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_stand_alone() {
        let lines = [
            concat!("// TO", "DO: later"),
            "a todo list, MASTODON",
            concat!("see /wo", "rk/main"),
            concat!("health/wo", "rk/school"),
            concat!("https://registry.", "npmjs.org/a"),
        ];
        let tree = Tree::sample(&[("a.md", &lines.join("\n"))]);
        let found: Vec<usize> = check(&tree).iter().map(|finding| finding.line).collect();
        assert_eq!(found, [1, 3, 5]);
    }
}
