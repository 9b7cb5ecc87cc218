//! The live panel: what this family may get, as it stands now. Stores nothing.

use super::family::family;
use crate::{App, text::T};
use domain::{people::Household, visits::Visit};
use rules::{Outcome, Screening, Verdict};

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
}

/// How many lines the panel shows.
const SHOWN: usize = 14;

impl Panel {
    /// Screens the household as it stands. Verdicts of the protected class are absent unless their gate is open.
    pub fn of(app: &App, t: T, visit: &Visit, household: &Household) -> Panel {
        let today = app.today();
        let screening = rules::screen(&app.pack, &family(household, today), today);
        let visible: Vec<&Verdict> = screening.verdicts.iter().filter(|v| shown(app, visit, v)).collect();
        let count = |outcomes: &[Outcome]| visible.iter().filter(|v| outcomes.contains(&v.outcome)).count();
        let (meets, unknown) = (count(&[Outcome::Meets, Outcome::MayQualify]), count(&[Outcome::CannotTell]));
        let no = count(&[Outcome::No, Outcome::ClosedHere]);
        let mut hopeful: Vec<&Verdict> =
            visible.iter().copied().filter(|v| !matches!(v.outcome, Outcome::No | Outcome::ClosedHere)).collect();
        hopeful.sort_by_key(|v| v.outcome);
        let items = hopeful.into_iter().take(SHOWN).map(|v| item(app, t, visit, household, v)).collect();
        Panel { meets, unknown, no, items, screening }
    }
}

/// Whether a verdict may be shown in this visit: a protected one only when every protected fact it reads has its gate open.
pub fn shown(app: &App, visit: &Visit, verdict: &Verdict) -> bool {
    if !verdict.protected {
        return true;
    }
    let Some(programme) = app.pack.programme(&verdict.programme) else { return false };
    let protected =
        |fact: &str| app.pack.fact(fact).is_some_and(|f| f.sensitivity == rules::pack::fact::Sensitivity::Protected);
    let facts: Vec<&str> = programme.facts.iter().map(|f| &**f).filter(|f| protected(f)).collect();
    !facts.is_empty() && facts.iter().all(|fact| visit.gates.iter().any(|gate| gate == fact))
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

fn item(app: &App, t: T, visit: &Visit, household: &Household, verdict: &Verdict) -> PanelItem {
    let (class, icon, code) = look(verdict.outcome);
    let name = app.pack.programme(&verdict.programme).map(|p| t.pack(&p.name.words).to_owned()).unwrap_or_default();
    let who: Vec<&str> =
        verdict.meeting().filter_map(|c| c.member.as_deref()).filter_map(|key| name_of(household, key)).collect();
    PanelItem {
        class,
        icon,
        name,
        address: format!("/visits/{}/programmes/{}", visit.id, verdict.programme),
        word: t.code("outcome", code),
        who: who.join(", "),
    }
}

/// The name of a member by the key that verdicts carry.
pub fn name_of<'h>(household: &'h Household, key: &str) -> Option<&'h str> {
    household.members.iter().find(|m| m.id.to_string() == key).map(|m| m.details.given.as_str())
}
