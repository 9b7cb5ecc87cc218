//! From checked conditions to the graph: facts become columns, derived facts and `applies` are written out.

use super::{
    encode::day_number,
    graph::{Calc, Graph, Node, Rows, Spread},
    input::{Input, Part, Physical},
    reach::reach_of,
    scope::{Scope, own, rows},
    truth::{NO, Table, UNKNOWN, YES, known},
};
use crate::{
    Date, Id, Pack,
    expr::{
        check::{AGE_MAX, AGE_MONTHS_MAX},
        node::Compare,
        rule::{At, AtomKind, CodeOf, Cond, Derived, Num, Who},
    },
    pack::fact::Record,
    plan::{Otherwise, SlotPlan},
};
use chrono::Months;
use std::collections::HashMap;

/// Builds the graph of one program.
pub(crate) struct Lower<'a> {
    pub(crate) graph: Graph,
    pub(crate) pack: &'a Pack,
    pub(crate) inputs: &'a [Input],
    pub(crate) at: Date,
    places: HashMap<(Id, Part), usize>,
}

impl<'a> Lower<'a> {
    pub(crate) fn new(pack: &'a Pack, inputs: &'a [Input], at: Date) -> Self {
        let places = inputs.iter().enumerate().map(|(i, input)| ((input.fact.clone(), input.part), i)).collect();
        Self { graph: Graph::default(), pack, inputs, at, places }
    }

    /// The column of a fact's part, if there is one.
    pub(crate) fn input(&self, fact: &str, part: Part) -> Option<usize> {
        self.places.get(&(Id::from(fact), part)).copied()
    }

    /// A shared condition of the pack, for a candidate or for the household.
    pub(crate) fn shared(&mut self, condition: usize, scope: Scope) -> Node {
        let pack = self.pack;
        self.cond(&pack.plan.conditions[condition].cond, scope)
    }

    /// A condition, over as few rows as it needs. In [`Scope::Both`] that is the household's or all pairs.
    pub(crate) fn cond(&mut self, cond: &Cond, scope: Scope) -> Node {
        match reach_of(cond).within(scope) {
            narrower if narrower != scope => {
                let node = self.cond(cond, narrower);
                self.widen(node, narrower, scope)
            }
            _ => self.cond_here(cond, scope),
        }
    }

    /// Lays what was found over a narrower scope beside the pairs; household rows stay as they are.
    pub(crate) fn widen(&mut self, node: Node, from: Scope, to: Scope) -> Node {
        match (self.graph.rows[node], from, to) {
            (Rows::Person, Scope::Candidate, Scope::Both) => self.graph.beside(Spread::CandidateToPair, node),
            (Rows::Person, Scope::Member, Scope::Both) => self.graph.beside(Spread::MemberToPair, node),
            _ => node,
        }
    }

    fn cond_here(&mut self, cond: &Cond, scope: Scope) -> Node {
        match cond {
            Cond::Const(value) => self.graph.constant(Rows::Household, known(*value)),
            Cond::Not(inner) => {
                let inner = self.cond(inner, scope);
                self.graph.not(inner)
            }
            Cond::And(parts) => {
                let parts = parts.iter().map(|p| self.cond(p, scope)).collect();
                self.graph.and(parts)
            }
            Cond::Or(parts) => {
                let parts = parts.iter().map(|p| self.cond(p, scope)).collect();
                self.graph.or(parts)
            }
            Cond::If(parts) => {
                let parts = [&parts[0], &parts[1], &parts[2]].map(|p| self.cond(p, scope));
                self.graph.choose(parts)
            }
            Cond::Same(parts) => {
                let parts = [&parts[0], &parts[1]].map(|p| self.cond(p, scope));
                self.graph.same(parts)
            }
            Cond::Atom(atom) => self.atom(&atom.kind, scope),
        }
    }

