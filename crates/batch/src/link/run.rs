//! The run over whole lists: blocks, comparison, scoring and groups, on several threads with one result.

use linkage::bulk::{BlockReport, Blocks, BlocksBuilder, Clusters, Comparer, Model, Pattern, Records, Scorer};
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A scored pair: log2 of the odds in milli-bits, and two records, the earlier first.
pub type Pair = (i32, u32, u32);

/// Records handed to a thread at a time.
pub(super) const CHUNK: usize = 4096;

/// The chunks that one thread works through.
pub(super) type Chunks<'c> = &'c mut dyn Iterator<Item = Range<usize>>;

/// Works through `0..count` in chunks on several threads; results come back in order, whoever made them.
pub(super) fn in_chunks<T: Send>(
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

/// Compares candidates and keeps what `keep` makes of each pair, in order; with the number of candidates. `whose` picks
/// the first records.
fn compare<T: Send>(
    records: &Records,
    blocks: &Blocks,
    threads: usize,
    learning: bool,
    whose: impl Fn(u32) -> bool + Sync,
    keep: impl Fn(&mut Comparer<'_>, u32, u32) -> Option<T> + Sync,
) -> (Vec<T>, usize) {
    let found = in_chunks(records.len(), CHUNK, threads, |chunks| {
        let mut comparer = Comparer::new(records);
        let mut others = vec![];
        let mut one = |chunk: Range<usize>| {
            let (mut kept, mut compared) = (vec![], 0);
            let from = chunk.start;
            for record in chunk.map(|record| record as u32).filter(|record| whose(*record)) {
                blocks.candidates(records, record, learning, &mut others);
                compared += others.len();
                kept.extend(others.iter().filter_map(|other| keep(&mut comparer, record, *other)));
            }
            (from, (kept, compared))
        };
        chunks.map(&mut one).collect()
    });
    let compared = found.iter().map(|(_, compared)| compared).sum();
    (found.into_iter().flat_map(|(kept, _)| kept).collect(), compared)
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
    let (patterns, _) =
        compare(records, blocks, threads, true, whose, |comparer, left, right| Some(comparer.compare(left, right)));
    let scale = records.len() as f64 / taken.max(1) as f64;
    Sample { patterns, scale, all_pairs: blocks.all_pairs(records) }
}

/// Scored pairs at or above `least`, in order of their records, and the number of candidates compared.
pub fn pairs(records: &Records, blocks: &Blocks, model: &Model, least: i32, threads: usize) -> (Vec<Pair>, usize) {
    let scorer = Scorer::new(model);
    let keep = |comparer: &mut Comparer<'_>, left: u32, right: u32| {
        let hopeless = |own| least > i32::MIN && scorer.is_hopeless(own, least);
        let pattern = comparer.compare_unless(left, right, hopeless)?;
        let score = scorer.score(pattern);
        (score >= least).then_some((score, left, right))
    };
    compare(records, blocks, threads, false, |_| true, keep)
}

/// Groups of records from scored pairs, which are in order of their records. A pair that is not among them is scored on
/// its own.
pub fn clusters(records: &Records, model: &Model, pairs: &[Pair]) -> Clusters {
    let scorer = Scorer::new(model);
    let mut comparer = Comparer::new(records);
    let likely = pairs.iter().copied().filter(|(score, ..)| *score >= model.threshold).collect();
    Clusters::new(records.len(), likely, model.threshold, |a, b| {
        let known = pairs.binary_search_by_key(&(a.min(b), a.max(b)), |(_, left, right)| (*left, *right));
        known.map_or_else(|_| scorer.score(comparer.compare(a, b)), |at| pairs[at].0)
    })
}
