//! The complaints office's first page: what is late, what is due soon, what is new.

use super::sentences::body;
use crate::{
    App,
    applications::inbox_rows::{Day, scheme},
    portal::sentences::place,
    request::{PageError, Visitor},
    shell::{ClockView, Shell, page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::{
    applications::ClockOwner,
    grievances::{Appeal, GrievanceStatus, Holder},
    ids::{GrievanceId, OfficerId},
};
use serde::Deserialize;
use store::grievances::GrievanceRow;

/// Rows looked at; the most urgent come first.
const MOST: i64 = 500;
/// Ended ones shown.
const ENDED: i64 = 50;

#[derive(Template)]
#[template(path = "grievances/inbox.html")]
struct InboxPage {
    shell: Shell,
    tabs: Vec<Tab>,
    figures: Vec<(String, &'static str, usize)>,
    groups: Vec<Group>,
    empty: (String, String),
}

struct Tab {
    address: String,
    text: String,
    count: Option<usize>,
    current: bool,
}

struct Group {
    title: String,
    rows: Vec<Item>,
}

/// One line as shown.
#[derive(Clone)]
struct Item {
    id: GrievanceId,
    code: String,
    kind: String,
    about: String,
    filed: Day,
    status: String,
    /// In this office's hands.
    ours: bool,
    mine: bool,
    clock: Option<ClockView>,
    group: &'static str,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    tab: String,
}

/// `GET /grievances`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let room = app.store.grievances(&visitor.scope);
    let me = visitor.scope.officer_id();
    let department = visitor.scope.officer().is_some_and(|o| o.operator().is_some() && !o.answers_grievances());
    let open: Vec<Item> =
        room.inbox(0, MOST).await?.into_iter().map(|row| item(&app, t, row, me, department)).collect();
    let (ours, others): (Vec<_>, Vec<_>) = open.into_iter().partition(|item| item.ours);
    let tab = ["others", "ended"].into_iter().find(|tab| *tab == wanted.tab).unwrap_or("ours");
    let tabs = [("ours", Some(ours.len())), ("others", Some(others.len())), ("ended", None)];
    let figures = figures(t, &ours);
    let groups = match tab {
        "others" => one_group(t, tab, others),
        "ended" => {
            let rows = room.ended(0, ENDED).await?;
            one_group(t, tab, rows.into_iter().map(|row| item(&app, t, row, me, department)).collect())
        }
        _ => grouped(t, &ours),
    };
    page(&InboxPage {
        shell: visitor.shell(&app),
        tabs: tabs.into_iter().map(|(name, count)| self::tab(t, name, count, tab)).collect(),
        figures,
        groups,
        empty: (t.code("complaint-empty", tab), t.code("complaint-empty-next", tab)),
    })
}

fn tab(t: T, name: &str, count: Option<usize>, current: &str) -> Tab {
    let address = if name == "ours" { "/grievances".to_owned() } else { format!("/grievances?tab={name}") };
    Tab { address, text: t.code("complaint-tab", name), count, current: name == current }
}

fn item(app: &App, t: T, row: GrievanceRow, me: Option<OfficerId>, department: bool) -> Item {
    let clock = ClockView::of(app, t, ClockOwner::Nobody, row.since, row.due);
    let ours = row.holder == if department { Holder::Department } else { Holder::Office };
    let mine = row.officer.is_some() && row.officer == me;
    let class = clock.as_ref().map_or("", |clock| clock.class);
    let group = match (class, row.status) {
        ("is-red", _) => "overdue",
        ("is-amber", _) => "soon",
        (_, GrievanceStatus::Received) => "new",
        _ if mine => "mine",
        _ => "going",
    };
    let kind = if row.appeal.is_some() { "appeal" } else { row.kind.code() };
    let status = match (row.appeal, row.status) {
        (Some(outcome @ (Appeal::Upheld | Appeal::Overturned)), _) => t.code("complaint-appeal", outcome.code()),
        (_, status) => t.code("complaint-status", status.code()),
    };
    Item {
        id: row.id,
        code: row.code.to_string(),
        kind: t.code("complaint-kind", kind),
        about: about(app, t, &row),
        filed: Day::of(t, row.filed_on),
        status,
        ours,
        mine,
        clock: clock.filter(|_| row.status.is_open()),
        group,
    }
}

fn about(app: &App, t: T, row: &GrievanceRow) -> String {
    if row.protected && row.programme.is_none() {
        return t.m("complaint-protected");
    }
    if let Some(programme) = &row.programme {
        return scheme(app, t, programme);
    }
    let subject = t.code("complaint-subject", row.subject.code());
    let operator = row.operator.as_ref().and_then(|id| app.pack.operator(&id.0)).map(|of| t.pack(&of.name).to_owned());
    let centre = row.centre.as_ref().map(|centre| place(app, t, &centre.0));
    operator.or(centre).map_or(subject.clone(), |name| format!("{subject} · {name}"))
}

fn figures(t: T, ours: &[Item]) -> Vec<(String, &'static str, usize)> {
    let figure = |(group, class): (&'static str, &'static str)| {
        let count = ours.iter().filter(|item| item.group == group).count();
        (t.code("complaint-group", group), if count > 0 { class } else { "" }, count)
    };
    [("overdue", "is-red"), ("soon", "is-amber"), ("new", "")].into_iter().map(figure).collect()
}

fn grouped(t: T, ours: &[Item]) -> Vec<Group> {
    let group = |name: &'static str| {
        let rows: Vec<Item> = ours.iter().filter(|item| item.group == name).cloned().collect();
        (!rows.is_empty()).then(|| Group { title: t.code("complaint-group", name), rows })
    };
    ["overdue", "soon", "new", "mine", "going"].into_iter().filter_map(group).collect()
}

fn one_group(t: T, tab: &str, rows: Vec<Item>) -> Vec<Group> {
    if rows.is_empty() { Vec::new() } else { vec![Group { title: t.code("complaint-tab", tab), rows }] }
}

/// The name of a body above, for the case page.
pub(super) fn body_name(app: &App, t: T, route: Option<&str>) -> String {
    route.map(|route| body(app, t, route)).unwrap_or_default()
}
