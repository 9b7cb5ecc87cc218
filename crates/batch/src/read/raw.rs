//! A value as a table holds it, before it means anything.

use crate::mapping::decimal;
use std::{borrow::Cow, fmt};

/// One cell of other people's tables.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Raw<'a> {
    /// Nothing there.
    Null,
    Bool(bool),
    Int(i64),
    /// Digits, of which so many stand after the point.
    Decimal(i64, u8),
    Double(f64),
    /// Days since 1 January 1970.
    Days(i64),
    Text(&'a str),
    /// Bytes that are not text.
    Bytes,
}

impl<'a> Raw<'a> {
    /// How a person would write it.
    pub(crate) fn text(&self) -> Cow<'a, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text.trim()),
            other => Cow::Owned(other.to_string()),
        }
    }

    /// Its digits and how many stand after the point, when it is a number. A binary fraction is read from its
    /// shortest decimal text, so that 0.1 is a tenth.
    pub(crate) fn number(&self) -> Option<(i64, u8)> {
        match self {
            Self::Int(number) => Some((*number, 0)),
            Self::Decimal(digits, scale) => Some((*digits, *scale)),
            Self::Double(number) => decimal(&number.to_string()),
            Self::Text(text) => decimal(text.trim()),
            Self::Bool(_) | Self::Days(_) | Self::Null | Self::Bytes => None,
        }
    }

    /// What kind of value it is, in words.
    pub(crate) fn in_words(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "a yes or no",
            Self::Int(_) => "a whole number",
            Self::Decimal(..) | Self::Double(_) => "a number",
            Self::Days(_) => "a day",
            Self::Text(_) => "text",
            Self::Bytes => "bytes",
        }
    }
}

impl fmt::Display for Raw<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => Ok(()),
            Self::Bool(yes) => write!(f, "{yes}"),
            Self::Int(number) => write!(f, "{number}"),
            Self::Double(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(text),
            Self::Bytes => f.write_str("bytes"),
            Self::Decimal(digits, 0) => write!(f, "{digits}"),
            Self::Decimal(digits, scale) => {
                let ten = 10u64.saturating_pow(u32::from(*scale));
                let sign = if *digits < 0 { "-" } else { "" };
                let (whole, part) = (digits.unsigned_abs() / ten, digits.unsigned_abs() % ten);
                write!(f, "{sign}{whole}.{part:0width$}", width = usize::from(*scale))
            }
            Self::Days(days) => match day(*days) {
                Some(date) => write!(f, "{date}"),
                None => write!(f, "day {days}"),
            },
        }
    }
}

/// The date so many days after 1 January 1970.
pub(crate) fn day(days: i64) -> Option<rules::Date> {
    let epoch = rules::Date::from_ymd_opt(1970, 1, 1)?;
    epoch.checked_add_signed(chrono::TimeDelta::try_days(days)?)
}
