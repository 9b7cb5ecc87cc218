//! A checked score as CSV and JSON.

use super::{
    Checked, Line, Row,
    errors::{Cell, Rate, Tally},
};
use crate::{
    disclosure::{FEW, Readers},
    fault::Faults,
    report,
    simulate::report::{decimal, plain},
};

/// A measure of a tally.
type Measure = fn(&Tally) -> Option<Rate>;

/// The measures by name, in the order of the tables.
pub const MEASURES: [(&str, Measure); 5] = [
    ("exclusion", Tally::exclusion),
    ("inclusion", Tally::inclusion),
    ("coverage", Tally::coverage),
    ("leakage", Tally::leakage),
    ("cgh", Tally::cgh),
];

/// The classes by name, in the order of [`classes`].
const CLASSES: [&str; 6] =
    ["poor_reached", "poor_unclear", "poor_missed", "other_reached", "other_unclear", "other_not"];

fn classes(tally: &Tally) -> [Cell; 6] {
    let [a, b, c] = tally.poor;
    let [d, e, f] = tally.other;
    [a, b, c, d, e, f]
}

/// `12.34`: percent for shares, times for CGH.
pub fn hundredths(value: u64) -> String {
    decimal(i64::try_from(value).unwrap_or(i64::MAX), 2)
}

/// A rate as readers may see it: `None` when there is none, or when too few households stand behind it or behind a class
/// that it tells by itself.
pub fn seen(rate: Option<Rate>, readers: Readers) -> Option<Rate> {
    rate.filter(|rate| readers.may_see(rate.fewest))
}

/// People as readers may see them: for readers outside to the nearest multiple of what five households of the survey stand
/// for on average. Exact numbers would tell a hidden class by the difference of two cut-offs, or of all groups and one.
fn people(checked: &Checked, readers: Readers) -> impl Fn(u128) -> u128 {
    let all = checked.rows.first().and_then(|row| row.tallies.first()).map(Tally::everybody).unwrap_or_default();
    let five = (all.persons * u128::from(FEW)).div_ceil(u128::from(all.sampled.max(1))).max(1);
    move |persons| match readers {
        Readers::Inside => persons,
        Readers::Anybody => (persons + five / 2) / five * five,
    }
}

/// A line for each group and cut-off. What rests on fewer than five households of the survey stays empty for readers
/// outside, and the others are rounded, so that what is empty does not follow from them.
///
/// # Errors
/// None in practice: it is written to memory.
pub fn csv(checked: &Checked, readers: Readers) -> Result<String, Faults> {
    let mut head: Vec<String> = ["by", "group", "cut_off"].map(str::to_owned).to_vec();
    head.extend(CLASSES.iter().map(|class| format!("people_{class}")));
    head.extend(CLASSES.iter().map(|class| format!("sampled_households_{class}")));
    head.extend(MEASURES.iter().flat_map(|(name, _)| [format!("{name}_least"), format!("{name}_most")]));
    let mut rows = vec![head];
    let people = people(checked, readers);
    for row in &checked.rows {
        for (cut_off, tally) in checked.cut_offs.iter().zip(&row.tallies) {
            let mut line = vec![row.by.clone(), row.group.clone(), decimal(*cut_off, checked.score.1)];
            let cells = classes(tally);
            let of = |cell: &Cell, text: String| if readers.may_see(cell.sampled) { text } else { String::new() };
            line.extend(cells.iter().map(|cell| of(cell, people(cell.persons).to_string())));
            line.extend(cells.iter().map(|cell| of(cell, readers.count(cell.sampled).to_string())));
            for (_, measure) in MEASURES {
                let rate = seen(measure(tally), readers);
                line.extend(rate.map_or([String::new(), String::new()], |r| [hundredths(r.low), hundredths(r.high)]));
            }
            rows.push(line);
        }
    }
    report::table(&rows)
}

/// Everything that says what was compared, and the rates at the chosen cut-offs.
pub fn json(checked: &Checked, readers: Readers) -> String {
    let line = match checked.line {
        Line::Below(line) => serde_json::json!({ "below_rupees_a_month": plain(line.0.into()) }),
        Line::Poorest(share) => serde_json::json!({ "poorest_percent_of_people": hundredths(share.into()) }),
    };
    let json = serde_json::json!({
        "score": checked.score.0,
        "low_means_poor": checked.score.2,
        "policy": checked.policy,
        "reference_date": checked.at.to_string(),
        "day_of_the_data": checked.day.to_string(),
        "poor": line,
        "consumption_for_each": checked.per,
        "poor_up_to_rupees_a_month": plain(checked.poor_up_to.0.into()),
        "households_compared": readers.count(checked.households),
        "households_whose_score_is_open": readers.count(checked.open_scores),
        "households_left_out": {
            "consumption_not_known": readers.count(checked.left_out.consumption),
            "weight_not_known": readers.count(checked.left_out.weight),
            "size_not_known": readers.count(checked.left_out.size),
        },
        "counts_are": match readers { Readers::Inside => "exact", Readers::Anybody => "to the nearest five" },
        "groups": checked.rows.iter().map(|row| group(checked, row, readers)).collect::<Vec<_>>(),
        "notes": checked.notes.iter().map(ToString::to_string).collect::<Vec<_>>(),
    });
    format!("{json:#}\n")
}

fn group(checked: &Checked, row: &Row, readers: Readers) -> serde_json::Value {
    let cut_offs = checked.chosen.iter().map(|at| {
        let tally = &row.tallies[*at];
        let rates = MEASURES.iter().map(|(name, measure)| {
            let rate = seen(measure(tally), readers);
            let rate = rate.map(|rate| [hundredths(rate.low), hundredths(rate.high)]);
            ((*name).to_owned(), serde_json::json!(rate))
        });
        let mut of: serde_json::Map<String, serde_json::Value> = rates.collect();
        of.insert("cut_off".into(), decimal(checked.cut_offs[*at], checked.score.1).into());
        serde_json::Value::Object(of)
    });
    serde_json::json!({
        "by": row.by,
        "group": row.group,
        "poor_percent": row.tallies.first().and_then(|t| seen(t.poverty(), readers)).map(|rate| hundredths(rate.low)),
        "cut_offs": cut_offs.collect::<Vec<_>>(),
    })
}
