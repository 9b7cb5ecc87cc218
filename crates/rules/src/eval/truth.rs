//! Kleene truth of conditions and intervals of numbers, for one family.

use super::cells::{Ctx, Env, Val};
use crate::{
    Interval, K3,
    expr::{
        check::{AGE_MAX, AGE_MONTHS_MAX},
        node::Compare,
        rule::{At, Atom, AtomKind, CodeOf, Cond, Derived, Num, SumOf, Who},
    },
};

impl Ctx<'_> {
    /// The truth of a shared condition for a candidate, found once.
    pub(crate) fn shared_truth(&self, condition: usize, member: Option<usize>) -> K3 {
        let place = &self.truths[self.place_of(condition, member)];
        if let Some(truth) = place.get() {
            return truth;
        }
        let env = member.map_or(Env::default(), Env::of);
        let truth = self.truth(&self.plan.conditions[condition].cond, env);
        place.set(Some(truth));
        truth
    }

    /// The truth of a condition; stops as soon as it is decided.
    pub(crate) fn truth(&self, cond: &Cond, env: Env) -> K3 {
        match cond {
            Cond::Const(value) => K3::from(*value),
            Cond::Not(inner) => self.truth(inner, env).not(),
            Cond::And(parts) => self.first(parts, env, K3::No),
            Cond::Or(parts) => self.first(parts, env, K3::Yes),
            Cond::If(parts) => {
                let [cond, a, b] = &**parts;
                match self.truth(cond, env) {
                    K3::Yes => self.truth(a, env),
                    K3::No => self.truth(b, env),
                    K3::Unknown => same_or_unknown(self.truth(a, env), self.truth(b, env)),
                }
            }
            Cond::Same(parts) => same(self.truth(&parts[0], env), self.truth(&parts[1], env)),
            Cond::Atom(atom) => self.atom(atom, env),
        }
    }

    /// `and` is decided by the first no, `or` by the first yes; otherwise one unknown leaves it open.
    fn first(&self, parts: &[Cond], env: Env, decisive: K3) -> K3 {
        let mut all = decisive.not();
        for part in parts {
            match self.truth(part, env) {
                truth if truth == decisive => return decisive,
                K3::Unknown => all = K3::Unknown,
                _ => {}
            }
        }
        all
    }

    /// The truth of one comparison.
    pub(crate) fn atom(&self, atom: &Atom, env: Env) -> K3 {
        match &atom.kind {
            AtomKind::Fact(at) => self.fact_truth(*at, env),
            AtomKind::Number(sign, left, right) => compare(*sign, self.number(left, env), self.number(right, env)),
            AtomKind::OneOf(code, codes) => {
                self.code(code, env).map_or(K3::Unknown, |c| K3::from(codes.binary_search(&c).is_ok()))
            }
            AtomKind::Has(at, code) => self.has(self.value(self.cell(*at, env)), *code),
            AtomKind::Some(cond) => {
                let start = if self.open { K3::Unknown } else { K3::No };
                self.over_members(start, K3::Yes, |m| self.truth(cond, env.bind(m)))
            }
            AtomKind::All(cond) => {
                let start = if self.open { K3::Unknown } else { K3::Yes };
                self.over_members(start, K3::No, |m| self.truth(cond, env.bind(m)))
            }
        }
    }

    fn over_members(&self, start: K3, decisive: K3, truth: impl Fn(usize) -> K3) -> K3 {
        let mut all = start;
        for member in 0..self.members {
            match truth(member) {
                t if t == decisive => return decisive,
                K3::Unknown => all = K3::Unknown,
                _ => {}
            }
        }
        all
    }

    fn fact_truth(&self, at: At, env: Env) -> K3 {
        match self.value(self.cell(at, env)) {
            Val::Bool(value) => K3::from(value),
            _ => K3::Unknown,
        }
    }

    /// Whether a set has a code.
    pub(crate) fn has(&self, set: Val, code: u16) -> K3 {
        match set {
            Val::EmptySet => K3::No,
            Val::Set(index) => match &self.sets[index as usize] {
                set if set.has.contains(&code) => K3::Yes,
                set if set.complete => K3::No,
                _ => K3::Unknown,
            },
            _ => K3::Unknown,
        }
    }

    /// The value of a cell as rules see it, computed once.
    pub(crate) fn value(&self, cell: usize) -> Val {
        match self.cells[cell].get() {
            Val::Pending => {
                let value = self.compute(cell);
                self.cells[cell].set(value);
                value
            }
            known => known,
        }
    }

    fn compute(&self, cell: usize) -> Val {
        let slot = self.slot(cell);
        let env = self.member_and_slot(cell).0.map_or(Env::default(), Env::of);
        if let Some(derived) = &slot.derive {
            return self.derived(derived, env);
        }
        let base = self.base[cell];
        let Some((applies, otherwise)) = &slot.applies else { return base };
        match self.truth(applies, env) {
            K3::Yes => base,
            K3::No => Val::from(*otherwise),
            // Not known whether it applies: only a value that would be the same either way is safe to use.
            K3::Unknown if self.same_value(base, Val::from(*otherwise)) => base,
            K3::Unknown => Val::Unknown,
        }
    }

    fn same_value(&self, held: Val, otherwise: Val) -> bool {
        match (held, otherwise) {
            (Val::Set(index), Val::EmptySet) => {
                let set = &self.sets[index as usize];
                set.complete && set.has.is_empty()
            }
            (a, b) => a == b,
        }
    }

    fn derived(&self, derived: &Derived, env: Env) -> Val {
        match derived {
            Derived::Bool(cond) => match self.truth(cond, env) {
                K3::Yes => Val::Bool(true),
                K3::No => Val::Bool(false),
                K3::Unknown => Val::Unknown,
            },
            Derived::Number(num) => Val::Number(self.number(num, env)),
            Derived::Code(code) => self.code(code, env).map_or(Val::Unknown, Val::Code),
        }
    }

    /// A code, when known.
    pub(crate) fn code(&self, code: &CodeOf, env: Env) -> Option<u16> {
        match code {
            CodeOf::Const(code) => Some(*code),
            CodeOf::Fact(at) => match self.value(self.cell(*at, env)) {
                Val::Code(code) => Some(code),
                _ => None,
            },
            CodeOf::If(parts) => match self.truth(&parts.0, env) {
                K3::Yes => self.code(&parts.1, env),
                K3::No => self.code(&parts.2, env),
                K3::Unknown => self.code(&parts.1, env).filter(|a| Some(*a) == self.code(&parts.2, env)),
            },
        }
    }

    /// What a number can be.
    pub(crate) fn number(&self, num: &Num, env: Env) -> Interval {
        match num {
            Num::Const(value) => Interval::exactly(*value),
            Num::Fact(at) => {
                let cell = self.cell(*at, env);
                match self.value(cell) {
                    Val::Number(interval) => interval,
                    _ => self.slot(cell).bounds,
                }
            }
            Num::Score(score) => self.score(usize::from(*score)),
            Num::AgeYears(who) => self.age(*who, env).0,
            Num::AgeMonths(who) => self.age(*who, env).1,
            Num::Neg(inner) => sure(self.number(inner, env).checked_neg()),
            Num::Add(two) => sure(self.number(&two[0], env).checked_add(self.number(&two[1], env))),
            Num::Sub(two) => sure(self.number(&two[0], env).checked_sub(self.number(&two[1], env))),
            Num::Mul(two) => sure(self.number(&two[0], env).checked_mul(self.number(&two[1], env))),
            Num::Raised(inner, factor) => sure(self.number(inner, env).checked_mul(Interval::exactly(*factor))),
            Num::Div(inner, by) => sure(self.number(inner, env).checked_div(*by)),
            Num::If(parts) => match self.truth(&parts.0, env) {
                K3::Yes => self.number(&parts.1, env),
                K3::No => self.number(&parts.2, env),
                K3::Unknown => self.number(&parts.1, env).hull(self.number(&parts.2, env)),
            },
            Num::Size => Interval::new(self.known_members(), self.known_members() + self.unlisted()),
            Num::Count(cond) => self.count(cond, env),
            Num::Sum(sum) => self.sum(sum, env),
        }
    }

    fn known_members(&self) -> i64 {
        i64::try_from(self.members).unwrap_or(i64::MAX)
    }

    /// How many members may still be named.
    pub(crate) fn unlisted(&self) -> i64 {
        if self.open { (self.plan.members_max - self.known_members()).max(0) } else { 0 }
    }

    fn count(&self, cond: &Cond, env: Env) -> Interval {
        let (mut low, mut high) = (0, self.unlisted());
        for member in 0..self.members {
            let truth = self.truth(cond, env.bind(member));
            low += i64::from(truth == K3::Yes);
            high += i64::from(truth != K3::No);
        }
        Interval::new(low, high)
    }

    fn sum(&self, sum: &SumOf, env: Env) -> Interval {
        let nothing = Interval::exactly(0);
        let mut total = sure(sum.part_bounds.checked_mul(Interval::exactly(self.unlisted())).map(|i| i.hull(nothing)));
        for member in 0..self.members {
            let env = env.bind(member);
            let part = match self.truth(&sum.condition, env) {
                K3::No => continue,
                K3::Yes => self.number(&sum.part, env),
                K3::Unknown => self.number(&sum.part, env).hull(nothing),
            };
            total = sure(total.checked_add(part));
        }
        total
    }

    fn age(&self, who: Who, env: Env) -> (Interval, Interval) {
        let unknown = || (Interval::new(0, AGE_MAX), Interval::new(0, AGE_MONTHS_MAX));
        self.ages[env.who(who)].unwrap_or_else(unknown)
    }

    /// A score: supplied by its registry, or added up from its card, or its declared bounds.
    pub(crate) fn score(&self, index: usize) -> Interval {
        if let Some(known) = self.scores[index].get() {
            return known;
        }
        let value = self.compute_score(index);
        self.scores[index].set(Some(value));
        value
    }

    fn compute_score(&self, index: usize) -> Interval {
        let plan = &self.plan.scores[index];
        let supplied = self.family.scores.get(&*self.pack.scores[index].id).copied();
        if let Some(points) = supplied.filter(|p| plan.bounds.low <= *p && *p <= plan.bounds.high) {
            return Interval::exactly(points);
        }
        if plan.indicators.is_empty() {
            return plan.bounds;
        }
        plan.indicators.iter().fold(Interval::exactly(0), |sum, answers| sure(sum.checked_add(self.points(answers))))
    }

    /// The points of one question: those of the answers still possible, up to the first that surely holds. A card
    /// that has no answer for this household leaves all of its points open.
    fn points(&self, answers: &[(Cond, i64)]) -> Interval {
        let mut possible: Option<Interval> = None;
        for (cond, points) in answers {
            let truth = self.truth(cond, Env::default());
            if truth != K3::No {
                let points = Interval::exactly(*points);
                possible = Some(possible.map_or(points, |p| p.hull(points)));
            }
            if truth == K3::Yes {
                break;
            }
        }
        let all = || answers.iter().map(|(_, p)| Interval::exactly(*p)).reduce(Interval::hull);
        possible.or_else(all).unwrap_or(Interval::exactly(0))
    }
}

/// A comparison of intervals.
pub(crate) fn compare(sign: Compare, a: Interval, b: Interval) -> K3 {
    match sign {
        Compare::Eq => a.equal(b),
        Compare::Ne => a.equal(b).not(),
        Compare::Lt => a.less(b),
        Compare::Le => a.at_most(b),
        Compare::Gt => b.less(a),
        Compare::Ge => b.at_most(a),
    }
}

fn same(a: K3, b: K3) -> K3 {
    match (a, b) {
        (K3::Unknown, _) | (_, K3::Unknown) => K3::Unknown,
        (a, b) => K3::from(a == b),
    }
}

fn same_or_unknown(a: K3, b: K3) -> K3 {
    if a == b { a } else { K3::Unknown }
}

/// Calculations were shown to fit when the pack was loaded; were one not to, it would be wholly unknown.
fn sure(result: Result<Interval, crate::Overflow>) -> Interval {
    result.unwrap_or(Interval { low: i64::MIN, high: i64::MAX })
}
