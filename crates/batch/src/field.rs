//! Which columns a fact is kept in, and what their numbers mean: one for most facts, two for a date, several for a set.

use crate::{
    column::Physical,
    mapping::{COMPLETE, SURVEY},
};
pub use rules::column::Part;
use rules::{
    Id, Interval, Pack,
    column::{Input, Kind},
    pack::fact::{FactType, Record},
};
use serde::{Deserialize, Serialize};

/// Codes per column of bits of a set.
const BITS: usize = 64;

/// The most columns one fact is kept in; a set of more than 128 codes is not read from tables.
pub const MOST_PARTS: usize = 3;

/// One column of a table of households or persons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The fact's full id, or `scores.x`.
    pub fact: String,
    /// Which part of its value.
    pub part: Part,
    /// The type of the fact's values; a score is a decimal at its own digits.
    pub kind: FactType,
    /// How they lie.
    pub physical: Physical,
    /// The least a number can be, at its scale.
    pub low: i64,
    /// The most a number can be, at its scale.
    pub high: i64,
    /// The dictionary of a code or set.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
}

impl Field {
    /// Whose record the fact stands on; scores stand on the household's.
    pub fn record(&self) -> Record {
        record_of(&self.fact)
    }

    /// The column's name in files of our own; a program's input has the same.
    pub fn name(&self) -> String {
        match self.part {
            Part::Whole | Part::Earliest => self.fact.clone(),
            Part::Latest => format!("{}#latest", self.fact),
            Part::Has(word) => format!("{}#{word}", self.fact),
            Part::Complete => format!("{}#complete", self.fact),
        }
    }
}

impl Field {
    /// The same column as a program's input, for a fact that stays fresh for so many months.
    pub(crate) fn input(&self, fresh_months: u32) -> Input {
        let kind = match self.kind {
            FactType::Bool => Kind::Bool,
            FactType::Int => Kind::Number { scale: 0 },
            FactType::Decimal { scale } => Kind::Number { scale },
            FactType::Code => Kind::Code,
            FactType::Date => Kind::Day,
            FactType::Set => Kind::Bits,
        };
        Input {
            name: self.name(),
            fact: Id::from(self.fact.as_str()),
            part: self.part,
            record: self.record(),
            physical: self.physical,
            kind,
            bounds: Interval::new(self.low, self.high),
            codes: self.codes.iter().map(|code| Id::from(code.as_str())).collect(),
            fresh_months,
        }
    }
}

/// The columns a fact or score is kept in; none when the pack does not declare it.
pub fn fields_of(pack: &Pack, id: &str) -> Vec<Field> {
    let field = |part, kind, physical, bounds: Interval, codes: &[String]| Field {
        fact: id.to_owned(),
        part,
        kind,
        physical,
        low: bounds.low,
        high: bounds.high,
        codes: codes.to_owned(),
    };
    let truth = Interval::new(0, 1);
    if let Some(score) = id.strip_prefix("scores.").and_then(|id| pack.score(id)) {
        let kind = FactType::Decimal { scale: score.digits };
        return vec![field(Part::Whole, kind, Physical::of_bounds(score.bounds), score.bounds, &[])];
    }
    let number = |kind, high| {
        let bounds = Interval::new(0, high);
        vec![field(Part::Whole, kind, Physical::of_bounds(bounds), bounds, &[])]
    };
    let Some(fact) = pack.fact(id) else {
        return match id {
            COMPLETE => vec![field(Part::Whole, FactType::Bool, Physical::U8, truth, &[])],
            "survey.weight" => number(FactType::Int, MOST_WEIGHT),
            "survey.size" => number(FactType::Int, 1000),
            id if SURVEY.contains(&id) => number(FactType::Decimal { scale: 2 }, MOST_PAISA),
            _ => vec![],
        };
    };
    let codes: Vec<String> = fact.codes.iter().map(|c| c.id.to_string()).collect();
    let last = Interval::new(0, i64::try_from(codes.len()).unwrap_or(i64::MAX).max(1) - 1);
    let kind = fact.kind_of_value;
    match kind {
        FactType::Bool => vec![field(Part::Whole, kind, Physical::U8, truth, &[])],
        FactType::Int | FactType::Decimal { .. } => {
            vec![field(Part::Whole, kind, Physical::of_bounds(fact.bounds), fact.bounds, &[])]
        }
        FactType::Code => vec![field(Part::Whole, kind, Physical::of_codes(codes.len()), last, &codes)],
        FactType::Date => {
            let part = |part| field(part, kind, Physical::U16, Interval::new(0, DAY_LAST), &[]);
            vec![part(Part::Earliest), part(Part::Latest)]
        }
        FactType::Set => {
            let bits = |word| field(Part::Has(word), kind, Physical::U64, Interval::new(i64::MIN, i64::MAX), &codes);
            let complete = field(Part::Complete, kind, Physical::U8, truth, &[]);
            (0..codes.len().div_ceil(BITS)).map(bits).chain([complete]).collect()
        }
    }
}

/// The most households that one household of a survey stands for; far beyond any, so that sums stay exact.
const MOST_WEIGHT: i64 = 1_000_000_000_000;

/// The most that is consumed in a month, in paisa.
const MOST_PAISA: i64 = 1_000_000_000_000_000;

/// The last day a column of days can hold.
pub const DAY_LAST: i64 = 65_534;

/// Whose record a full id stands on; scores stand on the household's.
pub fn record_of(id: &str) -> Record {
    if id.starts_with("person.") { Record::Person } else { Record::Household }
}
