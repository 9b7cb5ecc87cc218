//! A family laid out in slots: what is held, what is too old, and room for what will be computed.

use super::{need::Need, wants::Wants};
use crate::{
    Birth, Date, FactRef, Family, Held, Id, Interval, K3, Pack,
    expr::rule::{At, Who},
    plan::{Otherwise, Plan, SlotPlan},
};
use std::cell::{Cell, RefCell};

/// The value of one slot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Val {
    /// Not computed yet.
    Pending,
    Unknown,
    Bool(bool),
    Number(Interval),
    Code(u16),
    Birth(Birth),
    /// A set, by its place among the family's sets.
    Set(u32),
    /// A set that is known to be empty.
    EmptySet,
}

/// A set of codes as far as known.
#[derive(Debug, Clone, Default)]
pub(crate) struct Codes {
    pub(crate) has: Vec<u16>,
    pub(crate) complete: bool,
}

/// Whose records an expression reads.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Env {
    pub(crate) candidate: u32,
    pub(crate) bound: u32,
}

impl Env {
    pub(crate) fn of(candidate: usize) -> Self {
        Self { candidate: u32::try_from(candidate).unwrap_or(u32::MAX), bound: 0 }
    }

    pub(crate) fn bind(self, member: usize) -> Self {
        Self { bound: u32::try_from(member).unwrap_or(u32::MAX), ..self }
    }

    pub(crate) fn who(self, who: Who) -> usize {
        match who {
            Who::Candidate => self.candidate as usize,
            Who::Bound => self.bound as usize,
        }
    }
}

/// One family under evaluation.
pub(crate) struct Ctx<'a> {
    pub(crate) pack: &'a Pack,
    pub(crate) plan: &'a Plan,
    pub(crate) family: &'a Family,
    pub(crate) at: Date,
    /// Values held, stale ones as unknown: household slots, then each member's.
    pub(crate) base: Vec<Val>,
    /// The held value behind each cell and whether it is too old to count, for reasons.
    pub(crate) held: Vec<Option<(&'a Held, bool)>>,
    /// Each member's age in years and in months.
    pub(crate) ages: Vec<Option<(Interval, Interval)>>,
    /// Values as rules see them: with `applies`, derived facts computed.
    pub(crate) cells: Vec<Cell<Val>>,
    pub(crate) sets: Vec<Codes>,
    pub(crate) scores: Vec<Cell<Option<Interval>>>,
    pub(crate) members: usize,
    /// Nobody said the member list is complete.
    pub(crate) open: bool,
    pub(crate) ignored: Vec<FactRef>,
    pub(crate) keys: Vec<Id>,
    /// What each shared condition came to, for each member or for the household.
    pub(crate) truths: Vec<Cell<Option<K3>>>,
    /// What would make it yes, and whether there was a choice.
    pub(crate) needs: Vec<Cell<Option<Need>>>,
    /// The sets of missing facts found so far.
    pub(crate) wants: RefCell<Wants>,
    /// Set when a set of missing facts was chosen among several.
    pub(crate) chose: Cell<bool>,
}

impl<'a> Ctx<'a> {
    pub(crate) fn new(pack: &'a Pack, family: &'a Family, at: Date) -> Self {
        let plan = &pack.plan;
        let members = family.members.len();
        let size = plan.household.len() + members * plan.person.len();
        let mut ctx = Self {
            pack,
            plan,
            family,
            at,
            base: vec![Val::Unknown; size],
            held: vec![None; size],
            ages: vec![None; members],
            cells: vec![],
            sets: vec![],
            scores: vec![Cell::new(None); plan.scores.len()],
            members,
            open: !family.members_complete,
            ignored: vec![],
            keys: family.members.iter().map(|m| Id::from(m.key.as_str())).collect(),
            truths: vec![],
            needs: vec![],
            wants: RefCell::default(),
            chose: Cell::new(false),
        };
        ctx.make_room();
        ctx.fill();
        ctx
    }

    fn make_room(&mut self) {
        let places = self.plan.conditions.len() * self.members.max(1);
        self.truths = vec![Cell::new(None); places];
        self.needs = vec![Cell::new(None); places];
    }

    /// Where what a condition came to is kept.
    pub(crate) fn place_of(&self, condition: usize, member: Option<usize>) -> usize {
        let member = if self.plan.conditions[condition].personal { member.unwrap_or(0) } else { 0 };
        condition * self.members.max(1) + member
    }

    /// Held values where they stand for themselves, nothing yet where a value is computed.
    pub(super) fn fresh_cells(&self) -> Vec<Cell<Val>> {
        let mut cells = Vec::with_capacity(self.base.len());
        let cell = |(slot, base): (&SlotPlan, &Val)| Cell::new(if slot.is_computed() { Val::Pending } else { *base });
        let (household, members) = self.base.split_at(self.plan.household.len());
        cells.extend(self.plan.household.iter().zip(household).map(cell));
        for member in members.chunks(self.plan.person.len().max(1)) {
            cells.extend(self.plan.person.iter().zip(member).map(cell));
        }
        cells
    }

    /// The same family with one more value held.
    pub(crate) fn with(&self, cell: usize, value: Val) -> Ctx<'a> {
        let mut base = self.base.clone();
        base[cell] = value;
        let mut then = Ctx {
            base,
            held: vec![],
            ages: self.ages.clone(),
            cells: vec![],
            sets: self.sets.clone(),
            scores: vec![Cell::new(None); self.scores.len()],
            ignored: vec![],
            keys: vec![],
            truths: vec![],
            needs: vec![],
            wants: RefCell::default(),
            chose: Cell::new(false),
            ..*self
        };
        then.cells = then.fresh_cells();
        then.make_room();
        then
    }

    /// The cell of a household slot, or of a member's slot.
    pub(crate) fn cell_of(&self, member: Option<usize>, slot: u16) -> usize {
        match member {
            None => usize::from(slot),
            Some(m) => self.plan.household.len() + m * self.plan.person.len() + usize::from(slot),
        }
    }

    /// The cell an expression means.
    pub(crate) fn cell(&self, at: At, env: Env) -> usize {
        match at {
            At::Household(slot) => usize::from(slot),
            At::Person(who, slot) => self.cell_of(Some(env.who(who)), slot),
        }
    }

    /// The member and the slot of a cell.
    pub(crate) fn member_and_slot(&self, cell: usize) -> (Option<usize>, usize) {
        match cell.checked_sub(self.plan.household.len()) {
            None => (None, cell),
            Some(rest) => (Some(rest / self.plan.person.len()), rest % self.plan.person.len()),
        }
    }

    /// The plan of a cell's slot.
    pub(crate) fn slot(&self, cell: usize) -> &'a SlotPlan {
        match self.member_and_slot(cell) {
            (None, slot) => &self.plan.household[slot],
            (Some(_), slot) => &self.plan.person[slot],
        }
    }
}

impl From<Otherwise> for Val {
    fn from(otherwise: Otherwise) -> Self {
        match otherwise {
            Otherwise::Bool(b) => Val::Bool(b),
            Otherwise::Number(n) => Val::Number(Interval::exactly(n)),
            Otherwise::Code(c) => Val::Code(c),
            Otherwise::EmptySet => Val::EmptySet,
        }
    }
}
