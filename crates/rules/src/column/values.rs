//! Numbers as intervals and codes, row by row: the general part of a run, as exact as the row evaluator's.

use super::{
    block::Column,
    encode::day_of,
    graph::{Calc, Node, Rows, Sort, Spread},
    kernels::{self, room},
    numbers::NO_CODE,
    run::{Bounds, Part},
    truth::{NO, UNKNOWN, YES, known},
};
use crate::{
    Birth, Interval, K3, Overflow,
    expr::{
        check::{AGE_MAX, AGE_MONTHS_MAX},
        node::Compare,
    },
};

impl Bounds {
    fn row(&self, row: usize) -> Interval {
        Interval { low: self.low[row], high: self.high[row] }
    }

    fn clear(&mut self) {
        self.low.clear();
        self.high.clear();
        self.small_low.clear();
        self.small_high.clear();
    }

    /// Keeps small numbers at full width too.
    pub(crate) fn widen(&mut self) {
        self.low.extend(self.small_low.iter().map(|n| i64::from(*n)));
        self.high.extend(self.small_high.iter().map(|n| i64::from(*n)));
    }

    fn push(&mut self, interval: Interval) {
        self.low.push(interval.low);
        self.high.push(interval.high);
    }
}

impl Part<'_> {
    pub(crate) fn number(&self, node: Node) -> &Bounds {
        &self.scratch.numbers[self.plan.schedule.register[node]]
    }

    fn codes(&self, node: Node) -> &[u16] {
        &self.scratch.codes[self.plan.schedule.register[node]]
    }

    /// Fills a register of numbers, which is empty at first.
    pub(crate) fn fill_number(&mut self, node: Node, work: impl FnOnce(&Self, &mut Bounds)) {
        let register = self.plan.schedule.register[node];
        let mut out = std::mem::take(&mut self.scratch.numbers[register]);
        out.clear();
        work(self, &mut out);
        self.scratch.numbers[register] = out;
    }

    fn fill_codes(&mut self, node: Node, work: impl FnOnce(&Self, &mut Vec<u16>)) {
        let register = self.plan.schedule.register[node];
        let mut out = std::mem::take(&mut self.scratch.codes[register]);
        room(&mut out, self.rows(self.plan.graph.rows[node]));
        work(self, &mut out);
        self.scratch.codes[register] = out;
    }

    /// One number a row.
    fn each(&mut self, node: Node, number: impl Fn(&Self, usize) -> Interval) {
        let rows = self.rows(self.plan.graph.rows[node]);
        self.fill_number(node, |me, out| (0..rows).for_each(|row| out.push(number(me, row))));
    }

    fn one(&mut self, node: Node, a: Node, f: impl Fn(Interval) -> Result<Interval, Overflow>) {
        self.each(node, |me, row| sure(f(me.number(a).row(row))));
    }

    fn two(&mut self, node: Node, [a, b]: [Node; 2], f: impl Fn(Interval, Interval) -> Result<Interval, Overflow>) {
        self.each(node, |me, row| sure(f(me.number(a).row(row), me.number(b).row(row))));
    }

    /// Numbers and codes.
    pub(crate) fn value(&mut self, node: Node, calc: &Calc) {
        match calc {
            Calc::Number(_, interval) => self.each(node, |_, _| *interval),
            Calc::Column { input, bounds } => {
                let column = self.column(*input);
                self.each(node, |_, row| column.and_then(|c| c.value(row)).map_or(*bounds, Interval::exactly));
            }
            Calc::Age { earliest, latest, months } => self.age(node, *earliest, *latest, *months),
            Calc::Neg(a) => self.one(node, *a, Interval::checked_neg),
            Calc::Add(both) => self.two(node, *both, Interval::checked_add),
            Calc::Sub(both) => self.two(node, *both, Interval::checked_sub),
            Calc::Mul(both) => self.two(node, *both, Interval::checked_mul),
            Calc::Div(a, by) => self.one(node, *a, |n| n.checked_div(*by)),
            Calc::Times(a, by) => self.one(node, *a, |n| n.checked_mul(Interval::exactly(*by))),
            Calc::NumberIf([when, a, b]) => self.each(node, |me, row| match me.truth(*when)[row] {
                YES => me.number(*a).row(row),
                NO => me.number(*b).row(row),
                _ => me.number(*a).row(row).hull(me.number(*b).row(row)),
            }),
            Calc::Applied { when, held, otherwise, bounds } => {
                let otherwise = Interval::exactly(*otherwise);
                self.each(node, |me, row| match (me.truth(*when)[row], me.number(*held).row(row)) {
                    (YES, held) => held,
                    (NO, _) => otherwise,
                    (_, held) if held == otherwise => held,
                    _ => *bounds,
                });
            }
            Calc::Size => {
                let wide = self.plan.wide[node];
                self.fill_number(node, |me, out| {
                    let layout = &me.scratch.layout;
                    out.small_low.extend(layout.members.windows(2).map(|w| (w[1] - w[0]).cast_signed()));
                    out.small_high.extend(out.small_low.iter().zip(&layout.unlisted).map(|(n, more)| n + more));
                    if wide {
                        out.widen();
                    }
                });
            }
            Calc::Sum { condition, part, bounds } => self.sum(node, *condition, *part, *bounds),
            Calc::Card(_) => self.card(node),
            Calc::Supplied { input, otherwise } => {
                let column = self.column(*input);
                self.each(node, |me, row| {
                    column.and_then(|c| c.value(row)).map_or(me.number(*otherwise).row(row), Interval::exactly)
                });
            }
            Calc::Code(_, code) => self.fill_codes(node, |_, out| out.fill(*code)),
            Calc::Codes { input } => {
                let (column, last) = (self.column(*input), self.plan.inputs[*input].range().1);
                let code = |row| column.and_then(|c| c.value(row)).filter(|c| *c <= last);
                self.fill_codes(node, |_, out| {
                    let codes = (0..).map(|row| code(row).and_then(|c| u16::try_from(c).ok()).unwrap_or(NO_CODE));
                    out.iter_mut().zip(codes).for_each(|(o, code)| *o = code);
                });
            }
            Calc::CodeIf([when, a, b]) => self.fill_codes(node, |me, out| {
                let parts = me.truth(*when).iter().zip(me.codes(*a)).zip(me.codes(*b));
                for (o, ((when, a), b)) in out.iter_mut().zip(parts) {
                    *o = match *when {
                        YES => *a,
                        NO => *b,
                        _ if a == b => *a,
                        _ => NO_CODE,
                    };
                }
            }),
            _ => {}
        }
    }

    /// What a row's sum can be: each member's part as surely or possibly counts, and what members not yet named may add.
    fn sum(&mut self, node: Node, condition: Node, part: Node, bounds: Interval) {
        let nothing = Interval::exactly(0);
        let pair = self.plan.graph.rows[condition] == Rows::Pair;
        self.each(node, |me, row| {
            let layout = &me.scratch.layout;
            let (segments, household) = match pair {
                true => (&layout.pairs, layout.household_of[row] as usize),
                false => (&layout.members, row),
            };
            let unlisted = Interval::exactly(i64::from(layout.unlisted[household]));
            let mut total = sure(bounds.checked_mul(unlisted).map(|i| i.hull(nothing)));
            for member in segments[row] as usize..segments[row + 1] as usize {
                let part = match me.truth(condition)[member] {
                    NO => continue,
                    YES => me.number(part).row(member),
                    _ => me.number(part).row(member).hull(nothing),
                };
                total = sure(total.checked_add(part));
            }
            total
        });
    }

    fn age(&mut self, node: Node, earliest: usize, latest: Option<usize>, months: bool) {
        let most = if months { AGE_MONTHS_MAX } else { AGE_MAX };
        let (earliest, latest) = (self.column(earliest), latest.and_then(|l| self.column(l)));
        let at = self.plan.at;
        self.each(node, |_, row| {
            let day = |column: Option<Column>| column.and_then(|c| c.value(row)).map(day_of);
            let Some(first) = day(earliest) else { return Interval::new(0, most) };
            let birth = Birth { earliest: first, latest: day(latest).unwrap_or(first) };
            let (low, high) = if months { birth.age_months(at) } else { birth.age_years(at) };
            Interval::new(low.min(most), high.min(most))
        });
    }

    pub(crate) fn compare(&self, sign: Compare, a: Node, b: Node, out: &mut [u8]) {
        let (a, b) = (self.number(a), self.number(b));
        for (row, o) in out.iter_mut().enumerate() {
            *o = match crate::eval::truth::compare(sign, a.row(row), b.row(row)) {
                K3::No => NO,
                K3::Unknown => UNKNOWN,
                K3::Yes => YES,
            };
        }
    }

    pub(crate) fn one_of(&self, code: Node, codes: &[u16], out: &mut [u8]) {
        for (o, code) in out.iter_mut().zip(self.codes(code)) {
            *o = if *code == NO_CODE { UNKNOWN } else { known(codes.binary_search(code).is_ok()) };
        }
    }

    pub(crate) fn beside(&mut self, spread: Spread, inner: Node, node: Node) {
        match self.plan.graph.sort(inner) {
            Sort::Truth => self.fill(node, |me, out| kernels::take(out, me.truth(inner), me.rows_of(spread))),
            Sort::Code => self.fill_codes(node, |me, out| kernels::take(out, me.codes(inner), me.rows_of(spread))),
            Sort::Number => self.fill_number(node, |me, out| {
                let (from, rows) = (me.number(inner), me.rows_of(spread));
                rows.iter().for_each(|row| out.push(from.row(*row as usize)));
            }),
        }
    }
}

impl Column<'_> {
    /// A row's number, when known.
    pub(crate) fn value(self, row: usize) -> Option<i64> {
        match self {
            Column::U8(v) => Some(v[row]).filter(|x| *x != u8::MAX).map(i64::from),
            Column::U16(v) => Some(v[row]).filter(|x| *x != u16::MAX).map(i64::from),
            Column::I32(v) => Some(v[row]).filter(|x| *x != i32::MAX).map(i64::from),
            Column::I64(v) => Some(v[row]).filter(|x| *x != i64::MAX),
            Column::U64(_) => None,
        }
    }
}

/// Calculations were shown to fit when the pack was loaded; were one not to, it would be wholly unknown.
fn sure(result: Result<Interval, Overflow>) -> Interval {
    result.unwrap_or(Interval { low: i64::MIN, high: i64::MAX })
}
