//! Opening what is protected outside the visit in which the person asked for that help ("break-glass"): for a stated
//! reason, for half an hour, in front of a second person.

use crate::{
    Instant, codes,
    ids::{HouseholdId, OfficerId},
    programmes::DistrictId,
};
use serde::{Deserialize, Serialize};

codes! {
    /// Why protected facts are opened outside their visit.
    OpeningReason {
        /// Somebody's life or safety is at risk now.
        Danger = "danger",
        /// The family is here and the officer who served it is away.
        Absent = "absent",
        /// A complaint or an appeal of the family cannot be answered otherwise.
        Complaint = "complaint",
        /// A court or a commission ordered it.
        Order = "order",
    }
}

/// Minutes that an opening lasts, for this file and this officer.
pub const OPENING_MINUTES: i64 = 30;
/// The longest reason, in characters.
pub const LONGEST_REASON: usize = 500;

/// An officer opened what is protected in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProtectedOpened {
    /// Whose file.
    pub household: HouseholdId,
    /// The family's district: its manager is the second person.
    pub district: DistrictId,
    /// Why.
    pub why: OpeningReason,
    /// Why, in words.
    pub words: String,
    /// Until when it stands open.
    pub until: Instant,
}

/// A second person has seen that it was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProtectedOpeningSeen {}

/// Why something protected was not opened, or not noted as seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpeningRefused {
    /// No reason from the list.
    #[error("Choose why this has to be opened now.")]
    WhyMissing,
    /// No words.
    #[error("Write in a few words why this has to be opened now.")]
    WordsMissing,
    /// Too many words.
    #[error("Use at most {LONGEST_REASON} characters.")]
    WordsTooLong,
    /// Whoever opened it is no second person.
    #[error("You opened this yourself. Somebody else notes it as seen.")]
    Oneself,
}

impl ProtectedOpened {
    /// Decides an opening.
    pub fn decide(
        household: HouseholdId,
        district: DistrictId,
        why: Option<OpeningReason>,
        words: &str,
        now: Instant,
    ) -> Result<Self, OpeningRefused> {
        let why = why.ok_or(OpeningRefused::WhyMissing)?;
        let words = words.trim().to_owned();
        match words.chars().count() {
            0 => Err(OpeningRefused::WordsMissing),
            count if count > LONGEST_REASON => Err(OpeningRefused::WordsTooLong),
            _ => {
                let until = now + chrono::TimeDelta::minutes(OPENING_MINUTES);
                Ok(ProtectedOpened { household, district, why, words, until })
            }
        }
    }
}

impl ProtectedOpeningSeen {
    /// Decides that a second person has seen an opening.
    pub fn decide(opened_by: OfficerId, by: OfficerId) -> Result<Self, OpeningRefused> {
        if opened_by == by { Err(OpeningRefused::Oneself) } else { Ok(ProtectedOpeningSeen {}) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn an_opening_needs_a_reason_twice_and_lasts_half_an_hour() {
        let now: Instant = "2026-11-22T04:00:00Z".parse().expect("an instant");
        let decide = |why: Option<OpeningReason>, words: &str| {
            ProtectedOpened::decide(HouseholdId(Uuid::from_u128(1)), "nowshera".into(), why, words, now)
        };
        assert_eq!(decide(None, "she is at the door"), Err(OpeningRefused::WhyMissing));
        assert_eq!(decide(Some(OpeningReason::Danger), " "), Err(OpeningRefused::WordsMissing));
        let long = "a".repeat(LONGEST_REASON + 1);
        assert_eq!(decide(Some(OpeningReason::Danger), &long), Err(OpeningRefused::WordsTooLong));
        let opened = decide(Some(OpeningReason::Danger), " she is at the door ").expect("an opening");
        assert_eq!((opened.words.as_str(), opened.until - now), ("she is at the door", chrono::TimeDelta::minutes(30)));
    }

    #[test]
    fn whoever_opened_it_is_no_second_person() {
        let (first, second) = (OfficerId(Uuid::from_u128(1)), OfficerId(Uuid::from_u128(2)));
        assert_eq!(ProtectedOpeningSeen::decide(first, first), Err(OpeningRefused::Oneself));
        assert!(ProtectedOpeningSeen::decide(first, second).is_ok());
    }
}
