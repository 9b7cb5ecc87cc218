//! The status machine of a grievance: which step may follow which, who may take it, and whose time runs.

use crate::codes;

codes! {
    /// What a complaint is about in kind; the five that people name (requirement R096).
    GrievanceKind {
        /// Nothing happens, or not in time.
        Delay = "delay",
        /// A refusal; about a decided application it is an appeal.
        Refusal = "refusal",
        /// Part of the money was kept back.
        Deduction = "deduction",
        /// Somebody behaved badly.
        Conduct = "conduct",
        /// Anything else.
        Other = "other",
    }
}

codes! {
    /// Whom or what a complaint names.
    Subject {
        /// An application, by its receipt.
        Application = "application",
        /// A one-window centre.
        Centre = "centre",
        /// One officer, as far as the citizen can name them.
        Officer = "officer",
        /// A programme or its office.
        Programme = "programme",
        /// The complaints office itself.
        GrievanceOffice = "grievance_office",
        /// Something else.
        Other = "other",
    }
}

codes! {
    /// Where a grievance stands.
    GrievanceStatus {
        /// It came in.
        Received = "received",
        /// Somebody answers for it.
        Assigned = "assigned",
        /// The answer waits for the citizen.
        Answered = "answered",
        /// The citizen took the answer.
        Accepted = "accepted_by_citizen",
        /// It was passed to the body above.
        Escalated = "escalated",
        /// Ended, with words.
        Closed = "closed",
    }
}

codes! {
    /// Whose time runs.
    Holder {
        /// The grievance office of the district.
        Office = "office",
        /// The department, for an appeal handed to it.
        Department = "department",
        /// The citizen: to accept the answer or pass it on.
        Citizen = "citizen",
        /// The body above: ombudsman, commission.
        OtherBody = "other_body",
        /// Nobody's: ended.
        Nobody = "nobody",
    }
}

codes! {
    /// Who takes a step.
    By {
        /// The one who complained.
        Citizen = "citizen",
        /// The grievance office.
        Office = "office",
        /// An officer of the department to whom an appeal was handed.
        Department = "department",
    }
}

codes! {
    /// Where an appeal stands: beside the complaint's own status, and coupled to that of its application.
    Appeal {
        /// Not decided.
        Open = "open",
        /// The decision stays.
        Upheld = "upheld",
        /// The decision is set aside, and the application is open again.
        Overturned = "overturned",
    }
}

codes! {
    /// What was done about a complaint, beside the words.
    Done {
        /// Explained to the citizen.
        Explained = "explained",
        /// The office concerned was told to act, and has.
        Acted = "acted",
        /// Money was given back.
        PaidBack = "paid_back",
        /// A mistake was corrected.
        Corrected = "corrected",
        /// The officer was spoken to, or reported.
        OfficerTold = "officer_told",
        /// Looked into, and nothing was found.
        NothingFound = "nothing_found",
        /// The contested decision stays.
        DecisionStays = "decision_stays",
        /// The contested decision is set aside.
        DecisionSetAside = "decision_set_aside",
    }
}

impl GrievanceStatus {
    /// The steps that may follow, with who may take each.
    ///
    /// Nothing is closed without an answer: the office closes what the citizen left unanswered in their time, or what a
    /// body above decided.
    pub fn next(self) -> &'static [(GrievanceStatus, By)] {
        use GrievanceStatus::*;
        match self {
            Received => &[(Assigned, By::Office), (Escalated, By::Citizen), (Escalated, By::Office)],
            Assigned => &[
                (Assigned, By::Office),
                (Answered, By::Office),
                (Answered, By::Department),
                (Escalated, By::Citizen),
                (Escalated, By::Office),
            ],
            Answered => &[(Accepted, By::Citizen), (Escalated, By::Citizen), (Closed, By::Office)],
            Escalated => &[(Closed, By::Office)],
            Accepted | Closed => &[],
        }
    }

    /// Whether this one may take the step from here to `to`.
    pub fn may_move(self, to: GrievanceStatus, by: By) -> bool {
        self.next().contains(&(to, by))
    }

    /// Still waits for somebody.
    pub fn is_open(self) -> bool {
        !matches!(self, GrievanceStatus::Accepted | GrievanceStatus::Closed)
    }
}
