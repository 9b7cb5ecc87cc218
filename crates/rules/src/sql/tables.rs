//! What the two input tables look like: one column per fact, NULL for what is not known.

use super::writer::quoted;
use crate::{
    Pack,
    pack::fact::{Fact, FactKind, FactType, Record},
};

/// A column of an input table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: ColumnType,
    /// What it holds: a fact or score by its full id, or what the name says.
    pub of: String,
}

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// An id.
    Id,
    /// Yes or no.
    Bool,
    /// A whole number.
    Int,
    /// A decimal number with this many digits after the point.
    Decimal(u8),
    /// A code.
    Code,
    /// The codes known to be in a set.
    Codes,
    /// A day.
    Date,
}

impl ColumnType {
    /// As `DuckDB` writes it.
    #[must_use]
    pub fn duckdb(self) -> String {
        match self {
            ColumnType::Id => "VARCHAR NOT NULL".to_owned(),
            ColumnType::Bool => "BOOLEAN".to_owned(),
            ColumnType::Int => "BIGINT".to_owned(),
            ColumnType::Decimal(scale) => format!("DECIMAL(18, {scale})"),
            ColumnType::Code => "VARCHAR".to_owned(),
            ColumnType::Codes => "VARCHAR[]".to_owned(),
            ColumnType::Date => "DATE".to_owned(),
        }
    }
}

/// The columns of the table `households`, or of `persons`: ids, then every fact that is not derived. A set has a second
/// column, `<set>_complete`: the codes listed are all. A birth is two days, `birth_low` and `birth_high`, the earliest
/// and the latest it can be. A score that a registry supplies is `score_<id>`.
#[must_use]
pub fn columns(pack: &Pack, record: Record) -> Vec<Column> {
    let column = |name: &str, kind, of: &str| Column { name: name.to_owned(), kind, of: of.to_owned() };
    let mut all = vec![column("household_id", ColumnType::Id, "the household")];
    match record {
        Record::Person => all.push(column("person_id", ColumnType::Id, "the person, within the household")),
        Record::Household => all.push(column("members_complete", ColumnType::Bool, "all members are listed")),
    }
    let named =
        |fact: &&Fact| fact.record == record && fact.kind != FactKind::Derived && fact.short() != "members_complete";
    for fact in pack.facts().iter().filter(named) {
        let (name, id) = (fact.short(), fact.id.as_str());
        match fact.kind_of_value {
            FactType::Bool => all.push(column(name, ColumnType::Bool, id)),
            FactType::Int => all.push(column(name, ColumnType::Int, id)),
            FactType::Decimal { scale } => all.push(column(name, ColumnType::Decimal(scale), id)),
            FactType::Code => all.push(column(name, ColumnType::Code, id)),
            FactType::Set => {
                all.push(column(name, ColumnType::Codes, id));
                all.push(column(&format!("{name}_complete"), ColumnType::Bool, id));
            }
            FactType::Date => {
                all.push(column(&format!("{name}_low"), ColumnType::Date, id));
                all.push(column(&format!("{name}_high"), ColumnType::Date, id));
            }
        }
    }
    if record == Record::Household {
        let score = |score: &crate::pack::fact::Score| {
            let kind = if score.digits == 0 { ColumnType::Int } else { ColumnType::Decimal(score.digits) };
            column(&format!("score_{}", score.id), kind, &format!("scores.{}", score.id))
        };
        all.extend(pack.scores().iter().map(score));
    }
    all
}

/// Statements that make the two empty tables, in `DuckDB`'s words.
#[must_use]
pub fn tables(pack: &Pack) -> String {
    let table = |name: &str, record, key: &str| {
        let lines: Vec<String> =
            columns(pack, record).iter().map(|c| format!("  {} {}", quoted(&c.name), c.kind.duckdb())).collect();
        format!("CREATE TABLE {name} (\n{},\n  {key}\n);\n", lines.join(",\n"))
    };
    table("households", Record::Household, "PRIMARY KEY (household_id)")
        + &table("persons", Record::Person, "PRIMARY KEY (household_id, person_id)")
}
