//! Reasons in words: label, colon, value; what was needed; yes, no or not known. The same for pages and the terminal.
//!
//! Composed this way a sentence survives the grammar of every language; free sentences are only hand-written ones.

use crate::{text::T, values};
use domain::Date;
use rules::{
    Because, CandidateVerdict, CriterionResult, Family, How, Id, K3, Needed, Operator, Outcome, Pack, Seen, Subject,
    Test, Value, Verdict,
    pack::{
        fact::{Fact, Record},
        programme::{Alternative, Criterion, Programme},
        words::{Status, Words},
    },
};

/// One comparison as a sentence, with where its value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Whether the need is met.
    pub truth: K3,
    /// "Amina Bibi, age: 34 years. Needed: 18 years or more. Yes."
    pub text: String,
    /// How the value was shown: `said`, `paper_seen`, `verified`.
    pub known: Option<&'static str>,
    /// When it was learnt.
    pub on: Option<Date>,
    /// The value that is too old to count.
    pub last_known: Option<String>,
    /// All of that in words: "said, 22 Nov 2026"; empty when no single value decided.
    pub source: String,
}

/// One rule of a programme, or one way of meeting it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The rule's id in its programme.
    pub id: String,
    /// Whether it holds.
    pub truth: K3,
    /// The hand-written sentence, where there is one.
    pub words: Option<String>,
    /// The comparisons it rests on.
    pub lines: Vec<Line>,
    /// Ways of which one must hold.
    pub ways: Vec<Reason>,
    /// How well its source supports it.
    pub mark: Status,
    /// The same in a word.
    pub mark_word: String,
    /// What its sources are.
    pub sources: Vec<String>,
}

/// The family's names and values, which a verdict names by key alone.
struct Teller<'a> {
    pack: &'a Pack,
    family: &'a Family,
    t: T,
}

/// Every rule of a programme for one candidate.
pub fn reasons(pack: &Pack, family: &Family, programme: &Programme, of: &CandidateVerdict, t: T) -> Vec<Reason> {
    let teller = Teller { pack, family, t };
    let rule = |result: CriterionResult| {
        let criterion = programme.criteria.iter().find(|c| c.id == *result.id)?;
        Some(teller.reason(criterion, &result))
    };
    of.criteria().filter_map(rule).collect()
}

/// A verdict as lines of text: who, outcome, and every reason; for the terminal.
pub fn lines(pack: &Pack, family: &Family, verdict: &Verdict, t: T) -> Vec<String> {
    let Some(programme) = pack.programme(&verdict.programme) else { return Vec::new() };
    let mut out = Vec::new();
    for candidate in telling(verdict) {
        if let Some(name) = candidate.member.as_deref().map(|key| name(family, key)) {
            out.push(name.to_owned());
        }
        for reason in reasons(pack, family, programme, candidate, t) {
            out.extend(plain(t, &reason));
        }
    }
    out
}

/// The one sentence that says most about a verdict that is not a yes.
pub fn one_line(pack: &Pack, family: &Family, verdict: &Verdict, t: T) -> String {
    let Some(programme) = pack.programme(&verdict.programme) else { return String::new() };
    let Some(nearest) = telling(verdict).into_iter().next() else { return t.m("reason-nobody") };
    let wanted = if verdict.outcome == Outcome::No { K3::No } else { K3::Unknown };
    let all = reasons(pack, family, programme, nearest, t);
    let Some(first) = all.iter().find(|reason| reason.truth == wanted) else { return String::new() };
    let line = |reason: &Reason| reason.lines.iter().find(|line| line.truth == wanted).map(|line| line.text.clone());
    line(first).or_else(|| first.words.clone()).or_else(|| first.ways.iter().find_map(line)).unwrap_or_default()
}

/// The candidates worth telling about: those who meet the rules; else those who lack least; else the one who comes nearest.
pub fn telling(verdict: &Verdict) -> Vec<&CandidateVerdict> {
    let receiving = |c: &&CandidateVerdict| c.receives == K3::Yes;
    if verdict.outcome == Outcome::AlreadyReceives {
        return verdict.candidates.iter().filter(receiving).collect();
    }
    let meeting: Vec<_> = verdict.meeting().collect();
    if !meeting.is_empty() {
        return meeting;
    }
    let undecided = || verdict.candidates.iter().filter(|c| c.truth == K3::Unknown);
    if let Some(least) = undecided().map(|c| c.missing().len()).min() {
        return undecided().filter(|c| c.missing().len() == least).take(3).collect();
    }
    let met = |c: &&CandidateVerdict| c.criteria().filter(|r| r.truth == K3::Yes).count();
    // The first of those who meet most rules: `max_by_key` alone would take the last.
    verdict.candidates.iter().rev().max_by_key(met).into_iter().collect()
}

/// The name of a member by key.
pub fn name<'f>(family: &'f Family, key: &str) -> &'f str {
    family.members.iter().find(|m| m.key == key).map_or("", |m| m.name.as_str())
}

