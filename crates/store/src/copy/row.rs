//! A row as a line of JSON, and back.

use crate::{
    db::{Row, Value, schema::Kind},
    error::{Result, corrupt},
    journal::hex,
};
use serde_json::Value as Json;

/// A row as an array in the order of its columns.
pub(super) fn to_json(row: &Row, columns: &[(String, Kind)]) -> Result<Json> {
    let cells = columns.iter().enumerate().map(|(at, (_, kind))| cell(row, at, *kind));
    cells.collect::<Result<Vec<_>>>().map(Json::Array)
}

fn cell(row: &Row, at: usize, kind: Kind) -> Result<Json> {
    let text = |text: Option<String>| text.map_or(Json::Null, Json::String);
    Ok(match kind {
        Kind::Uuid => text(row.get::<Option<uuid::Uuid>>(at)?.map(|id| id.to_string())),
        Kind::Text => text(row.get(at)?),
        Kind::Int => row.get::<Option<i64>>(at)?.map_or(Json::Null, Json::from),
        Kind::Bool => row.get::<Option<bool>>(at)?.map_or(Json::Null, Json::Bool),
        Kind::Date => text(row.get::<Option<domain::Date>>(at)?.map(|date| date.to_string())),
        Kind::Time => text(row.get::<Option<domain::Instant>>(at)?.map(written)),
        Kind::Bytes => text(row.get::<Option<Vec<u8>>>(at)?.map(|bytes| hex(&bytes))),
    })
}

/// An instant to the microsecond, which both databases keep.
fn written(at: domain::Instant) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
}

/// The values of a line, with the types of its columns.
pub(super) fn from_json(line: &Json, columns: &[(String, Kind)]) -> Result<Vec<Value>> {
    let cells = line.as_array().filter(|cells| cells.len() == columns.len());
    let cells = cells.ok_or_else(|| corrupt("a line of a backup with another number of columns"))?;
    cells.iter().zip(columns).map(|(cell, (name, kind))| value(cell, *kind).ok_or_else(|| wrong(name))).collect()
}

fn wrong(column: &str) -> crate::StoreError {
    corrupt(format!("a line of a backup, in the column {column}"))
}

/// A value; `None` when it is not of this kind.
fn value(cell: &Json, kind: Kind) -> Option<Value> {
    if cell.is_null() {
        return Some(match kind {
            Kind::Uuid => Value::Uuid(None),
            Kind::Text => Value::Text(None),
            Kind::Int => Value::Int(None),
            Kind::Bool => Value::Bool(None),
            Kind::Date => Value::Date(None),
            Kind::Time => Value::Time(None),
            Kind::Bytes => Value::Bytes(None),
        });
    }
    let text = cell.as_str();
    Some(match kind {
        Kind::Uuid => Value::Uuid(Some(text?.parse().ok()?)),
        Kind::Text => Value::Text(Some(text?.to_owned())),
        Kind::Int => Value::Int(Some(cell.as_i64()?)),
        Kind::Bool => Value::Bool(Some(cell.as_bool()?)),
        Kind::Date => Value::Date(Some(text?.parse().ok()?)),
        Kind::Time => Value::Time(Some(chrono::DateTime::parse_from_rfc3339(text?).ok()?.to_utc())),
        Kind::Bytes => Value::Bytes(Some(bytes(text?)?)),
    })
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits = hex.as_bytes().as_chunks::<2>();
    let byte = |pair: &[u8; 2]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    if digits.1.is_empty() { digits.0.iter().map(byte).collect() } else { None }
}
