//! Loads the dictionary and the score cards.

use super::{
    Pack,
    fact::{Code, Fact, FactKind, FactType, Indicator, Record, Score},
    load::Loader,
    raw::{Placed, RawFact, RawFacts, RawScore},
    words::Words,
};
use crate::{
    Id, Interval,
    expr::{
        check::{Checker, Reads},
        names::{Names, Scope},
        number::decimal,
    },
    plan::{Otherwise, Plan, ScorePlan, SlotPlan},
};
use std::collections::BTreeSet;
use toml::Value;

const FACTS: &str = "facts.toml";

/// What each fact and each score reads, to follow derived facts.
pub(crate) struct Followed {
    pub(crate) facts: Vec<Reads>,
    pub(crate) scores: Vec<Reads>,
}

impl Loader<'_> {
    /// Loads facts and scores, then the programmes over them.
    pub(crate) fn facts_and_programmes(&mut self, pack: &mut Pack) {
        let ids = self.programme_ids();
        let raw_facts = self.read::<RawFacts>(FACTS).map_or(vec![], |f| f.fact);
        pack.facts = raw_facts.iter().map(|raw| self.fact(raw, pack, &ids)).collect();
        self.unique_facts(&raw_facts);
        let raw_scores = self.raw_scores();
        pack.scores = raw_scores.iter().map(|(file, raw)| self.score(file, raw)).collect();
        let names = Names::new(&pack.facts, &pack.scores, pack.members_max);
        let followed = self.compile_facts(pack, &names, &raw_facts, &raw_scores);
        self.refuse_circles(pack, &followed, &raw_facts);
        self.programmes(pack, &names, &followed, &ids);
        self.cases(pack);
    }

    fn programme_ids(&self) -> Vec<Id> {
        let folder = |path: &&str| path.strip_suffix("/programme.toml").map(Id::from);
        self.files.keys().filter_map(folder).collect()
    }

    fn unique_facts(&mut self, raw: &[RawFact]) {
        let mut seen = BTreeSet::new();
        for fact in raw {
            if !seen.insert(fact.id.get_ref()) {
                let message = format!("The fact `{}` is declared twice.", fact.id.get_ref());
                self.error(FACTS, Some(fact.id.span().start), message, None);
            }
        }
    }

    fn fact(&mut self, raw: &RawFact, pack: &Pack, programmes: &[Id]) -> Fact {
        let at = Some(raw.id.span().start);
        let id = raw.id.get_ref().as_str();
        let record = match id.split_once('.') {
            Some(("person", _)) => Record::Person,
            Some(("household", _)) => Record::Household,
            _ => {
                let message = format!("The fact id `{id}` does not name its record.");
                self.error(FACTS, at, message, Some("Begin it with `household.` or `person.`.".into()));
                Record::Household
            }
        };
        let kind_of_value = self.fact_type(raw);
        self.fact_words(raw, &pack.languages);
        Fact {
            id: Id::from(id),
            record,
            kind: raw.kind,
            kind_of_value,
            bounds: self.bounds(raw, kind_of_value),
            unit: raw.unit.clone(),
            codes: self.codes(raw, kind_of_value, pack, programmes),
            label: raw.label.clone(),
            question: raw.question.clone(),
            why: raw.why.clone(),
            sensitivity: raw.sensitivity,
            fresh_months: raw.fresh_months,
            meaning: raw.meaning.clone(),
            status: raw.status,
            applies: text(&raw.applies),
            derive: text(&raw.derive),
        }
    }

    fn fact_type(&mut self, raw: &RawFact) -> FactType {
        let known = ["bool", "int", "decimal", "code", "set", "date"];
        match raw.kind_of_value.get_ref().as_str() {
            "bool" => FactType::Bool,
            "int" => FactType::Int,
            "decimal" => FactType::Decimal { scale: raw.scale.min(9) },
            "code" => FactType::Code,
            "set" => FactType::Set,
            "date" => FactType::Date,
            _ => {
                self.known(FACTS, &raw.kind_of_value, "type", known);
                FactType::Bool
            }
        }
    }

    fn fact_words(&mut self, raw: &RawFact, languages: &[String]) {
        let at = Some(raw.id.span().start);
        let id = raw.id.get_ref();
        let missing = |words: &Words| languages.iter().find(|l| words.only(l).is_none_or(str::is_empty)).cloned();
        if raw.kind == FactKind::Asked
            && let Some(lang) = missing(&raw.question)
        {
            self.error(FACTS, at, format!("The question of `{id}` has no text in `{lang}`."), None);
        }
        if (raw.kind == FactKind::Derived) == text(&raw.derive).is_empty() {
            let message = format!("`{id}` must have kind = \"derived\" and a `derive` expression, or neither.");
            self.error(FACTS, at, message, None);
        }
    }

    fn bounds(&mut self, raw: &RawFact, kind: FactType) -> Interval {
        let scale = match kind {
            FactType::Int => 0,
            FactType::Decimal { scale } => scale,
            _ => return Interval::exactly(0),
        };
        let bound = |value: &Option<Value>| value.as_ref().and_then(|v| scaled(v, scale));
        match (bound(&raw.min), bound(&raw.max)) {
            (Some(low), Some(high)) if low <= high => Interval::new(low, high),
            _ => {
                let message = format!("The number `{}` needs bounds, the lower first.", raw.id.get_ref());
                let hint = "Add min = .. and max = .. within which every true value lies.";
                self.error(FACTS, Some(raw.id.span().start), message, Some(hint.into()));
                Interval::exactly(0)
            }
        }
    }

    fn codes(&mut self, raw: &RawFact, kind: FactType, pack: &Pack, programmes: &[Id]) -> Vec<Code> {
        let bare = |id: &Id| Code { id: id.clone(), text: Words::default() };
        let codes: Vec<Code> = match raw.open_codes.as_str() {
            "" => raw.codes.clone(),
            "programmes" => programmes.iter().map(bare).collect(),
            "places" => pack.places.iter().map(|p| Code { id: p.code.clone(), text: p.name.clone() }).collect(),
            "provinces" => {
                let all: BTreeSet<&str> = pack.places.iter().map(|p| p.province.as_str()).collect();
                all.into_iter().map(|p| bare(&Id::from(p))).collect()
            }
            other => {
                let message = format!("`{other}` is no list of codes.");
                let hint = "Use \"programmes\", \"places\" or \"provinces\".";
                self.error(FACTS, Some(raw.id.span().start), message, Some(hint.into()));
                vec![]
            }
        };
        let distinct: BTreeSet<&Id> = codes.iter().map(|c| &c.id).collect();
        if distinct.len() < codes.len() {
            self.error(FACTS, Some(raw.id.span().start), format!("`{}` has a code twice.", raw.id.get_ref()), None);
        }
        if codes.is_empty() && raw.open_codes.is_empty() && matches!(kind, FactType::Code | FactType::Set) {
            let message = format!("`{}` has no codes.", raw.id.get_ref());
            self.error(FACTS, Some(raw.id.span().start), message, Some("Add codes = [..] or open_codes.".into()));
        }
        codes
    }

    fn raw_scores(&mut self) -> Vec<(String, RawScore)> {
        let is_score = |path: &&&str| path.starts_with("scores/") && path.ends_with(".toml");
        let files: Vec<String> = self.files.keys().filter(is_score).map(|p| (*p).to_owned()).collect();
        files.into_iter().filter_map(|file| Some((file.clone(), self.read(&file)?))).collect()
    }

    fn score(&mut self, file: &str, raw: &RawScore) -> Score {
        let at = Some(raw.id.span().start);
        let bounds = match (scaled(&raw.min, raw.digits), scaled(&raw.max, raw.digits)) {
            (Some(low), Some(high)) if low <= high => Interval::new(low, high),
            _ => {
                self.error(file, at, "A score needs min and max, the lower first.".into(), None);
                Interval::exactly(0)
            }
        };
        if raw.published == raw.indicator.is_empty() {
            let message = "A published score has indicators, and one that is not published has none.";
            self.error(file, at, message.into(), None);
        }
        let stem = file.trim_start_matches("scores/").trim_end_matches(".toml");
        if stem != raw.id.get_ref() {
            let message = format!("The score `{}` stands in the file of `{stem}`.", raw.id.get_ref());
            self.error(file, at, message, Some("Name the file after the score.".into()));
        }
        let answers = |i: &super::raw::RawIndicator| {
            let points = |a: &super::raw::RawAnswer| scaled(&a.points, raw.digits).unwrap_or_default();
            i.answer.iter().map(|a| (a.when.get_ref().clone(), points(a))).collect()
        };
        let indicator =
            |i: &super::raw::RawIndicator| Indicator { id: i.id.clone(), text: i.text.clone(), answers: answers(i) };
        Score {
            id: Id::from(raw.id.get_ref().as_str()),
            title: raw.title.clone(),
            scale: raw.scale.clone(),
            digits: raw.digits,
            bounds,
            lower_is: raw.lower_is.clone(),
            published: raw.published,
            note: raw.note.clone(),
            source: raw.source.clone(),
            indicators: raw.indicator.iter().map(indicator).collect(),
        }
    }

    fn compile_facts(
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
    fn refuse_circles(&mut self, pack: &Pack, followed: &Followed, raw: &[RawFact]) {
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

/// A written expression that is not empty.
pub(crate) fn written(placed: &Option<Placed>) -> Option<&Placed> {
    placed.as_ref().filter(|p| !p.get_ref().trim().is_empty())
}

fn text(placed: &Option<Placed>) -> String {
    written(placed).map_or(String::new(), |p| p.get_ref().clone())
}

/// A number as written, times ten to the scale; `None` when it has more digits or is no number.
pub(crate) fn scaled(value: &Value, scale: u8) -> Option<i64> {
    let written = match value {
        Value::Integer(i) => i.to_string(),
        // The shortest digits that read back as the same double are the digits as typed.
        Value::Float(f) => f.to_string(),
        _ => return None,
    };
    let (digits, found) = decimal(&written)?;
    let missing = scale.checked_sub(found)?;
    digits.checked_mul(10i64.checked_pow(u32::from(missing))?)
}
