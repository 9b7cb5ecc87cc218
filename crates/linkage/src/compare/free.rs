//! Words of a search that are not told apart into name, father and village.

use super::NAMES_ALIKE;
use crate::names::{Name, Part};
use std::ops::Range;

/// The most neighbouring words that are one name.
const SPAN: usize = 4;

/// One stretch of loose words, with every run of neighbours in it read once.
pub(super) struct Stretch {
    words: usize,
    /// The runs that begin at each word, the shortest first.
    runs: Vec<Vec<Name>>,
}

impl Stretch {
    pub(super) fn new(parts: &[Part]) -> Self {
        let run = |from: usize, to: usize| Name::new(parts[from..to].to_vec());
        let runs_at = |from: usize| (from + 1..=parts.len().min(from + SPAN)).map(|to| run(from, to)).collect();
        Self { words: parts.len(), runs: (0..parts.len()).map(runs_at).collect() }
    }
}

/// The words that no field has taken yet, as runs within their stretch.
pub(super) struct Left<'s> {
    runs: Vec<(&'s Stretch, Range<usize>)>,
}

impl<'s> Left<'s> {
    pub(super) fn of(stretches: &'s [Stretch]) -> Self {
        Self { runs: stretches.iter().map(|stretch| (stretch, 0..stretch.words)).collect() }
    }

    /// The similarity of the run of free words most `alike`; when it is enough, its words are used up.
    pub(super) fn take_best(&mut self, alike: impl Fn(&Name) -> i32) -> i32 {
        let mut best = (0, 0, 0..0);
        for (at, (stretch, free)) in self.runs.iter().enumerate() {
            for from in free.clone() {
                for (run, to) in stretch.runs[from].iter().zip(from + 1..=free.end) {
                    let alike = alike(run);
                    if alike > best.0 {
                        best = (alike, at, from..to);
                    }
                }
            }
        }
        let (alike, at, used) = best;
        if alike >= NAMES_ALIKE {
            let (stretch, free) = self.runs.swap_remove(at);
            let rest = [free.start..used.start, used.end..free.end];
            self.runs.extend(rest.into_iter().filter(|rest| !rest.is_empty()).map(|rest| (stretch, rest)));
        }
        alike
    }

    /// How many telling words no field has taken.
    pub(super) fn telling(&self) -> usize {
        let words = |(stretch, free): &(&Stretch, Range<usize>)| -> usize {
            free.clone().filter_map(|at| stretch.runs[at].first()).map(Name::telling).sum()
        };
        self.runs.iter().map(words).sum()
    }
}
