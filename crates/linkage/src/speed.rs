//! How long key building and ranking take; figures are printed, nothing fails on them.

use crate::{PersonForKeys, person_keys, query, rank};
use std::{hint::black_box, time::Instant};

const PEOPLE: [(&str, &str, &str); 4] = [
    ("Amina Bibi", "Sher Zaman", "Pabbi"),
    ("محمد بلال خان", "نور رحمان", "اکوڑہ خٹک"),
    ("Noor ul Amin", "Abdul Rehman", "Timergara"),
    ("ګلالۍ", "شېر زمان", "تالاش"),
];

fn person(at: usize) -> PersonForKeys<'static> {
    let (given, father, village) = PEOPLE[at % PEOPLE.len()];
    PersonForKeys {
        given,
        father_or_husband: Some(father),
        village: Some(village),
        district: Some("Nowshera"),
        birth_year: Some(1988),
        numbers: &["1720112345672"],
        phones: &["+923001234567"],
    }
}

#[test]
fn figures_of_speed() {
    let rounds: u32 = if cfg!(debug_assertions) { 2_000 } else { 100_000 };
    let start = Instant::now();
    let rows: usize = (0..rounds as usize).map(|at| person_keys(black_box(&person(at))).len()).sum();
    println!("keys: {:?} a person, {} rows", start.elapsed() / rounds, rows / rounds as usize);

    for typed in ["Amina d/o Sher Zaman, Pabbi", "Noor Amin Rehman Timergara"] {
        let query = query::parse(typed);
        let start = Instant::now();
        let found = rank(&query, (0..300).map(person)).len();
        println!("rank 300 for {typed:?}: {:?}, {found} found", start.elapsed());
        assert!(found > 0);
    }
}
