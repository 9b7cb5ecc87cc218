//! Draws households for any pack: near its bounds and cut-offs, with nulls and open lists at stated rates.

use crate::{Rng, cutoffs::CutOffs, day};
use chrono::{Days, Months};
use rules::{
    Birth, Date, Family, Held, Member, Pack, Value,
    pack::fact::{Fact, FactKind, FactType, Record},
};
use std::collections::BTreeSet;

/// How often something is not known, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// Households of whom everything is known and nothing is open.
    pub whole: u32,
    /// In the others: a fact is absent at a rate drawn for each household, up to this one.
    pub null: u32,
    /// In the others: nobody said that the member list is complete.
    pub open: u32,
    /// In the others: a birth is known only to the month, the year, or about.
    pub partial_birth: u32,
    /// In the others: a set does not say whether its codes are all.
    pub partial_set: u32,
    /// In the others: a value is older than its fact stays fresh, where it says how long.
    pub stale: u32,
    /// In the others: a value does not fit its fact (outside the bounds, or no code of it), and so is unknown.
    pub beyond: u32,
    /// A score is supplied by its registry.
    pub supplied_score: u32,
}

impl Default for Rates {
    /// A quarter wholly known; up to 40 % nulls, 40 % open lists, 40 % partial births, 50 % partial sets in the rest;
    /// no stale values and none that do not fit.
    fn default() -> Self {
        Self {
            whole: 250,
            null: 400,
            open: 400,
            partial_birth: 400,
            partial_set: 500,
            stale: 0,
            beyond: 0,
            supplied_score: 300,
        }
    }
}

/// Households for a pack, screened on [`day`], at the default [`Rates`].
pub fn families(pack: &Pack, seed: u64, n: usize) -> impl Iterator<Item = Family> + '_ {
    families_with(pack, seed, n, Rates::default())
}

/// Households for a pack, at these rates. Each follows from the seed and its own number.
pub fn families_with(pack: &Pack, seed: u64, n: usize, rates: Rates) -> impl Iterator<Item = Family> + '_ {
    let drawer = Drawer::new(pack, rates);
    let start = Rng::new(seed);
    (0..n).map(move |number| drawer.family(&mut start.part(u64::try_from(number).unwrap_or(0))))
}

/// The same household without the values that are too old on a day: what a table that holds no dates of learning says.
#[must_use]
pub fn fresh(pack: &Pack, family: &Family, at: Date) -> Family {
    let mut family = family.clone();
    let is_fresh = |record: &str, name: &str, held: &Held| {
        let months = pack.fact(&format!("{record}.{name}")).map_or(0, |fact| fact.fresh_months);
        months == 0 || held.on.checked_add_months(Months::new(months)).is_none_or(|last| last >= at)
    };
    family.household.retain(|name, held| is_fresh("household", name, held));
    for member in &mut family.members {
        member.facts.retain(|name, held| is_fresh("person", name, held));
    }
    family
}

/// A fact with the values worth drawing.
struct Drawn<'a> {
    fact: &'a Fact,
    cut_offs: Vec<i64>,
}

struct Drawer<'a> {
    pack: &'a Pack,
    rates: Rates,
    household: Vec<Drawn<'a>>,
    person: Vec<Drawn<'a>>,
    has_birth: bool,
    /// Days on which somebody reaches an age that is asked about.
    birthdays: Vec<Date>,
    scores: Vec<Vec<i64>>,
}

/// What a household's unknowns are like.
struct Mood {
    whole: bool,
    null: u32,
}

