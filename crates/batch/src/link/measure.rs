//! How well a linkage did, against known truth.

/// Counts of pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Measured {
    /// Pairs found that are of one person.
    pub right: u64,
    /// Pairs found that are not.
    pub wrong: u64,
    /// Pairs of one person that there are.
    pub there: u64,
}

impl Measured {
    /// Counts pairs of records against the person behind each record.
    pub fn of(pairs: &[(u32, u32)], truth: &[u32]) -> Measured {
        Self::among(pairs, truth, |_| None)
    }

    /// As [`Measured::of`]; where `list` names the list of every record, pairs within one list count for nothing.
    pub fn among(pairs: &[(u32, u32)], truth: &[u32], list: impl Fn(u32) -> Option<u8>) -> Measured {
        let mut by_person: Vec<(u32, u32)> = truth.iter().zip(0..).map(|(person, record)| (*person, record)).collect();
        by_person.sort_unstable();
        let counts = |(left, right): (u32, u32)| list(left).is_none() || list(left) != list(right);
        let mut measured = Measured::default();
        for group in by_person.chunk_by(|left, right| left.0 == right.0) {
            for (at, (_, left)) in group.iter().enumerate() {
                measured.there += group[at + 1..].iter().filter(|(_, right)| counts((*left, *right))).count() as u64;
            }
        }
        for (left, right) in pairs.iter().copied().filter(|pair| counts(*pair)) {
            let same = truth[left as usize] == truth[right as usize];
            if same { measured.right += 1 } else { measured.wrong += 1 }
        }
        measured
    }

    /// Share of the found that is right.
    pub fn precision(&self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    /// Share of what is there that was found.
    pub fn recall(&self) -> f64 {
        share(self.right, self.there)
    }

    /// Harmonic mean of the two.
    pub fn f1(&self) -> f64 {
        share(2 * self.right, self.right + self.wrong + self.there)
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
