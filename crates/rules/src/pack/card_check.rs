//! Score cards whose questions leave a household without an answer, or give it two.
//!
//! A question gives the points of its first answer that holds; when none does, any of its points. Both are decided, and
//! both are seldom meant: while a fact is missing, a card with such a gap tells a narrower interval than it should. What
//! the conditions look at is tried out: every code, both truths, every number at and beside each cut-off. Conditions that
//! hang together in ways this does not see may be warned of although they never meet.

use crate::{
    Interval, Pack,
    expr::{
        check::AGE_MAX,
        node::Compare,
        rule::{At, AtomKind, CodeOf, Cond, Num},
    },
    plan::SlotPlan,
};
use std::{collections::BTreeSet, fmt};

/// The most combinations of values that are tried for a question.
const MOST: usize = 50_000;

/// What is odd about a question of a score card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardWarning {
    /// The score.
    pub score: String,
    /// The question.
    pub indicator: String,
    /// What is odd.
    pub what: Odd,
}

/// What is odd about a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Odd {
    /// No answer may hold; for example in this case.
    Gap(String),
    /// Two answers with different points, counted from 1, may hold at once; for example in this case.
    Overlap(usize, usize, String),
    /// Too many cases to try.
    TooMany,
}

impl fmt::Display for CardWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "score {}, question {}: ", self.score, self.indicator)?;
        match &self.what {
            Odd::Gap(case) => write!(
                f,
                "no answer may hold ({case}); any of its points then counts, and the interval is too narrow while a fact is \
                 missing. Add an answer for that case."
            ),
            Odd::Overlap(first, second, case) => {
                write!(
                    f,
                    "answers {first} and {second} may both hold ({case}); the first counts. Say so in one of them."
                )
            }
            Odd::TooMany => f.write_str("it looks at too much for its answers to be tried out. Look at it yourself."),
        }
    }
}

/// Something that conditions look at, with the values worth trying.
struct Subject {
    key: String,
    said: String,
    values: Vec<i64>,
    /// What the values from 0 on are called; empty for numbers.
    words: Vec<String>,
}

/// Every odd question of the pack's cards, in their order.
pub fn card_warnings(pack: &Pack) -> Vec<CardWarning> {
    let mut warnings = vec![];
    for (score, plan) in pack.scores().iter().zip(&pack.plan.scores) {
        for (indicator, answers) in score.indicators.iter().zip(&plan.indicators) {
            let odd = Question { pack, answers }.odd();
            warnings.extend(odd.into_iter().map(|what| CardWarning {
                score: score.id.to_string(),
                indicator: indicator.id.to_string(),
                what,
            }));
        }
    }
    warnings
}

/// One question under trial.
struct Question<'a> {
    pack: &'a Pack,
    answers: &'a [(Cond, i64)],
}

