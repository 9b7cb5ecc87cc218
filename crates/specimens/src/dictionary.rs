//! Draws the dictionary and the scores.

use crate::{
    draw::{Draw, Scope},
    expr::{Cond, digits},
    policy::{Derive, Fact, Kind, Score},
};

/// Codes of the drawn code and set facts: a few lists, so that facts share some.
const LISTS: [&[&str]; 4] =
    [&["red", "green", "blue"], &["female", "male", "transgender"], &["none", "own", "rent", "other"], &["x", "y"]];

impl Draw {
    /// Facts held, then facts that apply under conditions, derived facts and scores in any order.
    pub(crate) fn dictionary(&mut self) {
        self.policy.members_max = self.rng.between(3, 12);
        self.recorded();
        for person in [false, true] {
            let many = self.rng.between(3, 6);
            (0..many).for_each(|_| self.held(person, false));
        }
        let more = self.rng.between(5, 11);
        for _ in 0..more {
            let person = self.rng.chance(550);
            match self.rng.weighted(&[3, 5, 2]) {
                0 => self.held(person, true),
                1 => self.derived(person),
                _ => self.score(),
            }
        }
    }

    /// The facts that the language knows by name; now and then a policy does without.
    fn recorded(&mut self) {
        let programmes = || Kind::Set(vec![]);
        let known = [
            (true, "birth", Kind::Date, 930),
            (false, "members_complete", Kind::Bool, 900),
            (false, "active_programmes", programmes(), 750),
            (true, "active_programmes", programmes(), 750),
        ];
        for (person, name, kind, often) in known {
            if self.rng.chance(often) {
                let fact = Fact { person, name: name.into(), kind, fresh_months: 0, applies: None, derive: None };
                self.policy.facts.push(fact);
            }
        }
    }

    fn add(&mut self, person: bool, kind: Kind, applies: Option<(Cond, String)>, derive: Option<Derive>) {
        let name = format!("{}{}", if person { "p" } else { "h" }, self.policy.facts.len());
        let fresh_months = if self.rng.chance(250) && derive.is_none() { 12 } else { 0 };
        self.policy.facts.push(Fact { person, name, kind, fresh_months, applies, derive });
    }

    fn held(&mut self, person: bool, applies: bool) {
        let kind = match self.rng.weighted(&[4, 5, 3, 2]) {
            0 => Kind::Bool,
            1 => self.number(),
            2 => Kind::Code(self.list()),
            _ => Kind::Set(self.list()),
        };
        let applies = applies.then(|| {
            let cond = self.cond(Scope::of(person), 2);
            (cond, self.otherwise(&kind))
        });
        self.add(person, kind, applies, None);
    }

    fn list(&mut self) -> Vec<String> {
        let list = self.rng.pick(&LISTS).copied().unwrap_or_default();
        list.iter().map(|code| (*code).to_owned()).collect()
    }

    fn number(&mut self) -> Kind {
        let scale = u8::try_from(self.rng.weighted(&[6, 2, 2])).unwrap_or(0);
        let bounds = match self.rng.weighted(&[3, 3, 2, 2]) {
            0 => (0, self.rng.between(3, 20)),
            1 => (0, self.rng.between(30, 500)),
            2 => (self.rng.between(-60, -1), self.rng.between(1, 60)),
            _ => (0, 1_000_000),
        };
        Kind::Number(scale, bounds)
    }

    /// The value of a fact that does not apply, as written.
    fn otherwise(&mut self, kind: &Kind) -> String {
        match kind {
            Kind::Number(scale, (low, high)) => {
                let value = if self.rng.chance(600) { 0.clamp(*low, *high) } else { self.rng.between(*low, *high) };
                digits(value, *scale)
            }
            Kind::Code(codes) => format!("\"{}\"", self.rng.pick(codes).cloned().unwrap_or_default()),
            Kind::Set(_) => "[]".to_owned(),
            Kind::Bool | Kind::Date => self.rng.chance(300).to_string(),
        }
    }

    fn derived(&mut self, person: bool) {
        let scope = Scope::of(person);
        let (kind, derive) = match self.rng.weighted(&[5, 4, 3]) {
            0 => (Kind::Bool, Derive::Bool(self.cond(scope, 2))),
            1 => {
                let num = self.num(scope, 2);
                // The declared bounds may be wider than what can be, and the scale finer.
                let scale = num.scale + u8::from(self.rng.chance(200));
                let (low, high) = num.at(scale);
                let slack = self.rng.between(0, 1);
                let low = i64::try_from(low).unwrap_or(i64::MIN / 2) - slack;
                let high = i64::try_from(high).unwrap_or(i64::MAX / 2) + slack;
                (Kind::Number(scale, (low, high)), Derive::Number(num))
            }
            _ => {
                let list = self.list();
                let code = self.code(scope, &list, 2);
                (Kind::Code(list), Derive::Code(code))
            }
        };
        self.add(person, kind, None, Some(derive));
    }

    fn score(&mut self) {
        let id = format!("s{}", self.policy.scores.len());
        let scale = format!("scale-{}", self.rng.between(0, 1));
        let places = u8::try_from(self.rng.weighted(&[5, 2, 2])).unwrap_or(0);
        let published = self.rng.chance(750);
        let cards = if published { self.rng.between(1, 4) } else { 0 };
        let mut indicators = vec![];
        for _ in 0..cards {
            let answers = self.rng.between(1, 4);
            let one = |me: &mut Self| (me.cond(Scope::of(false), 2), me.rng.between(-10, 40));
            indicators.push((0..answers).map(|_| one(self)).collect::<Vec<_>>());
        }
        let ends = |pick: fn(i64, i64) -> i64| -> i64 {
            indicators.iter().filter_map(|answers| answers.iter().map(|(_, points)| *points).reduce(pick)).sum()
        };
        let bounds = if published { (ends(i64::min), ends(i64::max)) } else { (0, 100) };
        self.policy.scores.push(Score { id, scale, digits: places, bounds, indicators });
    }
}
