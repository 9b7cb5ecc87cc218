//! Evaluates a condition and writes down every comparison it rests on.

use super::cells::{Ctx, Env, Val};
use crate::{
    Because, Interval, K3, MembersSeen, Operator, Seen,
    expr::rule::{Atom, AtomKind, CodeOf, Cond, Num, Who},
    plan::Shared,
    verdict::{Finding, Found, NOT_FOUND, Span},
};
use std::sync::Arc;

impl Ctx<'_> {
    /// Finds out every condition that a criterion in force of these programmes asks, once for each member it speaks of,
    /// with the comparisons it rests on.
    pub(crate) fn explain_all(&self, programmes: &[usize]) -> Found {
        let width = self.members.max(1);
        let asked = self.asked(programmes);
        let mut found = Found {
            shapes: Arc::clone(&self.pack.shapes),
            at: self.at,
            findings: vec![NOT_FOUND; self.plan.conditions.len() * width],
            width,
            because: Vec::with_capacity(asked.len() * width),
            missing: vec![],
            marks: vec![],
        };
        for condition in asked {
            let Shared { cond, personal, .. } = &self.plan.conditions[condition];
            for member in 0..if *personal { self.members } else { 1 } {
                let place = found.place(condition, *personal, member);
                let before = found.because.len();
                let truth = self.explain(cond, Env::of(member), true, &mut found.because);
                self.truths[place].set(Some(truth));
                found.findings[place] = Finding { truth, because: Span::since(before, &found.because) };
            }
        }
        found
    }

    /// The conditions that criteria in force ask.
    fn asked(&self, programmes: &[usize]) -> Vec<usize> {
        let mut asked = vec![false; self.plan.conditions.len()];
        for &index in programmes {
            let in_force = self.pack.shapes[index].iter().filter(|shape| shape.in_force(self.at));
            in_force.flat_map(|shape| &shape.ways).for_each(|way| asked[way.condition] = true);
        }
        (0..asked.len()).filter(|condition| asked[*condition]).collect()
    }

    /// The truth of a condition with its comparisons; under a `not` (`positive` false) each shows the opposite need.
    pub(crate) fn explain(&self, cond: &Cond, env: Env, positive: bool, out: &mut Vec<Because>) -> K3 {
        match cond {
            Cond::Const(value) => K3::from(*value),
            Cond::Not(inner) => self.explain(inner, env, !positive, out).not(),
            Cond::And(parts) => parts.iter().fold(K3::Yes, |all, p| all.and(self.explain(p, env, positive, out))),
            Cond::Or(parts) => parts.iter().fold(K3::No, |any, p| any.or(self.explain(p, env, positive, out))),
            Cond::If(parts) => {
                let [test, a, b] = &**parts;
                let test = self.explain(test, env, positive, out);
                let a = if test == K3::No { K3::Unknown } else { self.explain(a, env, positive, out) };
                let b = if test == K3::Yes { K3::Unknown } else { self.explain(b, env, positive, out) };
                match test {
                    K3::Yes => a,
                    K3::No => b,
                    K3::Unknown if a == b => a,
                    K3::Unknown => K3::Unknown,
                }
            }
            Cond::Same(parts) => {
                self.explain(&parts[0], env, positive, out);
                self.explain(&parts[1], env, positive, out);
                self.truth(cond, env)
            }
            Cond::Atom(atom) => self.because(atom, env, positive, out),
        }
    }

    fn because(&self, atom: &Atom, env: Env, positive: bool, out: &mut Vec<Because>) -> K3 {
        let test = Arc::clone(&atom.tests[usize::from(!positive)]);
        let (mut member, mut cell, mut short_by) = (None, None, None);
        let (truth, seen) = match &atom.kind {
            AtomKind::Fact(at) | AtomKind::Has(at, _) => {
                cell = Some(self.cell(*at, env));
                let truth = self.atom(atom, env);
                (truth, known(truth))
            }
            AtomKind::OneOf(code, _) => {
                cell = code_cell(self, code, env);
                (self.atom(atom, env), self.code(code, env).map_or(Seen::Unknown, |c| self.seen_code(cell, c)))
            }
            AtomKind::Number(sign, left, right) => {
                cell = self.number_cell(left, env);
                member = age_of(left).map(|who| env.who(who));
                let (value, needed) = (self.number(left, env), self.number(right, env));
                let truth = super::truth::compare(*sign, value, needed);
                let met = if positive { truth } else { truth.not() };
                short_by = (met == K3::No).then(|| short(test.operator, value, needed)).flatten();
                (truth, self.seen_number(left, value, env))
            }
            AtomKind::Some(cond) | AtomKind::All(cond) => (self.atom(atom, env), self.seen_members(cond, env)),
        };
        if let Some(cell) = cell {
            member = self.member_and_slot(cell).0;
        }
        let held = cell.and_then(|c| self.held[c].map(|(held, stale)| (c, held, stale)));
        let stale = held.is_some_and(|(_, _, stale)| stale);
        let met = if positive { truth } else { truth.not() };
        // Provenance belongs to a value that rules really used (or would have, were it not too old).
        let used = held.filter(|(c, ..)| stale || self.value(*c) == self.base[*c]).map(|(_, held, _)| held);
        out.push(Because {
            test,
            member: member.map(|m| self.keys[m].clone()),
            seen,
            truth: met,
            short_by,
            source: used.map(|h| h.source),
            on: used.map(|h| h.on),
            stale,
        });
        truth
    }

    fn seen_code(&self, cell: Option<usize>, code: u16) -> Seen {
        let fact = cell.map(|c| &self.pack.facts[self.slot(c).fact]);
        fact.and_then(|f| f.codes.get(usize::from(code))).map_or(Seen::Unknown, |c| Seen::Code(c.id.clone()))
    }

    /// A number; nothing when it is merely its declared bounds.
    fn seen_number(&self, num: &Num, value: Interval, env: Env) -> Seen {
        let inner = plain(num);
        let nothing = match inner {
            Num::Fact(at) => {
                !matches!(self.value(self.cell(*at, env)), Val::Number(i) if i.known().is_some() || i != self.slot(self.cell(*at, env)).bounds)
            }
            Num::Score(s) => {
                let score = self.score(usize::from(*s));
                score == self.plan.scores[usize::from(*s)].bounds && score.known().is_none()
            }
            Num::AgeYears(who) | Num::AgeMonths(who) => self.ages[env.who(*who)].is_none(),
            _ => false,
        };
        if nothing { Seen::Unknown } else { Seen::Number(value) }
    }

    fn seen_members(&self, cond: &Cond, env: Env) -> Seen {
        let (mut yes, mut unknown) = (vec![], vec![]);
        for member in 0..self.members {
            match self.truth(cond, env.bind(member)) {
                K3::Yes => yes.push(self.keys[member].clone()),
                K3::Unknown => unknown.push(self.keys[member].clone()),
                K3::No => {}
            }
        }
        Seen::Members(Box::new(MembersSeen { yes, unknown, open: self.open }))
    }

    fn number_cell(&self, num: &Num, env: Env) -> Option<usize> {
        match plain(num) {
            Num::Fact(at) => Some(self.cell(*at, env)),
            _ => None,
        }
    }
}

