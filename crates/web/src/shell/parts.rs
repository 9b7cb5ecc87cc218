//! Small parts that several pages show.

use crate::{App, text::T};
use domain::{
    Date,
    applications::{ClockColour, ClockOwner, colour, working_days_left},
};

/// One choice of a list, or one place to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its value.
    pub value: String,
    /// Its words.
    pub text: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl Choice {
    /// Every code of a list as choices, with its words from the family of messages `family`.
    pub fn codes(t: T, family: &str, codes: &[&str], chosen: &str) -> Vec<Choice> {
        let choice =
            |code: &&str| Choice { value: (*code).to_owned(), text: t.code(family, code), chosen: *code == chosen };
        codes.iter().map(choice).collect()
    }

    /// The districts of the pack, those of this installation's centres first.
    pub fn districts(app: &App, t: T, chosen: &str) -> Vec<Choice> {
        let served = |code: &str| app.config.centres.iter().any(|centre| centre.district.0 == code);
        let choice = |place: &rules::pack::catalogue::Place| Choice {
            value: place.code.to_string(),
            text: t.pack(&place.name).to_owned(),
            chosen: place.code == *chosen,
        };
        let (mut first, mut rest): (Vec<Choice>, Vec<Choice>) =
            app.pack.places().iter().map(choice).partition(|choice| served(&choice.value));
        rest.sort_by(|a, b| a.text.cmp(&b.text));
        first.append(&mut rest);
        first
    }
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
