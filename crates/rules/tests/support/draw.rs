//! Random families over any pack's dictionary, with values missing in every way they can be.

use rules::{
    Birth, Date, FactValues, Family, Held, Member, Pack, Value,
    pack::fact::{Fact, FactKind, FactType, Record},
};

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

    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }

    pub fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }
}

/// A family of nobody to `most` members; this share of its values is missing, and its list is open as often.
pub fn draw_family(pack: &Pack, at: Date, most: usize, missing: usize, draw: &mut Draw) -> Family {
    let mut family = Family { members_complete: !draw.percent(missing.max(5)), ..Family::default() };
    fill(pack, at, Record::Household, missing, &mut family.household, draw);
    for score in pack.scores() {
        let (low, high) = (score.bounds.low, score.bounds.high);
        let supplied = if score.published { draw.percent(5) } else { !draw.percent(missing) };
        if supplied {
            family.scores.insert(score.id.to_string(), number(low, high, draw));
        }
    }
    for index in 0..draw.below(most + 1) {
        let mut member = Member { key: format!("m{index}"), ..Member::default() };
        member.birth = (!draw.percent(missing)).then(|| birth(at, draw));
        fill(pack, at, Record::Person, missing, &mut member.facts, draw);
        family.members.push(member);
    }
    family
}

/// Births cluster around the ages and days on which rules turn.
fn birth(at: Date, draw: &mut Draw) -> Birth {
    let years = i32::try_from(draw.below(90)).unwrap();
    let year = chrono::Datelike::year(&at) - years;
    match draw.below(10) {
        0 => Birth::year(year).unwrap(),
        1 => Birth::about(year).unwrap(),
        2 => Birth::month(year, 1 + u32::try_from(draw.below(12)).unwrap()).unwrap(),
        3..6 => {
            let months = chrono::Months::new(u32::try_from(draw.below(90 * 12)).unwrap());
            let near = i64::try_from(draw.below(3)).unwrap() - 1;
            Birth::day(at - months + chrono::TimeDelta::days(near))
        }
        _ => Birth::day(at - chrono::TimeDelta::days(i64::try_from(draw.below(90 * 365)).unwrap())),
    }
}

fn fill(pack: &Pack, at: Date, record: Record, missing: usize, into: &mut FactValues, draw: &mut Draw) {
    let told = |f: &&Fact| f.record == record && f.kind != FactKind::Derived && f.kind_of_value != FactType::Date;
    for fact in pack.facts().iter().filter(told) {
        if fact.short() == "members_complete" || draw.percent(missing) {
            continue;
        }
        let value = value(fact, missing, draw);
        let old = if draw.percent(5) { chrono::Months::new(30) } else { chrono::Months::new(0) };
        into.insert(fact.short().to_owned(), Held::said(value, at - old));
    }
}

fn value(fact: &Fact, missing: usize, draw: &mut Draw) -> Value {
    let (low, high) = (fact.bounds.low, fact.bounds.high);
    match fact.kind_of_value {
        FactType::Bool => Value::Bool(draw.percent(50)),
        FactType::Int => Value::Int(number(low, high, draw)),
        FactType::Decimal { .. } => Value::Decimal(number(low, high, draw)),
        // The first codes are drawn more often, so that families are alike enough to meet something.
        FactType::Code => {
            let few = if draw.percent(60) { 3 } else { fact.codes.len() };
            Value::Code(
                fact.codes.get(draw.below(few.min(fact.codes.len()))).map_or(String::new(), |c| c.id.to_string()),
            )
        }
        _ => {
            let has = fact.codes.iter().filter(|_| draw.percent(4)).map(|c| c.id.to_string()).collect();
            Value::Set { has, complete: !draw.percent(missing.max(10)) }
        }
    }
}

/// Small numbers are likelier: each halving of the range is as likely as the next; one in twenty lies outside.
fn number(low: i64, high: i64, draw: &mut Draw) -> i64 {
    if draw.percent(5) {
        return high.saturating_add(1);
    }
    let span = usize::try_from(high - low).unwrap_or(usize::MAX - 1) + 1;
    let halvings = span.ilog2() as usize + 1;
    let below = span >> draw.below(halvings);
    low + i64::try_from(draw.below(below)).unwrap()
}
