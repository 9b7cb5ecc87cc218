//! Columns taken straight from the tables: what does not fit its fact is left out, and so unknown.

use super::{
    facts::{Read, code_of, decimal},
    writer::{Level, Writer, literal, literals, quoted},
};
use crate::{
    Interval,
    expr::{
        check::{AGE_MAX, AGE_MONTHS_MAX},
        rule::At,
    },
    pack::fact::FactType,
};
use chrono::Datelike;

impl Writer<'_> {
    /// A fact as its table holds it, under a name.
    pub(super) fn held(&mut self, at: At, what: Read, name: &str) {
        let (slot, fact, level) = self.slot(at);
        let column = quoted(fact.short());
        let complete = fact.id == "household.members_complete";
        let bounds = slot.bounds;
        self.base(level, name, || match (what, slot.kind_of_value) {
            (Read::Has(code), _) => {
                let code = literal(code_of(fact, code));
                let all = quoted(&format!("{}_complete", fact.short()));
                format!(
                    "CASE WHEN list_contains({column}, {code}) THEN TRUE WHEN {column} IS NOT NULL AND {all} THEN FALSE END"
                )
            }
            // "These are all" closes the list; its absence is no no, since somebody may still say it.
            _ if complete => format!("CASE WHEN {column} THEN TRUE END"),
            (_, FactType::Int) => number(&column, bounds, 0),
            (_, FactType::Decimal { scale }) => number(&column, bounds, scale),
            (_, FactType::Code) => {
                format!("CASE WHEN {column} IN ({}) THEN {column} END", literals(fact.codes.iter().map(|c| &*c.id)))
            }
            (_, FactType::Bool | FactType::Set | FactType::Date) => column,
        });
    }

    /// Whether a set is known to have none of its codes.
    pub(super) fn surely_empty(&mut self, at: At, name: &str) {
        let (_, fact, level) = self.slot(at);
        let (column, all) = (quoted(fact.short()), quoted(&format!("{}_complete", fact.short())));
        let codes = literals(fact.codes.iter().map(|c| &*c.id));
        // A pack without programmes has a set of programmes without codes.
        let any = if codes.is_empty() { "FALSE".to_owned() } else { format!("list_has_any({column}, [{codes}])") };
        self.base(level, name, || format!("coalesce({all} AND {column} IS NOT NULL AND NOT {any}, FALSE)"));
    }

    /// A score as its registry supplies it.
    pub(super) fn supplied(&mut self, score: usize, name: &str) {
        let score = &self.pack.scores[score];
        let column = quoted(&format!("score_{}", score.id));
        self.base(Level::Household, name, || number(&column, score.bounds, score.digits));
    }

    /// Each person's age in completed years and months, from the earliest and the latest day of birth.
    pub(super) fn base_ages(&mut self) {
        let at = self.at;
        let months = |column: &str| {
            let whole = format!("({} - year({column})) * 12 + {} - month({column})", at.year(), at.month());
            // The month is completed on the day of birth.
            let months = format!("{whole} - CASE WHEN day({column}) > {} THEN 1 ELSE 0 END", at.day());
            format!("greatest({months}, 0)")
        };
        let ends = [("low", "\"birth_high\"", 0), ("high", "\"birth_low\"", 1)];
        for (end, column, high) in ends {
            let months = months(column);
            let known = |text: String, most: i64| {
                let otherwise = most * high;
                format!(
                    "CASE WHEN \"birth_low\" <= \"birth_high\" THEN CAST(least({text}, {most}) AS BIGINT) ELSE {otherwise} END"
                )
            };
            self.base(Level::Person, &format!("person.age.{end}"), || known(format!("({months}) // 12"), AGE_MAX));
            self.base(Level::Person, &format!("person.months.{end}"), || known(months.clone(), AGE_MONTHS_MAX));
        }
    }
}

/// A number column within its bounds, as a whole number times ten to its scale.
fn number(column: &str, bounds: Interval, scale: u8) -> String {
    let [low, high] = [bounds.low, bounds.high].map(|end| decimal(end, scale));
    let factor = 10i64.pow(u32::from(scale.min(18)));
    let value = if scale == 0 { column.to_owned() } else { format!("CAST({column} * {factor} AS BIGINT)") };
    format!("CASE WHEN {column} BETWEEN {low} AND {high} THEN {value} END")
}
