//! The live panel: what this family may get, as it stands now. Stores nothing.

use super::{family::family, group, reasons, record, view};
use crate::{App, text::T};
use domain::{eligibility::VerdictCode, people::Household, visits::Visit};
use rules::{Family, Outcome, Screening, Verdict};

/// The panel's counts and first lines.
#[derive(Debug, Clone)]
pub struct Panel {
    /// The screening it shows.
    pub screening: Screening,
    /// Meets or may qualify.
    pub meets: usize,
    /// Cannot tell yet.
    pub unknown: usize,
    /// Not for this family.
    pub no: usize,
    /// Those worth a line.
    pub items: Vec<PanelItem>,
}

/// One line of the panel.
#[derive(Debug, Clone)]
pub struct PanelItem {
    /// The programme's id.
    pub programme: String,
    /// `is-meets`, `is-may`, `is-unknown`, `is-receives`.
    pub class: &'static str,
    /// The icon.
    pub icon: &'static str,
    /// The programme's name.
    pub name: String,
    /// Where its reasons are.
    pub address: String,
    /// The outcome in words.
    pub word: String,
    /// For whom.
    pub who: String,
    /// What it would bring, in a few words.
    pub sum: String,
    /// The one question that would settle it: words and where it is asked.
    pub ask: Option<(String, String)>,
    /// What the last recorded screening said, when it says something else now.
    pub was: Option<String>,
    outcome: Outcome,
}

/// How many lines the panel shows.
const SHOWN: usize = 14;

impl Panel {
    /// Screens the household as it stands. Verdicts of the protected class are absent unless their gate is open.
    pub fn of(app: &App, t: T, visit: &Visit, household: &Household) -> Panel {
        let today = app.today();
        let family = family(household, today);
        let screening = rules::screen(&app.pack, &family, today);
        let visible: Vec<&Verdict> = screening.verdicts.iter().filter(|v| shown(app, visit, v)).collect();
        let count = |outcomes: &[Outcome]| visible.iter().filter(|v| outcomes.contains(&v.outcome)).count();
        let (meets, unknown) = (count(&[Outcome::Meets, Outcome::MayQualify]), count(&[Outcome::CannotTell]));
        let no = count(&[Outcome::No, Outcome::ClosedHere]);
        let hopeful = visible.iter().copied().filter(|v| !matches!(v.outcome, Outcome::No | Outcome::ClosedHere));
        let mut ranked: Vec<_> = hopeful
            .filter_map(|verdict| {
                let value = group::family_value(app.pack.programme(&verdict.programme)?, verdict, today);
                Some((group::Group::of(verdict), group::rank(verdict, &value), verdict, value))
            })
            .collect();
        ranked.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        let line = |(_, _, verdict, value)| item(app, t, visit, &family, verdict, &value);
        let items = ranked.into_iter().take(SHOWN).map(line).collect();
        Panel { meets, unknown, no, items, screening }
    }

    /// Marks what says something else than the last recorded screening.
    pub fn mark_moved(&mut self, t: T, recorded: &[VerdictCode]) {
        for item in &mut self.items {
            let now = record::outcome(item.outcome);
            let before = recorded.iter().find(|verdict| verdict.programme.0 == item.programme);
            let moved = before.map(|verdict| verdict.outcome).filter(|outcome| *outcome != now);
            item.was = moved.map(|outcome| t.a("panel-was", "outcome", t.code("outcome", outcome.code())));
        }
    }
}

/// Whether a verdict may be shown in this visit: a protected one only when every protected fact it reads has its gate open.
pub fn shown(app: &App, visit: &Visit, verdict: &Verdict) -> bool {
    screener::topics::shown(&app.pack, verdict, |fact| visit.gates.iter().any(|gate| gate == fact))
}

/// The class, icon and message code of an outcome.
pub fn look(outcome: Outcome) -> (&'static str, &'static str, &'static str) {
    match outcome {
        Outcome::Meets => ("is-meets", "tick", "meets"),
        Outcome::MayQualify => ("is-may", "may", "may-qualify"),
        Outcome::CannotTell => ("is-unknown", "question", "cannot-tell"),
        Outcome::AlreadyReceives => ("is-receives", "receives", "already-receives"),
        Outcome::No => ("is-no", "cross", "no"),
        Outcome::ClosedHere => ("is-closed", "closed", "closed-here"),
    }
}

fn item(app: &App, t: T, visit: &Visit, family: &Family, verdict: &Verdict, value: &group::Value) -> PanelItem {
    let (class, icon, code) = look(verdict.outcome);
    let name = app.pack.programme(&verdict.programme).map(|p| t.pack(&p.name.words).to_owned()).unwrap_or_default();
    let who: Vec<&str> =
        verdict.meeting().filter_map(|c| c.member.as_deref()).map(|key| reasons::name(family, key)).collect();
    let certain = matches!(verdict.outcome, Outcome::Meets | Outcome::MayQualify);
    let ask = || {
        let [missing] = &verdict.missing[..] else { return None };
        Some((reasons::label(&app.pack, &missing.fact, t), view::address(&app.pack, visit, missing)))
    };
    PanelItem {
        programme: verdict.programme.to_string(),
        class,
        icon,
        name,
        address: format!("/visits/{}/programmes/{}", visit.id, verdict.programme),
        word: t.code("outcome", code),
        who: if certain { who.join(&t.m("value-comma")) } else { String::new() },
        sum: if certain { value.words(t) } else { String::new() },
        ask: if verdict.outcome == Outcome::CannotTell { ask() } else { None },
        was: None,
        outcome: verdict.outcome,
    }
}
