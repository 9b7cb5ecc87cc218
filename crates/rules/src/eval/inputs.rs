//! Every missing fact that something undecided still reads.

use super::{
    cells::{Ctx, Env, Val},
    wants::{LIST, Wants, want},
};
use crate::expr::rule::{At, AtomKind, CodeOf, Cond, Derived, Num};

impl Ctx<'_> {
    /// Every missing fact an undecided condition still reads, whatever would decide it; for choosing questions.
    pub(crate) fn undecided(&self, cond: &Cond, env: Env, out: &mut Wants) {
        if self.truth(cond, env).is_known() {
            return;
        }
        match cond {
            Cond::Const(_) => {}
            Cond::Not(inner) => self.undecided(inner, env, out),
            Cond::And(parts) | Cond::Or(parts) => parts.iter().for_each(|p| self.undecided(p, env, out)),
            Cond::If(parts) => parts.iter().for_each(|p| self.undecided(p, env, out)),
            Cond::Same(parts) => parts.iter().for_each(|p| self.undecided(p, env, out)),
            Cond::Atom(atom) => match &atom.kind {
                AtomKind::Fact(at) | AtomKind::Has(at, _) => self.inputs_of_cell(self.cell(*at, env), out),
                AtomKind::OneOf(code, _) => self.inputs_of_code(code, env, out),
                AtomKind::Number(_, a, b) => {
                    self.inputs_of_number(a, env, out);
                    self.inputs_of_number(b, env, out);
                }
                AtomKind::Some(c) | AtomKind::All(c) => self.inputs_of_members(c, env, out),
            },
        }
    }

    fn inputs_of_members(&self, cond: &Cond, env: Env, out: &mut Wants) {
        (0..self.members).for_each(|m| self.undecided(cond, env.bind(m), out));
        if self.open {
            out.add(LIST);
        }
    }

    pub(super) fn inputs_of_cell(&self, cell: usize, out: &mut Wants) {
        if !self.is_open(cell) {
            return;
        }
        let slot = self.slot(cell);
        let env = self.member_and_slot(cell).0.map_or(Env::default(), Env::of);
        match &slot.derive {
            Some(Derived::Bool(cond)) => return self.undecided(cond, env, out),
            Some(Derived::Number(num)) => return self.inputs_of_number(num, env, out),
            Some(Derived::Code(code)) => return self.inputs_of_code(code, env, out),
            None => {}
        }
        if let Some((applies, _)) = &slot.applies {
            self.undecided(applies, env, out);
        }
        if self.held_open(cell) {
            out.add(want(cell));
        }
    }

    /// Whether rules see less than a full value in a cell.
    fn is_open(&self, cell: usize) -> bool {
        match self.value(cell) {
            Val::Unknown | Val::Pending => true,
            Val::Number(interval) => interval.known().is_none(),
            Val::Birth(birth) => birth.earliest != birth.latest,
            Val::Set(index) => !self.sets[index as usize].complete,
            Val::Bool(_) | Val::Code(_) | Val::EmptySet => false,
        }
    }

    /// Whether the held value itself leaves something open.
    fn held_open(&self, cell: usize) -> bool {
        match self.base[cell] {
            Val::Unknown => true,
            Val::Birth(birth) => birth.earliest != birth.latest,
            Val::Set(index) => !self.sets[index as usize].complete,
            _ => false,
        }
    }

    pub(super) fn inputs_of_code(&self, code: &CodeOf, env: Env, out: &mut Wants) {
        match code {
            CodeOf::Const(_) => {}
            CodeOf::Fact(at) => self.inputs_of_cell(self.cell(*at, env), out),
            CodeOf::If(parts) => {
                self.undecided(&parts.0, env, out);
                self.inputs_of_code(&parts.1, env, out);
                self.inputs_of_code(&parts.2, env, out);
            }
        }
    }

    pub(super) fn inputs_of_number(&self, num: &Num, env: Env, out: &mut Wants) {
        match num {
            Num::Const(_) => {}
            Num::Fact(at) => self.inputs_of_cell(self.cell(*at, env), out),
            Num::AgeYears(who) | Num::AgeMonths(who) => {
                if let Some(slot) = self.plan.birth {
                    self.inputs_of_cell(self.cell(At::Person(*who, slot), env), out);
                }
            }
            Num::Score(score) => self.inputs_of_score(usize::from(*score), out),
            Num::Neg(inner) | Num::Div(inner, _) | Num::Raised(inner, _) => self.inputs_of_number(inner, env, out),
            Num::Add(two) | Num::Sub(two) | Num::Mul(two) => {
                two.iter().for_each(|n| self.inputs_of_number(n, env, out));
            }
            Num::If(parts) => {
                self.undecided(&parts.0, env, out);
                self.inputs_of_number(&parts.1, env, out);
                self.inputs_of_number(&parts.2, env, out);
            }
            Num::Size if self.open => out.add(LIST),
            Num::Size => {}
            Num::Count(cond) => self.inputs_of_members(cond, env, out),
            Num::Sum(sum) => {
                self.inputs_of_members(&sum.condition, env, out);
                (0..self.members).for_each(|m| self.inputs_of_number(&sum.part, env.bind(m), out));
            }
        }
    }

    /// A published score lacks the inputs of its open questions; any other lacks itself.
    fn inputs_of_score(&self, score: usize, out: &mut Wants) {
        if self.score(score).known().is_some() {
            return;
        }
        let indicators = &self.plan.scores[score].indicators;
        let before = out.get().len();
        for (cond, _) in indicators.iter().flatten() {
            self.undecided(cond, Env::default(), out);
        }
        if out.get().len() == before {
            out.add(want(self.cells.len() + score));
        }
    }
}
