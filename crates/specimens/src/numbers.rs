//! Draws numbers, and reckons their scale and bounds as the pack loader does.

use crate::{
    draw::{Draw, Scope},
    expr::{Cond, Make, Num},
    policy::Kind,
};

/// Bounds beyond these are not drawn, so that nothing overflows once it is raised to a finer scale.
const MOST: i128 = 100_000_000_000;
/// Digits after the point that are drawn at most.
const SCALE: u8 = 4;

/// What an age is at most, in years and in months.
const AGES: (i64, i64) = (130, 1571);

impl Num {
    /// A number written out, at the fewest digits that hold it (as the loader reads it).
    #[must_use]
    pub fn written(mut value: i64, mut scale: u8) -> Self {
        while scale > 0 && value % 10 == 0 {
            (value, scale) = (value / 10, scale - 1);
        }
        Self { make: Make::Const(value), scale, bounds: (value, value) }
    }

    fn new(make: Make, scale: u8, bounds: (i128, i128)) -> Option<Self> {
        let fits = scale <= SCALE && -MOST <= bounds.0 && bounds.1 <= MOST;
        let bounds = (i64::try_from(bounds.0).ok()?, i64::try_from(bounds.1).ok()?);
        fits.then_some(Self { make, scale, bounds })
    }

    fn wide(&self) -> (i128, i128) {
        (i128::from(self.bounds.0), i128::from(self.bounds.1))
    }

    /// Bounds at a finer scale.
    pub(crate) fn at(&self, scale: u8) -> (i128, i128) {
        let factor = 10i128.pow(u32::from(scale.saturating_sub(self.scale)));
        (self.wide().0 * factor, self.wide().1 * factor)
    }
}

impl Draw {
    /// A number over a scope, at most `depth` constructs deep.
    pub(crate) fn num(&mut self, scope: Scope, depth: u8) -> Num {
        if depth > 0 && self.rng.chance(550) {
            let made = match self.rng.weighted(&[1, 3, 3, 2, 2, 2, 4, 4, 1]) {
                0 => self.negative(scope, depth - 1),
                1 => self.sum(scope, depth - 1, true),
                2 => self.sum(scope, depth - 1, false),
                3 => self.product(scope, depth - 1),
                4 => self.quotient(scope, depth - 1),
                5 => self.choice(scope, depth - 1),
                6 => self.count(scope, depth - 1),
                7 => self.sum_over_members(scope, depth - 1),
                _ => Num::new(Make::Size, 0, (0, i128::from(self.policy.members_max))),
            };
            if let Some(num) = made {
                return num;
            }
        }
        self.leaf(scope)
    }

    fn leaf(&mut self, scope: Scope) -> Num {
        let persons = if self.has_births() { scope.persons() } else { vec![] };
        if let Some(who) = self.rng.pick(&persons).copied()
            && self.rng.chance(350)
        {
            let years = self.rng.chance(700);
            let (make, most) = if years { (Make::Age(who), AGES.0) } else { (Make::Months(who), AGES.1) };
            return Num { make, scale: 0, bounds: (0, most) };
        }
        if let Some((of, fact)) = self.fact(scope, |fact| matches!(fact.kind, Kind::Number(..)))
            && let Kind::Number(scale, bounds) = fact.kind
        {
            return Num { make: Make::Fact(of), scale, bounds };
        }
        Num::written(self.rng.between(-3, 40), u8::from(self.rng.chance(200)))
    }

    /// A number written out, near what another can be: at its ends, or somewhere within.
    pub(crate) fn near(&mut self, other: &Num) -> Num {
        let (low, high) = other.bounds;
        let value = match (&other.make, self.rng.weighted(&[5, 1, 1, 3])) {
            (Make::Age(_), _) => *self.rng.pick(&[2, 5, 10, 18, 18, 25, 40, 60, 65]).unwrap_or(&18),
            (Make::Months(_), _) => *self.rng.pick(&[1, 6, 24, 59, 60, 216]).unwrap_or(&24),
            (Make::Count(..) | Make::Size, _) => self.rng.between(0, 4),
            (_, 1) => low.saturating_add(self.rng.between(-1, 1)),
            (_, 2) => high.saturating_add(self.rng.between(-1, 1)),
            // Sums and products mostly stay far below their bounds.
            (_, 3) => self.rng.between(low.max(-50), high.min(100)),
            _ => self.rng.between(low, high),
        };
        Num::written(value, other.scale)
    }

