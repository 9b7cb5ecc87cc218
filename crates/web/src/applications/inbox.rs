//! The department's first page: what needs me today.

use super::inbox_rows::{Group, InboxItem, grouped, item};
use crate::{
    App,
    request::{Errors, PageError, Sent, Visitor},
    shell::{Shell, form_page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    applications::{Actor, ClockOwner, MoveAsked, ReceiptCode, ReceiptCodeRefused, Status},
    event::Change,
    ids::ApplicationId,
};
use serde::Deserialize;

/// Rows on one page.
const PAGE: usize = 25;
/// Open applications looked at for groups and figures. The most urgent come first, so a longer inbox still opens right.
const MOST: i64 = 2_000;

#[derive(Template)]
#[template(path = "applications/inbox.html")]
struct InboxPage {
    shell: Shell,
    errors: Errors,
    tabs: Vec<Tab>,
    figures: Vec<(String, &'static str, usize)>,
    groups: Vec<Group>,
    pages: Pages,
    done: Option<String>,
    may_tick: bool,
    /// The receipt code that was looked for, as typed.
    code: String,
    empty: (String, String),
}

/// One view of the inbox.
struct Tab {
    address: String,
    text: String,
    count: usize,
    current: bool,
}

/// Which rows of how many are shown, and where the neighbours are.
struct Pages {
    words: String,
    earlier: Option<String>,
    later: Option<String>,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    tab: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    acknowledged: String,
}

impl Wanted {
    /// The first row; an address written by hand that is no number begins at the beginning.
    fn from(&self) -> usize {
        self.from.parse().unwrap_or(0).min(1_000_000)
    }
}

/// `GET /applications`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, PageError> {
    if wanted.code.trim().is_empty() {
        return render(&app, &visitor, &wanted, Errors::default()).await;
    }
    match wanted.code.parse::<ReceiptCode>() {
        Ok(code) => found(&app, &visitor, &wanted, &code).await,
        Err(wrong) => {
            let sentence = match wrong {
                ReceiptCodeRefused::Shape => "inbox-code-shape",
                ReceiptCodeRefused::Check => "inbox-code-check",
            };
            render(&app, &visitor, &wanted, Errors::one("code", visitor.t().m(sentence))).await
        }
    }
}

/// What a receipt code names within the officer's scope. A code that is not there and one of another office's
/// applications read alike.
async fn found(app: &App, visitor: &Visitor, wanted: &Wanted, code: &ReceiptCode) -> Result<Response, PageError> {
    let t = visitor.t();
    let rows = app.store.applications(&visitor.scope).by_code(code).await?;
    let rows: Vec<InboxItem> = rows.into_iter().map(|row| item(app, t, row)).collect();
    let title = t.a("inbox-of-code", "code", code.to_string());
    let page = InboxPage {
        shell: visitor.shell(app),
        tabs: Vec::new(),
        figures: Vec::new(),
        may_tick: false,
        pages: pages(t, "", 0, rows.len(), rows.len()),
        groups: if rows.is_empty() { Vec::new() } else { vec![Group { title, rows }] },
        done: None,
        code: wanted.code.clone(),
        empty: (t.m("inbox-code-nothing"), t.m("inbox-code-nothing-next")),
        errors: Errors::default(),
    };
    form_page(&page, &page.errors)
}

async fn render(app: &App, visitor: &Visitor, wanted: &Wanted, errors: Errors) -> Result<Response, PageError> {
    let t = visitor.t();
    let applications = app.store.applications(&visitor.scope);
    let open: Vec<InboxItem> = applications.inbox(0, MOST).await?.into_iter().map(|row| item(app, t, row)).collect();
    let counts = applications.counts().await?;
    let decided: i64 = counts.iter().filter(|(status, _)| !status.is_open()).map(|(_, n)| n).sum();
    let decided = usize::try_from(decided).unwrap_or(0);
    let (mine, others): (Vec<_>, Vec<_>) = open.into_iter().partition(|i| i.owner == ClockOwner::Department);
    let tab = ["family", "decided"].into_iter().find(|tab| *tab == wanted.tab).unwrap_or("mine");
    let tabs = tabs(t, tab, [mine.len(), others.len(), decided]);
    let figures = figures(t, &mine);
    let (total, rows) = match tab {
        "family" => (others.len(), others.into_iter().skip(wanted.from()).take(PAGE).collect()),
        "decided" => {
            let (from, page) = (i64::try_from(wanted.from()).unwrap_or(i64::MAX), i64::try_from(PAGE).unwrap_or(25));
            let rows = applications.decided(from, page).await?;
            (decided, rows.into_iter().map(|row| item(app, t, row)).collect::<Vec<_>>())
        }
        _ => {
            let mut mine = mine;
            // The sort keeps the store's order, by last day, inside each group.
            mine.sort_by_key(|item| item.group);
            (mine.len(), mine.into_iter().skip(wanted.from()).take(PAGE).collect())
        }
    };
    let page = InboxPage {
        shell: visitor.shell(app),
        tabs,
        figures,
        may_tick: tab == "mine" && rows.iter().any(|row: &InboxItem| row.new),
        pages: pages(t, tab, wanted.from(), rows.len(), total),
        groups: grouped(t, tab, rows),
        done: wanted.acknowledged.parse::<usize>().ok().map(|count| t.a("inbox-acknowledged", "count", count)),
        code: wanted.code.clone(),
        empty: (t.code("inbox-empty", tab), t.code("inbox-empty-next", tab)),
        errors,
    };
    form_page(&page, &page.errors)
}

fn tabs(t: T, current: &str, counts: [usize; 3]) -> Vec<Tab> {
    let tab = |(name, count): (&str, usize)| Tab {
        address: if name == "mine" { "/applications".to_owned() } else { format!("/applications?tab={name}") },
        text: t.code("inbox-tab", name),
        count,
        current: name == current,
    };
    ["mine", "family", "decided"].into_iter().zip(counts).map(tab).collect()
}

/// How many of those that need this office are late, nearly late, back or new.
fn figures(t: T, mine: &[InboxItem]) -> Vec<(String, &'static str, usize)> {
    let figure = |(group, class): (&'static str, &'static str)| {
        let count = mine.iter().filter(|item| item.group.code() == group).count();
        (t.code("inbox-group", group), if count > 0 { class } else { "" }, count)
    };
    [("overdue", "is-red"), ("soon", "is-amber"), ("back", ""), ("new", "")].into_iter().map(figure).collect()
}

fn pages(t: T, tab: &str, from: usize, shown: usize, total: usize) -> Pages {
    let address = |from: usize| format!("/applications?tab={tab}&from={from}");
    let to = from.saturating_add(shown);
    Pages {
        words: t.with("inbox-pages", &[("from", (from + 1).into()), ("to", to.into()), ("total", total.into())]),
        earlier: (from > 0).then(|| address(from.saturating_sub(PAGE))),
        later: (to < total && shown > 0).then(|| address(to)),
    }
}

/// `POST /applications/acknowledge`: several at once, each with its own event. Nothing else is ever done in a batch.
pub async fn acknowledge(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, PageError> {
    let ticked = sent.fields.all("app");
    if ticked.len() > PAGE {
        return Err(PageError::BadForm);
    }
    if ticked.is_empty() {
        let errors = Errors::one("inbox", visitor.t().m("inbox-nothing-ticked"));
        return render(&app, &visitor, &Wanted::default(), errors).await;
    }
    let mut ids: Vec<ApplicationId> = Vec::new();
    for text in ticked {
        ids.push(text.parse().map_err(|_| PageError::NotFound)?);
    }
    ids.sort();
    ids.dedup();
    let mut changes = Vec::new();
    for id in ids {
        let application = app.store.applications(&visitor.scope).get(id).await?.ok_or(PageError::NotFound)?;
        let asked = MoveAsked { to: Status::Received, actor: Actor::Department, rule: None, words: None, place: None };
        // One that moved on meanwhile needs no acknowledgement; the others still get theirs.
        if let Ok(moved) = application.step(asked, app.today(), &app.calendar) {
            let moved = super::decide::in_stead(&visitor, &application, moved);
            changes.push(Change::after(id, application.version, moved, app.today()));
        }
    }
    let to = format!("/applications?acknowledged={}", changes.len());
    if changes.is_empty() {
        return Ok(Redirect::to(&to).into_response());
    }
    sent.carry_out(&app, &visitor, changes, to).await
}

/// `GET /applications/acknowledge`: where a form leads that was sent after its session had ended.
pub async fn again() -> Redirect {
    Redirect::to("/applications")
}
