//! Calling tokens to numbered desks, and handing a visit on to another one.

use super::{Counter, Visit};
use crate::{Date, ids::OfficerId};
use serde::{Deserialize, Serialize};

/// The highest number that may hang over a desk.
pub const MOST_DESKS: u32 = 99;

/// The longest note that goes with a visit to another desk, in characters.
pub const LONGEST_NOTE: usize = 300;

/// An officer called a token to a numbered desk; the waiting room reads the number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenCalled {
    /// Who serves now.
    pub officer: OfficerId,
    /// The number over the desk, 1 to [`MOST_DESKS`].
    pub desk: u32,
}

/// A visit was handed on: it waits again, for one desk, which sees it before all others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitHanded {
    /// To which desk.
    pub desk: u32,
    /// What the officer there should know.
    pub note: String,
}

/// An earlier visit came on paper and was entered later: who served it, and the number of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitStated {
    /// Who served the family that day, as written on the form.
    pub served_by: String,
    /// The number printed on the form, if it has one.
    pub form: Option<String>,
}

/// Why a visit was not handed on, or no token called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CallRefused {
    /// The visit is over.
    #[error("This visit has ended. Issue a new token to go on; nothing that was said is lost.")]
    Ended,
    /// No such desk.
    #[error("Write the number over the desk, 1 to 99.")]
    Desk,
    /// The same desk.
    #[error("This is your own desk. Write the number of another one.")]
    SameDesk,
    /// No note.
    #[error("Write what the next desk should know.")]
    NoteMissing,
    /// Too long.
    #[error("Write at most 300 characters.")]
    NoteLong,
}

/// Why a visit of an earlier day was not entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StatedRefused {
    /// Not an earlier day.
    #[error("A paper form is of an earlier day. For somebody who is here today, issue a token.")]
    NotEarlier,
    /// Nobody named.
    #[error("Write who served the family that day, as on the form.")]
    ServedByMissing,
}

impl Visit {
    /// Decides handing this visit to another desk.
    pub fn hand(&self, desk: u32, own: Option<u32>, note: &str) -> Result<VisitHanded, CallRefused> {
        let note = note.trim();
        self.open().map_err(|_| CallRefused::Ended)?;
        match note.chars().count() {
            _ if !(1..=MOST_DESKS).contains(&desk) => Err(CallRefused::Desk),
            _ if own == Some(desk) => Err(CallRefused::SameDesk),
            0 => Err(CallRefused::NoteMissing),
            long if long > LONGEST_NOTE => Err(CallRefused::NoteLong),
            _ => Ok(VisitHanded { desk, note: note.to_owned() }),
        }
    }

    /// Waits: not over, and no officer serves it.
    pub fn waits(&self) -> bool {
        self.outcome.is_none() && self.officer.is_none()
    }

    /// The desk this visit was handed to and waits for.
    pub fn waits_for(&self) -> Option<u32> {
        self.handed.as_ref().filter(|_| self.waits()).map(|handed| handed.desk)
    }
}

impl VisitStated {
    /// Decides that a visit of an earlier day is entered today.
    pub fn decide(served_by: &str, form: Option<String>, day: Date, today: Date) -> Result<Self, StatedRefused> {
        let served_by = served_by.trim();
        match served_by {
            _ if day >= today => Err(StatedRefused::NotEarlier),
            "" => Err(StatedRefused::ServedByMissing),
            _ => Ok(VisitStated { served_by: served_by.to_owned(), form }),
        }
    }
}

/// The token that a desk calls next: what was handed to it comes first; then, of the queue it serves or of all, persons
/// with disabilities, the elderly, women, everybody else; by number within each. What was handed to another desk waits
/// for that desk.
pub fn next_token(open: &[Visit], desk: u32, queue: Option<Counter>) -> Option<&Visit> {
    let mine = |visit: &&Visit| match visit.waits_for() {
        Some(for_desk) => for_desk == desk,
        None => visit.waits() && queue.is_none_or(|queue| queue == visit.counter),
    };
    open.iter().filter(mine).min_by_key(|visit| (visit.waits_for().is_none(), visit.counter, visit.number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ids::VisitId, language::Lang, visits::Topic};
    use uuid::Uuid;

    fn token(number: u32, counter: Counter) -> Visit {
        Visit {
            id: VisitId(Uuid::from_u128(u128::from(number))),
            version: 1,
            centre: "nowshera".into(),
            day: Date::default(),
            issued_at: crate::Instant::default(),
            number,
            counter,
            language: Lang::Ps,
            topic: Topic::Help,
            officer: None,
            household: None,
            left: vec![],
            gates: vec![],
            screened: false,
            picks: vec![],
            outcome: None,
            desk: None,
            handed: None,
            stated: None,
            came: None,
        }
    }

    #[test]
    fn who_was_handed_on_is_called_first_and_only_by_the_desk_it_was_handed_to() {
        let mut handed = token(9, Counter::General);
        handed.handed = Some(VisitHanded { desk: 3, note: "papers".into() });
        let mut served = token(1, Counter::Disability);
        served.officer = Some(OfficerId(Uuid::nil()));
        let open = [token(4, Counter::General), token(7, Counter::Women), token(6, Counter::Women), served, handed];
        let check = |desk, queue, want: Option<u32>| {
            assert_eq!(next_token(&open, desk, queue).map(|v| v.number), want, "desk {desk}, {queue:?}");
        };
        check(3, None, Some(9));
        check(3, Some(Counter::Women), Some(9));
        check(2, None, Some(6));
        check(2, Some(Counter::General), Some(4));
        check(2, Some(Counter::Elderly), None);
    }

    #[test]
    fn a_visit_is_handed_to_another_desk_with_a_note() {
        let check = |desk, own, note: &str, want: Result<(), CallRefused>| {
            assert_eq!(token(1, Counter::Women).hand(desk, own, note).map(drop), want, "{desk} {own:?} {note}");
        };
        check(2, Some(1), "B-Form is missing", Ok(()));
        check(0, Some(1), "B-Form is missing", Err(CallRefused::Desk));
        check(1, Some(1), "B-Form is missing", Err(CallRefused::SameDesk));
        check(2, None, "  ", Err(CallRefused::NoteMissing));
        check(2, None, &"x".repeat(301), Err(CallRefused::NoteLong));
    }

    #[test]
    fn a_paper_form_is_of_an_earlier_day_and_says_who_served() {
        let day = |text: &str| text.parse::<Date>().expect("a day");
        let check = |by: &str, on: &str, want: Result<(), StatedRefused>| {
            let stated = VisitStated::decide(by, None, day(on), day("2026-11-22"));
            assert_eq!(stated.map(drop), want, "{by} {on}");
        };
        check("Saima, desk 2", "2026-11-21", Ok(()));
        check("Saima, desk 2", "2026-11-22", Err(StatedRefused::NotEarlier));
        check(" ", "2026-11-21", Err(StatedRefused::ServedByMissing));
    }
}
