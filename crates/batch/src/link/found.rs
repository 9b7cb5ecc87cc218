//! What was found: the candidates of the keys, weighed again by who lives with whom.
//!
//! Lists hold families. Two women of one name and one village who stand under different men are one woman more likely when
//! her son is found in both homes, and less likely when both live with others of whom nobody is. How much less is learned
//! from the lists themselves, without labels: how often that happens to pairs that are sure without it, and how often to
//! any two records.

use super::generate::Random;
use super::run::{CHUNK, Pair, in_chunks, pairs};
use linkage::bulk::{Between, Blocks, Comparer, Homes, Model, Partners, Records, Scorer};
use std::cmp::Reverse;
use std::ops::Range;

/// What linking found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Scored pairs at or above the model's threshold, in order of their records.
    pub pairs: Vec<Pair>,
    /// Pairs compared.
    pub compared: usize,
    /// How many of the pairs no key holds or were too weak without their homes.
    pub at_home: usize,
}

/// Pairs so far below the threshold are weighed again, in milli-bits.
const BELOW: i32 = 4_000;
/// Pairs so far above it are sure: homes meet in them, and how homes stand is learned from them.
const SURE: i32 = 8_000;
/// That two homes are one is never taken for surer than this.
pub const MOST_TRUST: i32 = 16_000;

/// Likely pairs: the candidates of all keys, weighed again by their homes, and the people who live with those found.
pub fn found(records: &Records, blocks: &Blocks, model: &Model, threads: usize) -> Found {
    let (near, compared) = pairs(records, blocks, model, model.threshold - BELOW, threads);
    let sure: Vec<Pair> = near.iter().copied().filter(|(score, ..)| *score >= model.threshold + SURE).collect();
    let partners = Partners::new(records.len(), sure.iter().copied());
    let weights = Weights::learn(records, blocks, &sure, &partners);
    let scorer = Scorer::new(model);
    let weighed = each(&near, threads, || {
        let (mut homes, mut comparer) = (Homes::new(records, blocks), Comparer::new(records));
        let (scorer, partners, weights) = (&scorer, &partners, &weights);
        move |(score, left, right): Pair| {
            let again = if score >= model.threshold + SURE {
                score
            } else {
                let trust = weights.of(homes.between(left, right, partners));
                scorer.score_at_home(comparer.compare(left, right), trust)
            };
            (again >= model.threshold).then_some((again, left, right, score < model.threshold))
        }
    });
    let raised = weighed.iter().filter(|(.., raised)| *raised).count();
    let mut found: Vec<Pair> = weighed.into_iter().map(|(score, left, right, _)| (score, left, right)).collect();
    let relatives = relatives(records, blocks, &found, threads);
    let again = each(&relatives, threads, || {
        let mut comparer = Comparer::new(records);
        let scorer = &scorer;
        move |(trust, left, right): Pair| {
            let score = scorer.score_at_home(comparer.compare(left, right), trust.min(MOST_TRUST));
            (score >= model.threshold).then_some((score, left, right))
        }
    });
    let at_home = raised + again.len();
    found.extend(again);
    found.sort_unstable_by_key(|(_, left, right)| (*left, *right));
    Found { pairs: found, compared: compared + relatives.len(), at_home }
}

/// What a worker of each thread makes of every pair, in order.
fn each<T: Send, W: FnMut(Pair) -> Option<T>>(pairs: &[Pair], threads: usize, worker: impl Fn() -> W + Sync) -> Vec<T> {
    let made = in_chunks(pairs.len(), CHUNK, threads, |chunks| {
        let mut work = worker();
        let mut one = |chunk: Range<usize>| {
            let start = chunk.start;
            (start, pairs[chunk].iter().filter_map(|pair| work(*pair)).collect::<Vec<T>>())
        };
        chunks.map(&mut one).collect()
    });
    made.into_iter().flatten().collect()
}

/// Unfound records of the homes of found pairs, in order, each with the best score that led to it.
fn relatives(records: &Records, blocks: &Blocks, pairs: &[Pair], threads: usize) -> Vec<Pair> {
    let mut found = vec![false; records.len()];
    for (_, left, right) in pairs {
        found[*left as usize] = true;
        found[*right as usize] = true;
    }
    let all = each(pairs, threads, || {
        let mut homes = Homes::new(records, blocks);
        let found = &found;
        move |pair: Pair| {
            let mut out = vec![];
            homes.of_pair(pair, found, &mut out);
            Some(out)
        }
    });
    let mut all: Vec<Pair> = all.into_iter().flatten().map(|(left, right, score)| (score, left, right)).collect();
    all.sort_unstable_by_key(|(score, left, right)| (*left, *right, Reverse(*score)));
    all.dedup_by_key(|(_, left, right)| (*left, *right));
    all
}

/// What homes say against two records being of strangers, in milli-bits: where one home is not known, and of homes apart by
/// how many live there.
#[derive(Debug, Default)]
struct Weights {
    unknown: i32,
    apart: [i32; SIZES],
}

/// Homes of so many others and more count alike.
const SIZES: usize = 4;
/// Random pairs that are looked at.
const RANDOM: usize = 200_000;
/// With fewer sure pairs nothing is learned.
const ENOUGH: f64 = 200.0;

impl Weights {
    fn learn(records: &Records, blocks: &Blocks, sure: &[Pair], partners: &Partners) -> Self {
        let mut homes = Homes::new(records, blocks);
        let same = Shares::of(sure.iter().map(|(_, left, right)| homes.between(*left, *right, partners)));
        let mut random = Random::new(0x40E5);
        let mut homes = Homes::new(records, blocks);
        let any = Shares::of((0..RANDOM).map(|_| {
            let (a, b) = (random.below(records.len()) as u32, random.below(records.len()) as u32);
            if a == b { Between::OneHome } else { homes.between(a, b, partners) }
        }));
        if same.all < ENOUGH || any.all < ENOUGH {
            return Self::default();
        }
        let weight = |same: f64, any: f64| ((same / any).log2() * 1000.0).round().clamp(-8000.0, 4000.0) as i32;
        Self {
            unknown: weight(same.share(same.unknown), any.share(any.unknown)),
            apart: std::array::from_fn(|at| weight(same.share(same.apart[at]), any.share(any.apart[at]))),
        }
    }

    fn of(&self, between: Between) -> i32 {
        match between {
            Between::OneHome => 0,
            Between::Met(score) => score.min(MOST_TRUST),
            Between::Unknown => self.unknown,
            Between::Apart(at_least) => self.apart[at_least.min(SIZES) - 1],
        }
    }
}

#[derive(Debug, Default)]
struct Shares {
    all: f64,
    unknown: f64,
    apart: [f64; SIZES],
}

impl Shares {
    fn of(seen: impl Iterator<Item = Between>) -> Self {
        let mut shares = Self::default();
        for between in seen {
            match between {
                Between::OneHome => continue,
                Between::Unknown => shares.unknown += 1.0,
                Between::Apart(at_least) => shares.apart[at_least.min(SIZES) - 1] += 1.0,
                Between::Met(_) => {}
            }
            shares.all += 1.0;
        }
        shares
    }

    fn share(&self, count: f64) -> f64 {
        (count + 1.0) / (self.all + 2.0)
    }
}
