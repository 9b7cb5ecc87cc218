//! A second look at families: who else of two homes is one person, once one of them is.
//!
//! Lists hold families, and what brought a whole family onto a second list brought all of it. When a son is found on both,
//! his mother, who stands under her father here and under her husband there, is looked for among the people he lives with:
//! no key need hold the two, and strangers of one name are hardly an explanation any more. That they are two people of
//! that home remains one. Only records that nobody was found for are looked at.

use super::blocks::Blocks;
use super::describe::{Kind, Role};
use super::model::MilliBits;
use super::records::Records;

/// What the homes of two records say of their being one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Between {
    /// Nothing: they share a home anyway, which their family's evidence says already.
    OneHome,
    /// Of one of them it is not known who lives with them.
    Unknown,
    /// Others of the two homes are surely one person, by this score.
    Met(MilliBits),
    /// Both live with others, at least so many, and none of those is found in the other's home.
    Apart(usize),
}

/// For each record the others that are surely the same person.
#[derive(Debug)]
pub struct Partners {
    from: Vec<u32>,
    others: Vec<(u32, MilliBits)>,
}

impl Partners {
    /// Of `records` records, from scored pairs.
    pub fn new(records: usize, pairs: impl Iterator<Item = (MilliBits, u32, u32)> + Clone) -> Self {
        let mut from = vec![0_u32; records + 1];
        let both = pairs.flat_map(|(score, left, right)| [(left, right, score), (right, left, score)]);
        both.clone().for_each(|(record, ..)| from[record as usize + 1] += 1);
        (1..from.len()).for_each(|at| from[at] += from[at - 1]);
        let mut next = from.clone();
        let mut others = vec![(0, 0); from[records] as usize];
        for (record, other, score) in both {
            others[next[record as usize] as usize] = (other, score);
            next[record as usize] += 1;
        }
        Self { from, others }
    }

    fn of(&self, record: u32) -> &[(u32, MilliBits)] {
        &self.others[self.from[record as usize] as usize..self.from[record as usize + 1] as usize]
    }
}

/// Looks for pairs among the homes of found pairs. One for each thread.
pub struct Homes<'r> {
    records: &'r Records,
    blocks: &'r Blocks,
    /// Codes and dates that tell about the person.
    codes: Vec<usize>,
    dates: Vec<usize>,
    left: Vec<u32>,
    right: Vec<u32>,
}

/// Years of birth further apart are two people.
const YEARS: u16 = 6;

impl<'r> Homes<'r> {
    /// For these records and their blocks.
    pub fn new(records: &'r Records, blocks: &'r Blocks) -> Self {
        let of = |kind: Kind| {
            let fields = records.description.fields.iter().enumerate();
            let wanted = fields.filter(|(_, field)| field.kind == kind && field.role == Role::Person);
            wanted.map(|(at, _)| at).collect()
        };
        Self { records, blocks, codes: of(Kind::Code), dates: of(Kind::Date), left: vec![], right: vec![] }
    }

    /// Adds the pairs of unfound records of the two homes, with the score of the pair that led there; `found` says for
    /// each record whether it is in a found pair. A pair may come from several.
    pub fn of_pair(
        &mut self,
        (score, left, right): (MilliBits, u32, u32),
        found: &[bool],
        out: &mut Vec<(u32, u32, MilliBits)>,
    ) {
        if !self.blocks.has_homes() {
            return;
        }
        self.blocks.home(left, &mut self.left);
        self.blocks.home(right, &mut self.right);
        self.left.retain(|record| !found[*record as usize]);
        self.right.retain(|record| !found[*record as usize]);
        for a in &self.left {
            let others = self.right.iter().filter(|b| *b != a && self.may_be_one(*a, **b));
            out.extend(others.map(|b| (*a.min(b), *a.max(b), score)));
        }
    }

    /// What the homes of two records say.
    pub fn between(&mut self, left: u32, right: u32, partners: &Partners) -> Between {
        if !self.blocks.has_homes() {
            return Between::Unknown;
        }
        self.blocks.home(left, &mut self.left);
        self.blocks.home(right, &mut self.right);
        if self.left.iter().any(|record| self.right.binary_search(record).is_ok()) {
            return Between::OneHome;
        }
        let others = self.left.iter().filter(|record| **record != left).flat_map(|record| partners.of(*record));
        let there = others.filter(|(other, _)| *other != right && self.right.binary_search(other).is_ok());
        let met = there.map(|(_, score)| *score).max();
        let at_least = self.left.len().min(self.right.len()).saturating_sub(1);
        match met {
            Some(score) => Between::Met(score),
            None if at_least == 0 => Between::Unknown,
            None => Between::Apart(at_least),
        }
    }

    /// Before anything is compared: neither another sex nor another age, and on different lists where that is asked.
    fn may_be_one(&self, left: u32, right: u32) -> bool {
        if self.blocks.between_lists() && self.records.list(left) == self.records.list(right) {
            return false;
        }
        let (a, b) = (self.records.row(left), self.records.row(right));
        let same_code = |field: &usize| a[*field] == 0 || b[*field] == 0 || a[*field] == b[*field];
        let near_date = |field: &usize| {
            let year = |row: &[u32]| self.records.columns[*field].year(row[*field]);
            year(a).zip(year(b)).is_none_or(|(a, b)| a.abs_diff(b) <= YEARS)
        };
        self.codes.iter().all(same_code) && self.dates.iter().all(near_date)
    }
}
