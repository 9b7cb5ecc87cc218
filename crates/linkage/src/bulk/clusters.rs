//! Groups of records that are one person, kept consistent.
//!
//! Joining whatever is linked by a chain puts brothers together through one poor record between them. Here the strongest
//! pairs join first, and two groups join only if all their pairs together speak for one person and none strongly against.

/// Groups of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clusters {
    group: Vec<u32>,
}

/// A pair this far against one person keeps groups apart whatever the others say, in milli-bits.
const VETO: i32 = -12_000;
/// Larger groups are left to people: nobody is on twenty lists, and a fault must not swallow a village.
const MOST: usize = 20;

impl Clusters {
    /// Groups `records` by scored pairs above a threshold. `score` gives the score of any pair, candidate or not.
    pub fn new(
        records: usize,
        mut pairs: Vec<(i32, u32, u32)>,
        threshold: i32,
        mut score: impl FnMut(u32, u32) -> i32,
    ) -> Self {
        pairs.sort_unstable_by_key(|(score, left, right)| (std::cmp::Reverse(*score), *left, *right));
        let mut group: Vec<u32> = (0..records as u32).collect();
        let mut members: super::hash::Map<u32, Vec<u32>> = super::hash::Map::default();
        for (_, left, right) in pairs {
            let (a, b) = (group[left as usize], group[right as usize]);
            if a == b {
                continue;
            }
            let of = |name: u32| members.get(&name).cloned().unwrap_or_else(|| vec![name]);
            let (first, second) = (of(a), of(b));
            if first.len() + second.len() > MOST || !agree(&first, &second, threshold, &mut score) {
                continue;
            }
            let (name, gone) = (a.min(b), a.max(b));
            let mut all = [first, second].concat();
            all.sort_unstable();
            all.iter().for_each(|record| group[*record as usize] = name);
            members.remove(&gone);
            members.insert(name, all);
        }
        Self { group }
    }

    /// The group of a record: the first record in it.
    pub fn group(&self, record: u32) -> u32 {
        self.group[record as usize]
    }

    /// All pairs within groups, in order.
    pub fn pairs(&self) -> Vec<(u32, u32)> {
        let mut by_group: Vec<(u32, u32)> =
            self.group.iter().enumerate().map(|(at, group)| (*group, at as u32)).collect();
        by_group.sort_unstable();
        let mut pairs = vec![];
        for block in by_group.chunk_by(|left, right| left.0 == right.0) {
            for (at, (_, left)) in block.iter().enumerate() {
                pairs.extend(block[at + 1..].iter().map(|(_, right)| (*left, *right)));
            }
        }
        pairs.sort_unstable();
        pairs
    }
}

fn agree(first: &[u32], second: &[u32], threshold: i32, score: &mut impl FnMut(u32, u32) -> i32) -> bool {
    let mut sum = 0_i64;
    for left in first {
        for right in second {
            let one = score(*left, *right);
            if one < VETO {
                return false;
            }
            sum += i64::from(one - threshold);
        }
    }
    sum >= 0
}
