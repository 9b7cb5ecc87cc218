//! When a site is open, day by day; the Friday break is a gap between two spans.

use crate::Date;
use chrono::Weekday;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// From one minute after midnight up to, not including, another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// The first minute.
    pub from: u16,
    /// The minute it closes.
    pub to: u16,
}

/// A week of opening hours, Monday first. A day without spans is closed; hours that nobody stated are absent as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// The spans of each day, in order.
    pub days: [Vec<Span>; 7],
}

/// Other hours for a time, in place of the usual ones: Ramazan, a season, a closure for repairs (no day has hours).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Season {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// The hours in that time.
    pub hours: Hours,
}

impl Season {
    /// Whether a day falls into it.
    pub fn holds(&self, day: Date) -> bool {
        self.from <= day && day <= self.until
    }
}

/// Whether a site is open at a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenState {
    /// Open; closes at this minute.
    Open {
        /// The minute it closes.
        until: u16,
    },
    /// Closed; opens again today at this minute.
    Later {
        /// The minute it opens.
        from: u16,
    },
    /// Closed for the rest of the day.
    Closed,
}

/// Why typed hours are not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HoursRefused {
    /// Not of the shape `9:00-13:00, 14:00-17:00`.
    #[error("Write hours as 9:00-13:00, 14:00-17:00. Leave a closed day empty.")]
    Shape,
    /// A span ends before it begins, or two overlap.
    #[error("Each span of hours ends after it begins, and before the next one.")]
    Order,
}

impl Hours {
    /// The spans of a day.
    pub fn on(&self, day: Weekday) -> &[Span] {
        &self.days[day.num_days_from_monday() as usize]
    }

    /// Whether the site is open on a weekday at a minute after midnight.
    pub fn state(&self, day: Weekday, minute: u16) -> OpenState {
        let spans = self.on(day);
        if let Some(span) = spans.iter().find(|span| span.from <= minute && minute < span.to) {
            return OpenState::Open { until: span.to };
        }
        match spans.iter().find(|span| span.from > minute) {
            Some(span) => OpenState::Later { from: span.from },
            None => OpenState::Closed,
        }
    }

    /// Whether no day has hours.
    pub fn is_empty(&self) -> bool {
        self.days.iter().all(Vec::is_empty)
    }

    /// Reads one day as people write it: `9-12:30, 14:00-17:00`; empty is closed.
    ///
    /// # Errors
    /// [`HoursRefused`] says what is wrong.
    pub fn read_day(text: &str) -> Result<Vec<Span>, HoursRefused> {
        let mut spans = Vec::new();
        for part in text.split([',', '،', ';']).map(str::trim).filter(|part| !part.is_empty()) {
            let (from, to) = part.split_once(['-', '–']).ok_or(HoursRefused::Shape)?;
            spans.push(Span { from: minute(from)?, to: minute(to)? });
        }
        let backwards = spans.iter().any(|span| span.from >= span.to);
        if backwards || spans.windows(2).any(|pair| pair[0].to > pair[1].from) {
            return Err(HoursRefused::Order);
        }
        Ok(spans)
    }

    /// One day as [`Hours::read_day`] reads it.
    pub fn write_day(spans: &[Span]) -> String {
        spans.iter().map(Span::to_string).collect::<Vec<_>>().join(", ")
    }
}

/// `9`, `9:30`, `09.30` as minutes after midnight; `24:00` is the end of the day.
fn minute(text: &str) -> Result<u16, HoursRefused> {
    let (hour, rest) = text.trim().split_once([':', '.']).unwrap_or((text.trim(), "0"));
    let number = |text: &str| text.parse::<u16>().map_err(|_| HoursRefused::Shape);
    let (hour, rest) = (number(hour)?, number(rest)?);
    if hour > 24 || rest > 59 || hour * 60 + rest > DAY {
        return Err(HoursRefused::Shape);
    }
    Ok(hour * 60 + rest)
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        write!(f, "{}-{}", clock(self.from), clock(self.to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_people_write_it() {
        let check = |typed: &str, want: Result<&str, HoursRefused>| {
            let read = Hours::read_day(typed).map(|spans| Hours::write_day(&spans));
            assert_eq!(read, want.map(str::to_owned), "{typed}");
        };
        check("", Ok(""));
        check("9-17", Ok("09:00-17:00"));
        check("9:00-12:30, 14.00–17:00", Ok("09:00-12:30, 14:00-17:00"));
        check("0-24", Ok("00:00-24:00"));
        check("17-9", Err(HoursRefused::Order));
        check("9-13, 12-17", Err(HoursRefused::Order));
        check("nine to five", Err(HoursRefused::Shape));
        check("9:75-10", Err(HoursRefused::Shape));
        check("25-26", Err(HoursRefused::Shape));
    }

    #[test]
    fn friday_has_its_break() {
        let mut hours = Hours::default();
        hours.days[4] = Hours::read_day("9:00-12:30, 14:00-17:00").unwrap();
        let at = |hour: u16, minute: u16| hours.state(Weekday::Fri, hour * 60 + minute);
        assert_eq!(at(8, 59), OpenState::Later { from: 540 });
        assert_eq!(at(9, 0), OpenState::Open { until: 750 });
        assert_eq!(at(12, 30), OpenState::Later { from: 840 });
        assert_eq!(at(16, 59), OpenState::Open { until: 1020 });
        assert_eq!(at(17, 0), OpenState::Closed);
        assert_eq!(hours.state(Weekday::Sun, 600), OpenState::Closed);
    }
}
