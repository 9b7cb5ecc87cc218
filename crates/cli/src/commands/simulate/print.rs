//! A simulation on the terminal.

use batch::simulate::{
    ProgrammeReach, Simulation,
    cost::Between,
    flows::{Flow, VERDICTS},
    report::decimal,
};
use std::io::Write as _;

/// The most groups of one kind that are shown.
const MOST_GROUPS: usize = 12;

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

pub(super) fn simulation(simulation: &Simulation, name: &dyn Fn(&str) -> String) {
    let mut out = String::new();
    let Some(overall) = simulation.flows.overall() else { return println!("The snapshot has no households.") };
    line(
        &mut out,
        &format!("{} households; rules of {}, data of {}.", overall.households, simulation.at, simulation.day),
    );
    line(&mut out, &format!("{:>12} {:>12} {:>12} {:>12}  programme", "gain", "lose", "to unknown", "to known"));
    for (id, flow) in simulation.flows.programmes.iter().zip(&overall.flows).filter(|(_, flow)| flow.has_changes()) {
        let known: u64 = flow.becomes_known().iter().sum();
        let numbers = [flow.gains(), flow.loses(), flow.becomes_unknown(), known].map(|n| format!("{n:>12}"));
        line(&mut out, &format!("{}  {}", numbers.join(" "), name(id)));
    }
    let same = overall.flows.iter().filter(|flow| !flow.has_changes()).count();
    line(&mut out, &format!("{same} programmes without a change."));
    for (at, id) in simulation.flows.programmes.iter().enumerate() {
        let reach = simulation.reaches.iter().find(|reach| reach.programme == *id);
        if overall.flows[at].has_changes() || reach.is_some() {
            line(&mut out, &format!("\n{} ({id})", name(id)));
            nine(&mut out, &overall.flows[at]);
            cost(&mut out, simulation, at);
            groups(&mut out, simulation, at);
        }
        if let Some(reach) = reach {
            reached(&mut out, reach, simulation);
        }
    }
    for note in &simulation.notes {
        eprintln!("{note}");
    }
    drop(std::io::stdout().write_all(out.as_bytes()));
}

fn nine(out: &mut String, flow: &Flow) {
    line(out, &format!("  {:<16}{:>12} {:>12} {:>12}", "households", "then no", "unknown", "yes"));
    for (before, word) in VERDICTS.iter().zip(["first no", "first unknown", "first yes"]) {
        let counts = VERDICTS.map(|after| format!("{:>12}", flow.get(*before, after)));
        line(out, &format!("  {word:<16}{}", counts.join(" ")));
    }
}

fn cost(out: &mut String, simulation: &Simulation, at: usize) {
    for (side, policy) in simulation.costs[at].iter().zip(["first", "second"]) {
        let Some((price, paid)) = side else {
            line(out, &format!("  {policy} policy: does not have it"));
            continue;
        };
        let mut text = format!("  {policy} policy, a year: ");
        if price.is_added {
            let cost = price.cost(*paid);
            text += &cost.regular.to_string();
            if cost.once != Between::default() {
                text += &format!("; once {}", cost.once);
            }
        } else {
            text += "no cash of a published amount";
        }
        for (id, missing, of) in &price.unpublished {
            text += &format!("; {id}: {missing} of {of} payments not published");
        }
        if !price.apart.is_empty() {
            let names: Vec<&str> = price.apart.iter().map(|apart| apart.benefit.as_str()).collect();
            text += &format!("; not added up: {}", names.join(", "));
        }
        line(out, &text);
    }
}

fn groups(out: &mut String, simulation: &Simulation, at: usize) {
    for by in simulation.flows.ways() {
        line(out, &format!("  by {by}: households, gain, lose, to unknown, to known"));
        let all: Vec<_> = simulation.flows.groups(by).collect();
        for (group, row) in all.iter().take(MOST_GROUPS) {
            let flow = &row.flows[at];
            let known: u64 = flow.becomes_known().iter().sum();
            let numbers = [row.households, flow.gains(), flow.loses(), flow.becomes_unknown(), known];
            let numbers: Vec<String> = numbers.iter().map(|n| format!("{n:>11}")).collect();
            let name = if group.is_empty() { "(not known)" } else { group };
            line(out, &format!("    {name:<24}{}", numbers.join(" ")));
        }
        if all.len() > MOST_GROUPS {
            line(out, &format!("    and {} more; --out FOLDER writes all", all.len() - MOST_GROUPS));
        }
    }
}

fn reached(out: &mut String, of: &ProgrammeReach, simulation: &Simulation) {
    let tally = of.reach.tally(None);
    let budget = of.limits.budget.map_or_else(|| "no limit of money".into(), |b| Between::exactly(b).to_string());
    line(out, &format!("  How far it reaches: {budget}; {} districts with a quota", of.limits.quotas.len()));
    line(
        out,
        &format!(
            "  ranked by scores.{}: the most it can be, low first; then the least; equals by lot, seed {}",
            of.score.0, simulation.seed.0
        ),
    );
    let rows = [
        (tally.reached, "reached"),
        (tally.reached_always, "of these, reached whatever the missing answers are"),
        (tally.wait_place, "wait for a place in their district"),
        (tally.wait_budget, "wait for money"),
        (tally.wait_depends, "of those who wait, may be reached once missing answers are known"),
        (tally.unclear_ahead, "verdict unknown, and would be reached"),
        (tally.unclear_behind, "verdict unknown, and would wait"),
    ];
    rows.iter().for_each(|(count, words)| line(out, &format!("  {count:>12}  {words}")));
    if let Some((low, high)) = of.reach.last_score() {
        let (inside, outside) = of.reach.drawn();
        let score = |value| decimal(value, of.score.1);
        let said = if low == high { score(low) } else { format!("{} to {}", score(low), score(high)) };
        line(
            out,
            &format!(
                "  last score reached: {said}; of its households {inside} are reached, {outside} wait; the reached cost {} a year",
                of.reach.spent
            ),
        );
    }
}
