//! The ways to read a search: which of its words are the name, the father, the village.

use super::Reading;
use crate::{Query, names, names::Part, names::Weight};

/// The most stretches between commas that are told apart.
const MAX_STRETCHES: usize = 4;

/// The search as its fields and stretches say, every stretch being the name in turn.
pub(super) fn whole(query: &Query) -> Vec<Reading> {
    let (father, village) = (query.father_or_husband.as_deref(), query.village.as_deref());
    let free: Vec<&str> = query.free.iter().map(String::as_str).take(MAX_STRETCHES).collect();
    let Some(given) = query.given.as_deref() else {
        let others =
            |at: usize| free.iter().enumerate().filter(move |(other, _)| *other != at).map(|(_, rest)| Some(*rest));
        let known = |own: &str, rest: Option<&str>| Reading::of(own, father.or(rest), village.or(rest));
        return free
            .iter()
            .enumerate()
            .flat_map(|(at, own)| {
                std::iter::once(None).chain(others(at)).map(|rest| known(own, rest)).collect::<Vec<_>>()
            })
            .collect();
    };
    let rest = std::iter::once(None).chain(free.iter().map(|free| Some(*free)));
    rest.map(|rest| Reading::of(given, father.or(rest), village.or(rest))).collect()
}

/// The forms of a father's name and of a village, as the fields or any two stretches say; loose words have too many pairs.
pub(super) fn families(query: &Query) -> Vec<(Vec<String>, Vec<String>)> {
    let stretches = || query.free.iter().map(String::as_str).take(MAX_STRETCHES).enumerate();
    // A field stands for itself; where it is empty each stretch may be meant, but one stretch is not both.
    let of = |field: &Option<String>| -> Vec<(Option<usize>, String)> {
        match field {
            Some(text) => vec![(None, text.clone())],
            None => stretches().map(|(at, text)| (Some(at), text.to_owned())).collect(),
        }
    };
    let mut out = Vec::new();
    for (at, father) in of(&query.father_or_husband) {
        let father = names::forms(&names::parts(&father));
        for (other, village) in of(&query.village) {
            if at.is_none() || at != other {
                out.push((father.clone(), names::whole(&names::place_parts(&village))));
            }
        }
    }
    out
}

/// The most words told apart in one stretch; the rest of a longer one is left out.
const MAX_WORDS: usize = 6;

/// One stretch of loose words such as `Amina Sher Zaman Pabbi`: any word or pair of neighbours may be the name.
///
/// The rows of a person hold its telling parts one by one, so pairs of single words find it in any order; pairs of
/// neighbours find what is filed as one word. A village stands first or last.
pub(super) fn of_loose_words(query: &Query) -> Vec<Reading> {
    let [only] = query.free.as_slice() else { return vec![] };
    if query.given.is_some() {
        return vec![];
    }
    let units = units(&names::place_parts(only));
    let last = units.iter().map(|unit| unit.to).max().unwrap_or(0);
    let mut out = Vec::new();
    for own in &units {
        let apart = |other: &&Unit| other.from >= own.to || other.to <= own.from;
        let (mut father, mut village) = (vec![], vec![]);
        for other in units.iter().filter(apart) {
            // Words in pairs are looked for in the usual order only, the name in front.
            if own.from < other.from || (own.is_single() && other.is_single()) {
                father.extend_from_slice(&other.forms);
            }
            if other.from == 0 || other.to == last {
                village.extend_from_slice(&other.forms);
            }
        }
        out.push(Reading { given: own.forms.clone(), father, village, full: String::new() });
    }
    out
}

/// A word, or two neighbours that may be filed as one.
struct Unit {
    from: usize,
    to: usize,
    forms: Vec<String>,
}

impl Unit {
    fn is_single(&self) -> bool {
        self.to == self.from + 1
    }
}

fn units(parts: &[Part]) -> Vec<Unit> {
    // Companions such as Bibi stand alone for nothing; two of them together are a name (Muhammad Khan).
    let telling = parts.iter().filter(|part| part.weight >= Weight::Filler).take(MAX_WORDS).collect::<Vec<_>>();
    let words: Vec<&Part> = telling.iter().copied().filter(|part| part.weight >= Weight::Light).collect();
    let words = if words.len() > 1 { words } else { telling };
    let unit = |from: usize, to: usize| {
        let part: Vec<Part> = words[from..to].iter().map(|part| (*part).clone()).collect();
        Unit { from, to, forms: names::whole(&part) }
    };
    let single = (0..words.len()).filter(|at| words[*at].weight >= Weight::Light).map(|at| unit(at, at + 1));
    let double = (1..words.len()).map(|at| unit(at - 1, at + 1));
    single.chain(double).collect()
}
