//! The order of calculations, and which register each leaves its values in.

use super::{
    card::Card,
    graph::{Calc, Graph, Node, Rows, Sort},
};
use std::collections::{BTreeMap, HashMap};

/// How many conditions are added up over the members at once: two bits each in a byte.
pub(crate) const QUAD: usize = 4;

/// One step of a run.
#[derive(Debug)]
pub(crate) enum Step {
    /// A calculation.
    Calc(Node),
    /// Conditions of persons (or pairs) added up over each household's members (or each candidate's pairs).
    Members(Quad),
    /// Something to put out.
    Output(Output),
}

/// Up to four conditions, and what is asked of each.
#[derive(Debug, Clone)]
pub(crate) struct Quad {
    /// The rows added up over.
    pub(crate) rows: Rows,
    pub(crate) bodies: Vec<Node>,
    /// Whether it holds for anybody, where that is asked.
    pub(crate) any: Vec<Option<Node>>,
    /// For how many it holds, where that is asked.
    pub(crate) count: Vec<Option<Node>>,
}

impl Quad {
    /// Whether nothing is counted, over the members of households.
    pub(crate) fn is_anybody(&self) -> bool {
        self.rows == Rows::Person && self.count.iter().all(Option::is_none)
    }
}

/// What is put out.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Output {
    /// Truth of a programme, by its place among those wanted.
    Truth(usize, Node),
    /// Whether somebody receives it; whether somebody who does not meets the criteria.
    Receives(usize, Node, Option<Node>),
    /// Truth of a programme for each person.
    Candidates(usize, Node),
    /// A score.
    Score(usize, Node),
}

impl Output {
    fn nodes(self) -> Vec<Node> {
        match self {
            Output::Truth(_, node) | Output::Candidates(_, node) | Output::Score(_, node) => vec![node],
            Output::Receives(_, node, fresh) => [Some(node), fresh].into_iter().flatten().collect(),
        }
    }
}

/// Steps in order, with registers.
#[derive(Debug, Default)]
pub(crate) struct Schedule {
    pub(crate) steps: Vec<Step>,
    /// The register of each calculation, among those of its sort.
    pub(crate) register: Vec<usize>,
    /// How many registers of truths, numbers and codes there are.
    pub(crate) registers: [usize; 3],
}

impl Schedule {
    /// Every calculation that is carried out.
    pub(crate) fn nodes(&self) -> Vec<Node> {
        let made = |step: &Step| match step {
            Step::Calc(node) => vec![*node],
            Step::Members(quad) => quad.any.iter().chain(&quad.count).flatten().copied().collect(),
            Step::Output(_) => vec![],
        };
        self.steps.iter().flat_map(made).collect()
    }
}

/// Orders what the outputs need.
pub(crate) fn schedule(graph: &Graph, cards: &HashMap<Node, Card>, outputs: &[Output]) -> Schedule {
    let needs = Needs { graph, cards };
    let quads = quads(&needs, outputs);
    let mut order = Order { needs: &needs, quads, done: vec![false; graph.calcs.len()], steps: vec![] };
    for output in outputs {
        output.nodes().into_iter().for_each(|node| order.emit(node));
        order.steps.push(Step::Output(*output));
    }
    let Order { steps, .. } = order;
    registers(&needs, steps)
}

/// What each calculation needs found before it.
struct Needs<'g> {
    graph: &'g Graph,
    cards: &'g HashMap<Node, Card>,
}

impl Needs<'_> {
    /// Answers that a card reads straight from their column need not be found.
    fn of(&self, node: Node) -> Vec<Node> {
        self.cards.get(&node).map_or_else(|| self.graph.calcs[node].parts(), Card::answers)
    }
}

struct Order<'g> {
    needs: &'g Needs<'g>,
    /// The quad of each body.
    quads: HashMap<Node, Quad>,
    done: Vec<bool>,
    steps: Vec<Step>,
}

impl Order<'_> {
    fn emit(&mut self, node: Node) {
        if self.done[node] {
            return;
        }
        if let Calc::Any(body) | Calc::Count(body) = self.needs.graph.calcs[node] {
            let quad = self.quads[&body].clone();
            quad.bodies.iter().for_each(|b| self.emit(*b));
            quad.any.iter().chain(&quad.count).flatten().for_each(|n| self.done[*n] = true);
            return self.steps.push(Step::Members(quad));
        }
        self.needs.of(node).into_iter().for_each(|part| self.emit(part));
        self.done[node] = true;
        self.steps.push(Step::Calc(node));
    }
}

