//! The rows of the inbox, and the groups they fall into.

use crate::{App, shell::ClockView, text::T};
use domain::{
    Date,
    applications::{ClockOwner, ReceiptCode, Status},
    ids::ApplicationId,
    programmes::ProgrammeId,
};
use store::applications::InboxRow;

/// A day as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// `2026-11-22`.
    pub iso: String,
    /// In the reader's language.
    pub words: String,
}

impl Day {
    /// A day in the reader's language.
    pub fn of(t: T, date: Date) -> Day {
        Day { iso: date.to_string(), words: t.date(date) }
    }
}

/// Why a row needs this office, the most pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pressing {
    /// Its last day is over.
    Overdue,
    /// Three quarters of the time are used.
    Soon,
    /// The family answered.
    Back,
    /// Not acknowledged yet.
    New,
    /// Being worked on.
    Going,
}

impl Pressing {
    const ALL: [Pressing; 5] = [Pressing::Overdue, Pressing::Soon, Pressing::Back, Pressing::New, Pressing::Going];

    /// Its word in messages.
    pub fn code(self) -> &'static str {
        match self {
            Pressing::Overdue => "overdue",
            Pressing::Soon => "soon",
            Pressing::Back => "back",
            Pressing::New => "new",
            Pressing::Going => "going",
        }
    }

    fn of(status: Status, clock: Option<&ClockView>) -> Pressing {
        match (clock.map(|clock| clock.class), status) {
            (Some("is-red"), _) => Pressing::Overdue,
            (Some("is-amber"), _) => Pressing::Soon,
            (_, Status::Resubmitted | Status::Overturned) => Pressing::Back,
            (_, Status::Forwarded) => Pressing::New,
            _ => Pressing::Going,
        }
    }
}

/// One row as shown.
#[derive(Debug, Clone)]
pub struct InboxItem {
    /// Key.
    pub id: ApplicationId,
    /// The receipt's code, as printed.
    pub code: String,
    /// The applicant's name.
    pub name: String,
    /// Union council, as said.
    pub union_council: String,
    /// The programme's name.
    pub scheme: String,
    /// When the centre sent it.
    pub submitted: Day,
    /// Since when it stands where it stands.
    pub since: Day,
    /// Where it stands, in words.
    pub status: String,
    /// Whose time runs.
    pub owner: ClockOwner,
    /// The clock, where one runs.
    pub clock: Option<ClockView>,
    /// A fact it used was corrected since.
    pub flagged: bool,
    /// Waits to be acknowledged.
    pub new: bool,
    /// Why it needs this office.
    pub group: Pressing,
}

/// Rows under one heading.
#[derive(Debug, Clone)]
pub struct Group {
    /// The heading.
    pub title: String,
    /// Its rows.
    pub rows: Vec<InboxItem>,
}

/// The name of a programme in the reader's language; its id when the pack in force no longer has it.
pub fn scheme(app: &App, t: T, programme: &ProgrammeId) -> String {
    app.pack.programme(&programme.0).map_or_else(|| programme.to_string(), |p| t.pack(&p.name.words).to_owned())
}

/// A row of the store as shown.
pub fn item(app: &App, t: T, row: InboxRow) -> InboxItem {
    let clock = ClockView::of(app, t, row.clock, row.since, row.due);
    let code = row.code.as_deref().and_then(|code| code.parse::<ReceiptCode>().ok()).map(|code| code.to_string());
    InboxItem {
        id: row.id,
        code: code.unwrap_or_default(),
        name: row.name,
        union_council: row.union_council.unwrap_or_default(),
        scheme: scheme(app, t, &row.programme),
        submitted: Day::of(t, row.submitted_on),
        since: Day::of(t, row.since),
        status: t.code("status", row.status.code()),
        owner: row.clock,
        group: Pressing::of(row.status, clock.as_ref()),
        clock,
        flagged: row.flagged,
        new: row.status == Status::Forwarded,
    }
}

/// The page's rows under their headings; the other views have one heading.
pub fn grouped(t: T, tab: &str, rows: Vec<InboxItem>) -> Vec<Group> {
    if rows.is_empty() {
        return Vec::new();
    }
    if tab != "mine" {
        return vec![Group { title: t.code("inbox-tab", tab), rows }];
    }
    let group = |pressing: Pressing| {
        let rows: Vec<InboxItem> = rows.iter().filter(|row| row.group == pressing).cloned().collect();
        (!rows.is_empty()).then(|| Group { title: t.code("inbox-group", pressing.code()), rows })
    };
    Pressing::ALL.into_iter().filter_map(group).collect()
}