impl Question<'_> {
    fn odd(&self) -> Vec<Odd> {
        let mut subjects = vec![];
        self.answers.iter().for_each(|(cond, _)| self.collect(cond, &mut subjects));
        let cases = subjects.iter().try_fold(1usize, |all, s| all.checked_mul(s.values.len()).filter(|n| *n <= MOST));
        let Some(cases) = cases else { return vec![Odd::TooMany] };
        let count = self.answers.len();
        let mut gap = None;
        // For each pair: a case in which both hold, and whether the first ever holds without the second.
        let mut pairs: Vec<(Option<String>, bool)> = vec![(None, false); count * count];
        for nth in 0..cases {
            let case = values(&subjects, nth);
            if self.contradicts(&subjects, &case) {
                continue;
            }
            let holds: Vec<bool> = self.answers.iter().map(|(cond, _)| self.truth(cond, &subjects, &case)).collect();
            if !holds.contains(&true) {
                gap = gap.or_else(|| Some(Odd::Gap(said(&subjects, &case))));
            }
            for first in (0..count).filter(|at| holds[*at]) {
                for second in first + 1..count {
                    let (both, alone) = &mut pairs[first * count + second];
                    match holds[second] {
                        true if both.is_none() => *both = Some(said(&subjects, &case)),
                        true => {}
                        false => *alone = true,
                    }
                }
            }
        }
        // Answers that go down like stairs (5 or more, 3 or more) are meant so: the first never holds without the second.
        let overlaps = pairs.into_iter().enumerate().filter_map(|(at, (both, alone))| {
            let (first, second) = (at / count, at % count);
            let differ = self.answers[first].1 != self.answers[second].1;
            both.filter(|_| alone && differ).map(|case| Odd::Overlap(first + 1, second + 1, case))
        });
        gap.into_iter().chain(overlaps).collect()
    }

    fn slot(&self, at: At) -> &SlotPlan {
        match at {
            At::Household(slot) => &self.pack.plan.household[usize::from(slot)],
            At::Person(_, slot) => &self.pack.plan.person[usize::from(slot)],
        }
    }

    fn fact(&self, at: At) -> &str {
        &self.pack.facts()[self.slot(at).fact].id
    }

    /// What a condition looks at.
    fn collect(&self, cond: &Cond, into: &mut Vec<Subject>) {
        let mut each = |parts: &[Cond]| parts.iter().for_each(|part| self.collect(part, into));
        match cond {
            Cond::Const(_) => {}
            Cond::Not(inner) => each(std::slice::from_ref(inner)),
            Cond::And(parts) | Cond::Or(parts) => each(parts),
            Cond::If(parts) => each(&parts[..]),
            Cond::Same(parts) => each(&parts[..]),
            Cond::Atom(atom) => {
                let found = self.subject(&atom.kind);
                match into.iter_mut().find(|subject| subject.key == found.key) {
                    None => into.push(found),
                    Some(subject) => {
                        let all: BTreeSet<i64> = subject.values.iter().copied().chain(found.values).collect();
                        subject.values = all.into_iter().collect();
                    }
                }
            }
        }
    }

    /// What an atom looks at and the values worth trying for it.
    fn subject(&self, kind: &AtomKind) -> Subject {
        let truth = |key: String, said: &str| {
            let words = ["no", "yes"].map(str::to_owned).to_vec();
            Subject { key, said: said.to_owned(), values: vec![0, 1], words }
        };
        match kind {
            AtomKind::OneOf(CodeOf::Fact(at), _) => {
                let codes = self.pack.facts()[self.slot(*at).fact].codes.iter();
                let words: Vec<String> = codes.map(|code| code.id.to_string()).collect();
                let values = (0..).zip(&words).map(|(place, _)| place).collect();
                Subject { key: format!("{at:?}"), said: self.fact(*at).to_owned(), values, words }
            }
            AtomKind::Number(_, number, Num::Const(cut)) | AtomKind::Number(_, Num::Const(cut), number) => {
                let (said, bounds) = self.number(number);
                let near = [cut.saturating_sub(1), *cut, cut.saturating_add(1)];
                let all: BTreeSet<i64> = near.into_iter().chain([bounds.low, bounds.high]).collect();
                let values = all.into_iter().filter(|n| (bounds.low..=bounds.high).contains(n)).collect();
                Subject { key: format!("{number:?}"), said, values, words: vec![] }
            }
            AtomKind::Fact(at) => truth(format!("{at:?}"), self.fact(*at)),
            other => truth(format!("{other:?}"), "a condition on members"),
        }
    }

    /// How to call a number, and its bounds.
    fn number(&self, number: &Num) -> (String, Interval) {
        match number {
            Num::Fact(at) => (self.fact(*at).to_owned(), self.slot(*at).bounds),
            Num::AgeYears(_) => ("age".into(), Interval::new(0, AGE_MAX)),
            Num::Size => ("members".into(), Interval::new(0, self.pack.plan.members_max)),
            Num::Count(_) => ("a count of members".into(), Interval::new(0, self.pack.plan.members_max)),
            Num::Raised(inner, factor) => {
                let (said, bounds) = self.number(inner);
                (said, Interval::new(bounds.low.saturating_mul(*factor), bounds.high.saturating_mul(*factor)))
            }
            _ => ("a number".into(), Interval::new(i64::MIN / 4, i64::MAX / 4)),
        }
    }

    fn truth(&self, cond: &Cond, subjects: &[Subject], case: &[i64]) -> bool {
        let truth = |cond: &Cond| self.truth(cond, subjects, case);
        match cond {
            Cond::Const(truth) => *truth,
            Cond::Not(inner) => !truth(inner),
            Cond::And(parts) => parts.iter().all(truth),
            Cond::Or(parts) => parts.iter().any(truth),
            Cond::If(parts) => truth(if truth(&parts[0]) { &parts[1] } else { &parts[2] }),
            Cond::Same(parts) => truth(&parts[0]) == truth(&parts[1]),
            Cond::Atom(atom) => {
                let key = self.subject(&atom.kind).key;
                let place = subjects.iter().position(|subject| subject.key == key);
                let value = place.map_or(0, |at| case[at]);
                match &atom.kind {
                    AtomKind::OneOf(CodeOf::Fact(_), codes) => codes.iter().any(|code| i64::from(*code) == value),
                    AtomKind::Number(sign, _, Num::Const(cut)) => compare(*sign, value, *cut),
                    AtomKind::Number(sign, Num::Const(cut), _) => compare(*sign, *cut, value),
                    _ => value == 1,
                }
            }
        }
    }

    /// Whether a case says that somebody is `a` and `b`, and that nobody is `a`.
    fn contradicts(&self, subjects: &[Subject], case: &[i64]) -> bool {
        let mut somebody: Vec<(Vec<String>, bool)> = vec![];
        self.answers.iter().for_each(|(cond, _)| {
            some_of(cond, &mut somebody, &|kind| {
                let key = self.subject(kind).key;
                subjects.iter().position(|subject| subject.key == key).is_some_and(|at| case[at] == 1)
            })
        });
        somebody.iter().any(|(narrow, yes)| {
            *yes && somebody.iter().any(|(wide, yes)| !yes && wide.iter().all(|part| narrow.contains(part)))
        })
    }
}

