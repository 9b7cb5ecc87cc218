//! The mapping file as written.

use super::{DateAs, Round};
use crate::fault::{Fault, Faults, Place};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMapping {
    pub(super) day: Option<Spanned<String>>,
    pub(super) members_complete: Option<RawComplete>,
    pub(super) households: RawHouseholds,
    pub(super) persons: RawPersons,
    #[serde(default)]
    pub(super) household: BTreeMap<Spanned<String>, RawSource>,
    #[serde(default)]
    pub(super) person: BTreeMap<Spanned<String>, RawSource>,
    #[serde(default)]
    pub(super) scores: BTreeMap<Spanned<String>, RawSource>,
    #[serde(default)]
    pub(super) survey: BTreeMap<Spanned<String>, RawSource>,
}

/// `true`, `false`, or a column.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum RawComplete {
    Always(bool),
    Column(Box<RawSource>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawHouseholds {
    pub(super) id: String,
    pub(super) district: Option<String>,
    #[serde(default)]
    pub(super) null: Vec<RawText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPersons {
    pub(super) household: String,
    pub(super) id: Option<String>,
    #[serde(default)]
    pub(super) null: Vec<RawText>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSource {
    pub(super) column: String,
    #[serde(default)]
    pub(super) codes: BTreeMap<String, Spanned<String>>,
    pub(super) factor: Option<Spanned<RawText>>,
    pub(super) round: Option<Round>,
    #[serde(default)]
    pub(super) null: Vec<RawText>,
    #[serde(default)]
    pub(super) yes: Vec<RawText>,
    #[serde(default)]
    pub(super) no: Vec<RawText>,
    #[serde(default, rename = "as")]
    pub(super) date: DateAs,
    pub(super) at: Option<Spanned<String>>,
    pub(super) separator: Option<String>,
    pub(super) complete: Option<bool>,
    pub(super) outside: Option<Spanned<String>>,
}

/// What stands in a table: text, or a number written without quotes.
#[derive(Deserialize, Clone)]
#[serde(untagged)]
pub(super) enum RawText {
    Text(String),
    Number(i64),
    Decimal(f64),
    Bool(bool),
}

impl RawText {
    pub(super) fn text(&self) -> String {
        match self {
            Self::Text(text) => text.trim().to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Decimal(number) => number.to_string(),
            Self::Bool(yes) => yes.to_string(),
        }
    }
}

pub(super) fn parse(file: &str, text: &str) -> Result<RawMapping, Faults> {
    toml::from_str(text).map_err(|error| {
        let place = error.span().map_or(Place::Whole, |span| line_of(text, span.start));
        Fault::of(file, format!("{}.", error.message().trim().trim_end_matches('.'))).at(place).into()
    })
}

/// The line of a byte of a text.
pub(super) fn line_of(text: &str, at: usize) -> Place {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    Place::Line(1 + before.iter().filter(|byte| **byte == b'\n').count() as u64)
}
