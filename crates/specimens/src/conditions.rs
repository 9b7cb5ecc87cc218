//! Draws conditions.

use crate::{
    draw::{Draw, Scope},
    expr::{Cond, Make, Num, Sign},
    policy::Kind,
};

const SIGNS: [Sign; 6] = [Sign::Eq, Sign::Ne, Sign::Lt, Sign::Le, Sign::Gt, Sign::Ge];

impl Draw {
    /// A condition over a scope, at most `depth` constructs deep.
    pub(crate) fn cond(&mut self, scope: Scope, depth: u8) -> Cond {
        let less = depth.saturating_sub(1);
        if depth == 0 || self.rng.chance(350) {
            return self.atom(scope, less);
        }
        match self.rng.weighted(&[2, 5, 5, 2, 1, 4]) {
            0 => Cond::Not(Box::new(self.cond(scope, less))),
            1 => Cond::And(self.several(scope, less)),
            2 => Cond::Or(self.several(scope, less)),
            3 => Cond::If(Box::new([self.cond(scope, less), self.cond(scope, less), self.cond(scope, less)])),
            4 => {
                let two = [self.cond(scope, less), self.cond(scope, less)];
                Cond::Same(self.rng.chance(500), Box::new(two))
            }
            _ => self.over_members(scope, less),
        }
    }

    fn several(&mut self, scope: Scope, depth: u8) -> Vec<Cond> {
        let many = self.rng.between(2, 3);
        (0..many).map(|_| self.cond(scope, depth)).collect()
    }

    /// `exists` or `all`, or a plain comparison where list functions may not stand.
    fn over_members(&mut self, scope: Scope, depth: u8) -> Cond {
        if scope.member {
            return self.atom(scope, depth);
        }
        let body = Box::new(self.cond(scope.inside(), depth));
        if self.rng.chance(500) { Cond::Exists(body) } else { Cond::All(body) }
    }

    /// A condition without conditions inside it (but for those of the numbers it compares).
    fn atom(&mut self, scope: Scope, depth: u8) -> Cond {
        let drawn = match self.rng.weighted(&[6, 5, 3, 7, 1, 1]) {
            0 => self.fact(scope, |fact| fact.kind == Kind::Bool).map(|(of, _)| Cond::Fact(of)),
            1 => self.code_test(scope),
            2 => self.set_test(scope),
            4 => Some(self.in_numbers(scope, depth)),
            5 => Some(Cond::Const(self.rng.chance(500))),
            _ => None,
        };
        drawn.unwrap_or_else(|| self.comparison(scope, depth))
    }

    fn code_test(&mut self, scope: Scope) -> Option<Cond> {
        let (of, fact) = self.fact(scope, |fact| matches!(fact.kind, Kind::Code(_)))?;
        let Kind::Code(codes) = fact.kind else { return None };
        if self.rng.chance(500) {
            let is = self.rng.chance(600);
            return Some(Cond::Is(is, of, self.rng.pick(&codes)?.clone()));
        }
        let mut some = codes.clone();
        self.rng.shuffle(&mut some);
        let many = self.rng.between(i64::from(!self.rng.clone().chance(30)), 3);
        some.truncate(usize::try_from(many).unwrap_or(1));
        Some(Cond::InCodes(of, some))
    }

    fn set_test(&mut self, scope: Scope) -> Option<Cond> {
        let (of, fact) = self.fact(scope, |fact| matches!(fact.kind, Kind::Set(_)))?;
        let Kind::Set(codes) = fact.kind else { return None };
        let code = self.rng.pick(&codes).cloned().unwrap_or_else(|| format!("prog-{}", self.rng.between(0, 2)));
        Some(Cond::Has(of, code))
    }

    fn in_numbers(&mut self, scope: Scope, depth: u8) -> Cond {
        let left = self.num(scope, depth);
        let many = self.rng.between(1, 3);
        let list = (0..many).map(|_| self.near(&left)).collect();
        Cond::InNumbers(Box::new(left), list)
    }

    fn comparison(&mut self, scope: Scope, depth: u8) -> Cond {
        let sign = *self.rng.pick(&SIGNS).unwrap_or(&Sign::Le);
        if let Some(compared) = self.score_comparison(sign) {
            return compared;
        }
        let left = self.num(scope, depth);
        let right = if self.rng.chance(700) { self.near(&left) } else { self.num(scope, depth) };
        let (left, right) = if self.rng.chance(150) { (right, left) } else { (left, right) };
        Cond::Compare(sign, Box::new(left), Box::new(right))
    }

    /// A score beside a number written out, or beside a score of its own scale; now and then.
    fn score_comparison(&mut self, sign: Sign) -> Option<Cond> {
        if !self.rng.chance(200) {
            return None;
        }
        let score = self.rng.pick(&self.policy.scores)?.clone();
        let of = |score: &crate::policy::Score| Num {
            make: Make::Score(score.id.clone(), score.scale.clone()),
            scale: score.digits,
            bounds: score.bounds,
        };
        let alike: Vec<_> = self.policy.scores.iter().filter(|s| s.scale == score.scale).cloned().collect();
        let left = of(&score);
        let other = if self.rng.chance(800) { self.near(&left) } else { of(self.rng.pick(&alike)?) };
        let (left, right) = if self.rng.chance(150) { (other, left) } else { (left, other) };
        Some(Cond::Compare(sign, Box::new(left), Box::new(right)))
    }
}
