//! What the rules say so far: may qualify, probably not, cannot tell until. Never a refusal: only departments decide.

use super::{Carry, CentreLine, Request, centres, html, question};
use crate::{
    Choice,
    answers::{Answers, key, place_of},
    ask::What,
    group::{self, Value},
    reasons,
    shell::Shell,
    topics, values,
};
use askama::Template;
use rules::{
    Family, K3, Outcome, Screening, Verdict,
    pack::{
        fact::Sensitivity,
        programme::{Completeness, Programme, State},
    },
};

/// The parts of the results, as people read them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// You may qualify.
    May,
    /// We cannot tell until something is known.
    Open,
    /// You said that you receive it.
    Receives,
    /// Probably not.
    No,
    /// Takes no applications now.
    Closed,
}

impl Part {
    fn of(outcome: Outcome) -> Part {
        match outcome {
            Outcome::Meets | Outcome::MayQualify => Part::May,
            Outcome::CannotTell => Part::Open,
            Outcome::AlreadyReceives => Part::Receives,
            Outcome::No => Part::No,
            Outcome::ClosedHere => Part::Closed,
        }
    }
}

/// How many verdicts of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub may: usize,
    pub open: usize,
    pub no: usize,
}

/// One programme in the results.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub name: String,
    pub who: String,
    pub sum: String,
    /// Why not, or what it is for.
    pub line: String,
    /// What would tell.
    pub until: Vec<String>,
    pub notes: Vec<String>,
    pub papers: Vec<(String, bool)>,
    pub address: String,
    pub private: bool,
}

/// The verdicts that may be shown, sorted as people want them.
pub(crate) struct Board<'a> {
    request: &'a Request<'a>,
    family: Family,
    screening: Screening,
    gates: &'a std::collections::BTreeSet<String>,
}

impl<'a> Board<'a> {
    /// Screens everything that was said.
    pub fn of(request: &'a Request<'_>, answers: &'a Answers) -> Board<'a> {
        let family = answers.family(request.shell.t);
        let screening = rules::screen(request.pack, &family, request.today);
        Board { request, family, screening, gates: &answers.gates }
    }

    fn shown(&self) -> impl Iterator<Item = (&Verdict, &Programme)> {
        let open = |verdict: &&Verdict| topics::shown(self.request.pack, verdict, |fact| self.gates.contains(fact));
        let programme = |verdict: &Verdict| self.request.pack.programme(&verdict.programme);
        self.screening.verdicts.iter().filter(open).filter_map(move |verdict| Some((verdict, programme(verdict)?)))
    }

    /// How many there are of each.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for (verdict, _) in self.shown() {
            match Part::of(verdict.outcome) {
                Part::May => counts.may += 1,
                Part::Open => counts.open += 1,
                Part::No => counts.no += 1,
                Part::Receives | Part::Closed => {}
            }
        }
        counts
    }

    /// The programmes of a part: more money first.
    pub fn lines(&self, part: Part) -> Vec<Line> {
        let today = self.request.today;
        let mut of_part: Vec<_> = self
            .shown()
            .filter(|(verdict, _)| Part::of(verdict.outcome) == part)
            .map(|(verdict, programme)| {
                let value = group::family_value(programme, verdict, today);
                (verdict.missing.len(), group::rank(verdict, &value), verdict, programme, value)
            })
            .collect();
        of_part.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        of_part.iter().map(|(_, _, verdict, programme, value)| self.line(part, verdict, programme, value)).collect()
    }

    fn line(&self, part: Part, verdict: &Verdict, programme: &Programme, value: &Value) -> Line {
        let (t, pack) = (self.request.shell.t, self.request.pack);
        let told = reasons::telling(verdict);
        let names = told.iter().filter_map(|c| c.member.as_deref()).map(|key| self.name(key));
        let hopeful = matches!(part, Part::May | Part::Open | Part::Receives);
        Line {
            name: t.pack(&programme.name.words).to_owned(),
            who: if matches!(part, Part::May | Part::Receives) { values::list(t, names) } else { String::new() },
            sum: if part == Part::May { value.words(t) } else { String::new() },
            line: match part {
                Part::No => reasons::one_line(pack, &self.family, verdict, t),
                _ => t.pack(&programme.line.words).to_owned(),
            },
            until: if part == Part::Open { self.until(verdict, programme) } else { Vec::new() },
            notes: if hopeful { notes(t, verdict, programme) } else { Vec::new() },
            papers: if part == Part::May { self.papers(&told, programme) } else { Vec::new() },
            address: format!("/programmes/{}", programme.id),
            private: verdict.protected,
        }
    }

    /// What is missing, in words: "the woman of 34, monthly wage".
    fn until(&self, verdict: &Verdict, programme: &Programme) -> Vec<String> {
        let t = self.request.shell.t;
        if programme.rules == Completeness::NotPublished {
            return vec![t.m("check-not-published")];
        }
        let label = |missing: &rules::FactRef| {
            let what = match &*missing.fact {
                "household.members_complete" => t.m("check-until-members"),
                fact => reasons::label(self.request.pack, fact, t),
            };
            match missing.member.as_deref() {
                Some(key) => t.with("reason-subject", &[("name", self.name(key).into()), ("label", what.into())]),
                None => what,
            }
        };
        verdict.missing.iter().map(label).collect()
    }

    fn papers(&self, told: &[&rules::CandidateVerdict], programme: &Programme) -> Vec<(String, bool)> {
        let t = self.request.shell.t;
        let needed = |place: usize| {
            let each = told.iter().filter_map(|candidate| candidate.papers().get(place).copied());
            each.reduce(K3::or).unwrap_or(K3::Unknown)
        };
        let each = programme.papers.iter().enumerate().filter(|(place, _)| needed(*place) != K3::No);
        each.filter_map(|(place, rule)| {
            let paper = self.request.pack.paper(&rule.id)?;
            Some((t.pack(&paper.name).to_owned(), needed(place) == K3::Unknown))
        })
        .collect()
    }

    fn name(&self, key: &str) -> String {
        reasons::name(&self.family, key).to_owned()
    }
}

