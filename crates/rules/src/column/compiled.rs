//! The plan of a program, ready to run: calculations, their order, and what could be worked out beforehand.

use super::{
    card::Card,
    graph::{Calc, Graph, Node, Rows},
    input::{Input, Physical},
    kernels::Shape,
    lower::Lower,
    program::Wants,
    schedule::{Output, Schedule, Step, schedule},
    scope::Scope,
};
use crate::{
    Date, Pack,
    pack::{
        fact::Record,
        programme::{Completeness, Level},
    },
};
use std::collections::HashMap;

/// A plan.
#[derive(Debug)]
pub(crate) struct Compiled {
    pub(crate) at: Date,
    pub(crate) inputs: Vec<Input>,
    pub(crate) graph: Graph,
    pub(crate) schedule: Schedule,
    /// How each byte column's values are told apart, by calculation.
    pub(crate) shapes: Vec<Option<Shape>>,
    pub(crate) cards: HashMap<Node, Card>,
    /// The column that says whether member lists are complete.
    pub(crate) complete: Option<usize>,
    pub(crate) members_max: i32,
    /// Numbers that are read at their full width, by calculation.
    pub(crate) wide: Vec<bool>,
    pub(crate) needs_persons: bool,
    pub(crate) needs_same: bool,
    pub(crate) needs_pairs: bool,
    pub(crate) needs_unlisted: bool,
}

impl Compiled {
    pub(crate) fn of(pack: &Pack, inputs: &[Input], at: Date, wants: &Wants) -> Self {
        let mut lower = Lower::new(pack, inputs, at);
        let mut outputs = vec![];
        for (place, programme) in wants.programmes.iter().enumerate() {
            lower.programme(place, *programme, wants.candidates, &mut outputs);
        }
        for (place, score) in wants.scores.iter().enumerate() {
            let score = lower.score(*score);
            outputs.push(Output::Score(place, score));
        }
        let complete = inputs.iter().position(|i| i.name == "household.members_complete");
        let graph = lower.graph;
        let cards = graph.calcs.iter().enumerate().filter_map(|(node, calc)| match calc {
            Calc::Card(questions) => Some((node, Card::of(&graph, questions))),
            _ => None,
        });
        let cards: HashMap<Node, Card> = cards.collect();
        let schedule = schedule(&graph, &cards, &outputs);
        let last = |input: usize| u8::try_from(inputs[input].range().1).unwrap_or(u8::MAX - 1);
        let shape = |calc: &Calc| match calc {
            Calc::Byte { input, table } => Some(Shape::of(table, last(*input))),
            _ => None,
        };
        let scheduled: Vec<Node> = schedule.nodes();
        let has = |what: &dyn Fn(&Calc) -> bool| scheduled.iter().any(|n| what(&graph.calcs[*n]));
        let needs_pairs = scheduled.iter().any(|n| graph.rows[*n] == Rows::Pair);
        let wide = wide(&graph, &scheduled);
        Self {
            at,
            shapes: graph.calcs.iter().map(shape).collect(),
            complete: complete.filter(|c| inputs[*c].physical == Physical::U8),
            // More than fit a household are the same as all that fit.
            members_max: i32::try_from(pack.plan.members_max).unwrap_or(i32::MAX / 2),
            needs_persons: needs_pairs || has(&|c| matches!(c, Calc::Beside(..))),
            needs_unlisted: has(&|c| matches!(c, Calc::Size | Calc::Count(_) | Calc::Sum { .. })),
            needs_same: schedule.steps.iter().any(|s| matches!(s, Step::Members(quad) if quad.is_anybody())),
            needs_pairs,
            wide,
            inputs: inputs.to_vec(),
            schedule,
            cards,
            graph,
        }
    }
}

/// Which small numbers (see [`Graph::is_small`]) are read by more than comparisons with written numbers.
fn wide(graph: &Graph, scheduled: &[Node]) -> Vec<bool> {
    let mut wide: Vec<bool> = (0..graph.calcs.len()).map(|n| !graph.is_small(n)).collect();
    for node in scheduled {
        if !matches!(graph.calcs[*node], Calc::AtLeast(..)) {
            graph.calcs[*node].parts().into_iter().for_each(|part| wide[part] = true);
        }
    }
    wide
}

impl Lower<'_> {
    fn programme(&mut self, place: usize, index: usize, candidates: bool, outputs: &mut Vec<Output>) {
        let pack = self.pack;
        let (programme, plan) = (&pack.programmes[index], &pack.plan.programmes[index]);
        let scope = if programme.level == Level::Person { Scope::Candidate } else { Scope::Household };
        let in_force = programme.criteria.iter().zip(&plan.criteria).filter(|(c, _)| c.in_force(self.at));
        let criteria: Vec<&[usize]> = in_force.map(|(_, p)| &p.any_of[..]).collect();
        let mut all = vec![];
        for any_of in &criteria {
            let any = any_of.iter().map(|c| self.shared(*c, scope)).collect();
            all.push(self.graph.or(any));
        }
        if criteria.is_empty() {
            // With none in force nothing decides, unless the programme is open to all.
            let open = programme.rules == Completeness::OpenToAll;
            let truth = if open { super::truth::YES } else { super::truth::UNKNOWN };
            all.push(self.graph.constant(Rows::Household, truth));
        }
        let meets = self.graph.and(all);
        let truth = match programme.level {
            Level::Household => meets,
            Level::Person => self.somebody(meets),
        };
        outputs.push(Output::Truth(place, truth));
        if candidates && programme.level == Level::Person {
            let each = self.graph.lift(meets, Rows::Person);
            outputs.push(Output::Candidates(place, each));
        }
        let (record, slot, code) = match programme.level {
            Level::Household => (Record::Household, pack.plan.household_active, plan.household_code),
            Level::Person => (Record::Person, pack.plan.person_active, plan.person_code),
        };
        if let (Some(slot), Some(code)) = (slot, code) {
            self.receives(place, record, slot, code, meets, outputs);
        }
    }

    /// Somebody named meets it; unknown rather than no while somebody may still be named.
    fn somebody(&mut self, meets: Node) -> Node {
        let meets = self.graph.lift(meets, Rows::Person);
        let any = self.any(meets, Rows::Household);
        let open = self.graph.put(Calc::Open, Rows::Household);
        self.graph.or(vec![open, any])
    }

    fn receives(&mut self, place: usize, record: Record, slot: u16, code: u16, meets: Node, outputs: &mut Vec<Output>) {
        let receives = self.has(record, slot, code);
        if self.graph.const_of(receives).is_some() {
            return; // no column says who receives it
        }
        if record == Record::Household {
            return outputs.push(Output::Receives(place, receives, None));
        }
        let anybody = self.any(receives, Rows::Household);
        let not_yet = self.graph.not_yes(receives);
        let not_yet = self.graph.lift(not_yet, Rows::Person);
        let meets = self.graph.lift(meets, Rows::Person);
        let fresh = self.graph.and(vec![meets, not_yet]);
        let fresh = self.any(fresh, Rows::Household);
        outputs.push(Output::Receives(place, anybody, Some(fresh)));
    }
}
