use super::{Strength, match_strength, rank, similar_people};
use crate::{PersonForKeys, query};
use expect_test::{Expect, expect};

const BILAL: PersonForKeys = PersonForKeys {
    given: "Muhammad Bilal",
    father_or_husband: Some("Noor Rehman"),
    village: Some("Pabbi"),
    district: Some("Nowshera"),
    birth_year: Some(2010),
    numbers: &["1720112345671"],
    phones: &["+923001234567"],
};

fn brother() -> PersonForKeys<'static> {
    PersonForKeys { given: "Muhammad Hamza", birth_year: Some(2012), numbers: &["1720155555553"], ..BILAL }
}

fn check(typed: &str, person: PersonForKeys, want: Expect) {
    let got = match match_strength(&query::parse(typed), &person) {
        None => "no match".to_owned(),
        Some(found) => format!("{} {:?} {:?}", found.score, found.strength, found.why),
    };
    want.assert_eq(&got);
}

#[test]
fn a_match_says_why() {
    check("17201-1234567-1", BILAL, expect!["1000 Strong [SameNumber]"]);
    check("17201-1234567-3", BILAL, expect!["450 Possible [NumberOneDigitOff]"]);
    check("17201-1234576-1", BILAL, expect!["450 Possible [NumberDigitsSwapped]"]);
    check("17201-123456-1", BILAL, expect!["450 Possible [NumberOneDigitOff]"]);
    check(
        "Bilal s/o Noor Rahman, Pabbi",
        BILAL,
        expect!["530 Possible [SimilarGivenName { permille: 909 }, SimilarFather { permille: 980 }, SameVillage]"],
    );
    check(
        "بلال ولد نور رحمان",
        BILAL,
        expect!["415 Possible [SimilarGivenName { permille: 880 }, SimilarFather { permille: 940 }]"],
    );
    check(
        "Bilal Noor Rehman Pabbi",
        BILAL,
        expect!["554 Possible [SimilarGivenName { permille: 909 }, SameFather, SameVillage]"],
    );
    check(
        "Pabbi, Noor Rehman, Bilal 2011",
        BILAL,
        expect!["614 Strong [SimilarGivenName { permille: 909 }, SameFather, SameVillage, CloseBirthYear]"],
    );
    check("Bilal", BILAL, expect!["254 Possible [SimilarGivenName { permille: 909 }]"]);
    check("0300 1234567", BILAL, expect!["120 FamilyOnly [SamePhone]"]);
    check("Zainab d/o Sher Zaman", BILAL, expect!["no match"]);
    check(
        "Bilal s/o Rehman",
        BILAL,
        expect!["408 Possible [SimilarGivenName { permille: 909 }, SimilarFather { permille: 860 }]"],
    );
    check("17201-1234567-1 Hamza", BILAL, expect!["700 Possible [SameNumber, DifferentGivenName]"]);
}

#[test]
fn family_evidence_alone_is_never_one_person() {
    let family = match_strength(&query::Query::of_person(&BILAL), &brother()).expect("the phone agrees");
    assert_eq!(family.strength, Strength::FamilyOnly);
    assert!(family.score <= 300, "{family:?}");
    assert_eq!(similar_people(&BILAL, [brother()]), []);
    // Also without numbers and birth years, as families without papers come.
    let bare = |person: PersonForKeys<'static>| PersonForKeys { numbers: &[], birth_year: None, ..person };
    assert_eq!(similar_people(&bare(BILAL), [bare(brother())]), []);
}

#[test]
fn duplicates_stand_out_beside_the_registration_form() {
    let same_in_urdu = PersonForKeys {
        given: "محمد بلال",
        father_or_husband: Some("نور رحمان"),
        numbers: &[],
        phones: &[],
        village: Some("پبی"),
        ..BILAL
    };
    let number_off = PersonForKeys { numbers: &["1720112345677"], phones: &[], ..BILAL };
    let namesake = PersonForKeys {
        father_or_husband: Some("Sher Zaman"),
        village: Some("Timergara"),
        district: Some("Lower Dir"),
        birth_year: Some(1975),
        numbers: &["1530298765431"],
        phones: &[],
        ..BILAL
    };
    let found = similar_people(&BILAL, [brother(), namesake, same_in_urdu, number_off]);
    let order: Vec<usize> = found.iter().map(|(at, _)| *at).collect();
    assert_eq!(order, [3, 2], "{found:?}");
    assert!(found.iter().all(|(_, found)| found.strength == Strength::Strong), "{found:?}");
}

#[test]
fn saeed_and_syed_are_two_people() {
    let saeed = PersonForKeys { given: "Saeed", numbers: &[], phones: &[], ..BILAL };
    let syed = PersonForKeys { given: "Syed", ..saeed };
    assert_eq!(similar_people(&saeed, [syed]), []);
}

#[test]
fn ranking_is_the_same_however_often_it_is_asked() {
    let query = query::parse("Bilal s/o Noor Rehman 0300 1234567");
    let candidates = [brother(), BILAL, brother(), BILAL];
    let order: Vec<usize> = rank(&query, candidates).iter().map(|(at, _)| *at).collect();
    assert_eq!(order, [1, 3, 0, 2]);
}
