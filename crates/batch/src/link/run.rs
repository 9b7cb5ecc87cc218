//! The run over whole lists: blocks, comparison, scoring and groups, on several threads with one result.

use linkage::bulk::{BlockReport, Blocks, BlocksBuilder, Clusters, Comparer, Model, Pattern, Records, Scorer};
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A scored pair: log2 of the odds in milli-bits, and two records, the earlier first.
pub type Pair = (i32, u32, u32);

/// Records handed to a thread at a time.
const CHUNK: usize = 4096;

/// The chunks that one thread works through.
type Chunks<'c> = &'c mut dyn Iterator<Item = Range<usize>>;

/// Works through `0..count` in chunks on several threads; results come back in order, whoever made them.
fn in_chunks<T: Send>(
    count: usize,
    chunk: usize,
    threads: usize,
    work: impl Fn(Chunks<'_>) -> Vec<(usize, T)> + Sync,
) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let one = || {
        let mut chunks = std::iter::from_fn(|| {
            let from = next.fetch_add(1, Ordering::Relaxed) * chunk;
            (from < count).then(|| from..(from + chunk).min(count))
        });
        work(&mut chunks)
    };
    let mut all = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(one)).collect();
        let joined = threads.into_iter().map(|thread| thread.join());
        // A panic in a thread goes on in this one.
        joined.flat_map(|found| found.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect::<Vec<_>>()
    });
    all.sort_by_key(|(from, _)| *from);
    all.into_iter().map(|(_, found)| found).collect()
}

/// Builds the blocks of all rules, and says what came of each.
pub fn blocks(records: &Records, between_lists: bool, threads: usize) -> (Blocks, Vec<BlockReport>) {
    let rules = records.description().rules.len();
    let built: Vec<BlocksBuilder> = in_chunks(rules, 1, threads, |chunks| {
        chunks.map(|rule| (rule.start, BlocksBuilder::new(records, rule.start))).collect()
    });
    let reports = built.iter().map(BlocksBuilder::report).collect();
    (Blocks::join(records, built, between_lists), reports)
}

/// Compares candidates and keeps what `keep` makes of each pair, in order. `whose` picks the first records.
fn compare<T: Send>(
    records: &Records,
    blocks: &Blocks,
    threads: usize,
    learning: bool,
    whose: impl Fn(u32) -> bool + Sync,
    keep: impl Fn(u32, u32, Pattern) -> Option<T> + Sync,
) -> Vec<T> {
    let found = in_chunks(records.len(), CHUNK, threads, |chunks| {
        let mut comparer = Comparer::new(records);
        let mut others = vec![];
        let mut one = |chunk: Range<usize>| {
            let mut kept = vec![];
            let from = chunk.start;
            for record in chunk.map(|record| record as u32).filter(|record| whose(*record)) {
                blocks.candidates(records, record, learning, &mut others);
                kept.extend(others.iter().filter_map(|other| keep(record, *other, comparer.compare(record, *other))));
            }
            (from, kept)
        };
        chunks.map(&mut one).collect()
    });
    found.into_iter().flatten().collect()
}

/// A sample of candidate pairs to learn from.
pub struct Sample {
    /// Their patterns.
    pub patterns: Vec<Pattern>,
    /// How many candidates each stands for.
    pub scale: f64,
    /// Pairs of records there are in all, candidates or not.
    pub all_pairs: u64,
}

/// The candidates of about `records_wanted` records, spread evenly.
pub fn sample(records: &Records, blocks: &Blocks, records_wanted: usize, threads: usize) -> Sample {
    let step = records.len().div_ceil(records_wanted.max(1)).max(1) as u64;
    // A fixed scramble, so that lists sorted by village are sampled evenly too.
    let whose = |record: u32| (u64::from(record).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33) % step == 0;
    let taken = (0..records.len() as u32).filter(|record| whose(*record)).count();
    let patterns = compare(records, blocks, threads, true, whose, |_, _, pattern| Some(pattern));
    let scale = records.len() as f64 / taken.max(1) as f64;
    Sample { patterns, scale, all_pairs: blocks.all_pairs(records) }
}

/// Scored pairs at or above `least`, in order of their records, and the number of candidates compared.
pub fn pairs(records: &Records, blocks: &Blocks, model: &Model, least: i32, threads: usize) -> (Vec<Pair>, usize) {
    let scorer = Scorer::new(model);
    let compared = AtomicUsize::new(0);
    let keep = |left: u32, right: u32, pattern: Pattern| {
        let score = scorer.score(pattern);
        compared.fetch_add(1, Ordering::Relaxed);
        (score >= least).then_some((score, left, right))
    };
    let pairs = compare(records, blocks, threads, false, |_| true, keep);
    (pairs, compared.into_inner())
}

/// Groups of records from scored pairs.
pub fn clusters(records: &Records, model: &Model, pairs: &[Pair]) -> Clusters {
    let scorer = Scorer::new(model);
    let mut comparer = Comparer::new(records);
    let likely = pairs.iter().copied().filter(|(score, ..)| *score >= model.threshold).collect();
    Clusters::new(records.len(), likely, model.threshold, |a, b| scorer.score(comparer.compare(a, b)))
}
