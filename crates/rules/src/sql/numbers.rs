//! Whole numbers known only within bounds, as SQL.

use crate::{Interval, expr::node::Compare};

/// A number: expressions for the least and the most it can be.
#[derive(Debug, Clone)]
pub(super) struct Number {
    pub(super) low: String,
    pub(super) high: String,
    /// When one expression says it all: the number, or NULL for anywhere within `bounds`.
    pub(super) single: Option<String>,
    pub(super) bounds: Interval,
    /// Written out, not read from anything.
    pub(super) constant: bool,
    /// Surely a 64-bit number in SQL's eyes; a written one is only 32 bits wide.
    pub(super) wide: bool,
}

impl Number {
    pub(super) fn constant(value: i64) -> Self {
        let text = value.to_string();
        Self {
            low: text.clone(),
            high: text.clone(),
            single: Some(text),
            bounds: Interval::exactly(value),
            constant: true,
            wide: false,
        }
    }

    /// A column that is NULL when the number is anywhere within its bounds.
    pub(super) fn single(column: String, bounds: Interval) -> Self {
        Self {
            low: format!("coalesce({column}, {})", bounds.low),
            high: format!("coalesce({column}, {})", bounds.high),
            single: Some(column),
            bounds,
            constant: false,
            wide: true,
        }
    }

    /// Two columns.
    pub(super) fn between(low: String, high: String, bounds: Interval) -> Self {
        Self { low, high, single: None, bounds, constant: false, wide: true }
    }

    fn widened(self) -> Self {
        if self.wide {
            return self;
        }
        let wide = |text: &String| format!("CAST({text} AS BIGINT)");
        Self { low: wide(&self.low), high: wide(&self.high), single: self.single.as_ref().map(wide), ..self }
    }

    pub(super) fn neg(self) -> Self {
        let minus = |text: &String| format!("(-{text})");
        let bounds = Interval { low: self.bounds.high.saturating_neg(), high: self.bounds.low.saturating_neg() };
        Self { low: minus(&self.high), high: minus(&self.low), single: self.single.as_ref().map(minus), bounds, ..self }
    }

    /// Sum, or difference when `sign` is `-`.
    pub(super) fn plus(self, sign: &str, other: Self) -> Self {
        let subtract = sign == "-";
        let (a, b) = (if other.wide { self } else { self.widened() }, other);
        let joined = |x: &str, y: &str| format!("({x} {sign} {y})");
        let (least, most) = if subtract { (&b.high, &b.low) } else { (&b.low, &b.high) };
        let bounds = if subtract { a.bounds.checked_sub(b.bounds) } else { a.bounds.checked_add(b.bounds) };
        Self {
            low: joined(&a.low, least),
            high: joined(&a.high, most),
            single: single(&a, &b).map(|(x, y)| joined(x, y)),
            bounds: bounds.unwrap_or(a.bounds),
            constant: a.constant && b.constant,
            wide: true,
        }
    }

    pub(super) fn times(self, other: Self) -> Self {
        let (a, b) = (if other.wide { self } else { self.widened() }, other);
        let product = |x: &str, y: &str| format!("({x} * {y})");
        let (low, high) = match (a.constant.then_some(a.bounds.low), b.constant.then_some(b.bounds.low)) {
            (_, Some(by)) if by >= 0 => (product(&a.low, &b.low), product(&a.high, &b.low)),
            (_, Some(_)) => (product(&a.high, &b.low), product(&a.low, &b.low)),
            (Some(by), None) if by >= 0 => (product(&a.low, &b.low), product(&a.low, &b.high)),
            (Some(_), None) => (product(&a.low, &b.high), product(&a.low, &b.low)),
            (None, None) => {
                let corners = [(&a.low, &b.low), (&a.low, &b.high), (&a.high, &b.low), (&a.high, &b.high)]
                    .map(|(x, y)| product(x, y));
                let corners = corners.join(", ");
                (format!("least({corners})"), format!("greatest({corners})"))
            }
        };
        let bounds = a.bounds.checked_mul(b.bounds).unwrap_or(a.bounds);
        let single = single(&a, &b).map(|(x, y)| product(x, y));
        Self { low, high, single, bounds, constant: a.constant && b.constant, wide: true }
    }

