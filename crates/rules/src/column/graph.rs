//! The plan as a graph: every distinct calculation once, whoever asks for it.

mod calc;

pub(crate) use calc::{Calc, Node, Rows, Spread};

use super::truth::{NO, Table, UNKNOWN, YES, choose, not, pick, same};
use std::collections::HashMap;

/// The sort of value a calculation gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Truth,
    Number,
    Code,
}

/// Calculations by number; a calculation's parts stand before it.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    pub(crate) calcs: Vec<Calc>,
    pub(crate) rows: Vec<Rows>,
    known: HashMap<Calc, Node>,
}

impl Graph {
    /// The place of a calculation, new or known.
    pub(crate) fn put(&mut self, calc: Calc, rows: Rows) -> Node {
        if let Some(&node) = self.known.get(&calc) {
            return node;
        }
        self.known.insert(calc.clone(), self.calcs.len());
        self.calcs.push(calc);
        self.rows.push(rows);
        self.calcs.len() - 1
    }

    pub(crate) fn constant(&mut self, rows: Rows, truth: u8) -> Node {
        self.put(Calc::Const(rows, truth), rows)
    }

    pub(crate) fn const_of(&self, node: Node) -> Option<u8> {
        match &self.calcs[node] {
            Calc::Const(_, truth) => Some(*truth),
            _ => None,
        }
    }

    pub(crate) fn byte(&mut self, rows: Rows, input: usize, table: Table) -> Node {
        match table.constant() {
            Some(truth) => self.constant(rows, truth),
            None => self.put(Calc::Byte { input, table }, rows),
        }
    }

    /// The same value for more rows.
    pub(crate) fn lift(&mut self, node: Node, rows: Rows) -> Node {
        match (self.rows[node], rows) {
            (from, to) if from == to => node,
            (Rows::Household, Rows::Person) => self.beside(Spread::HouseholdToPerson, node),
            _ => self.beside(Spread::HouseholdToPair, node),
        }
    }

    pub(crate) fn beside(&mut self, spread: Spread, node: Node) -> Node {
        let rows = if spread == Spread::HouseholdToPerson { Rows::Person } else { Rows::Pair };
        match self.calcs[node].clone() {
            Calc::Const(_, truth) => self.constant(rows, truth),
            Calc::Number(_, interval) => self.put(Calc::Number(rows, interval), rows),
            Calc::Code(_, code) => self.put(Calc::Code(rows, code), rows),
            _ => self.put(Calc::Beside(spread, node), rows),
        }
    }

    /// All of them. Parts of fewer rows are joined first and laid beside the others once.
    pub(crate) fn and(&mut self, parts: Vec<Node>) -> Node {
        self.join(parts, true)
    }

    /// Any of them.
    pub(crate) fn or(&mut self, parts: Vec<Node>) -> Node {
        self.join(parts, false)
    }

    fn join(&mut self, parts: Vec<Node>, and: bool) -> Node {
        let rows = parts.iter().map(|p| self.rows[*p]).max().unwrap_or(Rows::Household);
        let (few, many): (Vec<Node>, Vec<Node>) = parts.into_iter().partition(|p| self.rows[*p] != rows);
        let mut all = many;
        if !few.is_empty() {
            let few = self.join(few, and);
            all.push(self.lift(few, rows));
        }
        let (neutral, decisive) = if and { (YES, NO) } else { (NO, YES) };
        let (mut flat, mut tables, mut households) = (vec![], HashMap::<usize, Table>::new(), vec![]);
        let mut stack = all;
        while let Some(part) = stack.pop() {
            match self.calcs[part].clone() {
                Calc::Const(_, truth) if truth == neutral => {}
                Calc::Const(_, truth) if truth == decisive => return self.constant(rows, decisive),
                Calc::And(inner) if and => stack.extend(inner),
                Calc::Or(inner) if !and => stack.extend(inner),
                Calc::Beside(Spread::HouseholdToPerson, inner) => households.push(inner),
                Calc::Byte { input, table } => {
                    let joined = match tables.remove(&input) {
                        Some(other) => Table::join(&[&table, &other], |t| if and { t[0] & t[1] } else { t[0] | t[1] }),
                        None => table,
                    };
                    tables.insert(input, joined);
                }
                _ => flat.push(part),
            }
        }
        match households.len() {
            0 => {}
            _ => {
                let joined = if households.len() == 1 { households[0] } else { self.join(households, and) };
                let beside = self.beside(Spread::HouseholdToPerson, joined);
                match self.const_of(beside) {
                    Some(truth) if truth == neutral => {}
                    Some(truth) if truth == decisive => return self.constant(rows, decisive),
                    _ => flat.push(beside),
                }
            }
        }
        let mut tables: Vec<(usize, Table)> = tables.into_iter().collect();
        tables.sort_by_key(|(input, _)| *input);
        for (input, table) in tables {
            match table.constant() {
                Some(truth) if truth == neutral => {}
                Some(truth) if truth == decisive => return self.constant(rows, decisive),
                _ => {
                    let node = self.byte(rows, input, table);
                    flat.push(node);
                }
            }
        }
        flat.sort_unstable();
        flat.dedup();
        match flat[..] {
            [] => self.constant(rows, neutral),
            [one] => one,
            _ => self.put(if and { Calc::And(flat) } else { Calc::Or(flat) }, rows),
        }
    }

