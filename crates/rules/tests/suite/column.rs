//! The column evaluator says of every household what the row evaluator says, cell by cell; over the Pakistan pack,
//! over random policies, and so strictly that a change of any operator is noticed.

use expect_test::expect;
use rules::{
    Family, K3, Pack, Screening,
    column::{Block, Column, Columns, Decisions, Program, Scratch, Totals, Wanted},
    screen,
};
use specimens::{Change, Policy, Rates, Rng, day, families_with, mutants};
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

/// Every truth and score, household by household.
fn cells(out: &Decisions) -> Vec<(Vec<K3>, Vec<rules::Interval>)> {
    let cells = |h| {
        let truths = (0..out.programmes.len()).map(|p| out.truth(p, h)).collect();
        (truths, (0..out.scores.len()).map(|s| out.score(s, h)).collect())
    };
    (0..out.households()).map(cells).collect()
}

/// Forgets facts by chance.
fn partly(family: &Family, rng: &mut Rng) -> Family {
    let mut part = family.clone();
    part.household.retain(|_, _| rng.chance(600));
    part.scores.retain(|_, _| rng.chance(600));
    for member in &mut part.members {
        member.facts.retain(|_, _| rng.chance(600));
        member.birth = member.birth.filter(|_| rng.chance(600));
    }
    part.members_complete &= rng.chance(600);
    part
}

#[test]
fn adding_facts_never_turns_yes_into_no() {
    let (pack, mut rng) = (pakistan(), Rng::new(7));
    // A registry's score replaces a published card's; it does not add to what the card reads.
    let published = |id: &str| pack.score(id).is_some_and(|score| score.published);
    let mut whole: Vec<Family> = families_with(&pack, 7, 1000, MIXED).collect();
    whole.iter_mut().for_each(|family| family.scores.retain(|id, _| !published(id)));
    let part: Vec<Family> = whole.iter().map(|family| partly(family, &mut rng)).collect();
    let (before, after) = (cells(&decide(&pack, &part)), cells(&decide(&pack, &whole)));
    for (h, (before, after)) in before.iter().zip(&after).enumerate() {
        for (b, a) in before.0.iter().zip(&after.0) {
            assert!(*b == K3::Unknown || b == a, "household {h}: {b:?}, then {a:?}");
        }
        for (b, a) in before.1.iter().zip(&after.1) {
            assert!(b.low <= a.low && a.high <= b.high, "household {h}: {b:?}, then {a:?}");
        }
    }
}

#[test]
fn the_order_of_members_and_of_households_does_not_matter() {
    let pack = pakistan();
    let families: Vec<Family> = families_with(&pack, 8, 1000, MIXED).collect();
    let mut turned = families.clone();
    turned.reverse();
    turned.iter_mut().for_each(|family| family.members.reverse());
    let mut other = cells(&decide(&pack, &turned));
    other.reverse();
    assert_eq!(cells(&decide(&pack, &families)), other);
}

#[test]
fn a_block_in_parts_gives_the_same_decisions_and_totals() {
    let pack = pakistan();
    let families: Vec<Family> = families_with(&pack, 9, 1500, MIXED).collect();
    let whole = decide(&pack, &families);
    let program = Program::compile(&pack, day(), &everything(&pack)).unwrap();
    let columns = Columns::of(&program, &families);
    let block = columns.block(&program).unwrap();
    let (mut scratch, mut out) = (Scratch::default(), Decisions::default());
    let (mut found, mut totals) = (vec![], vec![Totals::default(); whole.programmes.len()]);
    for range in [0..1, 1..64, 64..64, 64..700, 700..1500] {
        program.run(&block.part(&program, range), &mut scratch, &mut out);
        found.extend(cells(&out));
        totals.iter_mut().enumerate().for_each(|(p, total)| *total = *total + out.totals(p));
    }
    assert_eq!(found, cells(&whole));
    let expected: Vec<Totals> = (0..whole.programmes.len()).map(|p| whole.totals(p)).collect();
    assert_eq!(totals, expected);
}

