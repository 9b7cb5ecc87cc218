//! The specimens are valid, varied, and the same for ever; households come near what policies ask about.

use rules::{K3, screen};
use specimens::{Change, Policy, Rates, day, families, families_with, fresh, mutants, pack, shrink};
use std::collections::BTreeSet;

const POLICIES: u64 = 120;

#[test]
fn every_policy_loads_and_none_is_like_another() {
    let hashes: BTreeSet<String> = (0..POLICIES).map(|seed| pack(seed).hash().to_owned()).collect();
    assert_eq!(hashes.len() as u64, POLICIES);
    assert_eq!(pack(7).hash(), pack(7).hash());
}

#[test]
fn between_them_they_use_every_construct() {
    let text: String = (0..POLICIES).flat_map(|seed| Policy::random(seed).files()).map(|(_, text)| text).collect();
    let constructs = [
        "&&",
        "||",
        "!(",
        " == ",
        " != ",
        " < ",
        " <= ",
        " > ",
        " >= ",
        " + ",
        " - ",
        " * ",
        " / ",
        " / -",
        "(-(",
        " ? ",
        " in [",
        "' in ",
        "members.exists(",
        "members.all(",
        "members.count(",
        ").size()",
        "members.sum(",
        ".map(",
        "members.map(",
        "members.size()",
        "age(person, at)",
        "age(p, at)",
        "age_months(",
        "scores.",
        "applies = ",
        "otherwise = []",
        "derive = ",
        "type = \"decimal\"",
        "scale = 2",
        "any_of",
        "from = ",
        "until = ",
        "state = \"closed\"",
        "state = \"announced\"",
        "rules = \"partial\"",
        "rules = \"open to all\"",
        "rules = \"not published\"",
        "level = \"person\"",
        "level = \"household\"",
        "published = false",
        "published = true",
        "open_codes = \"programmes\"",
        "fresh_months = 12",
        "[[preference]]",
        "[[benefit]]",
        "[[paper]]",
        "true",
        "false",
        "in []",
    ];
    let missing: Vec<_> = constructs.iter().filter(|construct| !text.contains(**construct)).collect();
    assert!(missing.is_empty(), "never drawn: {missing:?}");
}

/// A comparison of evaluators over verdicts that are all alike would show nothing.
#[test]
fn verdicts_fall_on_every_side() {
    let mut seen = [0u32; 3];
    for seed in 0..60 {
        let pack = pack(seed);
        for family in families(&pack, seed, 30) {
            for verdict in screen(&pack, &family, day()).verdicts {
                seen[match verdict.truth {
                    K3::No => 0,
                    K3::Unknown => 1,
                    K3::Yes => 2,
                }] += 1;
            }
        }
    }
    let all: u32 = seen.iter().sum();
    assert!(seen.iter().all(|n| n * 100 / all >= 15), "no, unknown, yes: {seen:?}");
}

#[test]
fn households_keep_to_their_rates() {
    let pack = pack(3);
    let whole = Rates { whole: 1000, ..Rates::default() };
    for family in families_with(&pack, 1, 200, whole) {
        assert!(family.members_complete);
        assert!(screen(&pack, &family, day()).ignored.is_empty());
    }
    let open = families(&pack, 1, 1000).filter(|family| !family.members_complete).count();
    assert!((200..400).contains(&open), "{open} of 1000 lists are open");
    let again: Vec<_> = families(&pack, 1, 3).collect();
    assert_eq!(again, families(&pack, 1, 3).collect::<Vec<_>>());
}

#[test]
fn a_value_too_old_is_left_out_of_the_fresh_household() {
    let stale = Rates { whole: 0, null: 0, stale: 500, ..Rates::default() };
    let mut left_out = 0;
    for seed in 0..20 {
        let pack = pack(seed);
        for family in families_with(&pack, seed, 20, stale) {
            let fresh = fresh(&pack, &family, day());
            left_out += usize::from(fresh != family);
            let truths = |f| screen(&pack, f, day()).verdicts.iter().map(|v| v.truth).collect::<Vec<_>>();
            assert_eq!(truths(&fresh), truths(&family), "seed {seed}");
        }
    }
    assert!(left_out > 100, "{left_out}");
}

#[test]
fn every_change_of_an_operator_can_be_made() {
    let policies: Vec<Policy> = (0..25).map(Policy::random).collect();
    for change in Change::ALL {
        let made: Vec<_> = policies.iter().flat_map(|policy| mutants(policy, change)).collect();
        assert!(made.len() > 3, "{change:?}: {}", made.len());
        assert!(made.iter().rev().any(|mutant| mutant.policy.load().is_ok()), "{change:?}");
    }
}

#[test]
fn shrinking_takes_one_thing_away() {
    let pack = pack(3);
    let family = families(&pack, 1, 20).find(|f| f.members.len() > 1).unwrap();
    assert!(shrink(&family).iter().all(|less| *less != family));
}
