//! Compares, counts, and shrinks what disagrees.

use crate::{
    Asked, Outcome, columns, mutations,
    row::{Answers, answers, candidate_headings, headings},
    sql::{Sql, Texts},
};
use rules::{Family, Pack};
use specimens::{Rates, families_with, shrink};
use std::{fs, path::Path};

/// How many disagreements are shrunk and shown.
const SHOWN: usize = 5;
/// Households in one run of `DuckDB`, to bound memory.
const BATCH: usize = 50_000;

/// Households as hostile as they come: some values too old, some that do not fit.
pub const HOSTILE: Rates = Rates {
    whole: 250,
    null: 400,
    open: 400,
    partial_birth: 400,
    partial_set: 500,
    stale: 40,
    beyond: 10,
    supplied_score: 300,
};

/// What was compared.
#[derive(Debug, Default)]
pub struct Counts {
    /// Values compared.
    pub cells: u64,
    /// Of these, verdicts that are `unknown`.
    pub unknown: u64,
    /// Of these, verdicts.
    pub verdicts: u64,
    /// Values on which two evaluators differ.
    pub disagreements: u64,
}

/// One disagreement: whose value, and what each said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The household's column, or the candidate and the programme.
    pub cell: String,
    /// By the row evaluator.
    pub row: String,
    /// By the other evaluator.
    pub other: String,
    /// Who the other is.
    pub by: &'static str,
}

/// Compares random policies and the real pack; whether all agreed and every mutation was noticed.
pub fn run(asked: &Asked) -> Outcome<bool> {
    let mut sql = Sql::start(&asked.python, Path::new(&asked.folder))?;
    let mut counts = Counts::default();
    let mut shown = 0;
    let share = asked.households / (usize::try_from(asked.policies).unwrap_or(0) + 1).max(1);
    println!(
        "Oracle: seed {}, {} random policies and {}, {share} households each.",
        asked.seed, asked.policies, asked.pack
    );
    for seed in asked.seed..asked.seed + asked.policies {
        let pack = specimens::pack(seed);
        policy(&mut sql, &format!("policy {seed}"), &pack, seed, share, &mut counts, &mut shown)?;
    }
    let pack = load(&asked.pack)?;
    policy(&mut sql, &asked.pack, &pack, asked.seed, share, &mut counts, &mut shown)?;
    println!(
        "{} cells compared three ways (rows, columns, DuckDB), {} of {} verdicts unknown ({} %), {} disagreements.",
        counts.cells,
        counts.unknown,
        counts.verdicts,
        counts.unknown * 100 / counts.verdicts.max(1),
        counts.disagreements
    );
    let noticed = !asked.mutations || mutations::run(&mut sql, asked)?;
    Ok(counts.disagreements == 0 && noticed)
}

fn policy(
    sql: &mut Sql,
    name: &str,
    pack: &Pack,
    seed: u64,
    households: usize,
    counts: &mut Counts,
    shown: &mut usize,
) -> Outcome {
    let texts = Texts::of(pack);
    let mut drawn = families_with(pack, seed, households, HOSTILE);
    loop {
        let families: Vec<Family> = drawn.by_ref().take(BATCH).collect();
        if families.is_empty() {
            return Ok(());
        }
        let others = sql.answers(pack, &texts, &families).map_err(|why| format!("{name}: {why}"))?;
        let columns = columns::answers(pack, &families)?;
        for ((family, other), column) in families.iter().zip(&others).zip(&columns) {
            let row = answers(pack, family);
            count(&row, counts);
            let differences = differences(pack, family, &row, other, column);
            counts.disagreements += differences.len() as u64;
            if !differences.is_empty() && *shown < SHOWN {
                *shown += 1;
                show(sql, name, pack, &texts, family)?;
            }
        }
    }
}

fn count(row: &Answers, counts: &mut Counts) {
    let values = || row.household.iter().chain(row.candidates.iter().flatten());
    counts.cells += values().count() as u64;
    counts.unknown += values().filter(|value| *value == "unknown").count() as u64;
    counts.verdicts += values().filter(|value| ["yes", "no", "unknown"].contains(&value.as_str())).count() as u64;
}

