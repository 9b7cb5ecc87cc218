//! What happened to a site or a text, as lines.

use crate::{app::local_day, text::T};
use domain::event::Event;
use store::services::Changed;

/// One line of a history.
pub struct Line {
    /// The day as machines read it.
    pub iso: String,
    /// The day.
    pub day: String,
    /// Who.
    pub by: String,
    /// What.
    pub what: String,
    /// Why.
    pub reason: String,
}

/// A change as a line.
pub fn line(t: T, changed: &Changed) -> Line {
    let (what, reason) = match &changed.event {
        Event::SiteAdded(_) => ("changes-added", ""),
        Event::SiteCorrected(e) => ("changes-corrected", e.reason.as_str()),
        Event::SiteClosed(e) => ("changes-closed", e.reason.as_str()),
        Event::SiteReopened(e) => ("changes-reopened", e.reason.as_str()),
        Event::PageTextCorrected(e) => {
            let part = t.code("text-part", e.part.code());
            let words: Vec<String> =
                e.words.iter().map(|(lang, text)| format!("{}: {text}", lang.own_name())).collect();
            return of(t, changed, format!("{part}. {}", words.join(" · ")), &e.reason);
        }
        Event::PageTextWithdrawn(e) => ("changes-withdrawn", e.reason.as_str()),
        _ => ("changes-corrected", ""),
    };
    of(t, changed, t.m(what), reason)
}

fn of(t: T, changed: &Changed, what: String, reason: &str) -> Line {
    let day = local_day(changed.at);
    Line {
        iso: day.to_string(),
        day: t.date(day),
        by: changed.by.clone().unwrap_or_else(|| t.m("changes-program")),
        what,
        reason: reason.to_owned(),
    }
}
