//! Expressions and numbers as they stand in a file.

use super::raw::Placed;
use crate::expr::number::decimal;
use toml::Value;

/// A written expression that is not empty.
pub(crate) fn written(placed: &Option<Placed>) -> Option<&Placed> {
    placed.as_ref().filter(|p| !p.get_ref().trim().is_empty())
}

/// The text of an expression; empty when there is none.
pub(crate) fn text(placed: &Option<Placed>) -> String {
    written(placed).map_or(String::new(), |p| p.get_ref().clone())
}

/// A number as written, times ten to the scale; `None` when it has more digits or is no number.
pub(crate) fn scaled(value: &Value, scale: u8) -> Option<i64> {
    let written = match value {
        Value::Integer(i) => i.to_string(),
        // The shortest digits that read back as the same double are the digits as typed.
        Value::Float(f) => f.to_string(),
        _ => return None,
    };
    let (digits, found) = decimal(&written)?;
    let missing = scale.checked_sub(found)?;
    digits.checked_mul(10i64.checked_pow(u32::from(missing))?)
}
