//! The dictionary and the score cards as written.

use super::Placed;
use crate::{
    Id,
    pack::{
        fact::{Code, FactKind, Sensitivity},
        words::{Status, Words},
    },
};
use serde::Deserialize;
use toml::Value;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawFacts {
    #[serde(default)]
    pub(crate) fact: Vec<RawFact>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawFact {
    pub(crate) id: Placed,
    #[serde(rename = "type")]
    pub(crate) kind_of_value: Placed,
    #[serde(default)]
    pub(crate) unit: String,
    pub(crate) min: Option<Value>,
    pub(crate) max: Option<Value>,
    #[serde(default)]
    pub(crate) scale: u8,
    #[serde(default)]
    pub(crate) codes: Vec<Code>,
    #[serde(default)]
    pub(crate) open_codes: String,
    pub(crate) kind: FactKind,
    pub(crate) derive: Option<Placed>,
    #[serde(default)]
    pub(crate) sensitivity: Sensitivity,
    #[serde(default)]
    pub(crate) fresh_months: u32,
    #[serde(default)]
    pub(crate) label: Words,
    #[serde(default)]
    pub(crate) question: Words,
    #[serde(default)]
    pub(crate) why: Words,
    pub(crate) applies: Option<Placed>,
    pub(crate) otherwise: Option<Value>,
    #[serde(default)]
    pub(crate) meaning: String,
    #[serde(default)]
    pub(crate) status: Status,
    #[serde(default, rename = "source")]
    pub(crate) _source: Vec<Id>,
    #[serde(default, rename = "note")]
    pub(crate) _note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawScore {
    pub(crate) id: Placed,
    #[serde(default)]
    pub(crate) title: Words,
    pub(crate) scale: String,
    #[serde(default)]
    pub(crate) digits: u8,
    pub(crate) min: Value,
    pub(crate) max: Value,
    #[serde(default)]
    pub(crate) lower_is: String,
    #[serde(default)]
    pub(crate) published: bool,
    #[serde(default)]
    pub(crate) note: String,
    #[serde(default)]
    pub(crate) source: Vec<Id>,
    #[serde(default)]
    pub(crate) indicator: Vec<RawIndicator>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawIndicator {
    pub(crate) id: Id,
    #[serde(default)]
    pub(crate) text: Words,
    #[serde(default)]
    pub(crate) answer: Vec<RawAnswer>,
    #[serde(default, rename = "note")]
    pub(crate) _note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawAnswer {
    pub(crate) when: Placed,
    pub(crate) points: Value,
    #[serde(default, rename = "text")]
    pub(crate) _text: Words,
}
