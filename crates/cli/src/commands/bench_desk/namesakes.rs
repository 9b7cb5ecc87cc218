//! How many others on file answer to all that was typed: whom no search can tell apart.
//!
//! Counted from the names as they were invented, whatever their spelling, so that the figure owes nothing to the search.

use super::{
    people::{self, Known},
    queries::Telling,
};
use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};
use web::App;

/// Everybody on file by own name and father's or husband's, with and without companions such as Khan and Bibi.
pub(super) struct Namesakes([HashMap<u64, Vec<Other>>; 2]);

/// Where somebody lives, as a number, and when they were born.
type Other = (u64, Option<i32>);

/// So many people of one name fill the first screen: whether the one meant is among the first five is chance.
pub(super) const CROWD: usize = 5;

impl Namesakes {
    /// Invents the first `families` of the registry once more and counts their names.
    pub(super) fn of_registry(app: &App, families: u32) -> Self {
        let mut out = Namesakes([HashMap::new(), HashMap::new()]);
        for number in 0..families {
            let known = people::known(app, number);
            for at in 0..known.names.len() {
                for bare in [false, true] {
                    let (name, village, year) = answers_to(&known, at, bare);
                    out.0[usize::from(bare)].entry(name).or_default().push((village, year));
                }
            }
        }
        out
    }

    /// How many others answer to what was typed of a member.
    pub(super) fn of(&self, known: &Known, at: usize, typed: Telling) -> usize {
        let Telling::Names { bare, village: with_village, year } = typed else { return 0 };
        let (name, village, _) = answers_to(known, at, bare);
        let near = |born: Option<i32>| year.is_none_or(|year| born.is_some_and(|born| born.abs_diff(year) <= 1));
        let same = |(other, born): &&Other| (!with_village || *other == village) && near(*born);
        let all = self.0[usize::from(bare)].get(&name).map_or(0, |others| others.iter().filter(same).count());
        all.saturating_sub(1)
    }
}

/// The names as numbers, and the year of birth.
fn answers_to(known: &Known, at: usize, bare: bool) -> (u64, u64, Option<i32>) {
    let (own, father) = &known.names[at];
    let name = hashed(&(own.words(bare), father.words(bare)));
    let year = known.family.members[at].details.birth.map(|birth| birth.year());
    (name, hashed(&known.village.words(bare)), year)
}

fn hashed(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
