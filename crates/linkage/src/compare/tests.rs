use super::{Strength, match_strength, rank, similar_people};
use crate::{PersonForKeys, Query, query};
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
        expect!["589 Possible [SimilarGivenName { permille: 975 }, SimilarFather { permille: 980 }, SameVillage]"],
    );
    check(
        "بلال ولد نور رحمان",
        BILAL,
        expect!["454 Possible [SimilarGivenName { permille: 917 }, SimilarFather { permille: 940 }]"],
    );
    check(
        "Bilal Noor Rehman Pabbi",
        BILAL,
        expect!["593 Possible [SimilarGivenName { permille: 975 }, SameFather, SameVillage]"],
    );
    check(
        "Pabbi, Noor Rehman, Bilal 2011",
        BILAL,
        expect!["673 Strong [SimilarGivenName { permille: 975 }, SameFather, SameVillage, CloseBirthYear]"],
    );
    check("Bilal", BILAL, expect!["293 Possible [SimilarGivenName { permille: 975 }]"]);
    check("0300 1234567", BILAL, expect!["220 FamilyOnly [SamePhone]"]);
    check("Zainab d/o Sher Zaman", BILAL, expect!["no match"]);
    check(
        "Bilal s/o Rehman",
        BILAL,
        expect!["422 Possible [SimilarGivenName { permille: 975 }, SimilarFather { permille: 860 }]"],
    );
    check(
        "17201-1234567-1 Hamza",
        BILAL,
        expect!["620 Possible [SameNumber, DifferentGivenName, OtherWords { count: 1 }]"],
    );
}

/// What a clerk typed must be somebody's whole name before half of it is somebody else's.
#[test]
fn the_words_typed_are_all_accounted_for() {
    let person = |given, father, village| PersonForKeys {
        given,
        father_or_husband: Some(father),
        village: Some(village),
        district: Some("Nowshera"),
        ..PersonForKeys::default()
    };
    let check = |typed: &str, meant: PersonForKeys<'static>, other: PersonForKeys<'static>| {
        let first = rank(&query::parse(typed), [other, meant])[0].0;
        assert_eq!(first, 1, "{typed}: {:?} before {:?}", other, meant);
    };
    // Another spelling and script of all words is nearer than the same spelling of some.
    let rabia = person("رابعہ", "موسیٰ خان", "گڑھی طاہر");
    check("Rabia d/o Musa Khan, Ghari Tahir", rabia, person("Rabia", "Musa Khan", "Garhi Azam"));
    let kalsoom = person("Kalsoom Bibi", "Atif Gul", "Dheri Sher");
    check("Kulsoom Aatif Gul Dheri Sher", kalsoom, person("Gul", "Rafiq Atif", "Khalid Shah"));
    // A Bibi more or less weighs less than half a father's name.
    let yasmin = person("Yasmin Bibi", "Dawood Khan", "Pabbi");
    check("Yasmin d/o Daud", yasmin, person("Yasmin", "Bilal Daud", "Pabbi"));
    // A phone and a name in two words, against the words as a name and a father's.
    let zaman = PersonForKeys { phones: &["+923001234567"], ..person("Zaman Akhtar", "Nawaz", "Pabbi") };
    check("0300 1234567 Zaman Akhtar", zaman, person("Zaman", "Akhtar", "Pabbi"));
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

#[test]
fn what_relatives_share_makes_no_pair_for_an_officer() {
    let person = |given, father, year, village| PersonForKeys {
        given,
        father_or_husband: Some(father),
        village: Some(village),
        district: Some("nowshera"),
        birth_year: Some(year),
        phones: &["+923009876543"],
        ..Default::default()
    };
    let check = |one: PersonForKeys, other: PersonForKeys, want: bool| {
        let found = match_strength(&Query::of_person(&one), &other);
        assert_eq!(found.is_some_and(|found| found.is_worth_reviewing()), want, "{} and {}", one.given, other.given);
    };
    let of = |given, year| person(given, "Noor Rehman", year, "Pabbi");
    check(of("Kamran", 2010), of("Imran", 2011), false);
    check(of("Palwasha", 1991), of("Zarghuna", 1991), false);
    check(of("Bilal", 2012), of("Hamza", 2012), false);
    check(of("Bilal", 2012), of("Bilaal", 2012), true);
    // Namesakes of two villages, of whom nothing else is known.
    let namesake =
        PersonForKeys { village: Some("Akora"), birth_year: None, phones: &[], district: None, ..of("Bilal", 0) };
    check(of("Bilal", 2012), namesake, false);
}
