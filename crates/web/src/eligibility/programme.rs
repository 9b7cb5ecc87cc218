//! One programme: its text from the pack, what it gives and asks for, and its verdict for every member.

use super::{
    desk::{Desk, NoDesk},
    group,
    reasons::{self, mark},
    view::{View, Viewer},
};
use crate::{
    App,
    request::{PageError, Visitor},
    shell::{Shell, page},
    text::T,
    visits::{Frame, StepName},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::ids::VisitId;
use rules::{
    K3, Pack,
    pack::{
        benefit::{Benefit, Per},
        programme::Programme,
    },
};

#[derive(Template)]
#[template(path = "eligibility/programme.html")]
struct ProgrammePage {
    shell: Shell,
    frame: Frame,
    view: View,
    full: Vec<String>,
    machine: bool,
    texts_note: String,
    gives: Vec<(String, String, String)>,
    papers: Vec<PaperView>,
    steps: Vec<(String, String, String)>,
    apply_at: Vec<String>,
    conditions: Vec<String>,
    sources: Vec<(String, String)>,
    status: String,
    note: String,
}

/// A paper with where and how to get it.
struct PaperView {
    name: String,
    issuer: String,
    place: String,
    how: String,
    perhaps: bool,
}

/// `GET /visits/{visit}/programmes/{programme}`: nothing is there when the verdict may not be shown in this visit.
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, programme)): Path<(VisitId, String)>,
) -> Result<Response, NoDesk> {
    let desk = Desk::open(&app, &visitor, id, StepName::Programmes).await?;
    let t = visitor.t();
    let verdict = desk.verdict(&app, &programme).ok_or(PageError::NotFound)?;
    let found = app.pack.programme(&programme).ok_or(PageError::NotFound)?;
    let viewer = Viewer { app: &app, t, desk: &desk };
    let view = viewer.view(verdict, true).ok_or(PageError::NotFound)?;
    let told = reasons::telling(verdict);
    let perhaps = |i: usize| {
        let need = told.iter().filter_map(|c| c.papers().get(i)).max().copied();
        need.unwrap_or(K3::Unknown) == K3::Unknown
    };
    let page_of = ProgrammePage {
        shell: visitor.shell(&app),
        full: paragraphs(t.pack(&found.full.words)),
        machine: viewer.machine(&found.full) || viewer.machine(&found.line),
        texts_note: found.texts_note.clone(),
        gives: found.benefits.iter().map(|benefit| gives(&app, t, benefit)).collect(),
        papers: papers(&app.pack, t, found, perhaps),
        steps: found.steps.iter().map(|step| within(t, step)).collect(),
        apply_at: app.pack.apply_at(found, t.lang()).into_iter().map(str::to_owned).collect(),
        conditions: found.conditions.clone(),
        sources: sources(&app.pack, found),
        status: mark(t, found.status),
        note: found.note.clone(),
        view,
        frame: desk.frame,
    };
    Ok(page(&page_of)?)
}

/// A step after submission, its limit, and how well that is supported.
fn within(t: T, step: &rules::pack::programme::Step) -> (String, String, String) {
    let days = t.a("verdict-within", "days", i64::from(step.working_days));
    (t.code("pack-step", &step.id), days, mark(t, step.status))
}

fn paragraphs(text: &str) -> Vec<String> {
    text.split("\n").map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// What it is, how much, and how well that is supported.
fn gives(app: &App, t: T, benefit: &Benefit) -> (String, String, String) {
    let amount = match benefit.current(app.today()) {
        None if group::is_money(benefit.kind) => t.m("worth-unpublished"),
        None => String::new(),
        Some(amount) => {
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
    };
    let kind = t.code("worth", group::kind_code(benefit.kind));
    let status = benefit.current(app.today()).map_or(benefit.status, |amount| amount.status);
    (format!("{} ({kind})", t.pack(&benefit.text)), amount, mark(t, status))
}

fn papers(pack: &Pack, t: T, programme: &Programme, perhaps: impl Fn(usize) -> bool) -> Vec<PaperView> {
    let paper = |(i, rule): (usize, &rules::pack::programme::PaperRule)| {
        let paper = pack.paper(&rule.id)?;
        Some(PaperView {
            name: t.pack(&paper.name).to_owned(),
            issuer: t.pack(&paper.issuer).to_owned(),
            place: t.pack(&paper.place).to_owned(),
            how: t.pack(&paper.how).to_owned(),
            perhaps: perhaps(i) && !rule.when.is_empty(),
        })
    };
    programme.papers.iter().enumerate().filter_map(paper).collect()
}

fn sources(pack: &Pack, programme: &Programme) -> Vec<(String, String)> {
    let source = |id| pack.source(id).map(|s: &rules::pack::catalogue::Source| (s.title.clone(), s.date.clone()));
    programme.sources.iter().filter_map(|id| source(id)).collect()
}
