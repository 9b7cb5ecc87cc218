//! A simulation as files: CSV tables, what it was made of as JSON, and one page.

use super::{
    Simulation,
    cost::{Apart, Between, Cost, Price},
    flows::VERDICTS,
    page,
};
use crate::fault::{Fault, Faults, io};
use rules::{
    K3,
    pack::benefit::{BenefitKind, Per},
};
use std::{fs, path::Path};

/// Writes everything into a folder that is not there yet. The folder has its name only once it is whole.
///
/// # Errors
/// When the folder is there, or something cannot be written.
pub fn write(simulation: &Simulation, names: &dyn Fn(&str) -> String, folder: &Path) -> Result<(), Faults> {
    if folder.exists() {
        let fault = Fault::of(&folder.display().to_string(), "It is there already.");
        return Err(fault.suggest("Name a folder that is not there, so that no earlier report is lost.").into());
    }
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(io(parent, "made"))?;
    let partial = tempfile::Builder::new().prefix(".simulation-").tempdir_in(parent).map_err(io(parent, "written"))?;
    for (name, text) in files(simulation, names)? {
        let path = partial.path().join(&name);
        fs::write(&path, text).map_err(io(&path, "written"))?;
    }
    fs::rename(partial.path(), folder).map_err(io(folder, "written"))?;
    Ok(())
}

/// The files by name.
fn files(simulation: &Simulation, names: &dyn Fn(&str) -> String) -> Result<Vec<(String, String)>, Faults> {
    let mut files = vec![
        ("run.json".to_owned(), run(simulation)),
        ("flows.csv".into(), table(&flows(simulation))?),
        ("costs.csv".into(), table(&costs(simulation))?),
        ("report.html".into(), page::page(simulation, names)),
    ];
    if !simulation.reaches.is_empty() {
        files.push(("reach.csv".into(), table(&reach(simulation))?));
    }
    for (at, reach) in simulation.reaches.iter().enumerate() {
        files.push((format!("ranking-{}.csv", reach.programme), table(&ranking(simulation, at))?));
    }
    Ok(files)
}

