//! A deputy while an officer of a department is on leave: sees and decides in the other's inbox, and both are named.

use super::{Officer, Role, forbidden_pair};
use crate::{
    Date,
    ids::OfficerId,
    programmes::{DistrictId, OperatorId},
};
use chrono::Days;
use serde::{Deserialize, Serialize};

/// The most days of one naming; a longer absence is named again.
pub const LONGEST_LEAVE: u64 = 90;

/// An officer stands in for another of the same operator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeputyNamed {
    /// Who is away.
    pub officer: OfficerId,
    /// Who stands in.
    pub deputy: OfficerId,
    /// The operator of both.
    pub operator: OperatorId,
    /// The district whose applications they see.
    pub district: DistrictId,
    /// The first day.
    pub from: Date,
    /// The last day; it ends by itself.
    pub until: Date,
}

/// A deputy was taken back before the last day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeputyEnded {}

/// Why no deputy was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DeputyRefused {
    /// Oneself.
    #[error("Choose somebody else: nobody stands in for themselves.")]
    Oneself,
    /// The same operator and district.
    #[error("You both see the same inbox already. A deputy is named from another district.")]
    SameInbox,
    /// Another operator, or nobody who decides.
    #[error("A deputy decides for the same department and may sign in. Choose another officer.")]
    OtherDepartment,
    /// Together they would hold duties that do not meet in one person.
    #[error("This officer's other duties do not go together with deciding here. Choose another officer.")]
    Forbidden,
    /// Dates in the wrong order, past, or too far apart.
    #[error("The last day is not before the first, not past, and at most 90 days later.")]
    Dates,
}

impl DeputyNamed {
    /// Decides who stands in; `by` is who names them, and is never the one who gets the inbox.
    pub fn decide(
        by: Option<OfficerId>,
        away: &Officer,
        deputy: &Officer,
        from: Date,
        until: Date,
        today: Date,
    ) -> Result<Self, DeputyRefused> {
        let (Some(operator), Some(district)) = (&away.posting.operator, &away.posting.district) else {
            return Err(DeputyRefused::OtherDepartment);
        };
        // Who stands in holds both duties for these days.
        let both: Vec<Role> = away.roles.iter().chain(&deputy.roles).copied().collect();
        let latest = from.checked_add_days(Days::new(LONGEST_LEAVE)).unwrap_or(from);
        if away.id == deputy.id || by == Some(deputy.id) {
            Err(DeputyRefused::Oneself)
        } else if !away.decides() || !deputy.decides() || deputy.posting.operator.as_ref() != Some(operator) {
            Err(DeputyRefused::OtherDepartment)
        } else if deputy.posting.district.as_ref() == Some(district) {
            Err(DeputyRefused::SameInbox)
        } else if forbidden_pair(&both).is_some() {
            Err(DeputyRefused::Forbidden)
        } else if until < from || until < today || until > latest {
            Err(DeputyRefused::Dates)
        } else {
            let (operator, district) = (operator.clone(), district.clone());
            Ok(DeputyNamed { officer: away.id, deputy: deputy.id, operator, district, from, until })
        }
    }
}
