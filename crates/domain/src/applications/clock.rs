//! Working days: a department's promise is counted in them, with the province's weekend and holidays as data.

use crate::{Date, codes};
use chrono::{Datelike, Days, Weekday};
use std::collections::BTreeSet;

/// The days on which offices are closed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Closed weekdays.
    pub weekend: Vec<Weekday>,
    /// Closed dates; moon-sighted ones move, so they are data.
    pub holidays: BTreeSet<Date>,
}

impl Calendar {
    /// Whether offices are open on a day.
    pub fn is_working(&self, day: Date) -> bool {
        !self.weekend.contains(&day.weekday()) && !self.holidays.contains(&day)
    }

    /// The `n`th working day after `start`; the start itself never counts.
    pub fn after(&self, start: Date, n: u32) -> Date {
        let mut day = start;
        let mut left = n;
        while left > 0 {
            let Some(next) = day.checked_add_days(Days::new(1)) else { return day };
            day = next;
            left -= u32::from(self.is_working(day));
        }
        day
    }

    /// Working days after `from` up to and with `to`; zero when `to` is not later.
    pub fn between(&self, from: Date, to: Date) -> u32 {
        from.iter_days().skip(1).take_while(|day| *day <= to).filter(|day| self.is_working(*day)).count() as u32
    }
}

codes! {
    /// How urgent a running clock is: amber from 75 % of the limit, red when it is over.
    ClockColour {
        /// In time.
        Green = "green",
        /// Three quarters of the time are used.
        Amber = "amber",
        /// Late.
        Red = "red",
    }
}

/// The colour of a clock that started on `since` and runs out at the end of `due`.
///
/// Amber at 75 percent of the limit, red after 100 percent, counted in working days.
pub fn colour(calendar: &Calendar, since: Date, due: Date, today: Date) -> ClockColour {
    if today > due {
        return ClockColour::Red;
    }
    let limit = calendar.between(since, due).max(1);
    let used = calendar.between(since, today);
    if used * 4 >= limit * 3 { ClockColour::Amber } else { ClockColour::Green }
}

/// Working days left until the end of `due`; negative when late.
pub fn working_days_left(calendar: &Calendar, due: Date, today: Date) -> i64 {
    if today <= due { i64::from(calendar.between(today, due)) } else { -i64::from(calendar.between(due, today)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a test date")
    }

    fn calendar() -> Calendar {
        Calendar { weekend: vec![Weekday::Sat, Weekday::Sun], holidays: BTreeSet::from([day("2026-12-25")]) }
    }

    #[test]
    fn promises_skip_weekends_and_holidays() {
        let check = |start: &str, n: u32, want: &str| assert_eq!(calendar().after(day(start), n), day(want));
        check("2026-11-20", 1, "2026-11-23"); // Friday to Monday
        check("2026-11-20", 3, "2026-11-25");
        check("2026-12-24", 1, "2026-12-28"); // over the holiday and the weekend
        check("2026-11-22", 0, "2026-11-22");
    }

    #[test]
    fn a_clock_turns_amber_at_three_quarters_and_red_when_over() {
        let check = |today: &str, want: ClockColour| {
            assert_eq!(colour(&calendar(), day("2026-11-02"), day("2026-11-06"), day(today)), want, "on {today}");
        };
        check("2026-11-04", ClockColour::Green);
        check("2026-11-05", ClockColour::Amber);
        check("2026-11-06", ClockColour::Amber);
        check("2026-11-07", ClockColour::Red);
    }
}
