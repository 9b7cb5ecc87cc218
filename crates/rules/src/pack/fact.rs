//! The fact dictionary: what may be known of a household or person, and how to ask for it.

use super::words::{Status, Words};
use crate::{Id, Interval};
use serde::{Deserialize, Serialize};

/// Whose record a fact stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Record {
    /// The household's.
    Household,
    /// A member's.
    Person,
}

/// How a fact comes to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// By a question.
    Asked,
    /// Kept on the household or person record itself.
    Recorded,
    /// Computed from others; never asked or stored.
    Derived,
    /// Only from an outside registry; never asked.
    Registry,
}

/// The type of a fact's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactType {
    /// Yes or no.
    Bool,
    /// A whole number.
    Int,
    /// A decimal number with this many digits after the point.
    Decimal {
        /// Digits after the point.
        scale: u8,
    },
    /// One of the fact's codes.
    Code,
    /// Several of the fact's codes.
    Set,
    /// A date, perhaps partial.
    Date,
}

/// Who may see a fact and everything computed from it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sensitivity {
    /// Anyone who works on the file.
    #[default]
    Ordinary,
    /// Handled with care; not shown in lists.
    Sensitive,
    /// Asked only after the person asks for that help; absent from the household view.
    Protected,
}

/// One code of a code or set fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// The code.
    pub id: Id,
    /// What it means, in words.
    #[serde(default)]
    pub text: Words,
}

/// One fact of the dictionary.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// Its full id, `household.x` or `person.x`.
    pub id: Id,
    /// Whose record it stands on.
    pub record: Record,
    /// How it comes to be known.
    pub kind: FactKind,
    /// The type of its values.
    pub kind_of_value: FactType,
    /// The least and most a number can be, at its scale.
    pub bounds: Interval,
    /// Unit of a number.
    pub unit: String,
    /// The codes of a code or set fact, open ones included.
    pub codes: Vec<Code>,
    /// A short noun phrase for reasons ("Monthly income"); falls back to the question.
    pub label: Words,
    /// The question; `{ $name }` stands for the member's name.
    pub question: Words,
    /// Why we ask.
    pub why: Words,
    /// Who may see it.
    pub sensitivity: Sensitivity,
    /// Months after which a stored value reads as unknown; zero: never.
    pub fresh_months: u32,
    /// One sentence for officers.
    pub meaning: String,
    /// How well the source supports it.
    pub status: Status,
    /// The condition under which it is asked; empty: always.
    pub applies: String,
    /// The expression of a derived fact; empty otherwise.
    pub derive: String,
}

impl Fact {
    /// The id without its record prefix, as used in a family.
    pub fn short(&self) -> &str {
        self.id.split_once('.').map_or(&self.id, |(_, short)| short)
    }

    /// The label in a language, or the question when no label is written.
    pub fn label(&self, lang: &str) -> &str {
        if self.label.is_empty() { self.question.get(lang) } else { self.label.get(lang) }
    }

    /// What a code means in a language; the code itself when no text is written.
    pub fn code_text<'a>(&'a self, code: &'a str, lang: &str) -> &'a str {
        let text = self.codes.iter().find(|c| c.id == *code).map_or("", |c| c.text.get(lang));
        if text.is_empty() { code } else { text }
    }
}

/// A score card, or a score that only a registry supplies.
#[derive(Debug, Clone, Serialize)]
pub struct Score {
    /// Its id, used as `scores.<id>`.
    pub id: Id,
    /// Its name.
    pub title: Words,
    /// Its scale; scores of different scales are never compared.
    pub scale: String,
    /// Decimals kept.
    pub digits: u8,
    /// The least and most it can be, times ten to `digits`.
    pub bounds: Interval,
    /// What a low score means (`poorer`).
    pub lower_is: String,
    /// Whether the points are published, so that it can be computed here.
    pub published: bool,
    /// A note for officers.
    pub note: String,
    /// Source ids.
    pub source: Vec<Id>,
    /// The questions of the card; empty when unpublished.
    pub indicators: Vec<Indicator>,
}

/// One question of a score card.
#[derive(Debug, Clone, Serialize)]
pub struct Indicator {
    /// Its id within the card.
    pub id: Id,
    /// The question, in words.
    pub text: Words,
    /// Condition and points of each answer, in order; the first that holds counts.
    pub answers: Vec<(String, i64)>,
}
