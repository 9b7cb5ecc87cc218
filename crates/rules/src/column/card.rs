//! Score cards: the points of each question looked up by one byte, least and most packed in one number so that adding
//! both is one addition.

use super::{
    block::Column,
    graph::{Calc, Graph, Node},
    kernels::{quad, room},
    run::Part,
    schedule::QUAD,
    truth::{NO, UNKNOWN, YES},
};
use crate::Interval;

/// A card made ready.
#[derive(Debug, Default)]
pub(crate) struct Card {
    pub(crate) questions: Vec<Question>,
    /// Questions with too many answers for a byte, or points too great to pack.
    pub(crate) wide: Vec<Vec<(Node, i64)>>,
}

/// A question whose points one byte tells.
#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) byte: Source,
    /// Least points in the low half, most in the high half, as one sum.
    pub(crate) points: Box<[i64; 256]>,
}

/// Where the byte comes from.
#[derive(Debug)]
pub(crate) enum Source {
    /// All answers are about this column.
    Column(usize),
    /// Two bits of each answer's truth.
    Answers(Vec<Node>),
}

impl Card {
    pub(crate) fn of(graph: &Graph, questions: &[Vec<(Node, i64)>]) -> Card {
        let fits = fits(questions);
        let mut card = Card::default();
        for answers in questions {
            match Question::of(graph, answers).filter(|_| fits) {
                Some(question) => card.questions.push(question),
                None => card.wide.push(answers.clone()),
            }
        }
        card
    }

    /// Answers whose truth must be found first; the others are read from their column.
    pub(crate) fn answers(&self) -> Vec<Node> {
        let narrow = self.questions.iter().flat_map(|q| match &q.byte {
            Source::Column(_) => vec![],
            Source::Answers(nodes) => nodes.clone(),
        });
        narrow.chain(self.wide.iter().flatten().map(|(n, _)| *n)).collect()
    }
}

/// Whether sums of these points fit 32 bits.
pub(crate) fn fits(questions: &[Vec<(Node, i64)>]) -> bool {
    let most = |answers: &Vec<(Node, i64)>| answers.iter().map(|(_, p)| p.saturating_abs()).max().unwrap_or(0);
    questions.iter().map(most).fold(0i64, i64::saturating_add) < i64::from(i32::MAX)
}

impl Question {
    fn of(graph: &Graph, answers: &[(Node, i64)]) -> Option<Question> {
        let (mut columns, mut nodes) = (vec![], vec![]);
        for (node, _) in answers {
            match &graph.calcs[*node] {
                Calc::Const(..) => {}
                Calc::Byte { input, .. } => {
                    columns.push(*input);
                    nodes.push(*node);
                }
                _ => nodes.push(*node),
            }
        }
        columns.dedup();
        nodes.sort_unstable();
        nodes.dedup();
        let one_column = columns.len() == 1 && nodes.iter().all(|n| matches!(graph.calcs[*n], Calc::Byte { .. }));
        let byte = match columns.first() {
            Some(column) if one_column => Source::Column(*column),
            _ if nodes.len() <= QUAD => Source::Answers(nodes),
            _ => return None,
        };
        let truth = |node: Node, value: u8| match (&graph.calcs[node], &byte) {
            (Calc::Const(_, truth), _) => *truth,
            (Calc::Byte { table, .. }, Source::Column(_)) => table.get(value),
            (_, Source::Answers(nodes)) => {
                let place = nodes.iter().position(|n| *n == node).unwrap_or(0);
                value >> (2 * place) & YES
            }
            _ => UNKNOWN,
        };
        let mut points = Box::new([0; 256]);
        for (value, entry) in (0..=u8::MAX).zip(points.iter_mut()) {
            let interval = points_of(answers.iter().map(|(n, p)| (truth(*n, value), *p)));
            *entry = (interval.high << 32) + interval.low;
        }
        Some(Question { byte, points })
    }
}

