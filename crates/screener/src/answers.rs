//! What a person said of the household while checking: no names, no numbers, nothing filled in.

use crate::{ask::rule_value, text::T};
use chrono::{Datelike, Months};
use domain::{Date, people::AnswerValue};
use rules::{
    Asking, Birth, FactRef, FactValues, Family, Held, Id, Member, Pack, Value,
    pack::fact::{Record, Sensitivity},
};
use std::collections::{BTreeMap, BTreeSet};

/// The most members taken; a larger kitchen names those who need help.
pub const MOST_MEMBERS: usize = 20;

/// Everything said so far. It travels with the reader; no server keeps it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    /// The day the ages were told.
    pub on: Date,
    /// District, a code of the pack's places.
    pub district: Option<String>,
    /// Province of the permanent address.
    pub province: Option<String>,
    /// How many eat from one kitchen, the person included.
    pub size: Option<u8>,
    /// Those told of.
    pub members: Vec<Person>,
    /// Answers about the household, by fact id without `household.`.
    pub household: BTreeMap<String, AnswerValue>,
    /// Questions skipped: member's place and full fact id.
    pub skipped: BTreeSet<(Option<usize>, String)>,
    /// Protected facts whose gate the person opened.
    pub gates: BTreeSet<String>,
}

/// One member, without a name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// Age as told.
    pub age: Option<Age>,
    /// Code of `person.sex`.
    pub sex: Option<String>,
    /// Code of `person.relationship_to_head`.
    pub relation: Option<String>,
    /// Code of `person.marital_status`.
    pub marital: Option<String>,
    /// Answers about this person, by fact id without `person.`.
    pub facts: BTreeMap<String, AnswerValue>,
}

/// An age as told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// Completed months, of a child under three.
    Months(u8),
    /// Completed years.
    Years(u8),
}

impl Age {
    /// The days on which a person of this age on `on` can have been born.
    pub fn birth(self, on: Date) -> Option<Birth> {
        let (least, most) = match self {
            Age::Months(n) => (u32::from(n), u32::from(n) + 1),
            Age::Years(n) => (u32::from(n) * 12, u32::from(n) * 12 + 12),
        };
        let before = |months: u32| on.checked_sub_months(Months::new(months));
        // A day later than "one more than told" ago; months of different length never make it later than the latest.
        let (earliest, latest) = (before(most)?.succ_opt()?, before(least)?);
        Some(Birth { earliest: earliest.min(latest), latest })
    }

    /// Completed years.
    pub fn years(self) -> u8 {
        match self {
            Age::Months(n) => n / 12,
            Age::Years(n) => n,
        }
    }
}

impl Answers {
    /// Whether everybody of the kitchen is told of: the number said is the number of members.
    pub fn complete(&self) -> bool {
        self.size.is_some_and(|size| usize::from(size) == self.members.len()) && !self.members.is_empty()
    }

    /// Whether nothing was said yet.
    pub fn is_empty(&self) -> bool {
        self.district.is_none() && self.province.is_none() && self.size.is_none() && self.members.is_empty()
    }

    /// As the rules read it; members are named "the woman of 34" in the reader's language.
    pub fn family(&self, t: T) -> Family {
        let names = self.names(t);
        let members = self.members.iter().zip(names).enumerate().map(|(place, (person, name))| {
            let mut facts = self.held(&person.facts);
            for (fact, code) in
                [("sex", &person.sex), ("relationship_to_head", &person.relation), ("marital_status", &person.marital)]
            {
                if let Some(code) = code {
                    facts.insert(fact.to_owned(), Held::said(Value::Code(code.clone()), self.on));
                }
            }
            Member { key: key(place), name, facts, birth: person.age.and_then(|age| age.birth(self.on)) }
        });
        let members = members.collect();
        let mut household = self.held(&self.household);
        for (fact, code) in [("district", &self.district), ("province_permanent", &self.province)] {
            if let Some(code) = code {
                household.insert(fact.to_owned(), Held::said(Value::Code(code.clone()), self.on));
            }
        }
        Family { household, members, members_complete: self.complete(), scores: BTreeMap::new() }
    }

