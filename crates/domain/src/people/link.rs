//! Two records that may be one person: what officers decided about the pair, joining the records, and parting them.
//!
//! A merge keeps every source record. The person stays a member of the household they eat with; the other record is
//! joined to that one and counts nowhere by itself. Parting gives back exactly what was there.

use super::{IdentityCheck, PersonDetails};
use crate::{
    codes,
    ids::{ApplicationId, HouseholdId, LinkId, OfficerId, PersonId},
    money::Paisa,
    programmes::DistrictId,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

codes! {
    /// What an officer says about a pair of records.
    LinkDecision {
        /// One person, registered twice.
        Same = "same",
        /// Two people. Remembered: the pair never warns again.
        Different = "different",
        /// Not enough is known; the pair stays in the list.
        NotSure = "not_sure",
    }
}

codes! {
    /// Why a merge needs a second officer.
    MergeLimit {
        /// The records stand in two districts, so a mistake here is not seen there.
        OtherDistrict = "other_district",
        /// Both have a number that was seen on paper or verified, and the numbers differ.
        NumbersDiffer = "numbers_differ",
        /// More than [`MUCH_AT_STAKE`] a year stands on the two records together.
        MuchAtStake = "much_at_stake",
    }
}

/// Above this much a year, benefits and open applications together, a merge needs a second officer: Rs 50,000, about
/// what the largest cash programme of the pack pays a family in a year. A figure of ours, not of a rule.
pub const MUCH_AT_STAKE: Paisa = Paisa(5_000_000);

/// The longest reason taken, in characters.
pub const MAX_REASON: usize = 500;

/// An officer decided about a pair. `Same` alone joins nothing: a merge follows in the same commit, or waits for a
/// second officer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkDecided {
    /// The record with the smaller key.
    pub first: PersonId,
    /// The other one.
    pub second: PersonId,
    /// What was said.
    pub decision: LinkDecision,
    /// For `Same`: the record of the household the person eats with.
    pub kept: Option<PersonId>,
    /// For `Same`: why a second officer is needed; empty when none is.
    pub limits: Vec<MergeLimit>,
    /// The codes of the evidence that was shown.
    pub evidence: Vec<String>,
    /// Why, in the officer's words.
    pub reason: String,
}

/// Two records were joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonsMerged {
    /// The record the person is known by.
    pub kept: PersonId,
    /// The record that is read through it from now on.
    pub absorbed: PersonId,
    /// Who said that they are one person.
    pub proposed_by: OfficerId,
    /// The second officer, where one was needed.
    pub approved_by: Option<OfficerId>,
    /// The open applications that were told, so that parting takes back exactly these flags.
    pub flagged: Vec<ApplicationId>,
}

/// A merge was undone: it was a mistake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeUndone {
    /// The record that was kept.
    pub kept: PersonId,
    /// The record that stands by itself again.
    pub absorbed: PersonId,
    /// Why.
    pub reason: String,
}

/// Said on the record of each household that a merge concerns, so that whoever changes one of them at the same time is
/// asked again: the member of one household is joined to a record of another, or of the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordsJoined {
    /// The record the person is known by.
    pub kept: PersonId,
    /// The member that no longer counts here.
    pub absorbed: PersonId,
    /// The pair it was decided on.
    pub link: LinkId,
}

/// The same for parting: the member counts again where they stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordsParted {
    /// The member that counts again.
    pub absorbed: PersonId,
    /// The pair it was decided on.
    pub link: LinkId,
}

impl LinkId {
    /// The key of a pair, whichever is named first. Every pair has one record, so two officers who decide about it at
    /// the same time meet in it.
    pub fn of(one: PersonId, other: PersonId) -> LinkId {
        let (first, second) = ordered(one, other);
        // Odd factors keep every bit of both; keys of persons are random enough that two pairs never meet.
        let mixed = first.0.as_u128().wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835)
            ^ second.0.as_u128().rotate_left(64).wrapping_mul(0xC2B2_AE3D_27D4_EB4F_1656_67B1_9E37_79F9);
        LinkId(Uuid::from_u128(mixed))
    }
}

/// A pair in the order it is stored in.
pub fn ordered(one: PersonId, other: PersonId) -> (PersonId, PersonId) {
    if one <= other { (one, other) } else { (other, one) }
}

/// One record of a pair, as a decision reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// Whose record.
    pub person: PersonId,
    /// What is on file.
    pub details: PersonDetails,
    /// The household it stands in.
    pub household: HouseholdId,
    /// That household's district.
    pub district: DistrictId,
    /// Left the household: died, married out, moved.
    pub left: bool,
    /// Joined to another record already.
    pub joined: bool,
}

/// A pair, as a decision reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The record with the smaller key.
    pub first: Side,
    /// The other one.
    pub second: Side,
    /// Benefits and open applications of both together, a year.
    pub at_stake: Paisa,
    /// The officers who imported a list from which one of the records came.
    pub importers: Vec<OfficerId>,
}

/// A merge that was said and waits, or was carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The record to be kept.
    pub kept: PersonId,
    /// Who said that they are one person.
    pub by: OfficerId,
    /// Why a second officer is needed.
    pub limits: Vec<MergeLimit>,
}