#[test]
fn very_large_households_are_counted_too() {
    let pack = pakistan();
    let mut families: Vec<Family> = families_with(&pack, 10, 70, MIXED).collect();
    let member = |n: usize| families.iter().flat_map(|f| &f.members).cycle().nth(n).cloned().unwrap();
    let many: Vec<_> = (0..300).map(member).collect();
    families[20].members = many;
    let out = decide(&pack, &families);
    // The row evaluator's reasons grow with the square of the members, so only a part is screened.
    compare(&out, &families[..21], &screened(&pack, &families[..21])).unwrap();
}

#[test]
fn columns_that_cannot_be_a_block_are_refused() {
    let pack = pakistan();
    let wanted = |programme: &str| Wanted { programmes: Some(vec![programme.into()]), ..Wanted::default() };
    let check = |members: &[u32], column: Option<Column>, expect: expect_test::Expect| {
        let program = Program::compile(&pack, day(), &wanted("kph-sehat-card-plus")).unwrap();
        let mut columns = vec![None; program.inputs().len()];
        columns[0] = column;
        let block = Block::new(&program, members, columns).and_then(|block| block.check(&program));
        expect.assert_eq(&block.map_or_else(|e| e.to_string(), |()| "a block".into()));
    };
    check(&[0, 2], Some(Column::U8(&[6])), expect!["a block"]);
    check(&[0, 2], Some(Column::U8(&[255])), expect!["a block"]);
    check(&[0, 2], None, expect!["a block"]);
    check(&[], None, expect!["The member offsets are empty. Give one more than there are households."]);
    check(
        &[2, 1],
        None,
        expect!["Household 0 of the block has an impossible member list. Offsets must ascend by at most 65,535."],
    );
    check(
        &[0, 2, 3],
        Some(Column::U8(&[6])),
        expect!["The column `household.province_permanent` has 1 rows and needs 2."],
    );
    check(&[0, 2], Some(Column::U16(&[6])), expect!["The column `household.province_permanent` must be stored as U8."]);
    check(
        &[0, 2],
        Some(Column::U8(&[7])),
        expect![
            "The column `household.province_permanent` has a value outside its codes or bounds in row 0. Give it as unknown, or mend it."
        ],
    );
}

#[test]
fn what_is_not_in_the_pack_is_refused_with_a_suggestion() {
    let pack = pakistan();
    let check = |which: Wanted, year: i32, expect: expect_test::Expect| {
        let program = Program::compile(&pack, rules::Date::from_ymd_opt(year, 6, 1).unwrap(), &which);
        expect.assert_eq(&program.map_or_else(|e| e.to_string(), |p| p.programmes().count().to_string()));
    };
    check(Wanted::default(), 2026, expect!["77"]);
    let programmes = Some(vec!["bisp-kafalat".to_owned()]);
    check(
        Wanted { programmes, ..Wanted::default() },
        2026,
        expect!["The pack has no programme `bisp-kafalat`. Did you mean `bisp-kafaalat`?"],
    );
    let scores = Some(vec!["nser".to_owned()]);
    check(
        Wanted { scores, ..Wanted::default() },
        2026,
        expect!["The pack has no score `nser`. Name one that it declares."],
    );
    check(
        Wanted::default(),
        2010,
        expect![
            "The reference date 2010-06-01 is outside 2011-02-01 to 2059-01-01, where births can be told as day numbers. Use a date within."
        ],
    );
}

/// A change of any kind of operator is seen: the changed policy by columns against the policy as it is by rows. Not every
/// change can be told by some household, so policies are tried until one is.
#[test]
fn a_change_of_any_operator_is_noticed() {
    let mut unseen: Vec<(Change, usize)> = Change::ALL.into_iter().map(|change| (change, 0)).collect();
    for seed in 0..30 {
        let policy = Policy::random(seed);
        let pack = policy.load().unwrap();
        let families: Vec<Family> = families_with(&pack, seed, 40, MIXED).collect();
        let rows = screened(&pack, &families);
        unseen.retain_mut(|(change, tried)| {
            let mut changed = mutants(&policy, *change).into_iter().take(4).filter_map(|m| m.policy.load().ok());
            let seen = changed.any(|changed| {
                *tried += 1;
                compare(&decide(&changed, &families), &families, &rows).is_err()
            });
            if seen {
                println!("{change:?}: seen after {tried} changes");
            }
            !seen
        });
        if unseen.is_empty() {
            return;
        }
    }
    panic!("changed and not noticed, with how often tried: {unseen:?}");
}
