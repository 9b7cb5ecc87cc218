//! Figures of complaints for `GET /insights`: by month and kind, and what became of appeals; small numbers never as they
//! are, because one complaint of a kind points at a person.

use crate::{
    App,
    request::{PageError, Visitor},
    text::T,
};
use chrono::{Datelike, Months};
use domain::{
    Date,
    grievances::{Appeal, GrievanceKind, Shown},
};

/// Months shown, this one included.
const SHOWN: u32 = 6;

/// The part of the page about complaints.
pub struct Figures {
    /// The kinds, as headings.
    pub kinds: Vec<String>,
    /// Each month with its counts in the order of the kinds.
    pub months: Vec<(String, Vec<(String, String)>)>,
    /// What became of appeals: word and count.
    pub appeals: Vec<(String, String)>,
}

/// Gathers them within the visitor's scope.
pub async fn of(app: &App, visitor: &Visitor) -> Result<Figures, PageError> {
    let t = visitor.t();
    let this = app.today().with_day(1).unwrap_or(app.today());
    let month = |back: u32| this.checked_sub_months(Months::new(back)).unwrap_or(this);
    let room = app.store.grievances(&visitor.scope);
    let counted = room.monthly(month(SHOWN - 1)).await?;
    let appeals = room.appeals(month(SHOWN - 1)).await?;
    let count = |month: Date, kind: GrievanceKind| {
        let month = month.format("%Y-%m").to_string();
        counted.iter().find(|one| one.month == month && one.kind == kind).map_or(0, |one| one.count)
    };
    let cells = |month: Date| {
        let cell = |kind: &GrievanceKind| (t.code("complaint-kind", kind.code()), shown(t, count(month, *kind)));
        GrievanceKind::ALL.iter().map(cell).collect()
    };
    let name = |month: Date| format!("{} {}", t.m(&format!("month-{}", month.month())), month.year());
    let any = !counted.is_empty();
    let outcome = |outcome: &Appeal| {
        let count = appeals.iter().find(|(found, _)| found == outcome).map_or(0, |(_, count)| *count);
        (t.code("complaint-appeal", outcome.code()), shown(t, count))
    };
    Ok(Figures {
        kinds: GrievanceKind::ALL.iter().map(|kind| t.code("complaint-kind", kind.code())).collect(),
        months: if any { (0..SHOWN).map(month).map(|month| (name(month), cells(month))).collect() } else { Vec::new() },
        appeals: if appeals.is_empty() { Vec::new() } else { Appeal::ALL.iter().map(outcome).collect() },
    })
}

/// A count as it may be shown.
fn shown(t: T, count: i64) -> String {
    match Shown::of(count) {
        Shown::None => "0".to_owned(),
        Shown::Few => t.m("complaint-few"),
        Shown::About(about) => t.a("complaint-about-count", "count", about),
    }
}
