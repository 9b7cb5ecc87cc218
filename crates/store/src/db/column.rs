//! Columns of all three kinds of row as Rust values.

use domain::{Date, Instant};
use rusqlite::types::Value;
use sqlx::{Decode, Type};
use uuid::Uuid;

/// A type that a column can be read as.
pub(crate) trait Column:
    for<'r> Decode<'r, sqlx::Sqlite> + Type<sqlx::Sqlite> + for<'r> Decode<'r, sqlx::Postgres> + Type<sqlx::Postgres>
{
    /// The value as the writing connection of SQLite reads it; `None` when it is of another type.
    fn from_direct(value: &Value) -> Option<Self>;
}

macro_rules! columns {
    ($($plain:ty: $pattern:pat => $value:expr),+ $(,)?) => {$(
        impl Column for $plain {
            fn from_direct(value: &Value) -> Option<Self> {
                match value { $pattern => $value, _ => None }
            }
        }

        impl Column for Option<$plain> {
            fn from_direct(value: &Value) -> Option<Self> {
                if *value == Value::Null { Some(None) } else { <$plain>::from_direct(value).map(Some) }
            }
        }
    )+};
}
columns! {
    i64: Value::Integer(v) => Some(*v),
    bool: Value::Integer(v) => Some(*v != 0),
    String: Value::Text(v) => Some(v.clone()),
    Vec<u8>: Value::Blob(v) => Some(v.clone()),
    Uuid: Value::Blob(v) => Uuid::from_slice(v).ok(),
    Date: Value::Text(v) => v.parse().ok(),
    Instant: Value::Text(v) => chrono::DateTime::parse_from_rfc3339(v).ok().map(|at| at.to_utc()),
}
