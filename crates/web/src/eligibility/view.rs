//! A verdict as a page shows it: the summary line, and what it opens to.

use super::{
    desk::Desk,
    group::{self, Group, Value},
    panel::look,
    reasons::{self, Reason, mark},
    values,
};
use crate::{App, text::T};
use domain::visits::Visit;
use rules::{
    CandidateVerdict, FactRef, K3, Outcome, Pack, Verdict,
    pack::{
        fact::FactKind,
        programme::{Completeness, Decides, Programme, State},
        words::{Mark, MarkedWords},
    },
};

/// A link that asks for what is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// What is missing, in words.
    pub text: String,
    /// Where it is asked or recorded; empty when nobody here can supply it.
    pub address: String,
}

/// One candidate with every rule.
#[derive(Debug, Clone)]
pub struct Told {
    /// The member's name; empty for the household.
    pub who: String,
    /// The rules.
    pub reasons: Vec<Reason>,
    /// A plain no beside others who are not: folded away.
    pub folded: bool,
}

/// A verdict as a page shows it.
#[derive(Debug, Clone)]
pub struct View {
    /// The programme's id.
    pub id: String,
    /// `is-meets`, `is-may`, ...
    pub class: &'static str,
    /// The icon's name.
    pub icon: &'static str,
    /// The outcome in words.
    pub word: String,
    /// The programme's name.
    pub name: String,
    /// Who the outcome is about.
    pub who: String,
    /// What it is worth, in a few words.
    pub sum: String,
    /// One sentence: why not, or what is missing.
    pub line: String,
    /// The programme in one line.
    pub about: String,
    /// The line was written by machine and not yet read by a person.
    pub machine: bool,
    /// Notes: the department also checks, announced, not known to run.
    pub notes: Vec<String>,
    /// Candidates with their rules.
    pub told: Vec<Told>,
    /// What would change it.
    pub missing: Vec<Missing>,
    /// Papers it asks for; true when it is not yet known whether this one is needed.
    pub papers: Vec<(String, bool)>,
    /// Who decides.
    pub decides: String,
    /// Within how many working days, and how well that is supported.
    pub days: Option<(String, String)>,
    /// Where its reasons stand in full.
    pub address: String,
    /// Sorts the group.
    pub value: Value,
}

/// What a page needs to show verdicts.
pub struct Viewer<'a> {
    /// Shared.
    pub app: &'a App,
    /// The reader's language.
    pub t: T,
    /// The family.
    pub desk: &'a Desk,
}

impl Viewer<'_> {
    /// A verdict with the candidates worth telling about, or with all of them.
    pub fn view(&self, verdict: &Verdict, everybody: bool) -> Option<View> {
        let (app, t) = (self.app, self.t);
        let programme = app.pack.programme(&verdict.programme)?;
        let (class, icon, code) = look(verdict.outcome);
        let told: Vec<&CandidateVerdict> =
            if everybody { verdict.candidates.iter().collect() } else { reasons::telling(verdict) };
        let value = group::family_value(programme, verdict, app.today());
        Some(View {
            id: programme.id.to_string(),
            class,
            icon,
            word: t.code("outcome", code),
            name: t.pack(&programme.name.words).to_owned(),
            who: self.who(verdict),
            sum: if Group::of(verdict) <= Group::Unknown { value.words(t) } else { String::new() },
            line: reasons::one_line(&app.pack, &self.desk.family, verdict, t),
            about: t.pack(&programme.line.words).to_owned(),
            machine: self.machine(&programme.line),
            notes: notes(t, programme, verdict),
            told: told.iter().map(|c| self.told(programme, verdict, c)).collect(),
            missing: verdict.missing.iter().map(|fact| self.missing(fact)).collect(),
            papers: papers(&app.pack, t, programme, &told),
            decides: self.decides(programme),
            days: self.days(programme),
            address: format!("/visits/{}/programmes/{}", self.desk.visit.id, programme.id),
            value,
        })
    }

    fn told(&self, programme: &Programme, verdict: &Verdict, candidate: &CandidateVerdict) -> Told {
        let who = candidate.member.as_deref().map_or("", |key| reasons::name(&self.desk.family, key));
        let all = reasons::reasons(&self.app.pack, &self.desk.family, programme, candidate, self.t);
        let folded = candidate.truth == K3::No && verdict.candidates.iter().any(|c| c.truth != K3::No);
        Told { who: who.to_owned(), reasons: all, folded }
    }

    /// The names of those it is about.
    fn who(&self, verdict: &Verdict) -> String {
        let names = reasons::telling(verdict)
            .into_iter()
            .filter_map(|c| c.member.as_deref())
            .map(|key| reasons::name(&self.desk.family, key).to_owned());
        match verdict.outcome {
            Outcome::No | Outcome::ClosedHere => String::new(),
            // One answer away: which one it is says more than whose.
            Outcome::CannotTell if verdict.missing.len() == 1 => self.missing(&verdict.missing[0]).text,
            _ => values::list(self.t, names),
        }
    }

    /// Whether a text was written by machine; shown to staff.
    pub fn machine(&self, text: &MarkedWords) -> bool {
        text.mark(self.t.lang()) == Mark::Machine && !text.words.is_empty()
    }

    /// What is missing, as a link to where it is asked or recorded.
    pub fn missing(&self, missing: &FactRef) -> Missing {
        let label = reasons::label(&self.app.pack, &missing.fact, self.t);
        let text = match missing.member.as_deref().map(|key| reasons::name(&self.desk.family, key)) {
            Some(name) => self.t.with("reason-subject", &[("name", name.into()), ("label", label.into())]),
            None => label,
        };
        Missing { text, address: address(&self.app.pack, &self.desk.visit, missing) }
    }

    fn decides(&self, programme: &Programme) -> String {
        let name = self.app.pack.operator(&programme.operator).map(|o| self.t.pack(&o.name)).unwrap_or_default();
        match &programme.decides {
            Decides::Operator => name.to_owned(),
            Decides::Delegated { deed } => self.t.a("verdict-delegated", "deed", deed),
        }
    }

    fn days(&self, programme: &Programme) -> Option<(String, String)> {
        let step = programme.steps.iter().find(|step| step.id == "decide")?;
        Some((self.t.a("verdict-within", "days", i64::from(step.working_days)), mark(self.t, step.status)))
    }
}

