//! Roles, what each may do, and which may not meet in one person.

use crate::codes;

codes! {
    /// A role an officer may hold.
    Role {
        /// Issues tokens and answers pure questions.
        TokenCounter = "token_counter",
        /// Creates or finds households, enters members, prints receipts.
        RegistrationClerk = "registration_clerk",
        /// Assesses needs, screens, chooses the package with the family.
        SocialWorker = "social_worker",
        /// Runs a centre: supervises the desk.
        CentreManager = "centre_manager",
        /// Decides the applications of one operator in one district.
        DepartmentFocal = "department_focal",
        /// Answers complaints of a district.
        GrievanceOfficer = "grievance_officer",
        /// Reads figures across districts, keeps the catalogue.
        ProvincialUnit = "provincial_unit",
        /// Appoints officers; reads no sensitive notes.
        Administrator = "administrator",
        /// Reads everything, writes nothing.
        Auditor = "auditor",
    }
}

codes! {
    /// What a request is about to do; each route names one.
    Doing {
        /// Issue tokens, end a visit.
        Tokens = "tokens",
        /// Find, register and correct people.
        People = "people",
        /// Ask questions and screen.
        Assess = "assess",
        /// Submit applications and print receipts.
        Apply = "apply",
        /// Read and decide a department's inbox.
        Decide = "decide",
        /// Appoint officers.
        Administer = "administer",
        /// Read logs and the journal's seals.
        Audit = "audit",
        /// Read figures.
        Figures = "figures",
        /// Read the complaints of a district, or an appeal handed to the department.
        Grievances = "grievances",
        /// Assign, answer, pass on and close complaints.
        Answer = "answer",
        /// Decide whether two records are one person, within one's district or over all of them.
        Review = "review",
        /// Answer for a centre: see what waits for a decision of its manager.
        Supervise = "supervise",
        /// Import lists of departments and organisations.
        Import = "import",
        /// Correct service sites and the words of the public pages; never a criterion.
        Publish = "publish",
    }
}

impl Role {
    /// What this role may do.
    pub fn may(self) -> &'static [Doing] {
        use Doing::*;
        match self {
            Role::TokenCounter => &[Tokens],
            Role::RegistrationClerk => &[Tokens, People, Assess, Apply],
            Role::SocialWorker => &[Tokens, People, Assess, Apply],
            Role::CentreManager => &[Tokens, People, Assess, Apply, Figures, Supervise, Review],
            Role::DepartmentFocal => &[Decide, Grievances, Answer],
            Role::GrievanceOfficer => &[Grievances, Answer, Figures],
            // The unit answers where a district has nobody who may: no officer, or only those complained about.
            Role::ProvincialUnit => &[Figures, Review, Import, Publish, Grievances, Answer],
            Role::Administrator => &[Administer],
            Role::Auditor => &[Audit, Figures, Grievances],
        }
    }

    /// Whether the role is tied to a centre.
    pub fn needs_centre(self) -> bool {
        matches!(self, Role::TokenCounter | Role::RegistrationClerk | Role::SocialWorker | Role::CentreManager)
    }

    /// Whether the role is tied to an operator and a district.
    pub fn needs_operator(self) -> bool {
        self == Role::DepartmentFocal
    }
}

/// Two of these roles that may not meet in one person: who takes an application in does not decide it, who
/// administers accounts does not use them on people, and who audits does neither.
pub fn forbidden_pair(roles: &[Role]) -> Option<(Role, Role)> {
    let duty = |role: &Role| match role {
        Role::TokenCounter | Role::RegistrationClerk | Role::SocialWorker | Role::CentreManager => 1,
        Role::DepartmentFocal => 2,
        Role::Administrator => 3,
        Role::Auditor => 4,
        Role::GrievanceOfficer | Role::ProvincialUnit => 0,
    };
    roles.iter().enumerate().find_map(|(i, first)| {
        let clash = |second: &&Role| duty(first) != 0 && duty(second) != 0 && duty(first) != duty(second);
        roles[i + 1..].iter().find(clash).map(|second| (*first, *second))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intake_and_decision_do_not_meet_in_one_person() {
        let check = |roles: &[Role], want: bool| assert_eq!(forbidden_pair(roles).is_some(), want, "{roles:?}");
        check(&[Role::RegistrationClerk, Role::SocialWorker], false);
        check(&[Role::RegistrationClerk, Role::DepartmentFocal], true);
        check(&[Role::DepartmentFocal, Role::CentreManager], true);
        check(&[Role::Administrator, Role::RegistrationClerk], true);
        check(&[Role::Auditor, Role::Administrator], true);
        check(&[Role::GrievanceOfficer, Role::CentreManager], false);
    }
}
