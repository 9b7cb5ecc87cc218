//! A policy with one operator changed: a comparison of evaluators that would not notice is worth nothing.

use crate::{
    expr::{CodeOf, Cond, Make, Num, Sign},
    policy::{Derive, Policy},
};

/// A change to one operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// `<` to `<=`, `>` to `>=`, and back.
    Boundary,
    /// `<` to `>`, `<=` to `>=`, and back.
    Direction,
    /// `==` to `!=` and back, for numbers, codes and conditions.
    Equality,
    /// `&&` to `||` and back.
    AndOr,
    /// A `!` left out.
    Not,
    /// The two arms of a ternary exchanged.
    Arms,
    /// `exists` to `all` and back.
    ExistsAll,
    /// `+` to `-` and back.
    PlusMinus,
    /// `*` to `+`.
    Times,
    /// The divisor one larger.
    Divisor,
    /// A minus sign left out.
    Negative,
    /// Years of age to months and back.
    Age,
    /// A count or sum over members for whom the condition does *not* hold.
    Whom,
    /// A code in a list left out.
    InCodes,
    /// A number in a list left out.
    InNumbers,
    /// `'x' in set` to its opposite.
    Has,
    /// A number written out made one larger in its last digit.
    Literal,
}

impl Change {
    /// Every change.
    pub const ALL: [Change; 17] = [
        Change::Boundary,
        Change::Direction,
        Change::Equality,
        Change::AndOr,
        Change::Not,
        Change::Arms,
        Change::ExistsAll,
        Change::PlusMinus,
        Change::Times,
        Change::Divisor,
        Change::Negative,
        Change::Age,
        Change::Whom,
        Change::InCodes,
        Change::InNumbers,
        Change::Has,
        Change::Literal,
    ];
}

/// A policy that differs from another in one place.
#[derive(Debug, Clone)]
pub struct Mutant {
    /// What was changed.
    pub change: Change,
    /// The changed part, before and after.
    pub place: String,
    /// The changed policy; the loader may refuse it when declared bounds no longer hold.
    pub policy: Policy,
}

/// Every policy that one change of this kind makes of a policy.
#[must_use]
pub fn mutants(policy: &Policy, change: Change) -> Vec<Mutant> {
    let mut all = vec![];
    for nth in 0.. {
        let (mut changed, mut turn, mut place) = (policy.clone(), 0, None);
        each(&mut changed, &mut |part| {
            let before = part.text();
            if place.is_none() && applies(change, &part) {
                if turn == nth {
                    let after = apply(change, part);
                    place = Some(format!("{before}  ->  {after}"));
                }
                turn += 1;
            }
        });
        let Some(place) = place else { return all };
        all.push(Mutant { change, place, policy: changed });
    }
    all
}

