//! What an application carries of its screening: everything its department needs to decide, and nothing else.

use domain::Date;
use rules::{FactRef, FactValues, Family, Held, Id, Pack, Subject, Verdict};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The JSON in `ApplicationSubmitted::verdict`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// The day it was screened for.
    pub at: Date,
    /// The verdict, with the applicant as its only candidate.
    pub verdict: Verdict,
    /// The family with the facts used and no others; every member is there by key, so that reasons can name them.
    pub family: Family,
}

impl Carried {
    /// Takes the applicant's verdict and the facts it used out of a screening; `None` when there is no such verdict.
    pub fn of(pack: &Pack, at: Date, verdict: &Verdict, member: Option<&str>, family: &Family) -> Option<Carried> {
        let mut verdict = verdict.clone();
        verdict.candidates.retain(|c| c.member.as_deref() == member);
        verdict.missing = verdict.candidates.first()?.missing().to_vec();
        let used = facts_used(pack, &verdict, member, family);
        Some(Carried { at, family: only(family, &used), verdict })
    }

    /// Reads it back from an application; `None` for one that was written otherwise.
    pub fn read(json: &serde_json::Value) -> Option<Carried> {
        Carried::deserialize(json).ok()
    }

    /// The facts it holds, as references.
    pub fn facts(&self) -> Vec<FactRef> {
        let family = &self.family;
        let household = family.household.keys().map(|k| reference("household", k, None));
        let of_member = |m: &rules::Member| {
            let birth = m.birth.map(|_| reference("person", "birth", Some(&m.key)));
            let facts = m.facts.keys().map(|k| reference("person", k, Some(&m.key)));
            birth.into_iter().chain(facts).collect::<Vec<_>>()
        };
        let scores = family.scores.keys().map(|k| reference("scores", k, None));
        household.chain(family.members.iter().flat_map(of_member)).chain(scores).collect()
    }

    /// The facts as an application names them, so that a later correction finds it: `household.x`, `person.x@KEY`.
    pub fn names(&self) -> Vec<String> {
        let name = |f: FactRef| f.member.map_or_else(|| f.fact.to_string(), |key| format!("{}@{key}", f.fact));
        self.facts().into_iter().map(name).collect()
    }

    /// The value it holds of a fact; a birth and a score are not among these.
    pub fn held(&self, fact: &FactRef) -> Option<&Held> {
        let (record, short) = fact.fact.split_once('.')?;
        match (record, &fact.member) {
            ("household", _) => self.family.household.get(short),
            ("person", Some(key)) => self.family.members.iter().find(|m| m.key == **key)?.facts.get(short),
            _ => None,
        }
    }
}

fn reference(record: &str, short: &str, member: Option<&str>) -> FactRef {
    FactRef { fact: Id::from(format!("{record}.{short}")), member: member.map(Id::from) }
}

/// The facts a verdict rests on: those its programme's criteria read of the household and of the applicant, and those
/// of other members where a reason looked at members.
fn facts_used(pack: &Pack, verdict: &Verdict, member: Option<&str>, family: &Family) -> BTreeSet<FactRef> {
    let read: &[Id] = pack.programme(&verdict.programme).map_or(&[], |p| &p.facts);
    let about_members = facts_about_members(verdict);
    let scored = rests_on_a_card(pack, verdict);
    let mut used = BTreeSet::new();
    for fact in read {
        match fact.split_once('.') {
            Some(("person", _)) => {
                let everybody = member.is_none() || scored || about_members.contains(fact);
                let keys = family.members.iter().map(|m| m.key.as_str());
                used.extend(
                    keys.filter(|key| everybody || Some(*key) == member)
                        .map(|key| FactRef { fact: fact.clone(), member: Some(Id::from(key)) }),
                );
            }
            _ => drop(used.insert(FactRef { fact: fact.clone(), member: None })),
        }
    }
    used
}

fn subjects(verdict: &Verdict) -> impl Iterator<Item = &Subject> {
    let criteria = verdict.candidates.iter().flat_map(|c| c.criteria());
    let because = criteria.flat_map(|c| c.because.iter().chain(c.alternatives.flat_map(|a| a.because)));
    because.map(|b| &b.test.subject)
}

/// Whether a score computed here decides: its card may read any member.
fn rests_on_a_card(pack: &Pack, verdict: &Verdict) -> bool {
    let published = |id: &Id| pack.score(id).is_some_and(|score| score.published);
    subjects(verdict).any(|s| matches!(s, Subject::Score(id) if published(id)))
}

/// The facts that reasons read of the other members.
fn facts_about_members(verdict: &Verdict) -> BTreeSet<Id> {
    let facts = subjects(verdict).filter_map(|subject| match subject {
        Subject::MembersWho { facts, .. } | Subject::Calculation { facts, .. } => Some(facts.clone()),
        _ => None,
    });
    facts.flatten().collect()
}

/// The family with these facts only.
fn only(family: &Family, used: &BTreeSet<FactRef>) -> Family {
    let keep = |facts: &FactValues, record: &str, member: Option<&str>| -> FactValues {
        let wanted = |short: &str| used.contains(&reference(record, short, member));
        facts.iter().filter(|(short, _)| wanted(short)).map(|(k, v)| (k.clone(), v.clone())).collect()
    };
    let member = |m: &rules::Member| rules::Member {
        key: m.key.clone(),
        name: m.name.clone(),
        facts: keep(&m.facts, "person", Some(&m.key)),
        birth: m.birth.filter(|_| used.contains(&reference("person", "birth", Some(&m.key)))),
    };
    let score = |id: &str| used.contains(&reference("scores", id, None));
    Family {
        household: keep(&family.household, "household", None),
        members: family.members.iter().map(member).collect(),
        members_complete: family.members_complete,
        scores: family.scores.iter().filter(|(id, _)| score(id)).map(|(k, v)| (k.clone(), *v)).collect(),
    }
}
