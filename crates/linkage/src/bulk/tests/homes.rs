//! The second look: a family found by its son finds his mother too.

use super::*;

/// The sons share a number; the mothers stand under her father here and under her husband there, and share no key.
const HERE: [Row; 3] = [
    ["Bilal Khan", "M", "2010-04-12", "1720112345671", "Noor Rehman", "03451234567", "Akora"],
    ["Amina Bibi", "F", "1988-03-21", "", "Sher Zaman", "03451234567", "Akora"],
    ["Zainab", "F", "2012", "", "Noor Rehman", "03451234567", "Akora"],
];
const THERE: [Row; 2] = [
    ["بلال", "M", "2010", "1720112345671", "نور رحمان", "03009876543", ""],
    ["Amina", "F", "1988", "", "Noor Rehman", "03009876543", ""],
];

fn family() -> Records {
    let mut homes = description();
    homes.rules[1] = Rule { parts: vec![(5, View::Whole)], most: 14, to_learn: false, home: true };
    let mut records = Records::new(homes);
    for row in HERE.iter().chain(&THERE) {
        records.push(0, |field, nth| (nth == 0).then_some(row[field]));
    }
    others(&mut records);
    records.finish();
    records
}

#[test]
fn who_lives_with_somebody_found_is_looked_for() {
    let records = family();
    let built = (0..2).map(|rule| BlocksBuilder::new(&records, rule)).collect();
    let blocks = Blocks::join(&records, built, false);
    let mut keys = vec![];
    blocks.candidates(&records, 1, false, &mut keys);
    assert!(!keys.contains(&4), "no key holds the two mothers: {keys:?}");
    let mut found = vec![false; records.len()];
    (found[0], found[3]) = (true, true);
    let mut out = vec![];
    Homes::new(&records, &blocks).of_pair((8000, 0, 3), &found, &mut out);
    assert_eq!(out, [(1, 4, 8000)], "neither the found sons nor anybody of another sex or age");
    found[4] = true;
    out.clear();
    Homes::new(&records, &blocks).of_pair((8000, 0, 3), &found, &mut out);
    assert_eq!(out, [], "who was found already is left alone");
}

#[test]
fn of_two_homes_that_are_one_strangers_are_no_explanation_but_relatives_are() {
    let (records, model) = (family(), model());
    let scorer = Scorer::new(&model);
    let mut comparer = Comparer::new(&records);
    let mothers = comparer.compare(1, 4);
    assert!(scorer.score(mothers) < model.threshold, "alone they are two: {}", scorer.score(mothers));
    let together = scorer.score_at_home(mothers, 12_000);
    assert!(together >= model.threshold, "{together}");
    let sisters = comparer.compare(1, 2);
    assert!(scorer.score_at_home(sisters, 30_000) < model.threshold, "however sure the homes are");
    assert_eq!(scorer.score_at_home(mothers, 0), scorer.score(mothers));
}
