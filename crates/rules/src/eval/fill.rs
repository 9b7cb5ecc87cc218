//! Lays a family's values into their slots: what fits its fact and is not too old.

use super::cells::{Codes, Ctx, Val};
use crate::{
    FactRef, FactValues, Held, Id, Interval, Pack, Value,
    expr::check::{AGE_MAX, AGE_MONTHS_MAX},
    pack::fact::FactType,
    plan::{Plan, SlotPlan},
};
use std::collections::HashMap;

/// So few codes are found sooner by looking at each than by hashing.
const FEW: usize = 12;

/// The slots of a record in the order of their facts' names: the order in which values come, so that one walk along
/// both finds every slot.
#[derive(Debug, Default, Clone)]
pub(crate) struct InOrder(Vec<(String, u16)>);

impl InOrder {
    /// The slots of the household and of a person.
    pub(crate) fn of(plan: &Plan) -> [Self; 2] {
        let sorted = |slots: &HashMap<String, u16>| {
            let mut all: Vec<(String, u16)> = slots.iter().map(|(name, slot)| (name.clone(), *slot)).collect();
            all.sort_unstable();
            Self(all)
        };
        [sorted(&plan.household_slots), sorted(&plan.person_slots)]
    }

    /// Each value with its name and its slot; without one when no fact has the name.
    fn along<'v>(&self, values: &'v FactValues) -> impl Iterator<Item = (Option<u16>, &'v str, &'v Held)> {
        let mut rest = self.0.iter().peekable();
        values.iter().map(move |(name, held)| {
            let before = |(known, _): &&(String, u16)| known < name;
            while rest.next_if(before).is_some() {}
            let found = rest.next_if(|(known, _)| known == name);
            (found.map(|(_, slot)| *slot), name.as_str(), held)
        })
    }
}

impl<'a> Ctx<'a> {
    pub(super) fn fill(&mut self) {
        let (family, [household, person]) = (self.family, &self.pack.in_order);
        for (slot, name, held) in household.along(&family.household) {
            match slot {
                Some(slot) => self.put(&self.plan.household[usize::from(slot)], self.cell_of(None, slot), held, None),
                None => self.ignore("household", name, None),
            }
        }
        for (m, member) in family.members.iter().enumerate() {
            for (slot, name, held) in person.along(&member.facts) {
                match slot {
                    Some(slot) => {
                        self.put(&self.plan.person[usize::from(slot)], self.cell_of(Some(m), slot), held, Some(m));
                    }
                    None => self.ignore("person", name, Some(m)),
                }
            }
            if let (Some(birth), Some(slot)) = (member.birth, self.plan.birth) {
                let cell = self.cell_of(Some(m), slot);
                self.base[cell] = Val::Birth(birth);
            }
        }
        self.take_ages();
        self.complete_list();
        self.cells = self.fresh_cells();
    }

    /// Ages are read by many conditions, so they are reckoned once.
    fn take_ages(&mut self) {
        let Some(slot) = self.plan.birth else { return };
        for member in 0..self.members {
            if let Val::Birth(birth) = self.base[self.cell_of(Some(member), slot)] {
                let interval = |(low, high): (i64, i64), most: i64| Interval::new(low.min(most), high.min(most));
                let years = interval(birth.age_years(self.at), AGE_MAX);
                let months = interval(birth.age_months(self.at), AGE_MONTHS_MAX);
                self.ages[member] = Some((years, months));
            }
        }
    }

    /// "These are all" closes the list for good; its absence is not a no, since somebody may still say it.
    fn complete_list(&mut self) {
        let Some(slot) = self.plan.complete else { return };
        let cell = self.cell_of(None, slot);
        self.open &= self.base[cell] != Val::Bool(true);
        self.base[cell] = if self.open { Val::Unknown } else { Val::Bool(true) };
    }

    fn ignore(&mut self, record: &str, name: &str, member: Option<usize>) {
        let member = member.map(|m| self.keys[m].clone());
        self.ignored.push(FactRef { fact: Id::from(format!("{record}.{name}")), member });
    }

    fn put(&mut self, slot: &SlotPlan, cell: usize, held: &'a Held, member: Option<usize>) {
        let stale = held.is_stale(slot.fresh_months, self.at);
        self.held[cell] = Some((held, stale));
        if stale {
            return;
        }
        match self.read(slot, &held.value) {
            Some(value) => self.base[cell] = value,
            None => {
                let fact = self.pack.facts[slot.fact].id.clone();
                self.ignored.push(FactRef { fact, member: member.map(|m| self.keys[m].clone()) });
            }
        }
    }

    /// The value in the slot's type; `None` when it does not fit, and then it is unknown.
    fn read(&mut self, slot: &SlotPlan, value: &Value) -> Option<Val> {
        let within = |n: i64| slot.bounds.low <= n && n <= slot.bounds.high;
        match (value, slot.kind_of_value) {
            _ if slot.derive.is_some() => None,
            (Value::Bool(b), FactType::Bool) => Some(Val::Bool(*b)),
            (Value::Int(n), FactType::Int) | (Value::Decimal(n), FactType::Decimal { .. }) if within(*n) => {
                Some(Val::Number(Interval::exactly(*n)))
            }
            (Value::Code(code), FactType::Code) => code_in(self.pack, slot, code).map(Val::Code),
            (Value::Date(birth), FactType::Date) => Some(Val::Birth(*birth)),
            (Value::Set { has, complete }, FactType::Set) => {
                let has = has.iter().filter_map(|code| code_in(self.pack, slot, code)).collect();
                self.sets.push(Codes { has, complete: *complete });
                u32::try_from(self.sets.len() - 1).ok().map(Val::Set)
            }
            _ => None,
        }
    }
}

/// The number of a code in its fact's dictionary.
fn code_in(pack: &Pack, slot: &SlotPlan, code: &str) -> Option<u16> {
    let codes = &pack.facts[slot.fact].codes;
    if codes.len() > FEW {
        return slot.codes.get(code).copied();
    }
    codes.iter().zip(0u16..).find(|(known, _)| known.id == *code).map(|(_, number)| number)
}
