//! The column evaluator says of every household what the row evaluator says, cell by cell.

mod support;

use rules::{
    Date, Family, K3, Pack, Screening,
    column::{Columns, Decisions, Program, Scratch, Wanted},
    screen,
};
use std::{fs, path::Path};
use support::{
    at,
    draw::{Draw, draw_family},
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
fn all(pack: &Pack) -> Wanted {
    let scores = pack.scores().iter().map(|s| s.id.to_string()).collect();
    Wanted { scores: Some(scores), candidates: true, ..Wanted::default() }
}

fn decide(pack: &Pack, families: &[Family], at: Date, which: &Wanted) -> Decisions {
    let program = Program::compile(pack, at, which).unwrap();
    let columns = Columns::of(&program, families);
    let block = columns.block(&program).unwrap();
    block.check(&program).unwrap();
    let mut out = Decisions::default();
    program.run(&block, &mut Scratch::default(), &mut out);
    out
}

/// Compares every cell of everything with the row evaluator; says how many cells there were.
fn agree(pack: &Pack, families: &[Family], at: Date, about: &str) -> [usize; 3] {
    let out = decide(pack, families, at, &all(pack));
    let (mut person, mut seen) = (0, [0usize; 3]);
    for (h, family) in families.iter().enumerate() {
        let screening = screen(pack, family, at);
        let at_fault = || format!("{about}, household {h}: {family:?}");
        for (p, verdict) in screening.verdicts.iter().enumerate() {
            assert_eq!(out.truth(p, h), verdict.truth, "{}: {}", verdict.programme, at_fault());
            assert_eq!(out.outcome(p, h), verdict.outcome, "{}: {}", verdict.programme, at_fault());
            if let Some(candidates) = &out.programmes[p].candidates {
                for (m, candidate) in verdict.candidates.iter().enumerate() {
                    assert_eq!(
                        candidates.get(person + m),
                        candidate.truth,
                        "{} m{m}: {}",
                        verdict.programme,
                        at_fault()
                    );
                }
            }
            seen[match verdict.truth {
                K3::No => 0,
                K3::Unknown => 1,
                K3::Yes => 2,
            }] += 1;
        }
        same_scores(&out, h, &screening, &at_fault);
        person += family.members.len();
    }
    seen
}

fn same_scores(out: &Decisions, h: usize, screening: &Screening, at_fault: &impl Fn() -> String) {
    for (s, score) in screening.scores.iter().enumerate() {
        assert_eq!(out.score(s, h), score.value, "{}: {}", score.score, at_fault());
    }
}

#[test]
fn both_evaluators_agree_on_the_pakistan_pack() {
    let pack = pakistan();
    let seed = 20261122;
    println!("seed {seed}");
    let mut draw = Draw(seed);
    for (missing, households) in [(0, 400), (5, 400), (40, 400), (95, 100)] {
        let families: Vec<Family> = (0..households).map(|_| draw_family(&pack, at(), 6, missing, &mut draw)).collect();
        let [no, unknown, yes] = agree(&pack, &families, at(), &format!("seed {seed}, {missing} % missing"));
        println!("{missing} % missing, {households} households: {no} no, {unknown} unknown, {yes} yes");
        assert!(no > 0 && unknown > 0 && yes > 0, "the families are too much alike");
    }
}
