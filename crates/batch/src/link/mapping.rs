//! Mapping files: which columns of a list hold what, as TOML.

use linkage::bulk::{Description, Excuse, Field, Kind, Role, Rule, View};
use serde::Deserialize;
use thiserror::Error;

/// Why a mapping cannot be used.
#[derive(Debug, Error)]
pub enum Fault {
    /// It is no TOML of this shape.
    #[error("The mapping cannot be read: {0}")]
    Shape(#[from] toml::de::Error),
    /// A word that is not known.
    #[error("The mapping says `{0}`: {1}")]
    Word(String, &'static str),
    /// It is read, but does not hold together.
    #[error("The mapping cannot be used. {0}")]
    Description(#[from] linkage::bulk::Fault),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: Option<String>,
    #[serde(default)]
    households: bool,
    field: Vec<MappedField>,
    #[serde(default)]
    groups: Groups,
    block: Vec<Block>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MappedField {
    name: String,
    kind: String,
    role: String,
    #[serde(default)]
    columns: Vec<String>,
    excused_by: Option<MappedExcuse>,
    crossed_with: Option<String>,
    along: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MappedExcuse {
    field: String,
    value: String,
    grown_up: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Groups {
    together: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Block {
    key: Vec<String>,
    most: usize,
    #[serde(default)]
    to_learn: bool,
    #[serde(default)]
    home: bool,
}

/// A mapping that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// The column with the record's id; without one a record is called by list and line.
    pub id: Option<String>,
    /// What the lists hold.
    pub description: Description,
    /// The text it was read from, kept in model files.
    pub text: String,
}

/// The mapping for lists of people, with the columns that the generator writes.
pub const PERSON: &str = include_str!("person.toml");

/// Reads a mapping.
///
/// # Errors
/// A sentence with the place of the fault.
pub fn read(text: &str) -> Result<Mapping, Fault> {
    let mapping: Written = toml::from_str(text)?;
    let names: Vec<String> = mapping.field.iter().map(|field| field.name.clone()).collect();
    let at = |name: &str| {
        let known = names.iter().position(|known| known == name);
        known.ok_or_else(|| {
            Fault::Word(name.to_owned(), "no field has this name; the fields are those under [[field]].")
        })
    };
    let mut fields = vec![];
    for field in mapping.field {
        let kind = Kind::of(&field.kind).ok_or_else(|| {
            Fault::Word(
                field.kind.clone(),
                "a kind is name, place, words, number, phone, date, code, tribe or companions.",
            )
        })?;
        let role = match field.role.as_str() {
            "person" => Role::Person,
            "family" => Role::Family,
            other => return Err(Fault::Word(other.to_owned(), "a role is person or family.")),
        };
        let excuse = |by: MappedExcuse| {
            let grown_up = by.grown_up.map(|name| at(&name)).transpose()?;
            Ok::<_, Fault>(Excuse { field: at(&by.field)?, value: by.value, grown_up })
        };
        let excused_by = field.excused_by.map(excuse).transpose()?;
        let crossed_with = field.crossed_with.map(|name| at(&name)).transpose()?;
        let along = field.along.map(|name| at(&name)).transpose()?;
        let columns = if field.columns.is_empty() { vec![field.name.clone()] } else { field.columns };
        fields.push(Field { name: field.name, kind, role, columns, excused_by, crossed_with, along });
    }
    let mut groups = vec![];
    for group in &mapping.groups.together {
        groups.push(group.iter().map(|name| at(name)).collect::<Result<Vec<_>, _>>()?);
    }
    let alone: Vec<Vec<usize>> = (0..fields.len())
        .filter(|field| !groups.iter().flatten().any(|member| member == field))
        .map(|at| vec![at])
        .collect();
    groups.extend(alone);
    let mut rules = vec![];
    for block in &mapping.block {
        let parts = block.key.iter().map(|part| {
            if let Some(name) = part.strip_prefix("~~") {
                return Ok::<_, Fault>((at(name)?, View::Wide));
            }
            let (view, name) = match part.split_at_checked(1) {
                Some(("~", name)) => (View::Near, name),
                Some(("=", name)) => (View::Exact, name),
                _ => (View::Whole, part.as_str()),
            };
            Ok((at(name)?, view))
        });
        let parts = parts.collect::<Result<_, _>>()?;
        rules.push(Rule { parts, most: block.most, to_learn: block.to_learn, home: block.home });
    }
    let description = Description { fields, groups, rules, households: mapping.households };
    description.check()?;
    Ok(Mapping { id: mapping.id, description, text: text.to_owned() })
}
