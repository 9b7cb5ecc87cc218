//! Pack files as written, before anything is checked. Expressions keep their place for error messages.

use super::{
    benefit::{BenefitKind, Per},
    catalogue::{Operator, Paper, Source},
    fact::{Code, FactKind, Sensitivity},
    programme::{Completeness, Level, State},
    words::{Mark, Status, Words},
};
use crate::Id;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::{Spanned, Value, value::Datetime};

/// An expression with its place in the file.
pub(crate) type Placed = Spanned<String>;

#[derive(Deserialize)]
pub(crate) struct RawPack {
    pub(crate) id: Id,
    #[serde(default)]
    pub(crate) title: Words,
    #[serde(default)]
    pub(crate) currency: String,
    #[serde(default)]
    pub(crate) languages: Vec<String>,
    #[serde(default = "forty")]
    pub(crate) members_max: u32,
}

fn forty() -> u32 {
    40
}

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

#[derive(Deserialize)]
pub(crate) struct RawOperators {
    #[serde(default)]
    pub(crate) operator: Vec<Operator>,
}

#[derive(Deserialize)]
pub(crate) struct RawPapers {
    #[serde(default)]
    pub(crate) paper: Vec<Paper>,
}

#[derive(Deserialize)]
pub(crate) struct RawSources {
    #[serde(default)]
    pub(crate) source: Vec<Source>,
}

#[derive(Deserialize)]
pub(crate) struct RawCalendar {
    #[serde(default)]
    pub(crate) weekend: Vec<u8>,
    #[serde(default)]
    pub(crate) holiday: Vec<RawHoliday>,
}

#[derive(Deserialize)]
pub(crate) struct RawHoliday {
    pub(crate) on: Datetime,
    #[serde(default)]
    pub(crate) name: Words,
    #[serde(default)]
    pub(crate) expected: bool,
    #[serde(default)]
    pub(crate) status: Status,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawProgramme {
    pub(crate) id: Placed,
    pub(crate) operator: Placed,
    #[serde(default = "by_operator")]
    pub(crate) decides: String,
    #[serde(default)]
    pub(crate) deed: String,
    pub(crate) level: Level,
    pub(crate) state: State,
    pub(crate) rules: Spanned<Completeness>,
    #[serde(default)]
    pub(crate) protected: bool,
    #[serde(default)]
    pub(crate) umbrella: String,
    #[serde(default)]
    pub(crate) packs: Vec<String>,
    #[serde(default)]
    pub(crate) target_groups: Vec<String>,
    #[serde(default)]
    pub(crate) places: Vec<String>,
    #[serde(default)]
    pub(crate) status: Status,
    #[serde(default)]
    pub(crate) sources: Vec<Placed>,
    #[serde(default)]
    pub(crate) apply_at: Vec<String>,
    #[serde(default)]
    pub(crate) conditions: Vec<String>,
    #[serde(default)]
    pub(crate) booking: String,
    #[serde(default)]
    pub(crate) note: String,
    #[serde(default)]
    pub(crate) criterion: Vec<RawCriterion>,
    #[serde(default)]
    pub(crate) preference: Vec<RawPreference>,
    #[serde(default)]
    pub(crate) benefit: Vec<RawBenefit>,
    #[serde(default)]
    pub(crate) paper: Vec<RawPaper>,
    #[serde(default)]
    pub(crate) step: Vec<RawStep>,
    #[serde(default)]
    pub(crate) exclusion: Vec<RawRelated>,
    #[serde(default)]
    pub(crate) link: Vec<RawRelated>,
    #[serde(default)]
    pub(crate) fallback: Vec<RawRelated>,
}

fn by_operator() -> String {
    "operator".into()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawCriterion {
    pub(crate) id: Placed,
    pub(crate) when: Option<Placed>,
    #[serde(default)]
    pub(crate) any_of: Vec<RawAlternative>,
    #[serde(default)]
    pub(crate) status: Status,
    #[serde(default)]
    pub(crate) source: Vec<Placed>,
    #[serde(default)]
    pub(crate) note: String,
    pub(crate) from: Option<Datetime>,
    pub(crate) until: Option<Datetime>,
    #[serde(default)]
    pub(crate) words: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawAlternative {
    pub(crate) id: Placed,
    pub(crate) when: Placed,
    #[serde(default)]
    pub(crate) status: Status,
    #[serde(default)]
    pub(crate) source: Vec<Placed>,
    #[serde(default)]
    pub(crate) note: String,
    #[serde(default)]
    pub(crate) words: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawPreference {
    pub(crate) when: Placed,
    #[serde(default, rename = "id")]
    pub(crate) _id: String,
    #[serde(default)]
    pub(crate) status: Status,
    #[serde(default)]
    pub(crate) source: Vec<Placed>,
    #[serde(default, rename = "note")]
    pub(crate) _note: String,
    #[serde(default)]
    pub(crate) words: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawBenefit {
    pub(crate) id: Id,
    pub(crate) kind: BenefitKind,
    #[serde(default)]
    pub(crate) text: Words,
    pub(crate) per: Per,
    pub(crate) applies: Option<Placed>,
    #[serde(default)]
    pub(crate) amount: Vec<RawAmount>,
    pub(crate) status: Option<Status>,
    #[serde(default)]
    pub(crate) source: Vec<Placed>,
    #[serde(default, rename = "note")]
    pub(crate) _note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawAmount {
    pub(crate) pkr: Option<Spanned<Value>>,
    pub(crate) min_pkr: Option<Spanned<Value>>,
    pub(crate) max_pkr: Option<Spanned<Value>>,
    pub(crate) from: Option<Datetime>,
    pub(crate) until: Option<Datetime>,
    #[serde(default)]
    pub(crate) status: Status,
    #[serde(default)]
    pub(crate) source: Vec<Placed>,
    #[serde(default, rename = "note")]
    pub(crate) _note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawPaper {
    pub(crate) id: Placed,
    pub(crate) when: Option<Placed>,
    #[serde(default)]
    pub(crate) status: Status,
    #[serde(default, rename = "note")]
    pub(crate) _note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawStep {
    pub(crate) id: Placed,
    pub(crate) owner: Placed,
    pub(crate) working_days: u32,
    #[serde(default)]
    pub(crate) status: Status,
    #[serde(default, rename = "note")]
    pub(crate) _note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRelated {
    pub(crate) programme: Placed,
    #[serde(default)]
    pub(crate) why: Words,
    #[serde(default)]
    pub(crate) status: Status,
    #[serde(default)]
    pub(crate) source: Vec<Placed>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawTexts {
    #[serde(default)]
    pub(crate) name: BTreeMap<String, TextOrMarks>,
    #[serde(default)]
    pub(crate) line: BTreeMap<String, TextOrMarks>,
    #[serde(default)]
    pub(crate) full: BTreeMap<String, TextOrMarks>,
    #[serde(default)]
    pub(crate) note: String,
}

/// A language's text, or the table of marks beside them.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum TextOrMarks {
    Text(String),
    Marks(BTreeMap<String, Mark>),
}

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