impl<'a> Drawer<'a> {
    fn new(pack: &'a Pack, rates: Rates) -> Self {
        let cut_offs = CutOffs::of(pack);
        let named = |fact: &Fact| ["birth", "members_complete"].contains(&fact.short());
        let of = |record: Record| -> Vec<Drawn<'a>> {
            let held = pack.facts().iter().filter(|f| f.record == record && f.kind != FactKind::Derived && !named(f));
            held.map(|fact| Drawn { fact, cut_offs: cut_offs.of_fact(fact) }).collect()
        };
        let years = cut_offs.ages("age").into_iter().map(|years| years * 12);
        let months = years.chain(cut_offs.ages("age_months"));
        let back = |months: i64| day().checked_sub_months(Months::new(u32::try_from(months).ok()?));
        let score = |score: &rules::pack::fact::Score| {
            let (low, high) = (score.bounds.low, score.bounds.high);
            (0..9).map(|i| low + (high - low) * i / 8).collect()
        };
        Self {
            pack,
            rates,
            household: of(Record::Household),
            person: of(Record::Person),
            has_birth: pack.fact("person.birth").is_some(),
            birthdays: months.filter_map(back).collect(),
            scores: pack.scores().iter().map(score).collect(),
        }
    }

    fn family(&self, rng: &mut Rng) -> Family {
        let whole = rng.chance(self.rates.whole);
        let null = u32::try_from(rng.between(0, i64::from(self.rates.null))).unwrap_or(0);
        let mood = Mood { whole, null: if whole { 0 } else { null } };
        let mut family = Family { members_complete: whole || !rng.chance(self.rates.open), ..Family::default() };
        for drawn in &self.household {
            if let Some(held) = self.held(rng, drawn, &mood) {
                family.household.insert(drawn.fact.short().to_owned(), held);
            }
        }
        let most = i64::from(self.pack.members_max());
        let size = if rng.chance(20) { rng.between(most, most + 2) } else { rng.between(0, 6.min(most)) };
        family.members = (0..size).map(|number| self.member(rng, number, &mood)).collect();
        for (score, worth) in self.pack.scores().iter().zip(&self.scores) {
            if rng.chance(self.rates.supplied_score) {
                let points = rng.pick(worth).copied().unwrap_or(score.bounds.low) + rng.between(-1, 1);
                let fits = score.bounds.low <= points && points <= score.bounds.high;
                if fits || rng.chance(self.rates.beyond) {
                    family.scores.insert(score.id.to_string(), points);
                }
            }
        }
        family
    }

    fn member(&self, rng: &mut Rng, number: i64, mood: &Mood) -> Member {
        let mut member = Member { key: format!("m{}", number + 1), ..Member::default() };
        for drawn in &self.person {
            if let Some(held) = self.held(rng, drawn, mood) {
                member.facts.insert(drawn.fact.short().to_owned(), held);
            }
        }
        if self.has_birth && !rng.chance(mood.null) {
            member.birth = self.birth(rng, mood);
        }
        member
    }

    fn birth(&self, rng: &mut Rng, mood: &Mood) -> Option<Birth> {
        let near = rng.pick(&self.birthdays).copied().filter(|_| rng.chance(500));
        let date = match near {
            Some(birthday) => {
                let then = birthday.checked_sub_days(Days::new(1))?;
                then.checked_add_days(Days::new(u64::try_from(rng.between(0, 2)).ok()?))?
            }
            // Somebody not yet born and somebody older than anybody stand at the ends.
            None => day()
                .checked_sub_days(Days::new(u64::try_from(rng.between(0, 50_000)).ok()?))?
                .checked_add_days(Days::new(u64::try_from(rng.between(0, 30)).ok()?))?,
        };
        if mood.whole || !rng.chance(self.rates.partial_birth) {
            return Some(Birth::day(date));
        }
        use chrono::Datelike;
        match rng.between(0, 2) {
            0 => Birth::month(date.year(), date.month()),
            1 => Birth::year(date.year()),
            _ => Birth::about(date.year()),
        }
    }

    fn held(&self, rng: &mut Rng, drawn: &Drawn, mood: &Mood) -> Option<Held> {
        if rng.chance(mood.null) {
            return None;
        }
        let beyond = !mood.whole && rng.chance(self.rates.beyond);
        let value = if beyond { misfit(rng, drawn.fact) } else { self.value(rng, drawn, mood)? };
        let stale = !mood.whole && drawn.fact.fresh_months > 0 && rng.chance(self.rates.stale);
        let on = if stale { day().checked_sub_months(Months::new(drawn.fact.fresh_months + 1))? } else { day() };
        Some(Held::said(value, on))
    }

    fn value(&self, rng: &mut Rng, drawn: &Drawn, mood: &Mood) -> Option<Value> {
        let fact = drawn.fact;
        let code = |rng: &mut Rng| rng.pick(&fact.codes).map(|code| code.id.to_string());
        Some(match fact.kind_of_value {
            FactType::Bool => Value::Bool(rng.chance(500)),
            FactType::Int => Value::Int(number(rng, drawn)),
            FactType::Decimal { .. } => Value::Decimal(number(rng, drawn)),
            FactType::Code => Value::Code(code(rng)?),
            FactType::Date => Value::Date(self.birth(rng, mood)?),
            FactType::Set => {
                let many = rng.weighted(&[4, 3, 2, 1]);
                let has: BTreeSet<String> = (0..many).filter_map(|_| code(rng)).collect();
                Value::Set { has, complete: mood.whole || !rng.chance(self.rates.partial_set) }
            }
        })
    }
}

/// A number of a fact: at a cut-off or one beside it, at an end of the bounds, small, or anywhere.
fn number(rng: &mut Rng, drawn: &Drawn) -> i64 {
    let bounds = drawn.fact.bounds;
    let cut_off = rng.pick(&drawn.cut_offs).copied();
    let value = match (rng.weighted(&[5, 1, 1, 2, 3]), cut_off) {
        (0, Some(cut_off)) => cut_off + rng.between(-1, 1),
        (1, _) => bounds.low,
        (2, _) => bounds.high,
        (3, _) => rng.between(bounds.low.max(-5), bounds.high.min(20)),
        _ => rng.between(bounds.low, bounds.high),
    };
    value.clamp(bounds.low, bounds.high)
}

/// A value of the fact's type that does not fit it.
fn misfit(rng: &mut Rng, fact: &Fact) -> Value {
    let outside = if rng.chance(500) { fact.bounds.low - 1 } else { fact.bounds.high + 1 };
    match fact.kind_of_value {
        FactType::Int => Value::Int(outside),
        FactType::Decimal { .. } => Value::Decimal(outside),
        FactType::Code => Value::Code("no-such-code".to_owned()),
        FactType::Set => Value::Set { has: BTreeSet::from(["no-such-code".to_owned()]), complete: rng.chance(500) },
        FactType::Bool | FactType::Date => Value::Bool(rng.chance(500)),
    }
}
