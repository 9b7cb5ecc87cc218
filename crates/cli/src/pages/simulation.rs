//! What a change of policy does, as a page.

use super::{
    kit::{Bar, Page, grouped, say},
    names::Names,
};
use batch::{
    disclosure::Readers,
    simulate::{
        ProgrammeReach, Simulation,
        cost::{Between, Price},
        flows::{Flow, VERDICTS},
        report::decimal,
    },
};
use rules::{K3, pack::benefit::Per};
use std::collections::BTreeSet;
use web::text::T;

/// The most groups of one kind that the page shows; flows.csv has all.
const MOST_GROUPS: usize = 60;

/// The page.
pub(crate) fn page(simulation: &Simulation, names: &Names) -> String {
    let t = names.t;
    let mut page = Page::new(t, &t.m("report-change"));
    origin(&mut page, simulation, names);
    for (at, id) in simulation.flows.programmes.iter().enumerate() {
        let flow = simulation.flows.overall().map_or_else(Flow::default, |row| row.flows[at]);
        let reach = simulation.reaches.iter().find(|reach| reach.programme == *id);
        if !flow.has_changes() && reach.is_none() {
            continue;
        }
        page.heading(2, &names.programme(id));
        page.codes(&[(String::new(), id)]);
        bars(&mut page, &flow);
        nine(&mut page, &flow);
        cost(&mut page, simulation, at, names);
        groups(&mut page, simulation, at, names);
        if let Some(reach) = reach {
            reached(&mut page, reach, simulation, names);
        }
    }
    unchanged(&mut page, simulation, names);
    page.end()
}

fn origin(page: &mut Page, simulation: &Simulation, names: &Names) {
    let t = page.t;
    let households = simulation.flows.overall().map_or(0, |row| row.households);
    let [at, day] = [simulation.at, simulation.day].map(|day| t.date(day));
    let households = grouped(households);
    page.paragraph(&say(t, "report-change-of", &[("households", &households), ("at", &at), ("day", &day)]));
    page.codes(&[
        (t.m("report-first"), &simulation.policies[0]),
        (t.m("report-second"), &simulation.policies[1]),
        (t.m("report-snapshot"), &simulation.snapshot),
        (t.m("report-seed"), &simulation.seed.0),
    ]);
    page.notes(&simulation.notes, simulation.readers, names);
}

/// Who gains, loses, becomes unknown, becomes known.
fn bars(page: &mut Page, flow: &Flow) {
    let t = page.t;
    let [yes, no] = flow.becomes_known();
    let counts = [
        (t.m("report-gain"), flow.gains()),
        (t.m("report-lose"), flow.loses()),
        (t.m("report-to-unknown"), flow.becomes_unknown()),
        (t.m("report-now-yes"), yes),
        (t.m("report-now-no"), no),
    ];
    let bars = counts.map(|(name, count)| Bar { name, low: count, high: count, value: grouped(count) });
    page.bars(&t.m("report-households"), &bars);
}

fn word(t: T, verdict: K3) -> String {
    match verdict {
        K3::No => t.m("value-no"),
        K3::Unknown => t.m("value-unknown"),
        K3::Yes => t.m("value-yes"),
    }
}

fn nine(page: &mut Page, flow: &Flow) {
    let t = page.t;
    let rows: Vec<Vec<String>> = VERDICTS
        .iter()
        .map(|before| {
            let counts = VERDICTS.iter().map(|after| grouped(flow.get(*before, *after)));
            std::iter::once(t.a("report-before", "verdict", word(t, *before))).chain(counts).collect()
        })
        .collect();
    let after = VERDICTS.map(|after| t.a("report-after", "verdict", word(t, after)));
    let head: Vec<String> = std::iter::once(t.m("report-households")).chain(after).collect();
    page.table(&t.m("report-verdicts"), &head, &rows);
}

/// An amount, or from one to another.
fn between(t: T, of: Between) -> String {
    let [low, high] = [of.low, of.high].map(|paisa| Between::exactly(paisa).to_string());
    if low == high { low } else { say(t, "report-range", &[("low", &low), ("high", &high)]) }
}

fn range(t: T, low: u64, high: u64) -> String {
    let (low, high) = (grouped(low), grouped(high));
    if low == high { low } else { say(t, "report-range", &[("low", &low), ("high", &high)]) }
}

fn cost(page: &mut Page, simulation: &Simulation, at: usize, names: &Names) {
    let t = page.t;
    let programme = &simulation.flows.programmes[at];
    let (mut rows, mut remarks) = (vec![], BTreeSet::new());
    for (side, policy) in simulation.costs[at].iter().zip([t.m("report-first"), t.m("report-second")]) {
        let Some((price, paid)) = side else {
            rows.push(vec![policy, t.m("report-not-in-policy"), String::new(), String::new()]);
            continue;
        };
        let cost = price.cost(*paid);
        let sum = |of: Between| if price.is_added { between(t, of) } else { t.m("report-no-cash") };
        let recipients = range(t, paid.candidates.low, paid.candidates.high);
        rows.push(vec![policy, recipients, sum(cost.regular), sum(cost.once)]);
        remarks.extend(remarks_on(price, programme, names));
    }
    let head = ["report-policy", "report-recipients", "report-regular", "report-once"].map(|id| t.m(id));
    page.table(&t.m("report-cost"), &head, &rows);
    page.list(&remarks.into_iter().collect::<Vec<_>>());
}

