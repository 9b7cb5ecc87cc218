//! What kinds of true pairs were lost, and where: at the keys, below the threshold, in grouping; and what wrong pairs look
//! like. For the tuning lists only: whoever reads this of the final lists has tuned on them.

use batch::link::run::Pair;
use linkage::bulk::{Comparer, Model, Pattern, Records, Scorer, coarse};
use std::collections::BTreeMap;

pub(crate) struct Stages<'s> {
    pub(crate) candidates: &'s [(u32, u32)],
    pub(crate) found: &'s [Pair],
    pub(crate) joined: &'s [(u32, u32)],
}

/// All, no key, below the threshold, found and kept apart by its group.
type Counts = [u64; 4];

const SHOWN: usize = 45;

pub(crate) fn print(records: &Records, model: &Model, truth: &[u32], stages: &Stages<'_>) {
    let scorer = Scorer::new(model);
    let mut comparer = Comparer::new(records);
    let mut by_level: BTreeMap<(usize, &str), Counts> = BTreeMap::new();
    let mut by_shape: BTreeMap<String, (Counts, i64)> = BTreeMap::new();
    for (left, right) in true_pairs(truth) {
        let pattern = comparer.compare(left, right);
        let fate = fate(stages, (left, right));
        for field in 0..records.description().fields.len() {
            let level = comparer.code(field, comparer.read(pattern, field).0);
            count(by_level.entry((field, level)).or_default(), fate);
        }
        let (counts, score) = by_shape.entry(shape(records, &comparer, pattern)).or_default();
        count(counts, fate);
        *score += i64::from(scorer.score(pattern));
    }
    println!("\ntrue pairs by field and level: all, no key, below the threshold, apart in groups, lost in percent");
    for ((field, level), counts) in &by_level {
        println!("{:<18} {level:<20} {}", records.description().fields[*field].name, row(counts));
    }
    println!("\ntrue pairs by shape, the most often lost first: all, no key, below, apart, lost, mean score");
    let mut shapes: Vec<_> = by_shape.iter().collect();
    shapes.sort_by_key(|(_, (counts, _))| std::cmp::Reverse(counts[1] + counts[2] + counts[3]));
    for (shape, (counts, score)) in shapes.into_iter().take(SHOWN) {
        println!("{shape} {} {:>8}", row(counts), score / counts[0].max(1) as i64);
    }
    wrong(records, truth, stages, &scorer, &mut comparer);
}

fn count(counts: &mut Counts, fate: Option<usize>) {
    counts[0] += 1;
    if let Some(fate) = fate {
        counts[fate] += 1;
    }
}

fn row(counts: &Counts) -> String {
    let lost = counts[1] + counts[2] + counts[3];
    let [all, key, below, apart] = counts;
    format!("{all:>8} {key:>7} {below:>7} {apart:>6} {:>6.1}", lost as f64 * 100.0 / (*all).max(1) as f64)
}

fn fate(stages: &Stages<'_>, pair: (u32, u32)) -> Option<usize> {
    if stages.joined.binary_search(&pair).is_ok() {
        return None;
    }
    let found = stages.found.binary_search_by_key(&pair, |(_, left, right)| (*left, *right)).is_ok();
    let candidate = stages.candidates.binary_search(&pair).is_ok();
    Some(if found {
        3
    } else if candidate {
        2
    } else {
        1
    })
}

fn wrong(records: &Records, truth: &[u32], stages: &Stages<'_>, scorer: &Scorer<'_>, comparer: &mut Comparer<'_>) {
    let mut shapes: BTreeMap<String, (u64, u64, i64)> = BTreeMap::new();
    for (left, right) in stages.joined.iter().copied().filter(|(a, b)| truth[*a as usize] != truth[*b as usize]) {
        let pattern = comparer.compare(left, right);
        let entry = shapes.entry(shape(records, comparer, pattern)).or_default();
        entry.0 += 1;
        // The generator numbers people house by house.
        entry.1 += u64::from(truth[left as usize].abs_diff(truth[right as usize]) < 12);
        entry.2 += i64::from(scorer.score(pattern));
    }
    println!("\nwrong pairs by shape: all, about one household, mean score");
    let mut shapes: Vec<_> = shapes.into_iter().collect();
    shapes.sort_by_key(|(_, (count, ..))| std::cmp::Reverse(*count));
    for (shape, (count, near, score)) in shapes.into_iter().take(SHOWN) {
        println!("{shape} {count:>8} {near:>7} {:>8}", score / count as i64);
    }
}

/// A letter for each field, in order: missing, Agree, between, Differ; an e for grown women.
fn shape(records: &Records, comparer: &Comparer<'_>, pattern: Pattern) -> String {
    let fields = records.description().fields.iter().enumerate();
    let letter = |(at, field): (usize, &linkage::bulk::Field)| {
        ['-', 'A', 'b', 'D'][coarse(field.kind, comparer.read(pattern, at).0) as usize]
    };
    fields.map(letter).chain([if pattern.is_excused() { 'e' } else { '.' }]).collect()
}

fn true_pairs(truth: &[u32]) -> Vec<(u32, u32)> {
    let mut order: Vec<(u32, u32)> = truth.iter().zip(0..).map(|(person, record)| (*person, record)).collect();
    order.sort_unstable();
    let mut pairs = vec![];
    for group in order.chunk_by(|left, right| left.0 == right.0) {
        for (at, (_, left)) in group.iter().enumerate() {
            pairs.extend(group[at + 1..].iter().map(|(_, right)| (*left, *right)));
        }
    }
    pairs
}
