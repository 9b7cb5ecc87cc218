//! What is asked of the members: how many meet a condition, of how many it is not known, and sums over them.

use super::{
    numbers::Number,
    writer::{Frame, Gathered, Level, Writer, quoted},
};
use crate::{
    Interval,
    expr::rule::{Cond, SumOf},
};

impl Writer<'_> {
    /// Columns: the members who meet a condition, and those of whom it is not known.
    pub(super) fn members_who(&mut self, body: &Cond, frame: &mut Frame) -> (String, String) {
        let level = if body.is_personal() { Level::Person } else { Level::Household };
        let mut inner = within(level);
        let text = self.cond(body, &mut inner);
        let name = self.gather(level, &text, inner, |each| {
            let counted = |filter: String| format!("count(*) FILTER (WHERE {filter})");
            let whom = quoted(each);
            vec![
                ("yes", text.clone(), counted(whom.clone())),
                ("unknown", String::new(), counted(format!("{whom} IS NULL"))),
            ]
        });
        (read(level, &format!("{name} yes"), frame), read(level, &format!("{name} unknown"), frame))
    }

    /// How many members there are: those listed, and while the list is open as many as the policy declares.
    pub(super) fn size(&mut self, frame: &mut Frame) -> Number {
        let (listed, more) = (frame.household("members"), frame.household("unlisted"));
        let bounds = Interval { low: 0, high: self.plan.members_max };
        Number::between(listed.clone(), format!("({listed} + {more})"), bounds)
    }

    pub(super) fn count(&mut self, body: &Cond, frame: &mut Frame) -> Number {
        let (yes, unknown) = self.members_who(body, frame);
        let more = frame.household("unlisted");
        let bounds = Interval { low: 0, high: self.plan.members_max };
        Number::between(yes.clone(), format!("({yes} + {unknown} + {more})"), bounds)
    }

    /// A sum over members: who surely counts adds its part, who may count adds its part or nothing, and each member
    /// not yet listed adds anything within the bounds of a part.
    pub(super) fn sum(&mut self, sum: &SumOf, frame: &mut Frame) -> Number {
        let personal = sum.condition.is_personal() || sum.part.is_personal();
        let level = if personal { Level::Person } else { Level::Household };
        let mut inner = within(level);
        let whom = self.cond(&sum.condition, &mut inner);
        let part = self.number(&sum.part, &mut inner);
        let end = |part: &str, end: &str| {
            format!("CASE WHEN {whom} THEN {part} WHEN ({whom}) IS NULL THEN {end}({part}, 0) ELSE 0 END")
        };
        let (low, high) = (end(&part.low, "least"), end(&part.high, "greatest"));
        let name = self.gather(level, &format!("{low} .. {high}"), inner, |each| {
            let total = |end: &str| format!("CAST(sum({}) AS BIGINT)", quoted(&format!("{each} {end}")));
            vec![("low", low.clone(), total("low")), ("high", high.clone(), total("high"))]
        });
        let more = frame.household("unlisted");
        let end = |frame: &mut Frame, end: &str, part: i64| {
            let listed = read(level, &format!("{name} {end}"), frame);
            if part == 0 { listed } else { format!("({listed} + {part} * {more})") }
        };
        let (low, high) = (end(frame, "low", sum.part_bounds.low), end(frame, "high", sum.part_bounds.high));
        let bounds = sum.part_bounds.checked_mul(Interval { low: 0, high: self.plan.members_max });
        Number::between(low, high, bounds.unwrap_or(sum.part_bounds))
    }

    /// Columns gathered over members, written once for whoever asks the same. `parts` gives for each column its
    /// ending, what is reckoned of each member (empty: as for the column before) and what is gathered of that.
    fn gather(
        &mut self,
        level: Level,
        what: &str,
        inner: Frame,
        parts: impl FnOnce(&str) -> Vec<(&'static str, String, String)>,
    ) -> String {
        let key = format!("{level:?} {what}");
        if let Some(name) = self.gathered_by.get(&key) {
            return name.clone();
        }
        let name = format!("members {}", self.gathered.len() + 1);
        let parts = parts(&name);
        let sums = parts.iter().all(|(_, each, _)| !each.is_empty());
        let each = |(end, each, _): &(&str, String, String)| {
            let column = if sums { format!("{name} {end}") } else { name.clone() };
            (!each.is_empty()).then(|| (column, each.clone()))
        };
        self.gathered.push(Gathered {
            level,
            each: parts.iter().filter_map(each).collect(),
            columns: parts.iter().map(|(end, _, total)| (format!("{name} {end}"), total.clone())).collect(),
            reads: inner.reads,
        });
        self.gathered_by.insert(key, name.clone());
        name
    }
}

/// How columns are named while looking at each member: on the members' rows, or on pairs of a candidate and a member.
fn within(level: Level) -> Frame {
    match level {
        Level::Household => Frame::default(),
        Level::Person => Frame { household: "c.", candidate: "c.", bound: "p.", ..Frame::default() },
    }
}

fn read(level: Level, column: &str, frame: &mut Frame) -> String {
    match level {
        Level::Household => frame.household(column),
        Level::Person => frame.person(false, column),
    }
}
