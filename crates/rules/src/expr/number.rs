//! Numbers while they are checked: scale, bounds, and which score they come from.

use super::{
    node::{Arith, Kind},
    rule::{Cond, Num},
};
use crate::{Interval, pack::fact::Score};

/// Most digits after the point a number may have.
const SCALE_MAX: u8 = 9;

/// A number with what is known of it before any family is seen.
#[derive(Debug, Clone)]
pub(crate) struct Number {
    pub(crate) num: Num,
    /// Digits after the point.
    pub(crate) scale: u8,
    /// What it can be, at its scale.
    pub(crate) bounds: Interval,
    /// The scale of the score it is, when it is one.
    pub(crate) score: Option<String>,
}

impl Number {
    pub(crate) fn new(num: Num, scale: u8, bounds: Interval) -> Self {
        Self { num, scale, bounds, score: None }
    }

    pub(crate) fn of_score(index: usize, score: &Score) -> Self {
        let num = Num::Score(u16::try_from(index).unwrap_or(u16::MAX));
        Self { num, scale: score.digits, bounds: score.bounds, score: Some(score.scale.clone()) }
    }

    /// The value, when it is written out.
    pub(crate) fn constant(&self) -> Option<i64> {
        match self.num {
            Num::Const(value) => Some(value),
            _ => None,
        }
    }

    pub(crate) fn is_constant(&self) -> bool {
        self.constant().is_some()
    }

    /// Whether a score may be compared with this number: with a written cut-off or a score of the same scale only.
    pub(crate) fn comparable(&self, other: &Number) -> Result<(), String> {
        match (&self.score, &other.score) {
            (Some(a), Some(b)) if a != b => {
                Err(format!("Scores of different scales are never compared: `{a}` and `{b}`."))
            }
            (Some(_), None) if !other.is_constant() => {
                Err("A score is compared only with a number written out.".into())
            }
            (None, Some(_)) if !self.is_constant() => Err("A score is compared only with a number written out.".into()),
            _ => Ok(()),
        }
    }

    /// The same number with more digits after the point.
    pub(crate) fn at_scale(self, scale: u8) -> Result<Self, String> {
        if scale < self.scale {
            return Err(format!("This has {} digits after the point, more than the {scale} declared.", self.scale));
        }
        if scale == self.scale {
            return Ok(self);
        }
        let factor = 10i64.checked_pow(u32::from(scale - self.scale)).ok_or_else(overflow)?;
        let bounds = self.bounds.checked_mul(Interval::exactly(factor)).map_err(|_| overflow())?;
        let num = match self.num {
            Num::Const(value) => Num::Const(value * factor), // within `bounds`, so it fits
            other => Num::Raised(Box::new(other), factor),
        };
        Ok(Self { num, scale, bounds, score: self.score })
    }

    pub(crate) fn neg(self) -> Result<Self, String> {
        if self.score.is_some() {
            return Err("A score is compared as it stands, not calculated with.".into());
        }
        let bounds = self.bounds.checked_neg().map_err(|_| overflow())?;
        let num = match self.num {
            Num::Const(value) => Num::Const(-value),
            other => Num::Neg(Box::new(other)),
        };
        Ok(Self::new(num, self.scale, bounds))
    }

    pub(crate) fn div(self, by: i64) -> Result<Self, String> {
        let bounds = self.bounds.checked_div(by).map_err(|_| overflow())?;
        Ok(Self::new(Num::Div(Box::new(self.num), by), self.scale, bounds))
    }

    pub(crate) fn arith(self, sign: Arith, other: Self) -> Result<Self, String> {
        if sign == Arith::Mul {
            let scale = self.scale + other.scale;
            if scale > SCALE_MAX {
                return Err(format!("The product has {scale} digits after the point; at most {SCALE_MAX} are kept."));
            }
            let bounds = self.bounds.checked_mul(other.bounds).map_err(|_| overflow())?;
            return Ok(Self::new(Num::Mul(Box::new([self.num, other.num])), scale, bounds));
        }
        let (a, b, scale) = unify(self, other)?;
        let (num, bounds) = match sign {
            Arith::Sub => (Num::Sub(Box::new([a.num, b.num])), a.bounds.checked_sub(b.bounds)),
            _ => (Num::Add(Box::new([a.num, b.num])), a.bounds.checked_add(b.bounds)),
        };
        Ok(Self::new(num, scale, bounds.map_err(|_| overflow())?))
    }

    /// A choice between two numbers.
    pub(crate) fn either(cond: Cond, a: Self, b: Self) -> Result<Self, String> {
        if a.score.is_some() || b.score.is_some() {
            return Err("A score is compared as it stands, not chosen between.".into());
        }
        let (a, b, scale) = unify(a, b)?;
        let bounds = a.bounds.hull(b.bounds);
        Ok(Self::new(Num::If(Box::new((cond, a.num, b.num))), scale, bounds))
    }
}

/// Both numbers at the finer of their scales.
pub(crate) fn unify(a: Number, b: Number) -> Result<(Number, Number, u8), String> {
    let scale = a.scale.max(b.scale);
    Ok((a.at_scale(scale)?, b.at_scale(scale)?, scale))
}

/// A number as written; `None` when it has too many digits.
pub(crate) fn literal(kind: &Kind) -> Option<Number> {
    let (value, scale) = match kind {
        Kind::Int(value) => (*value, 0),
        Kind::Decimal(text) => decimal(text)?,
        _ => return None,
    };
    Some(Number::new(Num::Const(value), scale, Interval::exactly(value)))
}

/// Digits, point, digits as (value times ten to the scale, scale); exact, through no double.
pub(crate) fn decimal(text: &str) -> Option<(i64, u8)> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction = fraction.trim_end_matches('0');
    let scale = u8::try_from(fraction.len()).ok().filter(|s| *s <= SCALE_MAX)?;
    let whole = if whole.trim_start_matches('-').is_empty() { format!("{whole}0") } else { whole.to_owned() };
    Some((format!("{whole}{fraction}").parse().ok()?, scale))
}

fn overflow() -> String {
    crate::Overflow.to_string()
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn decimals_are_read_exactly() {
        let check = |text: &str, want: Option<(i64, u8)>| assert_eq!(decimal(text), want, "{text}");
        check("31.99", Some((3199, 2)));
        check("-0.10", Some((-1, 1)));
        check("32", Some((32, 0)));
        check("32.000", Some((32, 0)));
        check(".5", Some((5, 1)));
        check("0.1234567891", None);
        check("99999999999999999999", None);
        check("1.2.3", None);
    }
}
