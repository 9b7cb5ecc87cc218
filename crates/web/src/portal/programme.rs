//! A programme as the public reads it, made from the pack: for whom, what it gives with its dates, papers, where, how
//! long, since when the rules are as they are, the sources, and how well they support it.

use super::{content::Content, demand::Asked, sentences::rule_words};
use crate::{
    App,
    eligibility::{group, reasons::mark},
    request::{PageError, Visitor},
    shell::{Shell, open_page, page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    Date,
    programmes::ProgrammeId,
    services::{TextPart, TextSubject},
};
use rules::pack::{
    benefit::{Amount, Benefit, Per},
    programme::{Completeness, FULL_PARTS, Programme, State as ProgrammeState},
    words::Status,
};

#[derive(Template)]
#[template(path = "portal/programme.html")]
struct ProgrammePage {
    shell: Shell,
    private: bool,
    name: String,
    line: String,
    notice: String,
    state: String,
    parts: Parts,
    to_compare: String,
    sheet: String,
    looked_at: Vec<String>,
    rules: String,
    gives: Vec<Gift>,
    papers: Vec<PaperView>,
    operator: String,
    apply_at: Vec<String>,
    steps: Vec<(String, String, bool)>,
    changed: Option<(String, String)>,
    gathered: Option<(String, String)>,
    verified: String,
    sources: Vec<SourceView>,
}

/// One thing it gives.
struct Gift {
    what: String,
    now: String,
    since: String,
    before: Vec<String>,
    mark: String,
}

/// A paper with where and how to get it.
struct PaperView {
    name: String,
    place: String,
    how: String,
    perhaps: bool,
}

/// Where a fact is from.
struct SourceView {
    title: String,
    date: String,
    url: String,
}

/// The one line of a programme: as it was corrected, else the pack's.
pub fn line<'a>(content: &'a Content, programme: &'a Programme, t: T) -> &'a str {
    let corrected = content.text(TextSubject::Programme, programme.id.as_str(), TextPart::Line, t.0);
    corrected.unwrap_or_else(|| t.pack(&programme.line.words))
}

/// The full text under its headings: see [`FULL_PARTS`].
#[derive(Default)]
pub struct Parts {
    /// For whom.
    pub whom: Vec<String>,
    /// What it gives.
    pub gives: String,
    /// What to bring.
    pub bring: String,
    /// Where to apply.
    pub place: String,
    /// How long it takes, and that asking is free.
    pub long: String,
}

/// The parts of a programme's full text; one of another shape stands whole under the first heading.
pub fn parts(t: T, programme: &Programme) -> Parts {
    let lines = t.pack(&programme.full.words).lines().map(str::trim).filter(|line| !line.is_empty());
    match <[String; FULL_PARTS]>::try_from(lines.map(str::to_owned).collect::<Vec<_>>()) {
        Ok([whom, gives, bring, place, long]) => Parts { whom: vec![whom], gives, bring, place, long },
        Err(whom) => Parts { whom, ..Parts::default() },
    }
}

/// Whether being seen with this programme may be dangerous: a private situation leads to it.
pub fn private(app: &App, programme: &Programme) -> bool {
    app.pack.situations().iter().any(|s| s.private && s.programmes.contains(&programme.id))
}

/// What it gives now, in a few words: the money first; empty when no amount is published.
pub fn short_worth(app: &App, t: T, programme: &Programme) -> String {
    let money = programme.benefits.iter().filter(|benefit| group::is_money(benefit.kind) && benefit.applies.is_empty());
    let amount = |benefit: &Benefit| benefit.current(app.today()).map(|amount| sum(t, benefit, amount));
    money.filter_map(amount).next().unwrap_or_default()
}

/// `Rs 4,833 a month`
pub(crate) fn sum(t: T, benefit: &Benefit, amount: &Amount) -> String {
    let per = match benefit.per {
        Per::Day => "day",
        Per::Month => "month",
        Per::Quarter => "quarter",
        Per::Year => "year",
        Per::Once => "once",
        Per::Case => "case",
        Per::FamilyYear => "family-year",
        Per::Loan => "loan",
        Per::Award => "award",
    };
    t.a(&format!("per-{per}"), "amount", group::range(t, (amount.low, amount.high)))
}

fn gift(app: &App, t: T, benefit: &Benefit) -> Gift {
    let today = app.today();
    let now = benefit.current(today);
    let mut before: Vec<&Amount> =
        benefit.amounts.iter().filter(|a| a.until.is_some_and(|until| until < today)).collect();
    before.sort_by_key(|amount| std::cmp::Reverse(amount.from));
    let span = |amount: &&Amount| {
        let day = |day: Option<Date>| day.map(|day| t.date(day)).unwrap_or_default();
        let values = [("from", day(amount.from).into()), ("until", day(amount.until).into())];
        format!("{}: {}", t.with("programme-span", &values), sum(t, benefit, amount))
    };
    let since = now.and_then(|amount| amount.from).map(|from| t.a("programme-since", "day", t.date(from)));
    Gift {
        what: format!("{} ({})", t.pack(&benefit.text), t.code("worth", group::kind_code(benefit.kind))),
        now: match now {
            Some(amount) => sum(t, benefit, amount),
            None if group::is_money(benefit.kind) => t.m("worth-unpublished"),
            None => String::new(),
        },
        since: since.unwrap_or_default(),
        before: before.iter().map(span).collect(),
        mark: verified(t, now.map_or(benefit.status, |amount| amount.status)),
    }
}

/// How well the sources support something, in the public's words.
pub fn verified(t: T, status: Status) -> String {
    mark(t, status)
}

/// The day the amounts or criteria last changed, as far as the pack knows.
fn last_change(programme: &Programme, today: Date) -> Option<Date> {
    let amounts = programme.benefits.iter().flat_map(|benefit| &benefit.amounts).flat_map(|a| [a.from, a.until]);
    let criteria = programme.criteria.iter().flat_map(|criterion| [criterion.from, criterion.until]);
    amounts.chain(criteria).flatten().filter(|day| *day <= today).max()
}

/// `GET /programmes/{programme}`
pub async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, PageError> {
    let programme = app.pack.programme(&id).ok_or(PageError::NotFound)?;
    app.asked(&visitor, Asked::Programme, &id);
    let (t, content, today) = (visitor.t(), app.content(&visitor.scope).await?, app.today());
    let day = |day: Date| (day.to_string(), t.date(day));
    let own = ProgrammeId(id.clone());
    let private = private(&app, programme);
    let mut looked_at: Vec<String> = Vec::new();
    for criterion in programme.criteria.iter().filter(|criterion| criterion.in_force(today)) {
        let words = rule_words(&app, t, &own, criterion.id.as_str());
        if !looked_at.contains(&words) {
            looked_at.push(words);
        }
    }
    let notice = content.text(TextSubject::Programme, &id, TextPart::Notice, t.0);
    let shown = ProgrammePage {
        private,
        name: t.pack(&programme.name.words).to_owned(),
        line: line(&content, programme, t).to_owned(),
        notice: notice.unwrap_or_default().to_owned(),
        state: state(t, programme.state),
        parts: parts(t, programme),
        to_compare: format!("/compare?p={id}"),
        sheet: if private { String::new() } else { format!("/programmes/{id}/sheet") },
        looked_at,
        rules: completeness(t, programme.rules),
        gives: programme.benefits.iter().map(|benefit| gift(&app, t, benefit)).collect(),
        papers: papers(&app, t, programme),
        operator: app.pack.operator(&programme.operator).map(|o| t.pack(&o.name).to_owned()).unwrap_or_default(),
        apply_at: app.pack.apply_at(programme, t.lang()).into_iter().map(str::to_owned).collect(),
        steps: programme.steps.iter().map(|step| within(t, step)).collect(),
        changed: last_change(programme, today).map(day),
        gathered: app.pack.version().parse().ok().map(day),
        verified: verified(t, programme.status),
        sources: sources(&app, programme),
        shell: visitor.shell(&app),
    };
    if private { page(&shown) } else { open_page(&shown) }
}

fn state(t: T, state: ProgrammeState) -> String {
    match state {
        ProgrammeState::Open => String::new(),
        ProgrammeState::Announced => t.m("programme-announced"),
        ProgrammeState::Closed => t.m("programme-closed"),
        ProgrammeState::Unknown => t.m("programme-perhaps-open"),
    }
}

fn completeness(t: T, rules: Completeness) -> String {
    match rules {
        Completeness::Complete => String::new(),
        Completeness::Partial => t.m("programme-rules-partial"),
        Completeness::OpenToAll => t.m("programme-rules-open"),
        Completeness::NotPublished => t.m("programme-rules-hidden"),
    }
}

/// A step, its limit, and whether the limit is the office's own word.
pub(super) fn within(t: T, step: &rules::pack::programme::Step) -> (String, String, bool) {
    let days = t.a("verdict-within", "days", i64::from(step.working_days));
    (t.code("pack-step", step.id.as_str()), days, step.status > Status::Unverified)
}

fn papers(app: &App, t: T, programme: &Programme) -> Vec<PaperView> {
    let paper = |rule: &rules::pack::programme::PaperRule| {
        let paper = app.pack.paper(rule.id.as_str())?;
        Some(PaperView {
            name: t.pack(&paper.name).to_owned(),
            place: t.pack(&paper.place).to_owned(),
            how: t.pack(&paper.how).to_owned(),
            perhaps: !rule.when.is_empty(),
        })
    };
    programme.papers.iter().filter_map(paper).collect()
}

fn sources(app: &App, programme: &Programme) -> Vec<SourceView> {
    let source = |id: &rules::Id| {
        let source = app.pack.source(id.as_str())?;
        let url = Some(source.url.as_str()).filter(|url| url.starts_with("https://")).unwrap_or_default();
        Some(SourceView { title: source.title.clone(), date: source.date.clone(), url: url.to_owned() })
    };
    programme.sources.iter().filter_map(source).collect()
}
