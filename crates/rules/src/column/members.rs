//! Conditions over the members of a household: what concerns the household alone is taken out of the loop.
//!
//! Kleene *and* and *or* are the lesser and the greater of an ordered three, so "somebody for whom (h and p)" is
//! "h, and somebody for whom p" whenever h is the same for all; and "somebody" distributes over *or*.

use super::{
    graph::{Calc, Graph, Node, Rows, Spread},
    lower::Lower,
};

/// A condition is written out into at most this many alternatives.
const ALTERNATIVES: usize = 12;

impl Lower<'_> {
    /// The most that holds for any member listed, of the household or of the candidate's.
    pub(crate) fn any(&mut self, body: Node, rows: Rows) -> Node {
        let graph = &mut self.graph;
        match (graph.rows[body], rows) {
            // A candidate is a member, so somebody is there.
            (Rows::Household, Rows::Person) => body,
            (Rows::Household, _) => {
                let somebody = graph.put(Calc::Somebody, Rows::Household);
                graph.and(vec![body, somebody])
            }
            (Rows::Person, _) => graph.any_member(body),
            (Rows::Pair, _) => graph.put(Calc::Any(body), Rows::Person),
        }
    }
}

impl Graph {
    fn any_member(&mut self, body: Node) -> Node {
        if !self.has_beside(body) {
            return self.put(Calc::Any(body), Rows::Household);
        }
        let Some(alternatives) = self.alternatives(body) else {
            return self.put(Calc::Any(body), Rows::Household);
        };
        let alternatives = least(alternatives);
        let parts = alternatives.into_iter().map(|all| self.any_of_all(all)).collect();
        self.or(parts)
    }

    /// Somebody for whom all hold: the household's parts, and somebody for whom the others hold.
    fn any_of_all(&mut self, all: Vec<Node>) -> Node {
        let (mut household, mut person) = (vec![], vec![]);
        for part in all {
            match self.calcs[part] {
                Calc::Beside(Spread::HouseholdToPerson, inner) => household.push(inner),
                _ => person.push(part),
            }
        }
        let somebody = match person.len() {
            0 => self.put(Calc::Somebody, Rows::Household),
            _ => {
                let person = self.and(person);
                match self.const_of(person) {
                    Some(_) => self.somebody_and(person),
                    None => self.put(Calc::Any(person), Rows::Household),
                }
            }
        };
        household.push(somebody);
        self.and(household)
    }

    fn somebody_and(&mut self, constant: Node) -> Node {
        let truth = self.const_of(constant).unwrap_or_default();
        let parts = vec![self.constant(Rows::Household, truth), self.put(Calc::Somebody, Rows::Household)];
        self.and(parts)
    }

    fn has_beside(&self, node: Node) -> bool {
        match &self.calcs[node] {
            Calc::Beside(Spread::HouseholdToPerson, _) | Calc::Const(..) => true,
            Calc::And(parts) | Calc::Or(parts) => parts.iter().any(|p| self.has_beside(*p)),
            _ => false,
        }
    }

    /// The condition as alternatives of parts that all must hold; `None` when they would be too many. Parts that do
    /// not speak of the household stay whole.
    fn alternatives(&self, node: Node) -> Option<Vec<Vec<Node>>> {
        match &self.calcs[node] {
            Calc::Or(parts) if self.has_beside(node) => {
                let (beside, person): (Vec<Node>, Vec<Node>) = parts.iter().partition(|p| self.has_beside(**p));
                let mut all = vec![];
                for part in beside {
                    all.extend(self.alternatives(part)?);
                }
                all.extend(person.into_iter().map(|p| vec![p]));
                (all.len() <= ALTERNATIVES).then_some(all)
            }
            Calc::And(parts) if self.has_beside(node) => {
                let mut all: Vec<Vec<Node>> = vec![vec![]];
                for part in parts {
                    let each = self.alternatives(*part)?;
                    if all.len() * each.len() > ALTERNATIVES {
                        return None;
                    }
                    all = all.iter().flat_map(|a| each.iter().map(|e| [&a[..], &e[..]].concat())).collect();
                }
                Some(all)
            }
            _ => Some(vec![vec![node]]),
        }
    }
}

/// Without the alternatives that another, asking less, already covers.
fn least(mut all: Vec<Vec<Node>>) -> Vec<Vec<Node>> {
    for parts in &mut all {
        parts.sort_unstable();
        parts.dedup();
    }
    let covered = |i: usize| {
        all.iter().enumerate().any(|(j, other)| {
            let within = other.iter().all(|p| all[i].binary_search(p).is_ok());
            j != i && within && (other.len() < all[i].len() || j < i)
        })
    };
    let keep: Vec<bool> = (0..all.len()).map(|i| !covered(i)).collect();
    all.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(parts, _)| parts).collect()
}
