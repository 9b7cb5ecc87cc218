//! Compiles what facts and scores are computed from, and follows what they read.

use super::{
    Pack,
    fact::{Fact, FactType, Record},
    load::Loader,
    load_facts::FACTS,
    raw::{RawFact, RawScore},
    written::{scaled, written},
};
use crate::{
    Id,
    expr::{
        check::{Checker, Reads},
        names::{Names, Scope},
    },
    plan::{Otherwise, Plan, ScorePlan, SlotPlan},
};
use toml::Value;

/// What each fact and each score reads, to follow derived facts.
pub(crate) struct Followed {
    pub(crate) facts: Vec<Reads>,
    pub(crate) scores: Vec<Reads>,
}

impl Loader<'_> {
    /// Compiles every fact and score into the pack's plan.
    pub(super) fn compile_facts(
        &mut self,
        pack: &mut Pack,
        names: &Names,
        raw_facts: &[RawFact],
        raw_scores: &[(String, RawScore)],
    ) -> Followed {
        let mut followed = Followed { facts: vec![], scores: vec![] };
        let mut plan = Plan { members_max: names.members_max, ..Plan::default() };
        for (index, raw) in raw_facts.iter().enumerate() {
            let mut reads = Reads::default();
            let slot = self.slot(pack, names, index, raw, &mut reads);
            followed.facts.push(reads);
            let fact = &pack.facts[index];
            let short = fact.short().to_owned();
            let (slots, by_name) = match fact.record {
                Record::Household => (&mut plan.household, &mut plan.household_slots),
                Record::Person => (&mut plan.person, &mut plan.person_slots),
            };
            by_name.insert(short, names.slots[index]);
            slots.push(slot);
        }
        for (index, (file, raw)) in raw_scores.iter().enumerate() {
            let mut reads = Reads::default();
            let score = self.score_plan(pack, names, index, file, raw, &mut reads);
            plan.scores.push(score);
            followed.scores.push(reads);
        }
        plan.birth = plan.person_slots.get("birth").copied();
        plan.complete = plan.household_slots.get("members_complete").copied();
        plan.household_active = plan.household_slots.get("active_programmes").copied();
        plan.person_active = plan.person_slots.get("active_programmes").copied();
        pack.plan = plan;
        followed
    }

    fn slot(&mut self, pack: &Pack, names: &Names, index: usize, raw: &RawFact, reads: &mut Reads) -> SlotPlan {
        let fact = &pack.facts[index];
        let scope = || Scope { candidate: fact.record == Record::Person, bound: None };
        let mut follow = |r: Reads| {
            reads.facts.extend(r.facts);
            reads.scores.extend(r.scores);
        };
        let mut derive = None;
        if let Some(placed) = written(&raw.derive) {
            match Checker::new(names, &pack.facts, &pack.scores, placed.get_ref(), scope()).derived(index) {
                Ok((derived, r)) => {
                    derive = Some(derived);
                    follow(r);
                }
                Err(mistakes) => self.mistakes(FACTS, placed, mistakes),
            }
        }
        let mut applies = None;
        if let Some(placed) = written(&raw.applies) {
            let checker = Checker::new(names, &pack.facts, &pack.scores, placed.get_ref(), scope());
            match (checker.condition(), self.otherwise(raw, fact, names, index)) {
                (Ok((cond, r)), Some(otherwise)) => {
                    applies = Some((cond, otherwise));
                    follow(r);
                }
                (Ok(_), None) => {}
                (Err(mistakes), _) => self.mistakes(FACTS, placed, mistakes),
            }
        }
        SlotPlan {
            fact: index,
            kind_of_value: fact.kind_of_value,
            bounds: fact.bounds,
            fresh_months: fact.fresh_months,
            codes: names.codes[index].clone(),
            applies,
            derive,
            line: self.line(FACTS, &raw.id),
        }
    }

    fn otherwise(&mut self, raw: &RawFact, fact: &Fact, names: &Names, index: usize) -> Option<Otherwise> {
        let number = |v: &Value, scale| scaled(v, scale).filter(|n| fact.bounds.low <= *n && *n <= fact.bounds.high);
        let found = match (&raw.otherwise, fact.kind_of_value) {
            (Some(Value::Boolean(b)), FactType::Bool) => Some(Otherwise::Bool(*b)),
            (Some(Value::String(code)), FactType::Code) => {
                names.codes[index].get(code.as_str()).map(|c| Otherwise::Code(*c))
            }
            (Some(Value::Array(items)), FactType::Set) if items.is_empty() => Some(Otherwise::EmptySet),
            (Some(v), FactType::Int) => number(v, 0).map(Otherwise::Number),
            (Some(v), FactType::Decimal { scale }) => number(v, scale).map(Otherwise::Number),
            _ => None,
        };
        if found.is_none() {
            let message = format!("`{}` has `applies` but no fitting `otherwise`.", fact.id);
            let hint = "Write the value it has when it does not apply: a yes/no, a number within bounds, one of its codes, or [].";
            self.error(FACTS, Some(raw.id.span().start), message, Some(hint.into()));
        }
        found
    }

    fn score_plan(
        &mut self,
        pack: &Pack,
        names: &Names,
        index: usize,
        file: &str,
        raw: &RawScore,
        reads: &mut Reads,
    ) -> ScorePlan {
        let mut indicators = vec![];
        for indicator in &raw.indicator {
            let mut answers = vec![];
            for answer in &indicator.answer {
                let checker = Checker::new(names, &pack.facts, &pack.scores, answer.when.get_ref(), Scope::default());
                match checker.condition() {
                    Ok((cond, r)) => {
                        reads.facts.extend(r.facts);
                        reads.scores.extend(r.scores);
                        answers.push((cond, scaled(&answer.points, raw.digits).unwrap_or_default()));
                    }
                    Err(mistakes) => self.mistakes(file, &answer.when, mistakes),
                }
            }
            indicators.push(answers);
        }
        let bounds = pack.scores[index].bounds;
        let extreme = |pick: fn(i64, i64) -> i64| {
            let each = indicators.iter().filter_map(|a| a.iter().map(|(_, p)| *p).reduce(pick));
            each.fold(0i64, i64::saturating_add)
        };
        if raw.published && (extreme(i64::min) < bounds.low || extreme(i64::max) > bounds.high) {
            let message =
                format!("The points add up to {} .. {}, outside min and max.", extreme(i64::min), extreme(i64::max));
            self.error(file, Some(raw.id.span().start), message, None);
        }
        ScorePlan { full_id: Id::from(format!("scores.{}", pack.scores[index].id)), bounds, indicators }
    }

    /// A fact that is derived from itself, through whatever others, could never be computed.
    pub(super) fn refuse_circles(&mut self, pack: &Pack, followed: &Followed, raw: &[RawFact]) {
        for (index, fact) in raw.iter().enumerate() {
            let reads = followed.all(&followed.facts[index]);
            if reads.facts.contains(&index) {
                let message = format!("`{}` is computed from itself.", pack.facts[index].id);
                self.error(FACTS, Some(fact.id.span().start), message, Some("Break the circle.".into()));
            }
        }
    }
}

impl Followed {
    /// Everything that is read in the end, derived facts and published scores followed to their inputs and kept.
    pub(crate) fn all(&self, start: &Reads) -> Reads {
        let mut done = Reads::default();
        let (mut facts, mut scores) = (start.facts.clone(), start.scores.clone());
        loop {
            if let Some(fact) = facts.pop_first() {
                if done.facts.insert(fact) {
                    facts.extend(&self.facts[fact].facts);
                    scores.extend(&self.facts[fact].scores);
                }
            } else if let Some(score) = scores.pop_first() {
                if done.scores.insert(score) {
                    facts.extend(&self.scores[score].facts);
                    scores.extend(&self.scores[score].scores);
                }
            } else {
                return done;
            }
        }
    }
}
