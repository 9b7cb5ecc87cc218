//! The mapping file: other people's column names, codes, units and null conventions, told once and checked.
//!
//! See docs/guide/targeting.md for a worked one. Without a mapping, columns named as facts are taken as they are.

mod check;
mod raw;

pub(crate) use check::{decimal, in_words};

use crate::fault::Faults;
use rules::{Date, Pack};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The id under which the completeness of the member list is kept, whether or not the pack declares it as a fact.
pub const COMPLETE: &str = "household.members_complete";

/// What a survey tells of a household beside the facts of a policy: consumption in rupees a month for each person or
/// each adult equivalent, how many households it stands for, and how many people live in it.
pub const SURVEY: [&str; 4] =
    ["survey.consumption_per_person", "survey.consumption_per_adult_equivalent", "survey.weight", "survey.size"];

/// Where the facts of a pack stand in two tables.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    /// The mapping's own file, for messages; empty when there is none.
    pub file: String,
    /// SHA-256 of its text in hexadecimal; empty when there is none.
    pub hash: String,
    /// The day the data stand for: when values were learnt, and at which ages were stated.
    pub day: Option<Date>,
    /// Whether the persons of a household are all its members.
    pub complete: Complete,
    /// Column of the households' ids.
    pub household_id: String,
    /// Column of the district, when it is not the fact `household.district`.
    pub district: Option<String>,
    /// Column of the persons' household ids.
    pub person_household: String,
    /// Column of the persons' own ids, if they have any.
    pub person_id: Option<String>,
    /// What stands for *not known* in every column of the households' table; empty text always does.
    pub household_null: Vec<String>,
    /// What stands for *not known* in every column of the persons' table; empty text always does.
    pub person_null: Vec<String>,
    /// Sources by full fact id, `scores.x`, or what a survey tells.
    pub facts: BTreeMap<String, Source>,
}

/// Whether somebody said that the member list is complete.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Complete {
    /// Nobody said so: counts stay open.
    #[default]
    Unknown,
    /// For every household the same.
    Always(bool),
    /// A column says.
    Column,
}

/// Where one fact comes from and how it is written there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// The column.
    pub column: String,
    /// What stands for which code of the fact.
    pub codes: BTreeMap<String, String>,
    /// What a number is multiplied by, as a fraction, to come to the fact's unit.
    pub factor: Option<(i64, i64)>,
    /// What to do with a number between two steps of the fact's scale; without it such a number is a fault.
    pub round: Option<Round>,
    /// What stands for *not known* in this column, beside those of its table.
    pub null: Vec<String>,
    /// What stands for yes; by default `true`, `yes`, `1`.
    pub yes: Vec<String>,
    /// What stands for no; by default `false`, `no`, `0`.
    pub no: Vec<String>,
    /// How a date is written.
    pub date: DateAs,
    /// The day at which an age was stated, when it is not the day of the data.
    pub at: Option<Date>,
    /// What stands between the codes of a set.
    pub separator: Option<String>,
    /// Whether a set names all codes there are (the default), or only some.
    pub some_codes: bool,
    /// Whether a number outside the fact's bounds reads as unknown instead of being a fault; how many did is told.
    pub outside_is_unknown: bool,
}

/// How a date is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateAs {
    /// A date: a day, or text such as `1985`, `1985-03`, `1985-03-02`, `~1985`.
    #[default]
    Date,
    /// The year.
    Year,
    /// Completed years of age.
    Age,
}

/// How to come to the nearest step of a fact's scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Round {
    /// To the step below.
    Down,
    /// To the step above.
    Up,
    /// To the nearest step, halves up.
    Nearest,
}

impl Mapping {
    /// Columns named as facts: `household_id`, `person_id` and the facts' own names, short or in full.
    pub fn plain() -> Self {
        Self {
            household_id: "household_id".into(),
            person_household: "household_id".into(),
            person_id: Some("person_id".into()),
            ..Self::default()
        }
    }

    /// Reads a mapping file and checks it against the pack.
    ///
    /// # Errors
    /// Everything wrong with it, with line and suggestion: unknown facts and codes, settings that do not fit the
    /// fact's type, a factor that is no number.
    pub fn read(file: &str, text: &str, pack: &Pack) -> Result<Self, Faults> {
        let raw = raw::parse(file, text)?;
        let mut mapping = check::check(file, text, raw, pack)?;
        mapping.hash = hex(&Sha256::digest(text));
        Ok(mapping)
    }

    /// Whether it was written by somebody, so that columns it does not name are left out.
    pub fn is_written(&self) -> bool {
        !self.file.is_empty()
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
