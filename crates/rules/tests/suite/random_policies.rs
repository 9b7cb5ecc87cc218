//! What must hold of every policy: more facts never turn a verdict round, and no order matters.

use rules::{
    Birth, Family, Interval, K3, Pack, Screening, Value,
    column::{Columns, Decisions, Program, Scratch, Wanted},
    screen,
};
use specimens::{Rates, Rng, day, families_with};

const POLICIES: u64 = 80;
const HOUSEHOLDS: usize = 25;

/// Every fact of a household and nothing that does not fit; a score card is never overruled by a registry, whose word
/// is another measurement and no further fact.
const WHOLE: Rates =
    Rates { whole: 1000, null: 0, open: 0, partial_birth: 0, partial_set: 0, stale: 0, beyond: 0, supplied_score: 0 };

/// The same household when less is known of it: facts, births and codes forgotten or blurred, members not yet told of.
fn less(family: &Family, pack: &Pack, rng: &mut Rng) -> Family {
    let mut part = family.clone();
    let rate = u32::try_from(rng.between(20, 500)).unwrap();
    part.household.retain(|_, _| !rng.chance(rate));
    if part.members_complete && part.members.len() <= pack.members_max() as usize && rng.chance(400) {
        part.members_complete = false;
        part.members.retain(|_| !rng.chance(rate));
    }
    let blur = |value: &mut Value, rng: &mut Rng| {
        if let Value::Set { has, complete } = value
            && rng.chance(rate)
        {
            *complete = false;
            has.retain(|_| !rng.chance(rate));
        }
    };
    part.household.values_mut().for_each(|held| blur(&mut held.value, rng));
    for member in &mut part.members {
        member.facts.retain(|_, _| !rng.chance(rate));
        member.facts.values_mut().for_each(|held| blur(&mut held.value, rng));
        member.birth = member.birth.filter(|_| !rng.chance(rate)).map(|birth| {
            let wider = |latest: bool| {
                use chrono::Datelike;
                let year = Birth::year(birth.earliest.year()).unwrap_or(birth);
                if latest { birth.latest.max(year.latest) } else { birth.earliest.min(year.earliest) }
            };
            if rng.chance(rate) { Birth { earliest: wider(false), latest: wider(true) } } else { birth }
        });
    }
    part
}

/// Whether the first answer may become the second when more is learnt. A card none of whose answers holds leaves its
/// points open, so with cards a verdict may become unknown again; turned round it must not be.
fn may_become(before: K3, after: K3, has_cards: bool) -> bool {
    before == K3::Unknown || before == after || (has_cards && after == K3::Unknown)
}

/// The candidates of one verdict by their member.
fn candidates(screening: &Screening, programme: usize) -> Vec<(Option<String>, K3)> {
    let of = |c: &rules::CandidateVerdict| (c.member.as_ref().map(ToString::to_string), c.truth);
    screening.verdicts[programme].candidates.iter().map(of).collect()
}

#[test]
fn adding_facts_never_turns_yes_into_no() {
    let (mut settled, mut reopened) = (0, 0);
    for seed in 0..POLICIES {
        let pack = specimens::pack(seed);
        let has_cards = pack.scores().iter().any(|score| score.published);
        let mut rng = Rng::new(seed);
        for (number, whole) in families_with(&pack, seed, HOUSEHOLDS, WHOLE).enumerate() {
            let middle = less(&whole, &pack, &mut rng);
            let least = less(&middle, &pack, &mut rng);
            let [least, middle, whole] = [&least, &middle, &whole].map(|family| screen(&pack, family, day()));
            for (before, after) in [(&least, &middle), (&middle, &whole), (&least, &whole)] {
                for (index, (b, a)) in before.verdicts.iter().zip(&after.verdicts).enumerate() {
                    let about = || format!("policy {seed}, household {number}, {}", b.programme);
                    assert!(may_become(b.truth, a.truth, has_cards), "{}: {:?} then {:?}", about(), b.truth, a.truth);
                    settled += usize::from(b.truth == K3::Unknown && a.truth != K3::Unknown);
                    reopened += usize::from(b.truth != K3::Unknown && a.truth == K3::Unknown);
                    let later = candidates(after, index);
                    for (member, truth) in candidates(before, index) {
                        let then = later.iter().find(|(other, _)| *other == member).expect("nobody leaves").1;
                        assert!(may_become(truth, then, has_cards), "{} {member:?}: {truth:?} then {then:?}", about());
                    }
                }
                for (b, a) in before.scores.iter().zip(&after.scores) {
                    let within = |a: Interval, b: Interval| b.low <= a.low && a.high <= b.high;
                    assert!(has_cards || within(a.value, b.value), "policy {seed}: {b:?} then {a:?}");
                }
            }
        }
    }
    println!("{settled} verdicts were settled by further facts, {reopened} opened again by a card without an answer");
    assert!(settled > 1000, "{settled}");
}

#[test]
fn the_order_of_members_does_not_matter() {
    for seed in 0..POLICIES {
        let pack = specimens::pack(seed);
        let mut rng = Rng::new(seed);
        for family in families_with(&pack, seed, HOUSEHOLDS, Rates::default()) {
            let mut other = family.clone();
            rng.shuffle(&mut other.members);
            let (one, two) = (screen(&pack, &family, day()), screen(&pack, &other, day()));
            assert_eq!(one.scores, two.scores, "policy {seed}");
            for (index, (a, b)) in one.verdicts.iter().zip(&two.verdicts).enumerate() {
                assert_eq!((a.truth, a.outcome), (b.truth, b.outcome), "policy {seed}, {}", a.programme);
                let [mut a, mut b] = [&one, &two].map(|screening| candidates(screening, index));
                a.sort();
                b.sort();
                assert_eq!(a, b, "policy {seed}");
            }
        }
    }
}

/// Households side by side in columns do not touch one another.
#[test]
fn the_order_of_households_does_not_matter() {
    for seed in 0..POLICIES {
        let pack = specimens::pack(seed);
        let mut order: Vec<(usize, Family)> = families_with(&pack, seed, 90, Rates::default()).enumerate().collect();
        let program = Program::compile(&pack, day(), &Wanted::default()).unwrap();
        let decide = |order: &[(usize, Family)]| {
            let families: Vec<Family> = order.iter().map(|(_, family)| family.clone()).collect();
            let columns = Columns::of(&program, &families);
            let mut out = Decisions::default();
            program.run(&columns.block(&program).unwrap(), &mut Scratch::default(), &mut out);
            out
        };
        let straight = decide(&order);
        Rng::new(seed).shuffle(&mut order);
        let turned = decide(&order);
        for (place, (number, _)) in order.iter().enumerate() {
            for programme in 0..pack.programmes().len() {
                let says =
                    |out: &Decisions, household| (out.truth(programme, household), out.outcome(programme, household));
                assert_eq!(says(&turned, place), says(&straight, *number), "policy {seed}, household {number}");
            }
        }
    }
}
