//! Checking oneself without a name: from answers that travel with the reader to questions, verdicts and pages.
//!
//! Pure, like `rules`: no file, clock, network or store. The server calls it, and so does a phone without a line, where
//! the same crate runs as WebAssembly. Words, values and reasons live here because both sides show them.

pub mod answers;
pub mod ask;
pub mod carry;
pub mod fields;
pub mod group;
pub mod pages;
pub mod qr;
pub mod reasons;
pub mod shell;
pub mod text;
pub mod topics;
pub mod values;

pub use pages::{Request, Served, serve};

use rules::{Id, Pack, pack::catalogue::Place};
use text::T;

/// One choice of a list, or one place to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its value.
    pub value: String,
    /// Its words.
    pub text: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl Choice {
    /// Every code of a list as choices, with its words from the family of messages `family`.
    pub fn codes(t: T, family: &str, codes: &[&str], chosen: &str) -> Vec<Choice> {
        let choice =
            |code: &&str| Choice { value: (*code).to_owned(), text: t.code(family, code), chosen: *code == chosen };
        codes.iter().map(choice).collect()
    }

    /// The districts of the pack, those that are served here first.
    pub fn districts(pack: &Pack, t: T, chosen: &str, served: impl Fn(&str) -> bool) -> Vec<Choice> {
        let choice = |place: &Place| Choice {
            value: place.code.to_string(),
            text: t.pack(&place.name).to_owned(),
            chosen: place.code == *chosen,
        };
        let (mut first, mut rest): (Vec<Choice>, Vec<Choice>) =
            pack.places().iter().map(choice).partition(|choice| served(&choice.value));
        rest.sort_by(|a, b| a.text.cmp(&b.text));
        first.append(&mut rest);
        first
    }

    /// The codes of a fact of the pack, in its order.
    pub fn of_fact(pack: &Pack, t: T, fact: &str, chosen: &str) -> Vec<Choice> {
        let codes = pack.fact(fact).map_or(&[][..], |fact| &fact.codes[..]);
        let text = |code: &Id| pack.fact(fact).map(|fact| values::code_text(pack, t, fact, code)).unwrap_or_default();
        let choice = |code: &rules::pack::fact::Code| Choice {
            value: code.id.to_string(),
            text: text(&code.id),
            chosen: code.id == *chosen,
        };
        codes.iter().map(choice).collect()
    }
}
