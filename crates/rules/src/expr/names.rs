//! What names an expression may use, and what they stand for.

use super::{
    parse::Mistake,
    rule::{At, Who},
};
use crate::{
    Id,
    pack::{
        error::did_you_mean,
        fact::{Fact, Record, Score},
    },
};
use std::collections::{BTreeMap, HashMap};

/// The dictionary as expressions see it.
#[derive(Debug)]
pub(crate) struct Names {
    /// Fact by full id.
    pub(crate) facts: BTreeMap<Id, usize>,
    /// Slot of each fact within its record.
    pub(crate) slots: Vec<u16>,
    /// Number of each code, for each fact.
    pub(crate) codes: Vec<HashMap<Id, u16>>,
    /// Score by id.
    pub(crate) scores: BTreeMap<Id, usize>,
    /// The declared bound on members of an open list.
    pub(crate) members_max: i64,
}

impl Names {
    pub(crate) fn new(facts: &[Fact], scores: &[Score], members_max: u32) -> Self {
        let mut next = [0u16; 2];
        let slots = facts
            .iter()
            .map(|fact| {
                let counter = &mut next[usize::from(fact.record == Record::Person)];
                *counter += 1;
                *counter - 1
            })
            .collect();
        let number = |f: &Fact| f.codes.iter().zip(0u16..).map(|(c, i)| (c.id.clone(), i)).collect();
        Self {
            facts: facts.iter().enumerate().map(|(i, f)| (f.id.clone(), i)).collect(),
            slots,
            codes: facts.iter().map(number).collect(),
            scores: scores.iter().enumerate().map(|(i, s)| (s.id.clone(), i)).collect(),
            members_max: i64::from(members_max),
        }
    }

    /// The fact `prefix.field`, where the prefix is a record or a name bound to a member.
    pub(crate) fn fact(&self, scope: &Scope, parts: &[String], at: usize) -> Result<(usize, At), Mistake> {
        let [prefix, field] = parts else {
            return Err(unknown_name(scope, parts, at));
        };
        let (record, who) = match prefix.as_str() {
            "household" => ("household", None),
            "person" if scope.candidate => ("person", Some(Who::Candidate)),
            "person" => {
                return Err(Mistake::new(at, "`person` is the candidate, and there is none here.").with(Some(
                    "Set level = \"person\", or use members.exists(p, ..) with p in place of person.".to_owned(),
                )));
            }
            bound if scope.bound.as_deref() == Some(bound) => ("person", Some(Who::Bound)),
            _ => return Err(unknown_name(scope, parts, at)),
        };
        let full = format!("{record}.{field}");
        let Some(&fact) = self.facts.get(full.as_str()) else {
            let near = did_you_mean(&full, self.facts.keys().map(|id| &**id));
            return Err(Mistake::new(at, format!("No fact `{full}` is declared in facts.toml.")).with(near));
        };
        let slot = self.slots[fact];
        Ok((fact, who.map_or(At::Household(slot), |who| At::Person(who, slot))))
    }

    /// The score `scores.x`.
    pub(crate) fn score(&self, id: &str, at: usize) -> Result<usize, Mistake> {
        self.scores.get(id).copied().ok_or_else(|| {
            let near = did_you_mean(id, self.scores.keys().map(|id| &**id));
            Mistake::new(at, format!("No score `{id}` is declared in scores/.")).with(near)
        })
    }
}

/// Which names are bound where an expression stands.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope {
    /// `person` is bound.
    pub(crate) candidate: bool,
    /// The name a list function gives to each member.
    pub(crate) bound: Option<String>,
}

fn unknown_name(scope: &Scope, parts: &[String], at: usize) -> Mistake {
    let written = parts.join(".");
    let mut known = vec!["household", "members", "scores"];
    known.extend(scope.candidate.then_some("person"));
    known.extend(scope.bound.as_deref());
    let first = parts.first().map_or("", String::as_str);
    let hint = did_you_mean(first, known.iter().copied()).filter(|_| !known.contains(&first));
    let names = known.iter().filter(|k| **k != "members").map(|k| format!("`{k}.x`")).collect::<Vec<_>>().join(", ");
    let hint = hint.unwrap_or_else(|| format!("Known here: {names}."));
    Mistake::new(at, format!("`{written}` is not a name known here.")).with(Some(hint))
}