    fn held(&self, answers: &BTreeMap<String, AnswerValue>) -> FactValues {
        answers.iter().map(|(fact, value)| (fact.clone(), Held::said(rule_value(value), self.on))).collect()
    }

    /// What may be asked: nothing skipped, protected facts only behind an open gate.
    pub fn asking(&self) -> Asking {
        let left = |(member, fact): &(Option<usize>, String)| FactRef {
            fact: Id::from(fact.as_str()),
            member: member.map(|place| Id::from(key(place))),
        };
        Asking { skipped: self.skipped.iter().map(left).collect(), open_gates: self.gates.clone() }
    }

    /// Keeps an answer; one given is no longer skipped.
    pub fn answer(&mut self, member: Option<usize>, fact: &str, value: AnswerValue) {
        let short = fact.split_once('.').map_or(fact, |(_, short)| short).to_owned();
        self.skipped.remove(&(member, fact.to_owned()));
        match member {
            None => drop(self.household.insert(short, value)),
            Some(place) => {
                if let Some(person) = self.members.get_mut(place) {
                    person.facts.insert(short, value);
                }
            }
        }
    }

    /// Skips a question; an answer given before is taken back.
    pub fn skip(&mut self, member: Option<usize>, fact: &str) {
        let short = fact.split_once('.').map_or(fact, |(_, short)| short);
        match member {
            None => drop(self.household.remove(short)),
            Some(place) => {
                if let Some(person) = self.members.get_mut(place) {
                    person.facts.remove(short);
                }
            }
        }
        self.skipped.insert((member, fact.to_owned()));
    }

    /// How many questions were answered.
    pub fn count(&self) -> usize {
        self.household.len() + self.members.iter().map(|person| person.facts.len()).sum::<usize>()
    }

    /// Every answer: member's place, full fact id, value; the household's first.
    pub fn all(&self) -> impl Iterator<Item = (Option<usize>, String, &AnswerValue)> {
        let household = self.household.iter().map(|(fact, value)| (None, format!("household.{fact}"), value));
        let members = self.members.iter().enumerate().flat_map(|(place, person)| {
            person.facts.iter().map(move |(fact, value)| (Some(place), format!("person.{fact}"), value))
        });
        household.chain(members)
    }

    /// Only what may be carried to a desk: what is protected stays with the person, and what was skipped is asked there.
    pub fn for_the_desk(&self, pack: &Pack) -> Answers {
        let open = |record: Record, fact: &str| {
            let id = match record {
                Record::Household => format!("household.{fact}"),
                Record::Person => format!("person.{fact}"),
            };
            pack.fact(&id).is_some_and(|fact| fact.sensitivity != Sensitivity::Protected)
        };
        let mut carried = Answers { skipped: BTreeSet::new(), gates: BTreeSet::new(), ..self.clone() };
        carried.household.retain(|fact, _| open(Record::Household, fact));
        for person in &mut carried.members {
            person.facts.retain(|fact, _| open(Record::Person, fact));
        }
        carried
    }

    /// The same with the head of the family as the first member, as a registration begins; what was skipped is left out,
    /// because it names members by their place.
    pub fn head_first(mut self) -> Answers {
        let head = self.members.iter().position(|person| person.relation.as_deref() == Some("head"));
        if let Some(head) = head {
            self.members[..=head].rotate_right(1);
        }
        self.skipped.clear();
        self
    }

    /// How each member is called: "the woman of 34", "the boy of 8"; two alike are numbered.
    pub fn names(&self, t: T) -> Vec<String> {
        let plain: Vec<String> = self.members.iter().map(|person| called(t, person)).collect();
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let numbered = plain.iter().map(|name| {
            let place = seen.entry(name).or_default();
            *place += 1;
            if *place == 1 {
                return name.clone();
            }
            t.with("check-member-again", &[("name", name.into()), ("n", (*place).into())])
        });
        numbered.collect()
    }
}

/// The key of the member at a place.
pub fn key(place: usize) -> String {
    format!("m{place}")
}

/// The place of a member's key.
pub fn place_of(key: &str) -> Option<usize> {
    key.strip_prefix('m')?.parse().ok()
}

