//! What is kept of a screening: codes and a hash of the facts. Protected verdicts only behind their open gate, marked.

use super::{family::family, panel::shown};
use crate::App;
use domain::{
    Date,
    eligibility::{Outcome, Screened, VerdictCode},
    ids::PersonId,
    people::Household,
    programmes::ProgrammeId,
    visits::Visit,
};
use rules::{Family, Screening, Verdict};
use sha2::{Digest, Sha256};

/// The rules' outcome in the journal's words.
pub fn outcome(outcome: rules::Outcome) -> Outcome {
    match outcome {
        rules::Outcome::Meets => Outcome::Meets,
        rules::Outcome::MayQualify => Outcome::MayQualify,
        rules::Outcome::CannotTell => Outcome::CannotTell,
        rules::Outcome::AlreadyReceives => Outcome::AlreadyReceives,
        rules::Outcome::No => Outcome::No,
        rules::Outcome::ClosedHere => Outcome::ClosedHere,
    }
}

/// The event of a screening of this household on this day.
pub fn screened(app: &App, visit: &Visit, household: &Household) -> Screened {
    let today = app.today();
    let family = family(household, today);
    let screening = rules::screen(&app.pack, &family, today);
    of(app, visit, household, &family, &screening, today)
}

/// The event of a screening that was just made.
pub fn of(
    app: &App,
    visit: &Visit,
    household: &Household,
    family: &Family,
    screening: &Screening,
    today: Date,
) -> Screened {
    let kept = screening.verdicts.iter().filter(|verdict| shown(app, visit, verdict));
    Screened {
        household: household.id,
        pack: app.pack_hash.clone(),
        on: today,
        facts: facts_hash(family),
        verdicts: kept.map(code).collect(),
    }
}

fn code(verdict: &Verdict) -> VerdictCode {
    let people = verdict.meeting().filter_map(|c| c.member.as_deref()).filter_map(|key| key.parse::<PersonId>().ok());
    VerdictCode {
        programme: ProgrammeId(verdict.programme.to_string()),
        outcome: outcome(verdict.outcome),
        candidates: people.collect(),
        protected: verdict.protected,
    }
}

/// SHA-256 of the facts as the rules saw them, in hex.
fn facts_hash(family: &Family) -> String {
    let facts = serde_json::to_vec(family).unwrap_or_default();
    Sha256::digest(facts).iter().map(|byte| format!("{byte:02x}")).collect()
}
