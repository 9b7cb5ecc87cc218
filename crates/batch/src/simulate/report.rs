//! A simulation as files: CSV tables and what it was made of as JSON. The page is written by who speaks its language.

use super::{
    Simulation,
    cost::{Apart, Between, Cost, Price},
    flows::VERDICTS,
};
use crate::{
    disclosure::Readers,
    fault::Faults,
    report::{Named, table},
};
use rules::{
    K3,
    pack::benefit::{BenefitKind, Per},
};

/// The files by name. Waiting lists hold households' ids, so they are for the centre alone.
///
/// # Errors
/// None in practice: they are written to memory.
pub fn files(simulation: &Simulation) -> Result<Vec<Named>, Faults> {
    let mut files = vec![
        ("run.json".to_owned(), run(simulation)),
        ("flows.csv".into(), table(&flows(simulation))?),
        ("costs.csv".into(), table(&costs(simulation))?),
    ];
    if !simulation.reaches.is_empty() {
        files.push(("reach.csv".into(), table(&reach(simulation))?));
    }
    let lists = if simulation.readers == Readers::Inside { simulation.reaches.len() } else { 0 };
    for (at, reach) in simulation.reaches.iter().enumerate().take(lists) {
        files.push((format!("ranking-{}.csv", reach.programme), table(&ranking(simulation, at))?));
    }
    Ok(files)
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
        "counts_are": match simulation.readers { Readers::Inside => "exact", Readers::Anybody => "to the nearest five" },
        "notes": simulation.notes.iter().map(ToString::to_string).collect::<Vec<_>>(),
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
pub fn plain(paisa: i128) -> String {
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
pub fn notes(price: &Price) -> Vec<String> {
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

/// A kind of help in a word.
pub fn kind_word(kind: BenefitKind) -> &'static str {
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

/// What an amount is for, in words.
pub fn per_word(per: Per) -> &'static str {
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
            let t = simulation.tally(reach, district);
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
