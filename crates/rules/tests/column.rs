//! The column evaluator says of every household what the row evaluator says, cell by cell; over the Pakistan pack,
//! over random policies, and so strictly that a change of any operator is noticed.

use rules::{
    Family, K3, Pack, Screening,
    column::{Columns, Decisions, Program, Scratch, Wanted},
    screen,
};
use specimens::{Rates, day, families_with};
use std::{fs, path::Path};

/// Values of every kind that there can be.
const MIXED: Rates = Rates {
    whole: 200,
    null: 400,
    open: 400,
    partial_birth: 400,
    partial_set: 500,
    stale: 50,
    beyond: 30,
    supplied_score: 300,
};

fn pakistan() -> Pack {
    let mut found = vec![];
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../programmes/pk"), &mut found);
    let files: Vec<(&str, &str)> = found.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Pack::load(&files).expect("the pack of this repository is right")
}

fn files(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("the pack folder can be read") {
        let path = entry.expect("its entries can be read").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|e| e == "toml" || e == "csv") {
            found.push((path.display().to_string(), fs::read_to_string(&path).expect("pack files are text")));
        }
    }
}

/// Everything a pack can say.
fn everything(pack: &Pack) -> Wanted {
    let scores = pack.scores().iter().map(|s| s.id.to_string()).collect();
    Wanted { scores: Some(scores), candidates: true, ..Wanted::default() }
}

fn decide(pack: &Pack, families: &[Family]) -> Decisions {
    let program = Program::compile(pack, day(), &everything(pack)).unwrap();
    let columns = Columns::of(&program, families);
    let block = columns.block(&program).unwrap();
    block.check(&program).unwrap();
    let mut out = Decisions::default();
    program.run(&block, &mut Scratch::default(), &mut out);
    out
}

/// The first cell in which they differ, as a sentence; otherwise how many no, unknown and yes there were.
fn compare(out: &Decisions, families: &[Family], rows: &[Screening]) -> Result<[usize; 3], String> {
    let (mut person, mut seen) = (0, [0usize; 3]);
    for (h, (family, row)) in families.iter().zip(rows).enumerate() {
        for (p, verdict) in row.verdicts.iter().enumerate() {
            let differ = |what: &str, column: &dyn std::fmt::Debug, row: &dyn std::fmt::Debug| {
                Err(format!(
                    "household {h}, {}, {what}: by columns {column:?}, by rows {row:?}; {family:?}",
                    verdict.programme
                ))
            };
            if out.truth(p, h) != verdict.truth {
                return differ("truth", &out.truth(p, h), &verdict.truth);
            }
            if out.outcome(p, h) != verdict.outcome {
                return differ("outcome", &out.outcome(p, h), &verdict.outcome);
            }
            if let Some(planes) = &out.programmes[p].candidates {
                for (m, candidate) in verdict.candidates.iter().enumerate() {
                    if planes.get(person + m) != candidate.truth {
                        return differ(&format!("member {m}"), &planes.get(person + m), &candidate.truth);
                    }
                }
            }
            seen[match verdict.truth {
                K3::No => 0,
                K3::Unknown => 1,
                K3::Yes => 2,
            }] += 1;
        }
        for (s, score) in row.scores.iter().enumerate() {
            if out.score(s, h) != score.value {
                return Err(format!(
                    "household {h}, {}: {:?} and {:?}; {family:?}",
                    score.score,
                    out.score(s, h),
                    score.value
                ));
            }
        }
        person += family.members.len();
    }
    Ok(seen)
}

fn screened(pack: &Pack, families: &[Family]) -> Vec<Screening> {
    families.iter().map(|family| screen(pack, family, day())).collect()
}

/// Fails with the seed and the cell where the two evaluators differ.
fn agree(pack: &Pack, seed: u64, households: usize, rates: Rates) -> [usize; 3] {
    let families: Vec<Family> = families_with(pack, seed, households, rates).collect();
    let out = decide(pack, &families);
    compare(&out, &families, &screened(pack, &families)).unwrap_or_else(|cell| panic!("seed {seed}: {cell}"))
}

#[test]
fn both_evaluators_agree_on_the_pakistan_pack() {
    let pack = pakistan();
    let [no, unknown, yes] = agree(&pack, 20261122, 3000, MIXED);
    println!("seed 20261122, 3000 households: {no} no, {unknown} unknown, {yes} yes");
    assert!(no > 1000 && unknown > 1000 && yes > 1000, "the households are too much alike");
}

#[test]
fn both_evaluators_agree_on_random_policies() {
    let mut all = [0; 3];
    for seed in 0..100 {
        let seen = agree(&specimens::pack(seed), seed, 100, MIXED);
        all.iter_mut().zip(seen).for_each(|(all, seen)| *all += seen);
    }
    println!("seeds 0 to 99, 100 households each: {} no, {} unknown, {} yes", all[0], all[1], all[2]);
}
