//! Texts by language, and how far each was checked.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One text in several languages, by language code (`en`, `ur`, `ps`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words(pub BTreeMap<String, String>);

impl Words {
    /// The text in a language, else in English, else in any, else empty.
    pub fn get(&self, lang: &str) -> &str {
        let found = self.0.get(lang).or_else(|| self.0.get("en")).or_else(|| self.0.values().next());
        found.map_or("", String::as_str)
    }

    /// The text in exactly this language.
    pub fn only(&self, lang: &str) -> Option<&str> {
        self.0.get(lang).map(String::as_str)
    }

    /// Whether no language has a text.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(String::is_empty)
    }
}

/// Whether a person who reads the language checked a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// Written by machine; shown so to staff.
    Machine,
    /// Read and accepted by a person.
    Reviewed,
}

/// A programme's text with its marks by language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct MarkedWords {
    /// The text.
    pub words: Words,
    /// How far each language was checked; absent reads as `machine`.
    pub marks: BTreeMap<String, Mark>,
}

impl MarkedWords {
    /// The mark of a language's text.
    pub fn mark(&self, lang: &str) -> Mark {
        self.marks.get(lang).copied().unwrap_or(Mark::Machine)
    }
}

/// How well the source material supports an entry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Authored here because the material has none; shown so to staff.
    #[default]
    Assumed,
    /// From general knowledge.
    Unverified,
    /// Only on non-official sites.
    Secondary,
    /// Partly seen in an official page or press report.
    PartVerified,
    /// Seen in an official page or press report.
    Verified,
}
