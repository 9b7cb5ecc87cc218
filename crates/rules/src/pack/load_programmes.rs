//! Loads programmes: checks what they name, compiles what they ask.

mod parts;

use super::{
    Pack,
    compile_facts::Followed,
    fact::{FactKind, Sensitivity},
    load::Loader,
    programme::{Alternative, Completeness, Criterion, FULL_PARTS, Level, Preference, Programme},
    raw::{Placed, RawCriterion, RawProgramme, RawTexts, TextOrMarks},
    words::MarkedWords,
    written::written,
};
use crate::{
    Id,
    expr::{
        check::{Checker, Reads},
        names::{Names, Scope},
        rule::Cond,
    },
    plan::{CriterionPlan, ProgrammePlan, Shared, When},
};
use std::collections::{BTreeMap, BTreeSet};

/// Loads one programme at a time.
struct Folder<'a> {
    pack: &'a Pack,
    names: &'a Names,
    followed: &'a Followed,
    ids: &'a [Id],
    file: String,
    scope: Scope,
    shared: &'a mut SharedConditions,
    /// What the criteria read; these decide whether the programme is protected.
    reads: Reads,
}

impl Loader<'_> {
    /// Loads every programme folder.
    pub(crate) fn programmes(&mut self, pack: &mut Pack, names: &Names, followed: &Followed, ids: &[Id]) {
        let mut ids: Vec<Id> = ids.to_vec();
        ids.sort();
        let (mut programmes, mut plans, mut shared) = (vec![], vec![], SharedConditions::default());
        for id in &ids {
            let file = format!("{id}/programme.toml");
            let Some(raw) = self.read::<RawProgramme>(&file) else { continue };
            let scope = Scope { candidate: raw.level == Level::Person, bound: None };
            let reads = Reads::default();
            let mut folder = Folder { pack, names, followed, ids: &ids, file, scope, shared: &mut shared, reads };
            let (programme, plan) = self.programme(&mut folder, id, &raw);
            programmes.push(programme);
            plans.push(plan);
        }
        pack.by_id = programmes.iter().enumerate().map(|(i, p): (usize, &Programme)| (p.id.clone(), i)).collect();
        pack.programmes = programmes;
        self.unlisted(pack);
        pack.plan.programmes = plans;
        pack.plan.conditions = shared.all;
        pack.plan.collect_cut_offs();
    }

    /// Refuses an expression that looks for a protected programme in a list of programmes. Such a programme is never
    /// among those a family is asked about, so "these are all" says nothing of it and must not read as "not received".
    fn unlisted(&mut self, pack: &Pack) {
        let files: Vec<(String, &str)> = self.files.iter().map(|(file, text)| ((*file).to_owned(), *text)).collect();
        for (file, text) in files.iter().filter(|(file, _)| file.ends_with("programme.toml") || file == "facts.toml") {
            for programme in pack.programmes.iter().filter(|p| p.protected) {
                for at in looked_for(text, &programme.id) {
                    let message = format!(
                        "The protected programme `{}` is never in a list that a family is asked, so a list without it \
                         does not say that it is not received.",
                        programme.id
                    );
                    let hint = "Ask a fact that names no programme, such as who else pays.";
                    self.error(file, Some(at), message, Some(hint.into()));
                }
            }
        }
    }

    fn programme(&mut self, folder: &mut Folder, id: &Id, raw: &RawProgramme) -> (Programme, ProgrammePlan) {
        let file = folder.file.clone();
        if raw.id.get_ref() != &**id {
            let message = format!("The programme `{}` stands in the folder `{id}`.", raw.id.get_ref());
            self.error(&file, Some(raw.id.span().start), message, Some("Name the folder after the programme.".into()));
        }
        self.sources(folder, &raw.sources);
        let mut plan = ProgrammePlan::default();
        let criteria: Vec<Criterion> = raw.criterion.iter().map(|c| self.criterion(folder, c, &mut plan)).collect();
        self.unique_criteria(folder, &raw.criterion);
        self.completeness(folder, raw);
        let criteria_reads = std::mem::take(&mut folder.reads);
        let (preferences, conds): (Vec<_>, Vec<Option<Cond>>) =
            raw.preference.iter().map(|p| self.preference(folder, p)).unzip();
        plan.preferences = When::from(conds);
        let (benefits, conds): (Vec<_>, Vec<Option<Cond>>) =
            raw.benefit.iter().map(|b| self.benefit(folder, b)).unzip();
        plan.benefits = When::from(conds);
        let (papers, conds): (Vec<_>, Vec<Option<Cond>>) = raw.paper.iter().map(|p| self.paper(folder, p)).unzip();
        plan.papers = When::from(conds);
        let (facts, uses_protected) = followed_facts(folder, &criteria_reads);
        let slot_code =
            |fact: &str| folder.names.facts.get(fact).and_then(|f| folder.names.codes[*f].get(&**id)).copied();
        plan.household_code = slot_code("household.active_programmes");
        plan.person_code = slot_code("person.active_programmes");
        let texts = self.texts(folder, id);
        let programme = Programme {
            id: id.clone(),
            operator: self.known(&file, &raw.operator, "operator", folder.pack.operators.iter().map(|o| &*o.id)),
            decides: self.decides(folder, raw),
            level: raw.level,
            state: raw.state,
            rules: *raw.rules.get_ref(),
            purpose: raw.purpose,
            protected: raw.protected || uses_protected,
            umbrella: Some(raw.umbrella.clone()).filter(|u| !u.is_empty()),
            packs: raw.packs.clone(),
            target_groups: raw.target_groups.clone(),
            places: raw.places.clone(),
            status: raw.status,
            sources: raw.sources.iter().map(|s| Id::from(s.get_ref().as_str())).collect(),
            apply_at: raw.apply_at.clone(),
            conditions: raw.conditions.clone(),
            booking: self.booking(folder, &raw.booking),
            note: raw.note.clone(),
            name: marked(texts.name),
            line: marked(texts.line),
            full: marked(texts.full),
            texts_note: texts.note,
            criteria,
            preferences,
            benefits,
            papers,
            steps: raw.step.iter().map(|s| self.step(folder, s)).collect(),
            exclusions: self.related(folder, &raw.exclusion),
            links: self.related(folder, &raw.link),
            fallbacks: self.related(folder, &raw.fallback),
            facts,
        };
        (programme, plan)
    }

    fn condition(&mut self, folder: &mut Folder, placed: &Placed) -> Option<Cond> {
        let pack = folder.pack;
        let checker = Checker::new(folder.names, &pack.facts, &pack.scores, placed.get_ref(), folder.scope.clone());
        match checker.condition() {
            Ok((cond, reads)) => {
                folder.reads.facts.extend(reads.facts);
                folder.reads.scores.extend(reads.scores);
                Some(cond)
            }
            Err(mistakes) => {
                self.mistakes(&folder.file, placed, mistakes);
                None
            }
        }
    }

    fn sources(&mut self, folder: &Folder, sources: &[Placed]) -> Vec<Id> {
        let known = || folder.pack.sources.iter().map(|s| &*s.id);
        sources.iter().map(|s| self.known(&folder.file, s, "source", known())).collect()
    }

    fn criterion(&mut self, folder: &mut Folder, raw: &RawCriterion, plan: &mut ProgrammePlan) -> Criterion {
        let when = written(&raw.when);
        if when.is_some() != raw.any_of.is_empty() {
            let message = format!("The criterion `{}` needs either `when` or alternatives.", raw.id.get_ref());
            let hint = "Write when = \"..\", or [[criterion.any_of]] tables, not both.";
            self.error(&folder.file, Some(raw.id.span().start), message, Some(hint.into()));
        }
        let written: Vec<&Placed> = when.into_iter().chain(raw.any_of.iter().map(|a| &a.when)).collect();
        let mut conds = vec![];
        for placed in &written {
            if let Some(cond) = self.condition(folder, placed) {
                let place = format!("{}:{}", folder.file, self.line(&folder.file, placed));
                conds.push(folder.shared.place(placed.get_ref(), cond, place));
            }
        }
        plan.criteria.push(CriterionPlan { any_of: conds, single: when.is_some() });
        Criterion {
            id: Id::from(raw.id.get_ref().as_str()),
            when: when.map_or(String::new(), |w| w.get_ref().clone()),
            any_of: raw.any_of.iter().map(|a| self.alternative(folder, a)).collect(),
            status: raw.status,
            source: self.sources(folder, &raw.source),
            note: raw.note.clone(),
            from: self.day(folder, &raw.from),
            until: self.day(folder, &raw.until),
            words: raw.words.clone(),
        }
    }

    fn alternative(&mut self, folder: &Folder, raw: &super::raw::RawAlternative) -> Alternative {
        Alternative {
            id: Id::from(raw.id.get_ref().as_str()),
            when: raw.when.get_ref().clone(),
            status: raw.status,
            source: self.sources(folder, &raw.source),
            note: raw.note.clone(),
            words: raw.words.clone(),
        }
    }

    fn unique_criteria(&mut self, folder: &Folder, raw: &[RawCriterion]) {
        let mut seen = BTreeSet::new();
        let ids = raw.iter().flat_map(|c| {
            let inner = c.any_of.iter().map(move |a| (format!("{}/{}", c.id.get_ref(), a.id.get_ref()), &a.id));
            std::iter::once((c.id.get_ref().clone(), &c.id)).chain(inner)
        });
        for (id, placed) in ids {
            if !seen.insert(id) {
                let message = format!("The id `{}` is used twice.", placed.get_ref());
                self.error(&folder.file, Some(placed.span().start), message, None);
            }
        }
    }

    /// A programme without criteria must say why it has none.
    fn completeness(&mut self, folder: &Folder, raw: &RawProgramme) {
        let at = Some(raw.rules.span().start);
        let none = raw.criterion.is_empty();
        match raw.rules.get_ref() {
            Completeness::Complete | Completeness::Partial if none => {
                let hint = "Add a criterion, or write rules = \"open to all\" or \"not published\".";
                self.error(&folder.file, at, "There is no criterion.".into(), Some(hint.into()));
            }
            Completeness::OpenToAll if !none => {
                let hint = "Write rules = \"complete\" or \"partial\".";
                let message = "A programme with criteria is not open to all.";
                self.error(&folder.file, at, message.into(), Some(hint.into()));
            }
            _ => {}
        }
    }

    fn preference(&mut self, folder: &mut Folder, raw: &super::raw::RawPreference) -> (Preference, Option<Cond>) {
        let cond = self.condition(folder, &raw.when);
        let preference = Preference {
            when: raw.when.get_ref().clone(),
            status: raw.status,
            source: self.sources(folder, &raw.source),
            words: raw.words.clone(),
        };
        (preference, cond)
    }

    fn texts(&mut self, folder: &Folder, id: &Id) -> RawTexts {
        let file = format!("{id}/texts.toml");
        let texts: RawTexts = self.read(&file).unwrap_or_default();
        for lang in &folder.pack.languages {
            for (part, words) in [("name", &texts.name), ("line", &texts.line)] {
                let there = matches!(words.get(lang), Some(TextOrMarks::Text(text)) if !text.trim().is_empty());
                if !there && self.files.contains_key(file.as_str()) {
                    self.error(&file, None, format!("[{part}] has no text in `{lang}`."), None);
                }
            }
            let Some(TextOrMarks::Text(full)) = texts.full.get(lang) else { continue };
            let lines = full.lines().filter(|line| !line.trim().is_empty()).count();
            if ![0, FULL_PARTS].contains(&lines) {
                let message = format!("[full] has {lines} lines in `{lang}`; {FULL_PARTS} are wanted.");
                let how =
                    "Write a line each: for whom, what it gives, what to bring, where to apply, how long it takes.";
                self.error(&file, None, message, Some(how.into()));
            }
        }
        texts
    }
}

