//! What is held about one household when it is screened: values with who said them, and nothing assumed.

use crate::{Id, birth::Birth};
use chrono::Months;
use domain::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One household as the rules see it. A fact that is absent is unknown: never no, never zero.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Family {
    /// Facts of the household, by fact id without the `household.` prefix.
    #[serde(default)]
    pub household: FactValues,
    /// The members told so far.
    #[serde(default)]
    pub members: Vec<Member>,
    /// Someone said "these are all". While false, counts and `all`/`exists` stay open.
    #[serde(default)]
    pub members_complete: bool,
    /// Scores supplied by a registry, by score id, at the score's own number of decimals.
    #[serde(default)]
    pub scores: BTreeMap<String, i64>,
}

/// One member of the household.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Shown back in verdicts; any text that is unique in the family.
    pub key: String,
    /// The name, for sentences only; no rule reads it.
    #[serde(default)]
    pub name: String,
    /// Facts of the person, by fact id without the `person.` prefix.
    #[serde(default)]
    pub facts: FactValues,
    /// The birth date as far as known.
    #[serde(default)]
    pub birth: Option<Birth>,
}

/// Values by fact id without its record prefix.
pub type FactValues = BTreeMap<String, Held>;

/// One value in force, with where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The value.
    pub value: Value,
    /// How it was shown.
    pub source: Provenance,
    /// The day it was learnt; a value older than the fact's `fresh_months` reads as unknown.
    pub on: Date,
    /// Who recorded or supplied it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// No month is shorter, in days.
const SHORTEST_MONTH: i64 = 28;

impl Held {
    /// Whether it is older at a day than a fact that stays fresh for so many months allows; zero months: never.
    pub fn is_stale(&self, fresh_months: u32, at: Date) -> bool {
        let surely_fresh = || (at - self.on).num_days() <= i64::from(fresh_months) * SHORTEST_MONTH;
        let last_day = || self.on.checked_add_months(Months::new(fresh_months));
        fresh_months > 0 && !surely_fresh() && last_day().is_some_and(|last| last < at)
    }

    /// A value somebody told us on a day.
    pub fn said(value: Value, on: Date) -> Self {
        Self { value, source: Provenance::Said, on, by: None }
    }
}

/// How a value was shown to be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provenance {
    /// Told at the window.
    Said,
    /// Read from a paper.
    PaperSeen,
    /// Confirmed by the source that keeps the record.
    Verified,
}

/// The value of a fact, in the type its dictionary entry declares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Yes or no.
    Bool(bool),
    /// A whole number in the fact's unit.
    Int(i64),
    /// A decimal number times ten to the fact's scale.
    Decimal(i64),
    /// One of the fact's codes.
    Code(String),
    /// Some of the fact's codes; unless `complete`, the others are unknown.
    Set {
        /// The codes known to be in the set.
        has: BTreeSet<String>,
        /// Whether these are all.
        complete: bool,
    },
    /// A date, perhaps partial.
    Date(Birth),
}

/// Points at one value of one record: a fact of the household, of a member, or a score.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FactRef {
    /// The full fact id (`household.x`, `person.x`, `scores.x`).
    pub fact: Id,
    /// The member's key; none for the household and for scores.
    pub member: Option<Id>,
}
