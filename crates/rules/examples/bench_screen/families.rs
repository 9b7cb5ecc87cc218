//! Invented families with every fact known, and what is known of them part of the way.

use rules::{
    Birth, Date, FactRef, FactValues, Family, Held, Member, Pack, Value,
    pack::fact::{Fact, FactKind, FactType, Record},
};
use std::collections::BTreeSet;

/// The day every family is screened for.
pub fn at() -> Date {
    Date::from_ymd_opt(2026, 11, 22).unwrap_or_default()
}

/// Sebastiano Vigna's SplitMix64: small, seeded, good enough to draw families.
pub struct Draw(pub u64);

impl Draw {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    pub fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }
}

/// A household of six with a value for every fact that somebody could tell.
pub fn full_family(pack: &Pack, draw: &mut Draw) -> Family {
    let mut family = Family { members_complete: true, ..Family::default() };
    for score in pack.scores().iter().filter(|s| !s.published) {
        if draw.percent(50) {
            let span = u64::try_from(score.bounds.high - score.bounds.low).unwrap_or(0);
            let points = score.bounds.low + i64::try_from(draw.below(span + 1)).unwrap_or(0);
            family.scores.insert(score.id.to_string(), points);
        }
    }
    fill(pack, Record::Household, None, &mut family.household, draw);
    for number in 0..6 {
        let year = 2026 - i32::try_from(if number < 2 { 25 + draw.below(45) } else { draw.below(40) }).unwrap_or(0);
        let mut member = Member { key: format!("m{number}"), name: format!("Member {number}"), ..Member::default() };
        member.birth = Birth::year(year);
        fill(pack, Record::Person, Some(2026 - year), &mut member.facts, draw);
        family.members.push(member);
    }
    family
}

fn fill(pack: &Pack, record: Record, age: Option<i32>, into: &mut FactValues, draw: &mut Draw) {
    let told = |f: &&Fact| f.record == record && matches!(f.kind, FactKind::Asked | FactKind::Recorded);
    for fact in pack.facts().iter().filter(told) {
        if fact.short() == "members_complete" || fact.kind_of_value == FactType::Date {
            continue;
        }
        let value = match fact.kind_of_value {
            FactType::Bool => Value::Bool(draw.percent(25)),
            FactType::Int => Value::Int(number(fact, draw)),
            FactType::Decimal { .. } => Value::Decimal(number(fact, draw)),
            FactType::Code => Value::Code(code(fact, age, draw)),
            FactType::Set => {
                let has: BTreeSet<String> =
                    fact.codes.iter().filter(|_| draw.percent(1)).map(|c| c.id.to_string()).collect();
                Value::Set { has, complete: true }
            }
            FactType::Date => continue,
        };
        into.insert(fact.short().to_owned(), Held::said(value, at()));
    }
}

/// Small numbers are likelier: each halving of the range is as likely as the next.
fn number(fact: &Fact, draw: &mut Draw) -> i64 {
    let span = u64::try_from(fact.bounds.high - fact.bounds.low).unwrap_or(0) + 1;
    let magnitude = u64::from(span.ilog2()) + 1;
    let below = span >> draw.below(magnitude);
    fact.bounds.low + i64::try_from(draw.below(below)).unwrap_or(0)
}

fn code(fact: &Fact, age: Option<i32>, draw: &mut Draw) -> String {
    let child = age.is_some_and(|a| a < 18) && fact.short() == "marital_status";
    let nth = if child { 0 } else { draw.below(u64::try_from(fact.codes.len()).unwrap_or(1)) };
    // Most families live in the province the pack is about, which its dictionary names first.
    let nth = if fact.short() == "province_permanent" && draw.percent(90) { 0 } else { nth };
    fact.codes.get(usize::try_from(nth).unwrap_or(0)).map_or(String::new(), |c| c.id.to_string())
}

/// What is on the record already, and this share of the questions.
pub fn partly_known(pack: &Pack, full: &Family, percent: u64, draw: &mut Draw) -> Family {
    let mut family = full.clone();
    let mut keep = |record: &str, values: &mut FactValues| {
        values.retain(|short, _| {
            let recorded = pack.fact(&format!("{record}.{short}")).is_some_and(|f| f.kind == FactKind::Recorded);
            recorded || draw.percent(percent)
        });
    };
    keep("household", &mut family.household);
    family.members.iter_mut().for_each(|m| keep("person", &mut m.facts));
    family
}

/// The family with the answer to a question taken from the full one.
pub fn answer(full: &Family, family: &mut Family, question: &FactRef) {
    let short = question.fact.split_once('.').map_or("", |(_, short)| short);
    match &question.member {
        None => {
            let told = full.household.get(short).cloned();
            family.household.extend(told.map(|held| (short.to_owned(), held)));
        }
        Some(key) => {
            let told = full.members.iter().find(|m| m.key == **key).and_then(|m| m.facts.get(short)).cloned();
            if let Some(member) = family.members.iter_mut().find(|m| m.key == **key) {
                member.facts.extend(told.map(|held| (short.to_owned(), held)));
            }
        }
    }
}