/// Rows as CSV.
fn table(rows: &[Vec<String>]) -> Result<String, Faults> {
    let failed = |error: csv::Error| Faults::from(Fault::of("report", error.to_string()));
    let mut writer = csv::Writer::from_writer(vec![]);
    rows.iter().try_for_each(|row| writer.write_record(row)).map_err(failed)?;
    let bytes = writer.into_inner().map_err(|error| failed(error.into_error().into()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// What it was made of: with it and the same snapshot, everything can be made again.
fn run(simulation: &Simulation) -> String {
    let limits = simulation.reaches.iter().map(|reach| {
        serde_json::json!({
            "programme": reach.programme,
            "ranked_by": reach.score.0,
            "budget_rupees": reach.limits.budget.map(plain),
            "quotas": reach.limits.quotas,
        })
    });
    let run = serde_json::json!({
        "seed": simulation.seed.0,
        "policies": simulation.policies,
        "snapshot": simulation.snapshot,
        "reference_date": simulation.at.to_string(),
        "day_of_the_data": simulation.day.to_string(),
        "limits": limits.collect::<Vec<_>>(),
        "notes": simulation.notes,
    });
    format!("{run:#}\n")
}

fn word(verdict: K3) -> &'static str {
    match verdict {
        K3::No => "no",
        K3::Unknown => "unknown",
        K3::Yes => "yes",
    }
}

fn header(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn flows(simulation: &Simulation) -> Vec<Vec<String>> {
    let mut head = header(&["by", "group", "programme", "households"]);
    for before in VERDICTS {
        head.extend(VERDICTS.map(|after| format!("{}_to_{}", word(before), word(after))));
    }
    let mut rows = vec![head];
    for ((by, group), row) in &simulation.flows.rows {
        for (programme, flow) in simulation.flows.programmes.iter().zip(&row.flows) {
            let words = [by, group, programme].map(Clone::clone).into_iter();
            let numbers = std::iter::once(row.households).chain(flow.0.into_iter().flatten());
            rows.push(words.chain(numbers.map(|number| number.to_string())).collect());
        }
    }
    rows
}

/// Rupees as plain digits, with paisa only when there are any.
pub(super) fn plain(paisa: i128) -> String {
    match paisa % 100 {
        0 => format!("{}", paisa / 100),
        rest => format!("{}.{:02}", paisa / 100, rest.abs()),
    }
}

fn costs(simulation: &Simulation) -> Vec<Vec<String>> {
    let mut rows = vec![header(&[
        "programme",
        "policy",
        "what",
        "benefit",
        "recipients_low",
        "recipients_high",
        "rupees_low",
        "rupees_high",
        "note",
    ])];
    for (programme, both) in simulation.flows.programmes.iter().zip(&simulation.costs) {
        for (side, policy) in both.iter().zip(["first", "second"]) {
            let Some((price, paid)) = side else { continue };
            let units = [paid.candidates.low.to_string(), paid.candidates.high.to_string()];
            let mut push = |what: &str, benefit: &str, amount: Option<Between>, note: &str| {
                let [low, high] = amount.map_or([String::new(), String::new()], |a| [plain(a.low), plain(a.high)]);
                let words = [programme, policy, what, benefit].map(str::to_owned);
                rows.push(words.into_iter().chain(units.clone()).chain([low, high, note.to_owned()]).collect());
            };
            let Cost { regular, once } = price.cost(*paid);
            if price.is_added {
                push("regular_cash_a_year", "", Some(regular), &notes(price).join(" "));
                push("cash_that_comes_once", "", Some(once), "");
            }
            for Apart { benefit, kind, per, amount } in &price.apart {
                let note = format!("{}, {}; for each, not added up", kind_word(*kind), per_word(*per));
                push("stands_apart", benefit, Some(*amount), &note);
            }
            for (benefit, missing, payments) in &price.unpublished {
                let note = format!("the amount of {missing} of {payments} payments is not published");
                push("not_published", benefit, None, &note);
            }
        }
    }
    rows
}

/// What a reader of a cost must know.
pub(super) fn notes(price: &Price) -> Vec<String> {
    let mut notes = vec![];
    if !price.unpublished.is_empty() {
        let names: Vec<String> =
            price.unpublished.iter().map(|(id, missing, of)| format!("{id} ({missing} of {of} payments)")).collect();
        notes.push(format!("Not published, so not in the sum: {}.", names.join(", ")));
    }
    if !price.conditional.is_empty() {
        let names = price.conditional.join(", ");
        notes.push(format!("Only some get these, so they count as between none and all: {names}."));
    }
    notes
}

pub(super) fn kind_word(kind: BenefitKind) -> &'static str {
    match kind {
        BenefitKind::Cash => "cash",
        BenefitKind::Pension => "pension",
        BenefitKind::InKind => "goods",
        BenefitKind::Service => "service",
        BenefitKind::FeeWaiver => "fee waiver",
        BenefitKind::Loan => "loan",
        BenefitKind::Insurance => "insurance",
    }
}

pub(super) fn per_word(per: Per) -> &'static str {
    match per {
        Per::Day => "a day",
        Per::Month => "a month",
        Per::Quarter => "a quarter",
        Per::Year => "a year",
        Per::Once => "once",
        Per::Case => "a case",
        Per::FamilyYear => "a family and year",
        Per::Loan => "a loan",
        Per::Award => "an award",
    }
}

fn reach(simulation: &Simulation) -> Vec<Vec<String>> {
    let mut rows = vec![header(&[
        "programme",
        "district",
        "reached",
        "reached_whatever_is_missing",
        "wait_for_place",
        "wait_for_budget",
        "wait_but_may_be_reached",
        "unclear_ahead",
        "unclear_behind",
    ])];
    for reach in &simulation.reaches {
        let districts = reach.reach.districts();
        let all = std::iter::once(("(all)", None)).chain(districts.into_iter().map(|name| (name, Some(name))));
        for (name, district) in all {
            let t = reach.reach.tally(district);
            let numbers = [
                t.reached,
                t.reached_always,
                t.wait_place,
                t.wait_budget,
                t.wait_depends,
                t.unclear_ahead,
                t.unclear_behind,
            ];
            let words = [reach.programme.clone(), name.to_owned()].into_iter();
            rows.push(words.chain(numbers.map(|number| number.to_string())).collect());
        }
    }
    rows
}

/// The ranking of one programme: the waiting list.
fn ranking(simulation: &Simulation, at: usize) -> Vec<Vec<String>> {
    let reach = &simulation.reaches[at];
    let mut rows = vec![header(&[
        "rank",
        "household_id",
        "district",
        "score_low",
        "score_high",
        "verdict",
        "place",
        "sure",
        "rupees_low",
        "rupees_high",
    ])];
    for (rank, ranked) in reach.reach.ranked.iter().enumerate() {
        let s = &ranked.standing;
        let score = |value: i64| decimal(value, reach.score.1);
        rows.push(vec![
            (rank + 1).to_string(),
            s.household.clone(),
            s.district.clone(),
            score(s.score.0),
            score(s.score.1),
            word(if s.meets { K3::Yes } else { K3::Unknown }).into(),
            ranked.place.word().into(),
            ranked.sure.word().into(),
            plain(s.cost.low),
            plain(s.cost.high),
        ]);
    }
    rows
}

/// A score as people write it.
pub fn decimal(value: i64, digits: u8) -> String {
    if digits == 0 {
        return value.to_string();
    }
    let unit = 10_u64.pow(u32::from(digits));
    let (sign, value) = (if value < 0 { "-" } else { "" }, value.unsigned_abs());
    format!("{sign}{}.{:0width$}", value / unit, value % unit, width = usize::from(digits))
}