/// A part of an expression.
enum Part<'a> {
    Cond(&'a mut Cond),
    Num(&'a mut Num),
    Code(&'a mut CodeOf),
}

impl Part<'_> {
    fn text(&self) -> String {
        match self {
            Part::Cond(cond) => cond.to_string(),
            Part::Num(num) => num.to_string(),
            Part::Code(code) => code.to_string(),
        }
    }
}

/// Whether a change can be made here and makes a difference to the text.
fn applies(change: Change, part: &Part) -> bool {
    match part {
        Part::Cond(cond) => match (change, &**cond) {
            (Change::Boundary | Change::Direction, Cond::Compare(sign, ..)) => !matches!(sign, Sign::Eq | Sign::Ne),
            (Change::Equality, Cond::Compare(sign, ..)) => matches!(sign, Sign::Eq | Sign::Ne),
            (Change::Equality, Cond::Is(..) | Cond::Same(..))
            | (Change::AndOr, Cond::And(_) | Cond::Or(_))
            | (Change::Not, Cond::Not(_))
            | (Change::ExistsAll, Cond::Exists(_) | Cond::All(_))
            | (Change::Has, Cond::Has(..)) => true,
            (Change::Arms, Cond::If(parts)) => parts[1] != parts[2],
            (Change::InCodes, Cond::InCodes(_, list)) => !list.is_empty(),
            (Change::InNumbers, Cond::InNumbers(_, list)) => !list.is_empty(),
            _ => false,
        },
        Part::Num(num) => match (change, &num.make) {
            (Change::PlusMinus, Make::Add(_) | Make::Sub(_))
            | (Change::Times, Make::Mul(_))
            | (Change::Divisor, Make::Div(..))
            | (Change::Negative, Make::Neg(_))
            | (Change::Age, Make::Age(_) | Make::Months(_))
            | (Change::Whom, Make::Count(..) | Make::Sum(..))
            | (Change::Literal, Make::Const(_)) => true,
            (Change::Arms, Make::If(_, two)) => two[0] != two[1],
            _ => false,
        },
        Part::Code(code) => matches!((change, &**code), (Change::Arms, CodeOf::If(_, two)) if two[0] != two[1]),
    }
}

/// Makes the change and gives the part's new text.
fn apply(change: Change, mut part: Part) -> String {
    match &mut part {
        Part::Cond(cond) => **cond = changed(change, cond),
        Part::Num(num) => num.make = number(change, num.make.clone()),
        Part::Code(code) => {
            if let CodeOf::If(_, two) = &mut **code {
                two.swap(0, 1);
            }
        }
    }
    part.text()
}

fn changed(change: Change, cond: &Cond) -> Cond {
    match cond.clone() {
        Cond::Compare(sign, a, b) => Cond::Compare(other(change, sign), a, b),
        Cond::Is(is, of, code) => Cond::Is(!is, of, code),
        Cond::Same(same, two) => Cond::Same(!same, two),
        Cond::And(parts) => Cond::Or(parts),
        Cond::Or(parts) => Cond::And(parts),
        Cond::Not(inner) => *inner,
        Cond::Exists(inner) => Cond::All(inner),
        Cond::All(inner) => Cond::Exists(inner),
        Cond::If(mut parts) => {
            parts.swap(1, 2);
            Cond::If(parts)
        }
        Cond::InCodes(of, mut list) => {
            list.pop();
            Cond::InCodes(of, list)
        }
        Cond::InNumbers(num, mut list) => {
            list.pop();
            Cond::InNumbers(num, list)
        }
        has @ Cond::Has(..) => Cond::Not(Box::new(has)),
        same => same,
    }
}

fn other(change: Change, sign: Sign) -> Sign {
    let boundary = change == Change::Boundary;
    match sign {
        Sign::Eq => Sign::Ne,
        Sign::Ne => Sign::Eq,
        Sign::Lt => {
            if boundary {
                Sign::Le
            } else {
                Sign::Gt
            }
        }
        Sign::Le => {
            if boundary {
                Sign::Lt
            } else {
                Sign::Ge
            }
        }
        Sign::Gt => {
            if boundary {
                Sign::Ge
            } else {
                Sign::Lt
            }
        }
        Sign::Ge => {
            if boundary {
                Sign::Gt
            } else {
                Sign::Le
            }
        }
    }
}

fn number(change: Change, make: Make) -> Make {
    let opposite = |cond: Box<Cond>| Box::new(Cond::Not(cond));
    match make {
        Make::Add(two) => Make::Sub(two),
        Make::Sub(two) | Make::Mul(two) => Make::Add(two),
        Make::Div(inner, by) => Make::Div(inner, if by == -1 { 1 } else { by + 1 }),
        Make::Neg(inner) => inner.make,
        Make::Age(who) => Make::Months(who),
        Make::Months(who) => Make::Age(who),
        Make::Count(spelling, cond) => Make::Count(spelling, opposite(cond)),
        Make::Sum(spelling, cond, part) => Make::Sum(spelling, opposite(cond), part),
        Make::Const(value) if change == Change::Literal => Make::Const(value + 1),
        Make::If(cond, mut two) => {
            two.swap(0, 1);
            Make::If(cond, two)
        }
        same => same,
    }
}

/// Visits every part of every expression that verdicts and scores rest on.
fn each(policy: &mut Policy, visit: &mut dyn FnMut(Part)) {
    for fact in &mut policy.facts {
        match &mut fact.derive {
            Some(Derive::Bool(cond)) => in_cond(cond, visit),
            Some(Derive::Number(num)) => in_num(num, visit),
            Some(Derive::Code(code)) => in_code(code, visit),
            None => {}
        }
        if let Some((cond, _)) = &mut fact.applies {
            in_cond(cond, visit);
        }
    }
    let answers = policy.scores.iter_mut().flat_map(|score| &mut score.indicators).flatten();
    answers.for_each(|(cond, _)| in_cond(cond, visit));
    let criteria = policy.programmes.iter_mut().flat_map(|programme| &mut programme.criteria);
    criteria.flat_map(|criterion| &mut criterion.any_of).for_each(|cond| in_cond(cond, visit));
}

fn in_cond(cond: &mut Cond, visit: &mut dyn FnMut(Part)) {
    visit(Part::Cond(cond));
    match cond {
        Cond::Not(inner) | Cond::Exists(inner) | Cond::All(inner) => in_cond(inner, visit),
        Cond::And(parts) | Cond::Or(parts) => parts.iter_mut().for_each(|part| in_cond(part, visit)),
        Cond::If(parts) => parts.iter_mut().for_each(|part| in_cond(part, visit)),
        Cond::Same(_, two) => two.iter_mut().for_each(|part| in_cond(part, visit)),
        Cond::Compare(_, a, b) => {
            in_num(a, visit);
            in_num(b, visit);
        }
        Cond::InNumbers(num, list) => {
            in_num(num, visit);
            list.iter_mut().for_each(|num| in_num(num, visit));
        }
        Cond::Const(_) | Cond::Fact(_) | Cond::Is(..) | Cond::InCodes(..) | Cond::Has(..) => {}
    }
}

fn in_num(num: &mut Num, visit: &mut dyn FnMut(Part)) {
    visit(Part::Num(num));
    match &mut num.make {
        Make::Neg(inner) | Make::Div(inner, _) => in_num(inner, visit),
        Make::Add(two) | Make::Sub(two) | Make::Mul(two) => two.iter_mut().for_each(|part| in_num(part, visit)),
        Make::If(cond, two) => {
            in_cond(cond, visit);
            two.iter_mut().for_each(|part| in_num(part, visit));
        }
        Make::Count(_, cond) => in_cond(cond, visit),
        Make::Sum(_, cond, part) => {
            in_cond(cond, visit);
            in_num(part, visit);
        }
        Make::Const(_) | Make::Fact(_) | Make::Score(..) | Make::Age(_) | Make::Months(_) | Make::Size => {}
    }
}

fn in_code(code: &mut CodeOf, visit: &mut dyn FnMut(Part)) {
    visit(Part::Code(code));
    if let CodeOf::If(cond, two) = code {
        in_cond(cond, visit);
        two.iter_mut().for_each(|part| in_code(part, visit));
    }
}
