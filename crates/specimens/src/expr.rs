//! Expressions of the policy language as trees, and their text.
//!
//! One variant per construct: `&& || !`, the six comparisons, `in` a list or a set, `+ - *`, `/` by a constant, the
//! ternary for conditions, numbers and codes, decimals, ages in years and months, `exists`, `all`, `count`, `sum`,
//! `size` and their accepted other spellings. Numbers carry their scale and bounds, reckoned as the pack loader does,
//! so a drawn policy is valid by construction.

use std::fmt::{Display, Formatter, Result};

/// Whose record a value is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// The household: `household.x`.
    Household,
    /// The candidate, or the person a derived fact is about: `person.x`.
    Candidate,
    /// The member a list function looks at: `p.x`.
    Member,
}

/// A fact of somebody, by its name without the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Of {
    /// Whose.
    pub who: Who,
    /// Which.
    pub name: String,
}

/// A comparison of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the signs are their own names")]
pub enum Sign {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cond {
    /// `true` or `false`.
    Const(bool),
    /// A yes/no fact.
    Fact(Of),
    /// `!a`
    Not(Box<Cond>),
    /// `a && b && ..`
    And(Vec<Cond>),
    /// `a || b || ..`
    Or(Vec<Cond>),
    /// `c ? a : b`
    If(Box<[Cond; 3]>),
    /// `a == b`, or `a != b` when the flag is false.
    Same(bool, Box<[Cond; 2]>),
    /// A comparison of numbers.
    Compare(Sign, Box<Num>, Box<Num>),
    /// A number in a list.
    InNumbers(Box<Num>, Vec<Num>),
    /// A code is this one, or is not when the flag is false.
    Is(bool, Of, String),
    /// A code in a list.
    InCodes(Of, Vec<String>),
    /// A code in a set.
    Has(Of, String),
    /// `members.exists(p, ..)`
    Exists(Box<Cond>),
    /// `members.all(p, ..)`
    All(Box<Cond>),
}

/// What a number does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Make {
    /// Written out, times ten to its scale.
    Const(i64),
    /// A number fact.
    Fact(Of),
    /// A score, by id and the id of its scale; only ever compared.
    Score(String, String),
    /// `age(person, at)`
    Age(Who),
    /// `age_months(person, at)`
    Months(Who),
    /// `-(a)`
    Neg(Box<Num>),
    /// `a + b`
    Add(Box<[Num; 2]>),
    /// `a - b`
    Sub(Box<[Num; 2]>),
    /// `a * b`
    Mul(Box<[Num; 2]>),
    /// `a / 7`
    Div(Box<Num>, i64),
    /// `c ? a : b`
    If(Box<Cond>, Box<[Num; 2]>),
    /// `members.size()`
    Size,
    /// How many members; the flag asks for the spelling with `filter`.
    Count(bool, Box<Cond>),
    /// A sum over members; the flag asks for the spelling with `map`.
    Sum(bool, Box<Cond>, Box<Num>),
}

/// A number with its digits after the point and the bounds the loader will find for it, at that scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Num {
    /// What it does.
    pub make: Make,
    /// Digits after the point.
    pub scale: u8,
    /// The least and most it can be.
    pub bounds: (i64, i64),
}

/// An expression that chooses a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeOf {
    /// Written out.
    Const(String),
    /// A fact with the same codes.
    Fact(Of),
    /// `c ? a : b`
    If(Box<Cond>, Box<[CodeOf; 2]>),
}

impl Display for Of {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}.{}", self.who, self.name)
    }
}

impl Display for Who {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(match self {
            Who::Household => "household",
            Who::Candidate => "person",
            Who::Member => "p",
        })
    }
}

impl Display for Sign {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(match self {
            Sign::Eq => "==",
            Sign::Ne => "!=",
            Sign::Lt => "<",
            Sign::Le => "<=",
            Sign::Gt => ">",
            Sign::Ge => ">=",
        })
    }
}

