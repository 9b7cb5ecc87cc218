//! The status machine of an application: which step may follow which, who may take it, and whose time runs.

use crate::codes;

codes! {
    /// Where an application stands.
    Status {
        /// Filled, not yet submitted.
        Draft = "draft",
        /// Submitted at the desk.
        Submitted = "submitted",
        /// On its way to the department.
        Forwarded = "forwarded",
        /// The department acknowledged it.
        Received = "received",
        /// The department works on it.
        UnderReview = "under_review",
        /// Sent back to the family for information.
        Returned = "returned_for_information",
        /// The family answered.
        Resubmitted = "resubmitted",
        /// Approved.
        Approved = "approved",
        /// Rejected, with the rule and a reason.
        Rejected = "rejected",
        /// Eligible, but no place or money yet.
        WaitListed = "wait_listed",
        /// Entered on the programme's list.
        Enrolled = "enrolled",
        /// Payments run.
        InPayment = "in_payment",
        /// The service or thing was handed over.
        ServiceGiven = "service_given",
        /// Payments stopped for now.
        Suspended = "suspended",
        /// Ended.
        Closed = "closed",
        /// Taken back by the family.
        Withdrawn = "withdrawn",
        /// The same application stands elsewhere.
        Duplicate = "duplicate",
        /// The family did not answer in time.
        Expired = "expired",
        /// The applicant died.
        Deceased = "deceased",
        /// Went to another district or operator.
        Transferred = "transferred",
        /// A rejection or suspension is contested.
        Appealed = "appeal",
        /// The appeal left the decision as it was.
        Upheld = "upheld",
        /// The appeal set the decision aside.
        Overturned = "overturned",
    }
}

codes! {
    /// Who takes a step.
    Actor {
        /// The one-window desk.
        Desk = "desk",
        /// The operator's focal person.
        Department = "department",
        /// Who holds the receipt.
        Citizen = "citizen",
        /// Who answers an appeal: the grievance office, or an officer of the department who did not decide it.
        Appellate = "appellate",
    }
}

codes! {
    /// Whose time runs.
    ClockOwner {
        /// The one-window desk.
        Desk = "desk",
        /// The family.
        Citizen = "citizen",
        /// The department.
        Department = "department",
        /// A partner, such as a board or a bank.
        Partner = "partner",
        /// Whoever answers an appeal.
        Appellate = "appellate",
        /// Nobody's: decided or ended.
        Nobody = "nobody",
    }
}

impl Status {
    /// The steps that may follow, with who may take each.
    ///
    /// Only the operator moves anything from *received* to a decision; the desk may withdraw or answer for the family; a
    /// decision is contested by the family and looked at again by somebody else than who took it.
    pub fn next(self) -> &'static [(Status, Actor)] {
        use Actor::{Appellate, Citizen, Department, Desk};
        use Status::*;
        match self {
            Draft => &[(Submitted, Desk), (Withdrawn, Desk)],
            Submitted => &[(Forwarded, Desk), (Withdrawn, Desk)],
            Forwarded => &[(Received, Department), (Transferred, Department), (Withdrawn, Desk)],
            Received | UnderReview | Resubmitted | Overturned => &[
                (UnderReview, Department),
                (Returned, Department),
                (Approved, Department),
                (Rejected, Department),
                (WaitListed, Department),
                (Duplicate, Department),
                (Deceased, Department),
                (Transferred, Department),
                (Withdrawn, Desk),
            ],
            Returned => &[(Resubmitted, Desk), (Expired, Department), (Withdrawn, Desk)],
            WaitListed => &[(Approved, Department), (Rejected, Department), (Deceased, Department), (Withdrawn, Desk)],
            // Approved, and then the money was not there: the family keeps its place.
            Approved => &[
                (Enrolled, Department),
                (ServiceGiven, Department),
                (InPayment, Department),
                (WaitListed, Department),
                (Closed, Department),
            ],
            Enrolled => &[(InPayment, Department), (ServiceGiven, Department), (Closed, Department)],
            InPayment => &[(Suspended, Department), (Closed, Department), (Deceased, Department)],
            ServiceGiven => &[(Closed, Department)],
            Suspended => &[(InPayment, Department), (Closed, Department), (Appealed, Desk), (Appealed, Citizen)],
            Rejected => &[(Appealed, Desk), (Appealed, Citizen)],
            // Whoever decided does not decide again: an appeal is answered in the grievances room.
            Appealed => &[(Upheld, Appellate), (Overturned, Appellate)],
            // A body above may still set aside what stayed below.
            Upheld => &[(Overturned, Appellate)],
            Closed | Withdrawn | Duplicate | Expired | Deceased | Transferred => &[],
        }
    }

    /// Whether this actor may take the step from here to `to`.
    pub fn may_move(self, to: Status, actor: Actor) -> bool {
        self != to && self.next().contains(&(to, actor))
    }

    /// Whose time runs while an application stands here.
    pub fn clock_owner(self) -> ClockOwner {
        use Status::*;
        match self {
            Draft | Submitted => ClockOwner::Desk,
            Forwarded | Received | UnderReview | Resubmitted | Overturned | Approved | Enrolled => {
                ClockOwner::Department
            }
            Appealed => ClockOwner::Appellate,
            Returned => ClockOwner::Citizen,
            WaitListed | Rejected | InPayment | ServiceGiven | Suspended | Closed | Withdrawn | Duplicate | Expired
            | Deceased | Transferred | Upheld => ClockOwner::Nobody,
        }
    }

    /// Not decided and not ended: a corrected fact must be shown to whoever decides.
    pub fn is_open(self) -> bool {
        use Status::*;
        matches!(
            self,
            Draft
                | Submitted
                | Forwarded
                | Received
                | UnderReview
                | Returned
                | Resubmitted
                | WaitListed
                | Appealed
                | Overturned
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_department_decides() {
        let decisions = [Status::Approved, Status::Rejected, Status::WaitListed];
        for from in Status::ALL {
            for to in decisions {
                assert!(!from.may_move(to, Actor::Desk), "the desk could move {from} to {to}");
            }
        }
        assert!(Status::UnderReview.may_move(Status::Approved, Actor::Department));
    }

    #[test]
    fn every_status_can_be_reached_and_no_step_stands_still() {
        for status in Status::ALL {
            assert!(!status.may_move(*status, Actor::Department) && !status.may_move(*status, Actor::Desk));
            let reached = Status::ALL.iter().any(|from| from.next().iter().any(|(to, _)| to == status));
            assert!(reached || *status == Status::Draft, "{status} is never reached");
        }
    }

    #[test]
    fn time_in_return_is_the_citizens() {
        assert_eq!(Status::Returned.clock_owner(), ClockOwner::Citizen);
        assert_eq!(Status::Resubmitted.clock_owner(), ClockOwner::Department);
    }
}
