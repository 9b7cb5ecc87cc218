//! Numbers, codes and scores of the graph, as intervals.

use super::{
    graph::{Calc, Node, Rows},
    input::Part,
    lower::Lower,
    reach::{of_code, of_number},
    scope::{Scope, own, rows},
};
use crate::{
    Interval,
    expr::{
        check::{AGE_MAX, AGE_MONTHS_MAX},
        rule::{At, CodeOf, Derived, Num, SumOf, Who},
    },
    pack::fact::Record,
    plan::Otherwise,
};

/// A code that is not known.
pub(crate) const NO_CODE: u16 = u16::MAX;

impl Lower<'_> {
    /// A number, over as few rows as it needs (see [`Lower::cond`]).
    pub(crate) fn number(&mut self, num: &Num, scope: Scope) -> Node {
        match of_number(num).within(scope) {
            narrower if narrower != scope => {
                let node = self.number(num, narrower);
                self.widen(node, narrower, scope)
            }
            _ => self.number_here(num, scope),
        }
    }

    fn number_here(&mut self, num: &Num, scope: Scope) -> Node {
        match num {
            Num::Const(value) => self.exactly(Interval::exactly(*value), Rows::Household),
            Num::Fact(at) => self.for_slot(*at, scope, Self::fact_number),
            Num::Score(score) => self.score(usize::from(*score)),
            Num::AgeYears(who) => self.age(*who, false, scope),
            Num::AgeMonths(who) => self.age(*who, true, scope),
            Num::Neg(inner) => self.one(inner, scope, Calc::Neg),
            Num::Div(inner, by) => self.one(inner, scope, |n| Calc::Div(n, *by)),
            Num::Raised(inner, factor) => self.one(inner, scope, |n| Calc::Times(n, *factor)),
            Num::Add(two) => self.two(two, scope, Calc::Add),
            Num::Sub(two) => self.two(two, scope, Calc::Sub),
            Num::Mul(two) => self.two(two, scope, Calc::Mul),
            Num::If(parts) => {
                let when = self.cond(&parts.0, scope);
                let parts = [when, self.number(&parts.1, scope), self.number(&parts.2, scope)];
                self.chosen(parts, Calc::NumberIf)
            }
            Num::Size => self.graph.put(Calc::Size, Rows::Household),
            Num::Count(cond) => {
                let inside = inside(scope);
                let cond = self.cond(cond, inside);
                let cond = self.graph.lift(cond, inside.rows());
                self.graph.put(Calc::Count(cond), scope.rows())
            }
            Num::Sum(sum) => self.sum(sum, scope),
        }
    }

    pub(crate) fn exactly(&mut self, interval: Interval, rows: Rows) -> Node {
        self.graph.put(Calc::Number(rows, interval), rows)
    }

    fn one(&mut self, inner: &Num, scope: Scope, calc: impl FnOnce(Node) -> Calc) -> Node {
        let inner = self.number(inner, scope);
        let rows = self.graph.rows[inner];
        self.graph.put(calc(inner), rows)
    }

    fn two(&mut self, two: &[Num; 2], scope: Scope, calc: impl FnOnce([Node; 2]) -> Calc) -> Node {
        let parts = [self.number(&two[0], scope), self.number(&two[1], scope)];
        let rows = self.graph.rows[parts[0]].max(self.graph.rows[parts[1]]);
        let parts = parts.map(|p| self.graph.lift(p, rows));
        self.graph.put(calc(parts), rows)
    }

    fn chosen(&mut self, parts: [Node; 3], calc: impl FnOnce([Node; 3]) -> Calc) -> Node {
        let rows = parts.iter().map(|p| self.graph.rows[*p]).max().unwrap_or(Rows::Household);
        let parts = parts.map(|p| self.graph.lift(p, rows));
        self.graph.put(calc(parts), rows)
    }

    fn sum(&mut self, sum: &SumOf, scope: Scope) -> Node {
        let inside = inside(scope);
        let (condition, part) = (self.cond(&sum.condition, inside), self.number(&sum.part, inside));
        let condition = self.graph.lift(condition, inside.rows());
        let part = self.graph.lift(part, inside.rows());
        self.graph.put(Calc::Sum { condition, part, bounds: sum.part_bounds }, scope.rows())
    }

    fn age(&mut self, who: Who, months: bool, scope: Scope) -> Node {
        let most = if months { AGE_MONTHS_MAX } else { AGE_MAX };
        let node = match self.births() {
            None => self.exactly(Interval::new(0, most), Rows::Person),
            Some((earliest, latest)) => self.graph.put(Calc::Age { earliest, latest, months }, Rows::Person),
        };
        let from = if who == Who::Candidate { Scope::Candidate } else { Scope::Member };
        self.widen(node, from, scope)
    }

    fn fact_number(&mut self, record: Record, slot: u16) -> Node {
        let plan = self.slot(record, slot);
        if let Some(Derived::Number(num)) = &plan.derive {
            return self.number(num, own(record));
        }
        let held = match self.input(self.fact_id(plan), Part::Whole) {
            None => self.exactly(plan.bounds, rows(record)),
            Some(input) => self.graph.put(Calc::Column { input, bounds: plan.bounds }, rows(record)),
        };
        let Some((applies, Otherwise::Number(otherwise))) = &plan.applies else { return held };
        let when = self.cond(applies, own(record));
        let when = self.graph.lift(when, rows(record));
        self.graph.put(Calc::Applied { when, held, otherwise: *otherwise, bounds: plan.bounds }, rows(record))
    }

    /// A score: its column where a registry supplied it, its card's points, or its declared bounds.
    pub(crate) fn score(&mut self, index: usize) -> Node {
        let plan = &self.pack.plan.scores[index];
        let card = match plan.indicators.is_empty() {
            true => self.exactly(plan.bounds, Rows::Household),
            false => {
                let questions = plan.indicators.iter().map(|answers| {
                    answers.iter().map(|(cond, points)| (self.cond(cond, Scope::Household), *points)).collect()
                });
                let questions = questions.collect();
                self.graph.put(Calc::Card(questions), Rows::Household)
            }
        };
        match self.input(&plan.full_id, Part::Whole) {
            None => card,
            Some(input) => self.graph.put(Calc::Supplied { input, otherwise: card }, Rows::Household),
        }
    }

    /// A code, over as few rows as it needs.
    pub(crate) fn code(&mut self, code: &CodeOf, scope: Scope) -> Node {
        match of_code(code).within(scope) {
            narrower if narrower != scope => {
                let node = self.code(code, narrower);
                self.widen(node, narrower, scope)
            }
            _ => match code {
                CodeOf::Const(code) => self.graph.put(Calc::Code(Rows::Household, *code), Rows::Household),
                CodeOf::Fact(at) => self.code_at(*at, scope),
                CodeOf::If(parts) => {
                    let when = self.cond(&parts.0, scope);
                    let parts = [when, self.code(&parts.1, scope), self.code(&parts.2, scope)];
                    self.chosen(parts, Calc::CodeIf)
                }
            },
        }
    }

    fn code_at(&mut self, at: At, scope: Scope) -> Node {
        self.for_slot(at, scope, Self::slot_code)
    }

    /// A code fact as rules see it.
    pub(crate) fn slot_code(&mut self, record: Record, slot: u16) -> Node {
        let plan = self.slot(record, slot);
        if let Some(Derived::Code(code)) = &plan.derive {
            return self.code(code, own(record));
        }
        let held = match self.input(self.fact_id(plan), Part::Whole) {
            None => self.graph.put(Calc::Code(rows(record), NO_CODE), rows(record)),
            Some(input) => self.graph.put(Calc::Codes { input }, rows(record)),
        };
        let Some((applies, Otherwise::Code(otherwise))) = &plan.applies else { return held };
        let when = self.cond(applies, own(record));
        let otherwise = self.graph.put(Calc::Code(rows(record), *otherwise), rows(record));
        self.chosen([when, held, otherwise], Calc::CodeIf)
    }
}

fn inside(scope: Scope) -> Scope {
    if scope == Scope::Household { Scope::Member } else { Scope::Both }
}
