//! A household: who eats from one kitchen, where they live, and what may be done with what they say.

use super::{Answer, LeaveReason, Member, PersonDetails, Provenance};
use crate::{
    Date, Version, codes,
    ids::{AnswerId, HouseholdId, PersonId},
    language::Lang,
    messages::SeenBy,
    programmes::{CentreId, DistrictId},
};
use serde::{Deserialize, Serialize};

/// The longest text taken in a name or place field, in characters.
pub const MAX_NAME: usize = 120;

/// Where a household lives. No address parser is the gatekeeper: village and directions are free text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// District of residence.
    pub district: DistrictId,
    /// Province of the permanent address on the card or family tree, when known.
    pub province_permanent: Option<String>,
    /// Tehsil, as said.
    pub tehsil: Option<String>,
    /// Union or village council, as said.
    pub union_council: Option<String>,
    /// Village or mohalla.
    pub village: Option<String>,
    /// Directions, such as "near the mosque".
    pub directions: Option<String>,
}

/// A phone number a family gives, and what it may be used for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneEntry {
    /// E.164.
    pub number: String,
    /// Whose phone it is, in the family's words.
    pub whose: Option<String>,
    /// Whether messages about this case may be sent there.
    pub may_message: bool,
}

codes! {
    /// What a family agrees to, each on its own.
    ConsentPurpose {
        /// Keep what we say, to screen programmes and fill applications.
        Keep = "keep",
        /// Pass what an application needs to the department that decides it.
        Forward = "forward",
        /// Check our papers and numbers with the issuing authority.
        Verify = "verify",
        /// Send messages about our case to the phone we gave.
        Message = "message",
    }
}

codes! {
    /// How consent was shown.
    ConsentHow {
        /// A thumb on the printed form.
        Thumb = "thumb",
        /// A signature on the printed form.
        Signature = "signature",
        /// Said aloud, with the officer as witness.
        Spoken = "spoken",
    }
}

/// A household came into the registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseholdRegistered {
    /// Where it was registered.
    pub centre: CentreId,
    /// Where it lives.
    pub place: Place,
    /// Its phones.
    pub phones: Vec<PhoneEntry>,
}

/// Place or phones were corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseholdCorrected {
    /// The new place.
    pub place: Place,
    /// The new phones.
    pub phones: Vec<PhoneEntry>,
    /// Why.
    pub reason: String,
}

/// A person was added as a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberAdded {
    /// The new person.
    pub person: PersonId,
    /// What is known.
    pub details: PersonDetails,
}

/// A person's details were corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonCorrected {
    /// Who.
    pub person: PersonId,
    /// The new details.
    pub details: PersonDetails,
    /// Why.
    pub reason: String,
}

/// A member left the household.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberLeft {
    /// Who.
    pub person: PersonId,
    /// Why.
    pub reason: LeaveReason,
    /// The stated day.
    pub on: Date,
}

/// Somebody said whether the member list is complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberListStated {
    /// True for "these are all the members".
    pub complete: bool,
}

/// The phone that messages may go to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessagePhone {
    /// E.164.
    pub number: String,
    /// Whose it is, in the family's words.
    pub whose: String,
    /// Who else reads there.
    pub seen_by: SeenBy,
}

/// Consent was given or refused for one purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentStated {
    /// What for.
    pub purpose: ConsentPurpose,
    /// Given or refused.
    pub given: bool,
    /// By whom.
    pub by: Option<PersonId>,
    /// How it was shown.
    pub how: ConsentHow,
    /// The language it was read out in.
    pub language: Lang,
    /// The phone that messages may go to, for that purpose. Consent without it was asked before this was, and sends
    /// nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<MessagePhone>,
}

/// One officer decided that a family is to be forgotten; a second one has yet to confirm it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureProposed {
    /// Why: the family asked, the wrong person was entered, a court ordered it, the time of keeping is over.
    pub reason: String,
}

/// The decision to forget a family was taken back before it was confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureWithdrawn {}

/// When the facts that a record itself holds were said. A corrected value was said on the day of its correction; one that
/// stayed keeps its day. `None` where the value is unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceSaid {
    /// District of residence.
    pub district: Option<Date>,
    /// Province of the permanent address.
    pub province_permanent: Option<Date>,
}

impl PlaceSaid {
    /// All that is known of a place, said on one day.
    pub fn on(place: &Place, day: Date) -> Self {
        PlaceSaid { district: Some(day), province_permanent: place.province_permanent.as_ref().map(|_| day) }
    }
}

/// A household as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Household {
    /// Key.
    pub id: HouseholdId,
    /// Events seen.
    pub version: Version,
    /// Registering centre.
    pub centre: CentreId,
    /// Residence.
    pub place: Place,
    /// When the residence was said.
    pub place_said: PlaceSaid,
    /// Phones.
    pub phones: Vec<PhoneEntry>,
    /// Whether someone said "these are all".
    pub members_complete: bool,
    /// Every member, those who left included, in the order they were added.
    pub members: Vec<Member>,
    /// Every answer not withdrawn or replaced.
    pub answers: Vec<Answer>,
    /// The newest statement for each purpose asked.
    pub consents: Vec<ConsentStated>,
}

