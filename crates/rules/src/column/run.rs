//! Runs a plan over a block, some thousand households at a time, so that registers stay in the processor's cache.

use super::{
    block::{Block, Column},
    compiled::Compiled,
    decisions::{Decisions, Planes},
    graph::{Calc, Node, Rows, Spread},
    kernels::{self, bits, room},
    schedule::{Output, Step},
    truth::{self, NO, UNKNOWN, YES},
};
use crate::pack::fact::Record;

/// Households at a time; a multiple of 64, so that every part begins a word of the planes. Measured on a million: 256 cost
/// 94 ms, 512 81, 1024 72 to 76, 2048 68 to 71, 4096 68; more would leave the second cache.
pub(crate) const HOUSEHOLDS: usize = 2048;

/// Room to work in, kept from block to block.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(crate) truths: Vec<Vec<u8>>,
    pub(crate) numbers: Vec<Bounds>,
    pub(crate) codes: Vec<Vec<u16>>,
    pub(crate) layout: Layout,
    pub(crate) bytes: Vec<u8>,
    pub(crate) ahead: Vec<u8>,
    pub(crate) firsts: Vec<u8>,
    pub(crate) sums: Vec<u64>,
    pub(crate) counts: Vec<u64>,
    pub(crate) anybody: Vec<u64>,
    pub(crate) points: Vec<i64>,
}

/// Numbers as far as known: the least and most of each row. Numbers that always fit 32 bits are kept so as well, and
/// at full width only where something reads them so.
#[derive(Debug, Default)]
pub(crate) struct Bounds {
    pub(crate) low: Vec<i64>,
    pub(crate) high: Vec<i64>,
    pub(crate) small_low: Vec<i32>,
    pub(crate) small_high: Vec<i32>,
}

/// Which rows belong together in the part of a block at hand.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    /// Where the part begins.
    pub(crate) household: usize,
    pub(crate) person: usize,
    pub(crate) households: usize,
    /// First person of each household, and one more.
    pub(crate) members: Vec<u32>,
    pub(crate) most_members: u32,
    /// By n: all bits on where the person 2ⁿ further on is of the same household.
    pub(crate) same: Vec<Vec<u8>>,
    /// Unknown where the member list is open, otherwise no.
    pub(crate) open: Vec<u8>,
    /// How many members may still be named.
    pub(crate) unlisted: Vec<i32>,
    /// The household of each person.
    pub(crate) household_of: Vec<u32>,
    /// First pair of each candidate, and one more; and of each pair its household, candidate and member.
    pub(crate) pairs: Vec<u32>,
    pub(crate) pair_household: Vec<u32>,
    pub(crate) pair_candidate: Vec<u32>,
    pub(crate) pair_member: Vec<u32>,
}

pub(crate) fn run(plan: &Compiled, block: &Block, scratch: &mut Scratch, out: &mut Decisions) {
    let [truths, numbers, codes] = plan.schedule.registers;
    scratch.truths.resize_with(truths.max(scratch.truths.len()), Vec::new);
    scratch.numbers.resize_with(numbers.max(scratch.numbers.len()), Bounds::default);
    scratch.codes.resize_with(codes.max(scratch.codes.len()), Vec::new);
    let mut from = 0;
    while from < block.households() {
        let to = (from + HOUSEHOLDS).min(block.households());
        scratch.layout.lay_out(plan, block, from, to);
        let mut part = Part { plan, block, scratch };
        for step in &plan.schedule.steps {
            match step {
                Step::Calc(node) => part.calc(*node),
                Step::Members(quad) => part.members(quad),
                Step::Output(output) => part.output(*output, out),
            }
        }
        from = to;
    }
}

/// One part of a block under way.
pub(crate) struct Part<'a> {
    pub(crate) plan: &'a Compiled,
    pub(crate) block: &'a Block<'a>,
    pub(crate) scratch: &'a mut Scratch,
}

impl<'a> Part<'a> {
    pub(crate) fn rows(&self, rows: Rows) -> usize {
        let layout = &self.scratch.layout;
        match rows {
            Rows::Household => layout.households,
            Rows::Person => layout.members[layout.households] as usize,
            Rows::Pair => layout.pair_member.len(),
        }
    }

