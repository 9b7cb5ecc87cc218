//! Corrections reach the open applications that used what was corrected: each gets a flag, in the same commit.

use crate::{
    App,
    request::{PageError, Visitor},
    text::T,
};
use domain::{
    Version,
    applications::ApplicationFlagged,
    event::Change,
    ids::{ApplicationId, HouseholdId, PersonId},
    people::{PersonDetails, Place},
};
use std::collections::BTreeMap;

/// Flags for the open applications of a household that used one of these facts; one flag for each application and fact.
pub(super) async fn using(
    app: &App,
    visitor: &Visitor,
    household: HouseholdId,
    facts: &[String],
    reason: &str,
) -> Result<Vec<Change>, PageError> {
    let applications = app.store.applications(&visitor.scope);
    let mut flags = Flags::default();
    for fact in facts {
        for (id, version) in applications.using_fact(household, fact).await? {
            flags.add(id, version, fact, reason, app.today());
        }
    }
    Ok(flags.changes)
}

/// The flags of a person's correction: the facts that changed, and for applications made in the person's name also the
/// name and the number, which every application carries.
pub(super) async fn of_person(
    app: &App,
    visitor: &Visitor,
    household: HouseholdId,
    person: PersonId,
    changed: &Changed,
    reason: &str,
) -> Result<Vec<Change>, PageError> {
    let applications = app.store.applications(&visitor.scope);
    let mut flags = Flags::default();
    for fact in &changed.facts {
        let fact = format!("{fact}@{person}");
        for (id, version) in applications.using_fact(household, &fact).await? {
            flags.add(id, version, &fact, reason, app.today());
        }
    }
    if !changed.carried.is_empty() {
        for application in applications.of_household(household).await? {
            let open = application.status.is_open() && application.submitted.person == Some(person);
            for fact in changed.carried.iter().filter(|_| open) {
                flags.add(application.id, application.version, &format!("{fact}@{person}"), reason, app.today());
            }
        }
    }
    Ok(flags.changes)
}

/// Several flags of one application take its versions one after another.
#[derive(Default)]
struct Flags {
    seen: BTreeMap<ApplicationId, Version>,
    changes: Vec<Change>,
}

impl Flags {
    fn add(&mut self, id: ApplicationId, version: Version, fact: &str, reason: &str, today: domain::Date) {
        let seen = self.seen.entry(id).or_insert(version);
        let flagged = ApplicationFlagged { fact: fact.to_owned(), reason: reason.to_owned() };
        self.changes.push(Change::after(id, *seen, flagged, today));
        *seen += 1;
    }
}

/// What of a person changed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Changed {
    /// Facts that rules read.
    pub facts: Vec<&'static str>,
    /// What an application in the person's name carries beside facts.
    pub carried: Vec<&'static str>,
}

impl Changed {
    /// Everything about a person: they left.
    pub fn everything() -> Self {
        let facts = vec!["person.sex", "person.birth", "person.marital_status", "person.relationship_to_head"];
        Changed { facts, carried: vec!["person.member"] }
    }

    /// What differs between two states of a person.
    pub fn between(before: &PersonDetails, after: &PersonDetails) -> Self {
        let facts = [
            ("person.sex", before.sex != after.sex),
            ("person.birth", before.birth != after.birth),
            ("person.marital_status", before.marital_status != after.marital_status),
            ("person.relationship_to_head", before.relationship != after.relationship),
        ];
        let names = (&before.given, &before.father_or_husband) != (&after.given, &after.father_or_husband);
        let carried = [("person.name", names), ("person.number", before.identities != after.identities)];
        let those =
            |all: &[(&'static str, bool)]| all.iter().filter(|(_, differs)| *differs).map(|(f, _)| *f).collect();
        Changed { facts: those(&facts), carried: those(&carried) }
    }
}

/// The facts of a place that changed.
pub(super) fn of_place(before: &Place, after: &Place) -> Vec<String> {
    let facts = [
        ("household.district", before.district != after.district),
        ("household.province_permanent", before.province_permanent != after.province_permanent),
    ];
    facts.iter().filter(|(_, differs)| *differs).map(|(fact, _)| (*fact).to_owned()).collect()
}

/// A flagged fact in words: `person.birth@...` is the pack's label; names, numbers and leaving are ours.
pub fn fact_words(app: &App, t: T, fact: &str) -> String {
    let fact = fact.split('@').next().unwrap_or_default();
    match fact {
        "person.name" => t.m("people-name"),
        "person.number" => t.m("people-number"),
        "person.member" => t.m("people-flag-member"),
        "person.joined" => t.m("people-flag-joined"),
        _ => app.pack.fact(fact).map_or_else(|| fact.to_owned(), |known| known.label(t.lang()).to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::people::Sex;

    #[test]
    fn only_what_differs_is_flagged() {
        let amina = PersonDetails {
            given: "Amina Bibi".into(),
            father_or_husband: None,
            sex: Some(Sex::Female),
            birth: None,
            relationship: None,
            marital_status: None,
            identities: vec![],
        };
        assert_eq!(Changed::between(&amina, &amina), Changed::default());
        let known = PersonDetails { given: "Amina".into(), sex: None, ..amina.clone() };
        let want = Changed { facts: vec!["person.sex"], carried: vec!["person.name"] };
        assert_eq!(Changed::between(&amina, &known), want);
    }
}
