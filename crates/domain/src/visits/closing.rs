//! The end of a centre's day: what was counted, who closed it, and what changed since.

use super::VisitOutcome;
use crate::{
    Date,
    money::Paisa,
    programmes::{CentreId, ProgrammeId},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A day of a centre in numbers. What is protected is in none of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayCounts {
    /// Tokens given.
    pub tokens: u32,
    /// Visits by how they ended.
    pub outcomes: BTreeMap<VisitOutcome, u32>,
    /// Visits that have not ended.
    pub open: u32,
    /// Families registered.
    pub families: u32,
    /// Applications by programme.
    pub applications: BTreeMap<ProgrammeId, u32>,
    /// Papers taken.
    pub papers: u32,
    /// Receipts printed for the first time.
    pub receipts: u32,
    /// Cash recorded as handed over that day to families of the centre.
    pub money: Paisa,
    /// Visits of that day that were entered later.
    pub later: u32,
}

/// The newest seal when the day was closed, as the sheet prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealStated {
    /// Its number.
    pub number: i64,
    /// The chain's hash after it, in hex.
    pub hash: String,
}

/// A day of a centre was closed. A day may be closed again; both closings stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayClosed {
    /// The centre.
    pub centre: CentreId,
    /// The day.
    pub day: Date,
    /// The counts as they stood.
    pub counts: DayCounts,
    /// The newest seal; `None` when nothing was sealed yet.
    pub seal: Option<SealStated>,
}

/// Why a day was not closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClosingRefused {
    /// Not yet come.
    #[error("This day has not come yet. Close it in the evening.")]
    Future,
}

impl DayClosed {
    /// Decides the closing of a day.
    pub fn decide(
        centre: CentreId,
        day: Date,
        counts: DayCounts,
        seal: Option<SealStated>,
        today: Date,
    ) -> Result<Self, ClosingRefused> {
        if day > today { Err(ClosingRefused::Future) } else { Ok(DayClosed { centre, day, counts, seal }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_has_not_come_is_not_closed() {
        let day = |text: &str| text.parse::<Date>().expect("a day");
        let close = |on: &str| {
            DayClosed::decide("nowshera".into(), day(on), DayCounts::default(), None, day("2026-11-22")).map(drop)
        };
        assert_eq!(close("2026-11-22"), Ok(()));
        assert_eq!(close("2026-11-20"), Ok(()), "a forgotten day is closed later");
        assert_eq!(close("2026-11-23"), Err(ClosingRefused::Future));
    }
}
