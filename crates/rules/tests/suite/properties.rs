//! Properties over random policies and families; a failure prints its seed and the smallest counter-example.

use crate::support::{at, family, pack, programme};
use proptest::prelude::*;
use rules::{Family, Held, K3, Pack, Value, screen};
use serde_json::json;
use std::sync::LazyLock;

/// Programmes that between them use every kind of expression.
static PACK: LazyLock<Pack> = LazyLock::new(|| {
    let conditions: [(&str, &str, &[&str]); 9] = [
        ("a", "household", &["household.registered && household.income < 5000"]),
        ("b", "household", &["scores.card <= 35 || household.has_disabled_member"]),
        ("c", "person", &["person.sex == 'female'", "age(person, at) >= 18", "person.ever_married"]),
        ("d", "person", &["person.in_school && person.class >= 5", "!('a' in person.active_programmes)"]),
        ("e", "household", &["members.sum(p, age(p, at) >= 18, p.wage) < 40000"]),
        ("f", "household", &["household.children >= 2", "members.all(p, p.sex != 'male' || p.wage < 9000)"]),
        ("g", "person", &["household.registered ? person.wage < 5000 : person.wage < 3000"]),
        ("h", "household", &["household.province == 'kp' && household.land_acres * 2 <= 12.5"]),
        ("i", "person", &["!person.in_school || members.exists(p, p.disabled && p.wage > 100)"]),
    ];
    let texts: Vec<(&str, String)> =
        conditions.iter().map(|(id, level, all)| (*id, programme(id, level, "complete", all))).collect();
    pack(&texts)
});

const DISTRICTS: [&str; 2] = ["lahore", "nowshera"];
const SEXES: [&str; 3] = ["female", "male", "transgender"];
const MARITAL: [&str; 3] = ["never_married", "married", "widowed"];

/// Age, sex, marital status, disabled, in school, class, wage, receives programme a.
type Drawn = (i32, usize, usize, bool, bool, i64, i64, bool);

/// A family with everything known: two to four members.
fn full() -> impl Strategy<Value = serde_json::Value> {
    let member = (0..70i32, 0..3usize, 0..3usize, any::<bool>(), any::<bool>(), 0..17i64, 0..50_000i64, any::<bool>());
    let household = (any::<bool>(), 0..10_000i64, any::<bool>(), 0..200i64);
    (household, prop::collection::vec(member, 2..5)).prop_map(|((registered, income, kp, land), members)| {
        let member = |(i, m): (usize, &Drawn)| {
            json!({
                "id": format!("m{i}"), "birth": format!("{}-05-10", 2026 - m.0),
                "sex": SEXES[m.1], "marital_status": MARITAL[m.2],
                "disabled": m.3, "in_school": m.4, "class": m.5, "wage": m.6,
                "active_programmes": (m.7).then_some("a").into_iter().collect::<Vec<_>>(),
            })
        };
        json!({
            "household": { "registered": registered, "income": income, "members_complete": true,
                "district": DISTRICTS[usize::from(kp)], "land_acres": land },
            "members": members.iter().enumerate().map(member).collect::<Vec<_>>(),
        })
    })
}

