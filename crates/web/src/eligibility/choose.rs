//! Choosing the package: which programmes, and for whom.

use super::{
    desk::Desk,
    group::{self, Group, Value},
    panel::look,
    reasons,
};
use crate::{
    App,
    request::{Errors, Fields},
    shell::Choice,
    text::T,
};
use domain::{ids::PersonId, programmes::ProgrammeId, visits::Pick};
use rules::{CandidateVerdict, K3, Outcome, Verdict};

/// One programme that may be chosen, with a box for each candidate.
pub struct Row {
    /// Its name.
    pub name: String,
    /// The outcome in words.
    pub word: String,
    /// For whom.
    pub boxes: Vec<Choice>,
    /// Per month, in words.
    pub month: String,
    /// Per year, in words.
    pub year: String,
}

/// How a form names a pick: `programme` or `programme@person`.
pub fn value(pick: &Pick) -> String {
    match pick.person {
        Some(person) => format!("{}@{person}", pick.programme),
        None => pick.programme.to_string(),
    }
}

fn parse(text: &str) -> Option<Pick> {
    let (programme, person) = match text.split_once('@') {
        Some((programme, person)) => (programme, Some(person.parse::<PersonId>().ok()?)),
        None => (text, None),
    };
    Some(Pick { programme: ProgrammeId(programme.to_owned()), person })
}

/// Whether somebody may apply: the department decides, so *cannot tell* is no bar; a plain no and a closed door are.
fn possible(verdict: &Verdict, candidate: &CandidateVerdict) -> bool {
    let open = matches!(verdict.outcome, Outcome::Meets | Outcome::MayQualify | Outcome::CannotTell);
    let sure = matches!(verdict.outcome, Outcome::Meets | Outcome::MayQualify);
    open && candidate.receives != K3::Yes && candidate.truth != K3::No && (!sure || candidate.truth == K3::Yes)
}

/// Those who meet the rules now, and those of whom it cannot be told.
pub fn rows(app: &App, t: T, desk: &Desk, typed: Option<&Fields>) -> (Vec<Row>, Vec<Row>) {
    let chosen: Vec<String> = match typed {
        Some(fields) => fields.all("pick").to_vec(),
        None => desk.visit.picks.iter().map(value).collect(),
    };
    let mut ranked: Vec<_> = desk
        .verdicts(app)
        .filter_map(|verdict| {
            let programme = app.pack.programme(&verdict.programme)?;
            let worth = group::family_value(programme, verdict, app.today());
            let row = row(app, t, desk, verdict, &worth, &chosen)?;
            Some((Group::of(verdict), group::rank(verdict, &worth), row))
        })
        .collect();
    ranked.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)).then_with(|| a.2.name.cmp(&b.2.name)));
    let (sure, unsure): (Vec<_>, Vec<_>) = ranked.into_iter().partition(|(group, _, _)| *group == Group::Now);
    let rows = |list: Vec<(Group, _, Row)>| list.into_iter().map(|(_, _, row)| row).collect();
    (rows(sure), rows(unsure))
}

fn row(app: &App, t: T, desk: &Desk, verdict: &Verdict, worth: &Value, chosen: &[String]) -> Option<Row> {
    let programme = app.pack.programme(&verdict.programme)?;
    let (_, _, code) = look(verdict.outcome);
    let choice = |candidate: &CandidateVerdict| {
        let person = candidate.member.as_deref().and_then(|key| key.parse::<PersonId>().ok());
        let value = value(&Pick { programme: ProgrammeId(programme.id.to_string()), person });
        let text = match candidate.member.as_deref() {
            Some(key) => reasons::name(&desk.family, key).to_owned(),
            None => t.m("answers-household"),
        };
        Choice { chosen: chosen.contains(&value), value, text }
    };
    let boxes: Vec<Choice> = verdict.candidates.iter().filter(|c| possible(verdict, c)).map(choice).collect();
    (!boxes.is_empty()).then(|| Row {
        name: t.pack(&programme.name.words).to_owned(),
        word: t.code("outcome", code),
        boxes,
        month: worth.column(t, worth.monthly),
        year: worth.column(t, worth.yearly),
    })
}

/// The candidate a pick names, if it may still be chosen here.
pub fn candidate<'a>(app: &'a App, desk: &'a Desk, pick: &Pick) -> Option<(&'a Verdict, &'a CandidateVerdict)> {
    let verdict = desk.verdict(app, &pick.programme.0)?;
    let key = pick.person.map(|person| person.to_string());
    let candidate = verdict.candidates.iter().find(|c| c.member.as_deref() == key.as_deref())?;
    Some((verdict, candidate))
}

/// Reads the ticked boxes; one that is not possible is named.
pub fn read(app: &App, t: T, desk: &Desk, fields: &Fields) -> Result<Vec<Pick>, Errors> {
    let (mut picks, mut errors) = (Vec::new(), Errors::default());
    for text in fields.all("pick") {
        let pick = parse(text);
        let found = pick.as_ref().and_then(|pick| candidate(app, desk, pick));
        match (pick, found) {
            (Some(pick), Some((verdict, candidate))) if possible(verdict, candidate) => picks.push(pick),
            (_, Some((verdict, _))) => {
                let name = app.pack.programme(&verdict.programme).map(|p| t.pack(&p.name.words)).unwrap_or_default();
                errors.add("pick", t.a("package-not-possible", "programme", name));
            }
            _ => errors.add("pick", t.m("package-unknown-pick")),
        }
    }
    if errors.is_empty() { Ok(picks) } else { Err(errors) }
}