/// A fact's label; a score's title; the whole id for what the pack does not know.
pub fn label(pack: &Pack, fact: &str, t: T) -> String {
    match (pack.fact(fact), fact.strip_prefix("scores.").and_then(|id| pack.score(id))) {
        (Some(fact), _) => fact.label(t.lang()).replace("{ $name }", "…"),
        (None, Some(score)) => t.pack(&score.title).to_owned(),
        (None, None) => fact.to_owned(),
    }
}

fn plain(t: T, reason: &Reason) -> Vec<String> {
    let sign = match reason.truth {
        K3::Yes => "+",
        K3::No => "-",
        K3::Unknown => "?",
    };
    let mut out: Vec<String> = reason.words.iter().map(|words| format!("{sign} {words}")).collect();
    out.extend(reason.lines.iter().map(|line| format!("{sign} {}", line.text)));
    if !reason.ways.is_empty() {
        out.push(format!("{sign} {}", t.m("reason-one-of")));
        out.extend(reason.ways.iter().flat_map(|way| plain(t, way)).map(|line| format!("  {line}")));
    }
    out
}

impl Teller<'_> {
    fn reason(&self, criterion: &Criterion, result: &CriterionResult) -> Reason {
        let way = |alternative: &Alternative| {
            let of = result.alternatives.clone().find(|a| *a.id == alternative.id)?;
            Some(Reason {
                id: alternative.id.to_string(),
                truth: of.truth,
                words: self.written(&alternative.words),
                lines: self.all(of.because),
                ways: Vec::new(),
                mark: alternative.status,
                mark_word: mark(self.t, alternative.status),
                sources: self.sources(&alternative.source),
            })
        };
        // Once one way is open, the closed ones explain nothing.
        let kept = |reason: &Reason| match result.truth {
            K3::Yes => reason.truth == K3::Yes,
            K3::Unknown => reason.truth != K3::No,
            K3::No => true,
        };
        Reason {
            id: criterion.id.to_string(),
            truth: result.truth,
            words: self.written(&criterion.words),
            lines: self.all(result.because),
            ways: criterion.any_of.iter().filter_map(way).filter(kept).collect(),
            mark: criterion.status,
            mark_word: mark(self.t, criterion.status),
            sources: self.sources(&criterion.source),
        }
    }

    fn written(&self, words: &Words) -> Option<String> {
        (!words.is_empty()).then(|| self.t.pack(words).to_owned())
    }

    fn sources(&self, ids: &[Id]) -> Vec<String> {
        ids.iter().filter_map(|id| self.pack.source(id)).map(|source| source.title.clone()).collect()
    }

    fn all(&self, because: &[Because]) -> Vec<Line> {
        because.iter().map(|b| self.line(b)).collect()
    }

    fn line(&self, because: &Because) -> Line {
        let t = self.t;
        let unit = self.unit(&because.test.subject);
        let answer = t.m(match because.truth {
            K3::Yes => "reason-yes",
            K3::No => "reason-no",
            K3::Unknown => "reason-unknown",
        });
        let short = because.short_by.filter(|by| *by > 0).map(|by| values::number(t, by, because.test.scale, unit));
        let miss = short.map(|by| t.a("reason-short", "by", by)).unwrap_or_default();
        let parts = [
            ("subject", self.subject(because).into()),
            ("seen", self.seen(because, unit).into()),
            ("needed", self.needed(&because.test, unit).into()),
            ("answer", answer.into()),
        ];
        let text = t.with("reason-line", &parts);
        let last_known = because.stale.then(|| self.held(because)).flatten();
        Line {
            source: self.source(because, last_known.as_deref()),
            truth: because.truth,
            text: if miss.is_empty() { text } else { format!("{text} {miss}") },
            known: because.source.map(known),
            on: because.on,
            last_known,
        }
    }

    fn source(&self, because: &Because, last: Option<&str>) -> String {
        let t = self.t;
        let Some(source) = because.source else { return String::new() };
        let dated = [Some(t.code("known", known(source))), because.on.map(|on| t.date(on))];
        let told = values::list(t, dated.into_iter().flatten());
        match last {
            Some(last) => t.with("reason-last-known", &[("value", last.into()), ("source", told.into())]),
            None => told,
        }
    }

    /// Whose and which value: "Amina Bibi, age".
    fn subject(&self, because: &Because) -> String {
        let t = self.t;
        let what = match &because.test.subject {
            Subject::Fact(id) => label(self.pack, id, t),
            Subject::Age => t.m("reason-age"),
            Subject::AgeMonths => t.m("reason-age-months"),
            Subject::Score(id) => label(self.pack, &format!("scores.{id}"), t),
            Subject::Members => t.m("reason-members"),
            Subject::MembersWho { how, facts, .. } => {
                let id = match how {
                    How::Some => "reason-members-some",
                    How::All => "reason-members-all",
                    How::Count => "reason-members-count",
                    How::Sum => "reason-members-sum",
                };
                t.a(id, "facts", self.labels(facts))
            }
            Subject::Calculation { facts, .. } => t.a("reason-calculated", "facts", self.labels(facts)),
        };
        match because.member.as_deref().map(|key| name(self.family, key)).filter(|name| !name.is_empty()) {
            Some(name) => t.with("reason-subject", &[("name", name.into()), ("label", what.into())]),
            None => what,
        }
    }

    fn labels(&self, facts: &[Id]) -> String {
        values::list(self.t, facts.iter().map(|id| label(self.pack, id, self.t)))
    }

    fn unit(&self, subject: &Subject) -> &str {
        match subject {
            Subject::Fact(id) => self.pack.fact(id).map_or("", |fact| fact.unit.as_str()),
            Subject::Age => values::YEARS,
            Subject::AgeMonths => values::MONTHS,
            Subject::Members | Subject::MembersWho { how: How::Count, .. } => values::PERSONS,
            _ => "",
        }
    }

    fn fact(&self, subject: &Subject) -> Option<&Fact> {
        match subject {
            Subject::Fact(id) => self.pack.fact(id),
            _ => None,
        }
    }

    fn seen(&self, because: &Because, unit: &str) -> String {
        let (t, test) = (self.t, &because.test);
        match &because.seen {
            Seen::Unknown => t.m("value-unknown"),
            Seen::Bool(yes) if matches!(test.operator, Operator::Has | Operator::HasNot) => {
                t.a(if *yes { "value-with" } else { "value-without" }, "codes", self.codes(test))
            }
            Seen::Bool(yes) => values::yes_no(t, *yes),
            Seen::Number(seen) => values::interval(t, *seen, test.scale, unit),
            Seen::Code(code) => {
                let fact = self.fact(&test.subject);
                fact.map_or(code.to_string(), |fact| values::code_text(self.pack, t, fact, code))
            }
            Seen::Members(seen) => {
                let names = |keys: &[Id]| values::list(t, keys.iter().map(|key| name(self.family, key).to_owned()));
                let mut parts = Vec::new();
                if !seen.yes.is_empty() {
                    parts.push(names(&seen.yes));
                }
                if !seen.unknown.is_empty() {
                    parts.push(t.a("reason-members-unknown", "names", names(&seen.unknown)));
                }
                if parts.is_empty() {
                    parts.push(t.m("value-nobody"));
                }
                if seen.open {
                    parts.push(t.m("reason-members-open"));
                }
                values::list(t, parts.into_iter())
            }
        }
    }

    fn codes(&self, test: &Test) -> String {
        let Needed::Codes(codes) = &test.needed else { return String::new() };
        let fact = self.fact(&test.subject);
        let text = |code: &Id| fact.map_or(code.to_string(), |fact| values::code_text(self.pack, self.t, fact, code));
        codes.iter().map(text).collect::<Vec<_>>().join(&format!(" {} ", self.t.m("value-or")))
    }

    fn needed(&self, test: &Test, unit: &str) -> String {
        let t = self.t;
        match (&test.needed, test.operator) {
            (Needed::Bool(yes), Operator::IsNot) => values::yes_no(t, !yes),
            (Needed::Bool(yes), _) => match &test.subject {
                Subject::MembersWho { .. } => t.m(if *yes { "value-somebody" } else { "value-nobody" }),
                _ => values::yes_no(t, *yes),
            },
            (Needed::Number(n), operator) => self.compared(operator, values::number(t, *n, test.scale, unit)),
            (Needed::Codes(_), Operator::Is | Operator::OneOf) => self.codes(test),
            (Needed::Codes(_), Operator::Has) => t.a("value-with", "codes", self.codes(test)),
            (Needed::Codes(_), Operator::HasNot) => t.a("value-without", "codes", self.codes(test)),
            (Needed::Codes(_), _) => t.a("needed-none-of", "codes", self.codes(test)),
            (Needed::Calculation(text), operator) => self.compared(operator, text.clone()),
        }
    }

    fn compared(&self, operator: Operator, n: String) -> String {
        let id = match operator {
            Operator::AtMost => "needed-at-most",
            Operator::LessThan => "needed-less",
            Operator::AtLeast => "needed-at-least",
            Operator::MoreThan => "needed-more",
            Operator::IsNot => "needed-not",
            _ => return n,
        };
        self.t.a(id, "n", n)
    }

    /// The value held although too old to count.
    fn held(&self, because: &Because) -> Option<String> {
        let fact = self.fact(&because.test.subject)?;
        let held = match fact.record {
            Record::Household => self.family.household.get(fact.short()),
            Record::Person => {
                let member = self.family.members.iter().find(|m| Some(m.key.as_str()) == because.member.as_deref())?;
                member.facts.get(fact.short())
            }
        };
        let value: &Value = &held?.value;
        Some(values::named(self.pack, self.t, fact, value))
    }
}

/// How well something is supported, in a word.
pub fn mark(t: T, status: Status) -> String {
    let code = match status {
        Status::Assumed => "assumed",
        Status::Unverified => "unverified",
        Status::Secondary => "secondary",
        Status::PartVerified => "part-verified",
        Status::Verified => "verified",
    };
    t.code("mark", code)
}

fn known(source: rules::Provenance) -> &'static str {
    match source {
        rules::Provenance::Said => "said",
        rules::Provenance::PaperSeen => "paper_seen",
        rules::Provenance::Verified => "verified",
    }
}