fn notes(t: crate::text::T, verdict: &Verdict, programme: &Programme) -> Vec<String> {
    let mut notes = Vec::new();
    if verdict.outcome == Outcome::MayQualify {
        notes.push(t.m("check-partial"));
    }
    match programme.state {
        State::Announced => notes.push(t.m("verdict-announced")),
        State::Unknown => notes.push(t.m("verdict-state-unknown")),
        State::Open | State::Closed => {}
    }
    notes
}

/// One answer, to be looked at and changed.
pub(crate) struct Said {
    pub fact: String,
    pub person: String,
    pub question: String,
    pub value: String,
}

/// What was said, the household's first. Protected answers are left out unless asked for.
pub(crate) fn said(request: &Request<'_>, answers: &Answers, private: bool) -> Vec<Said> {
    let t = request.shell.t;
    let names = answers.names(t);
    let one = |(member, fact, value): (Option<usize>, String, &domain::people::AnswerValue)| {
        let entry = request.pack.fact(&fact)?;
        if entry.sensitivity == Sensitivity::Protected && !private {
            return None;
        }
        let what = reasons::label(request.pack, &fact, t);
        let question = match member.and_then(|place| names.get(place)) {
            Some(name) => t.with("reason-subject", &[("name", name.into()), ("label", what.into())]),
            None => what,
        };
        let value = What::Fact(entry).value_text(request.pack, t, value);
        Some(Said { fact, person: member.map(key).unwrap_or_default(), question, value })
    };
    answers.all().filter_map(one).collect()
}

#[derive(Template)]
#[template(path = "pages/results.html")]
struct ResultsPage {
    shell: Shell,
    carry: Carry,
    may: Vec<Line>,
    open: Vec<Line>,
    receives: Vec<Line>,
    no: Vec<Line>,
    closed: Vec<Line>,
    said: Vec<Said>,
    skipped: usize,
    topics: Vec<Choice>,
    centres: Vec<CentreLine>,
    /// A question is still open.
    more: bool,
    complete: bool,
}

/// The results as they stand; more questions may follow.
pub(super) fn page(request: &Request<'_>, answers: &Answers) -> String {
    let board = Board::of(request, answers);
    let question = rules::next_question(request.pack, &board.family, request.today, &answers.asking());
    html(&ResultsPage {
        carry: Carry::of(request, answers, "results"),
        may: board.lines(Part::May),
        open: board.lines(Part::Open),
        receives: board.lines(Part::Receives),
        no: board.lines(Part::No),
        closed: board.lines(Part::Closed),
        said: said(request, answers, true),
        skipped: answers.skipped.iter().filter(|(member, _)| member.is_none_or(|n| n < answers.members.len())).count(),
        topics: question::topic_choices(request, answers),
        centres: centres(request, answers),
        more: question.as_ref().is_some_and(|q| q.member.as_deref().is_none_or(|key| place_of(key).is_some())),
        complete: answers.complete(),
        shell: request.shell.clone(),
    })
}
