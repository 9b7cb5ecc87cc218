//! `GET /people/rows`: rows of lists that are to be looked at, by what is at stake, of one list or of all.

use super::words;
use crate::{
    App,
    request::{PageError, Visitor},
    shell::{Choice, Shell, page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::{Date, access::Doing, ids::ImportId, money::Paisa, people::RowStepKind};
use serde::Deserialize;
use store::people::lists::{RowLine, RowView};

/// How many rows a page shows.
const SHOWN: i64 = 25;

/// The views, with the word that names each in addresses and messages.
const VIEWS: [(&str, RowView); 4] = [
    ("open", RowView::Open),
    ("waiting", RowView::Waiting),
    ("not-sure", RowView::NotSure),
    ("decided", RowView::Decided),
];

#[derive(Template)]
#[template(path = "people/rows.html")]
struct RowsPage {
    shell: Shell,
    /// The list whose rows these are; `None` for all lists.
    list: Option<ImportId>,
    /// What that list is called, when a row of it is shown.
    title: String,
    /// Whether the reader may open the page of the list.
    imports: bool,
    tabs: Vec<(Choice, Option<i64>)>,
    rows: Vec<RowShown>,
    next: Option<String>,
}

/// One row in the list.
struct RowShown {
    address: String,
    name: String,
    father: String,
    number: String,
    district: String,
    title: String,
    source: String,
    stated_on: Date,
    line: u64,
    /// What speaks for and against the likeliest, in short.
    why: String,
    yearly: String,
    among: usize,
    said: String,
}

/// What is asked for in the address.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    view: String,
    list: Option<ImportId>,
    #[serde(default)]
    from: i64,
}

/// The rows.
pub async fn show(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let t = visitor.t();
    let (code, view) = VIEWS.into_iter().find(|(code, _)| *code == asked.view).unwrap_or(VIEWS[0]);
    let from = asked.from.clamp(0, 1_000_000);
    let lists = app.store.lists(&visitor.scope);
    let mut rows = lists.rows_to_decide(view, asked.list, from, SHOWN + 1).await?;
    let more = rows.len() as i64 > SHOWN;
    rows.truncate(SHOWN as usize);
    let counts = lists.row_counts(asked.list).await?;
    let count = |view: RowView| counts.iter().find(|(counted, _)| *counted == view).map(|(_, count)| *count);
    let tab = |(this, view): (&str, RowView)| {
        let text = t.m(&format!("rows-tab-{this}"));
        (Choice { value: address(this, asked.list, 0), text, chosen: this == code }, count(view))
    };
    let title = asked.list.and(rows.first()).map(|row| row.title.clone()).unwrap_or_default();
    page(&RowsPage {
        shell: visitor.shell(&app),
        list: asked.list,
        title,
        imports: visitor.may(Doing::Import),
        tabs: VIEWS.into_iter().map(tab).collect(),
        rows: rows.into_iter().map(|row| shown(&app, t, row)).collect(),
        next: more.then(|| address(code, asked.list, from + SHOWN)),
    })
}

/// The address of a view.
fn address(view: &str, list: Option<ImportId>, from: i64) -> String {
    let of_list = list.map(|list| format!("&list={list}")).unwrap_or_default();
    let from = if from > 0 { format!("&from={from}") } else { String::new() };
    format!("/people/rows?view={view}{of_list}{from}")
}

fn shown(app: &App, t: T, row: RowLine) -> RowShown {
    let why: Vec<String> = row.why.iter().take(4).map(|code| t.code("evidence", code)).collect();
    let district = Some(row.card.district.0.as_str()).filter(|code| !code.is_empty());
    RowShown {
        address: format!("/people/rows/{}", row.listing),
        name: row.card.given,
        father: row.card.father_or_husband.unwrap_or_default(),
        number: row.card.number.unwrap_or_default(),
        district: district.map(|code| words::district(app, t, code)).unwrap_or_default(),
        title: row.title,
        source: row.source,
        stated_on: row.stated_on,
        line: row.line,
        why: why.join(" · "),
        yearly: if row.yearly == Paisa(0) { String::new() } else { t.money(row.yearly) },
        among: row.among,
        said: row.said.map(|said| said_words(t, said)).unwrap_or_default(),
    }
}

/// What was said about a row, in words.
pub(in crate::people) fn said_words(t: T, kind: RowStepKind) -> String {
    t.code("row-said", kind.code())
}