/// The points of a question: those of the answers still possible, up to the first that surely holds; where no answer
/// is left, any of its points.
fn points_of(answers: impl Iterator<Item = (u8, i64)> + Clone) -> Interval {
    let mut possible: Option<Interval> = None;
    for (truth, points) in answers.clone() {
        if truth != NO {
            let points = Interval::exactly(points);
            possible = Some(possible.map_or(points, |p| p.hull(points)));
        }
        if truth == YES {
            break;
        }
    }
    let all = || answers.map(|(_, p)| Interval::exactly(p)).reduce(Interval::hull);
    possible.or_else(all).unwrap_or(Interval::exactly(0))
}

impl Part<'_> {
    pub(crate) fn card(&mut self, node: Node) {
        let plan = self.plan;
        let Some(card) = plan.cards.get(&node) else { return };
        let mut points = std::mem::take(&mut self.scratch.points);
        points.clear();
        room(&mut points, self.scratch.layout.households);
        let mut columns: Vec<(&[u8], &[i64; 256])> = Vec::with_capacity(card.questions.len());
        let mut bytes = std::mem::take(&mut self.scratch.bytes);
        for question in &card.questions {
            match &question.byte {
                Source::Column(input) => match self.column(*input) {
                    Some(Column::U8(column)) => columns.push((column, &question.points)),
                    _ => points.iter_mut().for_each(|p| *p += question.points[usize::from(u8::MAX)]),
                },
                Source::Answers(nodes) => {
                    room(&mut bytes, points.len());
                    bytes.fill(0);
                    quad(&mut bytes, &nodes.iter().map(|n| self.truth(*n)).collect::<Vec<_>>());
                    add(&mut points, &bytes, &question.points);
                }
            }
        }
        self.scratch.bytes = bytes;
        add_columns(&mut points, &columns);
        let small = plan.graph.is_small(node);
        self.fill_number(node, |me, out| {
            // The low half with its sign, and what is left above it.
            let low = |p: &i64| *p as i32;
            let high = |p: &i64| ((p - i64::from(*p as i32)) >> 32) as i32;
            out.small_low.extend(points.iter().map(low));
            out.small_high.extend(points.iter().map(high));
            if small && card.wide.is_empty() && !plan.wide[node] {
                return;
            }
            out.low.extend(points.iter().map(|p| i64::from(low(p))));
            out.high.extend(points.iter().map(|p| i64::from(high(p))));
            for answers in &card.wide {
                for row in 0..points.len() {
                    let interval = points_of(answers.iter().map(|(n, p)| (me.truth(*n)[row], *p)));
                    out.low[row] = out.low[row].saturating_add(interval.low);
                    out.high[row] = out.high[row].saturating_add(interval.high);
                }
            }
            if small && !card.wide.is_empty() {
                out.small_low.iter_mut().zip(&out.low).for_each(|(small, n)| *small = *n as i32);
                out.small_high.iter_mut().zip(&out.high).for_each(|(small, n)| *small = *n as i32);
            }
        });
        self.scratch.points = points;
    }
}

fn add(points: &mut [i64], bytes: &[u8], table: &[i64; 256]) {
    points.iter_mut().zip(bytes).for_each(|(p, byte)| *p += table[usize::from(*byte)]);
}

/// Four columns at a time, so that the sums are loaded and stored less often.
fn add_columns(points: &mut [i64], columns: &[(&[u8], &[i64; 256])]) {
    let mut fours = columns.chunks_exact(4);
    for four in &mut fours {
        let [(a, ta), (b, tb), (c, tc), (d, td)] = *four else { continue };
        for ((((p, a), b), c), d) in points.iter_mut().zip(a).zip(b).zip(c).zip(d) {
            *p += ta[usize::from(*a)] + tb[usize::from(*b)] + tc[usize::from(*c)] + td[usize::from(*d)];
        }
    }
    fours.remainder().iter().for_each(|(column, table)| add(points, column, table));
}
