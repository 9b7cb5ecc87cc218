//! Shows that faults are noticed: one operator changed in the policy that `DuckDB` gets, one word changed in the SQL.

use crate::{
    Asked, Outcome,
    compare::HOSTILE,
    row::answers,
    sql::{Rows, Sql},
};
use rules::{
    Family, Pack,
    sql::{self, Dialect, text},
};
use specimens::{Change, Policy, Rng, day, families_with, mutants};
use std::collections::BTreeMap;

/// Households that a changed text is tried on.
const HOUSEHOLDS: usize = 300;
/// Policies that are tried before a kind of change counts as not noticed.
const POLICIES: u64 = 25;
/// Places of one policy at which a change is tried.
const PLACES: usize = 2;

/// A word of the SQL text and what a faulty writer might have put in its place.
const FAULTS: [(&str, &str, &str); 33] = [
    ("less becomes at most", " < ", " <= "),
    ("at most becomes less", " <= ", " < "),
    ("more becomes at least", " > ", " >= "),
    ("at least becomes more", " >= ", " > "),
    ("equal becomes not equal", " = ", " <> "),
    ("and becomes or", " AND ", " OR "),
    ("or becomes and", " OR ", " AND "),
    ("a not is lost", "(NOT ", "("),
    ("the other arm of a choice", "WHEN NOT ", "WHEN "),
    ("plus becomes minus", " + ", " - "),
    ("minus becomes plus", " - ", " + "),
    ("times becomes plus", " * ", " + "),
    ("divided becomes times", " // ", " * "),
    ("a sign is lost", "(-\"", "(\""),
    ("the least becomes the most", "least(", "greatest("),
    ("the most becomes the least", "greatest(", "least("),
    ("the low end for the high", ".low\"", ".high\""),
    ("the high end for the low", ".high\"", ".low\""),
    ("some member may, for must", " yes\" > 0", " unknown\" >= 0"),
    ("members not known are forgotten", " unknown\" = 0", " unknown\" >= 0"),
    ("an open list is taken as closed", "NOT \"open\"", "TRUE"),
    ("members to come are forgotten", " + \"unlisted\"", ""),
    ("must for can", "IS NOT FALSE", "IS TRUE"),
    ("a later answer beside the first", "IS NOT TRUE", "IS NOT NULL"),
    ("not known is not counted", "\" IS NULL", "\" IS NOT NULL"),
    ("yes becomes no", "THEN TRUE", "THEN FALSE"),
    ("no becomes yes", "THEN FALSE", "THEN TRUE"),
    ("not known becomes no", " END)", " ELSE FALSE END)"),
    ("a code in becomes not in", "\" IN (", "\" NOT IN ("),
    ("a set read as whole", "_complete\" THEN FALSE", "_complete\" IS NOT NULL THEN FALSE"),
    ("bounds are not checked", " BETWEEN ", " IS NULL OR TRUE OR 0 BETWEEN "),
    ("a month too early", "day(\"birth_high\") > ", "day(\"birth_high\") >= "),
    ("a month too late", "day(\"birth_low\") > ", "day(\"birth_low\") >= "),
];

/// One fault tried: which, and where.
struct Tried {
    name: String,
    place: String,
    query: String,
}

/// Whether every kind of change was noticed at least once; prints where and by how many households.
pub fn run(sql: &mut Sql, asked: &Asked) -> Outcome<bool> {
    let mut noticed: BTreeMap<String, String> = BTreeMap::new();
    let mut tries: BTreeMap<String, [u32; 2]> = BTreeMap::new();
    let wanted: Vec<String> =
        Change::ALL.iter().map(|change| format!("{change:?}")).chain(FAULTS.iter().map(|f| f.0.to_owned())).collect();
    for seed in asked.seed..asked.seed + POLICIES {
        let missing: Vec<&String> = wanted.iter().filter(|name| !noticed.contains_key(*name)).collect();
        if missing.is_empty() {
            break;
        }
        let policy = Policy::random(seed);
        let pack = policy.load()?;
        let families: Vec<Family> = families_with(&pack, seed, HOUSEHOLDS, HOSTILE).collect();
        let mut tried = changed_policies(&policy, seed, &missing);
        tried.extend(changed_texts(&pack, seed, &missing));
        let queries: Vec<String> = tried.iter().map(|one| one.query.clone()).collect();
        let said = sql.households(&pack, &queries, &families)?;
        let rows: Vec<Vec<String>> = families.iter().map(|family| answers(&pack, family).household).collect();
        for (one, rows_said) in tried.iter().zip(said) {
            let count = tries.entry(one.name.clone()).or_default();
            // A text that DuckDB refuses shows nothing about the comparison.
            let Ok(said) = rows_said else { continue };
            count[0] += 1;
            let differing = differing(&rows, &said);
            if differing > 0 {
                count[1] += 1;
                let line = format!("policy {seed}, {differing} of {HOUSEHOLDS} households: {}", one.place);
                noticed.entry(one.name.clone()).or_insert(line);
            }
        }
    }
    println!("\nOne operator changed (in the policy, then in the SQL text), first noticed at:");
    for name in &wanted {
        let [tried, found] = tries.get(name).copied().unwrap_or_default();
        let line = noticed.get(name).map_or("NOT NOTICED", String::as_str);
        println!("  {name} ({found} of {tried} places): {line}");
    }
    println!("{} of {} kinds of change are noticed.", noticed.len(), wanted.len());
    Ok(noticed.len() == wanted.len())
}

fn differing(rows: &[Vec<String>], said: &Rows) -> usize {
    rows.iter().enumerate().filter(|(number, row)| said.get(&format!("h{number}")) != Some(row)).count()
}

fn of_households(pack: &Pack) -> String {
    text(pack, day(), Dialect::DuckDb, sql::Rows::Households)
}

/// The policy with one operator changed, at a few places chosen by the seed.
fn changed_policies(policy: &Policy, seed: u64, missing: &[&String]) -> Vec<Tried> {
    let mut all = vec![];
    for change in Change::ALL {
        let name = format!("{change:?}");
        if !missing.contains(&&name) {
            continue;
        }
        let mut found = mutants(policy, change);
        Rng::new(seed).shuffle(&mut found);
        let loaded = found.into_iter().filter_map(|mutant| Some((mutant.place, mutant.policy.load().ok()?)));
        let tried = loaded.take(PLACES);
        all.extend(tried.map(|(place, pack)| Tried { name: name.clone(), place, query: of_households(&pack) }));
    }
    all
}

/// The SQL text with one word changed, at a few places chosen by the seed.
fn changed_texts(pack: &Pack, seed: u64, missing: &[&String]) -> Vec<Tried> {
    let text = of_households(pack);
    let mut all = vec![];
    for (name, from, to) in FAULTS {
        if !missing.iter().any(|wanted| *wanted == name) {
            continue;
        }
        let mut places: Vec<usize> =
            text.match_indices(from).map(|(at, _)| at).filter(|at| !is_comment(&text, *at)).collect();
        Rng::new(seed).shuffle(&mut places);
        all.extend(places.into_iter().take(PLACES).map(|at| Tried {
            name: name.to_owned(),
            place: format!("line {} of the text, `{from}` to `{to}`", text[..at].lines().count()),
            query: format!("{}{to}{}", &text[..at], &text[at + from.len()..]),
        }));
    }
    all
}

fn is_comment(text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    text[start..].starts_with("--")
}
