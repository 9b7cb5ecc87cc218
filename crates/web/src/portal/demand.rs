//! What people ask about, counted without them: a page was opened, on a day. No person, no place, no hour, no words.

use crate::{App, request::Visitor};
use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};
use store::StoreError;

/// What was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asked {
    /// A situation.
    Situation,
    /// A programme.
    Programme,
    /// A question of the screener.
    Question,
    /// A service among the sites.
    Service,
    /// A district among the sites.
    District,
    /// A search: `found` or `nothing`.
    Search,
    /// How somebody who came to a desk had heard of the centre.
    Heard,
}

impl Asked {
    /// Every kind, in the order of the page.
    pub const ALL: [Asked; 7] = [
        Asked::Heard,
        Asked::Situation,
        Asked::Programme,
        Asked::Question,
        Asked::Service,
        Asked::District,
        Asked::Search,
    ];

    /// The code in the table and in messages.
    pub fn code(self) -> &'static str {
        match self {
            Asked::Situation => "situation",
            Asked::Programme => "programme",
            Asked::Question => "question",
            Asked::Service => "service",
            Asked::District => "district",
            Asked::Search => "search",
            Asked::Heard => "heard",
        }
    }
}

/// How people hear of a centre, in the order of the form; counted at the token counter, when they like to say.
pub const HEARD: [&str; 9] =
    ["neighbour", "elder", "mosque", "radio", "phone", "leaflet", "health_worker", "other_office", "came_before"];

/// Counts that are not written yet. What a power cut takes is some seconds of counting.
#[derive(Debug, Default)]
pub struct Counter {
    opened: Mutex<BTreeMap<(Asked, String), i64>>,
}

impl App {
    /// Notes that a person opened something. What a browser fetches ahead for later is not counted.
    pub fn asked(&self, visitor: &Visitor, what: Asked, subject: &str) {
        if visitor.by_hand {
            let mut opened = self.counter.opened.lock().unwrap_or_else(PoisonError::into_inner);
            *opened.entry((what, subject.to_owned())).or_default() += 1;
        }
    }

    /// Writes the counts; called every few seconds, before the figures are shown, and at the end.
    pub async fn keep_counts(&self) -> Result<(), StoreError> {
        let taken = std::mem::take(&mut *self.counter.opened.lock().unwrap_or_else(PoisonError::into_inner));
        let rows: Vec<(&str, String, i64)> =
            taken.into_iter().map(|((what, subject), count)| (what.code(), subject, count)).collect();
        self.store.count_demand(self.today(), &rows).await
    }
}

/// A count as it may be shown: rounded to five; fewer than five is only said to be few (`None`).
pub fn rounded(count: i64) -> Option<i64> {
    (count >= 5).then_some((count + 2) / 5 * 5)
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn small_numbers_are_only_said_to_be_few() {
        let shown: Vec<Option<i64>> = [0, 1, 4, 5, 7, 8, 12, 13, 1001].into_iter().map(rounded).collect();
        assert_eq!(shown, [None, None, None, Some(5), Some(5), Some(10), Some(10), Some(15), Some(1000)]);
    }
}