/// The parts of each "somebody is .." in a condition, and whether the case says so.
fn some_of(cond: &Cond, into: &mut Vec<(Vec<String>, bool)>, holds: &dyn Fn(&AtomKind) -> bool) {
    match cond {
        Cond::Const(_) => {}
        Cond::Not(inner) => some_of(inner, into, holds),
        Cond::And(parts) | Cond::Or(parts) => parts.iter().for_each(|part| some_of(part, into, holds)),
        Cond::If(parts) => parts.iter().for_each(|part| some_of(part, into, holds)),
        Cond::Same(parts) => parts.iter().for_each(|part| some_of(part, into, holds)),
        Cond::Atom(atom) => {
            if let AtomKind::Some(inner) = &atom.kind {
                let parts = match inner {
                    Cond::And(parts) => parts.iter().map(|part| format!("{part:?}")).collect(),
                    one => vec![format!("{one:?}")],
                };
                into.push((parts, holds(&atom.kind)));
            }
        }
    }
}

fn compare(sign: Compare, a: i64, b: i64) -> bool {
    match sign {
        Compare::Eq => a == b,
        Compare::Ne => a != b,
        Compare::Lt => a < b,
        Compare::Le => a <= b,
        Compare::Gt => a > b,
        Compare::Ge => a >= b,
    }
}

/// The values of the `nth` case.
fn values(subjects: &[Subject], mut nth: usize) -> Vec<i64> {
    let value = |subject: &Subject| {
        let at = nth % subject.values.len().max(1);
        nth /= subject.values.len().max(1);
        subject.values.get(at).copied().unwrap_or_default()
    };
    subjects.iter().map(value).collect()
}

fn said(subjects: &[Subject], case: &[i64]) -> String {
    let each = subjects.iter().zip(case).map(|(subject, value)| {
        let word = usize::try_from(*value).ok().and_then(|at| subject.words.get(at));
        format!("{}: {}", subject.said, word.cloned().unwrap_or_else(|| value.to_string()))
    });
    each.collect::<Vec<_>>().join(", ")
}