    fn atom(&mut self, atom: &AtomKind, scope: Scope) -> Node {
        match atom {
            AtomKind::Fact(at) => self.for_slot(*at, scope, Self::fact_truth),
            AtomKind::Has(at, code) => self.for_slot(*at, scope, |me, record, slot| me.has(record, slot, *code)),
            AtomKind::OneOf(CodeOf::Fact(at), codes) => {
                self.for_slot(*at, scope, |me, record, slot| me.one_of(record, slot, codes))
            }
            AtomKind::OneOf(code, codes) => {
                let code = self.code(code, scope);
                let rows = self.graph.rows[code];
                self.graph.put(Calc::OneOf(code, codes.clone()), rows)
            }
            AtomKind::Number(sign, left, right) => self.compare(*sign, left, right, scope),
            AtomKind::Some(cond) => self.exists(cond, scope),
            AtomKind::All(cond) => {
                // All: no open place, and nobody for whom it fails.
                let fails = Cond::Not(Box::new(cond.clone()));
                let somebody = self.exists(&fails, scope);
                self.graph.not(somebody)
            }
        }
    }

    /// Somebody for whom it holds; unknown rather than no while the list is open.
    fn exists(&mut self, cond: &Cond, scope: Scope) -> Node {
        let inside = if scope == Scope::Household { Scope::Member } else { Scope::Both };
        let body = self.cond(cond, inside);
        let any = self.any(body, scope.rows());
        let open = self.graph.put(Calc::Open, Rows::Household);
        self.graph.or(vec![open, any])
    }

    /// A calculation on a slot of whoever the place names.
    pub(crate) fn for_slot(&mut self, at: At, scope: Scope, calc: impl FnOnce(&mut Self, Record, u16) -> Node) -> Node {
        match (at, scope) {
            (At::Household(slot), _) => calc(self, Record::Household, slot),
            (At::Person(who, slot), Scope::Both) => {
                let node = calc(self, Record::Person, slot);
                let from = if who == Who::Candidate { Scope::Candidate } else { Scope::Member };
                self.widen(node, from, scope)
            }
            (At::Person(_, slot), _) => calc(self, Record::Person, slot),
        }
    }

