//! Invented answers: what a family might say, by the type and bounds of each fact of the pack.

use super::{
    dice::Dice,
    families::{Invented, key},
};
use domain::{
    Date, Instant,
    ids::{AnswerId, PersonId},
    people::{Answer, AnswerValue, Member, Provenance, Relationship, Sex},
};
use rules::{
    Pack,
    pack::fact::{Fact, FactKind, FactType, Record, Sensitivity},
};
use std::collections::BTreeSet;

/// Yes answers in a hundred for facts that are not half and half.
const YES: &[(&str, i64)] = &[
    ("household.registered_in_nser", 75),
    ("household.government_employee", 4),
    ("household.owns_vehicle_registered", 6),
    ("household.travelled_abroad", 3),
    ("household.refrigerator", 30),
    ("household.television", 35),
    ("household.vehicle", 12),
    ("person.cnic_valid", 88),
    ("person.b_form", 70),
    ("person.is_orphan", 18),
    ("person.is_pregnant", 9),
    ("person.is_lactating", 12),
    ("person.school_enrolled", 66),
    ("person.has_board_result", 30),
    ("person.has_disability_certificate", 2),
    ("person.unemployed", 30),
    ("person.is_daily_wager", 28),
    ("person.elementary_occupation", 30),
    ("person.has_business_plan", 8),
    ("person.skill_certificate", 10),
    ("person.bank_account", 25),
    ("person.istehqaq_certified", 20),
];

/// Facts that nobody of the demo is asked: they make no sense by chance.
const LEFT: &[&str] = &["household.government_employee_grade_max", "person.has_impairment", "person.parent_insured"];

pub(crate) struct Asker<'a> {
    pub pack: &'a Pack,
    pub dice: &'a mut Dice,
    pub at: Instant,
    pub today: Date,
    /// How many questions the family has patience for.
    pub most: usize,
}

impl Asker<'_> {
    /// What the family says of itself and of each member.
    pub(crate) fn ask(&mut self, family: &Invented) -> Vec<Answer> {
        let (mut answers, today) = (Vec::new(), self.today);
        for fact in self.pack.facts() {
            let ordinary = fact.kind == FactKind::Asked && fact.sensitivity != Sensitivity::Protected;
            if !ordinary || LEFT.contains(&&*fact.id) {
                continue;
            }
            match fact.record {
                Record::Household => answers.extend(self.maybe(fact, None, 80)),
                Record::Person => {
                    for member in family.members.iter().filter(|m| sensible(fact, m, today)) {
                        answers.extend(self.maybe(fact, Some(member.id), 45));
                    }
                }
            }
        }
        while answers.len() > self.most {
            let tired_of = usize::try_from(self.dice.next() % answers.len() as u64).unwrap_or(0);
            answers.swap_remove(tired_of);
        }
        if let Some(person) = family.impaired {
            for (fact, yes) in [("person.has_impairment", true), ("person.has_disability_certificate", false)] {
                answers.retain(|a| a.fact != fact || a.person != Some(person));
                answers.push(self.answer(fact, Some(person), AnswerValue::Bool(yes), Provenance::Said));
            }
        }
        if self.dice.percent(70) {
            let score = self.dice.between(1200, 6200);
            answers.push(self.answer("scores.nser_2021", None, AnswerValue::Decimal(score), Provenance::Verified));
        }
        answers
    }

    fn maybe(&mut self, fact: &Fact, person: Option<PersonId>, chance: i64) -> Option<Answer> {
        if !self.dice.percent(chance) {
            return None;
        }
        let value = self.value(fact)?;
        let provenance = if self.dice.percent(25) { Provenance::PaperSeen } else { Provenance::Said };
        Some(self.answer(&fact.id, person, value, provenance))
    }

    fn value(&mut self, fact: &Fact) -> Option<AnswerValue> {
        Some(match &fact.kind_of_value {
            FactType::Bool => {
                let chance = YES.iter().find(|(id, _)| *id == &*fact.id).map_or(7, |(_, chance)| *chance);
                AnswerValue::Bool(self.dice.percent(chance))
            }
            FactType::Code => AnswerValue::Code(self.dice.pick(&fact.codes).id.to_string()),
            FactType::Set => {
                let kafaalat = self.dice.percent(30);
                let has = if kafaalat { BTreeSet::from(["bisp-kafaalat".to_owned()]) } else { BTreeSet::new() };
                AnswerValue::Set { has, complete: true }
            }
            FactType::Int if fact.unit.starts_with("PKR") => AnswerValue::Int(self.dice.between(12, 75) * 1_000),
            FactType::Int => AnswerValue::Int(self.dice.between(fact.bounds.low, fact.bounds.high.min(40))),
            _ => return None,
        })
    }

    fn answer(&mut self, fact: &str, person: Option<PersonId>, value: AnswerValue, provenance: Provenance) -> Answer {
        let id = AnswerId(key(self.dice, self.at));
        Answer { id, person, fact: fact.to_owned(), value, provenance, on: self.today, protected: false, from: None }
    }
}

/// Whether a question makes sense for a member; the pack's own conditions then decide what the answer means.
fn sensible(fact: &Fact, member: &Member, today: Date) -> bool {
    let age = member.details.birth.map_or(30, |birth| birth.age_on(today).0);
    match fact.short() {
        "is_pregnant" | "is_lactating" => member.details.sex == Some(Sex::Female) && (18..=42).contains(&age),
        "is_orphan" | "b_form" | "mother_in_kafaalat" => age < 18,
        "school_enrolled" | "school_level" | "school_class" | "school_sector" => (4..=22).contains(&age),
        "cnic_valid" | "active_programmes" | "bank_account" | "is_daily_wager" => age >= 18,
        "completed_class_1" => member.details.relationship == Some(Relationship::Head),
        _ => age >= 18 && fact.applies.is_empty(),
    }
}
