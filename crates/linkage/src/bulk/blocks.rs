//! Candidates: records that agree on all parts of some key, under a bound for each block.

use super::describe::Rule;
use super::hash::mix;
use super::records::Records;
use std::ops::Range;

/// The blocks of one rule.
#[derive(Debug)]
pub struct BlocksBuilder {
    ends: Vec<u32>,
    members: Vec<u32>,
    report: BlockReport,
}

/// What came of one rule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BlockReport {
    /// Blocks of two or more records.
    pub blocks: usize,
    /// Pairs in them; a pair may come from several blocks and rules.
    pub pairs: u64,
    /// Blocks above the bound, whose pairs were left to other rules.
    pub too_large: usize,
    /// Pairs in those.
    pub left_out: u64,
}

/// The most keys of one record under one rule.
const KEYS: usize = 8;

impl BlocksBuilder {
    /// Builds the blocks of a rule of the records' description.
    pub fn new(records: &Records, rule: usize) -> Self {
        let rule = &records.description.rules[rule];
        let mut keys = Vec::with_capacity(records.len() * 5 / 4);
        let mut maker = Keys::default();
        for record in 0..records.len() as u32 {
            maker.of(records, rule, record);
            keys.extend(maker.keys.iter().map(|key| (*key, record)));
        }
        keys.sort_unstable();
        keys.dedup();
        let mut built = Self { ends: vec![], members: vec![], report: BlockReport::default() };
        for block in keys.chunk_by(|left, right| left.0 == right.0) {
            built.add(block, rule.most);
        }
        built
    }

    fn add(&mut self, block: &[(u64, u32)], most: usize) {
        let size = block.len() as u64;
        let pairs = size * (size - 1) / 2;
        if block.len() > most {
            self.report.too_large += 1;
            self.report.left_out += pairs;
        } else if pairs > 0 {
            self.report.blocks += 1;
            self.report.pairs += pairs;
            self.members.extend(block.iter().map(|(_, record)| *record));
            self.ends.push(self.members.len() as u32);
        }
    }

    /// What came of the rule.
    pub fn report(&self) -> BlockReport {
        self.report
    }
}

#[derive(Default)]
struct Keys {
    keys: Vec<u64>,
    tokens: Vec<u64>,
    next: Vec<u64>,
}

impl Keys {
    /// The keys of a record: all ways to take one token of each part.
    fn of(&mut self, records: &Records, rule: &Rule, record: u32) {
        let row = records.row(record);
        self.keys.clear();
        self.keys.push(0);
        for (field, view) in &rule.parts {
            records.columns[*field].tokens(row[*field], *view, &mut self.tokens);
            self.next.clear();
            for key in &self.keys {
                self.next.extend(self.tokens.iter().map(|token| mix(*key, *token)));
            }
            self.next.truncate(KEYS);
            std::mem::swap(&mut self.keys, &mut self.next);
        }
    }
}

/// All blocks, and for each record those it is in.
#[derive(Debug)]
pub struct Blocks {
    ends: Vec<u32>,
    members: Vec<u32>,
    of_record: Vec<u32>,
    from: Vec<u32>,
    between_lists: bool,
    /// Blocks from here on are for learning only.
    to_learn: u32,
    /// Blocks of people who may live together.
    homes: Vec<Range<u32>>,
}

/// More people are no home.
const MOST_AT_HOME: usize = 32;

impl Blocks {
    /// Joins the blocks of all rules, in the order of the rules. `between_lists` leaves out pairs within one list.
    pub fn join(records: &Records, rules: Vec<BlocksBuilder>, between_lists: bool) -> Self {
        let mut rules: Vec<(&Rule, BlocksBuilder)> = records.description.rules.iter().zip(rules).collect();
        rules.sort_by_key(|(rule, _)| rule.to_learn);
        let scored = rules.iter().filter(|(rule, _)| !rule.to_learn);
        let to_learn = scored.map(|(_, built)| built.ends.len() as u32).sum();
        let in_all = rules.iter().map(|(_, built)| built.members.len()).sum();
        let (mut ends, mut members, mut homes) = (vec![], Vec::with_capacity(in_all), vec![]);
        for (rule, built) in rules {
            let (before, first) = (members.len() as u32, ends.len() as u32);
            ends.extend(built.ends.iter().map(|end| before + end));
            members.extend(built.members);
            homes.extend(rule.home.then_some(first..ends.len() as u32));
        }
        let mut from = vec![0_u32; records.len() + 1];
        members.iter().for_each(|record| from[*record as usize + 1] += 1);
        (1..from.len()).for_each(|at| from[at] += from[at - 1]);
        let mut next = from.clone();
        let mut of_record = vec![0; members.len()];
        let mut start = 0;
        for (block, end) in ends.iter().enumerate() {
            for record in &members[start..*end as usize] {
                of_record[next[*record as usize] as usize] = block as u32;
                next[*record as usize] += 1;
            }
            start = *end as usize;
        }
        Self { ends, members, of_record, from, between_lists, to_learn, homes }
    }

    fn of(&self, record: u32) -> &[u32] {
        &self.of_record[self.from[record as usize] as usize..self.from[record as usize + 1] as usize]
    }

    fn members(&self, block: u32) -> &[u32] {
        let start = block.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.members[start as usize..self.ends[block as usize] as usize]
    }

    /// The records that may live with a record, itself among them, in order; none when there are too many for a home.
    pub(super) fn home(&self, record: u32, out: &mut Vec<u32>) {
        out.clear();
        for block in self.of(record).iter().filter(|block| self.homes.iter().any(|home| home.contains(block))) {
            out.extend_from_slice(self.members(*block));
        }
        out.sort_unstable();
        out.dedup();
        if out.len() > MOST_AT_HOME {
            out.clear();
        }
    }

    /// Whether pairs within one list count.
    pub(super) fn between_lists(&self) -> bool {
        self.between_lists
    }

    /// Whether any rule says who lives together.
    pub(super) fn has_homes(&self) -> bool {
        !self.homes.is_empty()
    }

    /// The candidates of a record that come after it, in order, each once; with the pairs for learning or without.
    pub fn candidates(&self, records: &Records, record: u32, learning: bool, out: &mut Vec<u32>) {
        out.clear();
        for block in self.of(record).iter().filter(|block| learning || **block < self.to_learn) {
            let members = self.members(*block);
            let after = members.partition_point(|other| *other <= record);
            out.extend_from_slice(&members[after..]);
        }
        out.sort_unstable();
        out.dedup();
        if self.between_lists {
            let list = records.list(record);
            out.retain(|other| records.list(*other) != list);
        }
    }

    /// How many pairs of records there are, candidates or not.
    pub fn all_pairs(&self, records: &Records) -> u64 {
        let all = |count: u64| count * count.saturating_sub(1) / 2;
        let mut lists = [0_u64; 256];
        (0..records.len() as u32).for_each(|record| lists[usize::from(records.list(record))] += 1);
        let within: u64 = lists.iter().map(|count| all(*count)).sum();
        all(records.len() as u64) - if self.between_lists { within } else { 0 }
    }
}
