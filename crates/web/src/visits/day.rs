//! The day-close sheet of a centre: what was counted, who closed it, and what changed since; one page to print and sign.

use crate::{
    App,
    app::{day_ends, local_time},
    applications::{inbox_rows::scheme, receipt::centre_name},
    request::{Errors, PageError, Sent, Visitor},
    shell::{Shell, form_page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::{
    Date,
    event::Change,
    ids::ClosingId,
    programmes::ProgrammeId,
    visits::{DayClosed, DayCounts, SealStated, VisitOutcome},
};
use serde::Deserialize;
use std::collections::BTreeSet;
use store::{SealInfo, visits::Closing};

#[derive(Template)]
#[template(path = "visits/day.html")]
struct DayPage {
    shell: Shell,
    errors: Errors,
    place: String,
    officer: String,
    day: Date,
    earlier: Date,
    later: Option<Date>,
    closings: Vec<Closed>,
    lines: Vec<Line>,
    /// Something of this day changed after it was closed last.
    changed: bool,
    /// The newest seal: its number, and the hash in groups.
    seal: Option<(i64, Vec<String>)>,
    done: bool,
}

/// A closing as the head of its column.
struct Closed {
    time: String,
    on: Date,
    by: String,
    seal: Option<(i64, Vec<String>)>,
}

/// One line of the sheet.
struct Line {
    label: String,
    /// Belongs to the line above.
    part: bool,
    /// As each closing counted it.
    then: Vec<String>,
    now: String,
    changed: bool,
}

/// Which day.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    day: Option<Date>,
    done: Option<u8>,
}

/// `GET /desk/day`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, PageError> {
    let day = wanted.day.unwrap_or(app.today()).min(app.today());
    render(&app, &visitor, day, Errors::default(), wanted.done.is_some()).await
}

async fn render(app: &App, visitor: &Visitor, day: Date, errors: Errors, done: bool) -> Result<Response, PageError> {
    let t = visitor.t();
    let visits = app.store.visits(&visitor.scope);
    let now = visits.day_counts(day, day_ends(day)).await?;
    let closings = visits.closings(day).await?;
    let lines = lines(app, t, &now, &closings);
    let centre = visitor.centre().and_then(|centre| app.centre(centre));
    let page = DayPage {
        shell: visitor.shell(app),
        place: centre_name(app, t, centre),
        officer: visitor.scope.officer().map(|officer| officer.as_officer().name.clone()).unwrap_or_default(),
        earlier: day.pred_opt().unwrap_or(day),
        later: day.succ_opt().filter(|next| *next <= app.today()),
        changed: lines.iter().any(|line| line.changed),
        lines,
        closings: closings.iter().map(closed).collect(),
        seal: app.store.newest_seal().await?.map(|seal| (seal.number, groups(&seal.hash))),
        day,
        errors,
        done,
    };
    form_page(&page, &page.errors)
}

fn closed(closing: &Closing) -> Closed {
    let (on, time) = local_time(closing.at);
    let seal = closing.seal.as_ref().map(|seal| (seal.number, groups(&seal.hash)));
    Closed { time, on, by: closing.name.clone(), seal }
}

/// A hash in groups of eight, to be compared by eye.
fn groups(hash: &str) -> Vec<String> {
    let letters: Vec<char> = hash.chars().collect();
    letters.chunks(8).map(|group| group.iter().collect()).collect()
}

/// The lines of the sheet: what stands now, beside what each closing counted.
fn lines(app: &App, t: T, now: &DayCounts, closings: &[Closing]) -> Vec<Line> {
    let line = |label: String, part: bool, read: &dyn Fn(&DayCounts) -> String| {
        let then: Vec<String> = closings.iter().map(|closing| read(&closing.counts)).collect();
        let now = read(now);
        Line { changed: then.last().is_some_and(|last| *last != now), label, part, then, now }
    };
    let mut all = vec![line(t.m("day-tokens"), false, &|c| c.tokens.to_string())];
    for outcome in VisitOutcome::ALL {
        let count = move |c: &DayCounts| c.outcomes.get(outcome).copied().unwrap_or(0).to_string();
        all.push(line(t.code("day-outcome", outcome.code()), true, &count));
    }
    all.push(line(t.m("day-open"), true, &|c| c.open.to_string()));
    all.push(line(t.m("day-families"), false, &|c| c.families.to_string()));
    all.push(line(t.m("day-applications"), false, &|c| c.applications.values().sum::<u32>().to_string()));
    for programme in programmes(now, closings) {
        let count = |c: &DayCounts| c.applications.get(&programme).copied().unwrap_or(0).to_string();
        all.push(line(scheme(app, t, &programme), true, &count));
    }
    all.push(line(t.m("day-papers"), false, &|c| c.papers.to_string()));
    all.push(line(t.m("day-receipts"), false, &|c| c.receipts.to_string()));
    all.push(line(t.m("day-money"), false, &|c| t.money(c.money)));
    all.push(line(t.m("day-later"), false, &|c| c.later.to_string()));
    all
}

/// Every programme that was counted at any of these moments.
fn programmes(now: &DayCounts, closings: &[Closing]) -> BTreeSet<ProgrammeId> {
    let all = closings.iter().map(|closing| &closing.counts).chain(std::iter::once(now));
    all.flat_map(|counts| counts.applications.keys().cloned()).collect()
}

/// `POST /desk/day`: closes a day with the counts as they stand at this moment.
pub async fn close(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, PageError> {
    let day = sent.fields.read::<Date>("day").ok().flatten().ok_or(PageError::BadForm)?;
    let Some(centre) = visitor.centre().cloned() else { return Err(PageError::NotFound) };
    let counts = app.store.visits(&visitor.scope).day_counts(day, day_ends(day)).await?;
    let seal = app.store.newest_seal().await?.map(|SealInfo { number, hash, .. }| SealStated { number, hash });
    match DayClosed::decide(centre, day, counts, seal, app.today()) {
        Ok(closed) => {
            let change = Change::after(ClosingId(uuid::Uuid::now_v7()), 0, closed, day);
            sent.carry_out(&app, &visitor, vec![change], format!("/desk/day?day={day}&done=1")).await
        }
        Err(_) => {
            let errors = Errors::one("close", visitor.t().m("day-future"));
            render(&app, &visitor, app.today(), errors, false).await
        }
    }
}
