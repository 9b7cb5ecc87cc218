//! Answers to questions: every value is kept, with who said it and how it was shown.

use crate::{
    Date, codes,
    ids::{AnswerId, PersonId, VisitId},
    language::Lang,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

codes! {
    /// How a value is known. Ordered: a later one outweighs an earlier one.
    Provenance {
        /// Said by the family.
        Said = "said",
        /// A paper was seen.
        PaperSeen = "paper_seen",
        /// Confirmed by a source.
        Verified = "verified",
    }
}

/// The value of an answer, in the fact's own type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerValue {
    /// Yes or no.
    Bool(bool),
    /// A whole number in the fact's unit.
    Int(i64),
    /// A decimal as an integer at the fact's scale.
    Decimal(i64),
    /// One code of the fact's list.
    Code(String),
    /// Some codes of the list; `complete` when these are said to be all.
    Set {
        /// The codes that hold.
        has: BTreeSet<String>,
        /// Whether every other code is known not to hold.
        complete: bool,
    },
}

/// One stored answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its key.
    pub id: AnswerId,
    /// The member it is about; `None` for the household.
    pub person: Option<PersonId>,
    /// The fact's full id, such as `household.monthly_income_pkr`.
    pub fact: String,
    /// The value.
    pub value: AnswerValue,
    /// How it is known.
    pub provenance: Provenance,
    /// The stated day it was said or seen.
    pub on: Date,
    /// Protected answers are shown only in the visit that opened their gate, or by break-glass.
    pub protected: bool,
    /// The joined record it was given on; `None` for the record the person is known by.
    pub from: Option<PersonId>,
}

/// An answer was given, or corrected when `replaces` is set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerGiven {
    /// Its key.
    pub answer: AnswerId,
    /// The member it is about; `None` for the household.
    pub person: Option<PersonId>,
    /// The fact's full id.
    pub fact: String,
    /// The value.
    pub value: AnswerValue,
    /// How it is known.
    pub provenance: Provenance,
    /// Who said it, when it was not the person themself.
    pub said_by: Option<PersonId>,
    /// The language the question was shown in.
    pub shown_in: Lang,
    /// The visit it was asked in.
    pub visit: Option<VisitId>,
    /// The answers it sets aside, when it corrects.
    pub replaces: Vec<AnswerId>,
    /// Why it was corrected.
    pub reason: Option<String>,
    /// The fact's class at the time.
    pub protected: bool,
}

/// An answer was taken back with a reason; the fact falls back to what else is known, or to unknown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerWithdrawn {
    /// Which answer.
    pub answer: AnswerId,
    /// Why.
    pub reason: String,
}

impl Answer {
    /// The answer in force among several to one question: verified over paper over said, then the newest.
    pub fn in_force<'a>(answers: impl Iterator<Item = &'a Answer>) -> Option<&'a Answer> {
        answers.max_by_key(|answer| (answer.provenance, answer.on, answer.id))
    }
}
