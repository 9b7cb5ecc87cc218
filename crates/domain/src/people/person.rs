//! One member of a household.

use super::Birth;
use crate::{
    Date, codes,
    identity::IdentityNumber,
    ids::{HouseholdId, PersonId},
    programmes::DistrictId,
};
use serde::{Deserialize, Serialize};

codes! {
    /// As printed on the identity card, or as the person says when there is none. Never read off a number.
    Sex {
        /// Woman or girl.
        Female = "female",
        /// Man or boy.
        Male = "male",
        /// Transgender person.
        Transgender = "transgender",
    }
}

codes! {
    /// Marital status as the person says it.
    MaritalStatus {
        /// Never married.
        NeverMarried = "never_married",
        /// Married, living as such.
        Married = "married",
        /// The husband or wife has died.
        Widowed = "widowed",
        /// Divorced.
        Divorced = "divorced",
        /// Living apart.
        Separated = "separated",
        /// Left by the husband or wife.
        Deserted = "deserted",
    }
}

codes! {
    /// How a member is related to the head of the household.
    Relationship {
        /// The head.
        Head = "head",
        /// Wife or husband of the head.
        Spouse = "spouse",
        /// Son or daughter.
        Child = "child",
        /// Father or mother.
        Parent = "parent",
        /// Grandson or granddaughter.
        Grandchild = "grandchild",
        /// Brother or sister.
        Sibling = "sibling",
        /// Son's wife or daughter's husband.
        ChildInLaw = "child_in_law",
        /// Father or mother of the husband or wife.
        ParentInLaw = "parent_in_law",
        /// Brother's or sister's son or daughter.
        NieceNephew = "niece_nephew",
        /// Another relative.
        OtherRelative = "other_relative",
        /// Not related.
        NotRelated = "not_related",
    }
}

codes! {
    /// Why a member no longer belongs to the household.
    LeaveReason {
        /// Died.
        Death = "death",
        /// Married out of the household.
        Marriage = "marriage",
        /// Moved away.
        Moved = "moved",
        /// Entered by mistake.
        Mistake = "mistake",
    }
}

codes! {
    /// What is known of an identity number beyond its shape.
    IdentityCheck {
        /// Typed from what the person said or showed; the issuing authority was not asked yet. An ordinary state.
        NotYetVerified = "not_yet_verified",
        /// The card or form was seen at the desk.
        PaperSeen = "paper_seen",
        /// Confirmed by the issuing authority.
        Verified = "verified",
    }
}

/// One identity number of a person, with what is known about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Kind and digits.
    pub number: IdentityNumber,
    /// How far it was checked.
    pub check: IdentityCheck,
    /// When the card expires, if stated.
    pub expires: Option<Date>,
}

/// What is recorded of a person beside the answers. An unknown is `None`, never a default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonDetails {
    /// The person's own name as typed.
    pub given: String,
    /// Father's or husband's name, the second key of a person's name here.
    pub father_or_husband: Option<String>,
    /// As on the card or as said.
    pub sex: Option<Sex>,
    /// With its precision.
    pub birth: Option<Birth>,
    /// To the head.
    pub relationship: Option<Relationship>,
    /// As said.
    pub marital_status: Option<MaritalStatus>,
    /// Empty is the ordinary state "no number".
    pub identities: Vec<Identity>,
}

/// When some details of a person were said; see [`super::PlaceSaid`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetailsSaid {
    /// Sex.
    pub sex: Option<Date>,
    /// Relationship to the head.
    pub relationship: Option<Date>,
    /// Marital status.
    pub marital_status: Option<Date>,
}

impl DetailsSaid {
    /// All that is known of a person, said on one day.
    pub fn on(details: &PersonDetails, day: Date) -> Self {
        DetailsSaid {
            sex: details.sex.map(|_| day),
            relationship: details.relationship.map(|_| day),
            marital_status: details.marital_status.map(|_| day),
        }
    }
}

/// A person as a member of a household now or earlier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The person.
    pub id: PersonId,
    /// The newest details.
    pub details: PersonDetails,
    /// When they were said.
    pub said: DetailsSaid,
    /// Set when the person left: why, and the stated day.
    pub left: Option<(LeaveReason, Date)>,
    /// Set when this record was joined to another one of the same person, who eats with that household.
    pub joined_to: Option<PersonId>,
    /// Other records of the same person that were joined to this one, each as it was written.
    pub records: Vec<SourceRecord>,
}

impl Member {
    /// Whether the member belongs to the household now: did not leave, and is not counted with another household.
    pub fn is_present(&self) -> bool {
        self.left.is_none() && self.joined_to.is_none()
    }
}

/// A record that was joined to another one: kept as it was written, with where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRecord {
    /// Its key.
    pub person: PersonId,
    /// The household it stands in.
    pub household: HouseholdId,
    /// That household's district.
    pub district: DistrictId,
    /// What was written.
    pub details: PersonDetails,
}
