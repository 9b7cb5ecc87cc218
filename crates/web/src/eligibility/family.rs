//! From the registry's records to the family that the rules read. Nothing is filled in: an unknown stays absent.

use domain::{
    Date,
    people::{Answer, AnswerValue, Birth, Household, Member, Provenance},
    visits::Visit,
};
use rules::{Asking, FactRef, FactValues, Family, Held, Id, Value};
pub use screener::ask::rule_value as value;
use std::collections::{BTreeMap, BTreeSet};

/// The household as the rules see it on a day. A fact that the record itself holds was said when the record says; one
/// about to be recorded, which has no day yet, is said today.
pub fn family(household: &Household, today: Date) -> Family {
    Family {
        household: household_facts(household, today),
        members: household.present().map(|m| member(household, m, today)).collect(),
        members_complete: household.members_complete,
        scores: scores(household),
    }
}

/// The scores that a registry supplied: verified over paper, then the newest.
fn scores(household: &Household) -> BTreeMap<String, i64> {
    let given = household.answers.iter().filter(|a| a.person.is_none());
    let ids: BTreeSet<&str> = given.filter_map(|a| a.fact.strip_prefix("scores.")).collect();
    let held = |id: &str| match household.answer(&format!("scores.{id}"), None)?.value {
        AnswerValue::Decimal(n) | AnswerValue::Int(n) => Some((id.to_owned(), n)),
        _ => None,
    };
    ids.into_iter().filter_map(held).collect()
}

fn household_facts(household: &Household, today: Date) -> FactValues {
    let mut facts = answers(household.answers.iter().filter(|a| a.person.is_none()), "household.");
    let (place, said) = (&household.place, household.place_said);
    let mut recorded = |fact: &str, code: &str, said: Option<Date>| {
        facts.insert(fact.to_owned(), Held::said(Value::Code(code.to_owned()), said.unwrap_or(today)));
    };
    recorded("district", &place.district.0, said.district);
    if let Some(province) = &place.province_permanent {
        recorded("province_permanent", province, said.province_permanent);
    }
    facts
}

fn member(household: &Household, member: &Member, today: Date) -> rules::Member {
    let mut facts = answers(household.answers.iter().filter(|a| a.person == Some(member.id)), "person.");
    let details = &member.details;
    // A confirmed number confirms the number: sex, marital status and relationship stay what was said at the desk.
    let said = member.said;
    let mut recorded = |fact: &str, code: Option<&str>, said: Option<Date>| {
        if let Some(code) = code {
            facts.insert(fact.to_owned(), Held::said(Value::Code(code.to_owned()), said.unwrap_or(today)));
        }
    };
    recorded("sex", details.sex.map(|c| c.code()), said.sex);
    recorded("marital_status", details.marital_status.map(|c| c.code()), said.marital_status);
    recorded("relationship_to_head", details.relationship.map(|c| c.code()), said.relationship);
    rules::Member { key: member.id.to_string(), name: details.given.clone(), facts, birth: details.birth.map(birth) }
}

fn birth(birth: Birth) -> rules::Birth {
    rules::Birth { earliest: birth.earliest(), latest: birth.latest() }
}

/// The answers in force, by fact without its prefix.
fn answers<'a>(given: impl Iterator<Item = &'a Answer>, prefix: &str) -> FactValues {
    let mut by_fact: BTreeMap<&str, Vec<&Answer>> = BTreeMap::new();
    for answer in given {
        if let Some(fact) = answer.fact.strip_prefix(prefix) {
            by_fact.entry(fact).or_default().push(answer);
        }
    }
    let held = |(fact, list): (&str, Vec<&Answer>)| {
        let answer = Answer::in_force(list.into_iter())?;
        let held = Held { value: value(&answer.value), source: provenance(answer.provenance), on: answer.on, by: None };
        Some((fact.to_owned(), held))
    };
    by_fact.into_iter().filter_map(held).collect()
}

fn provenance(provenance: Provenance) -> rules::Provenance {
    match provenance {
        Provenance::Said => rules::Provenance::Said,
        Provenance::PaperSeen => rules::Provenance::PaperSeen,
        Provenance::Verified => rules::Provenance::Verified,
    }
}

/// What may be asked in a visit: not what was left for today, and protected facts only behind a gate the person opened.
pub fn asking(visit: &Visit) -> Asking {
    let left = |q: &domain::visits::QuestionLeft| FactRef {
        fact: Id::from(q.fact.as_str()),
        member: q.person.map(|person| Id::from(person.to_string().as_str())),
    };
    Asking { skipped: visit.left.iter().map(left).collect(), open_gates: visit.gates.iter().cloned().collect() }
}
