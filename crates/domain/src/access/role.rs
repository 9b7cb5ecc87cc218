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
        /// Names who stands in for an officer of one operator in one district; decides nothing.
        DepartmentSupervisor = "department_supervisor",
        /// Answers complaints of a district.
        GrievanceOfficer = "grievance_officer",
        /// Reads figures across districts, decides about pairs, corrects the public pages.
        ProvincialUnit = "provincial_unit",
        /// Brings in lists of departments and organisations; joins nobody on them with anybody.
        ListKeeper = "list_keeper",
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
        /// Name a deputy for an officer on leave of one's own department and district.
        Deputies = "deputies",
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
        /// Open what is protected in a file outside its visit, for a stated reason.
        OpenProtected = "open_protected",
        /// See what others opened so, and note it as seen.
        Openings = "openings",
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
            Role::SocialWorker => &[Tokens, People, Assess, Apply, OpenProtected],
            Role::CentreManager => {
                &[Tokens, People, Assess, Apply, Figures, Supervise, Review, OpenProtected, Openings]
            }
            Role::DepartmentFocal => &[Decide, Grievances, Answer],
            Role::DepartmentSupervisor => &[Deputies],
            Role::GrievanceOfficer => &[Grievances, Answer, Figures],
            // The unit answers where a district has nobody who may: no officer, or only those complained about.
            Role::ProvincialUnit => &[Figures, Review, Publish, Grievances, Answer, Openings],
            Role::ListKeeper => &[Import],
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
        matches!(self, Role::DepartmentFocal | Role::DepartmentSupervisor)
    }
}

/// Two of these roles that may not meet in one person: who takes an application in does not decide it, who
/// administers accounts does not use them on people, and who audits does neither. Who brings a list in does not join
/// records either: with both, one officer could make a family out of a file and lay it over another. Who names deputies
/// for others does none of what is checked here, least of all decide: the inbox is lent between two others.
pub fn forbidden_pair(roles: &[Role]) -> Option<(Role, Role)> {
    let duty = |role: &Role| match role {
        Role::TokenCounter | Role::RegistrationClerk | Role::SocialWorker | Role::CentreManager => 1,
        Role::DepartmentFocal => 2,
        Role::Administrator => 3,
        Role::Auditor => 4,
        Role::DepartmentSupervisor => 5,
        Role::GrievanceOfficer | Role::ProvincialUnit | Role::ListKeeper => 0,
    };
    let may = |role: &Role, doing: Doing| role.may().contains(&doing);
    let both = |one: &Role, other: &Role| may(one, Doing::Import) && may(other, Doing::Review);
    roles.iter().enumerate().find_map(|(i, first)| {
        let clash = |second: &&Role| {
            let duties = duty(first) != 0 && duty(second) != 0 && duty(first) != duty(second);
            duties || both(first, second) || both(second, first)
        };
        roles[i + 1..].iter().find(clash).map(|second| (*first, *second))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duties_that_check_each_other_do_not_meet_in_one_person() {
        let check = |roles: &[Role], want: bool| assert_eq!(forbidden_pair(roles).is_some(), want, "{roles:?}");
        check(&[Role::RegistrationClerk, Role::SocialWorker], false);
        check(&[Role::RegistrationClerk, Role::DepartmentFocal], true);
        check(&[Role::DepartmentFocal, Role::CentreManager], true);
        check(&[Role::Administrator, Role::RegistrationClerk], true);
        check(&[Role::Auditor, Role::Administrator], true);
        check(&[Role::DepartmentSupervisor, Role::DepartmentFocal], true);
        check(&[Role::DepartmentSupervisor, Role::RegistrationClerk], true);
        check(&[Role::Administrator, Role::DepartmentSupervisor], true);
        check(&[Role::GrievanceOfficer, Role::CentreManager], false);
        check(&[Role::ProvincialUnit, Role::ListKeeper], true);
        check(&[Role::ListKeeper, Role::GrievanceOfficer, Role::CentreManager], true);
        check(&[Role::ListKeeper, Role::GrievanceOfficer], false);
        for role in Role::ALL {
            let may = |doing: Doing| role.may().contains(&doing);
            assert!(!(may(Doing::Import) && may(Doing::Review)), "{role} brings in lists and joins records");
        }
    }
}
