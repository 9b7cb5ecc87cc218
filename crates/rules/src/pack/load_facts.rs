//! Loads the dictionary and the score cards.

use super::{
    Pack,
    fact::{Code, Fact, FactKind, FactType, Indicator, Record, Score},
    load::Loader,
    raw::{RawAnswer, RawFact, RawFacts, RawIndicator, RawScore},
    words::Words,
    written::{scaled, text},
};
use crate::{Id, Interval, eval::fill::InOrder, expr::names::Names, verdict::shapes};
use std::collections::BTreeSet;
use toml::Value;

pub(super) const FACTS: &str = "facts.toml";

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
        pack.in_order = InOrder::of(&pack.plan);
        let personal = |condition: usize| pack.plan.conditions[condition].personal;
        pack.shapes = shapes(pack.programmes.iter().zip(&pack.plan.programmes), personal);
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
        let answers = |i: &RawIndicator| {
            let points = |a: &RawAnswer| scaled(&a.points, raw.digits).unwrap_or_default();
            i.answer.iter().map(|a| (a.when.get_ref().clone(), points(a))).collect()
        };
        let indicator = |i: &RawIndicator| Indicator { id: i.id.clone(), text: i.text.clone(), answers: answers(i) };
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
}
