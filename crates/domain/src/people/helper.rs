//! A helper: a neighbour, a lady health worker, somebody of an organisation who may act for a family, for what it says and
//! until the day it says.

use super::{ConsentHow, MAX_NAME};
use crate::{
    Date,
    applications::{Application, Status},
    codes,
    event::Event,
    ids::{HelperId, PersonId, VisitId},
    language::Lang,
};
use chrono::Days;
use serde::{Deserialize, Serialize};

/// The most days that one naming holds; after a year the family is asked again.
pub const LONGEST_HELP: u64 = 366;

codes! {
    /// Who a helper is to the family.
    HelperKind {
        /// A relative of another household.
        Relative = "relative",
        /// A neighbour.
        Neighbour = "neighbour",
        /// A lady health worker.
        HealthWorker = "lady_health_worker",
        /// Somebody of an organisation.
        Organisation = "organisation",
        /// Somebody else.
        Other = "other",
    }
}

codes! {
    /// What a helper may do for a family.
    HelperMay {
        /// Ask where the applications stand.
        Status = "status",
        /// Bring papers.
        Papers = "papers",
        /// Receive messages.
        Messages = "messages",
        /// Answer questions and apply.
        Apply = "apply",
        /// All of that for protected help too. Never meant unless it is said.
        Protected = "protected",
    }
}

codes! {
    /// How the family took a helper's right back.
    HelperEnd {
        /// At the desk.
        Desk = "desk",
        /// With a receipt, on the public pages.
        Receipt = "receipt",
    }
}

/// The family named a helper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelperNamed {
    /// Key of this naming.
    pub helper: HelperId,
    /// The helper's name.
    pub name: String,
    /// Who they are to the family.
    pub kind: HelperKind,
    /// The helper's phone, E.164.
    pub phone: Option<String>,
    /// For what.
    pub may: Vec<HelperMay>,
    /// The last day; it ends by itself.
    pub until: Date,
    /// Who of the family agreed.
    pub by: Option<PersonId>,
    /// How it was shown.
    pub how: ConsentHow,
    /// The language it was read out in.
    pub language: Lang,
}

/// The family took it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelperEnded {
    /// Which naming.
    pub helper: HelperId,
    /// Where.
    pub by: HelperEnd,
}

/// A helper as named, and whether that still holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Helper {
    /// As named.
    pub named: HelperNamed,
    /// The day it was named.
    pub since: Date,
    /// The day it was taken back.
    pub ended_on: Option<Date>,
}

/// Why no helper was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HelperRefused {
    /// No name.
    #[error("Write the helper's name.")]
    NameMissing,
    /// Too long a name.
    #[error("This text is longer than {MAX_NAME} characters. Write the name only.")]
    TooLong,
    /// For nothing.
    #[error("Choose what the helper may do.")]
    NothingChosen,
    /// Messages without a phone.
    #[error("Write the phone that the helper's messages go to.")]
    PhoneMissing,
    /// A past day, or one too far away.
    #[error("The last day is not past and at most a year away.")]
    Until,
    /// Named already.
    #[error("This helper is named already. Take that back first.")]
    AlreadyNamed,
}

impl HelperNamed {
    /// Decides a naming; `named` are the family's helpers so far.
    pub fn decide(mut self, named: &[Helper], today: Date) -> Result<Self, HelperRefused> {
        self.name = self.name.trim().to_owned();
        self.may.sort();
        self.may.dedup();
        let latest = today.checked_add_days(Days::new(LONGEST_HELP)).unwrap_or(today);
        if self.name.is_empty() {
            Err(HelperRefused::NameMissing)
        } else if self.name.chars().count() > MAX_NAME {
            Err(HelperRefused::TooLong)
        } else if self.may.iter().all(|may| *may == HelperMay::Protected) {
            Err(HelperRefused::NothingChosen)
        } else if self.may.contains(&HelperMay::Messages) && self.phone.is_none() {
            Err(HelperRefused::PhoneMissing)
        } else if self.until < today || self.until > latest {
            Err(HelperRefused::Until)
        } else if named.iter().any(|one| one.holds_on(today) && one.named.name == self.name) {
            Err(HelperRefused::AlreadyNamed)
        } else {
            Ok(self)
        }
    }
}

impl Helper {
    /// Whether the naming holds on a day: not taken back, and not over.
    pub fn holds_on(&self, day: Date) -> bool {
        self.ended_on.is_none() && day <= self.named.until
    }

    /// Whether the helper may do this.
    pub fn may(&self, what: HelperMay) -> bool {
        self.named.may.contains(&what)
    }

    /// Whether a desk may tell the helper, who stands before it alone in this visit, where an application stands. Without
    /// the family's leave to ask: only of one that they applied for here, or what a department wants that they may bring.
    pub fn hears_of(&self, application: &Application, visit: VisitId) -> bool {
        let (apply, papers) = (self.may(HelperMay::Apply), self.may(HelperMay::Papers));
        let made_here = apply && application.submitted.visit == Some(visit);
        let asked_back = (apply || papers) && application.status == Status::Returned;
        let open = !application.submitted.protected || self.may(HelperMay::Protected);
        open && (self.may(HelperMay::Status) || made_here || asked_back)
    }

    /// Whether a desk may write this event while the helper stands before it alone. What is not named here waits for the
    /// family: its members, its place, its consent, its receipts' secrets, other helpers.
    pub fn allows(&self, event: &Event) -> bool {
        let (apply, papers) = (self.may(HelperMay::Apply), self.may(HelperMay::Papers));
        let open = |protected: bool| !protected || self.may(HelperMay::Protected);
        match event {
            Event::TokenIssued(_)
            | Event::VisitCalled(_)
            | Event::TokenCalled(_)
            | Event::VisitHanded(_)
            | Event::VisitStated(_)
            | Event::VisitorSaid(_)
            | Event::HouseholdFound(_)
            | Event::VisitEnded(_) => true,
            Event::PaperRecorded(paper) => (papers || apply) && open(paper.protected),
            Event::PaperTaskOpened(_) | Event::PaperTaskMoved(_) => papers || apply,
            Event::AnswerGiven(answer) => apply && open(answer.protected),
            Event::AnswerWithdrawn(_)
            | Event::QuestionLeft(_)
            | Event::Screened(_)
            | Event::PackageChosen(_)
            | Event::ApplicationFlagged(_) => apply,
            Event::HelpAsked(_) => apply && self.may(HelperMay::Protected),
            Event::ApplicationSubmitted(application) => apply && open(application.protected),
            Event::ReceiptIssued(receipt) => apply && open(receipt.protected),
            Event::ApplicationMoved(moved) => match moved.to {
                Status::Forwarded => apply,
                Status::Resubmitted => papers || apply,
                _ => false,
            },
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests;
