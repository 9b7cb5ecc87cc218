//! `GET /insights/demand`: what people asked about, rounded.

use crate::{
    App,
    portal::{
        demand::{Asked, rounded},
        sentences::place,
    },
    request::{PageError, Visitor},
    shell::{Shell, page},
    text::T,
};
use askama::Template;
use axum::{extract::State, response::Response};
use store::services::Demand;

#[derive(Template)]
#[template(path = "insights/demand.html")]
struct DemandPage {
    shell: Shell,
    from: String,
    to: String,
    tables: Vec<Table>,
}

/// What was asked of one kind, most first.
struct Table {
    title: String,
    rows: Vec<(String, String, String)>,
}

/// How many days are looked back on.
const DAYS: i64 = 30;

/// `GET /insights/demand`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    app.keep_counts().await?;
    let (t, to) = (visitor.t(), app.today());
    let from = to - chrono::Duration::days(DAYS - 1);
    let found = app.store.demand(&visitor.scope, from, to).await?;
    let table = |kind: &Asked| {
        let mine: Vec<&Demand> = found.iter().filter(|one| one.kind == kind.code()).collect();
        let most = mine.iter().filter_map(|one| rounded(one.opened)).max().unwrap_or(1).max(1);
        let row = |one: &&Demand| {
            let shown = rounded(one.opened);
            let words = shown.map_or_else(|| t.m("demand-few"), |count| count.to_string());
            let bar = format!("w-{}", shown.unwrap_or(0) * 100 / most / 5 * 5);
            (named(&app, t, *kind, &one.subject), words, bar)
        };
        Table { title: t.code("demand", kind.code()), rows: mine.iter().map(row).collect() }
    };
    let tables = Asked::ALL.iter().map(table).filter(|table| !table.rows.is_empty()).collect();
    page(&DemandPage { shell: visitor.shell(&app), from: t.date(from), to: t.date(to), tables })
}

/// What was asked about, in words; its code when the pack no longer knows it.
fn named(app: &App, t: T, kind: Asked, subject: &str) -> String {
    let found = match kind {
        Asked::Situation => app.pack.situation(subject).map(|situation| t.pack(&situation.title).to_owned()),
        Asked::Programme => app.pack.programme(subject).map(|programme| t.pack(&programme.name.words).to_owned()),
        Asked::Question => app.pack.fact(subject).map(|fact| fact.label(t.lang()).to_owned()),
        Asked::Service => Some(t.code("service", subject)),
        Asked::District => Some(place(app, t, subject)),
        Asked::Search => Some(t.code("demand-search", subject)),
        Asked::Heard => Some(t.code("heard", subject)),
    };
    found.unwrap_or_else(|| subject.to_owned())
}
