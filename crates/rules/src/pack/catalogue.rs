//! What stands around the programmes: operators, papers, sources, places and the calendar of the province.

use super::words::{Status, Words};
use crate::Id;
use domain::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A department or organisation that runs programmes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Operator {
    /// Its id.
    pub id: Id,
    /// Its name.
    #[serde(default)]
    pub name: Words,
    /// `federal`, `provincial`, `non_public`, ..
    #[serde(default)]
    pub level: String,
    /// The department of the window it belongs to.
    #[serde(default)]
    pub department: String,
    /// A note for officers.
    #[serde(default)]
    pub note: String,
}

/// A document a family brings.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Paper {
    /// Its id.
    pub id: Id,
    /// Its name.
    #[serde(default)]
    pub name: Words,
    /// Who issues it.
    #[serde(default)]
    pub issuer: Words,
    /// Where to get it.
    #[serde(default, rename = "where")]
    pub place: Words,
    /// How to get it.
    #[serde(default)]
    pub how: Words,
    /// Calendar days it takes once asked for, as far as known.
    #[serde(default)]
    pub days: Option<u32>,
    /// Months until it expires; zero: never.
    #[serde(default)]
    pub valid_months: u32,
    /// Whether one paper serves the whole household.
    #[serde(default)]
    pub household: bool,
    /// How well the source supports it.
    #[serde(default)]
    pub status: Status,
    /// Source ids.
    #[serde(default)]
    pub source: Vec<Id>,
    /// A note for officers.
    #[serde(default)]
    pub note: String,
}

/// What a source id stands for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Source {
    /// Its id.
    pub id: Id,
    /// What it is.
    #[serde(default)]
    pub title: String,
    /// What kind of source: official, press, secondary, ..
    #[serde(default)]
    pub kind: String,
    /// Where it is, when public.
    #[serde(default)]
    pub url: String,
    /// The day or year it was published, as written.
    #[serde(default)]
    pub date: String,
    /// A note.
    #[serde(default)]
    pub note: String,
}

/// A district.
#[derive(Debug, Clone, Serialize)]
pub struct Place {
    /// Its code, as used by the district fact.
    pub code: Id,
    /// Its name.
    pub name: Words,
    /// Its province.
    pub province: String,
    /// People counted.
    pub population: Option<u64>,
    /// Every column of the row, by heading.
    pub columns: BTreeMap<String, String>,
}

/// Days on which clocks of working days stand still.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Calendar {
    /// Weekly days off, Monday = 1 .. Sunday = 7.
    pub weekend: Vec<u8>,
    /// Holidays in date order.
    pub holidays: Vec<Holiday>,
}

/// One day off.
#[derive(Debug, Clone, Serialize)]
pub struct Holiday {
    /// The day.
    pub on: Date,
    /// Its name.
    pub name: Words,
    /// The day depends on the moon and may move by a day or two when announced.
    pub expected: bool,
    /// How well the source supports it.
    pub status: Status,
}

impl Calendar {
    /// Whether offices work on a day.
    pub fn is_working_day(&self, day: Date) -> bool {
        use chrono::Datelike;
        let weekday = u8::try_from(day.weekday().number_from_monday()).unwrap_or_default();
        !self.weekend.contains(&weekday) && self.holidays.binary_search_by_key(&day, |h| h.on).is_err()
    }
}
