//! Which missing facts could decide a condition.
//!
//! For an undecided condition, [`Ctx::missing`] gives an inclusion-minimal set of facts that could make it yes:
//! with these known (and the right answers) it can become yes, and with any one left out it cannot. Answers are taken
//! as free of each other. A calculated number and a score count as one: all their undecided inputs belong together.

use super::{
    cells::{Ctx, Env, Val},
    need::Need,
    wants::{LIST, Want, Wants, want},
};
use crate::{
    FactRef, Id, K3,
    expr::rule::{AtomKind, Cond, Derived},
};

impl Ctx<'_> {
    /// An inclusion-minimal set of facts that could make every criterion yes, each of which has shared conditions of
    /// which one suffices. It takes the place of what the set held.
    pub(crate) fn missing<'c>(
        &self,
        criteria: impl Iterator<Item = &'c [usize]>,
        member: Option<usize>,
        set: &mut Vec<Want>,
    ) {
        set.clear();
        let mut chosen: Vec<&[usize]> = vec![];
        for any_of in criteria {
            let truth = |condition: &usize| self.shared_truth(*condition, member);
            if any_of.iter().map(truth).fold(K3::No, K3::or) != K3::Unknown {
                continue;
            }
            let mut undecided = any_of.iter().filter(|c| truth(c) == K3::Unknown);
            let Some(first) = undecided.next() else { continue };
            let need = self.shared_need(*first, member);
            if need.chose || undecided.next().is_some() {
                chosen.push(any_of);
            } else {
                self.wants.borrow().kept(need.set).iter().for_each(|want| add(set, *want));
            }
        }
        // Where there was no choice every fact is needed; the rest are tried for what they add.
        let needed = set.len();
        for any_of in &chosen {
            let undecided = any_of.iter().filter(|c| self.shared_truth(**c, member) == K3::Unknown);
            let least = undecided.map(|c| self.shared_need(*c, member).set).min_by_key(|(from, to)| to - from);
            let wants = self.wants.borrow();
            least.into_iter().flat_map(|set| wants.kept(set)).for_each(|want| add(set, *want));
        }
        self.thin(set, needed, &chosen, member);
        set.sort_unstable();
    }

    /// What makes a shared condition yes, found once.
    fn shared_need(&self, condition: usize, member: Option<usize>) -> Need {
        let place = &self.needs[self.place_of(condition, member)];
        if let Some(need) = place.get() {
            return need;
        }
        let env = member.map_or(Env::default(), Env::of);
        let mut wants = self.wants.take();
        let aside = wants.begin();
        self.chose.set(false);
        if !self.need(&self.plan.conditions[condition].cond, env, K3::Yes, &mut wants) {
            wants.clear();
        }
        let need = Need { set: wants.keep(aside), chose: self.chose.get() };
        self.wants.replace(wants);
        place.set(Some(need));
        need
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
            let declared = self.plan.complete.map(|slot| &self.pack.facts[self.slot(usize::from(slot)).fact].id);
            let fact = declared.cloned().unwrap_or_else(|| Id::from("household.members_complete"));
            return FactRef { fact, member: None };
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
                _ => self.within(free, |set| self.need_atom(atom, env, goal, set)),
            },
            Cond::Same(_) => self.within(free, |set| self.need(cond, env, goal, set)),
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

    /// Whether what is needed is all among the free facts.
    fn within(&self, free: &[Want], need: impl FnOnce(&mut Wants) -> bool) -> bool {
        let mut wants = self.wants.take();
        let aside = wants.begin();
        let within = need(&mut wants) && wants.get().iter().all(|want| free.contains(want));
        wants.forget(aside);
        self.wants.replace(wants);
        within
    }
}

fn add(set: &mut Vec<Want>, want: Want) {
    if !set.contains(&want) {
        set.push(want);
    }
}
