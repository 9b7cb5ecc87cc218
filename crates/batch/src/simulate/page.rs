//! The report as one page: no script, nothing from elsewhere, charts as SVG, fit for paper.

use super::{
    ProgrammeReach, Simulation,
    cost::Between,
    flows::{Flow, VERDICTS},
    report::{decimal, kind_word, notes, per_word},
};
use rules::K3;
use std::fmt::Write;

/// The most groups of one kind that the page shows; flows.csv has all.
const MOST_GROUPS: usize = 60;

const STYLE: &str = "
:root{color-scheme:light}
body{font:1rem/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;max-width:60rem;margin:0 auto;padding:1rem}
h1{font-size:1.6rem;line-height:1.2}h2{margin-top:2.5rem;border-bottom:2px solid #1a1a1a}
.wide{overflow-x:auto}table{border-collapse:collapse;margin:.5rem 0}caption{text-align:start;font-weight:600}
th,td{border:1px solid #767676;padding:.25rem .6rem;text-align:end}th{background:#f2f2f2}
th:first-child,td:first-child{text-align:start}code{overflow-wrap:anywhere}svg{max-width:100%;height:auto}
@media print{body{max-width:none;padding:0;font-size:10pt}h2{break-after:avoid}table,svg,figure{break-inside:avoid}
.wide{overflow:visible}}
";

/// Text that is safe between tags and in attributes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// The page. `names` gives a programme's name for its id.
pub(super) fn page(simulation: &Simulation, names: &dyn Fn(&str) -> String) -> String {
    let mut out = String::from("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.push_str("<title>What a change of policy does</title>\n<style>");
    out.push_str(STYLE);
    out.push_str("</style>\n</head>\n<body>\n<main>\n<h1>What a change of policy does</h1>\n");
    origin(&mut out, simulation);
    for (at, id) in simulation.flows.programmes.iter().enumerate() {
        let flow = simulation.flows.overall().map_or_else(Flow::default, |row| row.flows[at]);
        let changes = flow.gains() + flow.loses() + flow.becomes_unknown() + flow.becomes_known().iter().sum::<u64>();
        let reach = simulation.reaches.iter().find(|reach| reach.programme == *id);
        if changes == 0 && reach.is_none() {
            continue;
        }
        put(&mut out, format_args!("<h2>{}</h2>\n<p><code>{}</code></p>\n", escaped(&names(id)), escaped(id)));
        bars(&mut out, &flow);
        nine(&mut out, &flow);
        cost(&mut out, simulation, at);
        groups(&mut out, simulation, at);
        if let Some(reach) = reach {
            reached(&mut out, reach, simulation);
        }
    }
    unchanged(&mut out, simulation, names);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn put(out: &mut String, what: std::fmt::Arguments) {
    let written = out.write_fmt(what);
    debug_assert!(written.is_ok(), "writing to memory does not fail");
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn origin(out: &mut String, simulation: &Simulation) {
    let households = simulation.flows.overall().map_or(0, |row| row.households);
    put(
        out,
        format_args!(
            "<p>{} households; rules of {}, data of {}. The first policy is in force, the second is set against it. A year of costs begins on the day of the rules.</p>\n",
            grouped(households),
            simulation.at,
            simulation.day
        ),
    );
    put(
        out,
        format_args!(
            "<p>First policy <code>{}</code><br>Second policy <code>{}</code><br>Snapshot <code>{}</code><br>Seed of the draw <code>{}</code></p>\n",
            escaped(&simulation.policies[0]),
            escaped(&simulation.policies[1]),
            escaped(&simulation.snapshot),
            escaped(&simulation.seed.0)
        ),
    );
    if !simulation.notes.is_empty() {
        let items: String = simulation.notes.iter().map(|note| format!("<li>{}</li>", escaped(note))).collect();
        put(out, format_args!("<ul>{items}</ul>\n"));
    }
}

/// Three bars: gains, loses, becomes unknown.
fn bars(out: &mut String, flow: &Flow) {
    let bars = [
        ("gain", flow.gains(), "#1b6e3c"),
        ("lose", flow.loses(), "#a4262c"),
        ("become unknown", flow.becomes_unknown(), "#5c5c5c"),
        ("were unknown, now yes", flow.becomes_known()[0], "#2b5fa4"),
        ("were unknown, now no", flow.becomes_known()[1], "#7a4f9a"),
    ];
    let most = bars.iter().map(|(_, count, _)| *count).max().unwrap_or(0).max(1);
    let said: Vec<String> = bars.iter().map(|(word, count, _)| format!("{} {word}", grouped(*count))).collect();
    put(
        out,
        format_args!(
            "<figure><svg role=\"img\" width=\"640\" height=\"160\" viewBox=\"0 0 640 160\" aria-label=\"Households: {}\" font-size=\"14\" font-family=\"system-ui,sans-serif\">\n",
            escaped(&said.join(", "))
        ),
    );
    for (at, (word, count, colour)) in bars.iter().enumerate() {
        let y = at * 31;
        // Only the drawing is rounded.
        let width = u64::try_from(u128::from(*count) * 330 / u128::from(most)).unwrap_or(330);
        put(
            out,
            format_args!(
                "<text x=\"170\" y=\"{}\" text-anchor=\"end\">{word}</text><rect x=\"180\" y=\"{}\" width=\"{width}\" height=\"22\" fill=\"{colour}\"/><text x=\"{}\" y=\"{}\">{}</text>\n",
                y + 20,
                y + 4,
                186 + width,
                y + 20,
                grouped(*count)
            ),
        );
    }
    out.push_str("</svg></figure>\n");
}

fn word(verdict: K3) -> &'static str {
    match verdict {
        K3::No => "no",
        K3::Unknown => "unknown",
        K3::Yes => "yes",
    }
}

fn table(out: &mut String, caption: &str, head: &[&str], rows: &[Vec<String>]) {
    let cell = |tag: &str, text: &str| format!("<{tag}>{}</{tag}>", escaped(text));
    let head: String = head.iter().map(|text| format!("<th scope=\"col\">{}</th>", escaped(text))).collect();
    put(
        out,
        format_args!(
            "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\"><table><caption>{0}</caption><thead><tr>{head}</tr></thead><tbody>\n",
            escaped(caption)
        ),
    );
    for row in rows {
        let mut cells = row.iter();
        let first = cells.next().map_or(String::new(), |text| format!("<th scope=\"row\">{}</th>", escaped(text)));
        let rest: String = cells.map(|text| cell("td", text)).collect();
        put(out, format_args!("<tr>{first}{rest}</tr>\n"));
    }
    out.push_str("</tbody></table></div>\n");
}

fn nine(out: &mut String, flow: &Flow) {
    let rows: Vec<Vec<String>> = VERDICTS
        .iter()
        .map(|before| {
            let counts = VERDICTS.iter().map(|after| grouped(flow.get(*before, *after)));
            std::iter::once(format!("first: {}", word(*before))).chain(counts).collect()
        })
        .collect();
    let head = ["Households", "second: no", "second: unknown", "second: yes"];
    table(out, "Verdicts under the first policy and under the second", &head, &rows);
}

fn cost(out: &mut String, simulation: &Simulation, at: usize) {
    let mut rows = vec![];
    let mut remarks = vec![];
    for (side, policy) in simulation.costs[at].iter().zip(["first", "second"]) {
        let Some((price, paid)) = side else {
            rows.push(vec![policy.into(), "not in this policy".into(), String::new(), String::new()]);
            continue;
        };
        let cost = price.cost(*paid);
        let units = paid.candidates;
        let recipients = match units.low == units.high {
            true => grouped(units.low),
            false => format!("{} to {}", grouped(units.low), grouped(units.high)),
        };
        let sum = |of: Between| if price.is_added { of.to_string() } else { "no published cash".into() };
        rows.push(vec![policy.into(), recipients, sum(cost.regular), sum(cost.once)]);
        remarks.extend(notes(price));
        for apart in &price.apart {
            remarks.push(format!(
                "Not added up: {} ({}), {} {}.",
                apart.benefit,
                kind_word(apart.kind),
                apart.amount,
                per_word(apart.per)
            ));
        }
    }
    let head = ["Policy", "Recipients", "Regular cash in the year", "Cash that comes once"];
    table(out, "Cost, from those who meet the criteria to those and everybody unknown", &head, &rows);
    remarks.dedup();
    let items: std::collections::BTreeSet<String> =
        remarks.iter().map(|text| format!("<li>{}</li>", escaped(text))).collect();
    if !items.is_empty() {
        put(out, format_args!("<ul>{}</ul>\n", items.into_iter().collect::<String>()));
    }
}

fn groups(out: &mut String, simulation: &Simulation, at: usize) {
    for by in simulation.flows.ways() {
        let all: Vec<_> = simulation.flows.groups(by).collect();
        let rows: Vec<Vec<String>> = all
            .iter()
            .take(MOST_GROUPS)
            .map(|(group, row)| {
                let flow = &row.flows[at];
                let [yes, no] = flow.becomes_known();
                let numbers = [row.households, flow.gains(), flow.loses(), flow.becomes_unknown(), yes, no];
                let name = if group.is_empty() { "(not known)" } else { group };
                std::iter::once(name.to_owned()).chain(numbers.map(grouped)).collect()
            })
            .collect();
        let head = [by, "households", "gain", "lose", "become unknown", "unknown, now yes", "unknown, now no"];
        table(out, &format!("By {by}"), &head, &rows);
        if all.len() > MOST_GROUPS {
            put(out, format_args!("<p>{} more are in flows.csv.</p>\n", all.len() - MOST_GROUPS));
        }
    }
}

fn reached(out: &mut String, of: &ProgrammeReach, simulation: &Simulation) {
    let tally = of.reach.tally(None);
    let budget = of.limits.budget.map_or_else(|| "no limit of money".into(), |b| Between::exactly(b).to_string());
    put(out, format_args!("<h3>How far it reaches: {budget}</h3>\n", budget = escaped(&budget)));
    put(
        out,
        format_args!(
            "<p>Ranked by <code>scores.{}</code>: the most it can be, low first; then the least it can be; equals by lot from the seed <code>{}</code>. Each household is charged the most it can cost; at the first that does not fit, the budget is spent. Unknown verdicts get no place and lose none.</p>\n",
            escaped(&of.score.0),
            escaped(&simulation.seed.0)
        ),
    );
    let rows = [
        ("Reached", tally.reached),
        ("of these, reached whatever the missing answers are", tally.reached_always),
        ("Wait for a place in their district", tally.wait_place),
        ("Wait for money", tally.wait_budget),
        ("of those who wait, may be reached once missing answers are known", tally.wait_depends),
        ("Unclear, and would be reached", tally.unclear_ahead),
        ("Unclear, and would wait", tally.unclear_behind),
    ];
    let rows: Vec<Vec<String>> = rows.iter().map(|(word, count)| vec![(*word).into(), grouped(*count)]).collect();
    table(out, "Households by place", &["Place", "Households"], &rows);
    if let Some((low, high)) = of.reach.last_score() {
        let (inside, outside) = of.reach.drawn();
        let score = if low == high {
            decimal(low, of.score.1)
        } else {
            format!("{} to {}", decimal(low, of.score.1), decimal(high, of.score.1))
        };
        put(
            out,
            format_args!(
                "<p>The last household reached has the score {score}; of those with this score {} are reached and {} wait. The reached cost {} in the year.</p>\n",
                grouped(inside),
                grouped(outside),
                escaped(&of.reach.spent.to_string())
            ),
        );
    }
}

fn unchanged(out: &mut String, simulation: &Simulation, names: &dyn Fn(&str) -> String) {
    let Some(row) = simulation.flows.overall() else { return };
    let same = simulation.flows.programmes.iter().zip(&row.flows).filter(|(_, flow)| {
        flow.gains() + flow.loses() + flow.becomes_unknown() + flow.becomes_known().iter().sum::<u64>() == 0
    });
    let rows: Vec<Vec<String>> =
        same.map(|(id, flow)| vec![names(id), grouped(flow.yes()[1]), grouped(flow.unknown()[1])]).collect();
    if !rows.is_empty() {
        out.push_str("<h2>Programmes without a change</h2>\n");
        table(out, "The same under both policies", &["Programme", "yes", "unknown"], &rows);
    }
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_written_by_others_becomes_markup() {
        assert_eq!(escaped("<b a='1' c=\"2\">&"), "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;");
    }
}
