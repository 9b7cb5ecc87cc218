//! One household of a chunk as the row evaluator sees it, for explanations.

use crate::{
    chunk::{Chunk, Layout},
    column::Column,
    field::{Field, Part},
    mapping::{COMPLETE, SURVEY},
};
use chrono::TimeDelta;
use rules::{Birth, Date, Family, Held, Member, Value, pack::fact::FactType};
use std::collections::{BTreeMap, BTreeSet};

/// The columns of one fact.
struct Parts<'a> {
    fields: Vec<(&'a Field, &'a Column)>,
}

/// Columns by fact.
type Facts<'a> = BTreeMap<&'a str, Parts<'a>>;

/// Gives households of a chunk one by one; the chunk holds every column of the layout.
pub struct Families<'a> {
    chunk: &'a Chunk,
    household: Facts<'a>,
    person: Facts<'a>,
    day: Date,
}

impl<'a> Families<'a> {
    /// For a chunk with all columns of a layout, whose values were learnt on a day.
    pub fn new(chunk: &'a Chunk, layout: &'a Layout, day: Date) -> Self {
        let household = facts(&layout.household, &chunk.household);
        Self { chunk, household, person: facts(&layout.person, &chunk.person), day }
    }

    /// The household at a place.
    pub fn get(&self, at: usize) -> Family {
        let mut family = Family::default();
        for (id, parts) in &self.household {
            let Some(value) = parts.value(at) else { continue };
            if SURVEY.contains(id) {
                // No rule reads what only a survey tells.
            } else if *id == COMPLETE {
                family.members_complete = value == Value::Bool(true);
            } else if let Some(score) = id.strip_prefix("scores.") {
                if let Value::Decimal(points) = value {
                    family.scores.insert(score.to_owned(), points);
                }
            } else {
                family.household.insert(short(id), Held::said(value, self.day));
            }
        }
        let (first, end) = (self.chunk.members[at] as usize, self.chunk.members[at + 1] as usize);
        family.members = (first..end).map(|row| self.member(row, row - first)).collect();
        family
    }

    fn member(&self, row: usize, nth: usize) -> Member {
        let key = self.chunk.person_ids.as_ref().map_or_else(|| (nth + 1).to_string(), |ids| ids.get(row).to_string());
        let mut member = Member { key, ..Member::default() };
        for (id, parts) in &self.person {
            match parts.value(row) {
                Some(Value::Date(birth)) if *id == "person.birth" => member.birth = Some(birth),
                Some(value) => drop(member.facts.insert(short(id), Held::said(value, self.day))),
                None => {}
            }
        }
        member
    }
}

fn facts<'a>(fields: &'a [Field], columns: &'a [Column]) -> Facts<'a> {
    let mut facts = Facts::new();
    for (field, column) in fields.iter().zip(columns) {
        facts.entry(field.fact.as_str()).or_insert_with(|| Parts { fields: vec![] }).fields.push((field, column));
    }
    facts
}

fn short(id: &str) -> String {
    id.split_once('.').map_or(id, |(_, short)| short).to_owned()
}

impl Parts<'_> {
    fn part(&self, part: Part, at: usize) -> Option<i64> {
        self.fields.iter().find(|(field, _)| field.part == part).and_then(|(_, column)| column.get(at))
    }

    fn value(&self, at: usize) -> Option<Value> {
        let (field, column) = self.fields.first()?;
        match field.kind {
            FactType::Bool => column.get(at).map(|n| Value::Bool(n == 1)),
            FactType::Int => column.get(at).map(Value::Int),
            FactType::Decimal { .. } => column.get(at).map(Value::Decimal),
            FactType::Code => {
                let place = usize::try_from(column.get(at)?).ok()?;
                field.codes.get(place).cloned().map(Value::Code)
            }
            FactType::Date => {
                let earliest = self.part(Part::Earliest, at)?;
                let latest = self.part(Part::Latest, at).unwrap_or(earliest);
                Some(Value::Date(Birth { earliest: day(earliest)?, latest: day(latest)? }))
            }
            FactType::Set => self.set(field, at),
        }
    }

    fn set(&self, field: &Field, at: usize) -> Option<Value> {
        let complete = self.part(Part::Complete, at) == Some(1);
        let mut has = BTreeSet::new();
        for (place, code) in field.codes.iter().enumerate() {
            let bits = self.part(Part::Has(place / 64), at).unwrap_or(0);
            if bits >> (place % 64) & 1 == 1 {
                has.insert(code.clone());
            }
        }
        (complete || !has.is_empty()).then_some(Value::Set { has, complete })
    }
}

/// The date of a day's number.
fn day(number: i64) -> Option<Date> {
    Date::from_ymd_opt(1880, 1, 1)?.checked_add_signed(TimeDelta::try_days(number)?)
}
