//! A policy as a tree, before it is written as files.

use crate::{
    Rng,
    draw::Draw,
    expr::{CodeOf, Cond, Num},
};
use rules::Pack;

/// A random policy: dictionary, scores and programmes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The seed it was drawn from.
    pub seed: u64,
    /// The most members of an open list.
    pub members_max: i64,
    /// The dictionary.
    pub facts: Vec<Fact>,
    /// Score cards and scores that only a registry supplies.
    pub scores: Vec<Score>,
    /// The programmes.
    pub programmes: Vec<Programme>,
}

/// One fact of the dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Stands on a person's record (else the household's).
    pub person: bool,
    /// Its id without the record.
    pub name: String,
    /// Its type.
    pub kind: Kind,
    /// Months after which a value is too old; zero: never.
    pub fresh_months: u32,
    /// When it applies, and its value otherwise, as written.
    pub applies: Option<(Cond, String)>,
    /// How it is derived.
    pub(crate) derive: Option<Derive>,
}

/// The type of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Yes or no.
    Bool,
    /// A number with digits after the point (0: `int`) and bounds at that scale.
    Number(u8, (i64, i64)),
    /// One of these codes.
    Code(Vec<String>),
    /// Some of these codes; empty: the programmes of the pack.
    Set(Vec<String>),
    /// A date.
    Date,
}

/// A derived fact's expression, by the type of the fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Derive {
    Bool(Cond),
    Number(Num),
    Code(CodeOf),
}

/// A score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// Its id.
    pub id: String,
    /// Its scale.
    pub scale: String,
    /// Digits after the point.
    pub digits: u8,
    /// Its bounds, at that scale.
    pub bounds: (i64, i64),
    /// Its indicators, each with conditions and points in order; empty: not published.
    pub indicators: Vec<Vec<(Cond, i64)>>,
}

/// A programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// Its id.
    pub id: String,
    /// Each member is a candidate (else the household as a whole).
    pub person: bool,
    /// `open`, `announced`, `closed` or `unknown`.
    pub state: &'static str,
    /// `complete`, `partial`, `open to all` or `not published`.
    pub rules: &'static str,
    /// What must hold.
    pub criteria: Vec<Criterion>,
    /// Conditions that rank, that choose a benefit, and that call for a paper.
    pub others: [Option<Cond>; 3],
}

/// A criterion: one condition, or alternatives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// Its alternatives; a single one is written as `when`, unless `listed`.
    pub any_of: Vec<Alternative>,
    /// Written as `any_of` even when there is one.
    pub listed: bool,
    /// First day in force, as written.
    pub from: Option<&'static str>,
    /// Last day in force, as written.
    pub until: Option<&'static str>,
}

/// One condition of a criterion.
pub type Alternative = Cond;

impl Policy {
    /// Draws a policy.
    #[must_use]
    pub fn random(seed: u64) -> Self {
        let policy = Self { seed, members_max: 0, facts: vec![], scores: vec![], programmes: vec![] };
        Draw { rng: Rng::new(seed), policy, written: vec![] }.policy()
    }

    /// Loads it as a pack.
    ///
    /// # Errors
    /// What the loader says, one mistake per line.
    pub fn load(&self) -> Result<Pack, String> {
        let files = self.files();
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        Pack::load(&files).map_err(|all| all.iter().map(|one| format!("{one}\n")).collect())
    }
}