/// Why a decision about a pair was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkRefused {
    /// No reason.
    #[error("Write in a few words how you know.")]
    ReasonMissing,
    /// Too long a reason.
    #[error("This reason is longer than {MAX_REASON} characters. Write only what decides it.")]
    TooLong,
    /// Nobody chose where the person eats.
    #[error("Choose the household this person eats with.")]
    ChooseKept,
    /// The kept record is of somebody who left.
    #[error("The person has left that household. Choose the household they eat with now.")]
    KeptHasLeft,
    /// One of the records is joined to another already.
    #[error("One of these records is joined to another one. Open the list again and decide about that pair.")]
    AlreadyJoined,
    /// Nothing waits for a second officer.
    #[error("Nothing waits for a second officer here. Open the pair again.")]
    NothingProposed,
    /// The officer who said it.
    #[error("You said that they are one person. Another officer must look and confirm.")]
    OwnProposal,
    /// The officer who imported the list.
    #[error("You imported the list this record came from. Another officer must look and confirm.")]
    OwnImport,
    /// Not joined.
    #[error("These records are not joined. Open the pair again.")]
    NotJoined,
}

impl Pair {
    /// Why a second officer is needed; empty when none is.
    pub fn limits(&self) -> Vec<MergeLimit> {
        let mut limits = Vec::new();
        if self.first.district != self.second.district {
            limits.push(MergeLimit::OtherDistrict);
        }
        let (first, second) = (checked(&self.first.details), checked(&self.second.details));
        if !first.is_empty() && !second.is_empty() && first.iter().all(|number| !second.contains(number)) {
            limits.push(MergeLimit::NumbersDiffer);
        }
        if self.at_stake > MUCH_AT_STAKE {
            limits.push(MergeLimit::MuchAtStake);
        }
        limits
    }

    /// Decides what is said about the pair. For `Same` the record of the household the person eats with is named.
    pub fn decide(
        &self,
        decision: LinkDecision,
        kept: Option<PersonId>,
        evidence: Vec<String>,
        reason: &str,
    ) -> Result<LinkDecided, LinkRefused> {
        let reason = stated(reason)?;
        let same = decision == LinkDecision::Same;
        let kept = if same { Some(self.side(kept.ok_or(LinkRefused::ChooseKept)?)?.person) } else { None };
        let limits = if same { self.limits() } else { Vec::new() };
        let (first, second) = (self.first.person, self.second.person);
        Ok(LinkDecided { first, second, decision, kept, limits, evidence, reason })
    }

    /// Decides the merge itself. `approver` is the second officer; without a limit the first one is enough.
    pub fn merge(
        &self,
        proposal: &Proposal,
        approver: Option<OfficerId>,
        flagged: Vec<ApplicationId>,
    ) -> Result<PersonsMerged, LinkRefused> {
        let kept = self.side(proposal.kept)?.person;
        let limits = !proposal.limits.is_empty() || !self.limits().is_empty();
        match approver {
            Some(second) if second == proposal.by => return Err(LinkRefused::OwnProposal),
            Some(second) if self.importers.contains(&second) => return Err(LinkRefused::OwnImport),
            None if limits => return Err(LinkRefused::OwnProposal),
            None if self.importers.contains(&proposal.by) => return Err(LinkRefused::OwnImport),
            _ => {}
        }
        let absorbed = if kept == self.first.person { self.second.person } else { self.first.person };
        Ok(PersonsMerged { kept, absorbed, proposed_by: proposal.by, approved_by: approver, flagged })
    }

    /// The side a person may be kept on.
    fn side(&self, kept: PersonId) -> Result<&Side, LinkRefused> {
        if self.first.joined || self.second.joined {
            return Err(LinkRefused::AlreadyJoined);
        }
        let side = [&self.first, &self.second].into_iter().find(|side| side.person == kept);
        let side = side.ok_or(LinkRefused::ChooseKept)?;
        let other_left = if side.person == self.first.person { self.second.left } else { self.first.left };
        // A person who has left one household and stands in the other is kept where they stand, or counts nowhere.
        if side.left && !other_left { Err(LinkRefused::KeptHasLeft) } else { Ok(side) }
    }
}

impl PersonsMerged {
    /// Decides that this merge was a mistake.
    pub fn undo(&self, reason: &str) -> Result<MergeUndone, LinkRefused> {
        Ok(MergeUndone { kept: self.kept, absorbed: self.absorbed, reason: stated(reason)? })
    }
}

/// The fact that a flag names when the member it used was joined to another record.
pub fn joined_fact(absorbed: PersonId) -> String {
    format!("person.joined@{absorbed}")
}

/// The numbers that somebody saw on paper or verified.
fn checked(details: &PersonDetails) -> Vec<&str> {
    let seen = details.identities.iter().filter(|identity| identity.check > IdentityCheck::NotYetVerified);
    seen.map(|identity| identity.number.digits.as_str()).collect()
}

/// A reason in the officer's words, or the refusal that asks for it.
fn stated(reason: &str) -> Result<String, LinkRefused> {
    let reason = reason.trim();
    match reason.chars().count() {
        0 => Err(LinkRefused::ReasonMissing),
        1..=MAX_REASON => Ok(reason.to_owned()),
        _ => Err(LinkRefused::TooLong),
    }
}

#[cfg(test)]
mod tests;