/// Why a change to a household was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeopleRefused {
    /// No name.
    #[error("The name is missing. Write the name as the person says it.")]
    NameMissing,
    /// Too long a text.
    #[error("This text is longer than {MAX_NAME} characters. Write the name only.")]
    TooLong,
    /// The person is not in this household, or left it.
    #[error("This person is not a member of the household now. Open the household again.")]
    NotAMember,
    /// A correction needs a reason.
    #[error("A correction needs a reason. Write in a few words why it changes.")]
    ReasonMissing,
    /// The day lies ahead.
    #[error("The day {on} is in the future. Check the date.")]
    Future {
        /// The stated day.
        on: Date,
    },
    /// A second head.
    #[error("The household already has a head. Choose another relationship, or correct the first head.")]
    SecondHead,
    /// The same number twice in one household.
    #[error("Another member already has this number. Check whose number it is.")]
    NumberTwice,
}

impl Household {
    /// The members who belong to the household now; who left or is counted with another household does not.
    pub fn present(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| member.is_present())
    }

    /// The head, or the first member while no head is named.
    pub fn head(&self) -> Option<&Member> {
        self.present()
            .find(|m| m.details.relationship == Some(super::Relationship::Head))
            .or_else(|| self.present().next())
    }

    /// A present member by key.
    pub fn member(&self, person: PersonId) -> Result<&Member, PeopleRefused> {
        self.present().find(|m| m.id == person).ok_or(PeopleRefused::NotAMember)
    }

    /// The newest statement for a purpose; `None` when it was never asked.
    pub fn consent(&self, purpose: ConsentPurpose) -> Option<bool> {
        self.consents.iter().find(|c| c.purpose == purpose).map(|c| c.given)
    }

    /// The phone that messages may go to, with the language they are read in: agreed to, and still on file as one that
    /// takes them.
    pub fn message_phone(&self) -> Option<(&MessagePhone, Lang)> {
        let said = self.consents.iter().find(|c| c.purpose == ConsentPurpose::Message).filter(|c| c.given)?;
        let phone = said.phone.as_ref()?;
        let on_file = self.phones.iter().any(|entry| entry.number == phone.number && entry.may_message);
        on_file.then_some((phone, said.language))
    }

    /// Decides a new member: a name, at most one head, no number twice.
    pub fn add_member(&self, person: PersonId, details: PersonDetails) -> Result<MemberAdded, PeopleRefused> {
        self.check_details(None, &details)?;
        Ok(MemberAdded { person, details })
    }

    /// Decides a correction of a member's details; it needs a reason.
    pub fn correct_member(
        &self,
        person: PersonId,
        details: PersonDetails,
        reason: &str,
    ) -> Result<PersonCorrected, PeopleRefused> {
        self.member(person)?;
        self.check_details(Some(person), &details)?;
        Ok(PersonCorrected { person, details, reason: stated(reason)? })
    }

    /// Decides that a member leaves; a late-reported death is ordinary, a future one is not.
    pub fn leave(
        &self,
        person: PersonId,
        reason: LeaveReason,
        on: Date,
        today: Date,
    ) -> Result<MemberLeft, PeopleRefused> {
        self.member(person)?;
        if on > today {
            return Err(PeopleRefused::Future { on });
        }
        Ok(MemberLeft { person, reason, on })
    }

    /// Decides a correction of place or phones.
    pub fn correct(
        &self,
        place: Place,
        phones: Vec<PhoneEntry>,
        reason: &str,
    ) -> Result<HouseholdCorrected, PeopleRefused> {
        Ok(HouseholdCorrected { place, phones, reason: stated(reason)? })
    }

    /// The answer in force to a question: verified over paper over said, then the newest.
    pub fn answer(&self, fact: &str, person: Option<PersonId>) -> Option<&Answer> {
        Answer::in_force(self.answers.iter().filter(|a| a.fact == fact && a.person == person))
    }

    /// The answers that a new value of `provenance` sets aside: those it outweighs or equals.
    ///
    /// A verified value is not set aside by hearsay: both are kept and the disagreement is shown. An answer on a joined
    /// record stays as it is, so that parting gives back what was there.
    pub fn replaced_by(&self, fact: &str, person: Option<PersonId>, provenance: Provenance) -> Vec<AnswerId> {
        self.answers
            .iter()
            .filter(|a| a.fact == fact && a.person == person && a.provenance <= provenance && a.from.is_none())
            .map(|a| a.id)
            .collect()
    }

    fn check_details(&self, who: Option<PersonId>, details: &PersonDetails) -> Result<(), PeopleRefused> {
        if details.given.trim().is_empty() {
            return Err(PeopleRefused::NameMissing);
        }
        let texts = [Some(&details.given), details.father_or_husband.as_ref()];
        if texts.into_iter().flatten().any(|text| text.chars().count() > MAX_NAME) {
            return Err(PeopleRefused::TooLong);
        }
        let others = || self.present().filter(|m| Some(m.id) != who);
        let head = Some(super::Relationship::Head);
        if details.relationship == head && others().any(|m| m.details.relationship == head) {
            return Err(PeopleRefused::SecondHead);
        }
        let taken = |number: &crate::identity::IdentityNumber| {
            others().any(|m| m.details.identities.iter().any(|i| i.number == *number))
        };
        if details.identities.iter().any(|i| taken(&i.number)) {
            return Err(PeopleRefused::NumberTwice);
        }
        Ok(())
    }
}

/// A reason in the officer's words, or the refusal that asks for it.
fn stated(reason: &str) -> Result<String, PeopleRefused> {
    match reason.trim() {
        "" => Err(PeopleRefused::ReasonMissing),
        words => Ok(words.to_owned()),
    }
}
