//! The second step of signing in: whose rights reach so far that a password alone does not open them.

use super::{Doing, OfficerRefused, Role};
use crate::ids::OfficerId;
use serde::{Deserialize, Serialize};

impl Doing {
    /// Whether this takes data out of the office, crosses districts or administers accounts: a stolen password must not
    /// be enough for it.
    pub fn reaches_far(self) -> bool {
        match self {
            // One family at a time, at one window, in one district.
            Doing::Tokens | Doing::People | Doing::Assess | Doing::Apply => false,
            // One file, for half an hour, in front of a second person.
            Doing::OpenProtected => false,
            // One complaint at a time.
            Doing::Grievances | Doing::Answer => false,
            // Whole inboxes leave as tables, and money follows.
            Doing::Decide => true,
            // Rights are given and taken.
            Doing::Administer => true,
            // All districts, and tables of who read what.
            Doing::Audit => true,
            // Tables of families who receive twice leave as files.
            Doing::Figures => true,
            // Records of two districts are joined; lists of a whole province come in; the public reads it.
            Doing::Review | Doing::Import | Doing::Publish => true,
            // What a centre decided is undone, a family is forgotten.
            Doing::Supervise | Doing::Openings => true,
            // An inbox is lent to an officer of another district.
            Doing::Deputies => true,
        }
    }
}

impl Role {
    /// Whether who holds this role signs in with a code of their phone besides the password.
    pub fn needs_second_step(self) -> bool {
        self.may().iter().any(|doing| doing.reaches_far())
    }
}

/// An administrator took away an officer's second step, because the phone is lost or broken. The officer enrols again at
/// the next sign-in and is told of it there; ends their sessions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondStepReset {
    /// Why.
    pub reason: String,
}

impl SecondStepReset {
    /// Decides a reset; `by` is who decides it. Nobody resets their own: who took an open session could make it theirs.
    pub fn decide(officer: OfficerId, by: Option<OfficerId>, reason: &str) -> Result<Self, OfficerRefused> {
        match reason.trim() {
            _ if by == Some(officer) => Err(OfficerRefused::Oneself),
            "" => Err(OfficerRefused::ReasonMissing),
            reason => Ok(SecondStepReset { reason: reason.to_owned() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_exports_crosses_districts_or_administers_needs_a_second_step() {
        let table = [
            (Role::TokenCounter, false),
            (Role::RegistrationClerk, false),
            (Role::SocialWorker, false),
            (Role::CentreManager, true),
            (Role::DepartmentFocal, true),
            (Role::DepartmentSupervisor, true),
            (Role::GrievanceOfficer, true),
            (Role::ProvincialUnit, true),
            (Role::ListKeeper, true),
            (Role::Administrator, true),
            (Role::Auditor, true),
        ];
        assert_eq!(table.map(|(role, _)| role), Role::ALL, "every role is in the table");
        for (role, want) in table {
            assert_eq!(role.needs_second_step(), want, "{role}");
        }
    }
}
