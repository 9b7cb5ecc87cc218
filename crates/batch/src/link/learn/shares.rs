//! Counts made into shares, none of them nothing.

use linkage::bulk::{Kind, LEVELS, coarse, level_count};

/// Shares of levels given the rough level, none of them nothing.
pub(super) fn fine(kind: Kind, counts: &[f64; LEVELS], least: f64) -> [f64; LEVELS] {
    let mut shares = [0.0; LEVELS];
    for level in 0..level_count(kind) {
        let rough = coarse(kind, level as u8);
        let alike = (0..level_count(kind)).filter(|other| coarse(kind, *other as u8) == rough);
        let (sum, kinds) = alike.fold((0.0, 0.0), |(sum, kinds), other| (sum + counts[other], kinds + 1.0));
        shares[level] = (counts[level] + least / kinds) / (sum + least);
    }
    shares
}

pub(super) fn guess_fine(kind: Kind) -> [f64; LEVELS] {
    let mut counts = [0.0; LEVELS];
    for (level, count) in counts.iter_mut().enumerate().take(level_count(kind)) {
        // The nearer levels come first in every kind.
        *count = 0.7_f64.powi(level as i32);
    }
    fine(kind, &counts, 0.01)
}

pub(super) fn marginal(joint: &[f64], nth: usize) -> [f64; 4] {
    let mut shares = [0.0; 4];
    let total: f64 = joint.iter().sum();
    joint.iter().enumerate().for_each(|(at, count)| shares[at >> (2 * nth) & 3] += count / total.max(1e-300));
    shares
}

/// [`smoothed`], for excused and other pairs apart: each half is shares of its own.
pub(super) fn in_halves(counts: &[f64], width: usize, strength: f64) -> Vec<f64> {
    counts.chunks(1 << (2 * width)).flat_map(|half| smoothed(half, width, strength)).collect()
}

/// Joint shares, drawn towards what the fields would give if each stood alone by `strength` invented pairs.
fn smoothed(counts: &[f64], width: usize, strength: f64) -> Vec<f64> {
    let total: f64 = counts.iter().sum();
    let marginals: Vec<[f64; 4]> = (0..width)
        .map(|nth| {
            marginal(counts, nth).map(|share| (share * total + 0.25 * strength.min(1.0)) / (total + strength.min(1.0)))
        })
        .collect();
    let alone = |at: usize| (0..width).map(|nth| marginals[nth][at >> (2 * nth) & 3]).product::<f64>();
    counts.iter().enumerate().map(|(at, count)| (count + strength * alone(at)) / (total + strength)).collect()
}