/// Conditions by their text: what is written alike is evaluated once.
#[derive(Default)]
struct SharedConditions {
    all: Vec<Shared>,
    by_text: BTreeMap<String, usize>,
}

impl SharedConditions {
    fn place(&mut self, text: &str, cond: Cond, place: String) -> usize {
        let text = text.trim();
        *self.by_text.entry(text.to_owned()).or_insert_with(|| {
            self.all.push(Shared { personal: cond.is_personal(), cond, place, text: text.to_owned() });
            self.all.len() - 1
        })
    }
}

/// Where a text asks `'code' in ..`.
fn looked_for(text: &str, code: &str) -> Vec<usize> {
    let quoted = [format!("'{code}'"), format!("\"{code}\"")];
    let found = quoted.iter().flat_map(|code| text.match_indices(code.as_str()));
    let asked = found.filter(|(at, code)| text[at + code.len()..].trim_start_matches(' ').starts_with("in "));
    asked.map(|(at, _)| at).collect()
}

/// Ids of the facts criteria rest on in the end, and whether one of any kind on the way is protected.
fn followed_facts(folder: &Folder, reads: &Reads) -> (Vec<Id>, bool) {
    let all = folder.followed.all(reads);
    let facts = || all.facts.iter().map(|f| &folder.pack.facts[*f]);
    let protected = facts().any(|f| f.sensitivity == Sensitivity::Protected);
    let mut ids: Vec<Id> = facts().filter(|f| f.kind != FactKind::Derived).map(|f| f.id.clone()).collect();
    let unpublished = all.scores.iter().map(|s| &folder.pack.scores[*s]).filter(|s| !s.published);
    ids.extend(unpublished.map(|s| Id::from(format!("scores.{}", s.id))));
    (ids, protected)
}

fn marked(parts: BTreeMap<String, TextOrMarks>) -> MarkedWords {
    let mut marked = MarkedWords::default();
    for (key, part) in parts {
        match part {
            TextOrMarks::Text(text) => drop(marked.words.0.insert(key, text)),
            TextOrMarks::Marks(marks) => marked.marks.extend(marks),
        }
    }
    marked
}
