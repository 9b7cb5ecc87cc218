//! Row and column evaluator over random policies: every verdict, outcome, candidate and score alike.

use rules::{
    Family, K3, Pack,
    column::{Columns, Decisions, Program, Scratch, Wanted},
    screen,
};
use specimens::{Change, Policy, Rates, day, families_with, fresh, mutants};

/// Households in all, and policies they are shared among.
const HOUSEHOLDS: usize = 100_000;
const POLICIES: u64 = 100;

/// As hostile as they come: some values do not fit their facts.
const RATES: Rates = Rates {
    whole: 250,
    null: 400,
    open: 400,
    partial_birth: 400,
    partial_set: 500,
    stale: 0,
    beyond: 10,
    supplied_score: 300,
};

/// Cells compared and verdicts by side.
#[derive(Debug, Default)]
struct Seen {
    cells: usize,
    verdicts: [usize; 3],
}

fn decide(pack: &Pack, families: &[Family]) -> Decisions {
    let scores = pack.scores().iter().map(|s| s.id.to_string()).collect();
    let which = Wanted { scores: Some(scores), candidates: true, ..Wanted::default() };
    let program = Program::compile(pack, day(), &which).unwrap();
    let columns = Columns::of(&program, families);
    let block = columns.block(&program).unwrap();
    let mut out = Decisions::default();
    program.run(&block, &mut Scratch::default(), &mut out);
    out
}

/// Compares households with what the columns say; the first difference, if any.
fn compare(pack: &Pack, families: &[Family], columns: &Decisions, seen: &mut Seen) -> Result<(), String> {
    let mut person = 0;
    for (household, family) in families.iter().enumerate() {
        let screening = screen(pack, family, day());
        for (index, verdict) in screening.verdicts.iter().enumerate() {
            let told = (columns.truth(index, household), columns.outcome(index, household));
            if told != (verdict.truth, verdict.outcome) {
                let row = (verdict.truth, verdict.outcome);
                return Err(format!("{}: rows say {row:?}, columns {told:?}: {family:?}", verdict.programme));
            }
            if let Some(planes) = &columns.programmes[index].candidates {
                for (member, candidate) in verdict.candidates.iter().enumerate() {
                    if planes.get(person + member) != candidate.truth {
                        return Err(format!("{} of m{}: {family:?}", verdict.programme, member + 1));
                    }
                    seen.cells += 1;
                }
            }
            seen.cells += 2;
            seen.verdicts[match verdict.truth {
                K3::No => 0,
                K3::Unknown => 1,
                K3::Yes => 2,
            }] += 1;
        }
        for (index, score) in screening.scores.iter().enumerate() {
            let told = columns.score(index, household);
            if told != score.value {
                return Err(format!("{}: rows say {:?}, columns {told:?}: {family:?}", score.score, score.value));
            }
            seen.cells += 1;
        }
        person += family.members.len();
    }
    Ok(())
}

#[test]
fn rows_and_columns_agree_on_a_hundred_thousand_households() {
    let each = HOUSEHOLDS / usize::try_from(POLICIES).unwrap();
    let mut seen = Seen::default();
    for seed in 0..POLICIES {
        let pack = specimens::pack(seed);
        let families: Vec<Family> = families_with(&pack, seed, each, RATES).collect();
        if let Err(why) = compare(&pack, &families, &decide(&pack, &families), &mut seen) {
            panic!("policy {seed} (specimens::pack({seed})): {why}");
        }
    }
    println!("{HOUSEHOLDS} households, {POLICIES} policies: {seen:?}");
    let all: usize = seen.verdicts.iter().sum();
    assert!(seen.verdicts.iter().all(|side| side * 10 > all), "verdicts are too much alike: {seen:?}");
}

#[test]
fn a_value_too_old_is_not_known_in_either() {
    let stale = Rates { stale: 300, ..RATES };
    for seed in 0..20 {
        let pack = specimens::pack(seed);
        let held: Vec<Family> = families_with(&pack, seed, 50, stale).collect();
        let fresh: Vec<Family> = held.iter().map(|family| fresh(&pack, family, day())).collect();
        if let Err(why) = compare(&pack, &held, &decide(&pack, &fresh), &mut Seen::default()) {
            panic!("policy {seed}: {why}");
        }
    }
}

/// Columns that decide by a policy with one operator changed are found out.
#[test]
fn a_change_of_any_operator_is_noticed() {
    let mut unnoticed = vec![];
    for change in Change::ALL {
        let noticed = (0..40).find_map(|seed| {
            let policy = Policy::random(seed);
            let pack = policy.load().unwrap();
            let families: Vec<Family> = families_with(&pack, seed, 100, RATES).collect();
            mutants(&policy, change).into_iter().take(3).find_map(|mutant| {
                let changed = mutant.policy.load().ok()?;
                compare(&pack, &families, &decide(&changed, &families), &mut Seen::default()).err()?;
                Some(format!("{change:?}: policy {seed}: {}", mutant.place))
            })
        });
        match noticed {
            Some(place) => println!("{place}"),
            None => unnoticed.push(change),
        }
    }
    assert!(unnoticed.is_empty(), "nobody noticed: {unnoticed:?}");
}
