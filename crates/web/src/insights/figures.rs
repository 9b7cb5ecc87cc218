//! `GET /insights`: applications by status, and what visits today were about.

use crate::{
    App,
    request::{PageError, Visitor},
    shell::{Shell, page},
};
use askama::Template;
use axum::{extract::State, response::Response};

#[derive(Template)]
#[template(path = "insights/figures.html")]
struct FiguresPage {
    shell: Shell,
    today: crate::applications::inbox_rows::Day,
    statuses: Vec<(String, i64, String)>,
    all: i64,
    open: i64,
    visits: Vec<(String, i64)>,
    visitors: i64,
    grievances: crate::grievances::figures::Figures,
}

/// `GET /insights`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    let t = visitor.t();
    let mut counts = app.store.applications(&visitor.scope).counts().await?;
    counts.sort_by_key(|(status, _)| *status);
    let all: i64 = counts.iter().map(|(_, count)| count).sum();
    let open = counts.iter().filter(|(status, _)| status.is_open()).map(|(_, count)| count).sum();
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
    let bar = |count: i64| format!("w-{}", count * 100 / most / 5 * 5);
    let statuses = counts.into_iter().map(|(status, n)| (t.code("status", status.code()), n, bar(n))).collect();
    let visits = app.store.visits(&visitor.scope).counts(app.today()).await?;
    let visitors = visits.iter().map(|(_, count)| count).sum();
    let visits = visits.into_iter().map(|(topic, count)| (t.code("topic", &topic), count)).collect();
    let today = crate::applications::inbox_rows::Day::of(t, app.today());
    let grievances = crate::grievances::figures::of(&app, &visitor).await?;
    page(&FiguresPage { shell: visitor.shell(&app), today, statuses, all, open, visits, visitors, grievances })
}
