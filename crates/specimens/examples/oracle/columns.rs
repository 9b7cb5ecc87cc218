//! The column evaluator's answers, in the same words.

use crate::{
    Outcome,
    row::{Answers, outcome, truth},
};
use rules::{
    Family, Pack,
    column::{Columns, Decisions, Program, Scratch, Wanted},
};
use specimens::{day, fresh};

/// What the column evaluator says of these households.
pub fn answers(pack: &Pack, families: &[Family]) -> Outcome<Vec<Answers>> {
    let scores = pack.scores().iter().map(|score| score.id.to_string()).collect();
    let wanted = Wanted { scores: Some(scores), candidates: true, ..Wanted::default() };
    let program = Program::compile(pack, day(), &wanted).map_err(|why| why.to_string())?;
    let fresh: Vec<Family> = families.iter().map(|family| fresh(pack, family, day())).collect();
    let columns = Columns::of(&program, &fresh);
    let block = columns.block(&program).map_err(|why| why.to_string())?;
    let mut decisions = Decisions::default();
    program.run(&block, &mut Scratch::default(), &mut decisions);
    let mut first = 0;
    let answer = |(household, family): (usize, &Family)| {
        let answers = read(pack, &decisions, household, first..first + family.members.len());
        first += family.members.len();
        answers
    };
    Ok(families.iter().enumerate().map(answer).collect())
}

fn read(pack: &Pack, decisions: &Decisions, household: usize, persons: std::ops::Range<usize>) -> Answers {
    let mut values: Vec<String> = vec![];
    for score in 0..pack.scores().len() {
        let interval = decisions.score(score, household);
        values.extend([interval.low.to_string(), interval.high.to_string()]);
    }
    for programme in 0..pack.programmes().len() {
        values.push(truth(decisions.truth(programme, household)).to_owned());
        values.push(outcome(decisions.outcome(programme, household)).to_owned());
    }
    let of = |person: usize| {
        let planes = decisions.programmes.iter().filter_map(|programme| programme.candidates.as_ref());
        planes.map(|planes| truth(planes.get(person)).to_owned()).collect()
    };
    Answers { household: values, candidates: persons.map(of).collect() }
}
