use super::{KeyKind, person_keys, query_keys};
use crate::{PersonForKeys, query};
use expect_test::{Expect, expect};
use proptest::prelude::*;

const AMINA: PersonForKeys = PersonForKeys {
    given: "Amina Bibi",
    father_or_husband: Some("Sher Zaman"),
    village: Some("Pabbi"),
    district: Some("Nowshera"),
    birth_year: Some(1988),
    numbers: &["1720112345672"],
    phones: &["+923001234567"],
};

fn check(typed: &str, want: Expect) {
    let keys = query_keys(&query::parse(typed));
    let lines: String = keys.iter().map(|(kind, key)| format!("{} {key}\n", kind.code())).collect();
    want.assert_eq(&lines);
}

fn finds(typed: &str, person: &PersonForKeys) -> bool {
    let rows = person_keys(person);
    query_keys(&query::parse(typed)).iter().any(|key| rows.contains(key))
}

#[test]
fn a_person_has_about_a_dozen_rows() {
    let lines: String = person_keys(&AMINA).iter().map(|(kind, key)| format!("{} {key}\n", kind.code())).collect();
    expect![[r#"
        nlg -12345672
        nlg 17201-345672
        nlg 1720112-5672
        nlg 172011234-72
        nlg 17201123456-
        num 1720112345672
        tel +923001234567
        gf Amn|Srzmn
        gf Amn|Sr
        gf Amn|zmn
        gv Amn|pb
        gy Amn|1988
        gd Amn|nSr
        fv Srzmn|pb
        fv Sr|pb
        fv zmn|pb
    "#]]
    .assert_eq(&lines);
}

#[test]
fn a_bare_name_is_never_probed() {
    for name in ["Muhammad", "Amina", "Amina Bibi", "Khan", "محمد خان", "Gul", "Muhammad Yousaf"] {
        let keys = query_keys(&query::parse(name));
        assert!(keys.iter().all(|(_, key)| key.contains('|')), "{name}: {keys:?}");
    }
    check("Yousaf", expect![[""]]);
    assert!(query::parse("Yousaf").needs_more());
    check(
        "Yousaf, district Lower Dir",
        expect![[r#"
            gd ysf|drlwr
            gd ysf|drlr
        "#]],
    );
}

#[test]
fn a_search_finds_the_person_in_any_order_and_script() {
    for typed in [
        "17201-1234567-2",
        "۱۷۲۰۱ ۱۲۳۴۵۶۷ ۲",
        "0300 1234567",
        "+92-300-1234567 Amina",
        "Amina d/o Sher Zaman",
        "Amina Bibi Sher Zaman",
        "Sher Zaman Amina",
        "amina sherzaman",
        "Amina, Pabbi",
        "Pabbi, Amina Bibi",
        "آمنہ دختر شیر زمان",
        "امنه شیرزمان",
        "Ameena 1989",
        "Amina Zaman Pabbi",
        "Aminah w/o Shir Zamaan, village Pabi",
        "Amina district Nowshera",
        "آمنہ بی بی، پبی",
        "آمنه د شېر زمان لور",
        // The family, when the given name was taken for another one.
        "Yasmin d/o Sher Zaman, Pabbi",
        "Sher Zaman, Pabbi",
    ] {
        assert!(finds(typed, &AMINA), "{typed}: {:?}", query::parse(typed));
    }
    for typed in ["Zainab d/o Sher Zaman", "Amina", "Sher Zaman", "0300 1234568", "Zainab, Pabbi"] {
        assert!(!finds(typed, &AMINA), "{typed}");
    }
}

/// The store asks once per key, so an ordinary search must stay short.
#[test]
fn a_search_probes_few_keys() {
    let count = |typed: &str| query_keys(&query::parse(typed)).len();
    let table = [
        "17201-1234567-2",
        "Amina d/o Sher Zaman, Pabbi",
        "Amina Pabbi",
        "Amina Bibi Sher Zaman",
        "Amina Bibi Sher Zaman Pabbi",
        "Noor Rehman Abdul Ghani Akora Khattak Nowshera",
    ];
    let lines: String = table.iter().map(|typed| format!("{} {typed}\n", count(typed))).collect();
    expect![[r#"
        9 17201-1234567-2
        7 Amina d/o Sher Zaman, Pabbi
        5 Amina Pabbi
        17 Amina Bibi Sher Zaman
        36 Amina Bibi Sher Zaman Pabbi
        89 Noor Rehman Abdul Ghani Akora Khattak Nowshera
    "#]]
    .assert_eq(&lines);
}

#[test]
fn one_wrong_digit_anywhere_still_hits() {
    let right = AMINA.numbers[0];
    for at in 0..13 {
        for digit in b'0'..=b'9' {
            let replaced = format!("{}{}{}", &right[..at], char::from(digit), &right[at + 1..]);
            let added = format!("{}{}{}", &right[..at], char::from(digit), &right[at..]);
            assert!(finds(&replaced, &AMINA), "{replaced}");
            // A 14-digit number that begins with 0 reads as something else; cards never do.
            assert!(finds(&added, &AMINA) || added.starts_with('0'), "{added}");
        }
        let dropped = format!("{}{}", &right[..at], &right[at + 1..]);
        assert!(finds(&dropped, &AMINA), "{dropped}");
    }
    for at in 0..12 {
        let mut swapped: Vec<char> = right.chars().collect();
        swapped.swap(at, at + 1);
        let swapped: String = swapped.into_iter().collect();
        assert!(finds(&swapped, &AMINA), "{swapped}");
    }
    assert!(!finds("1720198765432", &AMINA), "another number of the same union council is another person");
}

#[test]
fn a_district_is_known_by_any_of_its_names() {
    for row in [
        ["Lower Dir", "Dir Lower", "لوئر دیر", "لر دیر"],
        ["D.I. Khan", "Dera Ismail Khan", "ڈیرہ اسماعیل خان", "ډېره اسماعیل خان"],
        ["Nowshera", "Noshera", "نوشہرہ", "District Nowshera"],
        ["Peshawar", "Pishawar", "پشاور", "پېښور"],
        ["North Waziristan", "شمالی وزیرستان", "شمالي وزیرستان", "Waziristan North"],
        ["Torghar", "Tor Ghar", "تورغر", "Torgar"],
    ] {
        for name in row {
            let shared = |other: &&str| {
                let other = crate::names::district_forms(other);
                crate::names::district_forms(name).iter().any(|form| other.contains(form))
            };
            assert!(row.iter().all(shared), "{name} of {row:?}");
        }
    }
}

#[test]
fn kinds_have_distinct_codes() {
    let mut codes: Vec<_> = KeyKind::ALL.iter().map(|kind| kind.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), KeyKind::ALL.len());
}

/// A slip as hands make them: a letter left out, doubled, swapped with its neighbour, or a vowel for another.
fn slip(name: &str, at: usize, kind: u8) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let at = at % letters.len();
    match kind % 4 {
        0 => {
            letters.remove(at);
        }
        1 => letters.insert(at, letters[at]),
        2 if at + 1 < letters.len() => letters.swap(at, at + 1),
        _ if "aeiou".contains(letters[at]) => letters[at] = if letters[at] == 'a' { 'e' } else { 'a' },
        _ => {}
    }
    letters.into_iter().collect()
}

const GIVEN: [&str; 8] = ["amina", "zainab", "bilal", "hamza", "gulalai", "rukhsana", "yousaf", "naveed"];
const FATHERS: [&str; 6] = ["sher zaman", "noor rehman", "abdul ghani", "wazir", "rahmatullah", "khalid"];

proptest! {
    /// Whatever is typed, keys are made without panic, without repeats and of bounded number.
    #[test]
    fn any_text_gives_few_keys(text in any::<String>()) {
        let keys = query_keys(&query::parse(&text));
        prop_assert!(keys.len() <= 400, "{} keys", keys.len());
        let person = PersonForKeys { given: &text, father_or_husband: Some(&text), village: Some(&text), district: Some(&text), ..AMINA };
        prop_assert!(person_keys(&person).len() <= 64);
    }
}

/// The share found again after one random slip in the given name, the search also naming father, village and year.
#[test]
fn most_slips_of_a_hand_are_found_again() {
    const SEED: u64 = 20_260_301;
    println!("seed {SEED}");
    let mut state = SEED;
    let mut draw = |below: u64| {
        // xorshift64*: Vigna, “An experimental exploration of Marsaglia's xorshift generators, scrambled” (2016).
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        usize::try_from((state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % below).expect("small")
    };
    let (mut all, mut found, mut numbers) = (0, 0, 0);
    for _ in 0..4_000 {
        let (given, father) = (GIVEN[draw(8)], FATHERS[draw(6)]);
        let person = PersonForKeys { given, father_or_husband: Some(father), ..AMINA };
        let typed = slip(given, draw(16), u8::try_from(draw(4)).expect("small"));
        all += 1;
        found += usize::from(finds(&format!("{typed} s/o {father}, Pabbi"), &person));
        let mut number: Vec<u8> = AMINA.numbers[0].bytes().collect();
        number[draw(13)] = b'0' + u8::try_from(draw(10)).expect("a digit");
        numbers += usize::from(finds(&String::from_utf8(number).expect("digits"), &person));
    }
    println!(
        "names with one slip found: {} permille of {all}; numbers: {} permille",
        found * 1000 / all,
        numbers * 1000 / all
    );
    assert_eq!(numbers, all, "seed {SEED}");
    assert!(found * 1000 / all >= 600, "seed {SEED}: {found} of {all}");
}
