//! Counts and plans on the terminal.

use batch::target::{Report, Row};
use domain::language::Lang;
use rules::{Pack, column::Program};
use std::{fmt::Write as _, io::Write as _};
use web::text::T;

/// Groups of a breakdown that are printed; the file of totals has all.
pub(crate) const MOST_GROUPS: usize = 12;

pub(crate) fn report(pack: &Pack, report: &Report, lang: Lang) {
    let mut out = String::new();
    let households = report.totals.households();
    let persons = report.totals.overall().map_or(0, |row| row.persons);
    line(
        &mut out,
        format!("{households} households, {persons} persons; rules of {}, data of {}.", report.at, report.day),
    );
    let name = |id: &str| pack.programme(id).map_or_else(|| id.to_owned(), |p| T(lang).pack(&p.name.words).to_string());
    let names: Vec<String> = report.totals.programmes.iter().map(|id| name(id)).collect();
    if let Some(row) = report.totals.overall() {
        line(&mut out, format!("{:>12} {:>12} {:>12} {:>12}  programme", "yes", "no", "unknown", "receives"));
        for (name, counts) in names.iter().zip(&row.counts) {
            let numbers = [counts.yes, counts.no, counts.unknown, counts.receives].map(|n| format!("{n:>12}"));
            line(&mut out, format!("{}  {name}", numbers.join(" ")));
        }
    }
    for (by, groups) in report.totals.rows.iter().filter(|(by, _)| !by.is_empty()) {
        line(&mut out, format!("\nBy {by}: households, persons, and yes / unknown summed over programmes"));
        for (group, row) in groups.iter().take(MOST_GROUPS) {
            line(&mut out, format!("  {:<24} {}", if group.is_empty() { "(not known)" } else { group }, summed(row)));
        }
        if groups.len() > MOST_GROUPS {
            line(&mut out, format!("  and {} more; --totals FILE writes all", groups.len() - MOST_GROUPS));
        }
    }
    for sentence in notes(report) {
        eprintln!("{sentence}");
    }
    drop(std::io::stdout().write_all(out.as_bytes()));
}

fn summed(row: &Row) -> String {
    let yes: u64 = row.counts.iter().map(|counts| counts.yes).sum();
    let unknown: u64 = row.counts.iter().map(|counts| counts.unknown).sum();
    format!("{:>12} {:>12} {yes:>12} {unknown:>12}", row.households, row.persons)
}

/// What a reader must know of the data to read the counts rightly.
fn notes(report: &Report) -> Vec<String> {
    let list =
        |sentence: &str, items: &[String]| (!items.is_empty()).then(|| format!("{sentence} {}.", items.join(", ")));
    let known = report.notes.iter().map(|note| Some(note.to_string()));
    let own = [
        list("Columns that give no fact:", &report.left_out),
        list("Left out, since a verdict on them tells a protected fact (--programme names them):", &report.protected),
        (report.resumed > 0).then(|| format!("{} blocks were done by an earlier run.", report.resumed)),
        report.reasons.as_ref().map(|path| format!("Reasons: {}", path.display())),
    ];
    known.chain(own).flatten().collect()
}

fn line(out: &mut String, text: String) {
    // Writing to memory does not fail.
    writeln!(out, "{text}").unwrap_or_default();
}

pub(crate) fn plan(program: &Program) {
    drop(std::io::stdout().write_all(program.explain().as_bytes()));
}