/// Where a missing fact is asked or recorded; empty when no page of this visit supplies it.
pub fn address(pack: &Pack, visit: &Visit, missing: &FactRef) -> String {
    let ask =
        |member: &str| format!("/visits/{}/questions?fact={}&person={member}&from=programmes", visit.id, missing.fact);
    match pack.fact(&missing.fact) {
        Some(fact) if fact.kind == FactKind::Asked => ask(missing.member.as_deref().unwrap_or_default()),
        Some(fact) if fact.kind == FactKind::Recorded => format!("/visits/{}/household", visit.id),
        None if missing.fact.starts_with("scores.") => ask(""),
        _ => String::new(),
    }
}

fn notes(t: T, programme: &Programme, verdict: &Verdict) -> Vec<String> {
    let mut notes = Vec::new();
    let hopeful = Group::of(verdict) <= Group::Unknown;
    match programme.rules {
        Completeness::Partial if verdict.outcome == Outcome::MayQualify => notes.push(t.m("verdict-partial")),
        Completeness::NotPublished => notes.push(t.m("verdict-not-published")),
        Completeness::OpenToAll => notes.push(t.m("verdict-open-to-all")),
        _ => {}
    }
    match programme.state {
        State::Announced if hopeful => notes.push(t.m("verdict-announced")),
        State::Unknown if hopeful => notes.push(t.m("verdict-state-unknown")),
        _ => {}
    }
    notes
}

/// The papers of the candidates told about; one that any of them needs is needed.
fn papers(pack: &Pack, t: T, programme: &Programme, told: &[&CandidateVerdict]) -> Vec<(String, bool)> {
    let need = |i: usize| told.iter().filter_map(|c| c.papers().get(i)).fold(K3::No, |any, one| any.or(*one));
    let paper = |(i, rule): (usize, &rules::pack::programme::PaperRule)| {
        let name = pack.paper(&rule.id).map_or(rule.id.to_string(), |paper| t.pack(&paper.name).to_owned());
        match need(i) {
            K3::No => None,
            known => Some((name, known == K3::Unknown)),
        }
    };
    programme.papers.iter().enumerate().filter_map(paper).collect()
}

impl View {
    /// The class of a reason's line.
    pub fn sign(truth: &K3) -> (&'static str, &'static str, &'static str) {
        match truth {
            K3::Yes => ("is-yes", "tick", "reason-met"),
            K3::No => ("is-no", "cross", "reason-not-met"),
            K3::Unknown => ("is-unknown", "question", "reason-not-known"),
        }
    }
}
