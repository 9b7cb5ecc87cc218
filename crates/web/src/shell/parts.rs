//! Small parts that several pages show.

use crate::{App, text::T};
use domain::{
    Date,
    applications::{ClockColour, ClockOwner, colour, working_days_left},
};
pub use screener::Choice;

/// The districts of the pack, those of this installation's centres first.
pub fn districts(app: &App, t: T, chosen: &str) -> Vec<Choice> {
    let served = |code: &str| app.config.centres.iter().any(|centre| centre.district.0 == code);
    Choice::districts(&app.pack, t, chosen, served)
}

/// A clock as a page shows it: words, shape, colour, and how full the bar is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockView {
    /// `is-ok`, `is-amber`, `is-red`, `is-stopped`.
    pub class: &'static str,
    /// The icon's name.
    pub icon: &'static str,
    /// The words say it all.
    pub words: String,
    /// The bar's class, `w-0` to `w-100`.
    pub fill: String,
}

impl ClockView {
    /// The clock of an application's present status.
    pub fn of(app: &App, t: T, owner: ClockOwner, since: Date, due: Option<Date>) -> Option<Self> {
        let today = app.today();
        let Some(due) = due else {
            return (owner == ClockOwner::Citizen).then(|| ClockView {
                class: "is-stopped",
                icon: "paper",
                words: t.m("clock-waits-for-citizen"),
                fill: "w-30".to_owned(),
            });
        };
        let left = working_days_left(&app.calendar, due, today);
        let (class, icon, words) = match colour(&app.calendar, since, due, today) {
            ClockColour::Green => ("is-ok", "clock", t.a("clock-left", "days", left)),
            ClockColour::Amber => ("is-amber", "clock", t.a("clock-due-soon", "days", left)),
            ClockColour::Red => ("is-red", "alert", t.a("clock-overdue", "days", left.abs().max(1))),
        };
        let limit = i64::from(app.calendar.between(since, due).max(1));
        let used = i64::from(app.calendar.between(since, today)).min(limit);
        Some(ClockView { class, icon, words, fill: format!("w-{}", used * 100 / limit / 5 * 5) })
    }
}