/// Groups the conditions that are added up over the same rows and can be found at the same time.
fn quads(needs: &Needs, outputs: &[Output]) -> HashMap<Node, Quad> {
    let graph = needs.graph;
    let mut seen = vec![false; graph.calcs.len()];
    let mut order = vec![];
    outputs.iter().flat_map(|o| o.nodes()).for_each(|node| visit(needs, node, &mut seen, &mut order));
    let mut level = vec![0usize; graph.calcs.len()];
    let mut found: Vec<(usize, Node)> = vec![];
    let (mut any, mut count) = (HashMap::new(), HashMap::new());
    for &node in &order {
        let below = needs.of(node).into_iter().map(|p| level[p]).max().unwrap_or(0);
        level[node] = below;
        let (body, asked) = match graph.calcs[node] {
            Calc::Any(body) => (body, &mut any),
            Calc::Count(body) => (body, &mut count),
            _ => continue,
        };
        asked.insert(body, node);
        level[node] = below + 1;
        found.push((below, body));
    }
    let mut groups: BTreeMap<(usize, Rows, bool), Vec<Node>> = BTreeMap::new();
    for (below, body) in found {
        let group = groups.entry((below, graph.rows[body], count.contains_key(&body))).or_default();
        if !group.contains(&body) {
            group.push(body);
        }
    }
    let mut quads = HashMap::new();
    for ((_, rows, _), bodies) in groups {
        for bodies in bodies.chunks(QUAD) {
            let asked = |of: &HashMap<Node, Node>| bodies.iter().map(|b| of.get(b).copied()).collect();
            let quad = Quad { rows, bodies: bodies.to_vec(), any: asked(&any), count: asked(&count) };
            bodies.iter().for_each(|b| drop(quads.insert(*b, quad.clone())));
        }
    }
    quads
}

/// Parts before what is made from them.
fn visit(needs: &Needs, node: Node, seen: &mut [bool], order: &mut Vec<Node>) {
    if std::mem::replace(&mut seen[node], true) {
        return;
    }
    needs.of(node).into_iter().for_each(|part| visit(needs, part, seen, order));
    order.push(node);
}

/// Gives each calculation a register from its step to its last use.
fn registers(needs: &Needs, steps: Vec<Step>) -> Schedule {
    let graph = needs.graph;
    let uses: Vec<Vec<Node>> = steps
        .iter()
        .map(|step| match step {
            Step::Calc(node) => needs.of(*node),
            Step::Members(quad) => quad.bodies.clone(),
            Step::Output(output) => output.nodes(),
        })
        .collect();
    let mut last = vec![0usize; graph.calcs.len()];
    uses.iter().enumerate().for_each(|(i, nodes)| nodes.iter().for_each(|n| last[*n] = i));
    let mut schedule = Schedule { steps: vec![], register: vec![0; graph.calcs.len()], registers: [0; 3] };
    let mut free: [Vec<usize>; 3] = Default::default();
    for (i, (step, used)) in steps.iter().zip(&uses).enumerate() {
        let made: Vec<Node> = match step {
            Step::Calc(node) => vec![*node],
            Step::Members(quad) => quad.any.iter().chain(&quad.count).flatten().copied().collect(),
            Step::Output(_) => vec![],
        };
        for node in made {
            let sort = sort_of(graph, node);
            schedule.register[node] = free[sort].pop().unwrap_or_else(|| {
                schedule.registers[sort] += 1;
                schedule.registers[sort] - 1
            });
        }
        let mut used = used.clone();
        used.sort_unstable();
        used.dedup();
        for node in used.into_iter().filter(|n| last[*n] == i) {
            free[sort_of(graph, node)].push(schedule.register[node]);
        }
    }
    schedule.steps = steps;
    schedule
}

fn sort_of(graph: &Graph, node: Node) -> usize {
    match graph.sort(node) {
        Sort::Truth => 0,
        Sort::Number => 1,
        Sort::Code => 2,
    }
}
