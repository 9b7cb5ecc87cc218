//! A checked score on the terminal.

use crate::{commands::target::MOST_GROUPS, pages::names::Names};
use batch::{
    simulate::report::decimal,
    survey::{
        Checked, Line, Row,
        errors::{Rate, Tally},
        report::{MEASURES, hundredths},
    },
};
use std::{fmt::Write as _, io::Write as _};

pub(super) fn checked(checked: &Checked, names: &Names) {
    let mut out = String::new();
    let said = origin(&mut out, checked, names).and_then(|()| tables(&mut out, checked, names));
    debug_assert!(said.is_ok(), "writing to memory does not fail");
    for note in &checked.notes {
        eprintln!("{note}");
    }
    drop(std::io::stdout().write_all(out.as_bytes()));
}

fn origin(out: &mut String, of: &Checked, names: &Names) -> std::fmt::Result {
    writeln!(out, "{} ({}); rules of {}, data of {}.", names.score(&of.score.0), of.score.0, of.at, of.day)?;
    let per = of.per.replace('_', " ");
    match of.line {
        Line::Below(line) => writeln!(out, "Poor: consumption of less than {line} a month for each {per}.")?,
        Line::Poorest(share) => writeln!(
            out,
            "Poor: the poorest {} % of the people, who consume {} or less a month for each {per}.",
            hundredths(share.into()),
            of.poor_up_to
        )?,
    }
    let poverty = of.rows.first().and_then(|row| row.tallies.first()).and_then(Tally::poverty);
    let poverty = poverty.map_or_else(|| "nobody".to_owned(), |rate| format!("{} %", hundredths(rate.low)));
    writeln!(
        out,
        "{} households compared; {poverty} of the people they stand for are poor; the score of {} is not one number.",
        of.households, of.open_scores
    )?;
    let left = of.left_out;
    if left.consumption + left.weight + left.size > 0 {
        writeln!(
            out,
            "Not compared, since it is not known: consumption of {} households, weight of {}, size of {}.",
            left.consumption, left.weight, left.size
        )?;
    }
    Ok(())
}

fn tables(out: &mut String, of: &Checked, names: &Names) -> std::fmt::Result {
    let head = || MEASURES.iter().map(|(name, _)| format!("{name:>17}")).collect::<String>();
    let score = |at: usize| decimal(of.cut_offs[at], of.score.1);
    if let Some(everybody) = of.rows.first() {
        writeln!(out, "\n{:<28}{}  households unclear", "cut-off, everybody", head())?;
        for (at, tally) in everybody.tallies.iter().enumerate() {
            let mark = if of.chosen.contains(&at) { " <" } else { "" };
            writeln!(out, "{:<28}{}{mark}", score(at), cells(tally))?;
        }
    }
    for at in &of.chosen {
        let mut ways: Vec<&str> = of.rows.iter().map(|row| row.by.as_str()).filter(|by| !by.is_empty()).collect();
        ways.dedup();
        for by in ways {
            writeln!(out, "\n{:<28}{}  households unclear", format!("cut-off {}, {by}", score(*at)), head())?;
            let groups: Vec<&Row> = of.rows.iter().filter(|row| row.by == by).collect();
            for row in groups.iter().take(MOST_GROUPS) {
                writeln!(out, "{:<28}{}", names.group(by, &row.group), cells(&row.tallies[*at]))?;
            }
            if groups.len() > MOST_GROUPS {
                writeln!(out, "and {} more; --out FOLDER writes all", groups.len() - MOST_GROUPS)?;
            }
        }
    }
    Ok(())
}

fn cells(tally: &Tally) -> String {
    let cell = |measure: &fn(&Tally) -> Option<Rate>| match measure(tally) {
        None => "nobody".to_owned(),
        Some(rate) if rate.low == rate.high => hundredths(rate.low),
        Some(rate) => format!("{} to {}", hundredths(rate.low), hundredths(rate.high)),
    };
    let cells = MEASURES.iter().map(|(_, measure)| format!("{:>17}", cell(measure)));
    format!("{}  {:>18}", cells.collect::<String>(), tally.unclear().sampled)
}