fn called(t: T, person: &Person) -> String {
    let child = person.age.is_some_and(|age| age.years() < 16);
    let kind = match (person.sex.as_deref(), child) {
        (Some("female"), true) => "girl",
        (Some("male"), true) => "boy",
        (Some("female"), false) => "woman",
        (Some("male"), false) => "man",
        (_, true) => "child",
        (_, false) => "person",
    };
    match person.age {
        None => t.m(&format!("check-member-{kind}")),
        Some(Age::Months(n)) => t.a(&format!("check-member-{kind}-months"), "n", i64::from(n).to_string()),
        Some(Age::Years(n)) => t.a(&format!("check-member-{kind}-years"), "n", i64::from(n).to_string()),
    }
}

/// Days since 1 January 2020, as codes carry a day.
pub(crate) fn day_number(on: Date) -> u16 {
    u16::try_from(on.num_days_from_ce() - FIRST_DAY).unwrap_or(0)
}

/// The day of such a number.
pub(crate) fn day_of(number: u16) -> Option<Date> {
    Date::from_num_days_from_ce_opt(i32::from(number) + FIRST_DAY)
}

/// 1 January 2020 counted from the first day of the common era.
const FIRST_DAY: i32 = 737_425;

#[cfg(test)]
mod tests {
    use super::*;
    use domain::language::Lang;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    #[test]
    fn an_age_told_is_that_age_on_the_day_it_was_told() {
        for on in ["2026-11-22", "2024-02-29", "2026-03-01", "2025-12-31", "2026-01-31"] {
            let on = day(on);
            for years in [0, 1, 7, 18, 34, 60, 119] {
                let birth = Age::Years(years).birth(on).expect("a birth");
                assert_eq!(birth.age_years(on), (i64::from(years), i64::from(years)), "{years} on {on}: {birth:?}");
            }
            for months in [0, 1, 5, 23, 35] {
                let birth = Age::Months(months).birth(on).expect("a birth");
                let (low, high) = birth.age_months(on);
                assert!(low == i64::from(months) && high <= low + 1, "{months} months on {on}: {birth:?} {low} {high}");
            }
        }
        assert_eq!(day_of(day_number(day("2026-11-22"))), Some(day("2026-11-22")));
        assert_eq!(day_number(day("2020-01-01")), 0);
    }

    #[test]
    fn the_list_is_complete_when_the_number_said_is_told_of() {
        let mut answers = Answers { size: Some(2), members: vec![Person::default()], ..Answers::default() };
        assert!(!answers.complete());
        answers.members.push(Person::default());
        assert!(answers.complete());
        answers.size = None;
        assert!(!answers.complete(), "a number that nobody said completes nothing");
    }

    #[test]
    fn the_head_comes_first_and_the_others_keep_their_order() {
        let person = |years, relation: &str| Person {
            age: Some(Age::Years(years)),
            relation: Some(relation.to_owned()),
            ..Person::default()
        };
        let members = vec![person(19, "child"), person(8, "child"), person(34, "head"), person(71, "parent_in_law")];
        let answers = Answers { members, ..Answers::default() }.head_first();
        let ages: Vec<u8> = answers.members.iter().filter_map(|p| p.age).map(Age::years).collect();
        assert_eq!(ages, [34, 19, 8, 71]);
        let nobody = Answers { members: vec![person(19, "child"), person(8, "child")], ..Answers::default() };
        assert_eq!(nobody.clone().head_first(), nobody, "without a head nobody is made one");
    }

    #[test]
    fn members_are_called_by_what_was_told() {
        let person = |sex: Option<&str>, age| Person { sex: sex.map(str::to_owned), age, ..Person::default() };
        let members = vec![
            person(Some("female"), Some(Age::Years(34))),
            person(Some("male"), Some(Age::Years(8))),
            person(Some("male"), Some(Age::Years(8))),
            person(None, Some(Age::Months(7))),
            person(None, None),
        ];
        let answers = Answers { members, ..Answers::default() };
        let plain: Vec<String> =
            answers.names(T(Lang::En)).iter().map(|n| n.replace(['\u{2068}', '\u{2069}'], "")).collect();
        let wanted = ["the woman of 34", "the boy of 8", "the boy of 8 (2)", "the child of 7 months", "a person"];
        assert_eq!(plain, wanted);
    }
}
