//! Listed beneficiaries: the rows of departments' and NGOs' lists, and whom of the registry they mean.
//!
//! A row is kept as it was written. A row that means nobody the registry knows is a person of its own: later rows may mean
//! the same one, and when a family is registered from it, its benefits follow.

use super::{Birth, Sex};
use crate::{
    Date, codes,
    ids::{ListingId, PersonId},
    money::Paisa,
    payments::{ListedBenefit, Period, Purpose},
    programmes::{DistrictId, OperatorId, ProgrammeId},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

codes! {
    /// What a column of a list may hold.
    ListField {
        /// The beneficiary's own name.
        Given = "given",
        /// Father's or husband's name.
        FatherOrHusband = "father_or_husband",
        /// Identity number.
        Number = "number",
        /// Phone.
        Phone = "phone",
        /// Village or neighbourhood.
        Village = "village",
        /// Tehsil.
        Tehsil = "tehsil",
        /// Union council.
        UnionCouncil = "union_council",
        /// District, by any of its names.
        District = "district",
        /// Date or year of birth.
        Birth = "birth",
        /// Age in whole years on the list's stated day.
        Age = "age",
        /// Sex.
        Sex = "sex",
        /// One payment, in rupees.
        Amount = "amount",
        /// Since when.
        Since = "since",
        /// Until when.
        Until = "until",
    }
}

codes! {
    /// What came of a row.
    ListedState {
        /// Nobody the registry knew: a person of its own now.
        New = "new",
        /// One person of the registry.
        Matched = "matched",
        /// It may be one of some persons; an officer decides.
        Review = "review",
        /// It could not be taken.
        Refused = "refused",
    }
}

codes! {
    /// Why a row was not taken.
    RowRefused {
        /// It names nobody.
        NameMissing = "name_missing",
        /// A name longer than any name.
        NameTooLong = "name_too_long",
        /// The same row was taken before: in this list, or in an earlier file of it.
        Repeated = "repeated",
        /// It has more cells than the head has columns, so nobody knows which is which.
        Cells = "cells",
        /// It is the head again.
        Head = "head",
        /// Its content was erased later.
        Erased = "erased",
        /// An officer looked at it and refused it; their words stand beside it.
        Declined = "declined",
    }
}

codes! {
    /// What of a row could not be read; the row was taken without it, and shows it as it was written.
    RowNote {
        /// The identity number has another length, or placeholder digits.
        NumberUnusual = "number_unusual",
        /// The phone number.
        PhoneUnreadable = "phone_unreadable",
        /// The date of birth or the age.
        BirthUnreadable = "birth_unreadable",
        /// The sex.
        SexUnreadable = "sex_unreadable",
        /// The district is not one of the pack's.
        DistrictUnknown = "district_unknown",
        /// The amount.
        AmountUnreadable = "amount_unreadable",
        /// A date since or until when.
        DateUnreadable = "date_unreadable",
    }
}

/// What a list is, said once by whoever imports it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListHead {
    /// Who keeps the list: a department or an NGO, in words. Its column mapping is remembered under this.
    pub source: String,
    /// What the list calls itself, such as "Guzara allowance 2026".
    pub title: String,
    /// The operator of the pack that keeps it, if it is one.
    pub operator: Option<OperatorId>,
    /// The programme of the pack whose beneficiaries it names, if it is one.
    pub programme: Option<ProgrammeId>,
    /// The district of rows that name none.
    pub district: Option<DistrictId>,
    /// The day on which the list says it was true.
    pub stated_on: Date,
    /// What everybody on it receives, where no column says so.
    pub gives: Gives,
}

/// What everybody on a list receives, as far as its keeper says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gives {
    /// What it is for.
    pub purpose: Purpose,
    /// One payment; a column goes before it.
    pub amount: Option<Paisa>,
    /// How often.
    pub per: Option<Period>,
}

/// Which column holds what, by the column's head.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ListMapping(pub BTreeMap<ListField, String>);

/// A person whom a row may mean, and how far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Likeness {
    /// The person; one known by lists only has the key of the listing that was new.
    pub person: PersonId,
    /// log2 of the odds, in thousandths, that it is one person.
    pub score: i32,
    /// Codes of the evidence for and against, the weightiest first.
    pub why: Vec<String>,
}

/// What came of a row, with what it stands on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RowOutcome {
    /// Nobody the registry knew.
    New,
    /// One person.
    Matched {
        /// Who, and why.
        to: Likeness,
    },
    /// One of these, or nobody.
    Review {
        /// The likeliest first.
        among: Vec<Likeness>,
    },
    /// Not taken.
    Refused {
        /// Why.
        reason: RowRefused,
    },
}

impl RowOutcome {
    /// Its state.
    pub fn state(&self) -> ListedState {
        match self {
            RowOutcome::New => ListedState::New,
            RowOutcome::Matched { .. } => ListedState::Matched,
            RowOutcome::Review { .. } => ListedState::Review,
            RowOutcome::Refused { .. } => ListedState::Refused,
        }
    }
}

