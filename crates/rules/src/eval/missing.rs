//! Which missing facts could decide a condition.
//!
//! For an undecided condition, [`Ctx::missing`] gives an inclusion-minimal set of facts that could make it yes:
//! with these known (and the right answers) it can become yes, and with any one left out it cannot. Answers are taken
//! as free of each other. A calculated number and a score count as one: all their undecided inputs belong together.

use super::cells::{Ctx, Env, Val};
use crate::{
    FactRef, Id, K3,
    expr::{
        node::Compare,
        rule::{Atom, AtomKind, Cond, Derived, Num},
    },
};

/// A missing fact: a cell, or past the cells a score, or the member list itself.
pub(crate) type Want = u32;
/// "These are all the members."
pub(super) const LIST: Want = Want::MAX;

impl Ctx<'_> {
    /// An inclusion-minimal set of facts that could make every criterion yes, each of which has shared conditions of
    /// which one suffices.
    pub(crate) fn missing<'c>(&self, criteria: impl Iterator<Item = &'c [usize]>, member: Option<usize>) -> Vec<Want> {
        let mut set: Vec<Want> = vec![];
        let mut chosen: Vec<&[usize]> = vec![];
        for any_of in criteria {
            if any_of.iter().any(|c| self.shared_truth(*c, member) == K3::Yes) {
                continue;
            }
            let mut undecided = any_of.iter().filter(|c| self.shared_truth(**c, member) == K3::Unknown);
            let Some(first) = undecided.next() else { continue };
            let others = undecided.clone().next().is_some();
            let (need, chose) = self.shared_need(*first, member);
            if others || *chose {
                chosen.push(any_of);
            } else {
                need.iter().for_each(|want| add(&mut set, *want));
            }
        }
        // Where there was no choice every fact is needed; the rest are tried for what they add.
        let needed = set.len();
        for any_of in &chosen {
            let undecided = any_of.iter().filter(|c| self.shared_truth(**c, member) == K3::Unknown);
            let least = undecided.map(|c| &self.shared_need(*c, member).0).min_by_key(|need| need.len());
            least.into_iter().flatten().for_each(|want| add(&mut set, *want));
        }
        self.thin(&mut set, needed, &chosen, member);
        set.sort_unstable();
        set
    }

    /// What makes a shared condition yes, found once.
    fn shared_need(&self, condition: usize, member: Option<usize>) -> &(Vec<Want>, bool) {
        let env = member.map_or(Env::default(), Env::of);
        let find = || {
            self.chose.set(false);
            let need = self.need(&self.plan.conditions[condition].cond, env, K3::Yes).unwrap_or_default();
            (need, self.chose.get())
        };
        self.needs[self.place_of(condition, member)].get_or_init(find)
    }

    /// Leaves out what another way makes unnecessary, past the first facts, which are surely needed.
    fn thin(&self, set: &mut Vec<Want>, needed: usize, chosen: &[&[usize]], member: Option<usize>) {
        let env = member.map_or(Env::default(), Env::of);
        let could = |condition: usize, free: &[Want]| {
            let undecided = self.shared_truth(condition, member) == K3::Unknown;
            undecided && self.could(&self.plan.conditions[condition].cond, env, K3::Yes, free)
        };
        let mut index = needed;
        while set.len() > 1 && index < set.len() {
            let tried = set.remove(index);
            if !chosen.iter().all(|any_of| any_of.iter().any(|c| could(*c, set))) {
                set.insert(index, tried);
                index += 1;
            }
        }
    }

    /// The fact a want points at.
    pub(crate) fn fact_ref(&self, want: Want) -> FactRef {
        let index = want as usize;
        if want == LIST {
            return FactRef { fact: Id::from("household.members_complete"), member: None };
        }
        if let Some(score) = index.checked_sub(self.cells.len()) {
            return FactRef { fact: self.plan.scores[score].full_id.clone(), member: None };
        }
        let member = self.member_and_slot(index).0.map(|m| self.keys[m].clone());
        FactRef { fact: self.pack.facts[self.slot(index).fact].id.clone(), member }
    }

    /// The member list as a missing fact.
    pub(crate) fn list(&self) -> Want {
        LIST
    }

    fn cheapest<'c>(&self, conds: impl Iterator<Item = &'c Cond>, env: Env, goal: K3) -> Option<Vec<Want>> {
        self.chose.set(true);
        conds.filter_map(|c| self.need(c, env, goal)).min_by_key(Vec::len)
    }

    fn together<'c>(&self, conds: impl Iterator<Item = &'c Cond>, env: Env, goal: K3) -> Option<Vec<Want>> {
        let mut set = vec![];
        for cond in conds {
            join(&mut set, self.need(cond, env, goal)?);
        }
        Some(set)
    }

    /// Facts with which a condition can reach the goal; nothing needed when it has; `None` when it cannot.
    fn need(&self, cond: &Cond, env: Env, goal: K3) -> Option<Vec<Want>> {
        let truth = self.truth(cond, env);
        if truth.is_known() {
            return (truth == goal).then(Vec::new);
        }
        match cond {
            Cond::Const(_) => None,
            Cond::Not(inner) => self.need(inner, env, goal.not()),
            Cond::And(parts) if goal == K3::Yes => self.together(parts.iter(), env, goal),
            Cond::Or(parts) if goal == K3::No => self.together(parts.iter(), env, goal),
            Cond::And(parts) | Cond::Or(parts) => self.cheapest(parts.iter(), env, goal),
            Cond::If(parts) => {
                self.chose.set(true);
                let way = |branch: usize, test: K3| {
                    let mut set = self.need(&parts[0], env, test)?;
                    join(&mut set, self.need(&parts[branch], env, goal)?);
                    Some(set)
                };
                shorter(way(1, K3::Yes), way(2, K3::No))
            }
            Cond::Same(parts) => {
                self.chose.set(true);
                let way = |first: K3, second: K3| {
                    let mut set = self.need(&parts[0], env, first)?;
                    join(&mut set, self.need(&parts[1], env, second)?);
                    Some(set)
                };
                let other = |truth: K3| if goal == K3::Yes { truth } else { truth.not() };
                shorter(way(K3::Yes, other(K3::Yes)), way(K3::No, other(K3::No)))
            }
            Cond::Atom(atom) => self.need_atom(atom, env, goal),
        }
    }

    fn need_atom(&self, atom: &Atom, env: Env, goal: K3) -> Option<Vec<Want>> {
        let mut set = vec![];
        match &atom.kind {
            AtomKind::Fact(at) => return self.need_fact(self.cell(*at, env), goal),
            AtomKind::Has(at, _) => self.inputs_of_cell(self.cell(*at, env), &mut set),
            AtomKind::OneOf(code, _) => self.inputs_of_code(code, env, &mut set),
            AtomKind::Number(sign, Num::Count(cond), Num::Const(k)) => {
                return self.need_count(*sign, cond, *k, env, goal);
            }
            AtomKind::Number(_, a, b) => {
                self.inputs_of_number(a, env, &mut set);
                self.inputs_of_number(b, env, &mut set);
            }
            AtomKind::Some(cond) if goal == K3::Yes => return self.any_member(cond, env, goal),
            AtomKind::All(cond) if goal == K3::No => return self.any_member(cond, env, goal),
            AtomKind::Some(cond) | AtomKind::All(cond) => {
                for member in 0..self.members {
                    join(&mut set, self.need(cond, env.bind(member), goal)?);
                }
                join(&mut set, if self.open { vec![LIST] } else { vec![] });
            }
        }
        Some(set)
    }

    /// One member suffices; when none of the named can, somebody not yet named might.
    fn any_member(&self, cond: &Cond, env: Env, goal: K3) -> Option<Vec<Want>> {
        self.chose.set(true);
        let named = (0..self.members).filter_map(|m| self.need(cond, env.bind(m), goal)).min_by_key(Vec::len);
        named.or_else(|| self.open.then(|| vec![LIST]))
    }

    /// A yes/no fact: derived ones through their expression, asked ones with the condition under which they apply.
    fn need_fact(&self, cell: usize, goal: K3) -> Option<Vec<Want>> {
        let slot = self.slot(cell);
        let env = self.member_and_slot(cell).0.map_or(Env::default(), Env::of);
        if let Some(Derived::Bool(cond)) = &slot.derive {
            return self.need(cond, env, goal);
        }
        let own = || match self.base[cell] {
            Val::Bool(held) => (K3::from(held) == goal).then(Vec::new),
            _ => Some(vec![want(cell)]),
        };
        let Some((applies, otherwise)) = &slot.applies else { return own() };
        let when_it_does = || {
            let mut set = self.need(applies, env, K3::Yes)?;
            join(&mut set, own()?);
            Some(set)
        };
        let fits = Val::from(*otherwise) == Val::Bool(goal == K3::Yes);
        self.chose.set(self.chose.get() | fits);
        shorter(when_it_does(), if fits { self.need(applies, env, K3::No) } else { None })
    }

    /// How many of the undecided members must go one way for a count to reach its bound.
    fn need_count(&self, sign: Compare, cond: &Cond, k: i64, env: Env, goal: K3) -> Option<Vec<Want>> {
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
                K3::Unknown => ways.extend(self.need(cond, env.bind(member), towards)),
            }
        }
        let open = i64::try_from(ways.len()).unwrap_or(i64::MAX);
        let (enough, list) = match upwards {
            Some(bound) => (bound - low, bound - low > open),
            // Downwards, or an exact number: everybody undecided counts.
            None => (open, self.open),
        };
        ways.sort_by_key(Vec::len);
        let mut set = vec![];
        for way in ways.into_iter().take(usize::try_from(enough).unwrap_or(0)) {
            join(&mut set, way);
        }
        join(&mut set, if list && self.open { vec![LIST] } else { vec![] });
        Some(set)
    }

    /// Whether a condition could reach the goal when only the free facts get answers.
    fn could(&self, cond: &Cond, env: Env, goal: K3, free: &[Want]) -> bool {
        let truth = self.truth(cond, env);
        if truth.is_known() {
            return truth == goal;
        }
        match cond {
            Cond::Const(_) => false,
            Cond::Not(inner) => self.could(inner, env, goal.not(), free),
            Cond::And(parts) if goal == K3::Yes => parts.iter().all(|p| self.could(p, env, goal, free)),
            Cond::Or(parts) if goal == K3::No => parts.iter().all(|p| self.could(p, env, goal, free)),
            Cond::And(parts) | Cond::Or(parts) => parts.iter().any(|p| self.could(p, env, goal, free)),
            Cond::If(parts) => {
                let way = |branch: usize, test| {
                    self.could(&parts[0], env, test, free) && self.could(&parts[branch], env, goal, free)
                };
                way(1, K3::Yes) || way(2, K3::No)
            }
            Cond::Atom(atom) => match (&atom.kind, goal) {
                (AtomKind::Some(c), K3::Yes) | (AtomKind::All(c), K3::No) => {
                    let somebody = (0..self.members).any(|m| self.could(c, env.bind(m), goal, free));
                    somebody || (self.open && free.contains(&LIST))
                }
                (AtomKind::Some(c) | AtomKind::All(c), _) => {
                    let everybody = (0..self.members).all(|m| self.could(c, env.bind(m), goal, free));
                    everybody && (!self.open || free.contains(&LIST))
                }
                (AtomKind::Fact(at), _) => self.could_fact(self.cell(*at, env), goal, free),
                _ => self.within(self.need_atom(atom, env, goal), free),
            },
            Cond::Same(_) => self.within(self.need(cond, env, goal), free),
        }
    }

    fn could_fact(&self, cell: usize, goal: K3, free: &[Want]) -> bool {
        let slot = self.slot(cell);
        let env = self.member_and_slot(cell).0.map_or(Env::default(), Env::of);
        if let Some(Derived::Bool(cond)) = &slot.derive {
            return self.could(cond, env, goal, free);
        }
        let own = match self.base[cell] {
            Val::Bool(held) => K3::from(held) == goal,
            _ => free.contains(&want(cell)),
        };
        let Some((applies, otherwise)) = &slot.applies else { return own };
        let fits = Val::from(*otherwise) == Val::Bool(goal == K3::Yes);
        (own && self.could(applies, env, K3::Yes, free)) || (fits && self.could(applies, env, K3::No, free))
    }

    fn within(&self, need: Option<Vec<Want>>, free: &[Want]) -> bool {
        need.is_some_and(|set| set.iter().all(|w| free.contains(w)))
    }
}

pub(super) fn want(index: usize) -> Want {
    Want::try_from(index).unwrap_or(LIST)
}

pub(super) fn add(set: &mut Vec<Want>, want: Want) {
    if !set.contains(&want) {
        set.push(want);
    }
}

pub(super) fn join(set: &mut Vec<Want>, more: Vec<Want>) {
    more.into_iter().for_each(|want| add(set, want));
}

fn shorter(a: Option<Vec<Want>>, b: Option<Vec<Want>>) -> Option<Vec<Want>> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if b.len() < a.len() { b } else { a }),
        (a, b) => a.or(b),
    }
}