    /// Divided by a written number; `//` rounds toward zero on whole numbers, as the policy language does.
    pub(super) fn over(self, by: i64) -> Self {
        let a = self.widened();
        let divided = |text: &str| format!("({text} // ({by}))");
        let (low, high) = if by > 0 { (&a.low, &a.high) } else { (&a.high, &a.low) };
        let bounds = a.bounds.checked_div(by).unwrap_or(a.bounds);
        let single = a.single.as_deref().map(divided);
        Self { low: divided(low), high: divided(high), single, bounds, constant: a.constant, wide: true }
    }

    /// One of two numbers, by a condition; both while it is not known.
    pub(super) fn choice(cond: &str, a: Self, b: Self) -> Self {
        let chosen = |x: &str, y: &str, end: &str| {
            format!("(CASE WHEN {cond} THEN {x} WHEN NOT ({cond}) THEN {y} ELSE {end}({x}, {y}) END)")
        };
        Self {
            low: chosen(&a.low, &b.low, "least"),
            high: chosen(&a.high, &b.high, "greatest"),
            single: None,
            bounds: a.bounds.hull(b.bounds),
            constant: false,
            wide: a.wide || b.wide,
        }
    }

    /// A comparison: decided as soon as the ends decide.
    pub(super) fn compare(sign: Compare, a: &Self, b: &Self) -> String {
        if let (Some(single), true) = (&a.single, b.constant && !a.constant) {
            return against_written(sign, single, a.bounds, b.bounds.low);
        }
        let (al, ah, bl, bh) = (&a.low, &a.high, &b.low, &b.high);
        let (yes, no) = match sign {
            Compare::Lt => (format!("{ah} < {bl}"), format!("{al} >= {bh}")),
            Compare::Le => (format!("{ah} <= {bl}"), format!("{al} > {bh}")),
            Compare::Gt => (format!("{al} > {bh}"), format!("{ah} <= {bl}")),
            Compare::Ge => (format!("{al} >= {bh}"), format!("{ah} < {bl}")),
            Compare::Eq | Compare::Ne => {
                let same = format!("{al} = {ah} AND {bl} = {bh} AND {al} = {bl}");
                (same, format!("({ah} < {bl} OR {bh} < {al})"))
            }
        };
        let (then, otherwise) = if sign == Compare::Ne { ("FALSE", "TRUE") } else { ("TRUE", "FALSE") };
        format!("(CASE WHEN {yes} THEN {then} WHEN {no} THEN {otherwise} END)")
    }
}

/// Both as single expressions, when at most one of them is read from something: of two unknowns NULL would not say
/// that one of them is known.
fn single<'n>(a: &'n Number, b: &'n Number) -> Option<(&'n str, &'n str)> {
    (a.constant || b.constant).then_some((a.single.as_deref()?, b.single.as_deref()?))
}

/// A single expression beside a written number: its bounds decide for everybody, or SQL's own comparison does.
fn against_written(sign: Compare, single: &str, bounds: Interval, needed: i64) -> String {
    let (all, none, sign) = match sign {
        Compare::Lt => (bounds.high < needed, bounds.low >= needed, "<"),
        Compare::Le => (bounds.high <= needed, bounds.low > needed, "<="),
        Compare::Gt => (bounds.low > needed, bounds.high <= needed, ">"),
        Compare::Ge => (bounds.low >= needed, bounds.high < needed, ">="),
        Compare::Eq => {
            (bounds.low == needed && bounds.high == needed, needed < bounds.low || bounds.high < needed, "=")
        }
        Compare::Ne => {
            (needed < bounds.low || bounds.high < needed, bounds.low == needed && bounds.high == needed, "<>")
        }
    };
    match (all, none) {
        (true, _) => "TRUE".to_owned(),
        (_, true) => "FALSE".to_owned(),
        _ => format!("({single} {sign} {needed})"),
    }
}
