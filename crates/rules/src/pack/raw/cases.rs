//! Golden cases as written.

use super::Placed;
use crate::pack::words::Status;
use serde::Deserialize;
use toml::value::Datetime;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawCases {
    #[serde(default)]
    pub(crate) case: Vec<RawCase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawCase {
    pub(crate) name: Placed,
    #[serde(default)]
    pub(crate) source: OneOrMany,
    pub(crate) on: Datetime,
    pub(crate) expect: Placed,
    pub(crate) candidate: Option<Placed>,
    #[serde(default)]
    pub(crate) household: toml::Table,
    #[serde(default)]
    pub(crate) scores: toml::Table,
    #[serde(default)]
    pub(crate) member: Vec<toml::Table>,
    #[serde(default, rename = "note")]
    pub(crate) _note: String,
    #[serde(default, rename = "status")]
    pub(crate) _status: Status,
}

/// One text or a list of texts.
#[derive(Default, Deserialize)]
#[serde(untagged)]
pub(crate) enum OneOrMany {
    #[default]
    None,
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    pub(crate) fn joined(&self) -> String {
        match self {
            OneOrMany::None => String::new(),
            OneOrMany::One(text) => text.clone(),
            OneOrMany::Many(texts) => texts.join(", "),
        }
    }
}