    /// The rows of an input's column, if it is there.
    pub(crate) fn column(&self, input: usize) -> Option<Column<'a>> {
        let layout = &self.scratch.layout;
        let rows = match self.plan.inputs[input].record {
            Record::Household => layout.household..layout.household + layout.households,
            Record::Person => layout.person..layout.person + self.rows(Rows::Person),
        };
        self.block.columns[input].map(|c| c.cut(rows))
    }

    pub(crate) fn truth(&self, node: Node) -> &[u8] {
        &self.scratch.truths[self.plan.schedule.register[node]]
    }

    /// Fills a truth register; it is out of its place meanwhile, since others are read.
    pub(crate) fn fill(&mut self, node: Node, work: impl FnOnce(&Self, &mut [u8])) {
        let register = self.plan.schedule.register[node];
        let mut out = std::mem::take(&mut self.scratch.truths[register]);
        room(&mut out, self.rows(self.plan.graph.rows[node]));
        work(self, &mut out);
        self.scratch.truths[register] = out;
    }

    fn calc(&mut self, node: Node) {
        let plan = self.plan;
        match &plan.graph.calcs[node] {
            Calc::Const(_, truth) => self.fill(node, |_, out| out.fill(*truth)),
            Calc::Byte { input, table } => self.fill(node, |me, out| match me.column(*input) {
                Some(Column::U8(column)) => {
                    if let Some(shape) = &plan.shapes[node] {
                        kernels::byte(out, column, shape, table);
                    }
                }
                _ => out.fill(table.get(u8::MAX)),
            }),
            Calc::Reaches { input, cut } => self.fill(node, |me, out| me.reaches(*input, *cut, out)),
            Calc::Born { earliest, latest, cut } => self.fill(node, |me, out| {
                let latest = latest.and_then(|l| me.column(l));
                match (me.column(*earliest), latest) {
                    (Some(Column::U16(e)), Some(Column::U16(l))) => kernels::born(out, e, Some(l), *cut),
                    (Some(Column::U16(e)), _) => kernels::born(out, e, None, *cut),
                    _ => out.fill(UNKNOWN),
                }
            }),
            Calc::Has { word, bit, complete } => self.fill(node, |me, out| {
                let complete = complete.and_then(|c| me.column(c));
                let none = vec![0; out.len()];
                let words = match me.column(*word) {
                    Some(Column::U64(words)) => words,
                    _ => &none,
                };
                let complete = if let Some(Column::U8(c)) = complete { Some(c) } else { None };
                kernels::has(out, words, *bit, complete);
            }),
            Calc::Empty { words, complete } => self.fill(node, |me, out| me.empty(words, *complete, out)),
            Calc::And(parts) => self.fold(node, parts, |a, b| a & b),
            Calc::Or(parts) => self.fold(node, parts, |a, b| a | b),
            Calc::Not(a) => self.fill(node, |me, out| kernels::one(out, me.truth(*a), truth::not)),
            Calc::NotYes(a) => {
                let not_yes = |t| if t == YES { NO } else { YES };
                self.fill(node, |me, out| kernels::one(out, me.truth(*a), not_yes));
            }
            Calc::If([w, a, b]) => {
                self.fill(node, |me, out| kernels::three(out, me.truth(*w), me.truth(*a), me.truth(*b), truth::choose));
            }
            Calc::Same([a, b]) => self.fill(node, |me, out| kernels::two(out, me.truth(*a), me.truth(*b), truth::same)),
            Calc::Pick(p) => self.fill(node, |me, out| kernels::four(out, p.map(|n| me.truth(n)), truth::pick)),
            Calc::Open => self.fill(node, |me, out| out.copy_from_slice(&me.scratch.layout.open)),
            Calc::Somebody => self.fill(node, |me, out| {
                let sizes = me.scratch.layout.members.windows(2);
                out.iter_mut().zip(sizes).for_each(|(o, w)| *o = if w[1] > w[0] { YES } else { NO });
            }),
            Calc::AtLeast(number, cut) => self.fill(node, |me, out| {
                let bounds = me.number(*number);
                match (plan.graph.is_small(*number), i32::try_from(*cut)) {
                    (true, Ok(cut)) => kernels::at_least(out, &bounds.small_low, &bounds.small_high, cut),
                    // No small number reaches what 32 bits do not hold; each reaches what lies below them.
                    (true, Err(_)) => out.fill(if *cut < 0 { YES } else { NO }),
                    (false, _) => kernels::at_least(out, &bounds.low, &bounds.high, *cut),
                }
            }),
            Calc::Compare(sign, [a, b]) => self.fill(node, |me, out| me.compare(*sign, *a, *b, out)),
            Calc::OneOf(code, codes) => self.fill(node, |me, out| me.one_of(*code, codes, out)),
            Calc::Beside(spread, inner) => self.beside(*spread, *inner, node),
            // Added up for several at once, where they are first needed.
            Calc::Any(_) | Calc::Count(_) => {}
            calc => self.value(node, calc),
        }
    }

    fn fold(&mut self, node: Node, parts: &[Node], f: impl Fn(u8, u8) -> u8 + Copy) {
        self.fill(node, |me, out| match *parts {
            [a, b] => kernels::two(out, me.truth(a), me.truth(b), f),
            [a, b, c] => kernels::fold(out, &[me.truth(a), me.truth(b), me.truth(c)], f),
            [a, b, c, d] => kernels::fold(out, &[me.truth(a), me.truth(b), me.truth(c), me.truth(d)], f),
            _ => kernels::fold(out, &parts.iter().map(|p| me.truth(*p)).collect::<Vec<_>>(), f),
        });
    }

    fn reaches(&self, input: usize, cut: i64, out: &mut [u8]) {
        // The cut is within the fact's bounds, so it fits the column's type.
        match self.column(input) {
            None | Some(Column::U64(_)) => out.fill(UNKNOWN),
            Some(Column::U8(c)) => kernels::reaches(out, c, u8::try_from(cut).unwrap_or(u8::MAX), u8::MAX),
            Some(Column::U16(c)) => kernels::reaches(out, c, u16::try_from(cut).unwrap_or(u16::MAX), u16::MAX),
            Some(Column::I32(c)) => kernels::reaches(out, c, i32::try_from(cut).unwrap_or(i32::MAX), i32::MAX),
            Some(Column::I64(c)) => kernels::reaches(out, c, cut, i64::MAX),
        }
    }

    fn empty(&self, words: &[usize], complete: usize, out: &mut [u8]) {
        match self.column(complete) {
            Some(Column::U8(complete)) => {
                kernels::one(out, complete, |c| if c == 1 { YES } else { UNKNOWN });
            }
            _ => out.fill(UNKNOWN),
        }
        for word in words {
            match self.column(*word) {
                Some(Column::U64(bits)) => {
                    out.iter_mut().zip(bits).for_each(|(o, b)| *o = if *b == 0 { *o } else { UNKNOWN });
                }
                _ => out.fill(UNKNOWN),
            }
        }
    }

    /// The rows that a spread lays its values in.
    pub(crate) fn rows_of(&self, spread: Spread) -> &[u32] {
        let layout = &self.scratch.layout;
        match spread {
            Spread::HouseholdToPerson => &layout.household_of,
            Spread::HouseholdToPair => &layout.pair_household,
            Spread::CandidateToPair => &layout.pair_candidate,
            Spread::MemberToPair => &layout.pair_member,
        }
    }

    fn output(&mut self, output: Output, out: &mut Decisions) {
        let first = self.scratch.layout.household / 64;
        match output {
            Output::Truth(place, node) => {
                let truths = self.truth(node);
                write(&mut out.programmes[place].truth, first, truths);
            }
            Output::Receives(place, receives, fresh) => {
                let plane = &mut out.programmes[place].receives[first..];
                plane.iter_mut().zip(bits(self.truth(receives), 1)).for_each(|(word, yes)| *word = yes);
                if let Some(fresh) = fresh {
                    plane.iter_mut().zip(bits(self.truth(fresh), 1)).for_each(|(word, yes)| *word &= !yes);
                }
            }
            Output::Candidates(place, node) => {
                let first = self.scratch.layout.person - self.block.members[0] as usize;
                if let Some(planes) = &mut out.programmes[place].candidates {
                    append(planes, first, self.truth(node));
                }
            }
            Output::Score(place, node) => {
                let (from, number) = (self.scratch.layout.household, self.number(node));
                let scores = &mut out.scores[place];
                if self.plan.graph.is_small(node) {
                    scores.low[from..from + number.small_low.len()].copy_from_slice(&number.small_low);
                    scores.high[from..from + number.small_high.len()].copy_from_slice(&number.small_high);
                    return;
                }
                let narrow = |to: &mut [i32], from: &[i64]| {
                    to.iter_mut().zip(from).for_each(|(to, n)| *to = *n as i32); // within the score's bounds, checked to fit
                };
                narrow(&mut scores.low[from..], &number.low);
                narrow(&mut scores.high[from..], &number.high);
            }
        }
    }
}

/// Writes whole words; what is neither surely so nor possible is a no.
fn write(planes: &mut Planes, first: usize, truths: &[u8]) {
    let last = truths.len() % 64;
    let words = truths.len().div_ceil(64);
    planes.yes[first..].iter_mut().zip(bits(truths, 1)).for_each(|(word, yes)| *word = yes);
    for (i, (word, possible)) in planes.no[first..].iter_mut().zip(bits(truths, 0)).enumerate() {
        let rows = if last > 0 && i + 1 == words { (1 << last) - 1 } else { u64::MAX };
        *word = !possible & rows;
    }
}

/// Writes bits from any row on; the planes are clear there.
fn append(planes: &mut Planes, row: usize, truths: &[u8]) {
    let mut part = Planes::default();
    part.reset(truths.len());
    write(&mut part, 0, truths);
    for (plane, part) in [(&mut planes.yes, &part.yes), (&mut planes.no, &part.no)] {
        for (i, word) in part.iter().enumerate() {
            let (at, shift) = (row / 64 + i, row % 64);
            plane[at] |= word << shift;
            if shift > 0 && at + 1 < plane.len() {
                plane[at + 1] |= word >> (64 - shift);
            }
        }
    }
}
