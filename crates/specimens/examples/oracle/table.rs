//! Households as the CSV files of the SQL text's two tables.

use rules::{
    Birth, FactValues, Family, Pack, Value,
    pack::fact::Record,
    sql::{Column, ColumnType, columns},
};
use specimens::expr::digits;
use std::fmt::Write;

/// The files `households.csv` and `persons.csv`. Values too old are to be left out before.
pub fn csv(pack: &Pack, families: &[Family]) -> [String; 2] {
    let [of_household, of_person] = [Record::Household, Record::Person].map(|record| columns(pack, record));
    let (mut households, mut persons) = (heading(&of_household), heading(&of_person));
    for (number, family) in families.iter().enumerate() {
        let _ = write!(households, "h{number},{}", family.members_complete);
        for column in &of_household[2..] {
            let score = column.of.strip_prefix("scores.").map(|id| (family.scores.get(id), column.kind));
            match score {
                Some((points, kind)) => push(&mut households, points.map(|p| number_text(*p, kind))),
                None => push(&mut households, held(&family.household, column)),
            }
        }
        households.push('\n');
        for member in &family.members {
            let _ = write!(persons, "h{number},{}", member.key);
            for column in &of_person[2..] {
                let birth = (column.of == "person.birth").then_some(member.birth).flatten();
                push(&mut persons, birth.map(|birth| day(birth, column)).or_else(|| held(&member.facts, column)));
            }
            persons.push('\n');
        }
    }
    [households, persons]
}

fn heading(columns: &[Column]) -> String {
    columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(",") + "\n"
}

fn push(line: &mut String, value: Option<String>) {
    let _ = write!(line, ",{}", value.unwrap_or_default());
}

fn number_text(value: i64, kind: ColumnType) -> String {
    digits(value, if let ColumnType::Decimal(scale) = kind { scale } else { 0 })
}

fn day(birth: Birth, column: &Column) -> String {
    if column.name.ends_with("_low") { birth.earliest } else { birth.latest }.to_string()
}

fn held(facts: &FactValues, column: &Column) -> Option<String> {
    let (_, fact) = column.of.split_once('.')?;
    match (&facts.get(fact)?.value, column.kind) {
        (Value::Bool(b), ColumnType::Bool) => Some(b.to_string()),
        (Value::Int(n) | Value::Decimal(n), kind) => Some(number_text(*n, kind)),
        (Value::Code(code), _) => Some(code.clone()),
        (Value::Date(birth), _) => Some(day(*birth, column)),
        (Value::Set { complete, .. }, ColumnType::Bool) => Some(complete.to_string()),
        (Value::Set { has, .. }, _) => {
            let codes: Vec<&str> = has.iter().map(String::as_str).collect();
            Some(format!("\"[{}]\"", codes.join(", ")))
        }
        (Value::Bool(_), _) => None,
    }
}
