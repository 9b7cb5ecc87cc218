//! What linking found, as CSV.

use super::lists::Ids;
use super::run::Pair;
use linkage::bulk::Clusters;
use std::collections::BTreeMap;
use std::path::Path;

type Outcome<T = ()> = Result<T, String>;

fn writer(file: &Path) -> Outcome<csv::Writer<std::fs::File>> {
    csv::Writer::from_path(file).map_err(|why| format!("{} cannot be written: {why}.", file.display()))
}

fn row(out: &mut csv::Writer<std::fs::File>, file: &Path, cells: &[&str]) -> Outcome {
    out.write_record(cells).map_err(|why| format!("{} cannot be written: {why}.", file.display()))
}

fn end(mut out: csv::Writer<std::fs::File>, file: &Path) -> Outcome {
    out.flush().map_err(|why| format!("{} cannot be written: {why}.", file.display()))
}

/// Writes scored pairs: two ids, log2 of the odds in thousandths, and whether they ended in one group.
///
/// # Errors
/// A sentence, when the file cannot be written.
pub fn pairs(file: &Path, ids: &Ids, pairs: &[Pair], groups: &Clusters) -> Outcome {
    let mut out = writer(file)?;
    row(&mut out, file, &["left", "right", "score", "together"])?;
    for (score, left, right) in pairs {
        let together = if groups.group(*left) == groups.group(*right) { "yes" } else { "no" };
        row(&mut out, file, &[ids.get(*left), ids.get(*right), &score.to_string(), together])?;
    }
    end(out, file)
}

/// Writes the group of every record, named by its first record, and gives the number of groups.
///
/// # Errors
/// A sentence, when the file cannot be written.
pub fn groups(file: &Path, ids: &Ids, records: usize, groups: &Clusters) -> Outcome<usize> {
    let mut out = writer(file)?;
    row(&mut out, file, &["id", "group"])?;
    let mut count = 0;
    for record in 0..records as u32 {
        let group = groups.group(record);
        count += usize::from(group == record);
        row(&mut out, file, &[ids.get(record), ids.get(group)])?;
    }
    end(out, file)?;
    Ok(count)
}

/// Writes a text.
///
/// # Errors
/// A sentence, when the file cannot be written.
pub fn text(file: &Path, text: &str) -> Outcome {
    std::fs::write(file, text).map_err(|why| format!("{} cannot be written: {why}.", file.display()))
}

/// Pairs of ids from a file that [`pairs`] or [`groups`] wrote; of a pairs file those that ended in one group.
///
/// # Errors
/// A sentence, when it is neither.
pub fn read_pairs(file: &Path) -> Outcome<Vec<(String, String)>> {
    let faulty = |why: csv::Error| format!("{} cannot be read: {why}.", file.display());
    let mut rows = csv::Reader::from_path(file).map_err(faulty)?;
    let head: Vec<String> = rows.headers().map_err(faulty)?.iter().map(str::to_owned).collect();
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    let mut found = vec![];
    let mut members: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for record in rows.records() {
        let record = record.map_err(faulty)?;
        match head.as_slice() {
            ["left", "right", "score", "together"] if &record[3] == "yes" => {
                found.push((record[0].to_owned(), record[1].to_owned()));
            }
            ["left", "right", "score", "together"] => {}
            ["id", "group"] => members.entry(record[1].to_owned()).or_default().push(record[0].to_owned()),
            _ => return Err(format!("{} is neither a file of pairs nor of groups.", file.display())),
        }
    }
    for group in members.values() {
        for (at, left) in group.iter().enumerate() {
            found.extend(group[at + 1..].iter().map(|right| (left.clone(), right.clone())));
        }
    }
    Ok(found)
}