    pub(crate) fn slot(&self, record: Record, slot: u16) -> &'a SlotPlan {
        let pack = self.pack;
        match record {
            Record::Household => &pack.plan.household[usize::from(slot)],
            Record::Person => &pack.plan.person[usize::from(slot)],
        }
    }

    pub(crate) fn fact_id(&self, slot: &SlotPlan) -> &'a str {
        let pack = self.pack;
        &pack.facts[slot.fact].id
    }

    fn fact_truth(&mut self, record: Record, slot: u16) -> Node {
        let plan = self.slot(record, slot);
        if let Some(Derived::Bool(cond)) = &plan.derive {
            return self.cond(cond, own(record));
        }
        let held = if record == Record::Household && self.pack.plan.complete == Some(slot) {
            let open = self.graph.put(Calc::Open, Rows::Household);
            self.graph.not(open)
        } else {
            self.held(record, plan, |value| known(value == 1))
        };
        let Some((applies, otherwise)) = &plan.applies else { return held };
        let when = self.cond(applies, own(record));
        // Not known whether it applies: only a value that is the same either way counts, which is what these say.
        match otherwise {
            Otherwise::Bool(true) => {
                let not = self.graph.not(when);
                self.graph.or(vec![not, held])
            }
            _ => self.graph.and(vec![when, held]),
        }
    }

    /// What the held value of a byte column comes to; unknown without one.
    fn held(&mut self, record: Record, plan: &SlotPlan, truth: impl Fn(i64) -> u8) -> Node {
        let Some(input) = self.input(self.fact_id(plan), Part::Whole) else {
            return self.graph.constant(rows(record), UNKNOWN);
        };
        let (low, high) = self.inputs[input].range();
        let table = Table::of(|byte| match i64::from(byte) {
            value if byte < u8::MAX && low <= value && value <= high => truth(value),
            _ => UNKNOWN,
        });
        self.graph.byte(rows(record), input, table)
    }

    fn one_of(&mut self, record: Record, slot: u16, codes: &[u16]) -> Node {
        let plan = self.slot(record, slot);
        let column = self.input(self.fact_id(plan), Part::Whole);
        let narrow = column.is_none_or(|c| self.inputs[c].physical == Physical::U8);
        if plan.derive.is_some() || !narrow {
            let code = self.slot_code(record, slot);
            let rows = self.graph.rows[code];
            return self.graph.put(Calc::OneOf(code, codes.to_vec()), rows);
        }
        let test = |value: i64| u16::try_from(value).is_ok_and(|v| codes.binary_search(&v).is_ok());
        let held = self.held(record, plan, |v| known(test(v)));
        let Some((applies, Otherwise::Code(otherwise))) = &plan.applies else { return held };
        let otherwise = i64::from(*otherwise);
        let then = known(test(otherwise));
        let alike = self.held(record, plan, |v| if v == otherwise { then } else { UNKNOWN });
        self.applied(record, applies, [held, alike], then)
    }

    /// A test of a fact with `applies`: of the value held, or of what it is otherwise; and where it is not known
    /// whether it applies, only what is the same either way.
    fn applied(&mut self, record: Record, applies: &Cond, [held, alike]: [Node; 2], otherwise: u8) -> Node {
        let when = self.cond(applies, own(record));
        let otherwise = self.graph.constant(rows(record), otherwise);
        self.graph.pick([when, held, otherwise, alike])
    }

    pub(crate) fn has(&mut self, record: Record, slot: u16, code: u16) -> Node {
        let plan = self.slot(record, slot);
        let fact = self.fact_id(plan);
        let (word, bit) = (usize::from(code / 64), u8::try_from(code % 64).unwrap_or(0));
        let words: Vec<Option<usize>> =
            (0..plan.codes.len().div_ceil(64)).map(|w| self.input(fact, Part::Has(w))).collect();
        let complete = self.input(fact, Part::Complete);
        let Some(Some(column)) = words.get(word) else {
            let held = self.graph.constant(rows(record), UNKNOWN);
            return self.has_applied(record, plan, held, None);
        };
        let held = self.graph.put(Calc::Has { word: *column, bit, complete }, rows(record));
        let all: Option<Vec<usize>> = words.iter().copied().collect();
        let empty = all.zip(complete).map(|(words, complete)| Calc::Empty { words, complete });
        self.has_applied(record, plan, held, empty)
    }

    fn has_applied(&mut self, record: Record, plan: &'a SlotPlan, held: Node, empty: Option<Calc>) -> Node {
        let Some((applies, _)) = &plan.applies else { return held };
        let alike = match empty {
            None => self.graph.constant(rows(record), UNKNOWN),
            Some(empty) => {
                let empty = self.graph.put(empty, rows(record));
                self.graph.not(empty)
            }
        };
        self.applied(record, applies, [held, alike], NO)
    }

    fn compare(&mut self, sign: Compare, left: &Num, right: &Num, scope: Scope) -> Node {
        if let Num::Const(cut) = right {
            return self.compare_const(sign, left, *cut, scope);
        }
        let (left, right) = (self.number(left, scope), self.number(right, scope));
        let rows = self.graph.rows[left].max(self.graph.rows[right]);
        let both = [self.graph.lift(left, rows), self.graph.lift(right, rows)];
        self.graph.put(Calc::Compare(sign, both), rows)
    }

    /// Every comparison with a written number comes down to "at least".
    fn compare_const(&mut self, sign: Compare, left: &Num, cut: i64, scope: Scope) -> Node {
        let above = |me: &mut Self| match cut.checked_add(1) {
            Some(next) => me.reaches(left, next, scope),
            None => me.graph.constant(Rows::Household, NO),
        };
        let node = match sign {
            Compare::Ge | Compare::Lt => self.reaches(left, cut, scope),
            Compare::Gt | Compare::Le => above(self),
            Compare::Eq | Compare::Ne => {
                let (at_least, above) = (self.reaches(left, cut, scope), above(self));
                let not_above = self.graph.not(above);
                self.graph.and(vec![at_least, not_above])
            }
        };
        match sign {
            Compare::Ge | Compare::Gt | Compare::Eq => node,
            Compare::Lt | Compare::Le | Compare::Ne => self.graph.not(node),
        }
    }

    /// Whether a number is at least `cut`.
    fn reaches(&mut self, num: &Num, cut: i64, scope: Scope) -> Node {
        match num {
            Num::Raised(inner, factor) => {
                let up = cut.div_euclid(*factor) + i64::from(cut.rem_euclid(*factor) != 0);
                self.reaches(inner, up, scope)
            }
            Num::AgeYears(_) if cut > AGE_MAX => self.graph.constant(Rows::Household, NO),
            Num::AgeMonths(_) if cut > AGE_MONTHS_MAX => self.graph.constant(Rows::Household, NO),
            Num::AgeYears(_) | Num::AgeMonths(_) if cut <= 0 => self.graph.constant(Rows::Household, YES),
            Num::AgeYears(who) => self.born(*who, cut * 12, scope),
            Num::AgeMonths(who) => self.born(*who, cut, scope),
            Num::Fact(at) => self.for_slot(*at, scope, |me, record, slot| me.fact_reaches(record, slot, cut)),
            _ => {
                let number = self.number(num, scope);
                self.graph.at_least(number, cut)
            }
        }
    }

    /// Whether this many months are completed: born on or before the day so long ago.
    fn born(&mut self, who: Who, months: i64, scope: Scope) -> Node {
        let node = match self.births() {
            None => self.graph.constant(Rows::Person, UNKNOWN),
            Some((earliest, latest)) => {
                let months = Months::new(u32::try_from(months).unwrap_or(u32::MAX));
                let cut = self.at.checked_sub_months(months).map_or(0, day_number);
                self.graph.put(Calc::Born { earliest, latest, cut }, Rows::Person)
            }
        };
        let from = if who == Who::Candidate { Scope::Candidate } else { Scope::Member };
        self.widen(node, from, scope)
    }

    /// The columns of births.
    pub(crate) fn births(&self) -> Option<(usize, Option<usize>)> {
        let earliest = self.input("person.birth", Part::Earliest)?;
        Some((earliest, self.input("person.birth", Part::Latest)))
    }

    fn fact_reaches(&mut self, record: Record, slot: u16, cut: i64) -> Node {
        let plan = self.slot(record, slot);
        if let Some(Derived::Number(num)) = &plan.derive {
            return self.reaches(num, cut, own(record));
        }
        if cut <= plan.bounds.low || cut > plan.bounds.high {
            return self.graph.constant(rows(record), known(cut <= plan.bounds.low));
        }
        let column = self.input(self.fact_id(plan), Part::Whole);
        let wide = column.filter(|c| self.inputs[*c].physical != Physical::U8);
        let held = match wide {
            Some(input) => self.graph.put(Calc::Reaches { input, cut }, rows(record)),
            None => self.held(record, plan, |v| known(v >= cut)),
        };
        let Some((applies, Otherwise::Number(otherwise))) = &plan.applies else { return held };
        let (otherwise, then) = (*otherwise, known(*otherwise >= cut));
        let alike = match wide {
            Some(input) => self.wide_alike(record, input, otherwise, then),
            None => self.held(record, plan, |v| if v == otherwise { then } else { UNKNOWN }),
        };
        self.applied(record, applies, [held, alike], then)
    }

    /// What it is otherwise, where the held number is the same; unknown elsewhere.
    fn wide_alike(&mut self, record: Record, input: usize, otherwise: i64, then: u8) -> Node {
        let bounds = self.inputs[input].bounds;
        let side = |cut: i64, graph: &mut Graph| match () {
            () if cut <= bounds.low => graph.constant(rows(record), YES),
            () if cut > bounds.high => graph.constant(rows(record), NO),
            () => graph.put(Calc::Reaches { input, cut }, rows(record)),
        };
        let at_least = side(otherwise, &mut self.graph);
        let above = side(otherwise.saturating_add(1), &mut self.graph);
        let not_above = self.graph.not(above);
        let equal = self.graph.and(vec![at_least, not_above]);
        let unknown = self.graph.constant(rows(record), UNKNOWN);
        if then == YES {
            return self.graph.or(vec![equal, unknown]);
        }
        let not_equal = self.graph.not(equal);
        self.graph.and(vec![not_equal, unknown])
    }
}
