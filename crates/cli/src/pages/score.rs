//! A score against a survey, as a page.

use super::{
    kit::{Bar, Line, Page, grouped, say},
    names::Names,
};
use batch::{
    disclosure::Readers,
    simulate::report::decimal,
    survey::{
        self, Checked, Row,
        errors::{Rate, Tally},
        report::{hundredths, seen},
    },
};
use domain::money::Paisa;
use web::text::T;

/// The most groups of one kind that the page shows; errors.csv has all.
const MOST_GROUPS: usize = 60;

/// The page.
pub(crate) fn page(checked: &Checked, names: &Names, readers: Readers) -> String {
    let t = names.t;
    let mut page = Page::new(t, &t.a("report-score", "score", names.score(&checked.score.0)));
    let writer = Writer { checked, names, readers, t };
    writer.origin(&mut page);
    writer.errors(&mut page);
    for at in &checked.chosen {
        writer.cut_off(&mut page, *at);
    }
    page.heading(2, &t.m("report-measures"));
    let meanings = ["exclusion", "inclusion", "coverage", "leakage", "cgh", "unclear"];
    page.list(&meanings.map(|measure| t.code("report-measure", measure)));
    page.end()
}

struct Writer<'a> {
    checked: &'a Checked,
    names: &'a Names<'a>,
    readers: Readers,
    t: T,
}