/// Drops the facts whose turn in the bits is off.
fn partly(family: &Family, bits: &[bool]) -> Family {
    let mut part = family.clone();
    let mut turn = bits.iter().cycle();
    let mut keep = move || *turn.next().unwrap_or(&true);
    part.household.retain(|_, _| keep());
    for member in &mut part.members {
        member.facts.retain(|_, _| keep());
        member.birth = member.birth.filter(|_| keep());
    }
    part.members_complete &= keep();
    part
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// A verdict given on part of the facts is the verdict on all of them.
    #[test]
    fn adding_a_fact_never_turns_yes_into_no(plain in full(), bits in prop::collection::vec(any::<bool>(), 1..40)) {
        let whole = family(&PACK, plain);
        let part = partly(&whole, &bits);
        let (before, after) = (screen(&PACK, &part, at()), screen(&PACK, &whole, at()));
        for (b, a) in before.verdicts.iter().zip(&after.verdicts) {
            prop_assert!(a.truth.is_known(), "everything is known: {}", a.programme);
            prop_assert!(b.truth == K3::Unknown || b.truth == a.truth, "{} {:?} then {:?}", b.programme, b.truth, a.truth);
            for (bc, ac) in b.candidates.iter().zip(&a.candidates) {
                prop_assert!(bc.truth == K3::Unknown || bc.truth == ac.truth);
            }
        }
        for (b, a) in before.scores.iter().zip(&after.scores) {
            prop_assert!(b.value.low <= a.value.low && a.value.high <= b.value.high, "{:?} then {:?}", b, a);
        }
    }

    /// The order in which members were named does not matter.
    #[test]
    fn the_order_of_members_does_not_matter(plain in full(), bits in prop::collection::vec(any::<bool>(), 1..40)) {
        let family = partly(&family(&PACK, plain), &bits);
        let mut turned = family.clone();
        turned.members.reverse();
        let (one, other) = (screen(&PACK, &family, at()), screen(&PACK, &turned, at()));
        for (a, b) in one.verdicts.iter().zip(&other.verdicts) {
            prop_assert_eq!((a.truth, a.outcome, a.missing.len()), (b.truth, b.outcome, b.missing.len()));
        }
    }

    /// An undecided candidate names what is missing; each is truly unknown; and no fact held is named.
    #[test]
    fn what_is_missing_is_named_and_is_missing(plain in full(), bits in prop::collection::vec(any::<bool>(), 1..40)) {
        let whole = family(&PACK, plain);
        let part = partly(&whole, &bits);
        for candidate in screen(&PACK, &part, at()).verdicts.iter().flat_map(|v| &v.candidates) {
            prop_assert_eq!(candidate.truth == K3::Unknown, !candidate.missing().is_empty());
            for missing in candidate.missing() {
                prop_assert!(!is_held(&part, missing), "{:?} is held", missing);
            }
        }
    }

    /// Learning every missing fact of a candidate, whatever the answers, and going on so, ends in a verdict.
    #[test]
    fn learning_what_is_missing_leads_to_a_verdict(plain in full(), bits in prop::collection::vec(any::<bool>(), 1..40)) {
        let whole = family(&PACK, plain);
        let mut part = partly(&whole, &bits);
        for _ in 0..40 {
            let screening = screen(&PACK, &part, at());
            let Some(candidate) = screening.verdicts.iter().flat_map(|v| &v.candidates).find(|c| c.truth == K3::Unknown) else {
                return Ok(());
            };
            candidate.missing().iter().for_each(|missing| learn(&whole, &mut part, missing));
        }
        prop_assert!(false, "still undecided after forty rounds");
    }
}

fn parts(missing: &rules::FactRef) -> &str {
    missing.fact.split_once('.').map_or("", |(_, short)| short)
}

fn is_held(family: &Family, missing: &rules::FactRef) -> bool {
    let short = parts(missing);
    match &missing.member {
        None if short == "members_complete" => family.members_complete,
        None => family.household.contains_key(short),
        Some(key) => {
            let member = family.members.iter().find(|m| m.key == **key).unwrap();
            if short == "birth" { member.birth.is_some() } else { member.facts.contains_key(short) }
        }
    }
}

fn learn(whole: &Family, part: &mut Family, missing: &rules::FactRef) {
    let short = parts(missing);
    match &missing.member {
        None if short == "members_complete" => part.members_complete = true,
        None => drop(part.household.insert(short.into(), whole.household[short].clone())),
        Some(key) => {
            let index = whole.members.iter().position(|m| m.key == **key).unwrap();
            let (from, to) = (&whole.members[index], &mut part.members[index]);
            match short {
                "birth" => to.birth = from.birth,
                _ => drop(to.facts.insert(short.into(), from.facts[short].clone())),
            }
        }
    }
}

#[test]
fn a_held_value_survives_storage() {
    let held = Held::said(Value::Set { has: ["a".to_owned()].into(), complete: true }, at());
    let text = serde_json::to_string(&held).unwrap();
    assert_eq!(serde_json::from_str::<Held>(&text).unwrap(), held);
    let screening = screen(&PACK, &Family::default(), at());
    let text = serde_json::to_string(&screening).unwrap();
    assert_eq!(serde_json::from_str::<rules::Screening>(&text).unwrap(), screening);
}