    /// The opposite, driven down to where it costs nothing.
    pub(crate) fn not(&mut self, node: Node) -> Node {
        let rows = self.rows[node];
        match self.calcs[node].clone() {
            Calc::Const(_, truth) => self.constant(rows, not(truth)),
            Calc::Byte { input, table } => self.byte(rows, input, Table::of(|b| not(table.get(b)))),
            Calc::Not(inner) => inner,
            Calc::And(parts) => {
                let parts = parts.into_iter().map(|p| self.not(p)).collect();
                self.or(parts)
            }
            Calc::Or(parts) => {
                let parts = parts.into_iter().map(|p| self.not(p)).collect();
                self.and(parts)
            }
            Calc::Beside(spread, inner) => {
                let inner = self.not(inner);
                self.beside(spread, inner)
            }
            _ => self.put(Calc::Not(node), rows),
        }
    }

    /// Yes: the first; no: the second; unknown: what both say alike.
    pub(crate) fn choose(&mut self, parts: [Node; 3]) -> Node {
        match self.const_of(parts[0]) {
            Some(YES) => return parts[1],
            Some(NO) => return parts[2],
            _ if parts[1] == parts[2] => return parts[1],
            _ => {}
        }
        self.together(&parts, |t| choose(t[0], t[1], t[2]), |p| Calc::If([p[0], p[1], p[2]]))
    }

    pub(crate) fn same(&mut self, parts: [Node; 2]) -> Node {
        self.together(&parts, |t| same(t[0], t[1]), |p| Calc::Same([p[0], p[1]]))
    }

    /// When; if yes; if no; if unknown.
    pub(crate) fn pick(&mut self, parts: [Node; 4]) -> Node {
        match self.const_of(parts[0]) {
            Some(YES) => return parts[1],
            Some(NO) => return parts[2],
            Some(_) => return parts[3],
            None => {}
        }
        let calc = |p: &[Node]| Calc::Pick([p[0], p[1], p[2], p[3]]);
        self.together(&parts, |t| pick(t[0], t[1], t[2], t[3]), calc)
    }

    pub(crate) fn not_yes(&mut self, node: Node) -> Node {
        let of = |t: &[u8]| if t[0] == YES { NO } else { YES };
        self.together(&[node], of, |p| Calc::NotYes(p[0]))
    }

    /// One lookup when every part is a lookup in the same column, or a constant; otherwise the calculation.
    fn together(&mut self, parts: &[Node], truth: impl Fn(&[u8]) -> u8, calc: impl Fn(&[Node]) -> Calc) -> Node {
        let rows = parts.iter().map(|p| self.rows[*p]).max().unwrap_or(Rows::Household);
        let parts: Vec<Node> = parts.iter().map(|p| self.lift(*p, rows)).collect();
        let (mut column, mut tables, mut fits) = (None, vec![], true);
        for part in &parts {
            match &self.calcs[*part] {
                Calc::Const(_, truth) => tables.push(Table::of(|_| *truth)),
                Calc::Byte { input, table } if column.is_none_or(|c| c == *input) => {
                    column = Some(*input);
                    tables.push(table.clone());
                }
                _ => fits = false,
            }
        }
        match column {
            _ if !fits => self.put(calc(&parts), rows),
            Some(input) => self.byte(rows, input, Table::join(&tables.iter().collect::<Vec<_>>(), truth)),
            None => {
                let all: Vec<u8> = tables.iter().map(|t| t.get(0)).collect();
                self.constant(rows, truth(&all))
            }
        }
    }

    /// Whether a number is at least another, written out.
    pub(crate) fn at_least(&mut self, number: Node, cut: i64) -> Node {
        let rows = self.rows[number];
        match self.calcs[number] {
            Calc::Number(_, interval) if interval.low >= cut => self.constant(rows, YES),
            Calc::Number(_, interval) if interval.high < cut => self.constant(rows, NO),
            Calc::Number(..) => self.constant(rows, UNKNOWN),
            Calc::Count(_) | Calc::Size if cut <= 0 => self.constant(rows, YES),
            _ => self.put(Calc::AtLeast(number, cut), rows),
        }
    }

    /// Whether a number always fits 32 bits: counts of members, and cards unless their points are great.
    pub(crate) fn is_small(&self, node: Node) -> bool {
        match &self.calcs[node] {
            Calc::Count(_) | Calc::Size => true,
            Calc::Card(questions) => super::card::fits(questions),
            _ => false,
        }
    }

    pub(crate) fn sort(&self, node: Node) -> Sort {
        match &self.calcs[node] {
            Calc::Beside(_, inner) => self.sort(*inner),
            Calc::Code(..) | Calc::Codes { .. } | Calc::CodeIf(_) => Sort::Code,
            calc if calc.is_number() => Sort::Number,
            _ => Sort::Truth,
        }
    }
}
