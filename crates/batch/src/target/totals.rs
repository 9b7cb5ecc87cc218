//! Counts of verdicts: overall, by district, and by what else was asked for.

use crate::disclosure::Readers;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Households by verdict on one programme.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Meet the criteria.
    pub yes: u64,
    /// Do not.
    pub no: u64,
    /// Cannot be told.
    pub unknown: u64,
    /// Of all these, receive it already with nobody else meeting the criteria.
    pub receives: u64,
}

/// Households of one group with their verdicts, programme by programme.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// How many households.
    pub households: u64,
    /// How many persons.
    pub persons: u64,
    /// In the order of [`Totals::programmes`].
    pub counts: Vec<Counts>,
}

/// Counts of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// The programmes' ids.
    pub programmes: Vec<String>,
    /// Rows by what is counted by (empty: everything) and by group (empty: not known).
    pub rows: BTreeMap<String, BTreeMap<String, Row>>,
}

impl Counts {
    fn add(&mut self, more: &Counts) {
        self.yes += more.yes;
        self.no += more.no;
        self.unknown += more.unknown;
        self.receives += more.receives;
    }
}

impl Totals {
    /// No households yet.
    pub fn of(programmes: &[String]) -> Self {
        Self { programmes: programmes.to_vec(), rows: BTreeMap::new() }
    }

    /// The row of a group, made when it is not there.
    pub(super) fn row(&mut self, by: &str, group: &str) -> &mut Row {
        let none = Row { counts: vec![Counts::default(); self.programmes.len()], ..Row::default() };
        self.rows.entry(by.to_owned()).or_default().entry(group.to_owned()).or_insert(none)
    }

    /// Adds the counts of other households.
    pub fn add(&mut self, more: &Totals) {
        if self.programmes.is_empty() {
            self.programmes.clone_from(&more.programmes);
        }
        for (by, groups) in &more.rows {
            for (group, row) in groups {
                let own = self.row(by, group);
                own.households += row.households;
                own.persons += row.persons;
                own.counts.iter_mut().zip(&row.counts).for_each(|(a, b)| a.add(b));
            }
        }
    }

    /// Everything.
    pub fn overall(&self) -> Option<&Row> {
        self.rows.get("").and_then(|groups| groups.get(""))
    }

    /// How many households.
    pub fn households(&self) -> u64 {
        self.overall().map_or(0, |row| row.households)
    }

    /// The same with counts as these readers may see them.
    pub fn seen_by(&self, readers: Readers) -> Self {
        let mut seen = self.clone();
        for row in seen.rows.values_mut().flat_map(BTreeMap::values_mut) {
            (row.households, row.persons) = (readers.count(row.households), readers.count(row.persons));
            for counts in &mut row.counts {
                for count in [&mut counts.yes, &mut counts.no, &mut counts.unknown, &mut counts.receives] {
                    *count = readers.count(*count);
                }
            }
        }
        seen
    }

    /// As CSV: a line per group and programme.
    ///
    /// # Errors
    /// None in practice: it is written to memory.
    pub fn to_csv(&self) -> Result<String, csv::Error> {
        let mut writer = csv::Writer::from_writer(vec![]);
        writer.write_record(["by", "group", "programme", "households", "yes", "no", "unknown", "receives_already"])?;
        for (by, groups) in &self.rows {
            for (group, row) in groups {
                for (programme, counts) in self.programmes.iter().zip(&row.counts) {
                    let numbers = [row.households, counts.yes, counts.no, counts.unknown, counts.receives];
                    let words = [by.as_str(), group, programme].map(str::to_owned).into_iter();
                    writer.write_record(words.chain(numbers.map(|n| n.to_string())))?;
                }
            }
        }
        writer.flush()?;
        let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}
