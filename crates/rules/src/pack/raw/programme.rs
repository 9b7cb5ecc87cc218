//! A programme and its texts as written.

use super::Placed;
use crate::{
    Id,
    pack::{
        benefit::{BenefitKind, Per},
        programme::{Completeness, Level, State},
        words::{Mark, Status, Words},
    },
};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::{Spanned, Value, value::Datetime};

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
    pub(crate) purpose: Option<domain::payments::Purpose>,
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
