//! Words of public pages that the provincial unit wrote in place of the pack's. Never a criterion, an amount or a paper.

use crate::{Version, codes, ids::PageTextId, language::Lang};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

codes! {
    /// What a text belongs to.
    TextSubject {
        /// A situation of the first page.
        Situation = "situation",
        /// A programme.
        Programme = "programme",
    }
}

codes! {
    /// Which text of a page it is.
    TextPart {
        /// Two words under a drawing.
        Tile = "tile",
        /// The heading of a situation.
        Title = "title",
        /// The sentence below the heading.
        Line = "line",
        /// A notice the pack does not have: "the office has moved until March".
        Notice = "notice",
    }
}

impl TextPart {
    /// The parts of a subject that may be written. A programme's name is the department's.
    pub fn of(subject: TextSubject) -> &'static [TextPart] {
        match subject {
            TextSubject::Situation => &[TextPart::Tile, TextPart::Title, TextPart::Line, TextPart::Notice],
            TextSubject::Programme => &[TextPart::Line, TextPart::Notice],
        }
    }

    /// The most letters that fit its place.
    pub fn longest(self) -> usize {
        match self {
            TextPart::Tile => 24,
            TextPart::Title => 80,
            TextPart::Line => 300,
            TextPart::Notice => 600,
        }
    }
}

/// A text as it stands; a language without one shows the pack's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageText {
    /// Its key.
    pub id: PageTextId,
    /// How many events it has seen.
    pub version: Version,
    /// What it belongs to.
    pub subject: TextSubject,
    /// The id of the situation or programme.
    pub name: String,
    /// Which text.
    pub part: TextPart,
    /// The words per language.
    pub words: BTreeMap<Lang, String>,
}

/// A text was written or corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageTextCorrected {
    /// What it belongs to.
    pub subject: TextSubject,
    /// The id of the situation or programme.
    pub name: String,
    /// Which text.
    pub part: TextPart,
    /// The words per language, all of them as they are from now on.
    pub words: BTreeMap<Lang, String>,
    /// Why.
    pub reason: String,
}

/// A text was taken back: the pack's own words stand again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageTextWithdrawn {
    /// Why.
    pub reason: String,
}

/// Why a text is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PageTextRefused {
    /// A change needs a reason.
    #[error("Write why this is changed: it stays in the history.")]
    ReasonMissing,
    /// Longer than its place.
    #[error("This text is longer than its place: at most {0} letters.")]
    TooLong(usize),
    /// This page has no such text.
    #[error("This page has no such text.")]
    Part,
}

impl PageTextCorrected {
    /// Writes a text; empty words of a language are left to the pack.
    ///
    /// # Errors
    /// [`PageTextRefused`] when there is no reason, a text is too long, or the subject has no such part.
    pub fn decide(
        subject: TextSubject,
        name: &str,
        part: TextPart,
        words: BTreeMap<Lang, String>,
        why: &str,
    ) -> Result<Self, PageTextRefused> {
        if !TextPart::of(subject).contains(&part) {
            return Err(PageTextRefused::Part);
        }
        if why.trim().is_empty() {
            return Err(PageTextRefused::ReasonMissing);
        }
        let words: BTreeMap<Lang, String> = words
            .into_iter()
            .map(|(lang, text)| (lang, text.trim().to_owned()))
            .filter(|(_, t)| !t.is_empty())
            .collect();
        if words.values().any(|text| text.chars().count() > part.longest()) {
            return Err(PageTextRefused::TooLong(part.longest()));
        }
        Ok(PageTextCorrected { subject, name: name.to_owned(), part, words, reason: why.trim().to_owned() })
    }
}

/// The key of a text: always the same for the same place, so that two officers who write it for the first time at once
/// meet at its first version. FNV-1a over subject, name and part, in 128 bits (Fowler, Noll, Vo).
pub fn page_text_id(subject: TextSubject, name: &str, part: TextPart) -> PageTextId {
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013B;
    const START: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    let text = format!("{subject}/{name}/{part}");
    let hash = text.bytes().fold(START, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME));
    PageTextId(uuid::Builder::from_custom_bytes(hash.to_be_bytes()).into_uuid())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_its_place_its_length_and_a_reason() {
        let words = |text: &str| BTreeMap::from([(Lang::En, text.to_owned()), (Lang::Ur, "  ".to_owned())]);
        let decide = |subject, part, text: &str, why: &str| {
            PageTextCorrected::decide(subject, "illness", part, words(text), why).map(|e| e.words.len())
        };
        use {TextPart::*, TextSubject::*};
        assert_eq!(decide(Situation, Tile, "Someone ill", "clearer"), Ok(1));
        assert_eq!(decide(Situation, Tile, "Someone ill", " "), Err(PageTextRefused::ReasonMissing));
        assert_eq!(decide(Programme, Tile, "x", "y"), Err(PageTextRefused::Part));
        assert_eq!(decide(Situation, Tile, &"x".repeat(25), "y"), Err(PageTextRefused::TooLong(24)));
        assert_eq!(decide(Programme, Notice, "", "no longer true"), Ok(0));
    }

    #[test]
    fn a_place_has_one_key() {
        let key = page_text_id(TextSubject::Situation, "illness", TextPart::Line);
        assert_eq!(key, page_text_id(TextSubject::Situation, "illness", TextPart::Line));
        assert_ne!(key, page_text_id(TextSubject::Programme, "illness", TextPart::Line));
        assert_ne!(key, page_text_id(TextSubject::Situation, "illness", TextPart::Tile));
    }
}