/// Parts with a word between them; each part in brackets.
fn joined<T: Display>(f: &mut Formatter<'_>, parts: &[T], word: &str) -> Result {
    let parts: Vec<String> = parts.iter().map(|part| format!("({part})")).collect();
    f.write_str(&parts.join(word))
}

fn listed<T: Display>(items: &[T]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

impl Display for Cond {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Cond::Const(value) => write!(f, "{value}"),
            Cond::Fact(of) => write!(f, "{of}"),
            Cond::Not(inner) => write!(f, "!({inner})"),
            Cond::And(parts) => joined(f, parts, " && "),
            Cond::Or(parts) => joined(f, parts, " || "),
            Cond::If(parts) => write!(f, "({}) ? ({}) : ({})", parts[0], parts[1], parts[2]),
            Cond::Same(same, two) => joined(f, &two[..], if *same { " == " } else { " != " }),
            Cond::Compare(sign, a, b) => write!(f, "{a} {sign} {b}"),
            Cond::InNumbers(num, list) => write!(f, "{num} in [{}]", listed(list)),
            Cond::Is(is, of, code) => write!(f, "{of} {} '{code}'", if *is { "==" } else { "!=" }),
            Cond::InCodes(of, codes) => {
                let codes: Vec<String> = codes.iter().map(|code| format!("'{code}'")).collect();
                write!(f, "{of} in [{}]", listed(&codes))
            }
            Cond::Has(of, code) => write!(f, "'{code}' in {of}"),
            Cond::Exists(inner) => write!(f, "members.exists(p, {inner})"),
            Cond::All(inner) => write!(f, "members.all(p, {inner})"),
        }
    }
}

impl Display for Num {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match &self.make {
            Make::Const(value) => f.write_str(&digits(*value, self.scale)),
            Make::Fact(of) => write!(f, "{of}"),
            Make::Score(id, _) => write!(f, "scores.{id}"),
            Make::Age(who) => write!(f, "age({who}, at)"),
            Make::Months(who) => write!(f, "age_months({who}, at)"),
            Make::Neg(inner) => write!(f, "(-({inner}))"),
            Make::Add(two) => write!(f, "({} + {})", two[0], two[1]),
            Make::Sub(two) => write!(f, "({} - {})", two[0], two[1]),
            Make::Mul(two) => write!(f, "({} * {})", two[0], two[1]),
            Make::Div(inner, by) => write!(f, "({inner} / {by})"),
            Make::If(cond, two) => write!(f, "(({cond}) ? {} : {})", two[0], two[1]),
            Make::Size => f.write_str("members.size()"),
            Make::Count(false, cond) => write!(f, "members.count(p, {cond})"),
            Make::Count(true, cond) => write!(f, "members.filter(p, {cond}).size()"),
            Make::Sum(false, cond, part) => write!(f, "members.sum(p, {cond}, {part})"),
            Make::Sum(true, cond, part) if **cond == Cond::Const(true) => write!(f, "members.map(p, {part}).sum()"),
            Make::Sum(true, cond, part) => write!(f, "members.filter(p, {cond}).map(p, {part}).sum()"),
        }
    }
}

impl Display for CodeOf {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            CodeOf::Const(code) => write!(f, "'{code}'"),
            CodeOf::Fact(of) => write!(f, "{of}"),
            CodeOf::If(cond, two) => write!(f, "(({cond}) ? {} : {})", two[0], two[1]),
        }
    }
}

/// A number times ten to its scale, as it is written.
#[must_use]
pub fn digits(value: i64, scale: u8) -> String {
    if scale == 0 {
        return value.to_string();
    }
    let sign = if value < 0 { "-" } else { "" };
    let all = format!("{:0>width$}", value.unsigned_abs(), width = usize::from(scale) + 1);
    let (whole, fraction) = all.split_at(all.len() - usize::from(scale));
    format!("{sign}{whole}.{fraction}")
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn decimals_are_written_with_their_point() {
        let all = [digits(3199, 2), digits(-5, 2), digits(0, 1), digits(12, 0)];
        assert_eq!(all, ["31.99", "-0.05", "0.0", "12"]);
    }
}
