//! Rows of lists that an officer looks at: whom a row means, who confirms it, how it is taken back.
//!
//! The rules are those of a merge: somebody may lose a benefit by a wrong word, so every decision has a reason, can be
//! undone, and one that weighs much is said by two officers.

use super::{IdentityCheck, ListedState, PersonDetails, link::MAX_REASON, link::MUCH_AT_STAKE};
use crate::{
    codes,
    ids::{ListingId, OfficerId, PersonId},
    money::Paisa,
    programmes::DistrictId,
};
use serde::{Deserialize, Serialize};

codes! {
    /// What an officer says about a row of a list.
    RowDecision {
        /// It means this person: what the row says is received goes into their file.
        Same = "same",
        /// Nobody who is known: a person of its own, as a row that was new.
        New = "new",
        /// Not enough is known; the row stays in the list.
        NotSure = "not_sure",
        /// The row is not taken.
        Refused = "refused",
    }
}

codes! {
    /// One step in the history of a row.
    RowStepKind {
        /// Said to mean a person.
        Same = "same",
        /// Said to be somebody new.
        New = "new",
        /// Somebody looked and was not sure.
        NotSure = "not_sure",
        /// Refused.
        Refused = "refused",
        /// A second officer confirmed whom it means.
        Confirmed = "confirmed",
        /// The decision was taken back.
        TakenBack = "taken_back",
    }
}

codes! {
    /// Why a second officer must confirm whom a row means.
    RowLimit {
        /// The row and the record stand in two districts.
        OtherDistrict = "other_district",
        /// The record's number was seen on paper or verified, and the row has another one.
        NumbersDiffer = "numbers_differ",
        /// More than [`MUCH_AT_STAKE`] a year stands on row and record together.
        MuchAtStake = "much_at_stake",
        /// Whoever says so imported the list.
        OwnImport = "own_import",
    }
}

/// An officer decided about a row. `Same` with limits waits for a second officer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedDecided {
    /// What was said.
    pub decision: RowDecision,
    /// Whom it means: for `Same` the person, for `New` the row's own key.
    pub person: Option<PersonId>,
    /// For `Same`: why a second officer is needed; empty when none is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<RowLimit>,
    /// For `Same`: rows that were taken for the same unregistered person and come along.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub followers: Vec<ListingId>,
    /// The codes of the evidence that was shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
    /// Why, in the officer's words; may be empty only for `NotSure`.
    pub reason: String,
}

/// A second officer confirmed whom a row means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedConfirmed {
    /// The person.
    pub person: PersonId,
    /// Who said it first.
    pub proposed_by: OfficerId,
    /// Rows that come along.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub followers: Vec<ListingId>,
}

/// A decision was a mistake: the row waits again, and nobody receives anything by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedTakenBack {
    /// Whom it was said to mean.
    pub person: Option<PersonId>,
    /// Rows that go back with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub followers: Vec<ListingId>,
    /// Why.
    pub reason: String,
}

/// Somebody whom a row may mean, as a decision reads them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// Who; somebody known by lists only has the key of the row that was new.
    pub person: PersonId,
    /// Where the record stands; `None` where a list does not say it.
    pub district: Option<DistrictId>,
    /// Identity numbers that were seen on paper or verified.
    pub checked: Vec<String>,
    /// What the row says and what stands on the record, together in a year.
    pub at_stake: Paisa,
}

impl Meant {
    /// A registered person.
    pub fn registered(person: PersonId, district: DistrictId, details: &PersonDetails, at_stake: Paisa) -> Self {
        let seen = details.identities.iter().filter(|identity| identity.check > IdentityCheck::NotYetVerified);
        let checked = seen.map(|identity| identity.number.digits.clone()).collect();
        Meant { person, district: Some(district), checked, at_stake }
    }
}

/// What was said about a row and still holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowSaid {
    /// What.
    pub kind: RowStepKind,
    /// Whom it means.
    pub person: Option<PersonId>,
    /// Why a second officer is needed.
    pub limits: Vec<RowLimit>,
    /// Rows that came along.
    pub followers: Vec<ListingId>,
    /// By whom; `None` from the terminal.
    pub by: Option<OfficerId>,
    /// Why.
    pub reason: String,
}

/// A row, as a decision reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowCase {
    /// Its key.
    pub listing: ListingId,
    /// How it stands.
    pub state: ListedState,
    /// Its district, where it names one.
    pub district: Option<DistrictId>,
    /// Digits of its identity number.
    pub number: Option<String>,
    /// Who imported the list; `None` from the terminal.
    pub imported_by: Option<OfficerId>,
    /// Whom it may mean.
    pub among: Vec<Meant>,
    /// What was said and still holds.
    pub said: Option<RowSaid>,
    /// Rows that were taken for the person that this row is when it is somebody new.
    pub followers: Vec<ListingId>,
}