/// Where answers part.
fn differences(pack: &Pack, family: &Family, row: &Answers, sql: &Answers, column: &Answers) -> Vec<Difference> {
    let mut found = part(pack, family, row, sql, "DuckDB says");
    found.extend(part(pack, family, row, column, "the columns say"));
    found
}

fn part(pack: &Pack, family: &Family, row: &Answers, other: &Answers, by: &'static str) -> Vec<Difference> {
    if row == other {
        return vec![];
    }
    let mut found = vec![];
    let mut compare = |whose: &str, headings: &[String], row: &[String], other: &[String]| {
        for (number, heading) in headings.iter().enumerate() {
            let value = |of: &[String]| of.get(number).cloned().unwrap_or_else(|| "nothing".to_owned());
            if value(row) != value(other) {
                found.push(Difference { cell: format!("{heading}{whose}"), row: value(row), other: value(other), by });
            }
        }
    };
    compare("", &headings(pack), &row.household, &other.household);
    for ((member, row), other) in family.members.iter().zip(&row.candidates).zip(&other.candidates) {
        compare(&format!(" of {}", member.key), &candidate_headings(pack), row, other);
    }
    found
}

/// Shrinks a household on which the evaluators differ and shows it with the rules in question.
fn show(sql: &mut Sql, name: &str, pack: &Pack, texts: &Texts, family: &Family) -> Outcome {
    let mut family = family.clone();
    let mut found = vec![];
    loop {
        let mut tried = vec![family.clone()];
        tried.extend(shrink(&family));
        let others = sql.answers(pack, texts, &tried)?;
        let columns = columns::answers(pack, &tried)?;
        let differing = |((family, other), column): ((&Family, &Answers), &Answers)| {
            differences(pack, family, &answers(pack, family), other, column)
        };
        let all: Vec<Vec<Difference>> = tried.iter().zip(&others).zip(&columns).map(differing).collect();
        found.clone_from(&all[0]);
        match (1..tried.len()).find(|number| !all[*number].is_empty()) {
            Some(smaller) => family = tried.swap_remove(smaller),
            None => break,
        }
    }
    println!("\n{name}: a disagreement on {}", plain(&family));
    for Difference { cell, row, other, by } in &found {
        println!("  {cell}: the row evaluator says {row}, {by} {other}");
        let programme = cell.split_whitespace().next().unwrap_or("");
        if let Some(programme) = pack.programme(programme) {
            for criterion in &programme.criteria {
                println!("    {}: {}", criterion.id, criterion.when);
                criterion.any_of.iter().for_each(|one| println!("    {} or: {}", criterion.id, one.when));
            }
        }
    }
    for fact in pack.facts().iter().filter(|fact| !(fact.derive.is_empty() && fact.applies.is_empty())) {
        println!("    {}: {}{}", fact.id, fact.derive, fact.applies);
    }
    Ok(())
}

/// A household on one line.
fn plain(family: &Family) -> String {
    let facts = |facts: &rules::FactValues| {
        facts.iter().map(|(name, held)| format!("{name} {:?}", held.value)).collect::<Vec<_>>().join(", ")
    };
    let members = family.members.iter().map(|m| {
        let birth = m.birth.map_or(String::new(), |b| format!("born {}..{} ", b.earliest, b.latest));
        format!("{}: {birth}{}", m.key, facts(&m.facts))
    });
    let list = if family.members_complete { "complete" } else { "open" };
    let members: Vec<String> = members.collect();
    format!("[{}] scores {:?} members ({list}) {{{}}}", facts(&family.household), family.scores, members.join("; "))
}

/// Reads a pack's folder.
pub fn load(folder: &str) -> Outcome<Pack> {
    let mut files = vec![];
    read(Path::new(folder), Path::new(folder), &mut files)?;
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Pack::load(&files).map_err(|all| all.iter().map(|one| format!("{one}\n")).collect())
}

fn read(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) -> Outcome {
    let say = |path: &Path, why: std::io::Error| format!("{} cannot be read: {why}.", path.display());
    for entry in fs::read_dir(folder).map_err(|why| say(folder, why))? {
        let path = entry.map_err(|why| say(folder, why))?.path();
        if path.is_dir() {
            read(root, &path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "toml" || ending == "csv") {
            let text = fs::read_to_string(&path).map_err(|why| say(&path, why))?;
            files.push((path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned(), text));
        }
    }
    Ok(())
}
