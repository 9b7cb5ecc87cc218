//! Draws a policy: what an expression may read, and how deep it may go.

use crate::{
    Rng,
    expr::{Cond, Of, Who},
    policy::{Fact, Kind, Policy},
};

/// How many constructs may stand inside one another.
pub(crate) const DEPTH: u8 = 3;

/// A policy under way: expressions read only what was drawn before, so nothing is computed from itself.
pub(crate) struct Draw {
    pub(crate) rng: Rng,
    pub(crate) policy: Policy,
    /// Conditions of criteria so far and whether they read a candidate, to be asked again by other programmes.
    pub(crate) written: Vec<(bool, Cond)>,
}

/// Whose records an expression may read beside the household's.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope {
    /// There is a candidate.
    pub(crate) candidate: bool,
    /// A list function is looking at a member.
    pub(crate) member: bool,
}

impl Scope {
    pub(crate) fn of(person: bool) -> Self {
        Self { candidate: person, member: false }
    }

    /// Inside a list function; these are not nested.
    pub(crate) fn inside(self) -> Self {
        Self { member: true, ..self }
    }

    /// Whose ages may be asked.
    pub(crate) fn persons(self) -> Vec<Who> {
        let candidate = self.candidate.then_some(Who::Candidate);
        let member = self.member.then_some(Who::Member);
        // Inside a list function the member is the one mostly asked about.
        candidate.into_iter().chain(member).chain(member).chain(member).collect()
    }
}

impl Draw {
    pub(crate) fn policy(mut self) -> Policy {
        self.dictionary();
        self.programmes();
        // The loader takes facts in any order.
        if self.rng.chance(500) {
            self.rng.shuffle(&mut self.policy.facts);
        }
        self.policy
    }

    /// A fact that a scope may read and that is as wished; a person's rather than the household's.
    pub(crate) fn fact(&mut self, scope: Scope, wished: impl Fn(&Fact) -> bool) -> Option<(Of, Fact)> {
        let persons = scope.persons();
        let mut found: Vec<(Of, Fact)> = vec![];
        for fact in self.policy.facts.iter().filter(|fact| wished(fact)) {
            let whose: &[Who] = if fact.person { &persons } else { &[Who::Household] };
            found.extend(whose.iter().map(|who| (Of { who: *who, name: fact.name.clone() }, fact.clone())));
        }
        self.rng.pick(&found).cloned()
    }

    /// Whether births are in the dictionary, so that ages may be asked.
    pub(crate) fn has_births(&self) -> bool {
        self.policy.facts.iter().any(|fact| fact.kind == Kind::Date)
    }
}