/// The number behind a change of scale.
fn plain(num: &Num) -> &Num {
    match num {
        Num::Raised(inner, _) => inner,
        other => other,
    }
}

fn age_of(num: &Num) -> Option<Who> {
    match plain(num) {
        Num::AgeYears(who) | Num::AgeMonths(who) => Some(*who),
        _ => None,
    }
}

fn code_cell(ctx: &Ctx, code: &CodeOf, env: Env) -> Option<usize> {
    match code {
        CodeOf::Fact(at) => Some(ctx.cell(*at, env)),
        _ => None,
    }
}

fn known(truth: K3) -> Seen {
    match truth {
        K3::Unknown => Seen::Unknown,
        known => Seen::Bool(known == K3::Yes),
    }
}

/// How far at least a number misses what is needed.
fn short(operator: Operator, value: Interval, needed: Interval) -> Option<i64> {
    match operator {
        Operator::AtLeast => needed.low.checked_sub(value.high),
        Operator::MoreThan => needed.low.checked_sub(value.high)?.checked_add(1),
        Operator::AtMost => value.low.checked_sub(needed.high),
        Operator::LessThan => value.low.checked_sub(needed.high)?.checked_add(1),
        Operator::Is => Some(value.low.checked_sub(needed.high)?.max(needed.low.checked_sub(value.high)?)),
        _ => None,
    }
}
