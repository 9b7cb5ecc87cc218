//! Households of a registry of our own as columns: what the desk would screen on a day, and nothing else.

use crate::{
    chunk::{Chunk, Layout, NO_DISTRICT},
    column::{Column, UNKNOWN},
    field::{Field, Part, fields_of},
    ids::{Ids, Texts},
    mapping::COMPLETE,
};
use rules::{
    Date, Family, Held, Id, Pack, Value,
    column::Input,
    pack::fact::{FactKind, Record, Sensitivity},
};

/// Turns families into chunks of columns.
pub struct Columns {
    layout: Layout,
    household: Vec<Input>,
    person: Vec<Input>,
    day: Date,
}

/// One household to take in.
pub struct Taken {
    /// Its key.
    pub id: String,
    /// Its district's code.
    pub district: String,
    /// Its facts with the day each was learnt.
    pub family: Family,
}

impl Columns {
    /// Columns for every fact of a policy that is not derived, for its scores, and for whether lists are complete.
    /// Protected facts are left out unless they are named. A value too old on the day is unknown.
    pub fn new(pack: &Pack, protected: &[String], day: Date) -> Self {
        let named = |id: &Id| protected.iter().any(|one| **one == **id);
        let mut layout = Layout::default();
        let (mut household, mut person) = (vec![], vec![]);
        for fact in pack.facts() {
            let shown = fact.sensitivity != Sensitivity::Protected || named(&fact.id);
            if fact.kind == FactKind::Derived || !shown || *fact.id == *COMPLETE {
                continue;
            }
            for field in fields_of(pack, &fact.id) {
                let input = field.input(fact.fresh_months);
                match field.record() {
                    Record::Household => (household.push(input), layout.household.push(field)),
                    Record::Person => (person.push(input), layout.person.push(field)),
                };
            }
        }
        let scores = pack.scores().iter().map(|score| format!("scores.{}", score.id));
        for field in scores.chain([COMPLETE.to_owned()]).flat_map(|id| fields_of(pack, &id)) {
            household.push(field.input(0));
            layout.household.push(field);
        }
        let districts = layout.household.iter().find(|field| field.fact == crate::bind::DISTRICT);
        layout.districts = districts.map_or(vec![], |field| field.codes.clone());
        Self { layout, household, person, day }
    }

    /// What the columns are.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Districts in the order in which a snapshot takes them; whoever lives in none of them comes last.
    pub fn districts(&self) -> &[String] {
        &self.layout.districts
    }

    /// Households as a chunk, in their order.
    pub fn chunk(&self, taken: &[Taken]) -> Chunk {
        let empty = |fields: &[Field]| fields.iter().map(|field| Column::empty(field.physical)).collect::<Vec<_>>();
        let (mut ids, mut person_ids) = (Texts::default(), Texts::default());
        let (mut districts, mut members) = (vec![], vec![0]);
        let mut household = empty(&self.layout.household);
        let mut person = empty(&self.layout.person);
        for one in taken {
            ids.push(one.id.as_bytes());
            districts.push(self.district(&one.district));
            for (column, input) in household.iter_mut().zip(&self.household) {
                column.push(self.of_household(input, &one.family));
            }
            for member in &one.family.members {
                person_ids.push(member.key.as_bytes());
                for (column, input) in person.iter_mut().zip(&self.person) {
                    let held = match (&*input.fact, member.birth) {
                        ("person.birth", Some(birth)) => Some(Held::said(Value::Date(birth), self.day)),
                        _ => member.facts.get(short(input)).cloned(),
                    };
                    column.push(self.value(input, held.as_ref()));
                }
            }
            members.push(person_ids.ends.len() as u32);
        }
        Chunk { ids: Ids::Text(ids), districts, members, household, person_ids: Some(Ids::Text(person_ids)), person }
    }

    fn district(&self, code: &str) -> u16 {
        let place = self.layout.districts.iter().position(|district| district == code);
        place.and_then(|at| u16::try_from(at).ok()).unwrap_or(NO_DISTRICT)
    }

    fn of_household(&self, input: &Input, family: &Family) -> i64 {
        if *input.fact == *COMPLETE {
            return i64::from(family.members_complete);
        }
        if let Some(score) = input.fact.strip_prefix("scores.") {
            let points = family.scores.get(score).map(|points| Held::said(Value::Decimal(*points), self.day));
            return self.value(input, points.as_ref());
        }
        self.value(input, family.household.get(short(input)))
    }

    /// A value as its column holds it. An unknown set has no code and is not complete.
    fn value(&self, input: &Input, held: Option<&Held>) -> i64 {
        let fresh = held.filter(|held| !held.is_stale(input.fresh_months, self.day));
        let nothing = if matches!(input.part, Part::Has(_)) { 0 } else { UNKNOWN };
        fresh.and_then(|held| input.encode(&held.value)).unwrap_or(nothing)
    }
}

fn short(input: &Input) -> &str {
    input.fact.split_once('.').map_or("", |(_, short)| short)
}
