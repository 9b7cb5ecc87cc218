//! The pack made ready for evaluation: everything by slot number, nothing by name.

use crate::{
    Id, Interval, K3,
    expr::rule::{At, AtomKind, Cond, Derived, Num},
    pack::fact::FactType,
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

/// A pack's rules, ready to run.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) household: Vec<SlotPlan>,
    pub(crate) person: Vec<SlotPlan>,
    pub(crate) scores: Vec<ScorePlan>,
    pub(crate) programmes: Vec<ProgrammePlan>,
    /// Every distinct condition of a criterion; programmes that ask the same share one.
    pub(crate) conditions: Vec<Shared>,
    /// Slots by fact id without record prefix.
    pub(crate) household_slots: HashMap<String, u16>,
    pub(crate) person_slots: HashMap<String, u16>,
    pub(crate) birth: Option<u16>,
    pub(crate) complete: Option<u16>,
    pub(crate) household_active: Option<u16>,
    pub(crate) person_active: Option<u16>,
    pub(crate) members_max: i64,
    /// Numbers each fact is compared with anywhere in the pack, ascending; by its place in the dictionary.
    pub(crate) cut_offs: HashMap<usize, Vec<i64>>,
}

/// One fact of a record.
#[derive(Debug)]
pub(crate) struct SlotPlan {
    /// Its place in the dictionary.
    pub(crate) fact: usize,
    pub(crate) kind_of_value: FactType,
    pub(crate) bounds: Interval,
    pub(crate) fresh_months: u32,
    pub(crate) codes: HashMap<Id, u16>,
    /// When it is asked, and what it is when it is not.
    pub(crate) applies: Option<(Cond, Otherwise)>,
    pub(crate) derive: Option<Derived>,
    /// The line of facts.toml where it is declared.
    pub(crate) line: usize,
}

impl SlotPlan {
    /// Whether rules see something else than the held value.
    pub(crate) fn is_computed(&self) -> bool {
        self.derive.is_some() || self.applies.is_some()
    }
}

impl Plan {
    /// Collects the cut-offs once all conditions are there.
    pub(crate) fn collect_cut_offs(&mut self) {
        let mut cuts: BTreeMap<usize, BTreeSet<i64>> = BTreeMap::new();
        let mut walk = |cond: &Cond| self.cut_offs_of(cond, &mut cuts);
        self.conditions.iter().for_each(|shared| walk(&shared.cond));
        self.scores.iter().flat_map(|s| &s.indicators).flatten().for_each(|(cond, _)| walk(cond));
        for slot in self.household.iter().chain(&self.person) {
            slot.applies.iter().for_each(|(cond, _)| walk(cond));
            if let Some(Derived::Bool(cond)) = &slot.derive {
                walk(cond);
            }
        }
        self.cut_offs = cuts.into_iter().map(|(fact, cuts)| (fact, cuts.into_iter().collect())).collect();
    }

    fn cut_offs_of(&self, cond: &Cond, cuts: &mut BTreeMap<usize, BTreeSet<i64>>) {
        let mut each = |parts: &[Cond]| parts.iter().for_each(|p| self.cut_offs_of(p, cuts));
        match cond {
            Cond::Const(_) => {}
            Cond::Not(inner) => each(std::slice::from_ref(inner)),
            Cond::And(parts) | Cond::Or(parts) => each(parts),
            Cond::If(parts) => each(&parts[..]),
            Cond::Same(parts) => each(&parts[..]),
            Cond::Atom(atom) => match &atom.kind {
                AtomKind::Some(inner) | AtomKind::All(inner) => each(std::slice::from_ref(inner)),
                AtomKind::Number(_, Num::Fact(at), Num::Const(cut)) => {
                    cuts.entry(self.slot(*at).fact).or_default().insert(*cut);
                }
                AtomKind::Number(_, Num::Raised(inner, factor), Num::Const(cut)) => {
                    if let Num::Fact(at) = &**inner {
                        cuts.entry(self.slot(*at).fact).or_default().insert(cut.div_euclid(*factor));
                    }
                }
                AtomKind::Number(_, Num::Count(inner), _) => each(std::slice::from_ref(inner)),
                _ => {}
            },
        }
    }

    fn slot(&self, at: At) -> &SlotPlan {
        match at {
            At::Household(slot) => &self.household[usize::from(slot)],
            At::Person(_, slot) => &self.person[usize::from(slot)],
        }
    }
}

/// The value of a fact that does not apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Otherwise {
    Bool(bool),
    Number(i64),
    Code(u16),
    EmptySet,
}

/// One score.
#[derive(Debug)]
pub(crate) struct ScorePlan {
    /// `scores.<id>`.
    pub(crate) full_id: Id,
    pub(crate) bounds: Interval,
    /// Points by the first answer that holds; empty when only a registry supplies the score.
    pub(crate) indicators: Vec<Vec<(Cond, i64)>>,
}

/// A condition that criteria share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) cond: Cond,
    /// Whether it reads the candidate; if not, it is the same for every member.
    pub(crate) personal: bool,
    /// Where it was first written: file and line.
    pub(crate) place: String,
    /// Its source text.
    pub(crate) text: String,
}

/// One programme.
#[derive(Debug, Default)]
pub(crate) struct ProgrammePlan {
    pub(crate) criteria: Vec<CriterionPlan>,
    pub(crate) preferences: When,
    pub(crate) benefits: When,
    pub(crate) papers: When,
    /// Its code in `household.active_programmes` and `person.active_programmes`.
    pub(crate) household_code: Option<u16>,
    pub(crate) person_code: Option<u16>,
}

/// Conditions of a list's entries; most lists have none.
#[derive(Debug)]
pub(crate) enum When {
    /// None has a condition: as many yeses as entries.
    Always(Arc<[K3]>),
    If(Vec<Cond>),
}

impl Default for When {
    fn default() -> Self {
        When::Always(Arc::from([]))
    }
}

impl From<Vec<Option<Cond>>> for When {
    fn from(conds: Vec<Option<Cond>>) -> Self {
        if conds.iter().all(Option::is_none) {
            return When::Always(conds.iter().map(|_| K3::Yes).collect());
        }
        When::If(conds.into_iter().map(|c| c.unwrap_or(Cond::Const(true))).collect())
    }
}

/// One criterion.
#[derive(Debug)]
pub(crate) struct CriterionPlan {
    /// One condition, or alternatives; places in [`Plan::conditions`].
    pub(crate) any_of: Vec<usize>,
    /// Whether the conditions stand alone (no alternatives were written).
    pub(crate) single: bool,
}