/// What a reader of a cost must know.
fn remarks_on(price: &Price, programme: &str, names: &Names) -> Vec<String> {
    let t = names.t;
    let mut remarks = vec![];
    for (id, missing, payments) in &price.unpublished {
        let (benefit, missing, payments) = (names.benefit(programme, id), missing.to_string(), payments.to_string());
        let values = [("benefit", &*benefit), ("missing", &missing), ("payments", &payments)];
        remarks.push(say(t, "report-unpublished", &values));
    }
    if !price.conditional.is_empty() {
        let benefits: Vec<String> = price.conditional.iter().map(|id| names.benefit(programme, id)).collect();
        remarks.push(t.a("report-conditional", "benefits", benefits.join(", ")));
    }
    for apart in &price.apart {
        let amount = t.a(per(apart.per), "amount", between(t, apart.amount));
        let benefit = names.benefit(programme, &apart.benefit);
        remarks.push(say(t, "report-apart", &[("benefit", &benefit), ("amount", &amount)]));
    }
    remarks
}

fn per(per: Per) -> &'static str {
    match per {
        Per::Day => "per-day",
        Per::Month => "per-month",
        Per::Quarter => "per-quarter",
        Per::Year => "per-year",
        Per::Once => "per-once",
        Per::Case => "per-case",
        Per::FamilyYear => "per-family-year",
        Per::Loan => "per-loan",
        Per::Award => "per-award",
    }
}

fn groups(page: &mut Page, simulation: &Simulation, at: usize, names: &Names) {
    let t = page.t;
    for by in simulation.flows.ways() {
        let all: Vec<_> = simulation.flows.groups(by).collect();
        let rows: Vec<Vec<String>> = all
            .iter()
            .take(MOST_GROUPS)
            .map(|(group, row)| {
                let flow = &row.flows[at];
                let [yes, no] = flow.becomes_known();
                let numbers = [row.households, flow.gains(), flow.loses(), flow.becomes_unknown(), yes, no];
                std::iter::once(names.group(by, group)).chain(numbers.map(grouped)).collect()
            })
            .collect();
        let ids =
            ["report-households", "report-gain", "report-lose", "report-to-unknown", "report-now-yes", "report-now-no"];
        let by = names.by(by);
        let head: Vec<String> = std::iter::once(by.clone()).chain(ids.map(|id| t.m(id))).collect();
        page.table(&t.a("report-by", "what", by), &head, &rows);
        if all.len() > MOST_GROUPS {
            page.paragraph(&t.a("report-more", "count", all.len() - MOST_GROUPS));
        }
    }
}

fn reached(page: &mut Page, of: &ProgrammeReach, simulation: &Simulation, names: &Names) {
    let t = page.t;
    let tally = simulation.tally(of, None);
    let budget = of.limits.budget.map_or_else(|| t.m("report-no-limit"), |b| Between::exactly(b).to_string());
    page.heading(3, &t.a("report-reach", "budget", budget));
    let score = names.score(&of.score.0);
    page.paragraph(&say(t, "report-ranking", &[("score", &score), ("seed", &simulation.seed.0)]));
    let rows = [
        ("report-reached", tally.reached),
        ("report-reached-always", tally.reached_always),
        ("report-wait-place", tally.wait_place),
        ("report-wait-money", tally.wait_budget),
        ("report-wait-depends", tally.wait_depends),
        ("report-unclear-ahead", tally.unclear_ahead),
        ("report-unclear-behind", tally.unclear_behind),
    ];
    let rows: Vec<Vec<String>> = rows.iter().map(|(id, count)| vec![t.m(id), grouped(*count)]).collect();
    page.table(&t.m("report-by-place"), &["report-place", "report-households"].map(|id| t.m(id)), &rows);
    let Some((low, high)) = of.reach.last_score() else { return };
    let [low, high] = [low, high].map(|score| decimal(score, of.score.1));
    let score = if low == high { low } else { say(t, "report-range", &[("low", &low), ("high", &high)]) };
    page.paragraph(&t.a("report-last-score", "score", score));
    // Both tell exact counts of households.
    if simulation.readers == Readers::Inside {
        let (inside, outside) = of.reach.drawn();
        let values = [&grouped(inside), &grouped(outside), &of.reach.spent.to_string()].map(String::clone);
        let [inside, outside, spent] = &values;
        page.paragraph(&say(t, "report-drawn", &[("inside", inside), ("outside", outside), ("spent", spent)]));
    }
}

fn unchanged(page: &mut Page, simulation: &Simulation, names: &Names) {
    let t = page.t;
    let Some(row) = simulation.flows.overall() else { return };
    let same = simulation.flows.programmes.iter().zip(&row.flows).filter(|(_, flow)| !flow.has_changes());
    let rows: Vec<Vec<String>> =
        same.map(|(id, flow)| vec![names.programme(id), grouped(flow.yes()[1]), grouped(flow.unknown()[1])]).collect();
    if !rows.is_empty() {
        page.heading(2, &t.m("report-unchanged"));
        page.table(&t.m("report-same"), &["report-programme", "value-yes", "value-unknown"].map(|id| t.m(id)), &rows);
    }
}
