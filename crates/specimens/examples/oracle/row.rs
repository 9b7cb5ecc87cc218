//! The row evaluator's answers, as the lines that `DuckDB` would write.

use rules::pack::programme::Level;
use rules::{Family, K3, Outcome, Pack, screen};
use specimens::day;

/// The answers on one household: a value for each column after the id, and a line for each candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// Scores' ends, then verdict and outcome of each programme.
    pub household: Vec<String>,
    /// For each member, the verdict of each person-level programme.
    pub candidates: Vec<Vec<String>>,
}

/// The headings of [`Answers::household`].
pub fn headings(pack: &Pack) -> Vec<String> {
    let scores = pack.scores().iter().flat_map(|s| ["low", "high"].map(|end| format!("scores.{}.{end}", s.id)));
    let programmes = pack.programmes().iter().flat_map(|p| [p.id.to_string(), format!("{} outcome", p.id)]);
    scores.chain(programmes).collect()
}

/// The headings of each line of [`Answers::candidates`].
pub fn candidate_headings(pack: &Pack) -> Vec<String> {
    pack.programmes().iter().filter(|p| p.level == Level::Person).map(|p| p.id.to_string()).collect()
}

/// What the row evaluator says.
pub fn answers(pack: &Pack, family: &Family) -> Answers {
    let screening = screen(pack, family, day());
    let mut household: Vec<String> =
        screening.scores.iter().flat_map(|score| [score.value.low.to_string(), score.value.high.to_string()]).collect();
    for verdict in &screening.verdicts {
        household.extend([truth(verdict.truth).to_owned(), outcome(verdict.outcome).to_owned()]);
    }
    let person = |v: &&rules::Verdict| pack.programmes()[v.index].level == Level::Person;
    let of = |member: usize| {
        let verdicts = screening.verdicts.iter().filter(person);
        verdicts.map(|v| truth(v.candidates[member].truth).to_owned()).collect()
    };
    Answers { household, candidates: (0..family.members.len()).map(of).collect() }
}

/// A verdict in the SQL text's words.
pub fn truth(truth: K3) -> &'static str {
    match truth {
        K3::Yes => "yes",
        K3::No => "no",
        K3::Unknown => "unknown",
    }
}

/// An outcome in the SQL text's words.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Meets => "meets",
        Outcome::MayQualify => "may_qualify",
        Outcome::CannotTell => "cannot_tell",
        Outcome::AlreadyReceives => "already_receives",
        Outcome::No => "no",
        Outcome::ClosedHere => "closed_here",
    }
}
