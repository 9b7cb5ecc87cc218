//! An officer: a person who works with the system, in a role, at a place.

use super::{Doing, Role, forbidden_pair};
use crate::{
    Version,
    ids::OfficerId,
    programmes::{CentreId, DistrictId, OperatorId},
};
use serde::{Deserialize, Serialize};

/// Where an officer works.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// The centre, for desk roles.
    pub centre: Option<CentreId>,
    /// The district, for desk and department roles.
    pub district: Option<DistrictId>,
    /// The operator, for department roles.
    pub operator: Option<OperatorId>,
}

/// An officer was appointed. Name and password are operational; the journal keeps the appointment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficerAppointed {
    /// The sign-in name.
    pub login: String,
    /// The name shown to colleagues.
    pub name: String,
    /// Roles held.
    pub roles: Vec<Role>,
    /// Where.
    pub posting: Posting,
}

/// Roles, posting or standing changed; ends the officer's sessions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficerChanged {
    /// Roles held from now on.
    pub roles: Vec<Role>,
    /// Where from now on.
    pub posting: Posting,
    /// False when the officer may no longer sign in.
    pub active: bool,
    /// Why.
    pub reason: String,
}

/// An officer as they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    /// Key.
    pub id: OfficerId,
    /// Events seen.
    pub version: Version,
    /// Sign-in name.
    pub login: String,
    /// Shown name.
    pub name: String,
    /// Roles.
    pub roles: Vec<Role>,
    /// Posting.
    pub posting: Posting,
    /// May sign in.
    pub active: bool,
}

impl Officer {
    /// Whether they decide for an operator and may sign in.
    pub fn decides(&self) -> bool {
        self.active && self.roles.iter().any(|role| role.needs_operator() && role.may().contains(&Doing::Decide))
    }

    /// Whether they name deputies for another officer: of the same operator in the same district, never for themselves.
    pub fn names_deputies_of(&self, other: &Officer) -> bool {
        let place = |officer: &Officer| officer.posting.operator.clone().zip(officer.posting.district.clone());
        let may = self.active && self.roles.iter().any(|role| role.may().contains(&Doing::Deputies));
        may && self.id != other.id && other.decides() && place(self).is_some() && place(self) == place(other)
    }
}

/// Why an appointment was not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OfficerRefused {
    /// No role.
    #[error("Choose at least one role.")]
    NoRole,
    /// Two roles that may not meet.
    #[error("One person may not hold both {0} and {1}. Appoint two officers.")]
    ForbiddenPair(Role, Role),
    /// A desk role without a centre.
    #[error("The role {0} works at a centre. Name the centre and its district.")]
    CentreMissing(Role),
    /// A department role without operator or district.
    #[error("The role {0} works for an operator in a district. Name both.")]
    OperatorMissing(Role),
    /// A district role without a district.
    #[error("The role {0} works for a district. Name it.")]
    DistrictMissing(Role),
    /// One's own rights.
    #[error("This is your own account. Another administrator changes it.")]
    Oneself,
    /// No reason.
    #[error("Write why this changes.")]
    ReasonMissing,
    /// An unusable sign-in name.
    #[error("A sign-in name has 3 to 40 small letters, digits, dots or dashes.")]
    Login,
}

impl OfficerAppointed {
    /// Decides an appointment.
    pub fn decide(login: &str, name: &str, mut roles: Vec<Role>, posting: Posting) -> Result<Self, OfficerRefused> {
        let usable = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
        if !(3..=40).contains(&login.len()) || !login.chars().all(usable) {
            return Err(OfficerRefused::Login);
        }
        roles.sort();
        roles.dedup();
        check_roles(&roles, &posting)?;
        Ok(OfficerAppointed { login: login.to_owned(), name: name.trim().to_owned(), roles, posting })
    }
}

impl OfficerChanged {
    /// Decides a change of roles, posting or standing; `by` is who decides it. Nobody gives a right to themselves, nor
    /// locks the last administrator out by mistake.
    pub fn decide(
        officer: OfficerId,
        by: Option<OfficerId>,
        mut roles: Vec<Role>,
        posting: Posting,
        active: bool,
        reason: &str,
    ) -> Result<Self, OfficerRefused> {
        if by == Some(officer) {
            return Err(OfficerRefused::Oneself);
        }
        roles.sort();
        roles.dedup();
        check_roles(&roles, &posting)?;
        let reason = reason.trim().to_owned();
        if reason.is_empty() {
            return Err(OfficerRefused::ReasonMissing);
        }
        Ok(OfficerChanged { roles, posting, active, reason })
    }
}

fn check_roles(roles: &[Role], posting: &Posting) -> Result<(), OfficerRefused> {
    if roles.is_empty() {
        return Err(OfficerRefused::NoRole);
    }
    if let Some((first, second)) = forbidden_pair(roles) {
        return Err(OfficerRefused::ForbiddenPair(first, second));
    }
    for role in roles {
        if role.needs_centre() && (posting.centre.is_none() || posting.district.is_none()) {
            return Err(OfficerRefused::CentreMissing(*role));
        }
        if role.needs_operator() && (posting.operator.is_none() || posting.district.is_none()) {
            return Err(OfficerRefused::OperatorMissing(*role));
        }
        if *role == Role::GrievanceOfficer && posting.district.is_none() {
            return Err(OfficerRefused::DistrictMissing(*role));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_change_is_refused_for_forbidden_pairs_for_oneself_and_without_a_reason() {
        let (officer, admin) = (OfficerId(Uuid::from_u128(1)), OfficerId(Uuid::from_u128(2)));
        let posting = Posting { centre: Some("nowshera".into()), district: Some("nowshera".into()), operator: None };
        let change = |by: OfficerId, roles: &[Role], reason: &str| {
            OfficerChanged::decide(officer, Some(by), roles.to_vec(), posting.clone(), true, reason)
        };
        let pair = [Role::SocialWorker, Role::DepartmentFocal];
        assert_eq!(change(admin, &pair, "both"), Err(OfficerRefused::ForbiddenPair(pair[0], pair[1])));
        assert_eq!(change(admin, &[], "none"), Err(OfficerRefused::NoRole));
        assert_eq!(change(officer, &[Role::SocialWorker], "more"), Err(OfficerRefused::Oneself));
        assert_eq!(change(admin, &[Role::SocialWorker], "  "), Err(OfficerRefused::ReasonMissing));
        assert!(change(admin, &[Role::SocialWorker, Role::SocialWorker], "assesses").is_ok_and(|c| c.roles.len() == 1));
    }
}
