//! Pack files as written, before anything is checked. Expressions keep their place for error messages.

mod cases;
mod facts;
mod programme;

pub(crate) use cases::{RawCase, RawCases};
pub(crate) use facts::{RawAnswer, RawFact, RawFacts, RawIndicator, RawScore};
pub(crate) use programme::{
    RawAlternative, RawAmount, RawBenefit, RawCriterion, RawPaper, RawPreference, RawProgramme, RawRelated, RawStep,
    RawTexts, TextOrMarks,
};

use super::{
    catalogue::{Operator, Paper, Source},
    grievances::Route,
    words::{Status, Words},
};
use crate::Id;
use serde::Deserialize;
use toml::{Spanned, value::Datetime};

/// An expression with its place in the file.
pub(crate) type Placed = Spanned<String>;

#[derive(Deserialize)]
pub(crate) struct RawPack {
    pub(crate) id: Id,
    #[serde(default)]
    pub(crate) title: Words,
    #[serde(default)]
    pub(crate) version: String,
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
#[serde(deny_unknown_fields)]
pub(crate) struct RawGrievances {
    pub(crate) limits: RawGrievanceLimits,
    #[serde(default)]
    pub(crate) route: Vec<Route>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawGrievanceLimits {
    pub(crate) assign: u32,
    pub(crate) answer: u32,
    pub(crate) citizen: u32,
    #[serde(default)]
    pub(crate) status: Status,
    #[serde(default)]
    pub(crate) source: Vec<Id>,
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