/// One row of a list. An unknown is `None`, never a default; `cells` hold what was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Its key.
    pub listing: ListingId,
    /// Its place in the file; the head is line 1.
    pub line: u64,
    /// What makes a repeat of it known: a hash of list, stated day and content.
    pub row_key: String,
    /// What came of it.
    pub outcome: RowOutcome,
    /// What of it could not be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<RowNote>,
    /// The beneficiary's own name.
    pub given: String,
    /// Father's or husband's name.
    pub father_or_husband: Option<String>,
    /// Digits of the identity number, however many were written.
    pub number: Option<String>,
    /// Phone as E.164.
    pub phone: Option<String>,
    /// Village.
    pub village: Option<String>,
    /// Tehsil.
    pub tehsil: Option<String>,
    /// Union council.
    pub union_council: Option<String>,
    /// District.
    pub district: Option<DistrictId>,
    /// With its precision.
    pub birth: Option<Birth>,
    /// As written.
    pub sex: Option<Sex>,
    /// What it says the person receives.
    pub benefits: Vec<ListedBenefit>,
    /// The cells of the row, as written, in the order of the head.
    pub cells: Vec<String>,
}

impl Listed {
    /// A row of which nothing was read yet.
    pub fn blank(listing: ListingId, line: u64, row_key: String) -> Self {
        Listed {
            listing,
            line,
            row_key,
            outcome: RowOutcome::New,
            notes: Vec::new(),
            given: String::new(),
            father_or_husband: None,
            number: None,
            phone: None,
            village: None,
            tehsil: None,
            union_council: None,
            district: None,
            birth: None,
            sex: None,
            benefits: Vec::new(),
            cells: Vec::new(),
        }
    }

    /// The row without anything about a person: what stays of one whose content was erased.
    pub fn erased(&self) -> Self {
        let outcome = RowOutcome::Refused { reason: RowRefused::Erased };
        Listed { outcome, ..Listed::blank(self.listing, self.line, self.row_key.clone()) }
    }

    /// Whom it means: itself when it was new, nobody yet while it waits for a decision.
    pub fn person(&self) -> Option<PersonId> {
        match &self.outcome {
            RowOutcome::New => Some(PersonId(self.listing.0)),
            RowOutcome::Matched { to } => Some(to.person),
            RowOutcome::Review { .. } | RowOutcome::Refused { .. } => None,
        }
    }
}

/// An officer said whom a listed beneficiary means: a person of the registry, or a person of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedMatched {
    /// The person; the listing's own key when it is nobody the registry knows.
    pub person: PersonId,
    /// Why, in words or as a code of the page where it was decided.
    pub reason: String,
}

/// From where on a row is taken for a person, and from where on an officer is asked; log2 of the odds, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// One person, if nothing speaks against it. That of the model.
    pub same: i32,
    /// Perhaps.
    pub perhaps: i32,
    /// How far the likeliest must lie before the next to be taken without asking.
    pub apart: i32,
}

/// What speaks of a pair beside its score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighed {
    /// Who, how far, why.
    pub likeness: Likeness,
    /// Both numbers are whole and differ, or one number stands under two names: no machine decides that.
    pub against: bool,
}

/// The most persons an officer is asked about for one row.
const ASKED: usize = 5;

impl RowOutcome {
    /// Decides a row from those it may mean: one person only when it is likely enough, nothing speaks against it, and no
    /// second one is near; an officer is asked about the others that are likely at all; else it is somebody new.
    pub fn decide(mut candidates: Vec<Weighed>, limits: Limits) -> Self {
        candidates.retain(|weighed| weighed.likeness.score >= limits.perhaps || weighed.against);
        candidates
            .sort_by(|a, b| b.likeness.score.cmp(&a.likeness.score).then(a.likeness.person.cmp(&b.likeness.person)));
        let Some(best) = candidates.first() else { return RowOutcome::New };
        let next = candidates.get(1).map(|second| second.likeness.score);
        let clear = next.is_none_or(|second| second < limits.perhaps || best.likeness.score - second >= limits.apart);
        if best.likeness.score >= limits.same && !best.against && clear {
            return RowOutcome::Matched { to: best.likeness.clone() };
        }
        candidates.truncate(ASKED);
        RowOutcome::Review { among: candidates.into_iter().map(|weighed| weighed.likeness).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_row_is_one_person_only_when_nothing_is_left_to_ask() {
        let limits = Limits { same: 1_500, perhaps: -3_000, apart: 6_000 };
        let check = |scores: &[(i32, bool)], want: &str| {
            let weighed = |(at, (score, against)): (usize, &(i32, bool))| Weighed {
                likeness: Likeness { person: PersonId(Uuid::from_u128(at as u128)), score: *score, why: vec![] },
                against: *against,
            };
            let outcome = RowOutcome::decide(scores.iter().enumerate().map(weighed).collect(), limits);
            let shown = match outcome {
                RowOutcome::Review { among } => format!("review {}", among.len()),
                other => other.state().code().to_owned(),
            };
            assert_eq!(shown, want, "{scores:?}");
        };
        check(&[], "new");
        check(&[(-9_000, false)], "new");
        check(&[(9_000, false)], "matched");
        check(&[(1_499, false)], "review 1");
        check(&[(9_000, true)], "review 1");
        check(&[(9_000, false), (8_000, false)], "review 2");
        check(&[(9_000, false), (2_000, false)], "matched");
        check(&[(-20_000, true)], "review 1");
        check(&[(1_000, false); 9], "review 5");
    }
}
