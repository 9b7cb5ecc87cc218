//! Values in and columns out, typed alike on both databases.

use super::Column;
use crate::error::{Result, corrupt};
use domain::{Date, Instant};
use sqlx::{Row as _, postgres::PgRow, sqlite::SqliteRow};
use std::str::FromStr;
use uuid::Uuid;

/// A value bound to a placeholder. Each may be null, and a null still has its type, as PostgreSQL asks.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    /// A key.
    Uuid(Option<Uuid>),
    /// Text, JSON included.
    Text(Option<String>),
    /// A whole number.
    Int(Option<i64>),
    /// Yes or no.
    Bool(Option<bool>),
    /// A civil date.
    Date(Option<Date>),
    /// An instant.
    Time(Option<Instant>),
    /// Bytes.
    Bytes(Option<Vec<u8>>),
}

/// Binds a value to a query of either database.
macro_rules! bind {
    ($query:expr, $value:expr) => {
        match $value {
            $crate::db::Value::Uuid(v) => $query.bind(v),
            $crate::db::Value::Text(v) => $query.bind(v),
            $crate::db::Value::Int(v) => $query.bind(v),
            $crate::db::Value::Bool(v) => $query.bind(v),
            $crate::db::Value::Date(v) => $query.bind(v),
            $crate::db::Value::Time(v) => $query.bind(v),
            $crate::db::Value::Bytes(v) => $query.bind(v),
        }
    };
}
pub(crate) use bind;

/// A list of values for a statement: `args![id, name, version]`.
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::db::Value::from($value)),*] };
}
pub(crate) use args;

macro_rules! values {
    ($($kind:ident($plain:ty)),+ $(,)?) => {$(
        impl From<$plain> for Value { fn from(v: $plain) -> Self { Value::$kind(Some(v)) } }
        impl From<Option<$plain>> for Value { fn from(v: Option<$plain>) -> Self { Value::$kind(v) } }
    )+};
}
values! { Uuid(Uuid), Text(String), Int(i64), Bool(bool), Date(Date), Time(Instant), Bytes(Vec<u8>) }

impl From<&str> for Value {
    fn from(v: &str) -> Self {
        Value::Text(Some(v.to_owned()))
    }
}
impl From<Option<&str>> for Value {
    fn from(v: Option<&str>) -> Self {
        Value::Text(v.map(str::to_owned))
    }
}
impl From<&String> for Value {
    fn from(v: &String) -> Self {
        Value::Text(Some(v.clone()))
    }
}
impl From<u32> for Value {
    fn from(v: u32) -> Self {
        Value::Int(Some(i64::from(v)))
    }
}

macro_rules! ids {
    ($($id:ident),+ $(,)?) => {$(
        impl From<domain::ids::$id> for Value { fn from(v: domain::ids::$id) -> Self { Value::Uuid(Some(v.0)) } }
        impl From<Option<domain::ids::$id>> for Value { fn from(v: Option<domain::ids::$id>) -> Self { Value::Uuid(v.map(|v| v.0)) } }
    )+};
}
ids! { HouseholdId, PersonId, AnswerId, VisitId, ApplicationId, ReceiptId, PaperId, TaskId, GrievanceId, OfficerId, CommandId, ImportId, ListingId, LinkId, SiteId, PageTextId, OpeningId, ClosingId, DispatchId, DeputyId, CorrectionId, HelperId }

macro_rules! slugs {
    ($($slug:ident),+ $(,)?) => {$(
        impl From<&domain::programmes::$slug> for Value { fn from(v: &domain::programmes::$slug) -> Self { Value::Text(Some(v.0.clone())) } }
        impl From<Option<&domain::programmes::$slug>> for Value {
            fn from(v: Option<&domain::programmes::$slug>) -> Self { Value::Text(v.map(|v| v.0.clone())) }
        }
    )+};
}
slugs! { ProgrammeId, OperatorId, DistrictId, CentreId, PackHash }

/// One row of either database. Columns are read by position, in the order of the select list.
pub(crate) enum Row {
    /// SQLite, of a reader.
    Sqlite(SqliteRow),
    /// SQLite, of the writing connection.
    Direct(Vec<rusqlite::types::Value>),
    /// PostgreSQL.
    Postgres(PgRow),
}

impl Row {
    /// The column at `index`.
    pub(crate) fn get<T: Column>(&self, index: usize) -> Result<T> {
        Ok(match self {
            Row::Sqlite(row) => row.try_get(index)?,
            Row::Postgres(row) => row.try_get(index)?,
            Row::Direct(row) => {
                let value = row.get(index).and_then(T::from_direct);
                value.ok_or_else(|| corrupt(format!("column {} of a row", index + 1)))?
            }
        })
    }

    /// A key column as a typed id.
    pub(crate) fn id<I: From<Uuid>>(&self, index: usize) -> Result<I> {
        self.get::<Uuid>(index).map(I::from)
    }

    /// An optional key column as a typed id.
    pub(crate) fn id_opt<I: From<Uuid>>(&self, index: usize) -> Result<Option<I>> {
        Ok(self.get::<Option<Uuid>>(index)?.map(I::from))
    }

    /// A text column as a code of its list.
    pub(crate) fn code<C: FromStr>(&self, index: usize) -> Result<C> {
        let text: String = self.get(index)?;
        text.parse().map_err(|_| corrupt(format!("the code \"{text}\"")))
    }

    /// An optional text column as a code of its list.
    pub(crate) fn code_opt<C: FromStr>(&self, index: usize) -> Result<Option<C>> {
        match self.get::<Option<String>>(index)? {
            None => Ok(None),
            Some(text) => text.parse().map(Some).map_err(|_| corrupt(format!("the code \"{text}\""))),
        }
    }

    /// A text column of JSON.
    pub(crate) fn json<T: serde::de::DeserializeOwned>(&self, index: usize) -> Result<T> {
        let text: String = self.get(index)?;
        serde_json::from_str(&text).map_err(corrupt)
    }
}

/// A value as JSON text for a column.
pub(crate) fn json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(corrupt)
}
