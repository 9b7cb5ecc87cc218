//! Kinds of private help: protected facts by topic, as a person may ask for them.

use crate::text::T;
use rules::{
    Pack, Verdict,
    pack::fact::{Fact, FactKind, Sensitivity},
};
use std::collections::BTreeSet;

/// Whether a verdict may be shown: a protected one only when every protected fact it reads has its gate open.
pub fn shown(pack: &Pack, verdict: &Verdict, open: impl Fn(&str) -> bool) -> bool {
    if !verdict.protected {
        return true;
    }
    let Some(programme) = pack.programme(&verdict.programme) else { return false };
    let protected = |fact: &str| pack.fact(fact).is_some_and(|f| f.sensitivity == Sensitivity::Protected);
    let facts: Vec<&str> = programme.facts.iter().map(|f| &**f).filter(|f| protected(f)).collect();
    !facts.is_empty() && facts.iter().all(|fact| open(fact))
}

/// A topic's own words where there are some, else the label of its fact.
pub fn words(t: T, fact: &Fact) -> String {
    let id = format!("help-topic-{}", fact.id.replace(['.', '_'], "-"));
    if t.has(&id) { t.m(&id) } else { fact.label(t.lang()).to_owned() }
}

/// The protected facts that programmes read, by topic: a fact that some programme reads without any other protected
/// one stands for itself; the others go together with those they are read with.
pub fn grouped(pack: &Pack) -> Vec<Vec<&Fact>> {
    let protected = |fact: &&Fact| fact.sensitivity == Sensitivity::Protected && fact.kind == FactKind::Asked;
    let facts: Vec<&Fact> = pack.facts().iter().filter(protected).collect();
    let place = |id: &str| facts.iter().position(|fact| fact.id == *id);
    let read = pack.programmes().iter().map(|p| p.facts.iter().filter_map(|id| place(id)).collect::<BTreeSet<usize>>());
    let sets: Vec<BTreeSet<usize>> = read.filter(|set| !set.is_empty()).collect();
    let alone: BTreeSet<usize> = sets.iter().filter(|set| set.len() == 1).flatten().copied().collect();
    let mut topics: Vec<BTreeSet<usize>> = alone.iter().map(|fact| BTreeSet::from([*fact])).collect();
    let mut together: Vec<BTreeSet<usize>> = Vec::new();
    for set in &sets {
        let mut joined: BTreeSet<usize> = set.difference(&alone).copied().collect();
        if joined.is_empty() {
            continue;
        }
        let (touching, apart): (Vec<_>, Vec<_>) = together.into_iter().partition(|other| !other.is_disjoint(&joined));
        touching.into_iter().for_each(|other| joined.extend(other));
        together = apart;
        together.push(joined);
    }
    topics.append(&mut together);
    topics.sort();
    topics.into_iter().map(|set| set.into_iter().map(|i| facts[i]).collect()).collect()
}
