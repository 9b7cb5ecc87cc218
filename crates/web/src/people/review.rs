//! `GET /people/review`: the records that may be one person, by what is at stake; clusters stand together.

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
use domain::{Date, ids::PersonId, money::Paisa};
use rules::pack::benefit::Worth;
use serde::Deserialize;
use store::people::{Face, QueueRow, QueueView, Stake, lists::RowView};

/// How many pairs a page shows.
const SHOWN: i64 = 25;

/// The views, with the word that names each in addresses and messages.
const VIEWS: [(&str, QueueView); 4] = [
    ("open", QueueView::Open),
    ("waiting", QueueView::Waiting),
    ("not-sure", QueueView::NotSure),
    ("decided", QueueView::Decided),
];

#[derive(Template)]
#[template(path = "people/review.html")]
struct ReviewPage {
    shell: Shell,
    /// Address, words, whether it is this one; and how many wait there.
    tabs: Vec<(Choice, Option<i64>)>,
    groups: Vec<Group>,
    /// The address of the next page.
    next: Option<String>,
    /// Somebody is still to be held against the others.
    due: i64,
    /// Rows of lists that nobody decided yet.
    rows: i64,
}

/// Pairs that hang together: one person of several records, perhaps.
pub(super) struct Group {
    /// How many records.
    pub records: usize,
    pub pairs: Vec<Line>,
}

/// One pair in a list.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub address: String,
    pub first: FaceLine,
    pub second: FaceLine,
    /// What speaks for and against, in short.
    pub why: String,
    pub yearly: String,
    pub open: i64,
    /// What was said, in words.
    pub said: String,
}

/// A person in a list of pairs.
#[derive(Debug, Clone)]
pub(super) struct FaceLine {
    pub name: String,
    pub father: String,
    pub district: String,
    pub number: String,
}

/// What is asked for in the address.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    view: String,
    #[serde(default)]
    from: i64,
}

/// `GET /people/review`
pub async fn show(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let t = visitor.t();
    let (code, view) = VIEWS.into_iter().find(|(code, _)| *code == asked.view).unwrap_or(VIEWS[0]);
    let from = asked.from.clamp(0, 1_000_000);
    let people = app.store.people(&visitor.scope);
    let mut rows = people.review(view, from, SHOWN + 1).await?;
    let more = rows.len() as i64 > SHOWN;
    rows.truncate(SHOWN as usize);
    let counts = people.review_counts().await?;
    let count = |view: QueueView| counts.iter().find(|(counted, _)| *counted == view).map(|(_, count)| *count);
    let of_lists = app.store.lists(&visitor.scope).row_counts(None).await?;
    let rows_open = of_lists.iter().find(|(view, _)| *view == RowView::Open).map_or(0, |(_, count)| *count);
    let tab = |(this, view): (&str, QueueView)| {
        let value = format!("/people/review?view={this}");
        (Choice { value, text: t.m(&format!("review-tab-{this}")), chosen: this == code }, count(view))
    };
    page(&ReviewPage {
        shell: visitor.shell(&app),
        tabs: VIEWS.into_iter().map(tab).collect(),
        groups: groups(&app, t, rows),
        next: more.then(|| format!("/people/review?view={code}&from={}", from + SHOWN)),
        due: app.store.review_waiting().await?,
        rows: rows_open,
    })
}

/// Puts pairs that share a record together, each group where its first pair stands.
fn groups(app: &App, t: T, rows: Vec<QueueRow>) -> Vec<Group> {
    let mut groups: Vec<(Vec<PersonId>, Vec<Line>)> = Vec::new();
    for row in rows {
        let both = [row.first.person, row.second.person];
        let line = line(app, t, &row);
        let (joined, apart): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|(persons, _)| both.iter().any(|person| persons.contains(person)));
        groups = apart;
        let (mut persons, mut lines) = (both.to_vec(), Vec::new());
        for (others, their_lines) in joined {
            persons.extend(others);
            lines.extend(their_lines);
        }
        lines.push(line);
        persons.sort_unstable();
        persons.dedup();
        groups.push((persons, lines));
    }
    groups.into_iter().map(|(persons, pairs)| Group { records: persons.len(), pairs }).collect()
}

/// A pair as a line of a list.
pub(super) fn line(app: &App, t: T, row: &QueueRow) -> Line {
    let why: Vec<String> = row.why.iter().take(4).map(|code| t.code("evidence", code)).collect();
    let said = match row.decision {
        Some(_) if row.merged => t.m("review-joined"),
        Some(decision) => t.code("review-said", decision.code()),
        None => String::new(),
    };
    Line {
        address: format!("/people/review/{}", row.link),
        first: face(app, t, &row.first),
        second: face(app, t, &row.second),
        why: why.join(" · "),
        yearly: if row.yearly == Paisa(0) { String::new() } else { t.money(row.yearly) },
        open: row.open,
        said,
    }
}

fn face(app: &App, t: T, face: &Face) -> FaceLine {
    FaceLine {
        name: face.card.given.clone(),
        father: face.card.father_or_husband.clone().unwrap_or_default(),
        district: words::district(app, t, &face.card.district.0),
        number: face.card.number.clone().unwrap_or_default(),
    }
}

/// What each programme is worth in a year by the pack: its regular cash and what it pays once, of several variants the
/// largest. For ordering and for the limit above which two officers decide; no family is told this sum.
pub fn stake(pack: &rules::Pack, today: Date) -> Stake {
    let yearly = pack.programmes().iter().filter(|programme| !programme.protected()).map(|programme| {
        let (mut sum, mut variant) = (0i64, 0i64);
        for benefit in &programme.benefits {
            let worth = match benefit.worth(today) {
                Worth::Regular { yearly, .. } => yearly.1.0,
                Worth::Once(_, high) => high.0,
                Worth::NotAdded(..) | Worth::Unpublished => 0,
            };
            if benefit.applies.is_empty() { sum = sum.saturating_add(worth) } else { variant = variant.max(worth) }
        }
        (domain::programmes::ProgrammeId(programme.id.to_string()), Paisa(sum.saturating_add(variant)))
    });
    Stake { yearly: yearly.filter(|(_, worth)| worth.0 > 0).collect() }
}
