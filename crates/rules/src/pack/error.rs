//! What is wrong in a pack, where, and what to write instead.

use serde::Serialize;
use std::fmt;

/// One mistake in a pack file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct PolicyError {
    /// The file, as named to the loader.
    pub file: String,
    /// Line, from 1; 0 when the whole file is meant.
    pub line: usize,
    /// Column in characters, from 1; 0 when the whole file is meant.
    pub column: usize,
    /// What is wrong, as a sentence.
    pub message: String,
    /// What to write instead, when known.
    pub suggestion: Option<String>,
}

/// `file:line:column: message Suggestion.`
impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.message)?,
            _ => write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)?,
        }
        match &self.suggestion {
            Some(suggestion) => write!(f, " {suggestion}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for PolicyError {}

/// Line and column (both from 1, column in characters) of a byte offset.
pub(crate) fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |i| i + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

/// "Did you mean `x`?" for the nearest of the known names, when one is near.
pub fn did_you_mean<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let limit = (wrong.chars().count() / 3).max(2);
    let nearest = known.into_iter().map(|k| (distance(wrong, k), k)).min()?;
    (nearest.0 <= limit).then(|| format!("Did you mean `{}`?", nearest.1))
}

/// Edits (insert, delete, replace) between two words.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_suggested_and_only_when_near() {
        let known = ["household.district", "household.province", "person.sex"];
        assert_eq!(did_you_mean("household.distrct", known).as_deref(), Some("Did you mean `household.district`?"));
        assert_eq!(did_you_mean("person.zzz_zzz", known), None);
        assert_eq!(did_you_mean("x", []), None);
    }

    #[test]
    fn columns_are_counted_in_characters() {
        assert_eq!(line_column("a\nپښتو x", 11), (2, 6));
        assert_eq!(line_column("", 0), (1, 1));
    }
}
