//! Checks calls: ages, and what is asked of the members.

use super::{
    check::{AGE_MAX, AGE_MONTHS_MAX, Checked, Checker, Typed},
    node::{Kind, Node, Quantifier},
    number::Number,
    parse::Mistake,
    rule::{Atom, AtomKind, Cond, Num, SumOf, Who},
};
use crate::{Interval, verdict::How};

impl Checker<'_> {
    pub(super) fn call(&mut self, node: &Node, name: &str, target: Option<&Node>, args: &[Node]) -> Checked<Typed> {
        match (name, target, args) {
            ("age" | "age_months", None, [who, when]) => self.age(node, name, who, when),
            ("count", Some(over), [var, cond]) => {
                self.all_members(over)?;
                let cond = self.with_member(var, |me| me.cond(cond))?;
                Some(Typed::Number(self.count_of(cond)))
            }
            ("sum", Some(over), [var, cond, part]) => {
                self.all_members(over)?;
                let (cond, part) = self.with_member(var, |me| {
                    let (cond, part) = (me.cond(cond), me.number(part));
                    Some((cond?, part?))
                })?;
                self.sum_of(node, cond, part)
            }
            ("size", Some(over), []) => self.size(over),
            ("sum", Some(over), []) => self.sum_of_mapped(node, over),
            _ => {
                let near = crate::pack::error::did_you_mean(name, ["age", "age_months", "count", "sum", "size"]);
                self.note(
                    Mistake::new(node.span.start, format!("There is no function `{name}` with these arguments."))
                        .with(near),
                )
            }
        }
    }

    fn age(&mut self, node: &Node, name: &str, who: &Node, when: &Node) -> Checked<Typed> {
        if when.kind != Kind::Name(vec!["at".to_owned()]) {
            return self.note(
                Mistake::new(when.span.start, "Ages are taken on the screening date only.")
                    .with(Some("Write `at`.".to_owned())),
            );
        }
        let person = match &who.kind {
            Kind::Name(parts) if parts.len() == 1 && self.scope.bound.as_ref() == parts.first() => Who::Bound,
            Kind::Name(parts) if parts[..] == ["person"] && self.scope.candidate => Who::Candidate,
            _ => {
                return self.refuse(who, "The age of a person is needed: `person`, or the name a list function gives.");
            }
        };
        if let Some(&birth) = self.names.facts.get("person.birth") {
            self.reads.facts.insert(birth);
        } else {
            return self.refuse(node, "Ages need the fact `person.birth` (type date) in facts.toml.");
        }
        Some(Typed::Number(match name {
            "age" => Number::new(Num::AgeYears(person), 0, Interval::new(0, AGE_MAX)),
            _ => Number::new(Num::AgeMonths(person), 0, Interval::new(0, AGE_MONTHS_MAX)),
        }))
    }

    /// `members`, and nothing else, as the list.
    fn all_members(&mut self, over: &Node) -> Checked<()> {
        match &over.kind {
            Kind::Name(parts) if parts[..] == ["members"] => {
                self.read_completeness();
                Some(())
            }
            _ => self.refuse(over, "List functions work on `members`."),
        }
    }

    fn read_completeness(&mut self) {
        self.reads.facts.extend(self.names.facts.get("household.members_complete"));
    }

    fn with_member<T>(&mut self, var: &Node, body: impl FnOnce(&mut Self) -> Checked<T>) -> Checked<T> {
        match &var.kind {
            Kind::Name(parts) if parts.len() == 1 => self.with_named(var, &parts[0], body),
            _ => self.refuse(var, "The first argument is the name for a member, such as `p`."),
        }
    }

    fn with_named<T>(&mut self, node: &Node, var: &str, body: impl FnOnce(&mut Self) -> Checked<T>) -> Checked<T> {
        if self.scope.bound.is_some() {
            return self.refuse(node, "List functions are not nested; declare a derived fact for the inner one.");
        }
        if ["household", "person", "members", "scores", "at"].contains(&var) {
            return self.refuse(node, format!("`{var}` already means something; name the member `p`."));
        }
        self.scope.bound = Some(var.to_owned());
        let checked = body(self);
        self.scope.bound = None;
        checked
    }

    pub(super) fn quantified(
        &mut self,
        node: &Node,
        how: Quantifier,
        over: &Node,
        var: &str,
        body: &Node,
    ) -> Checked<Typed> {
        match how {
            Quantifier::Exists | Quantifier::All => {
                self.all_members(over)?;
                let cond = self.with_named(node, var, |me| me.cond(body))?;
                let (kind, how) = if how == Quantifier::Exists {
                    (AtomKind::Some(cond), How::Some)
                } else {
                    (AtomKind::All(cond), How::All)
                };
                let tests = self.describe().members(how, &kind, body);
                Some(Typed::Cond(Cond::Atom(Box::new(Atom { kind, tests }))))
            }
            Quantifier::Filter => {
                self.refuse(node, "Ask for the .size() of a filtered list, or .map(..).sum() over it.")
            }
            Quantifier::Map => self.refuse(node, "Ask for the .sum() of a mapped list."),
        }
    }

    fn size(&mut self, over: &Node) -> Checked<Typed> {
        if let Kind::Members { how: Quantifier::Filter, over: list, var, body } = &over.kind {
            self.all_members(list)?;
            let cond = self.with_named(over, var, |me| me.cond(body))?;
            return Some(Typed::Number(self.count_of(cond)));
        }
        self.all_members(over)?;
        Some(Typed::Number(Number::new(Num::Size, 0, Interval::new(0, self.names.members_max))))
    }

    fn sum_of_mapped(&mut self, node: &Node, over: &Node) -> Checked<Typed> {
        let Kind::Members { how: Quantifier::Map, over: inner, var, body } = &over.kind else {
            return self.refuse(over, "Only a mapped list has a .sum(): members.filter(p, c).map(p, e).sum().");
        };
        let (list, filter) = match &inner.kind {
            Kind::Members { how: Quantifier::Filter, over: list, var, body } => (list, Some((var, body))),
            _ => (inner, None),
        };
        self.all_members(list)?;
        let cond = match filter {
            Some((var, body)) => self.with_named(over, var, |me| me.cond(body))?,
            None => Cond::Const(true),
        };
        let part = self.with_named(over, var, |me| me.number(body))?;
        self.sum_of(node, cond, part)
    }

    fn count_of(&self, cond: Cond) -> Number {
        Number::new(Num::Count(Box::new(cond)), 0, Interval::new(0, self.names.members_max))
    }

    fn sum_of(&mut self, node: &Node, condition: Cond, part: Number) -> Checked<Typed> {
        // A member for whom the condition fails adds nothing, so zero is always among the parts.
        let one = part.bounds.hull(Interval::exactly(0));
        let Ok(bounds) = one.checked_mul(Interval::new(0, self.names.members_max)) else {
            return self.refuse(node, crate::Overflow.to_string());
        };
        let sum = SumOf { condition, part: part.num, part_bounds: one };
        Some(Typed::Number(Number::new(Num::Sum(Box::new(sum)), part.scale, bounds)))
    }
}