/// Why a decision about a row was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RowUndecided {
    /// No reason.
    #[error("Write in a few words how you know.")]
    ReasonMissing,
    /// Too long a reason.
    #[error("This reason is longer than {MAX_REASON} characters. Write only what decides it.")]
    TooLong,
    /// Nobody of those shown.
    #[error("Choose one of the people shown. Open the row again if somebody is missing.")]
    ChoosePerson,
    /// Decided already.
    #[error("This row is decided. Take the decision back first.")]
    Decided,
    /// Nothing to confirm.
    #[error("Nothing waits for a second officer here. Open the row again.")]
    NothingProposed,
    /// The officer who said it.
    #[error("You said whom this row means. Another officer must look and confirm.")]
    OwnProposal,
    /// The officer who imported the list.
    #[error("You imported this list. Another officer must look and confirm.")]
    OwnImport,
    /// Nothing to take back.
    #[error("Nobody decided about this row. Open it again.")]
    NothingDecided,
}

impl RowCase {
    /// Why a second officer must confirm that the row means this person, when `by` says so; empty when none must.
    pub fn limits(&self, meant: &Meant, by: Option<OfficerId>) -> Vec<RowLimit> {
        let mut limits = Vec::new();
        if let (Some(here), Some(there)) = (&self.district, &meant.district)
            && here != there
        {
            limits.push(RowLimit::OtherDistrict);
        }
        let other = |number: &String| !meant.checked.is_empty() && !meant.checked.contains(number);
        if self.number.as_ref().is_some_and(other) {
            limits.push(RowLimit::NumbersDiffer);
        }
        if meant.at_stake > MUCH_AT_STAKE {
            limits.push(RowLimit::MuchAtStake);
        }
        if by.is_some() && self.imported_by == by {
            limits.push(RowLimit::OwnImport);
        }
        limits
    }

    /// Decides what `by` says about the row; for `Same` about one of those it may mean.
    pub fn decide(
        &self,
        decision: RowDecision,
        person: Option<PersonId>,
        by: Option<OfficerId>,
        evidence: Vec<String>,
        reason: &str,
    ) -> Result<ListedDecided, RowUndecided> {
        if self.state != ListedState::Review {
            return Err(RowUndecided::Decided);
        }
        let reason = words(reason, decision != RowDecision::NotSure)?;
        let mut decided = ListedDecided { decision, person: None, limits: vec![], followers: vec![], evidence, reason };
        match decision {
            RowDecision::Same => {
                let meant = self.meant(person)?;
                decided.person = Some(meant.person);
                decided.limits = self.limits(meant, by);
                decided.followers = self.followers.clone();
            }
            RowDecision::New => decided.person = Some(PersonId(self.listing.0)),
            RowDecision::NotSure | RowDecision::Refused => {}
        }
        Ok(decided)
    }

    /// Decides that a second officer confirms whom the row means.
    pub fn confirm(&self, by: OfficerId) -> Result<ListedConfirmed, RowUndecided> {
        let said = self.waits().ok_or(RowUndecided::NothingProposed)?;
        let proposed_by = said.by.ok_or(RowUndecided::NothingProposed)?;
        if proposed_by == by {
            return Err(RowUndecided::OwnProposal);
        }
        if self.imported_by == Some(by) {
            return Err(RowUndecided::OwnImport);
        }
        let person = self.meant(said.person)?.person;
        Ok(ListedConfirmed { person, proposed_by, followers: self.followers.clone() })
    }

    /// Decides that the decision in force was a mistake.
    pub fn take_back(&self, reason: &str) -> Result<ListedTakenBack, RowUndecided> {
        let said = self.said.as_ref().filter(|_| self.state != ListedState::Review);
        let said = said.ok_or(RowUndecided::NothingDecided)?;
        let reason = words(reason, true)?;
        Ok(ListedTakenBack { person: said.person, followers: said.followers.clone(), reason })
    }

    /// What one officer said and a second one must confirm.
    pub fn waits(&self) -> Option<&RowSaid> {
        let waits = |said: &&RowSaid| said.kind == RowStepKind::Same && self.state == ListedState::Review;
        self.said.as_ref().filter(waits)
    }

    fn meant(&self, person: Option<PersonId>) -> Result<&Meant, RowUndecided> {
        let meant = self.among.iter().find(|meant| Some(meant.person) == person);
        meant.ok_or(RowUndecided::ChoosePerson)
    }
}

impl From<RowDecision> for RowStepKind {
    fn from(decision: RowDecision) -> Self {
        match decision {
            RowDecision::Same => RowStepKind::Same,
            RowDecision::New => RowStepKind::New,
            RowDecision::NotSure => RowStepKind::NotSure,
            RowDecision::Refused => RowStepKind::Refused,
        }
    }
}

/// A reason in the officer's words.
fn words(reason: &str, needed: bool) -> Result<String, RowUndecided> {
    let reason = reason.trim();
    match reason.chars().count() {
        0 if needed => Err(RowUndecided::ReasonMissing),
        count if count > MAX_REASON => Err(RowUndecided::TooLong),
        _ => Ok(reason.to_owned()),
    }
}

#[cfg(test)]
mod tests;