    fn two(&mut self, scope: Scope, depth: u8) -> [Num; 2] {
        let left = self.num(scope, depth);
        let right = if self.rng.chance(300) { self.small() } else { self.num(scope, depth) };
        [left, right]
    }

    /// A small number written out.
    fn small(&mut self) -> Num {
        let scale = u8::try_from(self.rng.weighted(&[6, 2, 1])).unwrap_or(0);
        Num::written(self.rng.between(-9, 30), scale)
    }

    fn negative(&mut self, scope: Scope, depth: u8) -> Option<Num> {
        let inner = self.num(scope, depth);
        let (scale, (low, high)) = (inner.scale, inner.wide());
        Num::new(Make::Neg(Box::new(inner)), scale, (-high, -low))
    }

    fn sum(&mut self, scope: Scope, depth: u8, add: bool) -> Option<Num> {
        let two = self.two(scope, depth);
        let scale = two[0].scale.max(two[1].scale);
        let ((a, b), (c, d)) = (two[0].at(scale), two[1].at(scale));
        let two = Box::new(two);
        if add {
            Num::new(Make::Add(two), scale, (a + c, b + d))
        } else {
            Num::new(Make::Sub(two), scale, (a - d, b - c))
        }
    }

    fn product(&mut self, scope: Scope, depth: u8) -> Option<Num> {
        let two = self.two(scope, depth);
        let scale = two[0].scale + two[1].scale;
        let ((a, b), (c, d)) = (two[0].wide(), two[1].wide());
        let corners = [a * c, a * d, b * c, b * d];
        let bounds = (*corners.iter().min()?, *corners.iter().max()?);
        Num::new(Make::Mul(Box::new(two)), scale, bounds)
    }

    fn quotient(&mut self, scope: Scope, depth: u8) -> Option<Num> {
        let inner = self.num(scope, depth);
        let by = *self.rng.pick(&[2, 3, 7, 10, 12, -2, -3])?;
        let (scale, (low, high)) = (inner.scale, inner.wide());
        let (a, b) = (low / i128::from(by), high / i128::from(by));
        Num::new(Make::Div(Box::new(inner), by), scale, (a.min(b), a.max(b)))
    }

    fn choice(&mut self, scope: Scope, depth: u8) -> Option<Num> {
        let cond = self.cond(scope, depth);
        let two = self.two(scope, depth);
        let scale = two[0].scale.max(two[1].scale);
        let ((a, b), (c, d)) = (two[0].at(scale), two[1].at(scale));
        Num::new(Make::If(Box::new(cond), Box::new(two)), scale, (a.min(c), b.max(d)))
    }

    fn count(&mut self, scope: Scope, depth: u8) -> Option<Num> {
        let bounds = (0, i128::from(self.policy.members_max));
        let cond = (!scope.member).then(|| self.cond(scope.inside(), depth))?;
        Num::new(Make::Count(self.rng.chance(300), Box::new(cond)), 0, bounds)
    }

    fn sum_over_members(&mut self, scope: Scope, depth: u8) -> Option<Num> {
        if scope.member {
            return None;
        }
        let cond = if self.rng.chance(200) { Cond::Const(true) } else { self.cond(scope.inside(), depth) };
        let part = self.num(scope.inside(), depth);
        let ((low, high), most) = (part.wide(), i128::from(self.policy.members_max));
        let (scale, bounds) = (part.scale, (low.min(0) * most, high.max(0) * most));
        Num::new(Make::Sum(self.rng.chance(300), Box::new(cond), Box::new(part)), scale, bounds)
    }
}
