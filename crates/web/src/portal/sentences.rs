//! What happened to an application, and what comes next, in sentences. The department's page and the family's page say
//! the same ones.

use crate::{
    App,
    app::local_day,
    applications::inbox_rows::Day,
    text::{Arg, T},
};
use domain::{
    Date,
    applications::{Application, ClockOwner, Status},
    programmes::ProgrammeId,
};
use store::applications::Step;

/// The rule a rejection names when the pack does not hold it.
pub const DEPARTMENT_RULE: &str = "department_rule";

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// When.
    pub day: Day,
    /// What, as a sentence.
    pub sentence: String,
    /// The rule a rejection names.
    pub rule: String,
    /// The words an officer wrote for the family.
    pub words: String,
    /// That it came on the department's paper; and, for officers, who stood in for whom.
    pub note: String,
}

/// Who answers for an application: `Zakat and Ushr Department, Nowshera`; in neutral wording `The office`.
pub fn office(app: &App, t: T, application: &Application, neutral: bool) -> String {
    if neutral {
        return t.m("track-the-office");
    }
    let submitted = &application.submitted;
    let operator = app.pack.operator(&submitted.operator.0).map(|operator| t.pack(&operator.name).to_owned());
    let operator = operator.unwrap_or_else(|| submitted.operator.to_string());
    let named = t
        .with("track-office", &[("operator", operator.into()), ("place", place(app, t, &submitted.district.0).into())]);
    // Sentences put marks of direction around this name; marks inside it would leave the outer ones without a letter to
    // judge by, and turn a name in Urdu around.
    named.replace(['\u{2068}', '\u{2069}'], "")
}

/// A district's name; its code when the pack does not know it.
pub fn place(app: &App, t: T, district: &str) -> String {
    app.pack.place(district).map_or_else(|| district.to_owned(), |place| t.pack(&place.name).to_owned())
}

/// Everything that happened so far, oldest first. In neutral wording the words, rules and places stay out: whoever
/// finds the paper must not learn what it is about.
pub fn past(app: &App, t: T, application: &Application, steps: &[Step], neutral: bool) -> Vec<Past> {
    let office = office(app, t, application, neutral);
    let submitted = &application.submitted;
    let centre = app.centre(&submitted.centre).map_or(submitted.centre.0.as_str(), |centre| &centre.district.0);
    let applied = Past {
        day: Day::of(t, application.submitted_on),
        sentence: t.a("track-applied", "centre", place(app, t, centre)),
        rule: String::new(),
        words: String::new(),
        note: String::new(),
    };
    let told = |step: &Step| {
        let place = step.place.map(|place| t.a("track-place", "place", place)).unwrap_or_default();
        let arguments: [(&str, Arg); 1] = [("office", office.clone().into())];
        let sentence = t.with(&format!("track-past-{}", step.to.code().replace('_', "-")), &arguments);
        let rule = step.rule.as_deref().filter(|_| !neutral);
        Past {
            day: Day::of(t, local_day(step.at)),
            sentence: format!("{sentence} {place}").trim_end().to_owned(),
            rule: rule.map(|rule| rule_words(app, t, &submitted.programme, rule)).unwrap_or_default(),
            words: step.words.clone().filter(|_| !neutral).unwrap_or_default(),
            note: step.paper.map(|(_, dated)| t.a("past-on-paper", "day", t.date(dated))).unwrap_or_default(),
        }
    };
    std::iter::once(applied).chain(steps.iter().map(told)).collect()
}

/// Everything that happened, as officers read it: with who stood in for whom, and who entered what came on paper.
pub fn past_for_officers(app: &App, t: T, application: &Application, steps: &[Step]) -> Vec<Past> {
    let mut all = past(app, t, application, steps, false);
    for (told, step) in all.iter_mut().skip(1).zip(steps) {
        if let Some((number, dated)) = step.paper {
            let values = [("day", t.date(dated).into()), ("number", number.into()), ("name", step.by.clone().into())];
            told.note = t.with("past-from-list", &values);
        }
        if !step.stead.is_empty() {
            let values = [("deputy", step.by.clone().into()), ("officer", step.stead.clone().into())];
            told.note = t.with("past-in-stead", &values);
        }
    }
    all
}

/// What comes next: until when, if somebody promised it, and the sentence in bold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// The promised day.
    pub by: Option<Day>,
    /// The sentence.
    pub sentence: String,
    /// The promise is broken.
    pub late: bool,
}

/// What comes next for an application as it stands.
pub fn next(app: &App, t: T, application: &Application, neutral: bool) -> Next {
    let office = office(app, t, application, neutral);
    let promised =
        application.due.filter(|_| matches!(application.clock, ClockOwner::Department | ClockOwner::Appellate));
    let late = promised.is_some_and(|due: Date| due < app.today());
    let id = if late { "track-next-late" } else { next_id(application.status) };
    Next { by: promised.map(|due| Day::of(t, due)), sentence: t.a(id, "office", office), late }
}

fn next_id(status: Status) -> &'static str {
    match status {
        Status::Draft | Status::Submitted => "track-next-send",
        Status::Forwarded => "track-next-acknowledge",
        Status::Received => "track-next-check",
        Status::UnderReview | Status::Resubmitted | Status::Overturned => "track-next-decide",
        Status::Returned => "track-next-answer",
        Status::WaitListed => "track-next-wait",
        Status::Approved => "track-next-enrol",
        Status::Enrolled => "track-next-deliver",
        Status::InPayment => "track-next-payments",
        Status::ServiceGiven => "track-next-given",
        Status::Suspended | Status::Rejected => "track-next-appeal",
        Status::Appealed => "track-next-appeal-answer",
        Status::Transferred => "track-next-elsewhere",
        Status::Closed
        | Status::Withdrawn
        | Status::Duplicate
        | Status::Expired
        | Status::Deceased
        | Status::Upheld => "track-next-ended",
    }
}

/// A criterion in words: its own sentence, or what it looks at.
pub fn rule_words(app: &App, t: T, programme: &ProgrammeId, rule: &str) -> String {
    if rule == DEPARTMENT_RULE {
        return t.m("rule-department");
    }
    let criterion = app.pack.programme(&programme.0).and_then(|p| p.criteria.iter().find(|c| c.id == *rule));
    let Some(criterion) = criterion else { return rule.replace('-', " ") };
    if !criterion.words.is_empty() {
        return t.pack(&criterion.words).to_owned();
    }
    let texts = std::iter::once(&criterion.when).chain(criterion.any_of.iter().map(|way| &way.when));
    let mut looks_at: Vec<String> = Vec::new();
    for text in texts {
        for subject in subjects(app, t, text) {
            if !looks_at.contains(&subject) {
                looks_at.push(subject);
            }
        }
    }
    if looks_at.is_empty() { rule.replace('-', " ") } else { looks_at.join(" · ") }
}

/// The labels of the facts and scores that a condition names.
fn subjects(app: &App, t: T, condition: &str) -> Vec<String> {
    let names = condition.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.')));
    let subject = |name: &str| {
        if name == "age" {
            return Some(t.m("rule-age"));
        }
        let fact = app.pack.fact(name).map(|fact| fact.label(t.lang()).to_owned());
        let score = || app.pack.score(name.strip_prefix("scores.")?).map(|score| t.pack(&score.title).to_owned());
        fact.or_else(score)
    };
    names.filter_map(subject).collect()
}