impl Writer<'_> {
    fn score(&self, value: i64) -> String {
        decimal(value, self.checked.score.1)
    }

    fn origin(&self, page: &mut Page) {
        let (t, of) = (self.t, self.checked);
        let poor = match of.line {
            survey::Line::Below(line) => t.a("report-poor-below", "line", t.money(line)),
            survey::Line::Poorest(share) => {
                let up_to = t.money(Paisa(of.poor_up_to.0));
                say(t, "report-poor-share", &[("share", &hundredths(share.into())), ("line", &up_to)])
            }
        };
        page.paragraph(&format!("{poor} {}", t.code("report-per", of.per)));
        let everybody = of.rows.first().and_then(|row| row.tallies.first());
        let poverty = everybody.and_then(Tally::poverty).map_or_else(String::new, |rate| hundredths(rate.low));
        let [households, open] = [of.households, of.open_scores].map(|n| grouped(self.readers.count(n)));
        let values = [("households", &*households), ("poverty", &poverty), ("open", &open)];
        page.paragraph(&say(t, "report-compared", &values));
        let left = of.left_out;
        if left.consumption + left.weight + left.size > 0 {
            let [consumption, weight, size] =
                [left.consumption, left.weight, left.size].map(|n| grouped(self.readers.count(n)));
            let values = [("consumption", &*consumption), ("weight", &weight), ("size", &size)];
            page.paragraph(&say(t, "report-left-out", &values));
        }
        let [at, day] = [of.at, of.day].map(|day| t.date(day));
        page.paragraph(&say(t, "report-days", &[("at", &at), ("day", &day)]));
        page.codes(&[(t.m("report-policy"), &of.policy)]);
        page.notes(&of.notes, self.readers, self.names);
    }

    fn errors(&self, page: &mut Page) {
        let (t, of) = (self.t, self.checked);
        let Some(everybody) = of.rows.first() else { return };
        page.heading(2, &t.m("report-errors"));
        let points = |measure: fn(&Tally) -> Option<Rate>| {
            let rate = |tally: &Tally| seen(measure(tally), self.readers).map(|rate| (rate.low, rate.high));
            everybody.tallies.iter().map(rate).collect()
        };
        let lines = [
            Line { name: t.m("report-exclusion"), colour: "#1f4f8f", dash: "none", points: points(Tally::exclusion) },
            Line { name: t.m("report-inclusion"), colour: "#a8401c", dash: "6 3", points: points(Tally::inclusion) },
            Line { name: t.m("report-coverage"), colour: "#4d4d4d", dash: "2 2", points: points(Tally::coverage) },
        ];
        let places: Vec<String> = of.cut_offs.iter().map(|cut_off| self.score(*cut_off)).collect();
        page.lines(&t.m("report-errors-chart"), &t.m("report-cut-off"), &places, &lines);
        let mut head = vec![t.m("report-cut-off")];
        head.extend(self.head());
        let rows: Vec<Vec<String>> =
            places.into_iter().zip(&everybody.tallies).map(|(place, tally)| self.row(place, tally)).collect();
        page.table(&t.m("report-errors-table"), &head, &rows);
    }

    fn head(&self) -> Vec<String> {
        let ids = ["report-exclusion", "report-inclusion", "report-coverage", "report-leakage", "report-cgh"];
        let mut head: Vec<String> = ids.map(|id| self.t.m(id)).to_vec();
        head.push(self.t.m("report-unclear"));
        head
    }

    fn row(&self, name: String, tally: &Tally) -> Vec<String> {
        let percent = |rate: Option<Rate>| self.rate(rate, "%");
        let unclear = tally.unclear().sampled;
        vec![
            name,
            percent(tally.exclusion()),
            percent(tally.inclusion()),
            percent(tally.coverage()),
            percent(tally.leakage()),
            self.rate(tally.cgh(), ""),
            grouped(self.readers.count(unclear)),
        ]
    }

    /// A rate in words: one number, two, none, or too few to tell.
    fn rate(&self, rate: Option<Rate>, unit: &str) -> String {
        let (t, say_one) = (self.t, |value: u64| format!("{}{unit}", hundredths(value)));
        match (rate, seen(rate, self.readers)) {
            (None, _) => t.m("report-nobody"),
            (_, None) => t.m("report-few"),
            (_, Some(rate)) if rate.low == rate.high => say_one(rate.low),
            (_, Some(rate)) => say(t, "report-range", &[("low", &say_one(rate.low)), ("high", &say_one(rate.high))]),
        }
    }

    /// Groups at one cut-off.
    fn cut_off(&self, page: &mut Page, at: usize) {
        let (t, of) = (self.t, self.checked);
        let score = self.score(of.cut_offs[at]);
        let direction = if of.score.2 { "report-at-or-below" } else { "report-at-or-above" };
        page.heading(2, &t.a(direction, "cutoff", score));
        let mut ways: Vec<&str> = of.rows.iter().map(|row| row.by.as_str()).filter(|by| !by.is_empty()).collect();
        ways.dedup();
        for by in ways {
            let groups: Vec<&Row> = of.rows.iter().filter(|row| row.by == by).collect();
            let shown = || groups.iter().take(MOST_GROUPS);
            let title = t.a("report-by", "what", self.names.by(by));
            let bar = |row: &&Row| {
                let rate = seen(row.tallies[at].exclusion(), self.readers)?;
                let value = self.rate(Some(rate), "%");
                Some(Bar { name: self.names.group(by, &row.group), low: rate.low, high: rate.high, value })
            };
            let bars: Vec<Bar> = shown().filter_map(bar).collect();
            page.heading(3, &title);
            if !bars.is_empty() {
                page.paragraph(&t.m("report-exclusion-bars"));
                page.bars(&t.m("report-exclusion"), &bars);
            }
            let mut head = vec![self.names.by(by), t.m("report-poverty")];
            head.extend(self.head());
            let rows: Vec<Vec<String>> = shown()
                .map(|row| {
                    let mut cells = self.row(self.names.group(by, &row.group), &row.tallies[at]);
                    cells.insert(1, self.rate(row.tallies[at].poverty(), "%"));
                    cells
                })
                .collect();
            page.table(&title, &head, &rows);
            if groups.len() > MOST_GROUPS {
                page.paragraph(&t.a("report-more", "count", groups.len() - MOST_GROUPS));
            }
        }
    }
}
