//! What one screening found out, kept once and shared by all of its verdicts.

use super::Because;
use crate::{Date, FactRef, Id, K3, pack::programme::Programme, plan::ProgrammePlan};
use std::sync::Arc;

/// The criteria of every programme, by its place in the pack.
pub(crate) type Shapes = Arc<[Vec<Shape>]>;

/// A criterion as a reader meets it: its id, when it is in force, and the shared conditions of which one must hold.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    pub(crate) id: Id,
    pub(crate) from: Option<Date>,
    pub(crate) until: Option<Date>,
    /// One condition without alternatives.
    pub(crate) single: bool,
    pub(crate) ways: Vec<Way>,
}

/// A shared condition, with the id of the alternative it stands for.
#[derive(Debug, Clone)]
pub(crate) struct Way {
    pub(crate) id: Id,
    pub(crate) condition: usize,
    /// Whether each member has a finding of their own.
    pub(crate) personal: bool,
}

/// The criteria of the programmes with their conditions.
pub(crate) fn shapes<'p>(
    programmes: impl Iterator<Item = (&'p Programme, &'p ProgrammePlan)>,
    personal: impl Fn(usize) -> bool,
) -> Shapes {
    let shape = |(programme, plan): (&Programme, &ProgrammePlan)| {
        let both = programme.criteria.iter().zip(&plan.criteria);
        let each = both.map(|(criterion, plan)| {
            let ids = criterion.any_of.iter().map(|alternative| &alternative.id).chain([&criterion.id]);
            let way = |(id, condition): (&Id, &usize)| Way {
                id: id.clone(),
                condition: *condition,
                personal: personal(*condition),
            };
            Shape {
                id: criterion.id.clone(),
                from: criterion.from,
                until: criterion.until,
                single: plan.single,
                ways: ids.zip(&plan.any_of).map(way).collect(),
            }
        });
        each.collect()
    };
    programmes.map(shape).collect()
}

impl Shape {
    pub(crate) fn in_force(&self, at: Date) -> bool {
        self.from.is_none_or(|from| from <= at) && self.until.is_none_or(|until| at <= until)
    }
}

/// A part of a list, from its first place to before its second.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Span(u32, u32);

impl Span {
    /// What was added to a list since it had this length.
    pub(crate) fn since<T>(before: usize, list: &[T]) -> Self {
        let place = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self(place(before), place(list.len()))
    }

    pub(crate) fn of<T>(self, list: &[T]) -> &[T] {
        list.get(self.0 as usize..self.1 as usize).unwrap_or_default()
    }
}

/// What a condition came to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Finding {
    pub(crate) truth: K3,
    /// The comparisons it rests on.
    pub(crate) because: Span,
}

/// Nothing looked at, nothing known.
pub(crate) const NOT_FOUND: Finding = Finding { truth: K3::Unknown, because: Span(0, 0) };

/// Everything the verdicts of one screening speak of.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) shapes: Shapes,
    pub(crate) at: Date,
    /// Findings of each shared condition, one for each member, or one for the household at the first place.
    pub(crate) findings: Vec<Finding>,
    /// Places for each condition.
    pub(crate) width: usize,
    pub(crate) because: Vec<Because>,
    pub(crate) missing: Vec<FactRef>,
    /// Truths of benefits, papers and preferences.
    pub(crate) marks: Vec<K3>,
}

impl Found {
    /// Where a condition's finding is kept.
    pub(crate) fn place(&self, condition: usize, personal: bool, member: usize) -> usize {
        condition * self.width + if personal { member } else { 0 }
    }

    /// What a condition came to for a member.
    pub(crate) fn finding(&self, way: &Way, member: usize) -> Finding {
        self.findings.get(self.place(way.condition, way.personal, member)).copied().unwrap_or(NOT_FOUND)
    }

    /// The criteria of a programme that are in force, in the pack's order.
    pub(crate) fn in_force(&self, programme: usize) -> impl Iterator<Item = &Shape> + Clone {
        let all = self.shapes.get(programme).map_or(&[][..], |shapes| &shapes[..]);
        all.iter().filter(|shape| shape.in_force(self.at))
    }

    /// The truth of a criterion: of its condition, or of one of its alternatives.
    pub(crate) fn truth(&self, shape: &Shape, member: usize) -> K3 {
        let each = shape.ways.iter().map(|way| self.finding(way, member).truth);
        let nothing = if shape.single { K3::Unknown } else { K3::No };
        each.reduce(K3::or).unwrap_or(nothing)
    }
}
