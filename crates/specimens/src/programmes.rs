//! Draws programmes.

use crate::{
    draw::{DEPTH, Draw, Scope},
    expr::Cond,
    policy::{Criterion, Programme},
};

/// Days around the one screened on, as written: the day itself is in force on either side.
const FROM: [&str; 4] = ["2020-01-01", "2026-11-22", "2026-11-23", "2030-01-01"];
const UNTIL: [&str; 4] = ["2020-12-31", "2026-11-21", "2026-11-22", "2030-01-01"];

impl Draw {
    /// Three to seven programmes; the first three have the ids that conditions on sets ask for.
    pub(crate) fn programmes(&mut self) {
        let many = self.rng.between(3, 7);
        for number in 0..many {
            let programme = self.programme(number);
            self.policy.programmes.push(programme);
        }
    }

    fn programme(&mut self, number: i64) -> Programme {
        let person = self.rng.chance(550);
        let rules = ["complete", "partial", "open to all", "not published"][self.rng.weighted(&[10, 6, 1, 1])];
        let state = ["open", "announced", "closed", "unknown"][self.rng.weighted(&[14, 2, 1, 1])];
        let criteria = match rules {
            "open to all" => 0,
            "not published" => self.rng.between(0, 1),
            _ => self.rng.between(1, 3),
        };
        let criteria = (0..criteria).map(|_| self.criterion(person)).collect();
        let mut other = || self.rng.chance(300).then(|| self.cond(Scope::of(person), 1));
        let others = [other(), other(), other()];
        Programme { id: format!("prog-{number}"), person, state, rules, criteria, others }
    }

    fn criterion(&mut self, person: bool) -> Criterion {
        let listed = self.rng.chance(250);
        let many = if listed { self.rng.between(1, 3) } else { 1 };
        let any_of = (0..many).map(|_| self.written(person)).collect();
        let mut day = |days: &[&'static str]| self.rng.chance(120).then(|| days[self.rng.index(days.len())]);
        let (from, until) = (day(&FROM), day(&UNTIL));
        Criterion { any_of, listed, from, until }
    }

    /// A condition of its own, or one that another programme has too.
    fn written(&mut self, person: bool) -> Cond {
        let fitting: Vec<Cond> = self.written.iter().filter(|(of, _)| !of || person).map(|(_, c)| c.clone()).collect();
        if self.rng.chance(200)
            && let Some(cond) = self.rng.pick(&fitting)
        {
            return cond.clone();
        }
        let cond = self.cond(Scope::of(person), DEPTH);
        self.written.push((person, cond.clone()));
        cond
    }
}
