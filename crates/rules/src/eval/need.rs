//! What would make a condition yes, or no: the sets of missing facts from which [`super::missing`] chooses.

use super::{
    cells::{Ctx, Env, Val},
    wants::{LIST, Want, Wants, want},
};
use crate::{
    K3,
    expr::{
        node::Compare,
        rule::{Atom, AtomKind, Cond, Derived, Num},
    },
};

/// What makes a shared condition yes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Need {
    /// Where the set is kept; empty when the condition cannot become yes.
    pub(crate) set: (u32, u32),
    /// Whether it was chosen among several.
    pub(crate) chose: bool,
}

impl Ctx<'_> {
    /// Facts with which a condition can reach the goal, into an empty set; none when it has reached it. False when it
    /// cannot, and then what the set holds means nothing.
    pub(super) fn need(&self, cond: &Cond, env: Env, goal: K3, out: &mut Wants) -> bool {
        let truth = self.truth(cond, env);
        if truth.is_known() {
            return truth == goal;
        }
        match cond {
            Cond::Const(_) => false,
            Cond::Not(inner) => self.need(inner, env, goal.not(), out),
            Cond::And(parts) if goal == K3::Yes => parts.iter().all(|p| self.also(p, env, goal, out)),
            Cond::Or(parts) if goal == K3::No => parts.iter().all(|p| self.also(p, env, goal, out)),
            Cond::And(parts) | Cond::Or(parts) => {
                self.cheapest(out, parts.iter().map(|p| |out: &mut Wants| self.need(p, env, goal, out)))
            }
            Cond::If(parts) => {
                let way = |(branch, test): (usize, K3)| {
                    move |out: &mut Wants| {
                        self.also(&parts[0], env, test, out) && self.also(&parts[branch], env, goal, out)
                    }
                };
                self.cheapest(out, [(1, K3::Yes), (2, K3::No)].into_iter().map(way))
            }
            Cond::Same(parts) => {
                let other = |truth: K3| if goal == K3::Yes { truth } else { truth.not() };
                let way = |first: K3| {
                    move |out: &mut Wants| {
                        self.also(&parts[0], env, first, out) && self.also(&parts[1], env, other(first), out)
                    }
                };
                self.cheapest(out, [K3::Yes, K3::No].into_iter().map(way))
            }
            Cond::Atom(atom) => self.need_atom(atom, env, goal, out),
        }
    }

    /// Adds what a further condition needs to the set.
    fn also(&self, cond: &Cond, env: Env, goal: K3, out: &mut Wants) -> bool {
        let aside = out.begin();
        let can = self.need(cond, env, goal, out);
        if can {
            out.join(aside)
        } else {
            out.forget(aside)
        }
        can
    }

    /// The smallest set of several ways, the first of equals.
    fn cheapest<W: FnOnce(&mut Wants) -> bool>(&self, out: &mut Wants, ways: impl Iterator<Item = W>) -> bool {
        self.chose.set(true);
        let mut best: Option<usize> = None;
        for way in ways {
            let aside = out.begin();
            let can = way(out);
            let size = out.get().len();
            if can && best.is_none_or(|best| size < best) {
                best = Some(size);
                out.replace(aside);
            } else {
                out.forget(aside);
            }
        }
        best.is_some()
    }

    pub(super) fn need_atom(&self, atom: &Atom, env: Env, goal: K3, out: &mut Wants) -> bool {
        match &atom.kind {
            AtomKind::Fact(at) => return self.need_fact(self.cell(*at, env), goal, out),
            AtomKind::Has(at, _) => self.inputs_of_cell(self.cell(*at, env), out),
            AtomKind::OneOf(code, _) => self.inputs_of_code(code, env, out),
            AtomKind::Number(sign, Num::Count(cond), Num::Const(k)) => {
                self.need_count(*sign, cond, *k, env, goal, out);
            }
            AtomKind::Number(_, a, b) => {
                self.inputs_of_number(a, env, out);
                self.inputs_of_number(b, env, out);
            }
            AtomKind::Some(cond) if goal == K3::Yes => return self.any_member(cond, env, goal, out),
            AtomKind::All(cond) if goal == K3::No => return self.any_member(cond, env, goal, out),
            AtomKind::Some(cond) | AtomKind::All(cond) => {
                let everybody = (0..self.members).all(|member| self.also(cond, env.bind(member), goal, out));
                if everybody && self.open {
                    out.add(LIST);
                }
                return everybody;
            }
        }
        true
    }

    /// One member suffices; when none of the named can, somebody not yet named might.
    fn any_member(&self, cond: &Cond, env: Env, goal: K3, out: &mut Wants) -> bool {
        let way = |member: usize| move |out: &mut Wants| self.need(cond, env.bind(member), goal, out);
        let named = self.cheapest(out, (0..self.members).map(way));
        if !named && self.open {
            out.add(LIST);
        }
        named || self.open
    }

    /// A yes/no fact: derived ones through their expression, asked ones with the condition under which they apply.
    fn need_fact(&self, cell: usize, goal: K3, out: &mut Wants) -> bool {
        let slot = self.slot(cell);
        let env = self.member_and_slot(cell).0.map_or(Env::default(), Env::of);
        if let Some(Derived::Bool(cond)) = &slot.derive {
            return self.need(cond, env, goal, out);
        }
        let own = |out: &mut Wants| match self.base[cell] {
            Val::Bool(held) => K3::from(held) == goal,
            _ => {
                out.add(want(cell));
                true
            }
        };
        let Some((applies, otherwise)) = &slot.applies else { return own(out) };
        let applies_and_is = |out: &mut Wants| self.also(applies, env, K3::Yes, out) && own(out);
        if Val::from(*otherwise) != Val::Bool(goal == K3::Yes) {
            return applies_and_is(out);
        }
        let way = |applicable: bool| {
            move |out: &mut Wants| {
                if applicable { applies_and_is(out) } else { self.need(applies, env, K3::No, out) }
            }
        };
        self.cheapest(out, [true, false].into_iter().map(way))
    }

    /// How many of the undecided members must go one way for a count to reach its bound.
    fn need_count(&self, sign: Compare, cond: &Cond, k: i64, env: Env, goal: K3, out: &mut Wants) {
        self.chose.set(true);
        let upwards = match (sign, goal) {
            (Compare::Ge, K3::Yes) | (Compare::Lt, K3::No) => Some(k),
            (Compare::Gt, K3::Yes) | (Compare::Le, K3::No) => Some(k + 1),
            _ => None,
        };
        let mut low = 0;
        let mut ways: Vec<Vec<Want>> = vec![];
        let towards = if upwards.is_some() { K3::Yes } else { K3::No };
        for member in 0..self.members {
            match self.truth(cond, env.bind(member)) {
                K3::Yes => low += 1,
                K3::No => {}
                K3::Unknown => {
                    let aside = out.begin();
                    let can = self.need(cond, env.bind(member), towards, out);
                    ways.extend(can.then(|| out.get().to_vec()));
                    out.forget(aside);
                }
            }
        }
        let open = i64::try_from(ways.len()).unwrap_or(i64::MAX);
        let (enough, list) = match upwards {
            Some(bound) => (bound - low, bound - low > open),
            // Downwards, or an exact number: everybody undecided counts.
            None => (open, self.open),
        };
        ways.sort_by_key(Vec::len);
        let enough = usize::try_from(enough).unwrap_or(0);
        ways.into_iter().take(enough).flatten().for_each(|want| out.add(want));
        if list && self.open {
            out.add(LIST);
        }
    }
}
